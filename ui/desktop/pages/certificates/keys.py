"""The office's signing keys: made, changed, backed up, restored; what others need to check."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.desktop.tasks.lane import OfficeWork
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.list_page import GridCard, filled_card
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.saving import ask_for_file, ask_where_to
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from models.certificates.trust import Trust
    from models.errors import OfficeError
    from models.signing.keys import Key
    from ui.desktop.pages.certificates.code_jobs import KeysNow

_JOBS = "ui.desktop.pages.certificates.code_jobs"
look_at_keys = Lazy(_JOBS, "look_at_keys")
begin_key = Lazy(_JOBS, "begin_key")
change_key = Lazy(_JOBS, "change_key")
back_up_key = Lazy(_JOBS, "back_up_key")
restore_key = Lazy(_JOBS, "restore_key")
export_trust = Lazy(_JOBS, "export_trust")
BACKUPS = "密钥备份 (*.keybackup)"
TRUST = "核验文件 (*.trust)"
COLUMNS = (
    TableColumn("key", "密钥", 5),
    TableColumn("state", "状态", 7),
    TableColumn("made_on", "启用日期", 6),
    TableColumn("retired_on", "停用日期", 7),
    TableColumn("reason", "停用原因", 10),
    TableColumn("print", "指纹（可在电话里核对）", 22, stretch=True),
)
EXPLAINED = (
    "发证时用密钥给每本证书的验真码签名，改动一个字就验不过。私钥只在这台电脑上，不进数据文件，"
    "也不随备份和交换包走；请另存一份密钥备份，与口令分开保管。"
)


class KeysView(QWidget):
    """The keys in a list, and what can be done with them."""

    def __init__(self, session: Session) -> None:
        """Make it; ``show_keys`` fills it."""
        super().__init__()
        self._session = session
        self._active: Key | None = None
        self.notice = NoticeBar()
        self.state = label("", "muted", wrap=True)
        self.begin = button("启用密钥", self._begin, kind="primary", drawing="key-round")
        self.change = button("更换密钥…", self._ask_change, drawing="refresh-cw")
        self.backup = button("备份密钥…", self._ask_backup, drawing="save")
        self.restore = button("恢复密钥…", self._ask_restore, drawing="folder-open")
        self.export = button("导出核验文件…", self._export, drawing="file-up")
        self.table = DataTable(COLUMNS, session.preferences, "signing_keys")
        self.table.setAccessibleName("密钥")
        self.grid = GridCard(self.table)
        frame, inside = filled_card()
        inside.addWidget(label("签名密钥", "heading"))
        inside.addWidget(label(EXPLAINED, "muted", wrap=True))
        inside.addWidget(self.state)
        inside.addLayout(row(self.begin, self.backup, self.export, self.change, self.restore, None))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(frame)
        layout.addWidget(self.notice)
        layout.addWidget(self.grid, 1)

    def show_keys(self) -> None:
        """Show the keys the office has now."""
        self._session.read("正在读取密钥", look_at_keys.bind(), self._show, quiet=True)

    def _show(self, now: KeysNow) -> None:
        active = [one for one in now.keys if one.active]
        self._active = next((one for one in active if one.here), next(iter(active), None))
        self.table.show_rows(FixedRows([_row(one, now.backed_up) for one in now.keys]))
        self.grid.show_table(yes=bool(now.keys))
        if not now.keys:
            words = "还没有密钥。第一次打印带验真码的证书时自动启用，也可以现在启用。"
            self.grid.empty.say(words, drawing="key-round")
        self.begin.setVisible(self._active is None)
        for one in (self.backup, self.export):
            one.setEnabled(self._active is not None and self._active.here)
        self.change.setEnabled(self._active is not None)
        self.state.setText(self._state_of(now.backed_up))

    def _state_of(self, safe: str) -> str:
        key = self._active
        if key is None:
            return "现在没有在用的密钥。换了电脑的，先恢复密钥备份。"
        if not key.here:
            return (
                f"密钥 {key.key_id} 的私钥不在这台电脑上：请恢复密钥备份。"
                "备份找不到时更换密钥，已印的证书仍能核验。"
            )
        if key.key_id != safe:
            return f"密钥 {key.key_id} 还没有备份。电脑损坏以后就不能再用它签名，请现在备份。"
        return f"密钥 {key.key_id} 在用，已备份。"

    def _begin(self) -> None:
        self._session.write("正在启用密钥", begin_key.bind(), self._begun, self._failed)

    def _begun(self, key: Key) -> None:
        self._done(f"密钥 {key.key_id} 已启用。请接着备份。")

    def _ask_change(self) -> None:
        sheet = ChooseSheet(
            "更换密钥",
            "在用的密钥从今天起停用，不能撤销；它签过的证书仍然有效。更换后请重新备份，"
            "并把新的核验文件发给核验的单位。",
            "更换",
            self,
        )
        sheet.add_line("reason", "原因", hint="如 换电脑、私钥外泄")

        def go_on(texts: dict[str, str]) -> None:
            self._write(
                sheet,
                change_key.bind(texts["reason"]),
                lambda key: f"新密钥 {key.key_id} 已启用。请接着备份，并导出新的核验文件。",
            )

        sheet.ask(go_on)

    def _ask_backup(self) -> None:
        sheet = ChooseSheet(
            "备份密钥",
            "备份用口令加密，至少 8 个字符。口令忘了，备份就打不开；请写在纸上，与备份分开存放。",
            "选择位置…",
            self,
        )
        for name, title in (("first", "口令"), ("second", "再输入一次")):
            sheet.add_line(name, title).setEchoMode(QLineEdit.EchoMode.Password)

        def go_on(texts: dict[str, str]) -> None:
            if texts["first"] != texts["second"]:
                sheet.refuse("两次输入的口令不一样，请重新输入。")
                return
            office = self._session.office.identity.name
            out = ask_where_to(sheet, f"{office}密钥备份.keybackup", BACKUPS)
            if out is not None:
                work = back_up_key.bind(out, texts["first"])
                self._write(sheet, work, lambda key: f"密钥 {key.key_id} 已备份到 {out}。")

        sheet.ask(go_on)

    def _ask_restore(self) -> None:
        file = ask_for_file(self, "选择密钥备份", BACKUPS)
        if file is None:
            return
        sheet = ChooseSheet("恢复密钥", f"从“{file.name}”恢复到这台电脑。", "恢复", self)
        sheet.add_line("phrase", "口令").setEchoMode(QLineEdit.EchoMode.Password)

        def go_on(texts: dict[str, str]) -> None:
            work = restore_key.bind(file, texts["phrase"])
            self._write(sheet, work, lambda key: f"密钥 {key.key_id} 已恢复，可以签名了。")

        sheet.ask(go_on)

    def _export(self) -> None:
        office = self._session.office.identity.name
        out = ask_where_to(self, f"{office}核验文件.trust", TRUST)
        if out is None:
            return

        def done(trust: Trust) -> None:
            self._done(
                f"核验文件第 {trust.serial} 号已写到 {out}，作废 {len(trust.revoked_hashes)} 本。"
                "有新的作废以后请重新导出。"
            )

        self._session.write("正在导出核验文件", export_trust.bind(out), done, self._failed)

    def _write(self, sheet: ChooseSheet, work: OfficeWork, said: Callable[[Key], str]) -> None:
        def done(key: Key) -> None:
            sheet.accept()
            self._done(said(key))

        self._session.write("正在保存密钥", work, done, lambda error: sheet.refuse(error.sentence))

    def _done(self, sentence: str) -> None:
        self.notice.tell(sentence, "ok")
        self.show_keys()

    def _failed(self, error: OfficeError) -> None:
        self.notice.tell(error.sentence, "error")


def _row(key: Key, safe: str) -> TableRow:
    state, tone = "已停用", "muted"
    if key.active:
        state, tone = ("在用，已备份", "ok") if key.key_id == safe else ("在用，未备份", "warn")
        if not key.here:
            state, tone = "私钥不在本机", "error"
    texts = {
        "key": key.key_id,
        "state": state,
        "made_on": key.made_on,
        "retired_on": key.retired_on,
        "reason": key.reason,
        "print": key.fingerprint,
    }
    return TableRow(key.id, texts, {"state": tone})
