"""A school's side: two large buttons, and how it stands with the county."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from ui.desktop.pages.sync.shown import Own
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, label, picture, row

READ_WORDS = "插上县里给的 U 盘，点这里。读之前自动备份。"
WRITE_WORDS = "把本校的改动写到 U 盘，带给县里。只有县里能打开。"


class OwnView(QWidget):
    """Read, write; nothing else.

    Signals:
        read, write: the buttons.
        change_keys: somebody left who could have copied this computer's keys.
    """

    read = Signal()
    write = Signal()
    change_keys = Signal()

    def __init__(self) -> None:
        """Make it; ``show_own`` fills it."""
        super().__init__()
        self.trouble = NoticeBar()
        self.read_button = _big("读取县里的包", READ_WORDS, "download")
        self.write_button = _big("写给县里", WRITE_WORDS, "upload")
        self.read_button.clicked.connect(self.read)
        self.write_button.clicked.connect(self.write)
        self.keys = button("管这件事的人换了，更换密钥…", self.change_keys.emit, kind="link")
        self.facts = [label("", "muted", wrap=True) for _ in range(4)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(self.trouble)
        both = row(self.read_button, self.write_button, gap=tokens.BLOCK)
        for place in range(2):
            both.setStretch(place, 1)
        layout.addLayout(both)
        layout.addWidget(self._facts())
        layout.addStretch(1)

    def show_own(self, own: Own) -> None:
        """Show how the exchange stands."""
        texts = (
            f"县里：{own.county}" if own.county else "还没有和县里注册交换。",
            f"最近读取：{own.read or '还没有'}",
            f"最近写给县里：{own.written or '还没有'}",
            f"还有 {own.waiting:,} 条改动没有写给县里。" if own.waiting else "",
        )
        for found, text in zip(self.facts, texts, strict=True):
            found.setText(text)
            found.setVisible(bool(text))
        for found in (self.read_button, self.write_button):
            found.setEnabled(own.joined)
        self.keys.setVisible(own.joined)
        if own.trouble:
            self.trouble.tell(own.trouble, "warn")
        else:
            self.trouble.hide()

    def _facts(self) -> QFrame:
        frame, inside = filled_card()
        inside.setSpacing(tokens.px(6))
        for one in self.facts:
            inside.addWidget(one)
        inside.addLayout(row(self.keys, None))
        return frame


def _big(title: str, words: str, drawing: str) -> QPushButton:
    found = QPushButton()
    found.setObjectName("bigTile")
    found.setAccessibleName(title)
    found.setAccessibleDescription(words)
    found.setMinimumHeight(tokens.px(128))
    layout = QVBoxLayout(found)
    layout.setSpacing(tokens.GAP)
    layout.addStretch(1)
    for one in (
        picture(drawing, tokens.PRIMARY, 40),
        label(title, "title"),
        label(words, "muted", wrap=True),
    ):
        one.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(one)
    layout.addStretch(1)
    for part in found.findChildren(QWidget):
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return found
