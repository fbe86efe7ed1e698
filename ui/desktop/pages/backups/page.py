"""备份与恢复."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame

from models.store.backup import BackupFacts
from models.store.folder import Kept, backup_folder, backups
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.list_page import GridCard, filled_card
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

COLUMNS = (
    TableColumn("at", "备份时间", 9),
    TableColumn("reason", "原因", 6),
    TableColumn("file", "文件", 20, stretch=True),
    TableColumn("size", "大小", 5, numeric=True),
)
_JOBS = "ui.desktop.pages.backups.jobs"
back_up = Lazy(_JOBS, "back_up")
look_into = Lazy(_JOBS, "look_into")
BACKUP_FILES = "备份 (*.db);;所有文件 (*)"


class BackupsPage(Page):
    """The automatic copies, and the way to make one and to go back to one."""

    help_page = "backups.md"
    interests = frozenset({"*"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("备份与恢复")
        self.session = session
        self.table = DataTable(COLUMNS, session.preferences, "backups")
        self.table.setAccessibleName("自动备份")
        self.grid = GridCard(self.table)
        self.buttons.addWidget(
            button("从其他文件恢复…", self.choose_file, drawing="archive-restore")
        )
        self._restore = button("恢复选中的备份…", self.restore_chosen, drawing="rotate-ccw")
        self.buttons.addWidget(self._restore)
        self.buttons.addWidget(
            button("立即备份…", self.back_up_now, kind="primary", drawing="database-backup")
        )
        self.body.addWidget(self.notice)
        self.body.addWidget(self._about())
        self.body.addWidget(self.grid, 1)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._look)

    def reload(self) -> None:
        """Look into the folder anew."""
        kept = backups(self.session.path)
        self.table.show_rows(FixedRows([_row(one) for one in kept]))
        self.count.setText(f"共 {len(kept)} 份自动备份")
        self.grid.empty.say(
            "还没有自动备份。退出程序时会自动备份，也可以现在备份一份。",
            "立即备份…",
            self.back_up_now,
            "hard-drive",
        )
        self.grid.show_table(yes=bool(kept))
        self._chosen(self.table.current_id())

    def shown(self, argument: object = None) -> None:
        """Come into sight with the folder as it is now."""
        self.reload()

    def back_up_now(self) -> None:
        """Ask where a copy goes, and make it."""
        now = self.session.office.store.clock.now()
        proposed = Path.home() / f"师训通备份-{now:%Y%m%d-%H%M}.db"
        name, _ = QFileDialog.getSaveFileName(self, "备份到", str(proposed), BACKUP_FILES)
        if name:
            self.session.read("正在备份", back_up.bind(Path(name)), self._backed_up)

    def choose_file(self) -> None:
        """Ask for a backup and look into it."""
        name, _ = QFileDialog.getOpenFileName(self, "选择备份文件", "", BACKUP_FILES)
        if name:
            self._look(name)

    def restore_chosen(self) -> None:
        """Look into the chosen backup."""
        if self.table.current_id():
            self._look(self.table.current_id())

    def open_folder(self) -> None:
        """Show the automatic copies in the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(backup_folder(self.session.path))))

    def _about(self) -> QFrame:
        frame, inside = filled_card()
        text = label(
            "退出程序时，如果数据有变化会自动备份，保留最近 10 天每天一份、最近 12 个月每月一份；"
            "恢复前也会先把现在的数据另存一份，不会丢失。建议每周把一份备份拷到 U 盘。",
            "muted",
            wrap=True,
        )
        line = row(gap=tokens.CARD)
        line.addWidget(text, 1)
        line.addWidget(button("打开备份文件夹", self.open_folder, kind="link"))
        inside.addLayout(line)
        return frame

    def _chosen(self, file: str) -> None:
        self._restore.setEnabled(bool(file))

    def _look(self, file: str) -> None:
        """Rehearse: look into a backup before anything is changed."""
        self.session.read("正在检查备份", look_into.bind(Path(file)), self._rehearsed)

    def _rehearsed(self, facts: BackupFacts) -> None:
        if not facts.ok:
            self.notice.tell(facts.problem, "error")
            return
        ask(
            self,
            f"用 {facts.latest_at[:16].replace('T', ' ')} 的备份替换现在的数据？",
            f"{_contents(facts)}\n最后一次操作：{facts.latest}\n\n"
            "现在的数据会先另存为一份永久备份，恢复后仍可换回来。程序会重新打开数据。",
            (
                Answer("取消"),
                Answer(
                    "恢复", partial(self.session.restore_wanted.emit, str(facts.file)), "primary"
                ),
            ),
            "warn",
        )

    def _backed_up(self, facts: BackupFacts) -> None:
        self.notice.tell(f"已备份到 {facts.file}（{_size(facts.size)}），并检查完好。", "ok")
        self.session.told_backup.emit()
        self.reload()


def _contents(facts: BackupFacts) -> str:
    counts = "，".join(f"{name} {count:,}" for name, count in (facts.counts or {}).items() if count)
    return f"这份备份：{facts.office or '本单位'}。{counts}。"


def _row(kept: Kept) -> TableRow:
    moment = kept.moment
    at = f"{moment[:4]}-{moment[4:6]}-{moment[6:8]} {moment[9:11]}:{moment[11:13]}"
    size = _size(kept.file.stat().st_size)
    texts = {"at": at, "reason": str(kept.reason), "file": kept.file.name, "size": size}
    return TableRow(str(kept.file), texts)


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB"
