"""续打: how far each teacher's booklet is in a year, line by line, and going on in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import groupby

from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from models.certificates.booklet_layout import Layout, Place, layout_of, usual_layout
from models.certificates.booklet_listing import (
    BOOKLET_STATES,
    BookletRow,
    booklet_rows,
    booklet_years,
)
from models.certificates.booklets import OUTCOME_NAMES, BookletLine, lines_of
from models.entities.display import plain_decimal
from ui.desktop.pages.certificates.booklet_deeds import BookletDeeds
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

COLUMNS = (
    TableColumn("name", "姓名", 5),
    TableColumn("school", "学校", 10, stretch=True),
    TableColumn("number", "证书编号", 8, listed=False),
    TableColumn("printed", "已打行", 3, numeric=True),
    TableColumn("waiting", "待打行", 3, numeric=True),
    TableColumn("register", "登记页从", 5),
    TableColumn("yearly", "年度页从", 5),
    TableColumn("state", "状态", 5),
)
NOT_STAMPED = "还没有办理过年度验印。验印以后，当年的培训和年度合计续打到各人的继续教育证书上。"
_TONES = {
    "unplanned": "info", "waiting": "warn", "printed": "ok", "full": "error", "without": "error",
    "voided": "warn",
}  # fmt: skip


class BookletsView(QWidget):
    """The booklets of a year in a list, the lines of the chosen one beside it."""

    def __init__(self, session: Session) -> None:
        """Make it; ``reload`` fills it."""
        super().__init__()
        self.session = session
        self.layout_now: Layout = usual_layout()
        self._rows: dict[str, BookletRow] = {}
        self.year_box = QComboBox()
        self.year_box.setAccessibleName("年度")
        self.year_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.year_box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.told = label("", "muted")
        go_issuing = partial(session.go.emit, "certificates", "register")
        self.issue = button("去发证", go_issuing, kind="link")
        self.filters = FilterRow(
            "姓名、编号（Ctrl+F）",
            {
                "school": FilterCombo("学校"),
                "state": FilterCombo("状态", [Choice(*one) for one in BOOKLET_STATES.items()]),
            },
        )
        self.table = DataTable(COLUMNS, session.preferences, "booklets")
        self.table.setAccessibleName("续打")
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一位教师，这里逐页显示他的证书上打了什么。")
        self.deeds = BookletDeeds(session, self, self)
        self._lay_out()
        self._connect()

    @property
    def year(self) -> int:
        """The year in sight; 0 where nobody was ever stamped."""
        return int(self.year_box.currentData() or 0)

    def reload(self) -> None:
        """Read the year anew."""
        office = self.session.office
        self._offer_years(booklet_years(office))
        self.layout_now = layout_of(office)
        found = booklet_rows(office, self.year, self.layout_now) if self.year else []
        self._rows = {one.teacher_id: one for one in found}
        schools = {one.school_id: one.school for one in found if one.school_id}
        self.filters.filters["school"].set_choices([Choice(*one) for one in schools.items()])
        waiting = sum(one.waiting for one in found)
        without = sum(one.state == "without" for one in found)
        words = [f"待打印 {waiting:,} 行"] if waiting else []
        words += [f"{without:,} 人没有证书"] if without else []
        self.told.setText("；".join(words))
        self.issue.setVisible(bool(without))
        for one in (self.plan, self.filters):
            one.setEnabled(bool(self.year))
        self.print.setEnabled(bool(waiting))
        self._show()

    def counted(self) -> str:
        """How many booklets there are of each state."""
        counts = Counter(one.state for one in self._rows.values())
        parts = [f"{name} {counts[key]:,}" for key, name in BOOKLET_STATES.items() if counts[key]]
        return f"{self.year} 年度 {len(self._rows):,} 人：{'，'.join(parts)}" if parts else ""

    def focus(self) -> None:
        """Go to the search field."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def chosen(self) -> BookletRow | None:
        """The row in sight in the card."""
        return self._rows.get(self.table.current_id())

    def selected(self) -> Sequence[BookletRow]:
        """The selected booklets, in the order of the list."""
        return [self._rows[one] for one in self.table.selected_ids() if one in self._rows]

    def rows(self) -> Sequence[BookletRow]:
        """All booklets of the year."""
        return list(self._rows.values())

    def school(self) -> tuple[str, str]:
        """Identity and name of the school that is filtered by; "" for all."""
        box = self.filters.filters["school"]
        return box.value(), box.currentText()

    def show_state(self, state: str) -> None:
        """List the booklets of one state."""
        self.filters.choose({"state": state})

    def _lay_out(self) -> None:
        deeds = self.deeds
        self.binding = button("册页格式…", deeds.change_layout, drawing="book-open")
        self.print = button("打印…", deeds.print, drawing="printer")
        self.plan = button("排版本年度…", deeds.plan, kind="primary", drawing="list-ordered")
        self.again = button("打坏重打…", deeds.repeat)
        self.place = button("改续打位置…", deeds.move)
        self.next = button("续发新册…", deeds.start_next)
        for one in (self.again, self.place, self.next):
            self.card.foot.addWidget(one)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        head = row(self.year_box, self.told, self.issue, None, self.binding, self.print, self.plan)
        lines.addLayout(head)
        lines.addWidget(self.filters)
        lines.addWidget(ListBody(self.grid, self.card, self.session.preferences, "booklets"), 1)

    def _connect(self) -> None:
        self.year_box.currentIndexChanged.connect(self.reload)
        self.filters.changed.connect(self._show)
        self.table.chosen.connect(self._show_card)

    def _offer_years(self, years: Sequence[int]) -> None:
        kept = self.year
        self.year_box.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.year_box.clear()
        for year in years:
            self.year_box.addItem(f"{year} 年度", year)
        self.year_box.setCurrentIndex(max(0, self.year_box.findData(kept)))
        self.year_box.setVisible(bool(years))
        self.year_box.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag

    def _show(self) -> None:
        values, query = self.filters.values(), self.filters.query()
        found = [
            one
            for one in self._rows.values()
            if values.get("school", one.school_id) == one.school_id
            and values.get("state", one.state) == one.state
            and (query in one.name or query in one.number or query == one.teacher_no)
        ]
        self.table.show_rows(FixedRows([_row(one, self.layout_now) for one in found], _sums(found)))
        say = self.grid.empty.say
        if self.filters.active:
            say("没有符合条件的教师。", "清除筛选", self.filters.clear, "search")
        else:
            say(NOT_STAMPED, "去年度验印", self.deeds.go_stamping, "stamp")
        self.grid.show_table(yes=bool(found))
        if found and not self.table.current_id():
            self.table.selectRow(0)
        self._show_card(self.table.current_id())

    def _show_card(self, identity: str) -> None:
        one = self._rows.get(identity)
        lines = lines_of(self.session.office, certificate_id=one.booklet) if one else []
        self.card.show_details(_details(one, lines, self.layout_now) if one else None)
        self.next.setVisible(one is not None and one.full)
        self.place.setEnabled(one is not None and bool(one.booklet))
        self.again.setEnabled(any(line.outcome == "printed" for line in lines))


def _row(one: BookletRow, layout: Layout) -> TableRow:
    texts = {
        "name": one.name,
        "school": one.school,
        "number": one.number or "没有证书",
        "printed": f"{one.printed:,}" if one.printed else "",
        "waiting": f"{one.waiting:,}" if one.waiting else "",
        "register": _place(one, one.register),
        "yearly": _place(one, one.yearly) if layout.yearly else "—",
        "state": BOOKLET_STATES[one.state],
    }
    full = {key: "error" for key in ("register", "yearly") if texts[key] == "已满"}
    return TableRow(one.teacher_id, texts, full | {"state": _TONES[one.state]})


def _sums(found: Sequence[BookletRow]) -> dict[str, dict[str, float]]:
    """The numbers by which the list is sorted."""
    return {
        one.teacher_id: {
            "printed": one.printed,
            "waiting": one.waiting,
            "register": _order(one.register),
            "yearly": _order(one.yearly),
        }
        for one in found
    }


def _order(place: Place | None) -> float:
    return place.page * 1000 + place.line if place else 1e6


def _place(one: BookletRow, place: Place | None) -> str:
    if not one.booklet:
        return ""
    return f"{place.page} 页 {place.line} 行" if place else "已满"


def _details(one: BookletRow, lines: Sequence[BookletLine], layout: Layout) -> Details:
    """Where it goes on, and page by page what stands in it."""
    facts = [
        Fact("上一册", f"{one.before}（已满）" if one.before else ""),
        Fact("登记页", _goes_on(one, one.register)),
        Fact("年度页", _goes_on(one, one.yearly) if layout.yearly else "年度合计写在登记页"),
        Fact("注意", "" if one.stamped else "本年度验印已作废，证书上的行请按规定更正。"),
    ]
    standing = [line for line in lines if line.outcome != "given_up"]
    later: list[Fact] = []
    for page, found in groupby(standing, key=lambda line: line.page):
        yearly = layout.yearly and layout.yearly.first <= page <= layout.yearly.last
        later.append(Fact("", f"第 {page} 页（{'年度页' if yearly else '登记页'}）"))
        later += [Fact(f"第 {line.line} 行", _line_words(line)) for line in found]
    return Details(
        one.name,
        " · ".join(part for part in (one.school, one.number or one.teacher_no) if part),
        BOOKLET_STATES[one.state],
        _TONES[one.state],
        [fact for fact in facts if fact.value],
        later=later or [Fact("", "证书上还没有打印内容")],
    )


def _goes_on(one: BookletRow, place: Place | None) -> str:
    if not one.booklet:
        return "没有证书，请先发继续教育证书"
    return f"从{place.text}续打" if place else "已满，请续发新册"


def _line_words(line: BookletLine) -> str:
    outcome = OUTCOME_NAMES[line.outcome]
    if line.outcome == "printed" and line.again:
        outcome += f"（重打 {line.again} 次）"
    if not line.stamped:
        outcome += "，验印已作废"
    return f"{line.what}，{plain_decimal(line.hours)} 学时，{outcome}"
