"""JSON as packages carry it: objects, texts, whole numbers; the same bytes for the same thing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


def canonical(said: Mapping[str, Any]) -> bytes:
    """An object as one line of bytes, the same for every equal object."""
    return json.dumps(
        said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def strict(content: bytes) -> dict[str, Json]:
    """The object in a line of bytes.

    Raises:
        ValueError: no JSON object, not as ``canonical`` writes it, a fraction, nested too deep.
    """
    try:
        found: object = json.loads(
            content.decode(),
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
        )
        if not isinstance(found, dict):
            raise ValueError("not an object")  # noqa: TRY004 - what came is wrong
        said = cast("dict[str, Json]", found)
        if canonical(said) != content:  # a key twice, half a character, another spelling
            raise ValueError("not canonical")
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return said


def text(said: Mapping[str, Json], name: str, longest: int = 200) -> str:
    """A text of an object.

    Raises:
        ValueError: there is none, or it is longer.
    """
    found = said.get(name)
    if not isinstance(found, str) or len(found) > longest or not found.isprintable():
        raise ValueError(name)
    return found


def number(said: Mapping[str, Json], name: str, most: int = 2**53) -> int:
    """A whole number of an object, from 0 on.

    Raises:
        ValueError: there is none, or it is greater.
    """
    found = said.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= most:
        raise ValueError(name)
    return found


def inner(said: Mapping[str, Json], name: str) -> dict[str, Json]:
    """An object within an object.

    Raises:
        ValueError: there is none.
    """
    found = said.get(name)
    if not isinstance(found, dict):
        raise ValueError(name)  # noqa: TRY004 - what came is wrong, not the call
    return found


def _no_fraction(shown: str) -> int:
    raise ValueError(shown)
