"""The elements of an XML part as calls; everything that can grow (DTDs, entities) is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.parsers import expat

from models.exchange.reading.limits import Refusal, damaged

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]

_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_DEPTH = 256


class XmlReader:
    """Feeds an XML document to three calls, names and attributes without their prefixes."""

    def __init__(self, start: Start, end: End, text: Text | None = None) -> None:
        self._start, self._end = start, end
        self._depth = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        if text is not None:
            self._parser.CharacterDataHandler = text
        self._parser.StartDoctypeDeclHandler = _refuse_dtd
        self._parser.EntityDeclHandler = _refuse_dtd

    def read(self, pieces: Iterable[bytes]) -> None:
        """Parse the document to its end.

        Raises:
            Refusal: it is not well-formed, or declares a document type or entities.
        """
        try:
            for piece in pieces:
                self._parser.Parse(piece, False)  # noqa: FBT003 - expat's own signature
            self._parser.Parse(b"", True)  # noqa: FBT003 - as above
        except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
            raise damaged() from error

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            raise damaged("内部结构不正常，无法读取。")
        if ":" in name:
            name = name.rpartition(":")[2]
        self._start(name, {key.rpartition(":")[2]: attributes[key] for key in attributes})

    def _on_end(self, name: str) -> None:
        self._depth -= 1
        self._end(name.rpartition(":")[2])


def _refuse_dtd(*_: object) -> None:
    raise dtd_refused()


def dtd_refused() -> Refusal:
    """The refusal of a part that declares a document type: no spreadsheet program writes one."""
    return Refusal(
        "import.hostile_xml",
        "含有电子表格不应有的定义（DOCTYPE），疑似恶意文件，没有读取。",
        "请向报送单位重新索取。",
    )


def unescape(text: str) -> str:
    """``text`` of an XML document with its five named and its numeric references resolved.

    Raises:
        ValueError: a reference names no character.
    """
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    return chr(int(found[1]) if found[1] else int(found[2], 16))
