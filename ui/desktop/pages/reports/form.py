"""What a paper can be asked for: two columns of short answers, long ones across."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from reports.catalogue.options import Option, OptionKind, PaperInfo
from ui.desktop.pages.reports.editors import WIDE, OptionEditor, editor_for
from ui.desktop.pages.reports.offers import NOTHING_TO_CHOOSE, Offers
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import column, label

COLUMNS = 2
KEPT = frozenset({OptionKind.CHOICE, OptionKind.SEVERAL, OptionKind.FLAG, OptionKind.COUNT})
"""Kinds of answers that are remembered from one start of the program to the next."""


DRAFTED_FROM = frozenset({OptionKind.YEAR, OptionKind.CHOICE, OptionKind.COUNT})
"""Kinds of answers that decide what a draft says."""


class OptionsForm(QScrollArea):
    """The options of one paper; ``show_paper`` makes them."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("clear")
        self.setWidgetResizable(True)
        self.editors: dict[str, OptionEditor] = {}
        self._info: PaperInfo | None = None

    def show_paper(self, info: PaperInfo, offers: Offers, answers: Mapping[str, str]) -> None:
        """Show a paper's options with these answers, defaults for the others."""
        self._info = info
        self.editors = {one.key: editor_for(one, offers.of(one)) for one in info.options}
        body = QWidget()
        body.setObjectName("clear")
        outer = QVBoxLayout(body)
        outer.setContentsMargins(0, 0, tokens.GAP, 0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.CARD)
        grid.setVerticalSpacing(tokens.BLOCK)
        for place in range(COLUMNS):
            grid.setColumnStretch(place, 1)
        self._fill(grid, info)
        outer.addLayout(grid)
        outer.addStretch(1)
        self.setWidget(body)
        for one in info.options:
            default = offers.defaults.get((info.name, one.key), one.default)
            self.editors[one.key].set_text(answers.get(one.key, default))

    def answers(self) -> dict[str, str]:
        """Key of each option to its answer as a person would write it."""
        return {key: editor.text() for key, editor in self.editors.items()}

    def kept(self) -> dict[str, str]:
        """The answers worth remembering: none that name a school, a person or a text."""
        options = self._info.options if self._info else ()
        found = self.answers()
        return {one.key: found[one.key] for one in options if one.kind in KEPT}

    def texts(self) -> dict[str, str]:
        """The answers that a draft proposes, as far as there are any."""
        options = self._info.options if self._info else ()
        found = self.answers()
        return {one.key: found[one.key] for one in options if one.drafted and found[one.key]}

    def facts(self) -> dict[str, str]:
        """The answers that a draft is made from."""
        options = self._info.options if self._info else ()
        found = self.answers()
        return {one.key: found[one.key] for one in options if one.kind in DRAFTED_FROM}

    def fill_in(self, texts: Mapping[str, str]) -> None:
        """Put proposed texts into their fields."""
        for key, text in texts.items():
            if key in self.editors:
                self.editors[key].set_text(text)

    def _fill(self, grid: QGridLayout, info: PaperInfo) -> None:
        """Short answers two in a row, wide ones alone."""
        line, place = 0, 0
        for one in info.options:
            wide = one.kind in WIDE
            if wide and place:
                line, place = line + 1, 0
            grid.addWidget(self._field(one), line, place, 1, COLUMNS if wide else 1)
            place += COLUMNS if wide else 1
            if place >= COLUMNS:
                line, place = line + 1, 0

    def _field(self, option: Option) -> QWidget:
        """Title, control, and what a person should know."""
        editor = self.editors[option.key]
        must = option.required and not option.default
        editor.widget.setAccessibleName(option.title + ("（必填）" if must else ""))
        ticked = option.kind is OptionKind.FLAG
        title = label("" if ticked else option.title + (" *" if must else ""), "caption")
        title.setBuddy(editor.widget)
        found = QWidget()
        found.setObjectName("plain")
        layout = column(title, editor.widget, gap=tokens.px(3))
        if option.note:
            layout.addWidget(label(option.note, "fieldNote", wrap=True))
        layout.addStretch(1)
        found.setLayout(layout)
        return found


def nothing_to_choose(info: PaperInfo, offers: Offers) -> tuple[str, str, str] | None:
    """For a paper that cannot be made yet: why, and where to go; None where it can be made."""
    for one in info.options:
        if one.required and one.kind in NOTHING_TO_CHOOSE and not offers.of(one):
            return NOTHING_TO_CHOOSE[one.kind]
    return None
