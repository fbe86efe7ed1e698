"""Pages as a person writes and reads them: ``1-3,5``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from models.errors import UserError
from ui.desktop.widgets.table.view import runs_of

_PART = re.compile(r"(\d{1,6})(?:[-–—~～至到](\d{1,6})?)?")
_BETWEEN = re.compile(r"[,，、;；\s]+")


def parse_pages(text: str, count: int) -> tuple[int, ...]:
    """The pages a person means, in the order written; ``5-`` goes on to the end.

    Args:
        text: such as ``1-3,5``.
        count: how many pages there are.

    Raises:
        UserError: what cannot be read, or pages that are not there.

    >>> parse_pages("1-3，5、9-", 10)
    (1, 2, 3, 5, 9, 10)
    """
    found: list[int] = []
    for part in filter(None, _BETWEEN.split(text.strip())):
        matched = _PART.fullmatch(part)
        if matched is None:
            raise UserError(
                "print.pages",
                f"页码“{part}”看不懂。",
                "请写成 1-3,5 这样；5- 表示从第 5 页到最后。",
            )
        first = int(matched[1])
        open_end = part[-1] in "-–—~～至到"
        last = count if open_end else int(matched[2] or first)
        if not 1 <= first <= last <= count:
            raise UserError(
                "print.pages", f"没有“{part}”这样的页：一共 {count:,} 页。", "请改正页码。"
            )
        found += range(first, last + 1)
    if not found:
        raise UserError("print.pages", "没有写要打印哪几页。", "请写成 1-3,5 这样。")
    return tuple(dict.fromkeys(found))


def say_pages(pages: Iterable[int]) -> str:
    """Pages in order, neighbours drawn together.

    >>> say_pages([3, 1, 2, 7])
    '1–3、7'
    """
    return "、".join(
        f"{first}" if first == last else f"{first}–{last}"
        for first, last in runs_of(sorted(set(pages)))
    )
