"""What is said of a form as a whole, and where in an empty workbook its columns stand."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from models.uploads.forms import Form, Subject
from ui.desktop.pages.uploads.form_draft import words_of
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.parts import label, padded

if TYPE_CHECKING:
    from models.uploads.proposing import Proposal

SUBJECT_WORDS = {
    Subject.RECORD: "一条培训记录",
    Subject.TEACHER: "一名教师",
    Subject.INSTITUTION: "一所学校",
    Subject.GROUP: "一组教师的合计",
    Subject.COUNTY: "本单位的合计",
}
LINES = {
    "title": ("名称", ""),
    "receiver": ("报给", "如：省教育厅、全国教师管理信息系统"),
    "due": ("次年几月几日前报", "如 03-31；没有期限的空着"),
    "limit": ("一份最多几条", "不限的空着；超过的自动分成几份"),
    "file_name": ("文件名", "可用 {office} {region} {year} {title} {school} {part} {date}"),
    "note": ("说明", "来源、填报注意"),
    "reasons": ("结果表中写原因的栏", "空着按常用的认，如：错误信息、失败原因"),
    "states": ("结果表中写结果的栏", "空着按常用的认，如：导入结果、审核状态"),
    "numbers": ("结果表中写编号的栏", "空着按常用的认，如：全国教师编号"),
}
_OF_RETURN = ("reasons", "states", "numbers")
_DUE = re.compile(r"^(\d{1,2})[-./月](\d{1,2})日?$")
_HIGHEST = 200


class FormWords(QWidget):
    """The lines of a form's own words.

    Signals:
        changed: what to say of the form otherwise.
    """

    changed = Signal(dict)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self._form: Form | None = None
        self.lines: dict[str, QLineEdit] = {}
        self.only_errors = QCheckBox("上级只退回有错误的行，没有退回的都算已接收")
        self.problem = label("", "fieldError", wrap=True)
        self.problem.hide()
        self._lay_out()
        self.only_errors.clicked.connect(partial(self._tell, "only_errors"))

    def show_form(self, form: Form) -> None:
        """Show a form's words."""
        self._form = form
        returns = form.returns
        texts = {
            "title": form.title,
            "receiver": form.receiver,
            "due": form.due,
            "limit": str(form.limit or ""),
            "file_name": form.file_name,
            "note": form.note,
            "reasons": "、".join(returns.reasons),
            "states": "、".join(returns.states),
            "numbers": "、".join(returns.numbers),
        }
        for key, text in texts.items():
            self.lines[key].setText(text)
        self.only_errors.setChecked(returns.only_errors)
        self.problem.hide()

    def _lay_out(self) -> None:
        frame, inside = filled_card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.CARD)
        grid.setVerticalSpacing(tokens.BLOCK)
        grid.setColumnStretch(1, 1)
        for place, (key, (title, hint)) in enumerate(LINES.items()):
            line = QLineEdit()
            line.setAccessibleName(title)
            line.setPlaceholderText(hint)
            line.editingFinished.connect(partial(self._tell, key))
            self.lines[key] = line
            caption = label(title, "muted")
            caption.setBuddy(line)
            grid.addWidget(caption, place, 0)
            grid.addWidget(line, place, 1)
        grid.addWidget(self.only_errors, len(LINES), 1)
        inside.addLayout(grid)
        inside.addWidget(self.problem)
        inside.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidget(frame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMaximumWidth(tokens.px(820))
        outer.addWidget(area)
        outer.addStretch(1)
        outer.setStretch(0, 100)

    def _tell(self, key: str, *_: bool) -> None:
        form = self._form
        if form is None:
            return
        self.problem.hide()
        try:
            changes = self._changes(form, key)
        except ValueError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        if any(getattr(form, name) != said for name, said in changes.items()):
            self._form = form.model_copy(update=changes)
            self.changed.emit(changes)

    def _changes(self, form: Form, key: str) -> dict[str, object]:
        if key == "only_errors":
            said = {"only_errors": self.only_errors.isChecked()}
            return {"returns": form.returns.model_copy(update=said)}
        text = self.lines[key].text().strip()
        if key in _OF_RETURN:
            return {"returns": form.returns.model_copy(update={key: words_of(text)})}
        if key == "limit":
            return {"limit": _limit(text)}
        if key == "due":
            return {"due": _due(text)}
        if key in ("title", "file_name") and not text:
            raise ValueError(f"“{LINES[key][0]}”不能空着。")
        return {key: text}


class BookRow(QWidget):
    """Which sheet of the empty workbook, which row of titles, what a row is about.

    Signals:
        asked: a sheet, a row and a ``Subject`` by which the columns are to be read anew.
    """

    asked = Signal(str, int, object)

    def __init__(self) -> None:
        """Make it hidden; ``show_proposal`` fills it."""
        super().__init__()
        self.sheet = QComboBox()
        self.sheet.setAccessibleName("工作表")
        self.header = QSpinBox()
        self.header.setAccessibleName("列名在第几行")
        self.header.setRange(1, _HIGHEST)
        self.header.setKeyboardTracking(False)
        padded(self.header)
        self.subject = QComboBox()
        self.subject.setAccessibleName("一行是什么")
        for subject, words in SUBJECT_WORDS.items():
            self.subject.addItem(words, subject)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.GAP)
        for words, widget in (
            ("工作表", self.sheet), ("列名在第", self.header), ("行，一行是", self.subject),
        ):  # fmt: skip
            layout.addWidget(label(words, "muted"))
            layout.addWidget(widget)
        layout.addStretch(1)
        self.sheet.activated.connect(partial(self._ask, 0))
        self.subject.activated.connect(self._ask_same)
        self.header.valueChanged.connect(self._ask)
        self.hide()

    def show_proposal(self, found: Proposal | None) -> None:
        """Show where the columns were found; nothing for a form that has no workbook at hand."""
        self.setVisible(found is not None)
        if found is None:
            return
        self.sheet.clear()
        self.sheet.addItems(list(found.sheets))
        self.sheet.setCurrentText(found.sheet)
        self.header.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.header.setValue(found.header_row)
        self.header.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        self.subject.setCurrentIndex(self.subject.findData(found.subject))

    def _ask_same(self, *_: int) -> None:
        self._ask(self.header.value())

    def _ask(self, header: int, *_: int) -> None:
        self.asked.emit(self.sheet.currentText(), header, Subject(self.subject.currentData()))


def _limit(text: str) -> int:
    if text and not text.isdecimal():
        raise ValueError(f"“{text}”不是整数，请填一份最多几条，或空着。")
    return int(text or 0)


def _due(text: str) -> str:
    if not text:
        return ""
    found = _DUE.match(text)
    if not found or not (1 <= int(found[1]) <= 12 and 1 <= int(found[2]) <= 31):
        raise ValueError(f"期限“{text}”看不懂，请写成 03-31。")
    return f"{int(found[1]):02d}-{int(found[2]):02d}"
