"""What the designer has done on the lanes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from models.certificates.own_forms import (
    OwnForm,
    copy_own_form,
    drop_own_form,
    rename_own_form,
    save_own_form,
)
from models.errors import UserError, WorldError
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from reports.inputs import certificate_forms
from reports.inputs.fonts import fonts_of
from reports.kit.copies import print_copies
from reports.kit.form_text import form_text
from reports.kit.forms import Form, parse_form
from reports.kit.furniture import Output
from reports.kit.paper import About
from reports.kit.saving import fresh_file
from ui.desktop.pages.certificates.designer.rendering import Source, copy_for

Work = Callable[[Office, Progress], Any]

LARGEST = 1_000_000
"""Bytes: no form is larger."""


def save_form(office: Office, _progress: Progress, form: Form) -> Operation:
    """Keep a form as the office's own."""
    return certificate_forms.save_form(office, form)


def save_text(office: Office, _progress: Progress, name: str, text: str) -> Operation:
    """Keep the text of a form, once it is one.

    Raises:
        UserError: the text is no form, or another one's.
    """
    form = parse_form(text, name)
    if form.name != name:
        raise UserError(
            "form.other_name", f"文中写的编号是“{form.name}”。", f"请把 name 改成 {name}。"
        )
    return save_own_form(office, OwnForm(name, text), form.title)


def copy_form(office: Office, _progress: Progress, form: Form) -> tuple[Operation, str]:
    """Keep a form as a new one; gives its name, which nothing had before."""
    taken = {one.name for one in certificate_forms.listed_forms(office)}
    name = certificate_forms.free_name(form.name, taken)
    copy = form.model_copy(update={"name": name})
    return copy_own_form(office, OwnForm(name, form_text(copy)), form.title), name


def rename_form(office: Office, _progress: Progress, name: str, title: str) -> Operation:
    """Give a form of the office's own another title."""
    form = certificate_forms.form_named(office, name).model_copy(update={"title": title})
    return rename_own_form(office, OwnForm(name, form_text(form)), title)


def drop_form(office: Office, _progress: Progress, name: str, title: str) -> Operation:
    """Take a form of the office's own out; the shipped one of its name holds again."""
    return drop_own_form(office, name, title)


def read_file(_office: Office, _progress: Progress, file: Path) -> Form:
    """The form that a file describes.

    Raises:
        UserError: it describes none.
        WorldError: it cannot be read.
    """
    try:
        with file.open("rb") as source:
            raw = source.read(LARGEST + 1)
    except OSError as error:
        raise WorldError(
            "form.unreadable", f"读不了“{file.name}”。", "请换一个位置再试。"
        ) from error
    if len(raw) > LARGEST:
        raise UserError("form.too_large", f"“{file.name}”太大，不是证书样式文件。", "请另选文件。")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            "form.encoding", f"“{file.name}”不是 UTF-8 文本。", "请用记事本另存为 UTF-8。"
        ) from error
    return parse_form(text, file.name)


def write_file(_office: Office, _progress: Progress, form: Form, out: Path) -> Path:
    """Write a form as a file.

    Raises:
        WorldError: the file cannot be written.
    """
    with fresh_file(out, overwrite=True) as draft:
        draft.write_text(form_text(form), encoding="utf-8", newline="\n")
    return out


def test_page(office: Office, progress: Progress, form: Form, source: Source, out: Path) -> Path:
    """Write one copy of a form as a PDF.

    Raises:
        UserError: it cannot be printed; see ``reports.kit.copies``.
        WorldError: the file cannot be written.
    """
    output = Output(out, fonts_of(office), office.store.clock.now(), progress, overwrite=True)
    copy = copy_for(office, form, source)
    return print_copies(form, [copy], About(f"{form.title}测试页"), output).path


def bound(job: Callable[..., object], *args: object) -> Work:
    """A job with what it needs beyond the office and the progress."""

    def work(office: Office, progress: Progress) -> object:
        return job(office, progress, *args)

    return work
