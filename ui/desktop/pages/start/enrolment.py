"""What a school fills in at its first start: the enrolment file and the code on paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QVBoxLayout

from models.errors import UserError
from models.sync.one_time_code import plain_code
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import button, label, row

FILES = "注册文件 (*.sxr);;所有文件 (*)"
ABOUT = (
    "注册文件在县里给的 U 盘上；注册码打印在纸上，也可以打电话问县里。"
    "注册码只能用一次，用过以后请把纸销毁。"
)


@dataclass(frozen=True, slots=True)
class Joining:
    """What was filled in.

    Attributes:
        file: the county's enrolment file; None where none was chosen.
        code: the code as it was typed.
        person: who sits at this computer.
    """

    file: Path | None
    code: str
    person: str

    @property
    def problem(self) -> str:
        """Why it cannot be used; "" where it can be tried."""
        if self.file is None:
            return "还没有选注册文件。请插上县里给的 U 盘，点“选择注册文件…”。"
        try:
            plain_code(self.code)
        except UserError as error:
            return error.sentence
        return ""


class EnrolmentForm(QFrame):
    """Asks for both.

    Signals:
        wanted: what was filled in, a ``Joining``.
        left: the person goes back.
    """

    wanted = Signal(object)
    left = Signal()

    def __init__(self, target: Path) -> None:
        """Ask for what makes ``target``."""
        super().__init__()
        self.setObjectName("card")
        self._file: Path | None = None
        self.pick = button("选择注册文件…", self.choose_file, drawing="folder-open")
        self.chosen = label("还没有选。", "muted", wrap=True)
        self.code = QLineEdit()
        self.code.setPlaceholderText("如 748213-559102-338871-204466")
        self.code.setAccessibleName("24 位注册码")
        self.person = QLineEdit()
        self.person.setPlaceholderText("您的姓名，记在做过的事里")
        self.person.setAccessibleName("操作人")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.PAGE, tokens.PAGE, tokens.PAGE, tokens.PAGE)
        layout.setSpacing(tokens.px(6))
        layout.addWidget(label("1. 注册文件 *", "caption"))
        line = row(self.pick, self.chosen)
        line.setStretch(1, 1)
        layout.addLayout(line)
        layout.addSpacing(tokens.px(6))
        for title, editor in (("2. 24 位注册码 *", self.code), ("3. 操作人", self.person)):
            layout.addWidget(label(title, "caption"))
            layout.addWidget(editor)
            layout.addSpacing(tokens.px(6))
        layout.addWidget(label(ABOUT, "muted", wrap=True))
        layout.addWidget(label(f"数据文件：{target}", "caption", wrap=True))
        layout.addSpacing(tokens.px(6))
        self.start = button("注册", self.ask, kind="primary")
        layout.addLayout(row(button("返回", self.left.emit), None, self.start))
        self.code.returnPressed.connect(self.ask)

    def choose_file(self) -> None:
        """Ask for the enrolment file."""
        name, _ = QFileDialog.getOpenFileName(self, "选择注册文件", "", FILES)
        if name:
            self._file = Path(name)
            self.chosen.setText(self._file.name)
            self.chosen.setToolTip(name)
            self.code.setFocus()

    def ask(self) -> None:
        """Hand on what was filled in."""
        self.wanted.emit(Joining(self._file, self.code.text(), self.person.text().strip()))
