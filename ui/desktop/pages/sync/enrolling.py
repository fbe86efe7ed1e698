"""Who may exchange: registering a school, registering it anew, ending it, and changing keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import OfficeError
from ui.desktop.pages.sync.code_sheet import CodeSheet, Secret
from ui.desktop.pages.sync.drives import DrivesCard
from ui.desktop.tasks.lane import OfficeWork
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.saving import ask_for_file

if TYPE_CHECKING:
    from models.office.context import Office
    from models.progress import Progress
    from ui.desktop.pages.sync.jobs import Enrolled
    from ui.desktop.widgets.page import Page

_JOBS = "ui.desktop.pages.sync.jobs"
enrol_school = Lazy(_JOBS, "enrol_school")
end_school = Lazy(_JOBS, "end_school")
change_keys = Lazy(_JOBS, "change_keys")
rescue = Lazy(_JOBS, "rescue")
readmit = Lazy(_JOBS, "readmit")
make_recovery_code = Lazy(_JOBS, "make_recovery_code")
make_slip = Lazy(_JOBS, "make_slip")
make_recovery_slip = Lazy(_JOBS, "make_recovery_slip")
PACKAGES = "交换包 (*.sxb);;所有文件 (*)"
NO_PLACE = "注册文件写到哪里？请先在本页选 U 盘或文件夹，再点一次。"
PER_LINE = 5
"""Groups of the recovery code a line."""


class EnrolDeeds:
    """The deeds that concern who may exchange."""

    def __init__(self, session: Session, page: Page, drives: DrivesCard) -> None:
        """Work for a page, over which windows open."""
        self._session = session
        self._page = page
        self._drives = drives

    def enrol(self, school_id: str, name: str) -> None:
        """Write a school's enrolment file and show its code."""
        if (place := self._place()) is not None:
            details = f"注册文件写到 {place}，带着该校的数据；然后显示 24 位注册码，请打印。"
            yes = Answer("注册", partial(self._enrol, school_id, "", place), "primary")
            ask(self._page, f"给“{name}”注册？", details, (Answer("取消"), yes))

    def enrol_again(self, school_id: str, name: str, reason: str) -> None:
        """End a school's registration and write a new enrolment file."""
        if (place := self._place()) is not None:
            words = (
                f"旧的电脑从现在起不能再和县里交换；已经读入的数据都在。新的注册文件写到 {place}。"
            )
            sheet = self._asking(f"重新注册“{name}”", words, "重新注册", reason)
            sheet.ask(partial(self._enrol_again, sheet, school_id, place))

    def end(self, school_id: str, name: str, reason: str) -> None:
        """Take no more packages from a school's computer."""
        words = "不再读它的包，也不再给它写包；以前读入的数据都在。以后可以重新注册。"
        sheet = self._asking(f"停用“{name}”的注册", words, "停用", reason)
        sheet.ask(lambda texts: self._said(sheet, end_school.bind(school_id, texts["reason"])))

    def change_keys(self, reason: str) -> None:
        """Give this office new keys; the others hear of it by the next package."""
        words = (
            "新密钥马上启用，对方读到下一个包就自动认得；还没读的旧包照样能读，"
            "县里没用过的注册文件作废。"
        )
        sheet = self._asking("更换本机的密钥", words, "更换", reason)
        sheet.ask(lambda texts: self._said(sheet, change_keys.bind(texts["reason"])))

    def rescue(self, reason: str) -> None:
        """Give the county new keys by its recovery code."""
        words = "先从备份恢复县里的数据，再用封存的恢复码换新密钥。各校不用重新注册。"
        sheet = self._asking("用恢复码换新密钥", words, "换新密钥", reason)
        sheet.add_line("code", "恢复码", hint="14 组，每组 4 个字母或数字")

        def go_on(texts: dict[str, str]) -> None:
            self._said(sheet, rescue.bind(texts["code"], texts["reason"]))

        sheet.ask(go_on)

    def readmit(self) -> None:
        """Take a school back into the roster by a package of its own."""
        file = ask_for_file(self._page, "选择学校带来的包", PACKAGES)
        if file is not None:
            work = readmit.bind(file)
            self._session.write("正在核对注册证明", work, self._told, self._failed)

    def make_recovery_code(self) -> None:
        """Make the county's recovery code and show it."""
        work = make_recovery_code.bind()
        self._session.write("正在制作恢复码", work, self._show_recovery, self._failed)

    def _place(self) -> Path | None:
        found = self._drives.chosen
        if found is None:
            self._page.notice.tell(NO_PLACE, "warn", "选择文件夹…", self._drives.choose_folder)
        return found

    def _asking(self, title: str, words: str, action: str, reason: str) -> ChooseSheet:
        sheet = ChooseSheet(title, words, action, self._page)
        sheet.add_line("reason", "原因（留在做过的事里）", reason)
        return sheet

    def _enrol_again(
        self, sheet: ChooseSheet, school_id: str, place: Path, texts: dict[str, str]
    ) -> None:
        if texts["reason"]:
            sheet.accept()
            self._enrol(school_id, texts["reason"], place)
        else:
            sheet.refuse("请写明原因，例如：电脑损坏。")

    def _enrol(self, school_id: str, again: str, place: Path) -> None:
        work = enrol_school.bind(school_id, again, place)
        self._session.write("正在写注册文件", work, self._enrolled, self._failed)

    def _enrolled(self, found: Enrolled) -> None:
        def paper(office: Office, progress: Progress, out: Path) -> object:
            return make_slip(office, progress, found, out)

        secret = Secret(
            name="注册码",
            heading=f"{found.school}的注册文件写好了",
            where=str(found.file),
            lines=(found.code,),
            warning="注册码只在这里显示一次，程序不保存。请现在打印，和 U 盘分开带给学校。",
            paper=paper,
        )
        CodeSheet(self._page, self._session, secret).open()

    def _show_recovery(self, code: str) -> None:
        def paper(office: Office, progress: Progress, out: Path) -> object:
            return make_recovery_slip(office, progress, code, out)

        secret = Secret(
            name="恢复码",
            heading="县交换恢复码做好了",
            where="",
            lines=_in_lines(code.split("-")),
            warning="恢复码只在这里显示一次，程序不保存。请打印两份，分别封存在两处。",
            paper=paper,
        )
        CodeSheet(self._page, self._session, secret).open()

    def _said(self, sheet: ChooseSheet, work: OfficeWork) -> None:
        """Do it and close the window; what is refused is said in it."""

        def done(sentence: str) -> None:
            sheet.accept()
            self._told(sentence)

        self._session.write("正在保存", work, done, lambda error: sheet.refuse(error.sentence))

    def _told(self, sentence: str) -> None:
        self._page.notice.tell(sentence, "ok")

    def _failed(self, error: OfficeError) -> None:
        self._page.notice.tell(error.sentence, "error")


def _in_lines(groups: Sequence[str]) -> tuple[str, ...]:
    return tuple("-".join(groups[at : at + PER_LINE]) for at in range(0, len(groups), PER_LINE))
