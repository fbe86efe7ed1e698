"""How certificates are to be printed: on which form, on which sheets, and why once more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from models.certificates.facts import batch_name
from models.certificates.kinds import kind_named
from models.certificates.printing import RunWish
from models.certificates.register import Certificate
from models.certificates.sheets import COPY_NAMES
from models.certificates.stock import balance_of
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.parts import button, column, label

PLAIN, STOCK = "plain", "stock"


class PrintWishSheet(Sheet):
    """Asks for form, sheet and reason.

    Signals:
        wished: a ``RunWish``.
    """

    wished = Signal(object)

    def __init__(
        self,
        session: Session,
        parent: QWidget,
        certificates: Sequence[Certificate],
        forms: Mapping[str, str],
        *,
        again: bool = False,
    ) -> None:
        """Ask about certificates of one kind.

        Args:
            session: to look up what blanks there are.
            parent: over which it opens.
            certificates: which.
            forms: name and title of the forms that can be taken, the usual one first.
            again: whether they were printed before.
        """
        super().__init__("重印、补印证书" if again else "打印证书", parent, 480)
        self._certificates = certificates
        self._again = again
        first = certificates[0]
        self._kind = kind_named(first.kind)
        self.form = QComboBox()
        self.sheet = QComboBox()
        self.copy = QComboBox()
        self.reason = QLineEdit()
        self._offer(session, forms)
        self._lay_out()

    def go_on(self) -> None:
        """Take the answers."""
        if self._again and not self.reason.text().strip():
            self._problem.setText("没有写原因。请写明，如 遗失、卡纸。")
            self._problem.show()
            return
        self.wished.emit(
            RunWish(
                title=self._title(),
                kind=self._kind.key,
                form=self.form.currentData(),
                certificate_ids=[one.id for one in self._certificates],
                stock=self._kind.stock if self.sheet.currentData() == STOCK else "",
                copy=self.copy.currentData() if self._again else "first",
                reason=self.reason.text().strip(),
            )
        )

    def _offer(self, session: Session, forms: Mapping[str, str]) -> None:
        for name, title in forms.items():
            self.form.addItem(title, name)
        self.sheet.addItem("白纸（连底纹、固定文字一起打印）", PLAIN)
        if self._kind.stock:
            left = balance_of(session.office, self._kind.stock).left
            self.sheet.addItem(f"空白{self._kind.stock}（套打，只打内容；存 {left:,} 张）", STOCK)
            self.sheet.setCurrentIndex(1 if left >= len(self._certificates) else 0)
        self.copy.addItem("重印（原件没有发出，不加标记）", "again")
        self.copy.addItem("补印（原件遗失、损坏，编号不变，印“补”字）", "reprint")
        self.copy.setCurrentIndex(1)
        for box, name in ((self.form, "样式"), (self.sheet, "纸张"), (self.copy, "重印还是补印")):
            box.setAccessibleName(name)
        self.reason.setAccessibleName("原因")
        self.reason.setPlaceholderText("如 遗失、卡纸")

    def _lay_out(self) -> None:
        count = len(self._certificates)
        unit = self._kind.unit
        who = "、".join(one.holder_name for one in self._certificates[:3])
        more = f"等 {count:,} {unit}" if count > 3 else f"，共 {count} {unit}"
        self._problem = label("", "fieldError", wrap=True)
        self._problem.hide()
        self.body.addWidget(label(f"{self._kind.title}：{who}{more}。", "muted", wrap=True))
        asked: list[tuple[str, QWidget]] = [("样式", self.form), ("纸张", self.sheet)]
        if self._again:
            asked += [("重印还是补印", self.copy), ("原因", self.reason)]
        for title, field in asked:
            caption = label(title, "caption")
            caption.setBuddy(field)
            self.body.addLayout(column(caption, field, gap=4))
        self.body.addWidget(self._problem)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.action = button("预览并打印", self.go_on, kind="primary")
        self.action.setDefault(True)
        self.foot.addWidget(self.action)

    def _title(self) -> str:
        """What the list of runs calls it: the title they share, else the kind."""
        titles = {(one.batch, one.title) for one in self._certificates}
        batch, title = next(iter(titles)) if len(titles) == 1 else ("", "")
        about = f"{batch_name(batch)}{title}" if title and title != self._kind.title else ""
        copy = COPY_NAMES[self.copy.currentData()] if self._again else ""
        return f"{about}{self._kind.title}{copy}"
