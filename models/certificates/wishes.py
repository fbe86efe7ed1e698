"""What an issue is to be, and what would come of it: who gets one, who has one, who cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.certificates.defaults import Defaults
from models.certificates.facts import FactReader, faults_of, read_batch
from models.certificates.holders import Known, institutions_known, teachers_known
from models.certificates.kinds import Kind, kind_named
from models.certificates.listing import CertificateFilter, certificate_ids
from models.certificates.register import certificates
from models.errors import UserError
from models.office.context import Office

_TOLD = 5
_NOUNS = {"teacher": "教师", "institution": "机构"}


@dataclass(frozen=True, slots=True)
class Holder:
    """One who is to get a certificate.

    Attributes:
        teacher_id, institution_id: who it is; exactly one of them.
        facts: what this one certificate says; ``school`` says where the holder works, where that
            is not what the register says today.
    """

    teacher_id: str = ""
    institution_id: str = ""
    facts: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def id(self) -> str:
        """Whichever identity is given."""
        return self.teacher_id or self.institution_id


@dataclass(frozen=True, slots=True)
class Wish:
    """An issue as somebody wants it.

    Attributes:
        kind: key of the kind.
        holders: in any order; they are numbered in the order of handing out.
        batch: 期: ``5``, ``第五期`` or "".
        title: the fact the kind is about (称号, 课程 …) where it is the same for all, else "".
        year: the training year; None for the present one.
        facts: what all of them say.
        course_id: the course it rests on.
    """

    kind: str
    holders: Sequence[Holder]
    batch: str = ""
    title: str = ""
    year: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    course_id: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """One who gets a certificate, with all that it says."""

    holder: Holder
    known: Known
    school: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One who cannot get it: who, and why, as words that go on after the name."""

    holder: Holder
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What would come of a wish.

    Attributes:
        kind, batch, year: as understood; the batch in digits where it is a number.
        due: who gets one, in the order of handing out: by school, then name.
        before: how many have a valid one that says the same.
        refused: who cannot get one, and why.
    """

    kind: Kind
    batch: str
    year: int
    due: tuple[Due, ...]
    before: int
    refused: tuple[Refusal, ...]


def plan_issue(office: Office, wish: Wish) -> Plan:
    """What would come of the wish; nothing is written.

    Raises:
        UserError: no such kind, nobody named, a fact for all that cannot be read.
    """
    planning = _Planning(office, wish)
    for one in wish.holders:
        planning.weigh(one)
    due, before = planning.without_holders()
    due.sort(key=lambda one: (one.school or one.known.name, one.known.spoken, one.known.no))
    return Plan(
        planning.kind, planning.batch, planning.year, tuple(due), before, tuple(planning.refused)
    )


def refuse_any(plan: Plan) -> None:
    """Refuse the whole of a plan in which somebody cannot get one; the sentence names the first.

    Raises:
        UserError: somebody is refused.
    """
    if plan.refused:
        told = "；".join(f"{one.name}{one.reason}" for one in plan.refused[:_TOLD])
        more = f"；等 {len(plan.refused)} 人" if len(plan.refused) > _TOLD else ""
        raise UserError(
            "certificate.refused",
            f"{plan.kind.title}有 {len(plan.refused)} 人不能发：{told}{more}。",
            "请改正或从名单中去掉他们，本次没有发证。",
        )


class _Planning:
    """Weighs one holder after the other."""

    def __init__(self, office: Office, wish: Wish) -> None:
        self.kind = kind_named(wish.kind)
        if not wish.holders:
            raise UserError("certificate.nobody", "没有选中要发证的人。", "请先选择人员或名单。")
        self.office, self.wish = office, wish
        self.batch = read_batch(wish.batch)
        self.year = wish.year or office.store.clock.today().year
        self.refused: list[Refusal] = []
        self._due: list[Due] = []
        self._reader = FactReader(office, self.kind)
        self._common = self._facts_for_all()
        self._known = teachers_known(office, [one.teacher_id for one in wish.holders])
        self._known |= institutions_known(office, [one.institution_id for one in wish.holders])
        self._defaults = Defaults(office, self.kind)
        self._seen: set[tuple[str, ...]] = set()

    def _facts_for_all(self) -> dict[str, str]:
        given = dict(self.wish.facts)
        if self.wish.title.strip():
            given[self.kind.about] = self.wish.title
        facts, troubles = self._reader.read(given)
        if troubles:
            raise UserError("certificate.fact", f"{'；'.join(troubles)}。", "请改正后重试。")
        return facts

    def weigh(self, holder: Holder) -> None:
        """Put the holder among the due or the refused."""
        known = self._known.get(holder.id)
        name = known.name if known else ""
        if known is None or not self._may_hold(holder):
            wanted = "或".join(_NOUNS[one] for one in self.kind.holders)
            reason = "不在名册中" if known is None else f"不能持有{self.kind.title}，只发给{wanted}"
            self.refused.append(Refusal(holder, name or "有一人", reason))
            return
        own = dict(holder.facts)
        school = own.pop("school", "") or known.school
        facts, troubles = self._reader.read(own)
        whole = self._defaults.filled(known, school, self._common | facts)
        reasons = [*troubles, *self._reasons(known, whole)]
        due = Due(holder, known, school, whole)
        essence = self._essence(due)
        if essence in self._seen:
            reasons.append("在名单中出现两次")
        self._seen.add(essence)
        if reasons:
            place = f"（{school}）" if school else ""
            self.refused.append(Refusal(holder, f"{name}{place}", "，".join(reasons)))
        else:
            self._due.append(due)

    def without_holders(self) -> tuple[list[Due], int]:
        """Those who have no valid certificate that says the same, and how many have one."""
        held = held_essences(self.office, self.kind, [one.holder.id for one in self._due])
        fresh = [one for one in self._due if self._essence(one) not in held]
        return fresh, len(self._due) - len(fresh)

    def _essence(self, due: Due) -> tuple[str, ...]:
        facts = {**due.facts, "batch": self.batch, "year": str(self.year)}
        return essence_of(self.kind, due.holder.id, self.wish.course_id, facts)

    def _may_hold(self, holder: Holder) -> bool:
        sort = "institution" if holder.institution_id else "teacher"
        return sort in self.kind.holders

    def _reasons(self, known: Known, facts: Mapping[str, str]) -> list[str]:
        reasons: list[str] = []
        if known.status in self.kind.not_for:
            reasons.append(f"已{self.office.codes['teacher_status'].name_of(known.status)}")
        return [*reasons, *faults_of(self.kind, facts)]


def essence_of(
    kind: Kind, holder_id: str, course_id: str | None, facts: Mapping[str, str]
) -> tuple[str, ...]:
    """What stands in one valid certificate of a holder only; ``batch`` and ``year`` are facts."""
    if course_id:
        return (holder_id, course_id)
    return (holder_id, "", *(facts.get(key, "") for key in kind.once_per))


def held_essences(office: Office, kind: Kind, holders: Sequence[str]) -> set[tuple[str, ...]]:
    """The essences of the valid certificates of a kind that the holders have."""
    wanted = CertificateFilter(kind=kind.key, state="valid", holders=frozenset(holders))
    return {
        essence_of(
            kind,
            one.teacher_id or one.institution_id,
            one.course_id,
            {**one.facts, "batch": one.batch, "year": str(one.year)},
        )
        for one in certificates(office, ids=certificate_ids(office, wanted))
    }
