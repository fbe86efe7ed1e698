"""Schools that are paired in a programme: one of the town helps one of a village."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.errors import UserError
from models.mentoring.kinds import read_kinds
from models.mentoring.programmes import running
from models.office.context import Office
from models.store.operations import Operation

_COLUMNS = (
    "id", "programme_id", "town_id", "village_id", "starts_on", "ends_on", "goals", "remark",
)  # fmt: skip
_LIST = """
SELECT s.*, a.name AS town, b.name AS village, (
    SELECT COUNT(*) FROM pair AS p WHERE p.programme_id = s.programme_id
    AND p.mentor_school_id = s.town_id AND p.mentee_school_id = s.village_id
    AND p.state IN ('applied', 'recommended', 'filed', 'ended')) AS pairs
FROM school_pair AS s JOIN institution AS a ON a.id = s.town_id
JOIN institution AS b ON b.id = s.village_id WHERE s.programme_id = ? ORDER BY a.name, b.name
"""


@dataclass(frozen=True, slots=True)
class SchoolPair:
    """Two paired schools, with how many pairs of people they have between them."""

    id: str
    town_id: str
    town: str
    village_id: str
    village: str
    starts_on: str
    ends_on: str
    goals: str
    remark: str
    pairs: int


def pair_schools(
    office: Office,
    programme_id: str,
    town_id: str,
    village_id: str,
    *,
    goals: str = "",
    remark: str = "",
) -> Operation:
    """Pair two schools for as long as the programme lasts.

    Raises:
        UserError: the same school twice, a closed school, a helping school that is not of the town
            or a helped one that is not of a village, or the two are paired already.
    """
    found = running(office, programme_id)
    if town_id == village_id:
        raise UserError("mentoring.same_school", "一所学校不能与自己结对。", "请另选学校。")
    town = _fit_school(office, town_id, "town", "帮扶学校应为城镇学校")
    village = _fit_school(office, village_id, "village", "受扶学校应为乡村学校")
    if any((one.town_id, one.village_id) == (town_id, village_id)
           for one in school_pairs(office, programme_id)):  # fmt: skip
        raise UserError(
            "mentoring.paired_schools", f"{town}与{village}已经结对。", "不必重复登记。"
        )
    with office.store.operation("mentoring.pair_schools", f"{town}与{village}结对") as operation:
        row = (
            office.store.ids.new_id(), programme_id, town_id, village_id, found.starts_on,
            found.ends_on, goals.strip() or None, remark.strip() or None,
        )  # fmt: skip
        office.store.insert("school_pair", _COLUMNS, [row])
    return operation


def part_schools(office: Office, school_pair_ids: Sequence[str]) -> Operation:
    """Take pairs of schools out again; the pairs of their people stay."""
    title = f"取消结对学校 {len(school_pair_ids)} 对"
    with office.store.operation("mentoring.part_schools", title) as operation:
        for one in school_pair_ids:
            office.store.execute("DELETE FROM school_pair WHERE id = ?", (one,))
    return operation


def school_pairs(office: Office, programme_id: str) -> list[SchoolPair]:
    """The paired schools of a programme, by name."""
    return [
        SchoolPair(
            row["id"], row["town_id"], row["town"], row["village_id"], row["village"],
            row["starts_on"] or "", row["ends_on"] or "", row["goals"] or "",
            row["remark"] or "", row["pairs"],
        )
        for row in office.store.query(_LIST, (programme_id,))
    ]  # fmt: skip


def _fit_school(office: Office, school_id: str, side: str, told: str) -> str:
    row = office.store.one(
        "SELECT name, location, status FROM institution WHERE id = ?", (school_id,)
    )
    if row is None:
        raise UserError("mentoring.no_school", "学校不在机构名录中。", "请刷新列表后重新选择。")
    kinds = read_kinds()
    if row["status"] in kinds.closed:
        raise UserError(
            "mentoring.closed_school", f"“{row['name']}”已撤并，不能结对。", "请选并入的学校。"
        )
    if kinds.side_of(row["location"]) not in (side, ""):
        raise UserError(
            "mentoring.side", f"{told}，“{row['name']}”不是。", "请核对机构名录里的城乡属性。"
        )
    return str(row["name"])
