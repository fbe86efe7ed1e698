"""Large and calm: whether a certificate holds, why, and what its code says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from models.entities.display import from_hundredths, plain_decimal
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact
from ui.desktop.widgets.icon import pixmap
from ui.desktop.widgets.parts import label, set_tone

if TYPE_CHECKING:
    from models.certificates.code_facts import CodeFacts
    from models.certificates.verification import Verification


class Verdict(NamedTuple):
    """A result in one word, its tone, its drawing."""

    word: str
    tone: str
    drawing: str


VALID = Verdict("有效", "ok", "shield-check")
REVOKED = Verdict("已作废", "warn", "shield-ban")
EXPIRED = Verdict("已过有效期", "warn", "calendar-x")
INVALID = Verdict("无效", "error", "shield-x")


def verdict_of(found: Verification) -> Verdict:
    """The one word."""
    if found.valid:
        return VALID
    return REVOKED if found.revoked else EXPIRED if found.expired else INVALID


class VerdictCard(QWidget):
    """A banner with the word and the reason, and the facts below it."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.banner = QFrame()
        self.banner.setObjectName("notice")
        self._drawing = QLabel()
        self._drawing.setObjectName("plain")
        self.word = label("", "title")
        self.reason = label("", "noticeText", wrap=True)
        self.reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._many = label("", "muted")
        self.facts = DetailCard(
            "把证书照片或 PDF 拖到左边，或粘贴验真码的文字。\n不需要网络，结果显示在这里。"
        )
        texts = QVBoxLayout()
        texts.setSpacing(tokens.px(4))
        texts.addWidget(self.word)
        texts.addWidget(self.reason)
        inside = QHBoxLayout(self.banner)
        inside.setContentsMargins(tokens.CARD, tokens.BLOCK, tokens.CARD, tokens.BLOCK)
        inside.setSpacing(tokens.CARD)
        inside.addWidget(self._drawing, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(texts, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(self._many)
        layout.addWidget(self.banner)
        layout.addWidget(self.facts, 100)
        layout.addStretch(1)
        self.banner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.banner.hide()
        self._many.hide()

    def summarise(self, results: Sequence[Verification]) -> None:
        """Say how many there are where there are many."""
        bad = sum(not one.valid for one in results)
        words = f"{bad} 个不能通过" if bad else "全部有效"
        self._many.setText(f"共 {len(results)} 个验真码，{words}。")
        self._many.setVisible(len(results) > 1)

    def show_verdict(self, found: Verification | None) -> None:
        """Show a result; the hint for None."""
        self.banner.setVisible(found is not None)
        # In sight first: a layout shows only what is put into it in sight.
        self.facts.setVisible(found is None or found.facts is not None)
        self.facts.show_details(_details(found.facts) if found and found.facts else None)
        if found is None:
            return
        verdict = verdict_of(found)
        look = tokens.TONES[verdict.tone]
        self._drawing.setPixmap(pixmap(verdict.drawing, look.text, tokens.px(44)))
        self.word.setText(verdict.word)
        self.word.setStyleSheet(f"color: {look.text};")
        self.reason.setText(found.reason)
        self.banner.setAccessibleName(f"{verdict.word}：{found.reason}")
        for widget in (self.banner, self.reason):
            set_tone(widget, verdict.tone)


def _details(facts: CodeFacts) -> Details:
    hours = from_hundredths(facts.hours)
    lines = [
        Fact("证书编号", facts.number),
        Fact("证件号末四位", facts.id_tail),
        Fact("学校", facts.school),
        Fact("内容", facts.title),
        Fact("级别", facts.level),
        Fact("年度", str(facts.year) if facts.year else ""),
        Fact("学时", "" if hours is None else plain_decimal(hours)),
        Fact("发证日期", facts.issued_on),
        Fact("有效期至", facts.valid_to),
        Fact("发证单位", facts.issuer),
    ]
    return Details(
        facts.name,
        f"{facts.kind}　请核对：下面的内容应与纸面一致",
        facts=[one for one in lines if one.value],
    )
