"""The file (业务档案) of a titled teacher: everything the office has on the person's titles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from models.errors import UserError
from models.office.context import Office
from models.policies.cycles import Cycle
from models.staff.biography import Biography, read_biography
from models.titles.duties import DutyRow, duty_states
from models.titles.grants import Grant, teacher_grants
from models.titles.nominations import NominationRow, nominations
from models.titles.reviewing import Review, reviews
from models.training.sums import totals
from models.verdicts.vetoes import Veto, vetoes

_YEARS = 10


@dataclass(frozen=True, slots=True)
class TitleFile:
    """What the office has on a titled teacher.

    Attributes:
        person: the register, with periods of posts, titles and levels.
        grants: the titles, those that hold first.
        nominations: where the teacher was recommended, the latest first.
        reviews: registrations and re-checks, the latest first.
        duties: what was done for the titles, the latest first.
        hours: year to hours of the ledger, the last ten years.
        vetoes: what ruled the teacher out.
    """

    person: Biography
    grants: tuple[Grant, ...]
    nominations: tuple[NominationRow, ...]
    reviews: tuple[Review, ...]
    duties: tuple[DutyRow, ...]
    hours: Mapping[int, Decimal]
    vetoes: tuple[Veto, ...]


def title_file(office: Office, teacher_id: str, *, masked: bool = True) -> TitleFile:
    """The file of a teacher who has, had or was recommended for a title.

    Raises:
        UserError: nobody of that identity, or one without any title or recommendation.
    """
    person = read_biography(office, teacher_id, masked=masked)
    held = teacher_grants(office, teacher_id)
    recommended = nominations(office, teacher_id=teacher_id)
    if not held and not recommended:
        raise UserError(
            "titles.no_file",
            f"{person.shown['name']}没有称号，也没有被推荐过。",
            "业务档案只为有称号的教师建立；一般教师请看成长档案。",
        )
    year = office.store.clock.today().year
    sums = totals(office, [teacher_id], Cycle(year - _YEARS + 1, year)).get(teacher_id)
    return TitleFile(
        person=person,
        grants=tuple(held),
        nominations=tuple(sorted(recommended, key=lambda one: one.nominated_on, reverse=True)),
        reviews=tuple(reviews(office, [one.id for one in held])),
        duties=_duties(office, held, year),
        hours=dict(sums.hours_by_year) if sums else {},
        vetoes=tuple(vetoes(office, teacher_id)),
    )


def _duties(office: Office, held: list[Grant], year: int) -> tuple[DutyRow, ...]:
    """What was done, each once: what the ledger brings may serve several titles."""
    found: dict[tuple[str, str, str], DutyRow] = {}
    for each in range(year - _YEARS + 1, year + 1):
        for states in duty_states(office, held, each).values():
            for state in states:
                for one in state.rows:
                    found.setdefault((one.done_on, one.kind, one.what), one)
    return tuple(sorted(found.values(), key=lambda one: one.done_on, reverse=True))
