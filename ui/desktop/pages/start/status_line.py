"""What the status bar says of the data, and where a click on it leads."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.desktop.tasks.backups import is_stale, moment_words, newest_backup
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.status import StatusBar

exchange_state = Lazy("ui.desktop.pages.start.exchange_state", "exchange_state")
LEADS_TO = {
    "exchange": "sync",
    "saved": "history",
    "backup": "backups",
    "questions": "home",
    "place": "settings",
}


class StatusLine(QObject):
    """Keeps the right side of the status bar up to date."""

    def __init__(self, session: Session, bar: StatusBar) -> None:
        """Show what holds now, and follow what is saved and backed up."""
        super().__init__(bar)
        self._session = session
        self._bar = bar
        bar.clicked.connect(self._clicked)
        session.changed.connect(self._saved)
        session.told_backup.connect(self.show_backup)
        self._bar.say("saved", "只读" if session.read_only else "修改会自动保存", "查看操作记录")
        self.show_exchange()
        self.show_backup()
        place = session.path
        self._bar.say("place", f"数据：{place.parent.name}/{place.name}", str(place))

    def show_exchange(self) -> None:
        """Say in a school's file what the county does not have yet."""
        if self._session.edition.hides("sync.schools"):
            self._session.read("正在读取", exchange_state.bind(), self._exchange, quiet=True)

    def show_backup(self) -> None:
        """Say when the data were backed up last."""
        now = self._session.office.store.clock.now()
        newest = newest_backup(self._session.path, now)
        tone = "warn" if is_stale(newest, now) else ""
        self._bar.say("backup", f"上次备份：{moment_words(newest, now)}", "备份与恢复", tone)

    def _exchange(self, found: tuple[int, int]) -> None:
        rows, torn = found
        parts = [f"未写给县里 {rows:,} 条"] if rows else []
        parts += [f"冲突 {torn:,} 处待核对"] if torn else []
        tone = "warn" if torn else ""
        self._bar.say("exchange", "，".join(parts), "和县里交换", tone)

    def _saved(self, _kinds: object) -> None:
        self.show_exchange()
        now = self._session.office.store.clock.now()
        self._bar.say("saved", f"已自动保存 {now:%H:%M}", "查看操作记录")

    def _clicked(self, key: str) -> None:
        if key in LEADS_TO:
            self._session.go.emit(LEADS_TO[key], None)
