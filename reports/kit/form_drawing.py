"""A form drawn: what all copies share once, what differs page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.kit import frames, pictures
from reports.kit.form_setting import Slot
from reports.kit.paper import Size
from reports.kit.photos import plain_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reports.kit.fonts import Fonts
    from reports.kit.forms import Form
    from reports.kit.paper import Paper

BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Filling:
    """What one copy of a form says.

    Attributes:
        values: for each name the form asks for, the text.
        rows: line of the register page to its values.
        photo: a JPEG of ``photos.plain_photo``.
        code: the text of the code.
    """

    values: Mapping[str, str]
    rows: Mapping[int, Mapping[str, str]]
    photo: bytes | None = None
    code: str = ""


class Filler:
    """Fills in copies of one form; texts that stay the same are fitted and written only once."""

    def __init__(
        self, form: Form, fonts: Fonts, *, on_stock: bool = False, preview: bool = False
    ) -> None:
        """Make ready.

        Args:
            form: the form.
            fonts: to measure with.
            on_stock: the sheets have the fixed wording already (套打).
            preview: show what the sheets have already, too.
        """
        self._form = form
        self._fonts = fonts
        self._bare = on_stock and not preview
        self._preview = preview
        self._slots = [
            Slot(field, fonts)
            for field in form.fields
            if (field.on_stock if on_stock else not field.shared)
        ]
        self._rows: dict[int, list[Slot]] = {}

    def check(self, filling: Filling) -> None:
        """See whether all texts fit.

        Raises:
            UserError: one does not fit at its smallest size.
            KeyError: a value is lacking; see ``Form.values``.
        """
        for slot, values in self._filled(filling):
            slot.fit(values)

    def background(self, paper: Paper) -> None:
        """Draw what all copies share, to be laid on each page with ``paper.lay(BACKGROUND)``."""
        form = self._form
        with paper.template(BACKGROUND):
            if not self._bare:
                self._decoration(paper)
            for line in form.lines:
                if line.printed or not self._bare:
                    paper.line(line.start, line.end, thickness=line.thickness, colour=line.colour)
            for box in form.boxes:
                if box.printed or not self._bare:
                    corner, size = (box.x, box.y), Size(box.width, box.height)
                    paper.frame(corner, size, thickness=box.thickness, colour=box.colour)

    def draw(self, paper: Paper, filling: Filling) -> None:
        """Draw what differs from copy to copy; a field whose values are all empty is left out.

        Raises:
            UserError: a text does not fit at its smallest size.
            KeyError: a value is lacking; see ``Form.values``.
        """
        for slot, values in self._filled(filling):
            code = slot.code(paper, values)
            if code:
                paper.paint(code)
        if self._form.photo is not None and filling.photo is not None:
            pictures.draw_photo(paper, self._form.photo, filling.photo)
        if self._form.code is not None and filling.code:
            pictures.draw_code(paper, self._form.code, filling.code)

    def _filled(self, filling: Filling) -> Iterator[tuple[Slot, Mapping[str, str]]]:
        for slot in self._slots:
            yield slot, filling.values
        for line, values in sorted(filling.rows.items()):
            for slot in self._row(line):
                yield slot, values

    def _row(self, line: int) -> list[Slot]:
        rows = self._form.rows
        if line not in self._rows:
            columns = rows.columns if rows else ()
            y = rows.y_of(line) if rows else 0
            self._rows[line] = [Slot(column.at(y), self._fonts) for column in columns]
        return self._rows[line]

    def _decoration(self, paper: Paper) -> None:
        form = self._form
        if form.background is not None and (form.background.printed or self._preview):
            pictures.draw_picture(paper, plain_sheet(form.background.picture))
        frames.draw(paper, form.size, form.frame)
        if form.seal is not None:
            frames.draw_seal(paper, form.seal)
        for field in form.fields:
            if field.shared:
                paper.paint(Slot(field, self._fonts).code(paper, {}))
