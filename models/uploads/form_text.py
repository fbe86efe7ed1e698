"""A form as the text of a TOML file, read and written."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any, cast

import tomli_w
from pydantic import ValidationError

import resources
from models.errors import UserError
from models.uploads.facts import fact_named
from models.uploads.forms import Form, ReturnColumns

_HEAD = "# 上报表“{title}”：栏目、代码、取数都可以在这里改。\n"


def read_form(text: str, place: str) -> Form:
    """The form a text describes.

    Args:
        text: TOML.
        place: where it stands, for the sentence.

    Raises:
        UserError: it is no form, or names a fact that is not known.
    """
    try:
        form = Form.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise UserError(
            "upload.form",
            f"上报表“{place}”有误：{_words(error)}。",
            "请改正后重试，或恢复原来的。",
        ) from error
    for name in (*form.only, *form.never):
        if fact_named(form.subject, name) is None:
            raise UserError(
                "upload.fact", f"上报表“{place}”的范围要看“{name}”，本程序没有这一项。", "请改正。"
            )
    for column in form.columns:
        if column.fact and fact_named(form.subject, column.fact) is None:
            raise UserError(
                "upload.fact",
                f"上报表“{place}”的“{column.title}”要取“{column.fact}”，本程序没有这一项。",
                "请用 upload forms 查看可取的项目，改正后重试。",
            )
    return form


def form_text(form: Form) -> str:
    """A form as TOML; what is left at its default is not written."""
    said = form.model_dump(mode="json", exclude_defaults=True)
    return _HEAD.format(title=" ".join(form.title.split())) + tomli_w.dumps(said)


def returns_of(form: Form) -> ReturnColumns:
    """How the form's result reads, with the common words where it says nothing."""
    said = form.returns.model_dump()
    common = _common().model_dump()
    return ReturnColumns.model_validate({key: said[key] or common[key] for key in said})


@cache
def _common() -> ReturnColumns:
    file = resources.path("upload_returns.toml")
    return ReturnColumns.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))


def _words(error: tomllib.TOMLDecodeError | ValidationError) -> str:
    if isinstance(error, ValidationError):
        first = cast("dict[str, Any]", error.errors(include_url=False)[0])
        where = ".".join(map(str, first["loc"]))
        cause = first.get("ctx", {}).get("error")
        return f"{where} {cause or first['msg']}".strip()
    return f"不是 TOML（{error}）"
