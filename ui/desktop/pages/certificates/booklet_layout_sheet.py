"""Asks how the office's booklet is bound: its pages for lines and for yearly sums."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QWidget

from models.certificates.booklet_layout import Layout, Section, usual_layout
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.parts import button, label, padded, row

MOST_PAGES, MOST_LINES = 200, 40


class SectionFields:
    """First page, last page, and lines of a page, in a row."""

    def __init__(self, name: str, section: Section) -> None:
        """Show a section; ``name`` is for screen readers."""
        self.first = _number(f"{name}起页", section.first, MOST_PAGES)
        self.last = _number(f"{name}止页", section.last, MOST_PAGES)
        self.lines = _number(f"{name}每页行数", section.lines, MOST_LINES)

    def section(self) -> Section:
        """What is typed."""
        return Section(self.first.value(), self.last.value(), self.lines.value())

    def line(self) -> QHBoxLayout:
        """The fields with the words between them."""
        words = [label(text) for text in ("第", "页到第", "页，每页", "行")]
        return row(words[0], self.first, words[1], self.last, words[2], self.lines, words[3], None)

    def enable(self, *, yes: bool) -> None:
        """Whether they can be changed."""
        for one in (self.first, self.last, self.lines):
            one.setEnabled(yes)


class LayoutSheet(Sheet):
    """The window.

    Signals:
        wished: a ``Layout``; the window stays open until it is accepted or refused.
    """

    wished = Signal(object)

    def __init__(self, parent: QWidget, layout: Layout) -> None:
        """Show how the booklet is bound now."""
        super().__init__("册页格式", parent, 480)
        self.register = SectionFields("登记页", layout.register)
        yearly = layout.yearly or usual_layout().yearly or layout.register
        self.yearly = SectionFields("年度页", yearly)
        self.has_yearly = QCheckBox("有年度页（年度合计打在单独的页上）")
        self.has_yearly.setChecked(layout.yearly is not None)
        self.has_yearly.toggled.connect(self._look)
        self.problem = label("", "fieldError", wrap=True)
        self.problem.hide()
        self.body.addWidget(
            label(
                "对着本单位的继续教育证书填写印刷的页码和每页的行数；已经排版和打印的行不受影响。",
                "muted",
                wrap=True,
            )
        )
        self.body.addWidget(label("登记页（逐项培训）", "caption"))
        self.body.addLayout(self.register.line())
        self.body.addWidget(self.has_yearly)
        self.body.addLayout(self.yearly.line())
        self.body.addWidget(self.problem)
        self.foot.addWidget(button("恢复常用格式", self.take_usual))
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.save = button("保存", self._wish, kind="primary")
        self.save.setDefault(True)
        self.foot.addWidget(self.save)
        self._look()

    def take_usual(self) -> None:
        """Fill in what many counties buy."""
        usual = usual_layout()
        self.has_yearly.setChecked(usual.yearly is not None)
        pairs = ((self.register, usual.register), (self.yearly, usual.yearly))
        for fields, section in pairs:
            if section is not None:
                fields.first.setValue(section.first)
                fields.last.setValue(section.last)
                fields.lines.setValue(section.lines)

    def refuse(self, sentence: str) -> None:
        """Say why it cannot be kept."""
        self.problem.setText(sentence)
        self.problem.show()

    def _look(self) -> None:
        self.yearly.enable(yes=self.has_yearly.isChecked())

    def _wish(self) -> None:
        self.problem.hide()
        register = self.register.section()
        yearly = self.yearly.section() if self.has_yearly.isChecked() else None
        if any(one and one.last < one.first for one in (register, yearly)):
            self.refuse("止页在起页之前，请核对。")
            return
        self.wished.emit(Layout(register, yearly))


def _number(name: str, value: int, most: int) -> QSpinBox:
    found = QSpinBox()
    found.setRange(1, most)
    found.setValue(value)
    found.setAccessibleName(name)
    padded(found)
    return found
