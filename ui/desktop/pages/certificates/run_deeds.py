"""What can be done with a print run: gone on with, accounted for by hand, left, handed over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from models.certificates.sheets import PrintRun
from ui.desktop.pages.certificates.print_flow import PrintFlow
from ui.desktop.pages.certificates.print_records import SPOILT_REASONS
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.paper.page_numbers import say_pages
from ui.desktop.widgets.paper.preview import MadePaper, PreviewWindow, preview_made
from ui.desktop.widgets.saving import PDF, WORKBOOK, ask_where_to

if TYPE_CHECKING:
    from pathlib import Path

    from models.errors import OfficeError
    from models.store.operations import Operation

_JOBS = "ui.desktop.pages.certificates.print_jobs"
mark_by_hand = Lazy(_JOBS, "mark_by_hand")
spoil = Lazy(_JOBS, "spoil")
leave_run = Lazy(_JOBS, "leave_run")
build_hand_over = Lazy(_JOBS, "build_hand_over")
write_hand_over = Lazy(_JOBS, "write_hand_over")
save_run = Lazy(_JOBS, "save_run")


class Runs(Protocol):
    """What the deeds ask of the view they belong to."""

    def chosen(self) -> PrintRun | None:
        """The run in sight."""
        ...

    def places(self) -> Sequence[int]:
        """Places of the sheets that are selected."""
        ...


class RunDeeds:
    """Asks what needs asking and has it done."""

    def __init__(self, session: Session, over: QWidget, view: Runs) -> None:
        """Work for ``view``; windows open over ``over``."""
        self._session = session
        self._over = over
        self._view = view
        self.flow = PrintFlow(session, over)

    def go_on(self, *_: object) -> None:
        """Print what waits of the chosen run."""
        run = self._view.chosen()
        if run is not None and run.state == "open":
            self.flow.go_on(run.id)

    def say_printed(self) -> None:
        """Ask which sheets came out of a printer elsewhere."""
        run = self._view.chosen()
        if run is None:
            return
        chosen = self._view.places()
        first, last = (min(chosen), max(chosen)) if len(chosen) > 1 else (0, 0)
        words = f"“{run.title}”还有 {run.waiting:,} {run.unit}待打印。用于在别处打印过的证书。"
        sheet = ChooseSheet("记为打好", words, "记入登记册", self._over)
        sheet.add_line("first", f"从第几{run.unit}", str(first or run.next_place))
        sheet.add_line("last", f"到第几{run.unit}", str(last or run.sheets))
        if run.stock:
            sheet.add_line("serial", "第一张空白证书的序列号", hint="没有序列号的不填")

        def go_on(texts: dict[str, str]) -> None:
            ends = texts["first"], texts["last"]
            if not all(one.isdecimal() for one in ends) or int(ends[0]) > int(ends[1]):
                sheet.refuse("请写数字，从小到大，如从 1 到 57。")
                return
            done = partial(self._done, sheet)
            between = int(ends[0]), int(ends[1])
            work = mark_by_hand.bind(run.id, between, texts.get("serial", ""))
            self._session.write("正在记入登记册", work, done, partial(_refuse, sheet))

        sheet.ask(go_on)

    def say_spoilt(self) -> None:
        """Ask which sheets were spoilt, and why."""
        run = self._view.chosen()
        if run is None:
            return
        what = "按原来的页和行" if run.booklet else "按原来的位置和编号"
        sheet = ChooseSheet(
            "记打坏",
            f"打坏的{what}重新等待打印，其余的不动。"
            + ("空白证书记一张打坏。" if run.stock else ""),
            "记下",
            self._over,
        )
        sheet.add_line(
            "places", f"第几{run.unit}", say_pages(self._view.places()), hint="如 57 或 3,5-7"
        )
        sheet.add_line("reason", "原因", SPOILT_REASONS[0], SPOILT_REASONS)

        def go_on(texts: dict[str, str]) -> None:
            work = spoil.bind(run.id, texts["places"], texts["reason"])
            done = partial(self._done, sheet)
            self._session.write("正在记入登记册", work, done, partial(_refuse, sheet))

        sheet.ask(go_on)

    def leave_rest(self) -> None:
        """Give up what waits of the chosen run, after a question."""
        run = self._view.chosen()
        if run is None:
            return

        def go() -> None:
            def done(operation: Operation) -> None:
                words = f"“{run.title}”放弃未印的 {run.waiting:,} {run.unit}"
                self._session.undo_offered.emit(words, operation.id)

            self._session.write("正在放弃", leave_run.bind(run.id), done)

        after = "以后可以重新排版" if run.booklet else "以后可以在登记册中重新打印"
        ask(
            self._over,
            f"放弃未印的 {run.waiting:,} {run.unit}？",
            f"“{run.title}”已打印的 {run.printed:,} {run.unit}保留；未印的{after}，编号不变。",
            (Answer("取消"), Answer("放弃未印的", go, "primary")),
        )

    def hand_over(self) -> None:
        """Show the list to be signed at the handing out."""
        run = self._view.chosen()
        if run is None:
            return
        title = f"{run.title}发放（交接）清单"
        made = MadePaper(
            self._session.path.with_name("发放清单.pdf"),
            title,
            f"{title}.pdf",
            workbook=partial(self._export, run),
        )
        preview_made(
            self._over, self._session, made, partial(build_hand_over.load(), run_id=run.id)
        )

    def save(self) -> None:
        """Ask how what waits is to be written to files; nothing is marked."""
        run = self._view.chosen()
        if run is None:
            return
        ask(
            self._over,
            f"把待打印的 {run.waiting:,} {run.unit}存为 PDF？",
            "只写文件，不算打印。拿到别处打好以后，再记为打好。",
            (
                Answer("取消"),
                Answer("每人一个文件…", partial(self._save, run, each=True)),
                Answer("一个文件…", partial(self._save, run, each=False), "primary"),
            ),
        )

    def _save(self, run: PrintRun, *, each: bool) -> None:
        out = ask_where_to(self._over, f"{run.title}.pdf", PDF)
        if out is None:
            return

        def written(files: int) -> None:
            ask(
                self._over,
                f"已写出 {files:,} 个文件。",
                f"保存在 {out.parent}。已经打好了吗？没有打的留作待打印。",
                (Answer("还没有打", kind="primary"), Answer("记为打好…", self.say_printed)),
                "ok",
            )

        def go(left_out: frozenset[str]) -> None:
            work = save_run.bind(run.id, out, left_out, each=each)
            self._session.read("正在生成证书", work, written)

        self.flow.with_names(run.id, go)

    def _export(self, run: PrintRun, window: PreviewWindow) -> None:
        out = ask_where_to(window, f"{run.title}发放清单.xlsx", WORKBOOK)
        if out is not None:

            def done(file: Path) -> None:
                window.notice.tell(f"已生成 {file}", "ok")

            self._session.read("正在导出", write_hand_over.bind(run.id, out), done)

    def _done(self, sheet: ChooseSheet, operation: Operation) -> None:
        sheet.accept()
        self._session.undo_offered.emit(operation.title, operation.id)


def _refuse(sheet: ChooseSheet, error: OfficeError) -> None:
    sheet.refuse(error.sentence)
