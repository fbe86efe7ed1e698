"""From a wish to paper: the sheets are listed, drawn, looked at, printed, and accounted for."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.desktop.pages.certificates.print_records import SPOILT_REASONS, Account, Drawn
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Answer, ask, tell
from ui.desktop.widgets.missing_glyphs import MissingSheet
from ui.desktop.widgets.paper.preview import MadePaper, PreviewWindow, show_preview

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from models.certificates.printing import RunWish
    from models.certificates.sheets import PrintRun
    from models.errors import OfficeError
    from reports.inputs.fonts import NameMissing
    from ui.desktop.pages.certificates.print_records import Taken
    from ui.desktop.widgets.paper.coming_out import PrintOutcome
    from ui.desktop.widgets.paper.printers import PrintPort

_JOBS = "ui.desktop.pages.certificates.print_jobs"
begin = Lazy(_JOBS, "begin")
names_missing = Lazy(_JOBS, "names_missing")
draw_run = Lazy(_JOBS, "draw_run")
mark_outcome = Lazy(_JOBS, "mark_outcome")
NOT_WRITTEN = "这次打印的结果没有记入登记册。请到“打印批次”中记为打好或记打坏。"


class PrintFlow:
    """Takes a print run from its beginning to what came out of the printer."""

    def __init__(self, session: Session, over: QWidget, port: PrintPort | None = None) -> None:
        """Work over a view.

        Args:
            session: where it reads and writes.
            over: over which windows open.
            port: the way to paper; by default this computer's printers.
        """
        self._session = session
        self._over = over
        self._port = port
        self.window: PreviewWindow | None = None

    def begin(self, wish: RunWish) -> None:
        """List the sheets of a new run and go on with it."""

        def begun(run: PrintRun) -> None:
            self.go_on(run.id)

        self._session.write("正在准备打印", begin.bind(wish), begun, self._refused)

    def go_on(self, run_id: str) -> None:
        """Draw what waits of a run and open its preview, one file after the other."""
        self.with_names(run_id, partial(self._draw, run_id))

    def with_names(self, run_id: str, go: Callable[[frozenset[str]], object]) -> None:
        """Ask about names no font can print; then ``go`` with the teachers that are left out."""

        def found(people: Sequence[NameMissing]) -> None:
            if people:
                MissingSheet(self._session, self._over, people, go).open()
            else:
                go(frozenset())

        work = names_missing.bind(run_id)
        self._session.read("正在检查姓名", work, found, self._refused)

    def _draw(self, run_id: str, left_out: frozenset[str]) -> None:
        folder = TemporaryDirectory(prefix="shixuntong-", ignore_cleanup_errors=True)

        def drawn(files: Sequence[Drawn]) -> None:
            self._show(list(files), folder)

        def refused(error: OfficeError) -> None:
            folder.cleanup()
            self._refused(error)

        work = draw_run.bind(run_id, Path(folder.name), left_out)
        self._session.read("正在生成证书", work, drawn, refused)

    def _show(self, files: list[Drawn], folder: TemporaryDirectory[str]) -> None:
        """Show the first of the files; closing it asks whether to go on with the next."""
        one = files.pop(0)
        paper = MadePaper(
            one.pdf,
            f"{one.title}　{len(one.places):,} {one.run.unit}",
            f"{one.title}.pdf",
            printed=partial(self._came_out, one),
            background=(lambda _page: one.sheet) if one.sheet else None,
            folder=None if files else folder,
        )
        self.window = show_preview(self._over, self._session, paper, self._port)
        if files:
            self.window.finished.connect(partial(self._next, files, folder))

    def _next(self, files: list[Drawn], folder: TemporaryDirectory[str], _result: int) -> None:
        one = files[0]
        count = f"{one.title}　{len(one.places):,} {one.run.unit}"
        asked = ask(
            self._over,
            f"还有 {len(files):,} 个文件没有看，下一个：{count}。",
            "以后再打的留作待打印，可以在“打印批次”中继续。",
            (
                Answer("以后再打", folder.cleanup),
                Answer("打开下一个", partial(self._show, files, folder), "primary"),
            ),
        )
        asked.rejected.connect(folder.cleanup)

    def _came_out(self, one: Drawn, outcome: PrintOutcome) -> None:
        good = [one.places[page - 1] for page in outcome.good]
        # A page of a booklet is no blank: spoilt, it simply waits on.
        spoilt = [] if one.run.booklet else [one.places[page - 1] for page in outcome.spoilt]
        if not good and not spoilt:
            return
        account = Account(one.run.id, good, spoilt, printer=outcome.printer, tray=outcome.tray)
        if not spoilt and not one.run.stock:
            self._mark(account, self._lost, _nothing)
            return
        sheet = ChooseSheet("打印结果", outcome.sentence(), "记入登记册", self.window or self._over)
        if spoilt:
            sheet.add_line("reason", "打坏的原因", SPOILT_REASONS[0], SPOILT_REASONS)
        if one.run.stock:
            sheet.add_line("serial", "第一张空白证书的序列号", hint="没有序列号的不填")

        def go_on(texts: dict[str, str]) -> None:
            said = replace(account, reason=texts.get("reason", ""), serial=texts.get("serial", ""))
            self._mark(said, lambda error: sheet.refuse(error.sentence), sheet.accept)

        sheet.rejected.connect(self._not_written)
        sheet.ask(go_on)

    def _lost(self, error: OfficeError) -> None:
        """What is on paper could not be written down, and nobody is asked again."""
        self._refused(error)
        self._not_written()

    def _not_written(self) -> None:
        self._session.told.emit(NOT_WRITTEN, "warn")

    def _mark(
        self,
        account: Account,
        refused: Callable[[OfficeError], object],
        taken: Callable[[], object],
    ) -> None:
        def done(found: Taken) -> None:
            taken()
            now = found.run
            words = f"“{now.title}”已打印 {now.printed:,} {now.unit}"
            left = f"，还有 {now.waiting:,} {now.unit}待打印" if now.waiting else "，全部打好"
            self._session.undo_offered.emit(words + left, found.operation.id)

        def on_error(error: OfficeError) -> None:
            refused(error)

        work = mark_outcome.bind(account)
        self._session.write("正在记入登记册", work, done, on_error)

    def _refused(self, error: OfficeError) -> None:
        tell(self._over, error.message, error.hint)


def _nothing() -> None:
    """No window has to be closed."""
