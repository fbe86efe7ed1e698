"""What can be done with the people recommended in a batch."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from models.entities.display import plain_decimal
from models.titles.nominations import NominationRow
from ui.desktop.pages.titles.holder_deeds import JOBS
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.asking import ask_and_write
from ui.desktop.widgets.choose import ChooseSheet

if TYPE_CHECKING:
    from ui.desktop.pages.titles.reads import Desk

change_nomination = Lazy(JOBS, "change_nomination")
drop = Lazy(JOBS, "drop")
waive = Lazy(JOBS, "waive")
object_to = Lazy(JOBS, "object_to")
decide = Lazy(JOBS, "decide")


class PersonDeeds(QObject):
    """Acts on the people selected on the desk."""

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
        """What can be done with the chosen person."""
        one = self._single()
        if one is not None:
            menu.addAction("材料…", self.edit)
            menu.addAction("破格…", self.waive)
            menu.addAction("看这名教师", partial(self._session.go.emit, "teachers", one.teacher_id))
        menu.addAction("退出…", self.drop)

    def _single(self) -> NominationRow | None:
        found = self._chosen()
        return found[0] if len(found) == 1 else None

    def _today(self) -> str:
        return self._session.office.store.clock.today().isoformat()
