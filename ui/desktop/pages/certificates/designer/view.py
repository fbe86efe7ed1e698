"""证书样式: the forms at the left, the sheet in the middle, properties at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from reports.kit.form_checking import Complaint
from reports.kit.form_parts import Place
from reports.kit.form_shapes import Point
from ui.desktop.pages.certificates.designer.damaged import Damaged
from ui.desktop.pages.certificates.designer.deeds import Deeds, Desktop, TestPage
from ui.desktop.pages.certificates.designer.desk import Desk
from ui.desktop.pages.certificates.designer.draft import Draft
from ui.desktop.pages.certificates.designer.editors import said
from ui.desktop.pages.certificates.designer.edits import Edits
from ui.desktop.pages.certificates.designer.keys import Keys
from ui.desktop.pages.certificates.designer.listing import FormsList, PartsList
from ui.desktop.pages.certificates.designer.panes import Lists, framed, side_by_side
from ui.desktop.pages.certificates.designer.preview import Preview
from ui.desktop.pages.certificates.designer.properties import Properties
from ui.desktop.pages.certificates.designer.shelf import Shelf
from ui.desktop.pages.certificates.designer.strip import Strip
from ui.desktop.pages.certificates.designer.tools import Tools
from ui.desktop.pages.certificates.designer.values import Values
from ui.desktop.tasks.session import EVERYTHING, Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import column

INTERESTS = frozenset({"own_form"})


class DesignerView(QWidget):
    """The designer of certificate forms."""

    def __init__(self, session: Session, on_test_page: TestPage | None = None) -> None:
        """Make it; the forms are read when it is first seen.

        Args:
            session: the window's.
            on_test_page: prints a form with values; by default the test page is saved as a PDF.
        """
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("证书样式")
        self._session = session
        self._shelf = Shelf()
        self.draft = Draft(self)
        self.notice = NoticeBar()
        self.desk = Desk(self.draft)
        self.canvas = self.desk.canvas
        self.edits = Edits(self.draft)
        self.preview = Preview(session, self.draft, self.canvas)
        self.values = Values(session, self, self.preview.show_with)
        self.tools = Tools(self.canvas, self.edits, self.values.button)
        self.forms, self.parts = FormsList(), PartsList(self.draft)
        self.lists = Lists(self.forms, self.parts)
        self.properties = Properties(self.draft)
        self.damaged = Damaged()
        self.middle = QStackedWidget()
        self.strip = Strip()
        desktop = Desktop(session, self, self.notice, self._shelf, self.draft)
        self.deeds = Deeds(desktop, on_test_page)
        stack = self.draft.stack
        Keys(self.canvas, self.edits.keys(), lambda: not self.canvas.busy)
        Keys(
            self,
            {
                "Ctrl+Z": stack.undo,
                "Ctrl+Y": stack.redo,
                "Ctrl+Shift+Z": stack.redo,
                "Ctrl+S": self.save,
            },
        )
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read the forms anew; what is being worked on stays, unless nothing of it is unsaved."""
        before = self._shelf.name
        self._shelf.read(self._session.office)
        if self._shelf.name != before or not self.draft.dirty:
            self._open(self._shelf.name)
        self.forms.show_forms(self._shelf.forms, self._shelf.name)
        self._tell_clean(self.draft.stack.isClean())

    def show_form(self, name: str) -> None:
        """Work on another form; what is not saved is asked about first."""
        if name == self._shelf.name or self._shelf.known(name) is None:
            return
        self.forms.choose(self._shelf.name)
        if self.leave(partial(self._open, name)):
            self._open(name)

    def leave(self, then: Callable[[], object] | None = None) -> bool:
        """Whether it may be left; else the person is asked, and ``then`` follows the answer."""
        if not self.draft.dirty:
            return True
        go_on = then or (lambda: None)

        def drop() -> None:
            self.draft.begin(None)
            self._open(self._shelf.name)
            go_on()

        ask(
            self,
            f"“{self.draft.form.title}”的修改还没有保存。",
            "",
            (
                Answer("取消"),
                Answer("不保存", drop, "danger"),
                Answer("保存", partial(self.save, go_on), "primary"),
            ),
            "warn",
        )
        return False

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Keep the form as the office's own."""
        if not self.draft.there or not self.draft.dirty:
            return
        form = self.draft.form

        def settled() -> None:
            if self.draft.there and self.draft.form == form:
                self.draft.settle()
            if then is not None:
                then()

        self.deeds.save(form, settled)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the forms when it is first seen."""
        super().showEvent(event)
        if not self._shelf.forms:
            self.reload()
            self.canvas.setFocus()

    def _open(self, name: str) -> None:
        """Work on a form, or show what is wrong with it."""
        self._shelf.name = name
        self.forms.choose(name)
        one = self._shelf.current
        form = one.form if one is not None else None
        self.middle.setCurrentIndex(0 if form is not None else 1)
        self.tools.setEnabled(form is not None)
        self.properties.setEnabled(form is not None)
        if form is None:
            self.draft.begin(None)
            if one is not None:
                self.damaged.show_form(one)
        elif not self.draft.there or self.draft.dirty or self.draft.form != form:
            self.draft.begin(form)

    def _lay_out(self) -> None:
        work = QWidget()
        inside = column(self.desk, self.strip, gap=0)
        inside.setStretch(0, 1)
        work.setLayout(inside)
        self.middle.addWidget(work)
        self.middle.addWidget(self.damaged)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.GAP)
        layout.addWidget(self.tools)
        layout.addWidget(self.notice)
        parts = (self.lists, framed(self.middle), framed(self.properties))
        layout.addWidget(side_by_side(self._session.preferences, *parts), 1)

    def _connect(self) -> None:
        self.forms.wanted.connect(self.show_form)
        self.forms.menu_wanted.connect(self._open_menu)
        self.canvas.text_wanted.connect(self.properties.write_text)
        self.canvas.pointed.connect(self._tell_place)
        self.preview.looked.connect(self._tell_found)
        self.strip.wanted.connect(self._show_places)
        self.tools.save.clicked.connect(lambda: self.save())
        self.tools.lists.toggled.connect(self.lists.setVisible)
        self.lists.offer(
            (
                ("复制选中的样式…", self.deeds.copy),
                ("新建空白样式…", self.deeds.begin_blank),
                ("导入样式文件…", self.deeds.bring_in),
            )
        )
        self.tools.add_more(
            (
                ("打印测试页…", "printer", self._test_page),
                ("导出样式文件…", "file-up", self.deeds.export),
                ("导入样式文件…", "file-down", self.deeds.bring_in),
            )
        )
        self.draft.stack.cleanChanged.connect(self._tell_clean)
        self.damaged.save_wanted.connect(self._save_text)
        self.damaged.drop_wanted.connect(self.deeds.drop)
        self.deeds.made.connect(self._made)
        self._session.changed.connect(self._follow)

    def _open_menu(self, at: QPoint) -> None:
        """What can be done with the form that is chosen in the list."""
        menu = QMenu(self.forms)
        one = self._shelf.current
        menu.addAction("复制…").triggered.connect(self.deeds.copy)
        if one is not None and one.own:
            menu.addAction("改名…").triggered.connect(self.deeds.rename)
            word = "恢复原样…" if one.shipped else "删除…"
            menu.addAction(word).triggered.connect(self.deeds.drop)
        menu.popup(self.forms.mapToGlobal(at))

    def _tell_place(self, point: Point | None) -> None:
        words = f"{said(round(point[0], 1))}，{said(round(point[1], 1))} 毫米" if point else ""
        self.strip.place.setText(words)

    def _tell_found(self, found: Sequence[Complaint]) -> None:
        self.strip.show_found(found)
        self.canvas.overlay.doubtful = frozenset(place for one in found for place in one.places)
        self.canvas.overlay.update()

    def _show_places(self, those: tuple[Place, ...]) -> None:
        if those:
            self.draft.choose(those)

    def _test_page(self) -> None:
        self.deeds.test_page(self.preview.source)

    def _tell_clean(self, clean: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.tools.save.setEnabled(not clean)
        self.forms.mark_unsaved(self._shelf.name, unsaved=not clean)

    def _save_text(self, name: str, text: str) -> None:
        self.deeds.save_text(name, text, self.damaged.refuse)

    def _made(self, name: str) -> None:
        """Work on a form that is new; what was unsaved before lives on in it."""
        self._shelf.read(self._session.office)
        self.draft.begin(None)
        self._open(name)
        self.forms.show_forms(self._shelf.forms, name)

    def _follow(self, kinds: frozenset[str]) -> None:
        if self._shelf.forms and kinds & (INTERESTS | EVERYTHING):
            self.reload()
