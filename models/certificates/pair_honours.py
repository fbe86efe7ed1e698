"""Honours of a mentoring programme: certificates for the best units and the best pairs."""

from __future__ import annotations

from dataclasses import dataclass

from models.certificates.issuing import Holder, Wish, issue
from models.certificates.register import Certificate
from models.errors import UserError
from models.mentoring.programmes import Programme, programme
from models.mentoring.ranking import Ranking, rank
from models.office.context import Office
from models.store.operations import Operation
from models.text.quotes import quoted

KIND = "honour"


@dataclass(frozen=True, slots=True)
class HonoursIssued:
    """What an issue of honours brought: the new ones, how many were there before, the step."""

    certificates: tuple[Certificate, ...]
    before: int
    operation: Operation


def issue_pair_honours(office: Office, programme_id: str) -> HonoursIssued:
    """Issue certificates of honour to the units and pairs that the ranking of a programme names.

    Both of a pair get one. One step: undone, they are void; issued again, who has one is left out.

    Raises:
        UserError: no results are put down, nobody reached the goal, or somebody cannot hold one.
    """
    found = programme(office, programme_id)
    ranking = rank(office, programme_id)
    wishes = _wishes(found, ranking, office.store.clock.today().year)
    if not wishes:
        raise UserError(
            "mentoring.no_honours",
            f"{quoted(found.name)}还没有可以表彰的单位和对子。",
            "请先认定成果；达成目标的对子和参加排名的单位才能表彰。",
        )
    with office.store.operation("mentoring.honours", f"{found.name}表彰") as operation:
        issued = [issue(office, one) for one in wishes]
    certificates = tuple(one for found_ in issued for one in found_.certificates)
    return HonoursIssued(certificates, sum(one.before for one in issued), operation)


def _wishes(found: Programme, ranking: Ranking, year: int) -> list[Wish]:
    """A wish for the units and one for the people of the pairs, as far as there are any."""
    units = [Holder(institution_id=one.school_id) for one in ranking.units if one.honoured]
    best = [one.pair for one in ranking.pairs if one.honoured]
    schools = {one.mentor_id: one.mentor_school for one in best}
    schools |= {one.mentee_id: one.mentee_school for one in best}
    people = [
        Holder(teacher_id, facts={"school": school} if school else {})
        for teacher_id, school in schools.items()
    ]
    terms = ranking.terms
    return [
        Wish(KIND, holders, found.code, title, year, {"occasion": found.name})
        for holders, title in ((units, terms.unit_honour), (people, terms.pair_honour))
        if holders
    ]
