"""Who stands behind the numbers of a frame or a draw."""

from __future__ import annotations

from dataclasses import dataclass

from models.office.context import Office

_PEOPLE = """
SELECT t.teacher_no, t.name, COALESCE(i.name, t.school_reported, ''), COALESCE(t.subject, '')
FROM teacher AS t LEFT JOIN institution AS i ON i.id = t.school_id
"""


@dataclass(frozen=True, slots=True)
class Named:
    """A teacher as lists of a draw name one; subject as words, "" where not recorded."""

    teacher_no: str
    name: str
    school: str
    subject: str


def named(office: Office) -> dict[str, Named]:
    """Everybody of the register by teacher number."""
    subjects = office.codes["subject"]
    words: dict[str, str] = {"": ""}
    found: dict[str, Named] = {}
    for number, name, school, subject in office.store.tuples(_PEOPLE):
        if subject not in words:
            words[subject] = "、".join(subjects.name_of(one) for one in subject.split("、"))
        found[number] = Named(number, name, school, words[subject])
    return found
