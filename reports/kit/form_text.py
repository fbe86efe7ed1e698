"""A certificate form as the text of a TOML file, there and back without loss."""

from __future__ import annotations

import re
import tomllib

import tomli_w
from pydantic import ValidationError

from models.errors import UserError
from reports.kit.form_wording import sentences
from reports.kit.forms import Form

HEAD = (
    "# {title}。长度单位毫米，从纸的左上角量起；文字的 y 是底线；字号单位磅。\n"
    "# 没有写出的各项取通常的值。\n"
)
_AT = re.compile(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)


def form_text(form: Form) -> str:
    """The form as a TOML file says it; what has its usual value is left out."""
    said = form.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    title = " ".join(form.title.split())
    printable = "".join(char for char in title if char.isprintable())
    return HEAD.format(title=printable) + tomli_w.dumps(said)


def form_of_text(text: str, called: str) -> Form:
    """The form a text describes.

    Args:
        text: of a TOML file.
        called: what the sentence calls it if it is none.

    Raises:
        UserError: the text is no form; the sentence names the place.
    """
    try:
        return Form.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise _bad(called, _place(str(error))) from error
    except ValidationError as error:
        raise _bad(called, "；".join(sentences(error)[:3])) from error


def _place(message: str) -> str:
    """Where the text cannot be read as TOML, in Chinese."""
    found = _AT.match(message)
    if found is None or found[2] is None:
        return "末尾没有写完"
    return f"第 {found[2]} 行第 {found[3]} 个字处读不下去"


def _bad(called: str, what: str) -> UserError:
    return UserError(
        "form.invalid",
        f"证书样式“{called}”有误：{what}。",
        "请改正后重试，或恢复原来的样式。",
    )
