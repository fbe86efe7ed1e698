"""A workbook of the teachers: those shown, those selected, or all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from models.office.context import Office
from models.progress import Progress
from models.staff.queries import teacher_ids
from reports.documents.roster import build
from reports.inputs.fonts import fonts_of
from reports.inputs.lists import teacher_list
from reports.inputs.rosters import roster
from reports.workbooks.table import write_table
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.saving import PDF, WORKBOOK, ask_where_to

SCOPES = {"shown": "当前筛选的", "paper": "当前筛选的", "selected": "选中的", "all": "全部"}


def export_teachers(session: Session, page: Page, scope: str, shown: Sequence[str]) -> None:
    """Ask where the workbook goes, and write it; its name says the scope and the day.

    Args:
        session: where it reads.
        page: over which windows open.
        scope: a key of ``SCOPES``.
        shown: the teachers shown or selected, in their order.
    """
    ids = list(teacher_ids(session.office)) if scope == "all" else list(shown)
    if not ids:
        page.notice.tell("没有可以导出的教师。请先选中教师，或清除筛选。")
        return
    paper = scope == "paper"
    words = f"{SCOPES[scope]} {len(ids):,} 人"
    today = session.office.store.clock.today()
    stem = f"教师名册-{SCOPES[scope].rstrip('的')}{len(ids)}人-{today:%Y%m%d}"
    out = ask_where_to(page, f"{stem}.{'pdf' if paper else 'xlsx'}", PDF if paper else WORKBOOK)
    if out is None:
        return

    def work(office: Office, progress: Progress) -> Path:
        if paper:
            sheet = roster(office, ids, "教师名册", words)
            build(sheet, out, fonts_of(office), progress, overwrite=True)
        else:
            write_table(out, teacher_list(office, ids), progress, overwrite=True)
        return out

    def done(file: Path) -> None:
        page.notice.tell(
            f"已导出{words}到 {file}" + ("" if paper else "（含完整证件号，请妥善保管）"),
            "ok",
            "打开文件",
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))),
        )

    session.read("正在导出", work, done)
