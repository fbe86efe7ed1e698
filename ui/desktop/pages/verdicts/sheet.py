"""A window with the whole of one verdict: every requirement, clause and entry, as a tree."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from models.entities.display import plain_decimal
from models.verdicts.explaining import Explained, Verdict
from models.verdicts.weighing import Weighed
from ui.desktop.pages.verdicts.card import entry_words, verdict_words
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Answer, Sheet
from ui.desktop.widgets.parts import label

TITLES = ("要求和记录", "应", "实", "差", "结论或原因")
WIDTH, HEIGHT = 860, 460


class VerdictSheet(Sheet):
    """One teacher's verdict, opened over the page."""

    def __init__(self, verdict: Verdict, parent: QWidget) -> None:
        """Show it with the requirements that are not met unfolded."""
        super().__init__(f"{verdict.person.name} 达标明细", parent, WIDTH)
        self.verdict = verdict
        when = f"{verdict.period.label} · 截至 {verdict.day} · 依据“{verdict.pack.title}”"
        state = "全部达标" if verdict.met else "未达标"
        self.body.addWidget(label(f"{verdict.person.name}　{state}", "name"))
        self.body.addWidget(label(when, "muted", wrap=True))
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("逐项要求和计入的记录")
        self.tree.setHeaderLabels(list(TITLES))
        self.tree.setMinimumHeight(tokens.px(HEIGHT))
        self.tree.setAlternatingRowColors(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        for one in verdict.requirements:
            item = _requirement(one)
            self.tree.addTopLevelItem(item)
            _unfold(item, yes=one.result.applies and (verdict.met or not one.result.met))
        head = self.tree.header()
        head.setStretchLastSection(True)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        for place, width in enumerate((420, 60, 60, 60)):
            self.tree.setColumnWidth(place, tokens.px(width))
        self.body.addWidget(self.tree, 1)
        self.foot.addStretch(1)
        self.add_answer(Answer("关闭", kind="primary"))


def _requirement(one: Explained) -> QTreeWidgetItem:
    result = one.result
    words, tone = verdict_words(result, one.open_because)
    amounts = ("", "", "")
    if result.applies:
        missing = plain_decimal(result.missing) if result.missing else ""
        amounts = (plain_decimal(result.required), plain_decimal(result.achieved), missing)
        words += f"（{result.unit}）"
    item = _item((one.title, *amounts, words))
    item.setForeground(4, QBrush(QColor(tokens.TONES[tone].text)))
    font = item.font(0)
    font.setBold(True)
    item.setFont(0, font)
    clause = " ".join(part for part in (one.document, one.clause) if part)
    item.addChild(_item((f"依据：{clause}", "", "", "", one.quote)))
    for part in one.parts:
        required, achieved = plain_decimal(part.required), plain_decimal(part.achieved)
        item.addChild(_item((part.label, required, achieved, "", "✓" if part.met else "✗ 未达到")))
    if one.counted:
        item.addChild(_entries("计入", one.counted))
    if one.not_counted:
        item.addChild(_entries("不计", one.not_counted))
    return item


def _entries(title: str, entries: Sequence[Weighed]) -> QTreeWidgetItem:
    found = _item((f"{title} {len(entries)} 条", "", "", "", ""))
    for one in entries:
        amount = plain_decimal(one.amount) if one.amount else ""
        why = one.reason or ("计入" if one.amount else "")
        found.addChild(_item((entry_words(one), "", amount, "", why)))
    return found


def _unfold(item: QTreeWidgetItem, *, yes: bool) -> None:
    """Unfold a requirement with its entries; an item must be in its tree for that."""
    item.setExpanded(yes)
    for place in range(item.childCount()):
        child = item.child(place)
        if child is not None:
            child.setExpanded(True)


def _item(texts: Sequence[str]) -> QTreeWidgetItem:
    item = QTreeWidgetItem(list(texts))
    for place, text in enumerate(texts):
        item.setToolTip(place, text)
    for place in (1, 2, 3):
        item.setTextAlignment(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
