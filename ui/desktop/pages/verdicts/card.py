"""What the card beside the list says: of a teacher every requirement, of a group its counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from models.entities.display import plain_decimal
from models.verdicts.board import Result
from models.verdicts.explaining import Explained, Verdict
from models.verdicts.overview import Standing
from models.verdicts.weighing import Weighed
from ui.desktop.pages.verdicts.listing import STATES, TONES, Listing, percent
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard, Details, Meter
from ui.desktop.widgets.parts import boxed, button, clear, column, label, pill, row, rule

SHOWN = 12
"""So many entries are listed on the card; the window with all of them lists the others."""


class VerdictCard(DetailCard):
    """A teacher's verdict; the entries follow when they have been weighed on the lane."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("在左边选中一名教师，这里逐项说明应多少、实多少、差多少，为什么。")
        self._verdict: Verdict | None = None
        self._opened: set[str] = set()

    @property
    def verdict(self) -> Verdict | None:
        """The verdict with its entries, once they are there."""
        return self._verdict

    def show_place(self, listing: Listing, teacher_id: str) -> None:
        """Show the figures of a teacher at once, without the entries."""
        self._verdict = None
        clear(self.extra)
        judged = listing.judged(teacher_id)
        if judged is None:
            self.show_details(None)
            return
        one, state = judged.person, listing.state(listing.places[teacher_id])
        below = f"{listing.school_of(one)} · {one.teacher_no}"
        self.show_details(Details(one.name, below, STATES[state], TONES[state]))
        for result in judged.results:
            self.extra.addWidget(rule())
            self.extra.addLayout(_figures(listing.titles[result.id], result, ""))
        if not judged.results:
            self.extra.addWidget(label("这一时期没有到期的要求。", "muted", wrap=True))
        self.extra.addStretch(1)

    def show_verdict(self, verdict: Verdict) -> None:
        """Show the requirements with what was weighed."""
        self._verdict = verdict
        clear(self.extra)
        for one in verdict.requirements:
            self.extra.addWidget(rule())
            self.extra.addLayout(_figures(one.title, one.result, one.open_because))
            if one.result.applies or one.open_because:
                self.extra.addWidget(self._more(one))
        self.extra.addStretch(1)

    def _more(self, one: Explained) -> QFrame:
        """The line that opens the entries, and the entries."""
        frame = QFrame()
        frame.setObjectName("plain")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(tokens.px(4))
        words = f"计入 {len(one.counted)} 条，不计 {len(one.not_counted)} 条"
        more = button(f"▸ {words}", kind="link")
        more.setAccessibleName(f"{one.title}：{words}，展开")
        body = boxed(column(*_lines(one), gap=tokens.px(3)))
        toggle = partial(self._toggle, one.result.id, more, body, words)
        more.clicked.connect(toggle)
        inside.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(body)
        body.setVisible(one.result.id in self._opened)
        if one.result.id in self._opened:
            more.setText(f"▾ {words}")
        return frame

    def _toggle(
        self, requirement: str, more: QPushButton, body: QWidget, words: str, *_: object
    ) -> None:
        opened = body.isHidden()
        body.setVisible(opened)
        more.setText(f"{'▾' if opened else '▸'} {words}")
        (self._opened.add if opened else self._opened.discard)(requirement)


def group_details(listing: Listing, group: Standing, sort: str) -> Details:
    """What the card says of a group: how many have met each requirement."""
    meters = [
        Meter(
            listing.titles[requirement],
            f"{met:,} / {applying:,}　{percent(met, applying)}",
            met / applying if applying else 0.0,
        )
        for requirement, (applying, met) in group.requirements.items()
        if applying
    ]
    words = f"{sort} · {group.people:,} 人，未达标 {group.behind:,} 人"
    state = percent(group.met, group.people)
    tone = "ok" if group.met == group.people else "warn"
    return Details(group.name, words, f"达标 {state}", tone, (), "各项要求", meters)


def verdict_words(result: Result, open_because: str) -> tuple[str, str]:
    """The verdict on a requirement in words with a sign, and its tone."""
    if open_because:
        return "？ 待核实", "warn"
    if not result.applies:
        return "— 不要求", "muted"
    return ("✓ 达标", "ok") if result.met else ("✗ 未达标", "error")


def amounts_words(result: Result) -> str:
    """应 360　实 286　差 74 学时; nothing lacking is left out."""
    required, achieved = plain_decimal(result.required), plain_decimal(result.achieved)
    missing = f"　差 {plain_decimal(result.missing)}" if result.missing else ""
    return f"应 {required}　实 {achieved}{missing}　{result.unit}"


def entry_words(one: Weighed) -> str:
    """One entry on a line: when, what, how."""
    when = one.start_date or f"{one.year} 年"
    return " · ".join(part for part in (when, one.title, one.mode) if part)


def _figures(title: str, result: Result, open_because: str) -> QVBoxLayout:
    words, tone = verdict_words(result, open_because)
    head = row(label(title, "heading", wrap=True), pill(words, tone))
    head.setStretch(0, 1)
    lines: list[QLabel] = []
    if result.applies:
        amounts = label(amounts_words(result))
        amounts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        lines.append(amounts)
    elif open_because:
        lines.append(label(f"{open_because}，无法判断应否达到。", "muted", wrap=True))
    return column(head, *lines, gap=tokens.px(3))


def _lines(one: Explained) -> Sequence[QLabel]:
    found = [label(f"依据：{one.document or ''} {one.clause}".strip(), "caption", wrap=True)]
    if one.quote:
        found.append(label(f"“{one.quote}”", "caption", wrap=True))
    for part in one.parts:
        sign = "✓" if part.met else "✗"
        amounts = f"应 {plain_decimal(part.required)} 实 {plain_decimal(part.achieved)}"
        found.append(label(f"{sign} {part.label}　{amounts}", "caption", wrap=True))
    for each in one.counted[:SHOWN]:
        amount = f"+{plain_decimal(each.amount)}"
        found.append(label(f"✓ {amount}　{entry_words(each)}", "caption", wrap=True))
    found += [
        label(f"✗ 不计　{entry_words(each)}：{each.reason}", "caption", wrap=True)
        for each in one.not_counted[:SHOWN]
    ]
    if max(len(one.counted), len(one.not_counted)) > SHOWN:
        found.append(label("其余见“逐条明细”。", "caption"))
    return found
