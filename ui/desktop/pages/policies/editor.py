"""Writing a pack of one's own: the text on the left; its meaning and its mistakes on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from models.policies.checking import Checked, check_text
from models.policies.fragments import requirement_blocks, with_requirement
from models.policies.library import packs_of
from models.policies.requirements import Requirement
from ui.desktop.pages.policies.code_edit import CodeEdit
from ui.desktop.pages.policies.rendering import pack_html
from ui.desktop.pages.policies.requirement_sheet import RequirementSheet
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.parts import button, label, row, set_tone, tool

PAUSE = 250
"""Milliseconds without a key until the text is checked; a check takes less than ten."""
LINE = Qt.ItemDataRole.UserRole


class PackEditor(QWidget):
    """The editor of one pack.

    Signals:
        save_wanted: the text, when it has no mistake.
        left: the person wants to go back to the list.
    """

    save_wanted = Signal(str)
    left = Signal()

    def __init__(self, session: Session) -> None:
        """Make it; ``begin`` fills it."""
        super().__init__()
        self._session = session
        self._saved = ""
        self.checked = Checked(None)
        self.edit = CodeEdit()
        self.reading = QTextBrowser()
        self.reading.setObjectName("reading")
        self.reading.setAccessibleName("规则的意思")
        self.mistakes = QListWidget()
        self.mistakes.setAccessibleName("需要改正的地方")
        self.mistakes.setWordWrap(True)
        self.mistakes.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.mistakes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.mistakes.setMaximumHeight(tokens.px(200))
        self.finder = _finder()
        self._wrong = label("需要改正的地方（点一下跳到那一行）", "heading")
        self._state = label("", "pill")
        self.save_button = button("保存", self.save, kind="primary", drawing="check")
        self.change_button = button("修改这条…", self.change_requirement, drawing="pencil")
        self.change_button.setToolTip("用表单修改光标所在的这条要求")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._lay_out()
        self._connect()

    def begin(self, text: str, *, saved: bool) -> None:
        """Show a text; ``saved`` says whether the office has it already."""
        self._saved = text if saved else ""
        self.edit.setPlainText(text)
        self.edit.moveCursor(self.edit.textCursor().MoveOperation.Start)
        self.check()

    @property
    def dirty(self) -> bool:
        """Whether the text differs from what is saved."""
        return self.edit.toPlainText() != self._saved

    def settle(self, text: str) -> None:
        """The office has this text now."""
        self._saved = text
        self._tell()

    def check(self) -> None:
        """Look the text over, show what it says and what is wrong with it."""
        self._timer.stop()
        self.checked = check_text(self._session.office, self.edit.toPlainText())
        self.mistakes.clear()
        for one in self.checked.found:
            item = QListWidgetItem(one.told)
            item.setData(LINE, one.line)
            self.mistakes.addItem(item)
        for part in (self._wrong, self.mistakes):
            part.setVisible(bool(self.checked.found))
        self.edit.mark_wrong({one.line for one in self.checked.found if one.line})
        self._read()
        self._tell()

    def save(self) -> None:
        """Ask for the text to be kept, unless it has mistakes."""
        self.check()
        if self.checked.pack is not None and not self.checked.found:
            self.save_wanted.emit(self.edit.toPlainText())

    def add_requirement(self) -> None:
        """Ask for a new requirement by a form."""
        self._sheet().ask(lambda one: self._put_in(one, None))

    def change_requirement(self) -> None:
        """Ask for another form of the requirement at the cursor."""
        number = self._at_cursor()
        pack = self.checked.pack
        if number is None or pack is None or number >= len(pack.requirements):
            return
        one = pack.requirements[number]
        own = "" if one.document == pack.document else one.document
        sheet = self._sheet()
        sheet.fill(one.model_copy(update={"document": own}))
        sheet.ask(lambda changed: self._put_in(changed, number))

    def find_next(self) -> None:
        """Go to the next place of the words looked for."""
        found = self.edit.find_next(self.finder.text())
        set_tone(self.finder, "" if found or not self.finder.text() else "error", "state")

    def _sheet(self) -> RequirementSheet:
        self.check()
        pack = self.checked.pack
        taken = [one.id for one in pack.requirements] if pack is not None else []
        return RequirementSheet(self._session.office.codes, taken, self)

    def _put_in(self, one: Requirement, number: int | None) -> None:
        text, line = with_requirement(self.edit.toPlainText(), one, number)
        self.edit.replace_all(text)
        self.edit.go_to(line)
        self.check()

    def _at_cursor(self) -> int | None:
        """Which requirement the cursor is in."""
        place = self.edit.line() - 1
        blocks = requirement_blocks(self.edit.toPlainText())
        return next((n for n, (start, end) in enumerate(blocks) if start <= place < end), None)

    def _lay_out(self) -> None:
        left = QFrame()
        left.setObjectName("card")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.edit)
        right, told = filled_card()
        told.addLayout(row(label("规则的意思（随写随变）", "heading"), None, self._state))
        told.addWidget(self.reading, 3)
        told.addWidget(self._wrong)
        told.addWidget(self.mistakes, 1)
        body = QSplitter(Qt.Orientation.Horizontal)
        body.setHandleWidth(tokens.BLOCK)
        body.setChildrenCollapsible(False)
        body.addWidget(left)
        body.addWidget(right)
        body.setSizes([560, 480])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addLayout(self._bar())
        layout.addWidget(body, 1)

    def _bar(self) -> QHBoxLayout:
        return row(
            button("返回", self.left.emit, drawing="arrow-left"),
            tool("undo-2", "撤销（Ctrl+Z）", self.edit.undo),
            tool("redo-2", "重做（Ctrl+Y）", self.edit.redo),
            self.finder,
            None,
            button("新增要求…", self.add_requirement, drawing="plus"),
            self.change_button,
            self.save_button,
        )

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._timer.start)
        self.edit.cursorPositionChanged.connect(self._offer)
        self._timer.timeout.connect(self.check)
        self.mistakes.itemClicked.connect(self._go_to_mistake)
        self.mistakes.itemActivated.connect(self._go_to_mistake)
        self.finder.returnPressed.connect(self.find_next)
        for keys, action in (("F3", self.find_next), ("Ctrl+S", self.save)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _go_to_mistake(self, item: QListWidgetItem) -> None:
        line = int(item.data(LINE))
        if line:
            self.edit.go_to(line)

    def _read(self) -> None:
        """Show what the text says; while it cannot be read, what it said last stays."""
        pack = self.checked.whole or self.checked.pack
        if pack is None:
            return
        packs = {one.id: one for one in packs_of(self._session.office)}
        bar = self.reading.verticalScrollBar()
        place = bar.value()
        self.reading.setHtml(pack_html(pack, packs.get(pack.based_on)))
        bar.setValue(place)

    def _tell(self) -> None:
        count = len(self.checked.found)
        words, tone = "没有错误", "ok"
        if count:
            words, tone = f"{count} 处需要改正", "error"
        elif not self.dirty:
            words, tone = "已保存", "muted"
        self._state.setText(words)
        set_tone(self._state, tone)
        self.save_button.setEnabled(not count and self.dirty)
        self._offer()

    def _offer(self) -> None:
        self.change_button.setEnabled(self._at_cursor() is not None)


def _finder() -> QLineEdit:
    """The field that finds words in the text."""
    found = QLineEdit()
    found.setPlaceholderText("在原文中查找（Ctrl+F）")
    found.setAccessibleName("在原文中查找")
    found.setClearButtonEnabled(True)
    found.setMinimumWidth(tokens.px(96))
    found.setMaximumWidth(tokens.px(260))
    return found
