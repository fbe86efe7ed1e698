"""What can be done with booklets: planned, printed, printed again, gone on with elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from models.certificates.booklet_listing import BookletRow, printed_pages
from models.errors import UserError
from ui.desktop.pages.certificates.booklet_layout_sheet import LayoutSheet
from ui.desktop.pages.certificates.print_flow import PrintFlow
from ui.desktop.pages.certificates.print_records import SPOILT_REASONS
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.paper.page_numbers import parse_pages, say_pages

if TYPE_CHECKING:
    from models.certificates.booklet_layout import Layout
    from models.certificates.booklet_plans import BookletPlan
    from models.errors import OfficeError
    from models.store.operations import Operation
    from ui.desktop.tasks.lane import OfficeWork

_JOBS = "ui.desktop.pages.certificates.booklet_jobs"
plan = Lazy(_JOBS, "plan")
move_place = Lazy(_JOBS, "move_place")
repeat_pages = Lazy(_JOBS, "repeat_pages")
start_next = Lazy(_JOBS, "start_next")
keep_layout = Lazy(_JOBS, "keep_layout")
NAMED = 8
"""So many people are named; of the others there is only the count."""


class Booklets(Protocol):
    """What the deeds ask of the view they belong to."""

    @property
    def year(self) -> int:
        """The year in sight."""
        ...

    @property
    def layout_now(self) -> Layout:
        """How the booklet is bound."""
        ...

    def chosen(self) -> BookletRow | None:
        """The booklet in the card."""
        ...

    def selected(self) -> Sequence[BookletRow]:
        """The selected booklets."""
        ...

    def rows(self) -> Sequence[BookletRow]:
        """All booklets of the year."""
        ...

    def school(self) -> tuple[str, str]:
        """Identity and name of the school that is filtered by."""
        ...

    def show_state(self, state: str) -> None:
        """List the booklets of one state."""
        ...


class BookletDeeds:
    """Asks what needs asking and has it done."""

    def __init__(self, session: Session, over: QWidget, view: Booklets) -> None:
        """Work for ``view``; windows open over ``over``."""
        self._session = session
        self._over = over
        self._view = view
        self.flow = PrintFlow(session, over)

    def go_stamping(self) -> None:
        """Go to where a year is stamped."""
        self._session.go.emit("stamping", None)

    def plan(self) -> None:
        """Ask for whom the year's lines are to be planned."""
        school, name = self._view.school()
        year, count = self._view.year, sum(one.stamped for one in self._view.rows())
        answers = [Answer("取消")]
        if school:
            answers.append(Answer(f"只排{name}", partial(self._plan, [school])))
        answers.append(Answer("排全部学校", partial(self._plan, []), "primary"))
        ask(
            self._over,
            f"排版 {year} 年度的续打？",
            f"已验印 {count:,} 人。当年的培训、更正和年度合计，各排到本人证书的下一行；排过的不会"
            "重复，也不移动已经打印的行。排好后再打印。",
            answers,
        )

    def print(self) -> None:
        """Go on with the run in which the chosen booklet waits, else with the first that waits."""
        chosen = self._view.chosen()
        runs = [chosen.run_id] if chosen else []
        runs += [one.run_id for one in self._view.rows()]
        if found := next(filter(None, runs), ""):
            self.flow.go_on(found)

    def repeat(self) -> None:
        """Ask which pages of the chosen booklet were spoilt."""
        one = self._view.chosen()
        pages = sorted(printed_pages(self._session.office, one.booklet)) if one else []
        if one is None or not pages:
            return
        sheet = ChooseSheet(
            "打坏重打",
            f"{one.name}的证书上打印过第 {say_pages(pages)} 页。重打的还是原来的内容、原来的行，"
            "其他人和其他页不动。",
            "列入待打印",
            self._over,
        )
        sheet.add_line("pages", "重打哪几页", say_pages(pages[:1]), hint="如 4,24")
        sheet.add_line("reason", "原因", SPOILT_REASONS[0], SPOILT_REASONS)

        def go_on(texts: dict[str, str]) -> None:
            try:
                wanted = parse_pages(texts["pages"], pages[-1])
            except UserError as error:
                sheet.refuse(error.sentence)
                return
            self._write(sheet, repeat_pages.bind(one.booklet, wanted, texts["reason"]))

        sheet.ask(go_on)

    def start_next(self) -> None:
        """Ask whether those whose booklets are full get the next one."""
        full = [one for one in self._view.selected() if one.full]
        if not full:
            return

        def go() -> None:
            def done(operation: Operation) -> None:
                words = f"已续发新册 {len(full):,} 本，请在登记册打印首页，再排版"
                self._session.undo_offered.emit(words, operation.id)

            work = start_next.bind([one.booklet for one in full])
            self._session.write("正在续发新册", work, done)

        ask(
            self._over,
            f"给{_names([one.name for one in full])}续发新册？",
            "旧册记为已满，仍然有效，上面的内容不动；新册另给编号，从第一行接着打，已经打过的"
            "不再打。旧册是遗失或写坏的，请在登记册“更换…”。",
            (Answer("取消"), Answer("续发新册", go, "primary")),
        )

    def move(self) -> None:
        """Ask from which line on the chosen booklet is written."""
        one = self._view.chosen()
        if one is None or not one.booklet:
            return
        layout = self._view.layout_now
        yearly = layout.yearly
        ends = f"，年度页第 {yearly.first}—{yearly.last} 页" if yearly else ""
        sheet = ChooseSheet(
            "改续打位置",
            f"{one.name}的证书前面已有手写或别处打印的内容时，写明从哪一行接着打。登记页第 "
            f"{layout.register.first}—{layout.register.last} 页{ends}。只影响以后的排版。",
            "保存",
            self._over,
        )
        sheet.add_line("page", "从第几页", str(one.register.page) if one.register else "")
        sheet.add_line("line", "第几行", str(one.register.line) if one.register else "")
        sheet.add_line("reason", "原因", hint="如 以前各年为手写")

        def go_on(texts: dict[str, str]) -> None:
            work = move_place.bind(one.booklet, texts["page"], texts["line"], texts["reason"])
            self._write(sheet, work)

        sheet.ask(go_on)

    def change_layout(self) -> None:
        """Ask how the booklet is bound."""
        sheet = LayoutSheet(self._over, self._view.layout_now)

        def keep(layout: Layout) -> None:
            def done(_: Operation) -> None:
                sheet.accept()
                self._session.told.emit("册页格式已保存，以后的排版照此办理。", "ok")

            def refused(error: OfficeError) -> None:
                sheet.refuse(error.sentence)

            self._session.write("正在保存", keep_layout.bind(layout), done, refused)

        sheet.wished.connect(keep)
        sheet.open()

    def _plan(self, schools: Sequence[str]) -> None:
        work = plan.bind(self._view.year, list(schools))
        self._session.write("正在排版续打", work, self._planned)

    def _planned(self, made: BookletPlan) -> None:
        run = made.run
        head = "没有新的内容要续打。"
        answers = [Answer("知道了", kind="" if run else "primary")]
        if run is not None:
            head = f"已排好 {made.people:,} 本 {made.lines:,} 行，共 {run.sheets:,} 页。"
            answers.append(Answer("现在打印…", partial(self.flow.go_on, run.id), "primary"))
            self._session.undo_offered.emit(made.operation.title + "已排版", made.operation.id)
        voided = list(dict.fromkeys(one.name for one in made.voided))
        parts = (
            ("证书已满，请续发新册后再排", [one.name for one in made.full]),
            ("没有继续教育证书，请在登记册发证后再排", [one.name for one in made.without]),
            ("验印已作废、证书上却已打印，请按规定更正", voided),
        )
        troubles = [f"{len(who):,} 人{words}：{_names(who)}。" for words, who in parts if who]
        words = "\n".join(troubles) or ("" if run else f"{self._view.year} 年度的都已经排过。")
        ask(self._over, head, words, answers, "warn" if troubles else "ok" if run else "info")
        if troubles and not run:
            self._view.show_state("full" if made.full else "without" if made.without else "voided")

    def _write(self, sheet: ChooseSheet, work: OfficeWork) -> None:
        def done(operation: Operation) -> None:
            sheet.accept()
            self._session.undo_offered.emit(operation.title, operation.id)

        def refused(error: OfficeError) -> None:
            sheet.refuse(error.sentence)

        self._session.write("正在保存", work, done, refused)


def _names(who: Sequence[str]) -> str:
    more = f"等 {len(who):,} 人" if len(who) > NAMED else ""
    return "、".join(who[:NAMED]) + more
