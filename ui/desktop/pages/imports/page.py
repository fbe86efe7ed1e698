"""Excel 导入: the wizard, the moves it could not decide, and the imports of before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget

from models.exchange.plans import KIND_TITLES, ImportKind
from ui.desktop.pages.imports import saving
from ui.desktop.pages.imports.flow import DONE
from ui.desktop.pages.imports.questions import QuestionsTab
from ui.desktop.pages.imports.records import RecordsTab
from ui.desktop.pages.imports.wizard import Wizard
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button, tab_bar

WIZARD, QUESTIONS, BATCHES = range(3)
QUESTIONS_TAB, BATCHES_TAB = "questions", "batches"
NOTHING_COPIED = "剪贴板里没有表格内容，请先在 Excel 或 WPS 中选中几行并复制。"

_make_template = Lazy("ui.desktop.pages.imports.jobs", "make_template")


class ImportsPage(Page):
    """Three tabs: import a file, confirm moves, past imports."""

    help_page = "imports.md"
    interests = frozenset({"import_batch", "staff_question", "teacher", "institution"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("Excel 导入")
        self.session = session
        self.tabs = tab_bar("导入、待确认的调动、导入记录")
        for title in ("导入文件", "待确认的调动", "导入记录"):
            self.tabs.addTab(title)
        self.wizard = Wizard(session, self.notice)
        self.questions = QuestionsTab(session)
        self.records = RecordsTab(session)
        self._stack = QStackedWidget()
        for widget in (self.wizard, self.questions, self.records):
            self._stack.addWidget(widget)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.wizard.questions_asked.connect(partial(self.tabs.setCurrentIndex, QUESTIONS))
        self.buttons.addWidget(self._template_button())
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.notice)
        self.body.addWidget(self._stack, 1)

    def reload(self) -> None:
        """Read questions and records anew."""
        self.questions.reload()
        self.records.reload()
        count = self.questions.count
        self.tabs.setTabText(QUESTIONS, f"待确认的调动（{count:,}）" if count else "待确认的调动")
        if self.wizard.flow.step == DONE:
            self.wizard.show_state()

    def shown(self, argument: object = None) -> None:
        """Come into sight.

        Args:
            argument: ``"files"`` asks for files, ``{"paste": titles}`` takes what was copied,
                ``"questions"`` and ``"batches"`` show their tabs, a list of paths is imported.
        """
        if isinstance(argument, dict):
            self.paste(_texts(cast("Mapping[str, object]", argument).get("paste")))
        elif isinstance(argument, list):
            self._begin()
            self.wizard.flow.add([Path(one) for one in _texts(cast("list[object]", argument))])
        elif argument in (QUESTIONS_TAB, BATCHES_TAB):
            self.tabs.setCurrentIndex(QUESTIONS if argument == QUESTIONS_TAB else BATCHES)
        elif argument is not None:
            self._begin()
            if argument == "files":
                self.wizard.choose()

    def focus_search(self) -> None:
        """Go to the search field of the check."""
        if self.tabs.currentIndex() == WIZARD:
            self.wizard.checking.search.setFocus()

    def paste(self, titles: Sequence[str] = ()) -> None:
        """Take the rows that were copied in a spreadsheet; ``titles`` name columns without one."""
        self._begin()
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.wizard.flow.paste(text, titles)
        else:
            self.notice.tell(NOTHING_COPIED, "info")

    def template(self, kind: ImportKind) -> None:
        """Ask where to write an empty workbook to fill in, and write it."""
        name = f"{KIND_TITLES[kind]}模板.xlsx"
        preferences = self.session.preferences
        saving.choose_workbook(self, preferences, name, partial(self._write_template, kind))

    def _begin(self) -> None:
        self.tabs.setCurrentIndex(WIZARD)
        if self.wizard.flow.step == DONE:
            self.wizard.flow.restart()

    def _template_button(self) -> QPushButton:
        found = button("下载模板", drawing="download")
        menu = QMenu(found)
        for kind, title in KIND_TITLES.items():
            if self.session.edition.hides(f"imports.{kind}"):
                continue
            menu.addAction(f"{title}模板…", partial(self.template, kind))
        found.setMenu(menu)
        return found

    def _write_template(self, kind: ImportKind, out: Path) -> None:
        self.session.read("正在写模板", _make_template.bind(kind, out), self._template_written)

    def _template_written(self, out: Path) -> None:
        self.notice.tell(f"模板已写到 {out}，填好后拖到本页导入。", "ok")


def _texts(found: object) -> list[str]:
    """The items of a list handed over as text; none where it is no list."""
    if not isinstance(found, list | tuple):
        return []
    return [str(one) for one in cast("Sequence[object]", found)]
