"""A certificate form as the text of a TOML file; ``forms.parse_form`` reads it without loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomli_w

if TYPE_CHECKING:
    from reports.kit.forms import Form

HEAD = (
    "# {title}。长度单位毫米，从纸的左上角量起；文字的 y 是底线；字号单位磅。\n"
    "# 没有写出的各项取通常的值。\n"
)


def form_text(form: Form) -> str:
    """The form as a TOML file says it; what has its usual value is left out."""
    said = form.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    title = " ".join(form.title.split())
    printable = "".join(char for char in title if char.isprintable())
    return HEAD.format(title=printable) + tomli_w.dumps(said)
