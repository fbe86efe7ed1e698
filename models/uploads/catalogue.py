"""The forms there are: those the program ships, and the office's own in their place or besides."""

from __future__ import annotations

import base64
import hashlib

from models.errors import UserError
from models.exchange.filling.blank_book import BlankColumn, blank_book
from models.office.context import Office
from models.store.operations import Operation
from models.uploads.form_list import forms
from models.uploads.form_text import form_text, read_form
from models.uploads.forms import CellKind, Form, FormColumn, Written
from models.uploads.tables import BOOK, FORM

_FORMATS = {CellKind.INTEGER: "0", CellKind.DECIMAL: "General"}


def form_named(office: Office, name: str) -> Form:
    """The form of that name or title.

    Raises:
        UserError: there is none, or it cannot be read.
    """
    found = forms(office)
    for one in found:
        if name in (one.name, one.form.title if one.form else ""):
            if one.form is None:
                raise UserError("upload.form", one.trouble)
            return one.form
    names = "、".join(f"{one.name}（{one.form.title}）" for one in found if one.form)
    raise UserError("upload.no_form", f"没有名为“{name}”的上报表。", f"现有：{names}。")


def save_form(office: Office, form: Form, book: tuple[str, bytes] | None = None) -> Operation:
    """Keep a form as the office's own, in the place of one of the same name.

    Args:
        office: the office.
        form: the form.
        book: file name and bytes of the authority's empty workbook, where it brings a new one.

    Raises:
        UserError: the form asks for what we do not have.
    """
    read_form(form_text(form), form.title)
    store = office.store
    with store.operation("uploads.save_form", f"保存上报表 {form.title}") as operation:
        if book is not None:
            form = form.model_copy(update={"book": _keep_book(office, *book)})
        row = (form.name, form_text(form), form.book or None)
        known = store.value("SELECT id FROM upload_form WHERE name = ?", (form.name,))
        if known is None:
            store.insert("upload_form", ("id", *FORM), [(store.ids.new_id(), *row)])
        else:
            store.execute(
                "UPDATE upload_form SET name = ?, text = ?, book_id = ? WHERE id = ?", (*row, known)
            )
    return operation


def drop_form(office: Office, name: str) -> Operation:
    """Take a form of the office's own out; the shipped one of that name holds again.

    Raises:
        UserError: it is no form of the office's own.
    """
    known = office.store.value("SELECT id FROM upload_form WHERE name = ?", (name,))
    if known is None:
        raise UserError("upload.not_own", f"“{name}”不是本单位自己的上报表。", "自带的不能删除。")
    with office.store.operation("uploads.drop_form", f"删除上报表 {name}") as operation:
        office.store.execute("DELETE FROM upload_form WHERE id = ?", (known,))
    return operation


def book_of(office: Office, form: Form) -> bytes:
    """The empty workbook of a form: the authority's, or one made from the form itself.

    Raises:
        UserError: the authority's is not in the file any more.
    """
    if not form.book:
        return blank_book(form.sheet, form.header_row, [_blank(form, one) for one in form.columns])
    content = office.store.value(
        "SELECT content_base64 FROM upload_book WHERE id = ?", (form.book,)
    )
    if content is None:
        raise UserError(
            "upload.no_book",
            f"上报表“{form.title}”的空表不在数据文件里。",
            "请重新导入上级的空表。",
        )
    return base64.b64decode(content)


def _keep_book(office: Office, file_name: str, content: bytes) -> str:
    """The identity of the workbook; the same bytes are kept once."""
    store, sha256 = office.store, hashlib.sha256(content).hexdigest()
    known = store.value("SELECT id FROM upload_book WHERE sha256 = ?", (sha256,))
    if known is not None:
        return str(known)
    identity = store.ids.new_id()
    row = (identity, file_name, sha256, base64.b64encode(content).decode("ascii"))
    store.insert("upload_book", ("id", *BOOK), [row])
    return identity


def _blank(form: Form, column: FormColumn) -> BlankColumn:
    return BlankColumn(
        index=form.place(column.key),
        title=column.title,
        width=column.width,
        number_format=_FORMATS.get(column.kind, "@"),
        choices=_choices(column),
        required=column.required,
    )


def _choices(column: FormColumn) -> tuple[str, ...]:
    match column.written:
        case Written.CODE:
            return tuple(column.choices)
        case Written.NAME:
            return tuple(column.choices.values())
        case Written.PAIR:
            return tuple(f"{code}-{name}" for code, name in column.choices.items())
