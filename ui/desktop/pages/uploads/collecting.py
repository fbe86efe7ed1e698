"""收表: templates out to the schools, what came back, what is open, who is missing."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QFileDialog, QStackedWidget

from models.entities.problems import Severity
from models.staff.institutions import institution_names
from ui.desktop.pages.uploads.collect_sheets import AnswersSheet, template_sheet
from ui.desktop.pages.uploads.questions import QuestionsPart
from ui.desktop.pages.uploads.schools import SchoolsPart
from ui.desktop.pages.uploads.view import View
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets.asking import offer_undo
from ui.desktop.widgets.parts import button, label, row, tab_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.collecting.returning import ReturnFile
    from models.collecting.rounds import TemplateWish
    from models.collecting.templates import Templates
    from models.errors import OfficeError
    from models.store.operations import Operation
    from ui.desktop.pages.uploads.collect_reads import Collected, Gathered
    from ui.desktop.tasks.session import Session
    from ui.desktop.widgets.picking import PickSheet

_READS, _JOBS = "ui.desktop.pages.uploads.collect_reads", "ui.desktop.pages.uploads.collect_jobs"
collected = Lazy(_READS, "collected")
gathered = Lazy(_READS, "gathered")
wish_of = Lazy(_JOBS, "wish_of")
make_templates = Lazy(_JOBS, "make_templates")
take = Lazy(_JOBS, "take")
give_back = Lazy(_JOBS, "give_back")
TITLES = ("学校", "待处理")


class CollectView(View):
    """A collection of a year: its schools and its questions under tabs of their own."""

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__(session)
        self.found: Collected | None = None
        self._year = 0
        self.rounds = QComboBox()
        self.rounds.setAccessibleName("收表的年度")
        self.figures = label("", "muted", wrap=True)
        self.schools = SchoolsPart(session, self.make, self._give_back_one)
        self.questions = QuestionsPart(session)
        self.tabs = tab_bar("学校和待处理")
        self.stack = QStackedWidget()
        for title, part in zip(TITLES, (self.schools, self.questions), strict=True):
            self.tabs.addTab(title)
            self.stack.addWidget(part)
        self._make = button("生成学校模板…", self.make, kind="primary", drawing="file-up")
        self._read = button("读交回的表…", self.read, drawing="file-down")
        self._return = button("退回有问题的行…", self.give_back)
        self.lines.addLayout(row(self.rounds, self._make, self._read, self._return, None))
        self.lines.addWidget(self.figures)
        self.lines.addWidget(self.tabs)
        self.lines.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.rounds.activated.connect(self._turn)

    def reload(self) -> None:
        """Read the collection in sight."""
        work = collected.bind(self._year)
        self.session.read("正在读取收表情况", work, self._filled, quiet=True)

    def focus_search(self) -> None:
        """Go to the search field of the part in sight."""
        part = (self.schools, self.questions)[self.tabs.currentIndex()]
        part.filters.search.setFocus()

    def make(self) -> None:
        """Ask which templates, then where to; write them."""
        one = self.found.round if self.found else None
        today = self.session.office.store.clock.today()
        names = sorted(institution_names(self.session.office).values())
        year, due = (one.year, one.due) if one else (today.year, "")
        sheet = template_sheet(self, year, due, names)

        def answered(texts: dict[str, str]) -> None:
            work = wish_of.bind(texts)
            self.session.read("正在核对", work, partial(self._where_to, sheet), refused, quiet=True)

        def refused(error: OfficeError) -> None:
            sheet.refuse(error.sentence)

        sheet.ask(answered)

    def read(self) -> None:
        """Ask for the folder, show what it holds, and take it in."""
        one = self.found.round if self.found else None
        folder = self._folder("学校交回的表在哪个文件夹（可选 U 盘）") if one else None
        if one is not None and folder is not None:
            self._gather(folder, one.year)

    def take_files(self, paths: Sequence[Path]) -> None:
        """A folder dropped here holds the schools' files; of a file its folder is read."""
        one = self.found.round if self.found else None
        if one is not None:
            first = paths[0]
            self._gather(first if first.is_dir() else first.parent, one.year)
        else:
            self.session.told.emit("还没有发过学校模板，没有要收的表。", "warn")

    def _gather(self, folder: Path, year: int) -> None:
        work = gathered.bind(folder, year)
        self.session.read("正在读各校的表", work, self._show_answers)

    def give_back(self, school_id: str = "") -> None:
        """Ask where the bad rows go, and write them, one workbook a school."""
        one = self.found.round if self.found else None
        folder = self._folder("退回的表放在哪个文件夹（可选 U 盘）") if one else None
        if one is not None and folder is not None:
            work = give_back.bind(one.id, folder, school_id)
            self.session.write("正在写退回的表", work, partial(self._given_back, folder))

    def _give_back_one(self, school_id: str) -> None:
        self.give_back(school_id)

    def _folder(self, words: str) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self, words)
        return Path(chosen) if chosen else None

    def _where_to(self, sheet: PickSheet, wish: TemplateWish) -> None:
        folder = self._folder("模板放在哪个文件夹（可选 U 盘）")
        if folder is None:
            return
        sheet.accept()
        self._year = wish.year
        work = make_templates.bind(wish, folder)
        self.session.write("正在写学校模板", work, partial(self._made, folder))

    def _made(self, folder: Path, found: Templates) -> None:
        words = f"已写 {len(found.files)} 份模板到 {folder.name}，请发给学校填写。"
        self.session.told.emit(words, "ok")

    def _show_answers(self, found: Gathered) -> None:
        sheet = AnswersSheet(found, self)

        def agreed(also: list[Path], without: list[Path]) -> None:
            work = take.bind(found.answers, also, without)
            self.session.write("正在收表", work, done, lambda error: sheet.refuse(error.sentence))

        def done(operation: Operation) -> None:
            sheet.accept()
            offer_undo(self.session, operation)

        sheet.agreed.connect(agreed)
        sheet.open()

    def _given_back(self, folder: Path, files: list[ReturnFile]) -> None:
        rows = sum(one.rows for one in files)
        words = f"已写 {len(files)} 份、{rows} 行到 {folder.name}，请退给学校改。"
        self.session.told.emit(words, "ok")

    def _turn(self, *_: int) -> None:
        self._year = int(self.rounds.currentData())
        self.reload()

    def _filled(self, found: Collected) -> None:
        self.found = found
        one = found.round
        self.rounds.clear()
        for each in found.rounds:
            self.rounds.addItem(f"{each.year} 年", each.year)
        self.rounds.setVisible(bool(found.rounds))
        if one is not None:
            self.rounds.setCurrentIndex(self.rounds.findData(one.year))
        self.schools.show_collected(found)
        self.questions.show_collected(found)
        bad = any(each.severity is Severity.REFUSE for each in found.questions)
        self._read.setEnabled(one is not None)
        self._return.setEnabled(bad)
        waiting = len(found.questions)
        self.tabs.setTabText(1, f"{TITLES[1]}（{waiting:,}）" if waiting else TITLES[1])
        self.figures.setText(_figures(found))
        self.figures.setVisible(one is not None)
        missing = sum(each.missing for each in found.schools)
        words = f"{len(found.schools)} 所学校，未交 {missing} 所" if one else ""
        self.counted.emit(words)


def _figures(found: Collected) -> str:
    if found.round is None:
        return ""
    missing = sum(one.missing for one in found.schools)
    told = [f"交回 {len(found.schools) - missing} 所，未交 {missing} 所"]
    if found.round.due:
        told.insert(0, f"请 {found.round.due} 前交")
    refused = sum(one.refused for one in found.schools)
    asked = sum(one.asked for one in found.schools)
    if refused:
        told.append(f"要学校改的 {refused:,} 行")
    if asked:
        told.append(f"收下了、请看一眼的 {asked:,} 行")
    return "；".join(told) + "。"
