"""Who may train: organisers and experts with their accreditation, as a window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from models.errors import OfficeError, UserError
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from models.training import bodies
from models.training.bodies import KIND_NAMES
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.answers import day_of
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

COLUMNS = (
    TableColumn("name", "名称", 14, stretch=True),
    TableColumn("kind", "类别", 5),
    TableColumn("field", "专长或范围", 10),
    TableColumn("state", "资质", 5),
    TableColumn("valid_until", "有效期至", 6),
    TableColumn("card", "警告", 4),
    TableColumn("deadline", "整改期限", 6),
)
_TONES = {"已认定": "ok", "申请中": "info", "已取消": "error", "已到期": "warn"}
_HEIGHT = 480


class BodiesSheet(Sheet):
    """The list with what can be decided."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        """Make the window and fill it."""
        super().__init__("培训机构与专家", parent, 860)
        self._session = session
        self.notice = NoticeBar()
        self.table = DataTable(COLUMNS, session.preferences, "bodies")
        self.table.setAccessibleName("培训机构与专家")
        self.grid = GridCard(self.table)
        self.grid.empty.say("还没有登记。没有登记的机构不受限制。", drawing="school")
        explained = "资质已取消的机构，其培训不能批准；有黄牌或已到期的，登记时会提醒。"
        self.body.addWidget(label(explained, "muted", wrap=True))
        self.body.addWidget(self.notice)
        deeds = (
            ("登记…", self.enter, "primary"),
            ("认定…", self.accredit, ""),
            ("黄牌警告…", self.warn, ""),
            ("复查…", self.check, ""),
            ("取消资质…", self.cancel, "danger"),
        )
        buttons = [button(text, action, kind=kind) for text, action, kind in deeds]
        self.body.addLayout(row(*buttons, None))
        self.body.addWidget(self.grid, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(button("关闭", self.accept))
        self.resize(tokens.px(860), tokens.px(_HEIGHT))
        self.fill()

    def fill(self) -> None:
        """Read the list anew."""
        found = bodies.body_rows(self._session.office)
        rows = [
            TableRow(
                one.id,
                one.shown,
                {"state": _TONES[one.shown["state"]], "card": "warn" if one.carded else "muted"},
            )
            for one in found
        ]
        self.table.show_rows(FixedRows(rows))
        self.grid.show_table(yes=bool(rows))
        if rows and not self.table.current_id():
            self.table.selectRow(0)

    def enter(self) -> None:
        """Ask for a new body."""
        sheet = ChooseSheet(
            "登记培训机构或专家", "登记后为“申请中”，经认定才有资质。", "登记", self
        )
        sheet.add_line("name", "名称")
        sheet.add_line("kind", "类别", KIND_NAMES["organizer"], list(KIND_NAMES.values()))
        sheet.add_line("field", "专长或范围")
        sheet.add_line("contact", "联系电话")
        self._ask(sheet, lambda office, texts: bodies.apply_for(office, texts))

    def accredit(self) -> None:
        """Ask until when the chosen body is accredited."""
        body = self.table.current_id()
        sheet = ChooseSheet("认定资质", "到期后登记培训时会提醒。", "认定", self)
        sheet.add_line("day", "有效期至", hint="如 2028-08-31")
        sheet.add_line("opinion", "意见")
        self._ask(
            sheet,
            lambda office, texts: bodies.accredit(
                office, body, _day(office, texts["day"]), texts["opinion"]
            ),
        )

    def warn(self) -> None:
        """Ask why the chosen body gets a yellow card, and until when it has time."""
        body = self.table.current_id()
        sheet = ChooseSheet("黄牌警告", "写明原因和整改期限，期满复查。", "警告", self)
        sheet.add_line("opinion", "原因")
        sheet.add_line("day", "整改期限", hint="如 2025-12-31")
        self._ask(
            sheet,
            lambda office, texts: bodies.show_yellow_card(
                office, body, _day(office, texts["day"]), texts["opinion"]
            ),
        )

    def check(self) -> None:
        """Ask what the re-check of the chosen body found."""
        body = self.table.current_id()
        sheet = ChooseSheet("复查", "合格的撤销黄牌，不合格的取消资质。", "确定", self)
        sheet.add_line("verdict", "结论", "合格", ("合格", "不合格"))
        sheet.add_line("opinion", "意见")
        self._ask(
            sheet,
            lambda office, texts: bodies.check_again(
                office, body, texts["opinion"], passed=texts["verdict"] == "合格"
            ),
        )

    def cancel(self) -> None:
        """Ask why the chosen body loses its accreditation."""
        body = self.table.current_id()
        sheet = ChooseSheet("取消资质", "此后它的培训不能批准。", "取消资质", self)
        sheet.add_line("opinion", "原因")
        self._ask(sheet, lambda office, texts: bodies.cancel(office, body, texts["opinion"]))

    def _ask(self, sheet: ChooseSheet, act: Callable[[Office, dict[str, str]], Operation]) -> None:
        """Ask, write, and stay open with the reason where the office refuses."""

        def done(texts: dict[str, str]) -> None:
            def work(office: Office, _progress: Progress) -> Operation:
                return act(office, texts)

            self._session.write("正在保存", work, finished, refused)

        def refused(error: OfficeError) -> None:
            sheet.refuse(error.sentence)

        def finished(operation: Operation) -> None:
            sheet.accept()
            self.notice.tell(f"已保存：{operation.title}", "ok", seconds=6)
            self.fill()

        sheet.ask(done)


def open_bodies(session: Session, parent: QWidget) -> BodiesSheet:
    """Show who may train."""
    sheet = BodiesSheet(session, parent)
    sheet.open()
    return sheet


def _day(office: Office, text: str) -> date:
    if not text:
        raise UserError("date", "没有填日期。", "请写成 2025-12-31。")
    return date.fromisoformat(day_of(office, text))
