"""A batch of certificates: one form, one page a person, one file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import UserError
from reports.kit import form_drawing, saving
from reports.kit.fonts import no_glyphs
from reports.kit.furniture import Built
from reports.kit.paper import About, Paper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.kit.fonts import Fonts, Missing
    from reports.kit.forms import Form
    from reports.kit.furniture import Output


@dataclass(frozen=True, slots=True)
class Copy:
    """One filled-in form.

    Attributes:
        label: whom it is for, in bookmarks and messages.
        values: for each name the form asks for, the text.
        photo: of the person, as a JPEG file.
        code: the text of the QR code, "" for none.
    """

    label: str
    values: Mapping[str, str]
    photo: bytes | None = None
    code: str = ""


def missing_glyphs(copies: Sequence[Copy], fonts: Fonts) -> list[Missing]:
    """Whose copies hold characters no font has; empty if all can be printed."""
    return fonts.missing((copy.label, copy.values.values()) for copy in copies)


def print_copies(form: Form, copies: Sequence[Copy], about: About, output: Output) -> Built:
    """Write all copies into one PDF, with a bookmark for each person.

    Everything that can be refused for its content is refused before the file takes its name.

    Raises:
        UserError: no copies; a character no font has; a value the form wants is lacking; a text
            that does not fit; the file is already there.
        WorldError: the file cannot be written.
        CancelledByUser: the person asked to stop; nothing is left behind.
    """
    _check(form, copies, output.fonts)
    with saving.fresh_file(output.path, overwrite=output.overwrite) as draft:
        paper = Paper(draft, output.fonts, form.size, about)
        form_drawing.draw_background(paper, form, output.fonts)
        for number, copy in enumerate(copies):
            output.progress.step(number, len(copies), "正在生成证书")
            if number:
                paper.next_page()
            paper.lay(form_drawing.BACKGROUND)
            paper.bookmark(copy.label)
            _fill(paper, form, copy, output.fonts)
        paper.finish()
    output.progress.report(len(copies), len(copies), "正在生成证书")
    return Built(len(copies), output.path)


def _fill(paper: Paper, form: Form, copy: Copy, fonts: Fonts) -> None:
    try:
        form_drawing.draw_values(paper, form, copy.values, fonts)
    except UserError as error:
        raise UserError(error.code, f"{copy.label}：{error.message}", error.hint) from error


def _check(form: Form, copies: Sequence[Copy], fonts: Fonts) -> None:
    if not copies:
        raise UserError("certificate.none", "没有要打印的证书。", "请先选择人员。")
    for copy in copies:
        lacking = form.values - copy.values.keys()
        if lacking:
            raise UserError(
                "form.no_value",
                f"证书样式“{form.title}”要用到“{'、'.join(sorted(lacking))}”，但没有这些值。",
                "请检查证书样式里花括号中的名称。",
            )
    missing = missing_glyphs(copies, fonts)
    if missing:
        raise no_glyphs(missing)
