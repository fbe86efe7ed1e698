"""A form as a window: Ctrl+S saves, Ctrl+Enter saves and begins the next, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from models.entities.problems import Problem
from models.errors import OfficeError
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Answer, Sheet, ask
from ui.desktop.widgets.form.form import Checked, EntityForm, FormPlan
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, label

FORM_WIDTH = 780
FORM_HEIGHT = 560


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that may be saved.

    Attributes:
        checked: the clean values of all fields.
        changed: the fields that differ from the beginning.
        reason: why its warnings are all right, in the person's words.
        again: whether the person wants to fill in the next.
    """

    checked: Checked
    changed: frozenset[str]
    reason: str = ""
    again: bool = False


class FormSheet(Sheet):
    """An entity to be entered or changed.

    Signals:
        filled: a ``Filled``, when the person saves and nothing is in the way. The page saves it
            and calls ``saved`` or ``refused``.
    """

    filled = Signal(object)

    def __init__(self, title: str, plan: FormPlan, parent: QWidget, *, many: bool = False) -> None:
        """Make the window.

        Args:
            title: 「新增教师」.
            plan: what the form is made of.
            parent: the page.
            many: whether the next may be begun from here.
        """
        super().__init__(title, parent, FORM_WIDTH)
        self.form = EntityForm(plan)
        self.notice = NoticeBar()
        self._reason = QLineEdit()
        self._reason.setAccessibleName("核对说明")
        self._reason.setPlaceholderText("核对说明，如：已看过原件（会记入备注）")
        self._reason.hide()
        self._confirming = False
        self._again = False
        frame = QFrame()
        frame.setObjectName("card")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.form)
        self.body.addWidget(self.notice)
        self.body.addWidget(self._reason)
        self.body.addWidget(frame, 1)
        self._buttons(many=many)
        self.form.checked.connect(self._checked)
        screen = self.screen().availableGeometry()
        self.resize(
            min(tokens.px(FORM_WIDTH), screen.width() - 40),
            min(tokens.px(FORM_HEIGHT), screen.height() - 60),
        )

    def begin(self, texts: Mapping[str, str]) -> None:
        """Show the beginning: a known entity's texts, or none."""
        self.form.fill(texts)
        self.form.go_to(None)

    def saved(self, message: str) -> None:
        """The page saved it: begin the next, or close."""
        if not self._again:
            self.done(1)
            return
        self._settle()
        self.begin({})
        self.notice.tell(message, "ok", seconds=4)

    def refused(self, error: OfficeError) -> None:
        """The office did not take it: say why and let the person go on."""
        self._save.setEnabled(True)
        self.notice.tell(error.sentence, "error")

    def save(self, *, again: bool = False) -> None:
        """Check everything; hand it to the page if nothing is in the way."""
        self._again = again
        found = self.form.check()
        if found.errors:
            self.notice.tell(f"还有 {len(found.errors)} 处需要改正，已在下方标出。", "error")
            self.form.go_to(found.errors[0].field)
            return
        changed = frozenset(self.form.changed_texts())
        doubtful = [one for one in found.warnings if one.field is None or one.field in changed]
        if doubtful and not self._confirming:
            self._ask_to_confirm(doubtful)
        else:
            self.filled.emit(Filled(found, changed, self._reason.text().strip(), again))

    def reject(self) -> None:
        """Esc or the cross: ask what to do with changes."""
        if not self.form.dirty:
            super().reject()
            return
        ask(
            self,
            "有修改还没有保存。",
            "",
            (
                Answer("取消"),
                Answer("不保存", super().reject, "danger"),
                Answer("保存", self.save, "primary"),
            ),
            "warn",
        )

    def _buttons(self, *, many: bool) -> None:
        self.foot.addWidget(label("带 * 的必须填写", "caption"))
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        if many:
            following = button("保存并继续新增", self._save_and_go_on)
            following.setToolTip("Ctrl+Enter")
            self.foot.addWidget(following)
        self._save = button("保存", self.save, kind="primary")
        self._save.setToolTip("Ctrl+S")
        self._save.setMinimumWidth(tokens.px(88))
        self.foot.addWidget(self._save)
        self._key(QKeySequence("Ctrl+S"), self.save)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            self._key(QKeySequence(keys), self._save_and_go_on if many else self.save)

    def _key(self, keys: QKeySequence, action: Callable[[], None]) -> None:
        shortcut = QShortcut(keys, self)
        shortcut.activated.connect(action)

    def _save_and_go_on(self) -> None:
        self.save(again=True)

    def _ask_to_confirm(self, doubtful: Sequence[Problem]) -> None:
        """Warnings of what the person changed can be confirmed; older ones were seen before."""
        self._confirming = True
        self._save.setText("确认无误，保存")
        self._reason.show()
        self.notice.tell(
            f"有 {len(doubtful)} 处请核对：{doubtful[0].message}"
            + ("等。" if len(doubtful) > 1 else "")
            + "确认无误可以保存。"
        )
        self.form.go_to(doubtful[0].field)

    def _checked(self, found: object) -> None:
        """Other problems than those confirmed need a new confirmation."""
        if self._confirming and isinstance(found, Checked) and not found.warnings:
            self._settle()

    def _settle(self) -> None:
        self._confirming = False
        self._save.setText("保存")
        self._reason.clear()
        self._reason.hide()
        self.notice.hide()
