"""登记册: every certificate that was issued, what became of it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from models.certificates.facts import batch_name
from models.certificates.kinds import kind_named, kinds
from models.certificates.listing import (
    STATE_NAMES,
    CertificateFilter,
    batches,
    certificate_ids,
    count_certificates,
    life_of,
    register_years,
)
from models.certificates.register import Certificate, certificates
from models.office.context import Office
from ui.desktop.pages.certificates.deeds import RegisterDeeds
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button, row
from ui.desktop.widgets.table.source import Order, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

COLUMNS = (
    TableColumn("number", "证书编号", 11),
    TableColumn("kind", "种类", 6),
    TableColumn("name", "持证人", 5),
    TableColumn("school", "单位", 9, stretch=True),
    TableColumn("title", "内容", 13, stretch=True),
    TableColumn("batch", "期", 4, listed=False),
    TableColumn("issued_on", "发证日期", 6),
    TableColumn("state", "状态", 3, sortable=False),
)
EMPTY = "还没有发过证书。可给课程的合格学员发结业证书，也可按名单发其他证书。"


class RegisterRows:
    """The certificates a filter asks for; rows are read when they come into sight."""

    def __init__(self, office: Office, wanted: CertificateFilter) -> None:
        """Ask ``office`` for the certificates ``wanted``."""
        self._office = office
        self._wanted = wanted

    def ids(self, order: Order | None) -> Sequence[str]:
        """Their identities; the latest first where no column is asked for."""
        if order is None:
            return certificate_ids(self._office, self._wanted, "issued_on", descending=True)
        return certificate_ids(self._office, self._wanted, order.key, descending=order.descending)

    def rows(self, ids: Sequence[str]) -> Sequence[TableRow]:
        """Those certificates as text; void ones are grey."""
        return [_row(one) for one in certificates(self._office, ids=ids)]


class RegisterView(QWidget):
    """The register with its filters and the card of the chosen certificate."""

    def __init__(self, session: Session) -> None:
        """Make it; ``reload`` fills it."""
        super().__init__()
        self.session = session
        self.table = DataTable(COLUMNS, session.preferences, "certificates")
        self.table.setAccessibleName("证书登记册")
        self.filters = FilterRow(
            "编号、姓名、单位、内容（Ctrl+F）",
            {
                "kind": FilterCombo("种类", [Choice(*one) for one in _kinds()]),
                "batch": FilterCombo("期"),
                "year": FilterCombo("年度"),
                "state": FilterCombo("状态", [Choice(*one) for one in STATE_NAMES.items()]),
            },
        )
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一本证书，这里显示它的内容和经过。")
        self.deeds = RegisterDeeds(session, self, self)
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read the register anew."""
        office = self.session.office
        known = sorted({one.batch for one in batches(office) if one.batch}, reverse=True)
        self.filters.filters["batch"].set_choices([Choice(one, batch_name(one)) for one in known])
        years = [str(one) for one in register_years(office)]
        self.filters.filters["year"].set_choices([Choice(one, f"{one} 年") for one in years])
        self._show()

    def focus(self) -> None:
        """Go to the search field."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def show_certificate(self, certificate_id: str) -> None:
        """Show one certificate."""
        self.filters.clear()
        self.table.choose(certificate_id)

    def counted(self) -> str:
        """How many there are, and how many are shown."""
        total, found = count_certificates(self.session.office), len(self.table.table.ids)
        void = f"，其中作废 {total.void:,} 本" if total.void else ""
        shown = f"，筛选后 {found:,} 本" if self.filters.active else ""
        return f"共发 {total.issued:,} 本{void}{shown}"

    def chosen(self) -> list[Certificate]:
        """The selected certificates, in the order of the list."""
        ids = self.table.selected_ids()
        return certificates(self.session.office, ids=ids) if ids else []

    def wanted(self) -> CertificateFilter:
        """What the filters ask for."""
        values = self.filters.values()
        return CertificateFilter(
            kind=values.get("kind", ""),
            batch=values.get("batch"),
            year=int(values["year"]) if "year" in values else None,
            state=values.get("state", ""),
            text=self.filters.query(),
        )

    def _lay_out(self) -> None:
        self._issue = button("发证…", self.deeds.issue, kind="primary", drawing="plus")
        self._print = button("打印…", self.deeds.print_chosen, drawing="printer")
        self._more = button("重印、补印…", self.deeds.reprint)
        self._replace = button("补发…", self.deeds.replace)
        self._void = button("作废…", self.deeds.void)
        for one in (self._print, self._more, self._replace, self._void):
            self.card.foot.addWidget(one)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addLayout(row(self.filters, self._issue))
        lines.addWidget(ListBody(self.grid, self.card, self.session.preferences, "register"), 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._show)
        self.table.chosen.connect(self._show_card)
        self.table.selection_count.connect(self._selected)
        self.table.menu_requested.connect(self._fill_menu)
        self.table.opened.connect(self.deeds.print_chosen)

    def _show(self) -> None:
        self.table.show_rows(RegisterRows(self.session.office, self.wanted()))
        found = bool(self.table.table.ids)
        if not found and self.filters.active:
            say = self.grid.empty.say
            say("没有符合条件的证书。", "清除筛选", self.filters.clear, "search")
        elif not found:
            self.grid.empty.say(EMPTY, "发证…", self.deeds.issue, "award")
        self.grid.show_table(yes=found)
        self._show_card(self.table.current_id())

    def _show_card(self, identity: str) -> None:
        found = certificates(self.session.office, ids=[identity]) if identity else []
        details = _details(self.session.office, found[0]) if found else None
        self.card.show_details(details)
        for one in (self._replace, self._void):
            one.setEnabled(bool(found) and not found[0].void)
        self._selected(len(self.table.selected_ids()))

    def _selected(self, count: int) -> None:
        """Several can be printed together."""
        for one in (self._print, self._more):
            one.setEnabled(count > 0)

    def _fill_menu(self, menu: QMenu) -> None:
        menu.addAction("打印…", self.deeds.print_chosen)
        menu.addAction("重印、补印（没有发出、遗失）…", self.deeds.reprint)
        menu.addAction("补发（内容有误，另给新号）…", self.deeds.replace)
        menu.addAction("作废…", self.deeds.void)


def _kinds() -> list[tuple[str, str]]:
    return [(key, one.title) for key, one in kinds().items()]


def _row(one: Certificate) -> TableRow:
    texts = {
        "number": one.number,
        "kind": one.kind_title,
        "name": one.holder_name,
        "school": one.holder_school,
        "title": one.title,
        "batch": batch_name(one.batch),
        "issued_on": one.issued_on,
        "state": one.status,
    }
    return TableRow(one.id, texts, dict.fromkeys(texts, "muted") if one.void else {"state": "ok"})


def _details(office: Office, one: Certificate) -> Details:
    """What stands on it, what it replaces, and all that happened to it."""
    titles = {fact.key: fact.title for fact in kind_named(one.kind).facts}
    facts = [
        Fact("编号", one.number),
        Fact("单位", one.holder_school),
        Fact("期", batch_name(one.batch)),
        *(Fact(titles[key], one.facts[key]) for key in titles if one.facts.get(key)),
        Fact("发证单位", one.issuer),
        Fact("发证日期", one.issued_on),
        Fact("作废原因", one.void_reason),
        Fact("代替", one.replaces_number),
        Fact("已由", f"{one.replaced_by} 代替" if one.replaced_by else ""),
        Fact("上一册", one.continues_number),
        Fact("下一册", one.continued_by),
    ]
    life = [
        Fact(each.day, f"{each.what}{'：' if each.about else ''}{each.about}")
        for each in life_of(office, one)
    ]
    return Details(
        one.holder_name,
        one.kind_title,
        one.status,
        "muted" if one.void else "ok",
        [fact for fact in facts if fact.value],
        later=[Fact("", "经过"), *life],
    )
