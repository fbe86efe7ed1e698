"""What the first steps of an exam have done on the lanes: setup, frame, draw, papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.exams import changing, drawing, exclusions, freezing, replacing
from models.exams.exclusions import ExclusionWish
from models.exams.records import Exam
from models.exams.registration import create, read
from models.exams.replacing import Replacement
from models.exams.verification import Verification, verify
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Changed, Operation
from models.training.naming import teacher_meant
from reports.catalogue import papers as catalogue
from reports.inputs.draws import refuse_unprintable
from reports.inputs.fonts import fonts_of
from reports.kit.furniture import Output
from ui.desktop.pages.exams.loads import meeting
from ui.desktop.pages.exams.meeting.showing import Meeting
from ui.desktop.pages.exams.terms import terms_from

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DrawnInPublic:
    """A draw with what the screen shows of it."""

    meeting: Meeting
    operation: Operation

    @property
    def changed(self) -> Changed:
        """What the draw changed."""
        return self.operation.changed


def save_new(office: Office, _progress: Progress, texts: Texts) -> tuple[Exam, Operation]:
    """Set up an exam; what the form leaves open comes from the rules in force."""
    return create(office, terms_from(office, texts))


def save_changed(
    office: Office, _progress: Progress, exam_id: str, texts: Texts
) -> tuple[Exam, Operation]:
    """Change the terms of an exam."""
    return changing.update(office, read(office, exam_id), terms_from(office, texts))


def remove(office: Office, _progress: Progress, exam_id: str) -> Operation:
    """Remove an exam nothing came of."""
    return changing.delete(office, read(office, exam_id))


def exclude_one(
    office: Office, _progress: Progress, exam_id: str, texts: Texts, *, later: bool
) -> Operation:
    """Leave the teacher of a number or name out of the frame."""
    wish = ExclusionWish(teacher_meant(office, texts["who"]), texts["reason"], texts["signed_by"])
    return exclusions.exclude(office, read(office, exam_id), wish, for_anew=later)


def include_some(
    office: Office, _progress: Progress, exam_id: str, numbers: Sequence[str], *, later: bool
) -> Operation:
    """Take people in again whom a person left out, as one step."""
    exam = read(office, exam_id)
    with office.store.operation(
        "exams.include", f"“{exam.name}”重新列入 {len(numbers)} 人"
    ) as done:
        for number in numbers:
            exclusions.include_again(office, exam, teacher_meant(office, number), for_anew=later)
    return done


def freeze_frame(office: Office, _progress: Progress, exam_id: str, reason: str) -> int:
    """Fix who can be drawn; a reason where it was fixed before. Gives the number of people."""
    frame, _ = freezing.freeze(office, read(office, exam_id), again_because=reason)
    return frame.size


def write_frame(office: Office, _progress: Progress, exam_id: str, out: Path) -> Path:
    """Write the frame file byte by byte as it was hashed."""
    freezing.export_frame(office, read(office, exam_id), out)
    return out


def draw_in_public(
    office: Office, progress: Progress, exam_id: str, seed: str, reason: str
) -> DrawnInPublic:
    """Draw with a public seed; a reason where it was drawn before."""
    refuse_unprintable(seed, fonts_of(office))
    _, operation = drawing.draw(office, read(office, exam_id), seed, again_because=reason)
    return DrawnInPublic(meeting(office, progress, exam_id), operation)


def write_record(office: Office, _progress: Progress, exam_id: str, out: Path) -> Path:
    """Write the record of the latest draw as JSON."""
    drawing.write_record(drawing.latest_draw(office, read(office, exam_id)).record, out)
    return out


def check_draw(office: Office, _progress: Progress, exam_id: str) -> Verification:
    """Draw again from the record and the frame it was made from, and compare every line."""
    drawn = drawing.latest_draw(office, read(office, exam_id))
    frame = freezing.frame_by_id(office, drawn.frame_id)
    return verify(drawn.record, frame.body.encode())


def replace_one(
    office: Office, _progress: Progress, exam_id: str, number: str, reason: str
) -> tuple[Replacement, Operation]:
    """Call up the next reserve for the teacher of a number."""
    return replacing.replace(office, read(office, exam_id), number, reason)


def print_paper(office: Office, progress: Progress, name: str, answers: Texts, out: Path) -> None:
    """Write a paper of the catalogue as a PDF."""
    output = Output(out, fonts_of(office), office.store.clock.now(), progress, overwrite=True)
    catalogue.build(office, name, answers, output)
