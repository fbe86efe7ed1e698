"""What can be done with a batch and the people recommended in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from models.entities.cleaning import Context, clean_row
from models.entities.display import plain_decimal
from models.staff.institutions import institution_names
from models.store.operations import Operation
from models.titles.kinds import title_rules
from models.titles.nominations import NominationRow
from models.titles.records import Batch
from ui.desktop.pages.titles.holder_deeds import JOBS
from ui.desktop.pages.titles.list_sheet import ListSheet
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.asking import ask_and_write, offer_undo
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.form.plans import form_plan
from ui.desktop.widgets.form.sheet import Filled, FormSheet
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
change_nomination = Lazy(JOBS, "change_nomination")
drop = Lazy(JOBS, "drop")
check_batch = Lazy(JOBS, "check_batch")
waive = Lazy(JOBS, "waive")
publish = Lazy(JOBS, "publish")
unpublish = Lazy(JOBS, "unpublish")
object_to = Lazy(JOBS, "object_to")
decide = Lazy(JOBS, "decide")
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
        chosen: Callable[[], list[NominationRow]],
    ) -> None:
        """Serve the desk; ``current`` gives the batch, ``chosen`` the people in question."""
        super().__init__(page)
        self._session = session
        self._page = page
        self._current = current
        self._chosen = chosen

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

    def edit(self) -> None:
        """Ask for the materials of the chosen person."""
        one = self._single()
        if one is None:
            return
        sheet = ChooseSheet("推荐材料", f"{one.name}。改后要重新审核。", "保存", self._page)
        score = "" if one.lesson_score is None else plain_decimal(one.lesson_score)
        sheet.add_line("subject", "学科", one.subject_name)
        sheet.add_line("stage", "学段", one.stage_name)
        sheet.add_line("lesson_score", "实践课得分", score)
        sheet.add_line("contest", "竞赛获奖", one.contest)
        sheet.add_line("merits", "主要业绩", one.merits)
        sheet.add_line("nominated_by", "推荐单位", one.nominated_by)
        ask_and_write(
            self._session, sheet, "正在保存", lambda texts: change_nomination.bind(one.id, texts)
        )

    def waive(self) -> None:
        """Ask which condition is set aside for the chosen person, and why."""
        one = self._single()
        if one is None or not one.obstacles:
            return
        titles = {each.title: each.key for each in one.obstacles}
        sheet = ChooseSheet(
            "破格", f"{one.name}：一项条件不作要求，写明理由，名单上看得到。", "确定", self._page
        )
        sheet.add_line("condition", "条件", next(iter(titles)), list(titles))
        sheet.add_line("reason", "理由")
        ask_and_write(
            self._session,
            sheet,
            "正在保存",
            lambda texts: waive.bind(one.id, titles.get(texts["condition"], ""), texts),
        )

    def object(self) -> None:
        """Put down an objection to the chosen person, or decide on the one that waits."""
        one, found = self._single(), self._current()
        if one is None or found is None:
            return
        waiting = [
            each
            for each in found.objections
            if each.nomination_id == one.id and each.upheld is None
        ]
        if waiting:
            sheet = ChooseSheet("处理异议", f"{one.name}：{waiting[0].text}", "确定", self._page)
            sheet.add_line("upheld", "异议是否成立", "", ("成立", "不成立"))
            sheet.add_line("decision", "处理意见")
            work = partial(decide.bind, waiting[0].id)
        else:
            sheet = ChooseSheet("登记异议", f"{one.name}。", "登记", self._page)
            sheet.add_line("text", "内容")
            sheet.add_line("sender", "提出人", hint="可不填")
            sheet.add_line("day", "收到日期", self._today())
            work = partial(object_to.bind, one.id)
        ask_and_write(self._session, sheet, "正在保存", work)

    def drop(self) -> None:
        """Ask why the chosen people drop out."""
        ids = [one.id for one in self._chosen()]
        sheet = ChooseSheet("退出推荐", f"{len(ids)} 人退出本批，记录保留。", "退出", self._page)
        sheet.add_line("reason", "原因", hint="如：本人放弃")
        ask_and_write(self._session, sheet, "正在办理", lambda texts: drop.bind(ids, texts))

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

    def fill_person_menu(self, menu: QMenu) -> None:
        """What can be done with the chosen person."""
        one = self._single()
        if one is not None:
            menu.addAction("材料…", self.edit)
            menu.addAction("破格…", self.waive)
            menu.addAction("看这名教师", partial(self._session.go.emit, "teachers", one.teacher_id))
        menu.addAction("退出…", self.drop)

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
        context = Context(codes=office.codes, today=office.store.clock.today())
        schools = sorted(institution_names(office).values())
        rules = title_rules()
        plan = form_plan(
            Batch,
            {"row": ""},
            office.codes,
            schools,
            lambda given: clean_row(Batch, given, context),
        )
        offers = {
            **plan.offers,
            "kind": [one.title for one in rules.kinds],
            "level": [one.title for one in rules.levels],
        }
        sheet = FormSheet(title, replace(plan, offers=offers), self._page)
        sheet.begin(texts)

        def save(filled: Filled) -> None:
            work = save_batch.bind(batch_id, filled.checked.texts)
            self._session.write("正在保存", work, saved, sheet.refused)

        def saved(operation: Operation) -> None:
            sheet.saved("已保存")
            offer_undo(self._session, operation)

        sheet.filled.connect(save)
        sheet.open()

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

    def _single(self) -> NominationRow | None:
        found = self._chosen()
        return found[0] if len(found) == 1 else None

    def _today(self) -> str:
        return self._session.office.store.clock.today().isoformat()
