"""After printing: how did the trial look, and what came out of the printer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QProgressBar, QRadioButton, QVBoxLayout, QWidget

from models.errors import UserError
from ui.desktop.widgets import tokens
from ui.desktop.widgets.paper.coming_out import SheetAccount
from ui.desktop.widgets.paper.page_numbers import parse_pages
from ui.desktop.widgets.parts import button, column, label, picture, row


class HandingOver(QWidget):
    """How far the printer has taken the pages."""

    def __init__(self, stop: Callable[[], object]) -> None:
        """Make it; ``stop`` is called where the person has had enough."""
        super().__init__()
        self._title = label("正在把页面交给打印机", "heading")
        self._told = label("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("打印进度")
        self.stop = button("停止", stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        for widget in (self._title, self.bar, self._told):
            layout.addWidget(widget)
        layout.addLayout(row(None, self.stop))
        layout.addStretch(1)

    def begin(self, count: int) -> None:
        """So many pages are to be handed over."""
        self.stop.setEnabled(True)
        self.show_step(0, count)

    def show_step(self, done: int, total: int | None) -> None:
        """Say how far it is."""
        self.bar.setRange(0, total or 0)
        self.bar.setValue(done)
        self._told.setText(f"已交出 {done:,} 页，共 {total:,} 页" if total else "")

    def stopping(self) -> None:
        """Say that the end of this page is waited for."""
        self.stop.setEnabled(False)
        self._told.setText("打完这一页就停…")


class TrialAnswer(QWidget):
    """Is the first sheet all right?"""

    def __init__(self) -> None:
        """Make it; the print window connects the buttons."""
        super().__init__()
        self.said = label("", "muted", wrap=True)
        self.go_on = button("", kind="primary")
        self.again = button("打坏了，重打这一张")
        self.askew = button("位置不对，去校准…", drawing="ruler")
        self.enough = button("到此为止")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addLayout(
            row(picture("printer", tokens.PRIMARY, 22), label("试打的一张好吗？", "heading"), None)
        )
        layout.addWidget(self.said)
        for one in (self.go_on, self.again, self.askew, self.enough):
            layout.addWidget(one)
        layout.addStretch(1)

    def ask(self, page: int, left: int) -> None:
        """Ask about a page; so many are left after it."""
        self.said.setText(
            f"第 {page:,} 页已交给打印机。拿到纸后看看位置、字形和有没有套歪。重打或校准后重打，"
            "这一张记作打坏。"
        )
        self.go_on.setText(f"好，接着打其余 {left:,} 张")
        self.go_on.setAccessibleName(self.go_on.text())
        self.go_on.setFocus()


class CameOut(QWidget):
    """All of it, or what not?"""

    def __init__(self) -> None:
        """Make it."""
        super().__init__()
        self.trouble = label("", "fieldError", wrap=True)
        self.said = label("", "muted", wrap=True)
        self.all = QRadioButton("全部打好了")
        self.not_all = QRadioButton("没有全部打好：")
        self.missing = QLineEdit()
        self.spoilt = QLineEdit()
        self.problem = label("", "fieldError", wrap=True)
        self.problem.hide()
        self.missing.setAccessibleName("从第几页起没有出来")
        self.missing.setPlaceholderText("页码；都出来了就留空")
        self.spoilt.setAccessibleName("打坏的页")
        self.spoilt.setPlaceholderText("如 3,7-8；没有就留空")
        self.missing.textEdited.connect(self._not_all)
        self.spoilt.textEdited.connect(self._not_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        for widget in (label("打出来的怎么样？", "heading"), self.trouble, self.said, self.all):
            layout.addWidget(widget)
        indent = tokens.px(24)
        layout.addLayout(
            column(
                self.not_all,
                row(indent, label("从第几页起没有出来"), self.missing),
                row(indent, label("打坏了（纸用掉了）的页"), self.spoilt),
            )
        )
        layout.addWidget(self.problem)
        layout.addStretch(1)

    def ask(self, account: SheetAccount, trouble: str = "") -> None:
        """Ask; what is already known not to have come out is filled in."""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        left = account.left
        came = len(account.wanted) - len(left)
        self.said.setText(
            f"已交给打印机 {came:,} 页，共 {len(account.wanted):,} 页。请看过纸再回答，"
            "登记册会照此记录。"
        )
        self.missing.setValidator(QIntValidator(1, max(account.wanted), self))
        (self.not_all if left else self.all).setChecked(True)
        self.all.setEnabled(not left)
        if left:
            self.missing.setText(str(left[0]))

    def answer(self, account: SheetAccount) -> int | None:
        """Take the spoilt sheets to account; gives from which page on nothing came out.

        Raises:
            UserError: pages that were not printed.
        """
        if self.all.isChecked():
            return None
        first = self.missing.text().strip()
        spoilt = self.spoilt.text().strip()
        if not first and not spoilt:
            raise UserError("print.no_answer", "没有写哪些没打好。", "请填页码，或选“全部打好了”。")
        if first and int(first) not in account.wanted:
            raise UserError("print.pages", f"这次没有打第 {first} 页。", "请改正页码。")
        bad = parse_pages(spoilt, max(account.wanted)) if spoilt else ()
        for page in bad:
            if page not in account.came:
                raise UserError("print.pages", f"第 {page} 页没有打过。", "请改正打坏的页码。")
        account.spoil(bad)
        return int(first) if first else None

    def refuse(self, sentence: str) -> None:
        """Say why the answer cannot be taken."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _not_all(self, _text: str) -> None:
        self.not_all.setChecked(True)
