"""What would spoil a batch, found before its first page is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from models.errors import UserError
from reports.kit.fonts import Missing, no_glyphs
from reports.kit.form_drawing import Filling
from reports.kit.form_limits import check_printable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from reports.kit.copy_content import Copy
    from reports.kit.fonts import Fonts
    from reports.kit.form_drawing import Filler
    from reports.kit.forms import Form
    from reports.kit.furniture import Output
    from reports.kit.photos import PhotoShelf

LABEL = "正在检查"
TOLD = 20
"""People named in one refusal; the rest are counted."""


class _Bad(NamedTuple):
    """Whose photo cannot be used or whose text does not fit, and why."""

    who: str
    why: str


def missing_glyphs(copies: Iterable[Copy], fonts: Fonts) -> list[Missing]:
    """Whose copies hold characters no font has; empty if all can be printed."""
    return fonts.missing((copy.label, _texts(copy)) for copy in copies)


def check(
    form: Form, copies: Collection[Copy], filler: Filler, shelf: PhotoShelf, output: Output
) -> list[str]:
    """Go through all copies once.

    Returns:
        Their labels.

    Raises:
        UserError: a value is lacking, a line is not on the page; characters no font has, texts
            that do not fit or photos that are none, with all people concerned.
        CancelledByUser: the person asked to stop.
    """
    check_printable(form)
    labels: list[str] = []
    missing: list[Missing] = []
    wide: list[_Bad] = []
    bad: list[_Bad] = []
    for number, copy in enumerate(copies):
        output.progress.step(number, len(copies), LABEL)
        labels.append(copy.label)
        _check_values(form, copy)
        characters = output.fonts.missing_characters(_texts(copy))
        if characters:
            missing.append(Missing(copy.label, characters))
        elif why := _too_wide(filler, copy):
            wide.append(_Bad(copy.label, why))
        if copy.photo is not None and form.photo is not None:
            try:
                shelf.check(number, copy.photo)
            except UserError as error:
                bad.append(_Bad(copy.label, error.message))
    if missing:
        raise no_glyphs(missing)
    if wide:
        raise _too_long(wide)
    if bad:
        raise _bad_photos(bad)
    return labels


def _check_values(form: Form, copy: Copy) -> None:
    lacking = form.values - copy.values.keys()
    for values in copy.rows.values():
        lacking |= form.row_values - values.keys()
    if lacking:
        raise UserError(
            "form.no_value",
            f"证书样式“{form.title}”要用到“{'、'.join(sorted(lacking))}”，但没有这些值。",
            "请检查证书样式里花括号中的名称。",
        )
    count = form.rows.count if form.rows else 0
    for line in copy.rows:
        if not 1 <= line <= count:
            raise UserError(
                "form.no_line",
                f"{copy.label}：证书样式“{form.title}”每页 {count} 行，没有第 {line} 行。",
                "请检查续打的位置，或改用有登记行的样式。",
            )


def _too_wide(filler: Filler, copy: Copy) -> str:
    """Why a copy's texts do not fit; "" where they do."""
    try:
        filler.check(Filling(copy.values, copy.rows))
    except UserError as error:
        return error.message
    return ""


def _too_long(wide: list[_Bad]) -> UserError:
    hint = "请缩短内容，或在证书样式里放宽该处。"
    if len(wide) == 1:
        return UserError("form.too_long", f"{wide[0].who}：{wide[0].why}", hint)
    message = f"有 {len(wide)} 人的内容写不下，没有打印：{_listed(wide, '：')}。"
    return UserError("form.too_long", message, hint)


def _listed(bad: list[_Bad], between: str) -> str:
    told = "；".join(f"{one.who}{between}{one.why.rstrip('。')}" for one in bad[:TOLD])
    return told + (f"；另有 {len(bad) - TOLD} 人" if len(bad) > TOLD else "")


def _bad_photos(bad: list[_Bad]) -> UserError:
    return UserError(
        "photo.unusable",
        f"以下照片不能用，没有打印：{_listed(bad, '的')}。",
        "请换成 JPEG 照片（如 295×413 像素）后重试，或先将这些人移出本批。",
    )


def _texts(copy: Copy) -> Iterator[str]:
    yield from copy.values.values()
    for values in copy.rows.values():
        yield from values.values()
