"""What is done with a whole form: saved, copied, renamed, taken out, exchanged as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from models.errors import OfficeError
from models.store.operations import Operation
from reports.kit.forms import Form
from ui.desktop.pages.certificates.designer import jobs
from ui.desktop.pages.certificates.designer.draft import Draft
from ui.desktop.pages.certificates.designer.rendering import Source
from ui.desktop.pages.certificates.designer.shelf import Shelf
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.saving import PDF, ask_for_file, ask_where_to

TOML = "证书样式文件 (*.toml)"
BLANK = Form(name="form", title="新样式", width=210, height=297, fields=())


TestPage = Callable[[Form, Source], object]


@dataclass(frozen=True, slots=True)
class Desktop:
    """What of the view the deeds need.

    Attributes:
        session: the window's.
        over: the widget over which windows open.
        notice: where sentences are told.
        shelf: the forms.
        draft: the one that is worked on.
    """

    session: Session
    over: QWidget
    notice: NoticeBar
    shelf: Shelf
    draft: Draft


class Deeds(QObject):
    """Asks what needs asking, has it done on the lanes, offers to undo it.

    Signals:
        made: the name of a form that is new.
    """

    made = Signal(str)

    def __init__(self, desk: Desktop, on_test_page: TestPage | None = None) -> None:
        """Work for a view.

        Args:
            desk: what of the view is needed.
            on_test_page: prints a form with values; by default the test page is saved as a PDF.
        """
        super().__init__(desk.over)
        self._session = desk.session
        self._over = desk.over
        self._notice = desk.notice
        self._shelf = desk.shelf
        self._draft = desk.draft
        self._on_test_page = on_test_page or self._save_test_page

    def save(self, form: Form, then: Callable[[], object]) -> None:
        """Keep a form as the office's own."""

        def done(operation: Operation) -> None:
            then()
            self._offer_undo(operation)

        self._session.write("正在保存", jobs.bound(jobs.save_form, form), done, self._refused)

    def save_text(self, name: str, text: str, refused: Callable[[str], object]) -> None:
        """Keep the text of a form."""
        work = jobs.bound(jobs.save_text, name, text)

        def told(error: OfficeError) -> None:
            refused(error.sentence)

        self._session.write("正在保存", work, self._offer_undo, told)

    def copy(self) -> None:
        """Ask for a title, then keep the form on the desk under it."""
        if not self._draft.there:
            return
        form = self._draft.form
        said = f"以“{form.title}”为底稿，新增一个本单位的样式。"
        sheet = ChooseSheet("复制为新样式", said, "复制", self._over)
        sheet.add_line("title", "名称", f"{form.title}（副本）")
        sheet.ask(partial(self._copied, sheet, form))

    def begin_blank(self) -> None:
        """Ask for a title and a size, then keep an empty form."""
        sheet = ChooseSheet(
            "新建空白样式", "长度单位毫米；A4 横放是 297 × 210。", "新建", self._over
        )
        sheet.add_line("title", "名称", hint="如 荣誉证书")
        sheet.add_line("width", "纸宽（毫米）", "297")
        sheet.add_line("height", "纸高（毫米）", "210")
        sheet.ask(partial(self._blank, sheet))

    def rename(self) -> None:
        """Ask for another title of the form on the desk; a shipped one is copied instead."""
        one = self._shelf.current
        if one is None or one.form is None or self._draft.dirty:
            self._tell("请先保存或放弃修改，再改名。")
            return
        if not one.own:
            self.copy()
            return
        sheet = ChooseSheet("改名", f"“{one.title}”改叫什么？", "改名", self._over)
        sheet.add_line("title", "名称", one.title)

        def go_on(texts: dict[str, str]) -> None:
            if not texts["title"]:
                sheet.refuse("名称要填。")
                return
            work = jobs.bound(jobs.rename_form, one.name, texts["title"])
            self._write(sheet, work, self._offer_undo)

        sheet.ask(go_on)

    def drop(self) -> None:
        """Take the form on the desk out, once the person agrees."""
        one = self._shelf.current
        if one is None or not one.own:
            self._tell("随程序附带的样式不能删除，也没有改过。")
            return
        if one.shipped:
            question, word = f"恢复“{one.title}”的原样？", "恢复原样"
            details = "本单位对它的修改不再使用。恢复后可以撤销。"
        else:
            question, word = f"删除样式“{one.title}”？", "删除"
            details = "已经发出的证书不受影响。删除后可以撤销。"
        work = jobs.bound(jobs.drop_form, one.name, one.title)

        def go_on() -> None:
            self._session.write("正在删除", work, self._offer_undo, self._refused)

        ask(self._over, question, details, (Answer("取消"), Answer(word, go_on, "danger")), "warn")

    def export(self) -> None:
        """Ask where the form on the desk goes as a file, and write it."""
        if not self._draft.there:
            return
        form = self._draft.form
        out = ask_where_to(self._over, f"{form.title}.toml", TOML)
        if out is not None:
            work = jobs.bound(jobs.write_file, form, out)
            self._session.read("正在导出", work, self._written, self._refused)

    def bring_in(self) -> None:
        """Ask for a file and keep what it describes."""
        file = ask_for_file(self._over, "导入样式文件", TOML)
        if file is None:
            return

        def read(form: Form) -> None:
            there = self._shelf.known(form.name)
            if there is None:
                self._keep_new(form)
                return
            ask(
                self._over,
                f"已有编号为“{form.name}”的样式“{there.title}”。",
                f"文件中的样式是“{form.title}”。",
                (
                    Answer("取消"),
                    Answer("替换", partial(self.save, form, partial(self.made.emit, form.name))),
                    Answer("另存为新样式", partial(self._keep_new, form), "primary"),
                ),
            )

        work = jobs.bound(jobs.read_file, file)
        self._session.read("正在读取", work, read, self._refused)

    def test_page(self, source: Source) -> None:
        """Print the form on the desk with some values."""
        if self._draft.there:
            self._on_test_page(self._draft.form, source)

    def _save_test_page(self, form: Form, source: Source) -> None:
        out = ask_where_to(self._over, f"{form.title}-测试页.pdf", PDF)
        if out is not None:
            work = jobs.bound(jobs.test_page, form, source, out)
            self._session.read("正在生成测试页", work, self._written, self._refused)

    def _copied(self, sheet: ChooseSheet, form: Form, texts: dict[str, str]) -> None:
        if not texts["title"]:
            sheet.refuse("名称要填。")
            return
        self._keep_new(form.model_copy(update={"title": texts["title"]}), sheet)

    def _blank(self, sheet: ChooseSheet, texts: dict[str, str]) -> None:
        try:
            size = {side: float(texts[side]) for side in ("width", "height")}
            form = Form.model_validate({**dict(BLANK), "title": texts["title"], **size})
        except ValueError:
            sheet.refuse("纸宽、纸高要填 20 到 1200 之间的数字。")
            return
        self._copied(sheet, form, texts)

    def _keep_new(self, form: Form, sheet: ChooseSheet | None = None) -> None:
        def done(result: tuple[Operation, str]) -> None:
            operation, name = result
            self.made.emit(name)
            self._offer_undo(operation)

        self._write(sheet, jobs.bound(jobs.copy_form, form), done)

    def _write(
        self, sheet: ChooseSheet | None, work: jobs.Work, done: Callable[..., object]
    ) -> None:
        """Have something written; the sheet that asked for it closes, or says why not."""

        def well(result: object) -> None:
            if sheet is not None:
                sheet.accept()
            done(result)

        def refused(error: OfficeError) -> None:
            (sheet.refuse if sheet is not None else self._tell)(error.sentence)

        self._session.write("正在保存", work, well, refused)

    def _written(self, file: Path) -> None:
        def open_it() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

        self._notice.tell(f"已生成 {file}", "ok", "打开文件", open_it)

    def _refused(self, error: OfficeError) -> None:
        self._tell(error.sentence)

    def _tell(self, sentence: str) -> None:
        self._notice.tell(sentence, "error")

    def _offer_undo(self, operation: Operation) -> None:
        self._session.undo_offered.emit(f"已{operation.title}", operation.id)
