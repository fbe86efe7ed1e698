"""A workbook of the teachers shown, selected, or all; a roster of those shown on paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from models.office.context import Office
from models.progress import Progress
from models.staff.queries import teacher_ids
from reports.documents.roster import build as build_roster
from reports.inputs.fonts import fonts_of
from reports.inputs.lists import teacher_list
from reports.inputs.rosters import roster
from reports.workbooks.table import write_table
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.paper.preview import MadePaper, PreviewWindow, preview_made
from ui.desktop.widgets.saving import WORKBOOK, ask_where_to

SCOPES = {"shown": "当前筛选的", "paper": "当前筛选的", "selected": "选中的", "all": "全部"}


def export_teachers(session: Session, page: Page, scope: str, shown: Sequence[str]) -> None:
    """Ask where the workbook goes, and write it; a ``paper`` is shown before it is printed.

    Args:
        session: where it reads.
        page: over which windows open.
        scope: a key of ``SCOPES``.
        shown: the teachers shown or selected, in their order.
    """
    ids = list(teacher_ids(session.office)) if scope == "all" else list(shown)
    if not ids:
        page.notice.tell("没有可以导出的教师。请先选中教师，或清除筛选。")
    elif scope == "paper":
        _show_roster(session, page, ids)
    else:
        _write_workbook(session, page, page.notice, scope, ids)


def _show_roster(session: Session, page: Page, ids: Sequence[str]) -> None:
    words, stem = _scope_and_stem(session, "paper", len(ids))

    def build(office: Office, progress: Progress, out: Path) -> None:
        sheet = roster(office, ids, "教师名册", words)
        build_roster(sheet, out, fonts_of(office), progress, overwrite=True)

    def workbook(window: PreviewWindow) -> None:
        _write_workbook(session, window, window.notice, "shown", ids)

    paper = MadePaper(Path(f"{stem}.pdf"), f"教师名册　{words}", f"{stem}.pdf", workbook)
    preview_made(page, session, paper, build)


def _write_workbook(
    session: Session, parent: QWidget, notice: NoticeBar, scope: str, ids: Sequence[str]
) -> None:
    words, stem = _scope_and_stem(session, scope, len(ids))
    out = ask_where_to(parent, f"{stem}.xlsx", WORKBOOK)
    if out is None:
        return

    def work(office: Office, progress: Progress) -> Path:
        write_table(out, teacher_list(office, ids), progress, overwrite=True)
        return out

    def done(file: Path) -> None:
        notice.tell(
            f"已导出{words}到 {file}（含完整证件号，请妥善保管）",
            "ok",
            "打开文件",
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))),
        )

    session.read("正在导出", work, done)


def _scope_and_stem(session: Session, scope: str, count: int) -> tuple[str, str]:
    """What is covered in words, and the name of a file that says it."""
    today = session.office.store.clock.today()
    return (
        f"{SCOPES[scope]} {count:,} 人",
        f"教师名册-{SCOPES[scope].rstrip('的')}{count}人-{today:%Y%m%d}",
    )
