"""The overview of a programme: its schools as a picture, supply and demand, all its pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from models.mentoring.kinds import read_kinds
from models.mentoring.pairs import STANDING, PairRow, pair_rows
from models.mentoring.programmes import Programme, programme
from models.mentoring.surveys import balance
from models.staff.institutions import institution_rows, stored_institutions
from reports.documents.pair_overview import PairLine, PairOverview, SchoolLine, SubjectLine
from reports.kit.maps import Dot, Link, Picture
from reports.kit.wording import plain_date, span

if TYPE_CHECKING:
    from models.office.context import Office

SHOWN = ("proposed", *STANDING, "ended")
"""The states of pairs that an overview shows."""
_UNTOLD = "（未填）"
_PARTNERS = 3

Known = Mapping[str, Mapping[str, object]]


def pair_overview(office: Office, programme_id: str) -> PairOverview:
    """The overview of a programme as it stands today.

    Raises:
        UserError: there is no such programme.
    """
    found = programme(office, programme_id)
    pairs = pair_rows(office, programme_id, SHOWN)
    known = stored_institutions(office)
    picture, lines = _schools(office, pairs, known)
    today = office.store.clock.today().isoformat()
    filed = sum(1 for one in pairs if one.state in ("filed", "ended"))
    return PairOverview(
        title=found.name,
        scope=f"截至{plain_date(today)}，师徒 {len(pairs)} 对，其中已备案 {filed} 对",
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        facts=programme_facts(found),
        picture=picture,
        schools=lines,
        subjects=_subjects(office, programme_id, pairs),
        pairs=tuple(_line(one) for one in pairs),
        note=_note(picture),
    )


def programme_facts(found: Programme) -> tuple[tuple[str, str], ...]:
    """What every paper of a programme says of it in front."""
    told = (
        ("编号", found.code),
        ("周期", f"{plain_date(found.starts_on)}至{plain_date(found.ends_on)}"),
        ("依据", found.document),
        ("目标", found.goals),
        ("任务", found.tasks),
        ("结束", f"{plain_date(found.ended_on)}，{found.ended_because}" if found.ended_on else ""),
    )
    return tuple((title, text) for title, text in told if text)


def _schools(
    office: Office, pairs: Sequence[PairRow], known: Known
) -> tuple[Picture, tuple[SchoolLine, ...]]:
    """The picture, and a line for each of its dots: town schools first, then by name."""
    counts = Counter((one.mentor_school_id, one.mentee_school_id) for one in pairs)
    sends = Counter(one.mentor_school_id for one in pairs)
    gets = Counter(one.mentee_school_id for one in pairs)
    kinds = read_kinds()
    ids = [one for one in {*sends, *gets} if one in known]
    town = {one: kinds.side_of(_text(known[one], "location")) == "town" for one in ids}
    ids.sort(key=lambda one: (not town[one], _text(known[one], "name"), one))
    shown = {row.id: row.shown for row in institution_rows(office)}
    with_whom = _partners(counts, known)
    dots = tuple(Dot(one, _text(known[one], "name"), town[one], _place(known[one])) for one in ids)
    links = tuple(
        Link(start, end, count)
        for (start, end), count in sorted(counts.items())
        if start != end and start in known and end in known
    )
    lines = tuple(
        SchoolLine(
            _text(known[one], "name"),
            shown[one]["location"],
            shown[one]["district"],
            sends[one],
            gets[one],
            with_whom.get(one, ""),
        )
        for one in ids
    )
    return Picture(dots, links, "城镇学校", "乡村学校及其他", "结对（线越粗，对子越多）"), lines


def _partners(counts: Mapping[tuple[str, str], int], known: Known) -> dict[str, str]:
    """For each school with whom it is paired most."""
    others: dict[str, Counter[str]] = defaultdict(Counter)
    for (start, end), count in counts.items():
        others[start][end] += count
        if start != end:
            others[end][start] += count
    told: dict[str, str] = {}
    for one, found in others.items():
        named = [(_text(known[key], "name") if key in known else _UNTOLD, key) for key in found]
        order = sorted(named, key=lambda pair: (-found[pair[1]], pair[0]))
        words = [
            f"{'本校' if key == one else name} {found[key]} 对" for name, key in order[:_PARTNERS]
        ]
        told[one] = "、".join(words) + (f"等 {len(order)} 所" if len(order) > _PARTNERS else "")
    return told


def _subjects(
    office: Office, programme_id: str, pairs: Sequence[PairRow]
) -> tuple[SubjectLine, ...]:
    paired = Counter((one.subject.partition("、")[0], one.stage) for one in pairs)
    subjects, stages = office.codes["subject"], office.codes["stage"]
    rows = {(one.subject, one.stage): one for one in balance(office, programme_id)}
    return tuple(
        SubjectLine(
            subjects.name_of(subject) if subject else _UNTOLD,
            stages.name_of(stage) if stage else _UNTOLD,
            row.room + row.offered if row else 0,
            max(row.mentees + row.needed if row else 0, paired[subject, stage]),
            paired[subject, stage],
        )
        for subject, stage in sorted({*rows, *paired})
        for row in (rows.get((subject, stage)),)
    )


def _line(one: PairRow) -> PairLine:
    return PairLine(
        one.mentor, one.mentor_school, one.mentee, one.mentee_school, one.subject_name,
        span(one.starts_on[:7], one.ends_on[:7]), one.state_name,
    )  # fmt: skip


def _note(picture: Picture) -> str:
    lacking = [one.name for one in picture.dots if one.at is None]
    if not lacking:
        return ""
    if len(lacking) == len(picture.dots):
        return "各校没有登记经纬度，图按城镇学校在内、乡村学校在外示意。"
    told = "、".join(lacking[:_PARTNERS]) + ("等" if len(lacking) > _PARTNERS else "")
    return f"{told} {len(lacking)} 所学校没有登记经纬度，图按城镇学校在内、乡村学校在外示意。"


def _place(values: Mapping[str, object]) -> tuple[float, float] | None:
    east, north = values.get("longitude"), values.get("latitude")
    return (float(str(east)), float(str(north))) if east and north else None


def _text(values: Mapping[str, object], name: str) -> str:
    return str(values.get(name) or "")
