"""What keeps a form from being printed at all: parts off the sheet, names nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from models.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reports.kit.forms import Form

SLACK = 0.01  # millimetres


class _Reach(NamedTuple):
    """The farthest point of a part, and what the office calls the part."""

    name: str
    x: float
    y: float


def check_printable(form: Form, known: Collection[str] | None = None) -> None:
    """Refuse what no printer could print.

    Args:
        form: the form.
        known: the names of values there are; None where they were checked before.

    Raises:
        UserError: a part stands off the sheet, or a name between braces is unknown; the sentence
            names form, part and remedy.
    """
    for part in _reaches(form):
        if part.x > form.width + SLACK or part.y > form.height + SLACK:
            raise UserError(
                "form.off_sheet",
                f"证书样式“{form.title}”的“{part.name}”到了距左边 {part.x:g}、距上边"
                f" {part.y:g} 毫米处，已在纸外（纸宽 {form.width:g}、高 {form.height:g} 毫米）。",
                "请在证书样式里把它移到纸内。",
            )
    if known is not None:
        _check_names(form, known)


def _check_names(form: Form, known: Collection[str]) -> None:
    for field in (*form.fields, *(form.rows.columns if form.rows else ())):
        for name in field.names:
            if name not in known:
                raise UserError(
                    "form.unknown_value",
                    f"证书样式“{form.title}”的“{field.key}”要用“{name}”，没有这个值。",
                    f"可用的值：{'、'.join(sorted(known))}。",
                )


def _reaches(form: Form) -> Iterator[_Reach]:
    for field in form.fields:
        yield _Reach(field.key, field.x, field.y)
    for line in form.lines:
        yield _Reach("线", max(line.start[0], line.end[0]), max(line.start[1], line.end[1]))
    for box in form.boxes:
        yield _Reach("方框", box.x + box.width, box.y + box.height)
    if form.photo is not None:
        area = form.photo
        yield _Reach("照片", area.x + area.width, area.y + area.height)
    if form.code is not None:
        yield _Reach("二维码", form.code.x + form.code.size, form.code.y + form.code.size)
    if form.seal is not None:
        yield _Reach("印章位置", form.seal.x, form.seal.y)
    if form.rows is not None:
        last = form.rows.y_of(form.rows.count)
        for column in form.rows.columns:
            yield _Reach(f"{column.key}（第 {form.rows.count} 行）", column.x, last)
