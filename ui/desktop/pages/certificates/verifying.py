"""Checking a certificate's code: drop a photograph or a PDF, or paste its text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from models.errors import OfficeError
from ui.desktop.pages.certificates.verdict_card import VerdictCard, verdict_of
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.drop_area import DropArea
from ui.desktop.widgets.list_page import GridCard, filled_card
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import boxed, button, column, label, row
from ui.desktop.widgets.saving import ask_for_file
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from models.certificates.trust import Trust
    from ui.desktop.pages.certificates.code_jobs import Checked, CheckedCode

_JOBS = "ui.desktop.pages.certificates.code_jobs"
check_files = Lazy(_JOBS, "check_files")
check_text = Lazy(_JOBS, "check_text")
read_basis = Lazy(_JOBS, "read_basis")
PICTURES = "照片和 PDF (*.png *.jpg *.jpeg *.pdf)"
TRUST_FILES = "核验文件 (*.trust)"
COLUMNS = (
    TableColumn("verdict", "核验结果", 5),
    TableColumn("number", "证书编号", 11),
    TableColumn("name", "姓名", 5),
    TableColumn("source", "所在文件", 10, stretch=True),
)
WIDTH = 330
_MOST_LINES = 6
_EDGES = 6


class VerifyingView(QWidget):
    """On the left what is checked, on the right what came of it."""

    def __init__(self, session: Session) -> None:
        """Make it; ``show_basis`` says against which list is checked."""
        super().__init__()
        self._session = session
        self._trust_file: Path | None = None
        self._codes: dict[str, CheckedCode] = {}
        self.drop = DropArea(
            "把证书照片、扫描件或 PDF 拖到这里",
            "PNG、JPG、PDF，可以一次几个",
            drawing="scan-qr-code",
        )
        self.text = QPlainTextEdit()
        self.text.setObjectName("typed")
        self.text.setAccessibleName("验真码的文字")
        self.text.setPlaceholderText("TC1:…（用手机扫出的文字，可以分行、有空格、小写）")
        self.check = button("核验", self.check_typed, kind="primary", drawing="shield-check")
        self.basis = label("", "muted", wrap=True)
        self.other = button("用其他单位的核验文件…", self.choose_basis, kind="link")
        self.own = button("改用本单位", self.use_own, kind="link")
        self.notice = NoticeBar()
        self.list = DataTable(COLUMNS, session.preferences, "verified")
        self.list.setAccessibleName("核验结果")
        self.grid = GridCard(self.list)
        self.card = VerdictCard()
        self._lay_out()
        self.drop.dropped.connect(self.check_dropped)
        self.drop.asked.connect(self._choose_files)
        self.list.chosen.connect(self._show_one)
        self.grid.hide()
        self.own.hide()

    def show_basis(self) -> None:
        """Say anew against which list is checked."""
        work = read_basis.bind(self._trust_file)
        self._session.read("正在读取核验文件", work, self._told_basis, self._no_basis, quiet=True)

    def check_dropped(self, files: Sequence[Path]) -> None:
        """Check every code in the files; a text typed before belongs to another check."""
        self.text.clear()
        work = check_files.bind(list(files), self._trust_file)
        self._session.read("正在核验", work, self._checked, self._failed)

    def check_typed(self) -> None:
        """Check the text in the field."""
        text = self.text.toPlainText()
        if not text.strip():
            self.notice.tell("请先粘贴或输入验真码的文字。", "warn", seconds=tokens.BLOCK)
            self.text.setFocus()
            return
        work = check_text.bind(text, self._trust_file)
        self._session.read("正在核验", work, self._checked, self._failed)

    def choose_basis(self) -> None:
        """Ask for another office's list, and check against it from now on."""
        file = ask_for_file(self, "选择核验文件", TRUST_FILES)
        if file is not None:
            self._trust_file = file
            self.show_basis()

    def use_own(self) -> None:
        """Check against the office's own list again."""
        self._trust_file = None
        self.show_basis()

    def _choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "选择照片或 PDF", "", PICTURES)
        if names:
            self.check_dropped([Path(name) for name in names])

    def _told_basis(self, trust: Trust) -> None:
        day = f"{trust.day.year}年{trust.day.month}月{trust.day.day}日"
        whose = "本单位" if self._trust_file is None else trust.office
        prints = "；".join(trust.fingerprints)
        told = f"\n密钥指纹 {prints}（请与发证单位在电话里核对）" if prints else ""
        self.basis.setText(f"核验依据：{whose}，撤销名单第 {trust.serial} 号（{day}）{told}")
        self.own.setVisible(self._trust_file is not None)

    def _no_basis(self, error: OfficeError) -> None:
        self._trust_file = None
        self.own.hide()
        self.notice.tell(error.sentence, "error")

    def _failed(self, error: OfficeError) -> None:
        self.notice.tell(error.sentence, "error")

    def _checked(self, checked: Checked) -> None:
        self.notice.hide()
        self._told_basis(checked.trust)
        if checked.problems:
            self.notice.tell("".join(checked.problems), "warn")
        self._codes = {str(place): one for place, one in enumerate(checked.codes)}
        self.list.show_rows(FixedRows([_row(key, one) for key, one in self._codes.items()]))
        lines = min(len(self._codes), _MOST_LINES)
        self.grid.setMaximumHeight(tokens.px(tokens.TABLE_HEADER + lines * tokens.ROW + _EDGES))
        self.grid.setVisible(len(self._codes) > 1)
        self.card.summarise([one.found for one in checked.codes])
        first = next((key for key, one in self._codes.items() if not one.found.valid), "0")
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.list.choose(first)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        self._show_one(first)

    def _show_one(self, key: str) -> None:
        one = self._codes.get(key)
        self.card.show_verdict(one.found if one else None)

    def _lay_out(self) -> None:
        frame, inside = filled_card()
        self.text.setFixedHeight(tokens.px(96))
        inside.addWidget(label("或者粘贴、输入验真码的文字", "heading"))
        inside.addWidget(self.text)
        inside.addLayout(row(None, self.check))
        links = row(self.other, self.own, None)
        frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        lines = column(self.drop, frame, self.basis, links, gap=tokens.BLOCK)
        lines.setStretchFactor(self.drop, 1)
        left = boxed(lines)
        left.setFixedWidth(tokens.px(WIDTH))
        right = QVBoxLayout()
        right.setSpacing(tokens.BLOCK)
        right.addWidget(self.notice)
        right.addWidget(self.grid, 1)
        right.addWidget(self.card, 2)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.CARD)
        layout.addWidget(left)
        layout.addLayout(right, 1)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def _row(key: str, one: CheckedCode) -> TableRow:
    verdict = verdict_of(one.found)
    texts = {
        "verdict": verdict.word,
        "number": one.found.number or "—",
        "name": one.found.name or "—",
        "source": one.source,
    }
    return TableRow(key, texts, {"verdict": verdict.tone}, {"verdict": one.found.reason})
