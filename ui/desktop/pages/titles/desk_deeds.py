"""What can be done with a batch: from its form to the certificates, and its papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from models.office.forms import check_form
from models.store.operations import Operation
from models.titles.kinds import title_rules
from models.titles.records import Batch
from ui.desktop.pages.titles.holder_deeds import JOBS
from ui.desktop.pages.titles.list_sheet import ListSheet
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.asking import ask_and_write, form_and_write, offer_undo
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.form.plans import form_plan
from ui.desktop.widgets.form.sheet import FormSheet
from ui.desktop.widgets.saving import TABLES, ask_for_file, ask_where_to

if TYPE_CHECKING:
    from models.certificates.issuing import Issued
    from models.exchange.nomination_list import NominationList
    from ui.desktop.pages.titles.reads import Desk

save_batch = Lazy(JOBS, "save_batch")
close_batch = Lazy(JOBS, "close_batch")
share_quota = Lazy(JOBS, "share_quota")
nominate = Lazy(JOBS, "nominate")
read_list = Lazy(JOBS, "read_list")
nominate_list = Lazy(JOBS, "nominate_list")
save_template = Lazy(JOBS, "save_template")
check_batch = Lazy(JOBS, "check_batch")
publish = Lazy(JOBS, "publish")
unpublish = Lazy(JOBS, "unpublish")
grant_batch = Lazy(JOBS, "grant_batch")
issue_titles = Lazy(JOBS, "issue_titles")
_PAPERS = {
    "审核表": "title-check",
    "公示": "title-list",
    "认定通知": "title-notice",
}


class DeskDeeds(QObject):
    """Acts on the batch in sight."""

    def __init__(
        self,
        session: Session,
        page: QWidget,
        current: Callable[[], Desk | None],
    ) -> None:
        """Serve the desk; ``current`` gives the batch."""
        super().__init__(page)
        self._session = session
        self._page = page
        self._current = current

    def begin(self) -> None:
        """Open the form of a new batch."""
        year = str(self._session.office.store.clock.today().year)
        self._form("开始一批", "", {"year": year})

    def change(self) -> None:
        """Open the form of the batch in sight."""
        found = self._current()
        if found is None:
            return
        one, rules = found.batch, title_rules()
        texts = {
            "kind": rules.kind(one.kind).title,
            "level": rules.level_title(one.level),
            "number": str(one.number or ""),
            "name": one.name,
            "year": str(one.year),
            "quota": "" if one.quota is None else str(one.quota),
            "document": one.document,
            "remark": one.remark,
        }
        self._form("修改批次", one.id, texts)

    def quota(self) -> None:
        """Ask for the places to be shared among the schools."""
        found = self._current()
        if found is None:
            return
        words = "按各校在岗教师人数分配，余数给余数大的学校；先前分配的由这次的代替。"
        sheet = ChooseSheet("分配名额", words, "分配", self._page)
        sheet.add_line("total", "名额", str(found.batch.quota or ""))
        self._ask(sheet, "正在分配名额", share_quota)

    def nominate(self) -> None:
        """Ask whom to recommend."""
        if self._current() is None:
            return
        sheet = ChooseSheet(
            "推荐", "填教师编号或姓名，几人之间用顿号；材料相同的可以一起推荐。", "推荐", self._page
        )
        sheet.add_line("teachers", "教师")
        sheet.add_line("lesson_score", "实践课得分")
        sheet.add_line("contest", "竞赛获奖", hint="如 2025 年市优质课一等奖")
        sheet.add_line("merits", "主要业绩")
        self._ask(sheet, "正在推荐", nominate)

    def take_list(self) -> None:
        """Ask for a workbook, show what it brings, and take it in."""
        found = self._current()
        path = ask_for_file(self._page, "选择推荐名单", TABLES) if found else None
        if found is None or path is None:
            return
        work = read_list.bind(found.batch.id, path)
        self._session.read("正在读名单", work, partial(self._list_read, found.batch.id, path))

    def check(self) -> None:
        """Check everybody recommended."""
        self._do("正在审核", check_batch)

    def publish(self) -> None:
        """Ask from when to when the list hangs."""
        if self._current() is None:
            return
        today = self._session.office.store.clock.today()
        last = today + timedelta(days=title_rules().listed_days - 1)
        words = "没有障碍的人选列入公示名单，其余记为不符合条件并写明原因。"
        sheet = ChooseSheet("公示", words, "公示", self._page)
        sheet.add_line("first", "从", today.isoformat())
        sheet.add_line("last", "到", last.isoformat())
        self._ask(sheet, "正在公示", publish)

    def grant(self) -> None:
        """Ask from when the title is given, and by what document."""
        found = self._current()
        if found is None:
            return
        words = f"公示的 {found.batch.listed} 人取得{found.batch.title}，名册的骨干级别随之改变。"
        sheet = ChooseSheet("认定", words, "认定", self._page)
        sheet.add_line("day", "认定日期", self._today())
        sheet.add_line("document", "认定文件", found.batch.document)
        self._ask(sheet, "正在认定", grant_batch)

    def issue(self) -> None:
        """Issue the certificates of the batch."""
        found = self._current()
        if found is not None:
            work = issue_titles.bind(found.batch.id)
            self._session.write("正在发证", work, self._issued)

    def fill_menu(self, menu: QMenu) -> None:
        """What else can be done with the batch."""
        found = self._current()
        if found is None:
            return
        menu.addAction("修改批次…", self.change)
        menu.addAction("推荐名单模板…", self._template)
        if found.batch.listed_from and not found.batch.granted_on:
            menu.addAction("收回公示", partial(self._do, "正在收回公示", unpublish))
        menu.addSeparator()
        for title, paper in _PAPERS.items():
            menu.addAction(f"打印{title}", partial(self._session.go.emit, "reports", paper))
        menu.addAction("打印证书", partial(self._session.go.emit, "certificates", "register"))
        if not found.batch.closed_on:
            menu.addSeparator()
            menu.addAction("结束本批", partial(self._do, "正在结束", close_batch))

    def _list_read(self, batch_id: str, path: Path, found: NominationList) -> None:
        sheet = ListSheet(path.name, found, self._page)

        def take() -> None:
            work = nominate_list.bind(batch_id, found.nominees)
            self._session.write("正在推荐", work, done, lambda error: sheet.refuse(error.sentence))

        def done(operation: Operation) -> None:
            sheet.accept()
            offer_undo(self._session, operation)

        sheet.taken.connect(take)
        sheet.open()

    def _template(self) -> None:
        out = ask_where_to(self._page, "推荐名单.xlsx", TABLES)
        if out is not None:
            self._session.read("正在写模板", save_template.bind(out), self._written)

    def _written(self, path: Path) -> None:
        self._session.told.emit(f"模板已写到 {path.name}", "ok")

    def _issued(self, issued: Issued) -> None:
        words = f"已发证 {len(issued.certificates)} 本"
        words += f"，{issued.before} 人先前已有" if issued.before else ""
        self._session.undo_offered.emit(words, issued.operation.id)

    def _form(self, title: str, batch_id: str, texts: Mapping[str, str]) -> None:
        office = self._session.office
        rules = title_rules()
        plan = form_plan(Batch, {"row": ""}, office.codes, [], partial(check_form, office, Batch))
        offers = {
            **plan.offers,
            "kind": [one.title for one in rules.kinds],
            "level": [one.title for one in rules.levels],
        }
        sheet = FormSheet(title, replace(plan, offers=offers), self._page)
        sheet.begin(texts)

        form_and_write(
            self._session, sheet, lambda filled: save_batch.bind(batch_id, filled.checked.texts)
        )

    def _ask(self, sheet: ChooseSheet, title: str, job: Lazy) -> None:
        found = self._current()
        if found is not None:
            ask_and_write(
                self._session, sheet, title, lambda texts: job.bind(found.batch.id, texts)
            )

    def _do(self, title: str, job: Lazy) -> None:
        found = self._current()
        if found is not None:
            work = job.bind(found.batch.id)
            self._session.write(title, work, partial(offer_undo, self._session))

    def _today(self) -> str:
        return self._session.office.store.clock.today().isoformat()
