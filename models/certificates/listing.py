"""The register as lists of any length ask for it: identities in order first, then rows in sight."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from models.certificates.events import LAST_EVENT
from models.certificates.kinds import usable
from models.certificates.register import Certificate
from models.errors import UserError
from models.office.context import Office

_STATE = f"COALESCE({LAST_EVENT.format(of='c.id')}, 'restore')"
_PRINTED = """EXISTS (SELECT 1 FROM print_item AS p
    WHERE p.certificate_id = c.id AND p.outcome = 'printed')"""
_WORD = """instr(c.number || char(31) || c.holder_name || char(31) || c.holder_no || char(31)
    || COALESCE(c.holder_school, '') || char(31) || c.title, :{name}) > 0"""
_CONDITIONS = {
    "kind": "c.form = :kind",
    "year": "c.year = :year",
    "school": "c.holder_school = :school",
    "course_id": "c.course_id = :course_id",
    "teacher_id": "c.teacher_id = :teacher_id",
}
_STATES = {
    "valid": f"{_STATE} = 'restore'",
    "void": f"{_STATE} = 'void'",
    "unprinted": f"{_STATE} = 'restore' AND NOT {_PRINTED}",
    "printed": f"{_STATE} = 'restore' AND {_PRINTED}",
}
STATE_NAMES = {"valid": "有效", "void": "作废", "unprinted": "有效、未打印", "printed": "已打印"}
_ORDERS = {
    "number": "c.series {way}, c.seq {way}",
    "name": "c.holder_name {way}",
    "school": "c.holder_school {way}, c.series, c.seq",
    "title": "c.title {way}, c.series, c.seq",
    "batch": "CAST(c.batch AS INTEGER) {way}, c.batch {way}, c.series, c.seq",
    "year": "c.year {way}, c.series, c.seq",
    "issued_on": "c.issued_on {way}, c.series, c.seq",
    "kind": "c.form {way}, c.series, c.seq",
}
_BATCHES = """
SELECT c.form, COALESCE(c.batch, '') AS batch, c.title, c.year, COUNT(*) AS issued,
    SUM({state} = 'void') AS void, MIN(c.issued_on) AS first_day, MAX(c.issued_on) AS last_day
FROM certificate AS c WHERE :kind IN ('', c.form) GROUP BY c.form, c.batch, c.title, c.year
ORDER BY c.form, CAST(c.batch AS INTEGER) DESC, c.batch DESC, c.year DESC, c.title
""".replace("{state}", _STATE)
_LIFE = """
SELECT happened_on, event AS what, reason, '' AS more, 2 AS place, step AS nth
FROM certificate_event WHERE certificate_id = :id
UNION ALL
SELECT COALESCE(p.outcome_on, ''), p.outcome || '.' || p.copy, COALESCE(p.reason, ''),
    COALESCE(p.serial, ''), 1, p.rowid
FROM print_item AS p WHERE p.certificate_id = :id AND p.outcome <> 'waiting'
UNION ALL
SELECT a.issued_on, 'replaced', '', a.number, 3, a.rowid
FROM certificate AS a WHERE a.replaces = :id
UNION ALL
SELECT a.issued_on, 'continued', '', a.number, 3, a.rowid
FROM certificate AS a WHERE a.continues = :id
ORDER BY 1, place, nth
"""
_HELD = """(SELECT m.rowid AS rowid, m.* FROM json_each(:holders) AS h
    CROSS JOIN certificate AS m ON m.teacher_id = h.value
    UNION ALL SELECT m.rowid AS rowid, m.* FROM json_each(:holders) AS h
    CROSS JOIN certificate AS m ON m.institution_id = h.value) AS c"""
_WORDS = {
    "void": "作废",
    "restore": "恢复有效",
    "printed.first": "打印",
    "printed.again": "重新打印",
    "printed.reprint": "补印",
    "spoilt.first": "打印作废",
    "spoilt.again": "打印作废",
    "spoilt.reprint": "打印作废",
    "replaced": "补发新证",
    "continued": "已满，续发新册",
}


@dataclass(frozen=True, slots=True)
class CertificateFilter:
    """Which certificates a list shows; None and "" mean: does not matter.

    Attributes:
        kind: key of one kind.
        batch: one 期; "" of those without.
        year: one training year.
        school: name of the school at the time of issue.
        state: ``valid``, ``void``, ``unprinted`` or ``printed`` (valid ones, both).
        text: words, each part of number, holder, school or title.
        course_id, teacher_id: of one course, of one teacher.
        holders: of these teachers and institutions.
    """

    kind: str = ""
    batch: str | None = None
    year: int | None = None
    school: str = ""
    state: str = ""
    text: str = ""
    course_id: str = ""
    teacher_id: str = ""
    holders: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many certificates there are, and how many of them are void."""

    issued: int
    void: int

    @property
    def valid(self) -> int:
        """How many are valid."""
        return self.issued - self.void


@dataclass(frozen=True, slots=True)
class Batch:
    """The certificates of one 期 that say the same.

    Attributes:
        kind, batch, title, year: what they have in common.
        counts: how many.
        first_day, last_day: when they were issued, as ISO dates.
    """

    kind: str
    batch: str
    title: str
    year: int
    counts: Counts
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a certificate: the ISO day, what, and more about it."""

    day: str
    what: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The conditions of a filter as SQL, and their values."""

    source: str = "certificate AS c"
    clauses: list[str] = field(default_factory=list[str])
    values: dict[str, str | int] = field(default_factory=dict[str, "str | int"])

    @property
    def where(self) -> str:
        """FROM and WHERE."""
        return f"FROM {self.source} WHERE {' AND '.join(self.clauses) or 'TRUE'}"


def certificate_ids(
    office: Office,
    wanted: CertificateFilter | None = None,
    order: str = "number",
    *,
    descending: bool = False,
) -> list[str]:
    """The identities of the certificates wanted, in the order of a column."""
    asked = _asked(wanted or CertificateFilter())
    by = _ORDERS[order].format(way="DESC" if descending else "ASC")
    sql = f"SELECT c.id {asked.where} ORDER BY {by}, c.rowid"
    return [str(row[0]) for row in office.store.tuples(sql, asked.values)]


def count_certificates(office: Office, wanted: CertificateFilter | None = None) -> Counts:
    """How many certificates are wanted, and how many of them are void."""
    asked = _asked(wanted or CertificateFilter())
    sql = f"SELECT COUNT(*), COALESCE(SUM({_STATE} = 'void'), 0) {asked.where}"
    ((issued, void),) = office.store.tuples(sql, asked.values)
    return Counts(issued, void)


def batches(office: Office, kind: str = "") -> list[Batch]:
    """The batches of one kind, or of all: the latest 期 first, by what they say within it."""
    return [
        Batch(
            kind=row["form"],
            batch=row["batch"],
            title=row["title"],
            year=row["year"],
            counts=Counts(row["issued"], row["void"]),
            first_day=row["first_day"],
            last_day=row["last_day"],
        )
        for row in office.store.query(_BATCHES, {"kind": kind})
    ]


def register_years(office: Office) -> list[int]:
    """The years there are certificates of, the latest first."""
    rows = office.store.tuples("SELECT DISTINCT year FROM certificate ORDER BY year DESC")
    return [int(row[0]) for row in rows]


def life_of(office: Office, certificate: Certificate) -> list[Happening]:
    """All that happened to a certificate, from its issue on."""
    what, issued = "发证", certificate.issuer
    if certificate.replaces:
        what, issued = "补发", f"代替 {certificate.replaces_number}"
    elif certificate.continues:
        what, issued = "续册", f"接 {certificate.continues_number}"
    life = [Happening(certificate.issued_on, what, issued)]
    for row in office.store.query(_LIFE, {"id": certificate.id}):
        about = "，".join(text for text in (row["more"], row["reason"]) if text)
        life.append(Happening(row["happened_on"], _WORDS[row["what"]], about))
    return life


def _asked(wanted: CertificateFilter) -> _Asked:
    asked = _Asked() if wanted.holders is None else _of_holders(wanted.holders)
    for name, clause in _CONDITIONS.items():
        value = getattr(wanted, name)
        if value:
            asked.clauses.append(clause)
            asked.values[name] = value
    if wanted.batch is not None:
        asked.clauses.append("c.batch IS NULLIF(:batch, '')")
        asked.values["batch"] = wanted.batch
    for nth, word in enumerate(wanted.text.split()):
        asked.clauses.append(_WORD.format(name=f"word{nth}"))
        asked.values[f"word{nth}"] = word
    if wanted.state:
        if wanted.state not in _STATES:
            told = f"不认识的状态“{wanted.state}”。"
            raise UserError("certificate.state", told, usable(STATE_NAMES))
        asked.clauses.append(_STATES[wanted.state])
    return asked


def _of_holders(holders: frozenset[str]) -> _Asked:
    """From the holders to their certificates by the indexes on them, never through all."""
    asked = _Asked(_HELD)
    asked.values["holders"] = json.dumps(sorted(holders))
    return asked
