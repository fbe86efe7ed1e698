"""Who stands behind the numbers of a frame or a draw."""

from __future__ import annotations

from dataclasses import dataclass

from models.exams.identity import identities
from models.office.context import Office

_PEOPLE = """
SELECT t.id, t.teacher_no, t.name, COALESCE(i.name, t.school_reported, ''), COALESCE(t.subject, '')
FROM teacher AS t LEFT JOIN institution AS i ON i.id = t.school_id
"""


@dataclass(frozen=True, slots=True)
class Named:
    """A teacher as lists of a draw name one; subject as words, "" where not recorded."""

    teacher_id: str
    teacher_no: str
    name: str
    school: str
    subject: str


def named(office: Office, frame_id: str) -> dict[str, Named]:
    """Those of a frame by their numbers in it; who is no longer registered is missing."""
    subjects = office.codes["subject"]
    words: dict[str, str] = {"": ""}
    found: dict[str, Named] = {}
    for teacher, number, name, school, subject in office.store.tuples(_PEOPLE):
        if subject not in words:
            words[subject] = "、".join(subjects.name_of(one) for one in subject.split("、"))
        found[teacher] = Named(teacher, number, name, school, words[subject])
    ids = identities(office, frame_id)
    return {number: found[teacher] for number, teacher in ids.items()}
