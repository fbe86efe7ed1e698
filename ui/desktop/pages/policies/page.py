"""规则: the packs, when they hold, two of them compared; and the editor of one's own."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from models.errors import OfficeError
from models.policies.library import packs_of
from models.policies.use import text_of
from models.store.operations import Operation
from ui.desktop.pages.policies.editor import PackEditor
from ui.desktop.pages.policies.packs import PacksView
from ui.desktop.pages.policies.uses import UsesView
from ui.desktop.pages.policies.using import UseSheet
from ui.desktop.pages.policies.whatif import WhatIfView, open_file
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import boxed, column, tab_bar

_JOBS = "ui.desktop.pages.policies.jobs"
save_pack = Lazy(_JOBS, "save_pack")
drop_pack = Lazy(_JOBS, "drop_pack")
use_pack = Lazy(_JOBS, "use_pack")
end_use = Lazy(_JOBS, "end_use")
TABS = ("规则包", "适用期", "两套规则比较")
TITLE = "规则"
COPY = (
    "复制后可以随意修改，不影响随程序附带的规则。编号与原来相同，本单位的就代替附带的；"
    "另取编号，两套并存，可在“适用期”中指定用哪一套。"
)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class PoliciesPage(Page):
    """Three tabs, and the editor in their place while a pack is written."""

    help_page = "policies.md"
    interests = frozenset({"own_pack", "policy_use", "code_entry", "setting"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__(TITLE)
        self.session = session
        self.packs = PacksView(session)
        self.uses = UsesView(session)
        self.whatif = WhatIfView(session)
        self.editor = PackEditor(session)
        self.tabs = tab_bar("规则的分类")
        self.parts = QStackedWidget()
        for title, part in zip(TABS, (self.packs, self.uses, self.whatif), strict=True):
            self.tabs.addTab(title)
            self.parts.addWidget(part)
        self.stack = QStackedWidget()
        self._overview: QWidget = boxed(column(self.tabs, self.parts, gap=tokens.BLOCK))
        self.stack.addWidget(self._overview)
        self.stack.addWidget(self.editor)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.stack, 1)
        self._connect()

    def shown(self, argument: object = None) -> None:
        """Come into sight; ``"uses"`` or ``"compare"`` shows that tab, an id that pack."""
        if argument in ("uses", "compare"):
            self.tabs.setCurrentIndex(1 if argument == "uses" else 2)
        elif isinstance(argument, str) and argument:
            self.tabs.setCurrentIndex(0)
            self.packs.table.choose(argument)

    def reload(self) -> None:
        """Read the packs and periods anew; one that another version wrote may not be readable."""
        try:
            self.packs.show_packs()
            self.uses.show_uses()
            self.whatif.show_packs()
        except OfficeError as error:
            self.notice.tell(error.sentence, "error")
            return
        if not self._editing:
            self.count.setText(f"共 {len(packs_of(self.session.office))} 套")

    def focus_search(self) -> None:
        """Go to the field that finds words in the text."""
        if self._editing:
            self.editor.finder.setFocus()
            self.editor.finder.selectAll()

    def leave(self) -> bool:
        """Ask what becomes of a text that is not saved."""
        if not self._editing or not self.editor.dirty:
            return True
        ask(
            self,
            "规则的修改还没有保存。",
            "",
            (
                Answer("继续编辑"),
                Answer("不保存", self._show_overview, "danger"),
                Answer("保存", self.editor.save, "primary"),
            ),
            "warn",
        )
        return False

    def copy_pack(self, pack_id: str) -> None:
        """Ask for a name and an id, then open the copy in the editor."""
        pack = next(one for one in packs_of(self.session.office) if one.id == pack_id)
        sheet = ChooseSheet("复制为本单位规则", COPY, "复制并编辑", self, 520)
        sheet.add_line("title", "名称", f"{pack.title}（本单位）")
        sheet.add_line("id", "编号", f"{pack_id}-own", hint="小写英文、数字和连字符")

        def begin(texts: dict[str, str]) -> None:
            if not texts["title"] or not _ID.fullmatch(texts["id"]):
                sheet.refuse("名称要填；编号只能用小写英文字母、数字和连字符，如 huadian-2026。")
                return
            sheet.accept()
            text = renamed(text_of(self.session.office, pack_id), texts["id"], texts["title"])
            self._open_editor(text, saved=False)

        sheet.ask(begin)

    def edit_pack(self, pack_id: str) -> None:
        """Open a pack of the office's own in the editor."""
        self._open_editor(text_of(self.session.office, pack_id), saved=True)

    def drop_pack(self, pack_id: str) -> None:
        """Delete a pack of the office's own; the bar offers to undo it."""
        self.session.write("正在删除", drop_pack.bind(pack_id), self._offer_undo)

    def decide_use(self, pack_id: str = "") -> None:
        """Ask from when until when a pack shall hold."""
        packs = packs_of(self.session.office)
        sheet = UseSheet(self.session.office, packs, pack_id or self.packs.chosen(), self)

        def refused(error: OfficeError) -> None:
            sheet.refuse(error.sentence)

        def done(operation: Operation) -> None:
            sheet.done(1)
            self._offer_undo(operation)

        def save(pack_id: str, first: date, last: date) -> None:
            work = use_pack.bind(pack_id, first, last)
            self.session.write("正在保存", work, done, refused)

        sheet.ask(save)

    @property
    def _editing(self) -> bool:
        return self.stack.currentWidget() is self.editor

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self.parts.setCurrentIndex)
        self.packs.copy_wanted.connect(self.copy_pack)
        self.packs.edit_wanted.connect(self.edit_pack)
        self.packs.drop_wanted.connect(self.drop_pack)
        self.packs.use_wanted.connect(self.decide_use)
        self.uses.use_wanted.connect(self.decide_use)
        self.uses.end_wanted.connect(self._end_use)
        self.whatif.told.connect(self._told)
        self.editor.save_wanted.connect(self._save)
        self.editor.left.connect(self._go_back)

    def _open_editor(self, text: str, *, saved: bool) -> None:
        self.editor.begin(text, saved=saved)
        self.stack.setCurrentWidget(self.editor)
        self.title.setText("编辑规则")
        self.count.setText("")
        self.editor.edit.setFocus()

    def _go_back(self) -> None:
        if self.leave():
            self._show_overview()

    def _show_overview(self) -> None:
        self.editor.begin("", saved=True)
        self.stack.setCurrentWidget(self._overview)
        self.title.setText(TITLE)
        self.reload()

    def _save(self, text: str) -> None:
        work = save_pack.bind(text)
        self.session.write("正在保存", work, partial(self._saved, text))

    def _saved(self, text: str, operation: Operation) -> None:
        self.editor.settle(text)
        self._offer_undo(operation)

    def _end_use(self, use_id: str) -> None:
        self.session.write("正在保存", end_use.bind(use_id), self._offer_undo)

    def _offer_undo(self, operation: Operation) -> None:
        self.session.undo_offered.emit(f"已{operation.title}", operation.id)

    def _told(self, words: str, tone: str, file: str) -> None:
        self.notice.tell(words, tone, "打开文件" if file else "", partial(open_file, file))


def renamed(text: str, pack_id: str, title: str) -> str:
    """A pack's text under another id and title."""
    told = title.replace("\\", "").replace('"', "”")
    text = re.sub(r"^id\s*=.*$", lambda _: f'id = "{pack_id}"', text, count=1, flags=re.MULTILINE)
    return re.sub(
        r"^title\s*=.*$", lambda _: f'title = "{told}"', text, count=1, flags=re.MULTILINE
    )
