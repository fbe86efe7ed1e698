"""上报表: the forms there are, and the editor in their place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.uploads.facts import fact_named
from models.uploads.forms import Form, FormColumn, Subject
from ui.desktop.pages.uploads.form_desk import FormDesk
from ui.desktop.pages.uploads.view import View
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets import tokens
from ui.desktop.widgets.asking import offer_undo
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.saving import WORKBOOK, ask_for_file
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow, numbers_of
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from pathlib import Path

    from models.uploads.form_list import Listed
    from ui.desktop.pages.uploads.reads import Opened, Shelf
    from ui.desktop.tasks.session import Session

shelf = Lazy("ui.desktop.pages.uploads.reads", "shelf")
opened = Lazy("ui.desktop.pages.uploads.reads", "opened")
proposed = Lazy("ui.desktop.pages.uploads.reads", "proposed")
drop = Lazy("ui.desktop.pages.uploads.jobs", "drop")
SUBJECT_TITLES = {
    Subject.RECORD: "培训记录，一条一行",
    Subject.TEACHER: "教师，一人一行",
    Subject.INSTITUTION: "学校，一所一行",
    Subject.GROUP: "分组统计",
    Subject.COUNTY: "本单位合计，一年一行",
}
COLUMNS = (
    TableColumn("title", "上报表", 14, stretch=True),
    TableColumn("receiver", "报给", 10),
    TableColumn("about", "内容", 8),
    TableColumn("columns", "栏数", 3, numeric=True),
    TableColumn("empty", "空着的栏", 5, numeric=True),
    TableColumn("due", "期限", 5),
    TableColumn("whose", "来源", 6),
)
HINT = (
    "程序自带的上报表依公开资料整理，与上级实际发的表不同时，用上级的空表做一张自己的，不必改程序。"
)


class FormsView(View):
    """The list of forms, and the editor of one in its place."""

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__(session)
        self._forms: dict[str, Listed] = {}
        self._wanted: str | None = None
        self.table = DataTable(COLUMNS, session.preferences, "upload_forms")
        self.table.setAccessibleName("上报表")
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一张上报表，这里显示每一栏填什么。")
        self.desk = FormDesk(session)
        self.stack = QStackedWidget()
        self._lay_out()
        self.table.chosen.connect(self._show_card)
        self.table.opened.connect(self.edit)
        self.desk.left.connect(self._back)
        self.desk.kept.connect(self._kept)

    def reload(self) -> None:
        """Read the forms."""
        self.session.read("正在读取上报表", shelf.bind(), self._filled, quiet=True)

    def show_one(self, what: str) -> None:
        """Open a form in the editor; "" makes a new one from an empty workbook."""
        if not what:
            self.make()
        elif self.leave():
            self._open(what)

    def focus_search(self) -> None:
        """Go to the list."""
        self.table.setFocus()

    def make(self) -> None:
        """Ask for the authority's empty workbook, and open what it proposes."""
        if not self.leave():
            return
        path = ask_for_file(self, "选择上级发的空表", WORKBOOK)
        if path is None:
            return
        sheet = ChooseSheet("用空表做上报表", f"“{path.name}”，各栏先按列名自动对应，再由您核对。",
                            "下一步", self)  # fmt: skip
        sheet.add_line("title", "叫什么", path.stem)
        sheet.add_line("receiver", "报给谁", hint="如：省教育厅、全国教师管理信息系统")

        def answered(texts: dict[str, str]) -> None:
            if not texts["title"]:
                sheet.refuse("请写上报表的名称。")
                return
            sheet.accept()
            said = (self._free_name(), texts["title"], texts["receiver"])
            self._propose(path, said)

        sheet.ask(answered)

    def edit(self, name: str = "") -> None:
        """Open the chosen form in the editor."""
        one = self._forms.get(name or self.table.current_id())
        if one is not None and one.form is not None:
            self._open(one.name)

    def drop(self) -> None:
        """Ask, then take a form of the office's own out."""
        one = self._forms.get(self.table.current_id())
        if one is None or not one.own:
            return
        title = one.form.title if one.form else one.name
        work = drop.bind(one.name)
        take = partial(self.session.write, "正在删除", work, partial(offer_undo, self.session))
        ask(
            self, f"删除上报表“{title}”？",
            "报过的文件都保留，仍可重做。程序自带同名表的，恢复为自带的。",
            (Answer("不删除"), Answer("删除", take, "danger")), "warn",
        )  # fmt: skip

    def leave(self) -> bool:
        """Ask what becomes of a form that is not saved."""
        if self.stack.currentWidget() is not self.desk or not self.desk.dirty:
            return True
        ask(
            self, "上报表的修改还没有保存。", "",
            (Answer("继续编辑"), Answer("不保存", self._back, "danger"),
             Answer("保存", self.desk.save, "primary")), "warn",
        )  # fmt: skip
        return False

    def _lay_out(self) -> None:
        self._edit = button("修改…", self.edit, kind="primary")
        self._drop = button("删除…", self.drop, kind="danger")
        self.card.foot.addWidget(self._edit)
        self.card.foot.addWidget(self._drop)
        first = QWidget()
        lines = QVBoxLayout(first)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        make = button("用上级的空表做…", self.make, kind="primary", drawing="plus")
        hint = label(HINT, "muted", wrap=True)
        top = row(hint, make)
        top.setStretch(0, 1)
        lines.addLayout(top)
        body = ListBody(self.grid, self.card, self.session.preferences, "upload_forms")
        lines.addWidget(body, 1)
        self.stack.addWidget(first)
        self.stack.addWidget(self.desk)
        self.lines.addWidget(self.stack, 1)

    def _open(self, name: str) -> None:
        self.session.read("正在读取上报表", opened.bind(name), self._show_desk, quiet=True)

    def _propose(self, path: Path, said: tuple[str, str, str]) -> None:
        self.session.read("正在读空表", proposed.bind(path, said), self._show_desk)

    def _show_desk(self, found: Opened) -> None:
        self.stack.setCurrentWidget(self.desk)
        own = bool(self._forms.get(found.form.name) and self._forms[found.form.name].own)
        self.desk.begin(found, own=own)

    def _back(self) -> None:
        self.stack.setCurrentIndex(0)
        self.desk.forget()

    def _kept(self, name: str) -> None:
        self._wanted = name
        self._back()

    def _filled(self, found: Shelf) -> None:
        self._forms = {one.name: one for one in found.forms}
        rows = [_row(one) for one in found.forms]
        self.table.show_rows(FixedRows(rows, numbers_of(COLUMNS, rows)))
        self.grid.show_table(yes=bool(rows))
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None
        elif rows and not self.table.current_id():
            self.table.selectRow(0)
        own = sum(one.own for one in found.forms)
        self.counted.emit(f"共 {len(rows)} 张，本单位自己的 {own} 张")
        self._show_card(self.table.current_id())

    def _free_name(self) -> str:
        number = 1
        while f"own{number}" in self._forms:
            number += 1
        return f"own{number}"

    def _show_card(self, name: str) -> None:
        one = self._forms.get(name)
        self.card.show_details(_details(one) if one else None)
        self._edit.setEnabled(one is not None and one.form is not None)
        self._drop.setVisible(one is not None and one.own)


def filling(form: Form, column: FormColumn) -> str:
    """What goes into a column, in words."""
    fact = fact_named(form.subject, column.fact) if column.fact else None
    if fact is not None:
        return fact.title
    return f"固定“{column.constant}”" if column.constant else "空着"


def _row(one: Listed) -> TableRow:
    form = one.form
    whose = "本单位" if one.own else "自带"
    if form is None:
        return TableRow(one.name, {"title": one.name, "whose": whose, "about": "读不了"},
                        {"about": "error"}, {"about": one.trouble})  # fmt: skip
    empty = sum(not each.fact and not each.constant for each in form.columns)
    texts = {
        "title": form.title,
        "receiver": form.receiver,
        "about": SUBJECT_TITLES[form.subject].partition("，")[0],
        "columns": str(len(form.columns)),
        "empty": str(empty or ""),
        "due": form.due,
        "whose": whose,
    }
    return TableRow(one.name, texts, {"whose": "info"} if one.own else {})


def _details(one: Listed) -> Details:
    form = one.form
    if form is None:
        return Details(one.name, "", "读不了", "error", [Fact("原因", one.trouble)])
    facts = [
        Fact("内容", SUBJECT_TITLES[form.subject]),
        Fact("期限", f"次年 {form.due}" if form.due else ""),
        Fact("一份最多", f"{form.room:,} 条" if form.room else ""),
        Fact("空表", "上级发的空表，原样填写" if form.book else "由程序按栏目生成"),
        Fact("说明", form.note),
    ]
    later = [Fact("", "各栏填什么")]
    later += [Fact(each.title, filling(form, each)) for each in form.columns]
    return Details(
        form.title,
        form.receiver,
        "本单位" if one.own else "自带",
        "info" if one.own else "muted",
        [fact for fact in facts if fact.value],
        later=later,
    )
