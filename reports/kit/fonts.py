"""Fonts by role, with a fallback for each character, so that every name prints whole."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reportlab.pdfbase.ttfonts import TTFError

from models.errors import UserError, WorldError
from models.text.folding import PRIVATE_USE
from reports.kit import embedding
from reports.kit.drawn_font import drawn_font
from reports.kit.font_catalogue import Catalogue, fits
from reports.kit.font_roles import PLAYERS, ROLE_TITLES, Role
from reports.kit.font_wishes import NO_WISHES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from reports.kit.cmap import Charset
    from reports.kit.embedding import EmbeddedFont
    from reports.kit.font_wishes import FontWishes
    from reports.kit.sfnt import Face

Value = TypeVar("Value")

NO_INK = frozenset(
    [chr(code) for code in (0xAD, 0x2060, 0xFEFF, *range(0x200B, 0x2010))]
    + [chr(code) for code in range(0xFE00, 0xFE10)]
    + [chr(code) for code in range(0xE0100, 0xE01F0)]
)
"""Characters without a shape of their own (joiners, variation selectors): drawn as nothing."""


UNUSABLE = (TTFError, OSError, LookupError, ValueError, ArithmeticError, struct.error)
"""What ReportLab raises over a damaged font, which is then passed over."""


class Run(NamedTuple):
    """A stretch of text that one font draws."""

    font: EmbeddedFont
    text: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Characters no font has, and whom or what they belong to."""

    who: str
    characters: str


QUOTES = frozenset("“”")
"""Marks of Chinese text that some Chinese typefaces draw for Latin words, half as wide: glued to
the characters beside them. They come from the next typeface that draws them for Chinese."""

WIDE = 900  # thousandths of the size


class Memo(dict[str, Value]):
    """What was found out about a character, found out once."""

    def __init__(self, find: Callable[[str], Value]) -> None:
        """Ask ``find`` about characters that are not known yet."""
        super().__init__()
        self._ask = find

    def __missing__(self, char: str) -> Value:
        self[char] = found = self._ask(char)
        return found


class Fonts:
    """The fonts of this computer by role. Made once and handed to every paper.

    Nothing is read before it is needed: the first use of a role looks for its typeface, the
    first character outside it loads the next one of the chain.
    """

    def __init__(self, own: Path, *, system: bool = True, wishes: FontWishes = NO_WISHES) -> None:
        """Look where the office's wishes say, in the folder ``own``, then on the computer.

        Args:
            own: the program's own font files.
            system: whether to look for the computer's.
            wishes: what the office chose and brought.
        """
        self._own = own
        self._lock = RLock()
        self._wishes = wishes
        self._catalogue = Catalogue(own, system=system, wishes=wishes)
        self._pictures = dict(wishes.drawn)
        self._drawn: EmbeddedFont | None = None
        self._near: dict[Role, list[Face]] = {}
        self._loaded: dict[Face, EmbeddedFont | None] = {}
        self._chosen = {role: Memo(partial(self._find, role=role)) for role in Role}
        self._widths = {role: Memo(partial(self._advance, role=role)) for role in Role}

    def also_drawing(self, character: str, png: bytes) -> Fonts:
        """The same fonts with a picture for one more character."""
        drawn = tuple(sorted((self._pictures | {character: png}).items()))
        found = Fonts(self._own, wishes=replace(self._wishes, drawn=drawn))
        found._lock, found._catalogue = (
            self._lock,
            self._catalogue,
        )  # what is known is not read again
        return found

    def face(self, role: Role) -> Face:
        """The face that plays ``role``.

        Raises:
            WorldError: this computer has no usable Chinese font at all.
        """
        return self._chain(role)[0]

    def remark(self, role: Role) -> str:
        """A sentence for the print preview if another typeface stands in for ``role``, else ""."""
        face = self.face(role)
        wishes = self._wishes.chosen_for(role)
        if wishes and face not in self._catalogue.chosen(role):
            return f"没有找到选定的“{wishes[0]}”，用“{face.title}”代替。"
        if wishes or any(fits(face, wanted) for wanted in PLAYERS[role]):
            return ""
        return f"这台电脑没有{ROLE_TITLES[role]}字体，用“{face.title}”代替。"

    def faces(self) -> list[Face]:
        """All faces that could be chosen: the office's, the program's, the computer's."""
        with self._lock:
            return self._catalogue.everything()

    def in_a_font(self, char: str, role: Role = Role.KAI) -> bool:
        """Whether a font has the character; a drawn one does not count."""
        font = self._chosen[role][char]
        return char in NO_INK or (font is not None and font is not self._drawn)

    def charset(self, face: Face) -> Charset:
        """The characters of a face."""
        with self._lock:
            return self._catalogue.charset(face)

    def coverage(self, role: Role) -> tuple[Charset, Charset]:
        """The characters of the face that plays ``role``, and of all faces that help it out."""
        with self._lock:
            played = self._catalogue.charset(self.face(role))
            helped = played
            for face in self._catalogue.far(role):
                helped |= self._catalogue.charset(face)
        return played, helped

    def runs(self, text: str, role: Role) -> list[Run]:
        """``text`` cut into stretches of one font each, characters without ink left out.

        Raises:
            UserError: a character that no font has; check with ``missing`` beforehand.
        """
        inked = [char for char in text if char not in NO_INK]
        chosen = self._chosen[role]
        fonts = [chosen[char] for char in inked]
        if None in fonts:
            raise no_glyphs([Missing(text, self.missing_characters([text], role))])
        pairs = zip(fonts, inked, strict=True)
        return [
            Run(font, "".join(char for _, char in group))
            for font, group in groupby(pairs, key=lambda pair: pair[0])
            if font is not None
        ]

    def advances(self, text: str, role: Role, size: float) -> list[float]:
        """The width of each character of ``text`` in points at ``size`` points."""
        widths = self._widths[role]
        return [widths[char] * size / 1000 for char in text]

    def width(self, text: str, role: Role, size: float) -> float:
        """The width of ``text`` on one line in points at ``size`` points."""
        return sum(self.advances(text, role, size))

    def missing_characters(self, texts: Iterable[str], role: Role = Role.SONG) -> str:
        """The characters of ``texts`` that no font has, each once, in order."""
        seen = dict.fromkeys(char for text in texts for char in text)
        return "".join(char for char in seen if not self._covered(char, role))

    def missing(self, items: Iterable[tuple[str, Iterable[str]]]) -> list[Missing]:
        """Whose texts hold characters that no font has.

        Args:
            items: for each person (or thing) a name to list it by, and its texts.
        """
        checked = ((who, self.missing_characters(texts)) for who, texts in items)
        return [Missing(who, characters) for who, characters in checked if characters]

    def _covered(self, char: str, role: Role) -> bool:
        return char in NO_INK or self._chosen[role][char] is not None

    def _advance(self, char: str, role: Role) -> float:
        if char in NO_INK:
            return 0.0
        font = self._chosen[role][char]
        return 1000.0 if font is None else font.advance(char)

    def _find(self, char: str, role: Role) -> EmbeddedFont | None:
        """The first font of the chain with the character; the whole computer is asked last.

        A private code means something else in every font, so that only what the office brought
        for it counts: a drawn character, or a font file of its own.
        """
        with self._lock:
            if PRIVATE_USE.match(char):
                return self._drawn_with(char) or self._first_with(char, self._catalogue.added())
            return (
                (char in QUOTES and self._first_with(char, self._chain(role), narrowest=WIDE))
                or self._first_with(char, self._chain(role))
                or self._first_with(char, self._catalogue.far_with(role, char))
                or self._drawn_with(char)
            )

    def _drawn_with(self, char: str) -> EmbeddedFont | None:
        """The font of drawn characters, if the character is one of them."""
        if char not in self._pictures:
            return None
        if self._drawn is None:
            self._drawn = drawn_font(self._pictures.items())
        return self._drawn

    def _first_with(
        self, char: str, faces: list[Face], narrowest: float = 0
    ) -> EmbeddedFont | None:
        """The first font that has the character, at least so wide."""
        loaded = (font for font in map(self._load, faces) if font is not None and font.covers(char))
        return next((font for font in loaded if font.advance(char) >= narrowest), None)

    def _load(self, face: Face) -> EmbeddedFont | None:
        """The face ready to draw, or None if ReportLab refuses it after all."""
        if face not in self._loaded:
            try:
                self._loaded[face] = embedding.load(face)
            except UNUSABLE:
                self._loaded[face] = None
        return self._loaded[face]

    def _chain(self, role: Role) -> list[Face]:
        """Who draws for ``role``: those at hand, or all there are if none is at hand."""
        with self._lock:
            if role not in self._near:
                self._near[role] = self._catalogue.near(role) or self._catalogue.far(role)
        if not self._near[role]:
            raise WorldError(
                "fonts.none",
                "这台电脑上没有找到可以嵌入 PDF 的中文字体。",
                f"请把 TrueType 中文字体（.ttf 或 .ttc）放进“{self._own}”后重试。",
            )
        return self._near[role]


def spelled(text: str, fonts: Fonts, form: str = "U+{:04X}") -> str:
    """The text with each character that would not be seen on paper written by its code.

    Args:
        text: what is to be printed.
        fonts: who prints it.
        form: how a code is written.
    """
    unseen = {*fonts.missing_characters([text]), *(char for char in text if not _seen(char))}
    return "".join(form.format(ord(char)) if char in unseen else char for char in text)


def _seen(char: str) -> bool:
    return char.isprintable() and char not in NO_INK


def no_glyphs(missing: Iterable[Missing]) -> UserError:
    """The refusal to print what would come out as boxes, with the people concerned."""
    listed = "；".join(f"{item.who}（{item.characters}）" for item in missing)
    return UserError(
        "paper.glyph_missing",
        f"以下内容中有字体里没有的字，没有打印：{listed}。",
        "请安装含有这些字的字体（如花园明朝、宋体-ExtB），或先将这些人移出本批，改用手写。",
    )
