"""结业证书: one page a person who passed a course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.kit import copies, forms
from reports.kit.copies import Copy
from reports.kit.furniture import Output
from reports.kit.paper import About
from reports.kit.wording import formal_date, plain_date
from resources import path as resource

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.fonts import Fonts, Missing
    from reports.kit.forms import Form
    from reports.kit.furniture import Built

FORM = "certificates/completion.toml"


@dataclass(frozen=True, slots=True)
class Completion:
    """What one certificate certifies.

    Attributes:
        number: of the certificate.
        name: of the person, as it is to be printed.
        school: where the person works; "" leaves it out.
        id_number: in full, masked or "" as the office decides; "" leaves the line out.
        course: its name, without quotation marks.
        organizer: who held the course; "" leaves it out.
        start, end: ISO dates of the course; "" where unknown.
        hours: as text, ``15``.
        credits: as text; "" leaves them out.
        result: ``合格``, ``优秀`` or a score; "" leaves it out.
    """

    number: str
    name: str
    school: str
    id_number: str
    course: str
    organizer: str
    start: str
    end: str
    hours: str
    credits: str
    result: str = "合格"


@dataclass(frozen=True, slots=True)
class CompletionBatch:
    """The certificates of one print run.

    Attributes:
        title: of the file, such as ``2026年教师教学技能培训结业证书``.
        issuer: the issuing office, by the name on its seal.
        issued_on: ISO date that stands on the certificates.
        printed_at: the moment in the file's properties.
        people: in the order of printing.
        form: another form than the program's own.
    """

    title: str
    issuer: str
    issued_on: str
    printed_at: datetime
    people: tuple[Completion, ...]
    form: Form | None = None


def build(
    batch: CompletionBatch, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the batch as one PDF with a bookmark for each person.

    Args:
        batch: the certificates.
        out: the file to write.
        fonts: the fonts of this computer.
        progress: told page by page; may cancel.
        overwrite: whether a file of that name may be replaced.

    Raises:
        UserError: nobody in the batch; characters no font has (all people concerned); a text that
            does not fit its place; the file is already there. Nothing is written then.
        WorldError: the file cannot be written.
        CancelledByUser: the person asked to stop; nothing is left behind.
    """
    form = batch.form or forms.read_form(resource(FORM))
    about = About(batch.title, author=batch.issuer, made_at=batch.printed_at)
    output = Output(out, fonts, batch.printed_at, progress, overwrite)
    return copies.print_copies(form, _copies(batch), about, output)


def missing_glyphs(batch: CompletionBatch, fonts: Fonts) -> list[Missing]:
    """Whose certificates hold characters no font has; empty if all can be printed."""
    return copies.missing_glyphs(_copies(batch), fonts)


def _copies(batch: CompletionBatch) -> list[Copy]:
    return [
        Copy(f"{person.name}（{person.number}）", _values(person, batch)) for person in batch.people
    ]


def _values(person: Completion, batch: CompletionBatch) -> dict[str, str]:
    """The values of one copy by the names the form uses."""
    return {
        "number": person.number,
        "name": person.name,
        "school": person.school,
        "id_number": person.id_number,
        "course": _quoted(person.course),
        "organizer": person.organizer,
        "held_by": f"{person.organizer}举办的" if person.organizer else "",
        "period": _period(person.start, person.end),
        "amount": f"{person.hours} 学时" + (f"、{person.credits} 学分" if person.credits else ""),
        "result": person.result,
        "verdict": _verdict(person.result),
        "issuer": batch.issuer,
        "issued_on": formal_date(batch.issued_on),
    }


def _quoted(course: str) -> str:
    """The course in quotation marks, unless it begins with a book title mark of its own."""
    return course if course.startswith("《") else f"“{course}”"


def _verdict(result: str) -> str:
    """``考核成绩合格，`` or ``考核成绩 86 分，``; "" where there was no score."""
    if not result:
        return ""
    words = f" {result} 分" if result.replace(".", "", 1).isdecimal() else result
    return f"考核成绩{words}，"


def _period(start: str, end: str) -> str:
    """``于2026年7月1日至7月5日``; the year is said once; "" if nothing is known."""
    if not start and not end:
        return ""
    if not start or not end or start == end:
        return f"于{plain_date(start or end)}"
    first, last = plain_date(start), plain_date(end)
    same_year = start[:4] == end[:4] and len(last) > len("2026年")
    return f"于{first}至{last[5:] if same_year else last}"
