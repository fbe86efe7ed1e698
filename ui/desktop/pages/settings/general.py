"""The general settings: office, person, text size, data."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.errors import OfficeError
from models.office.identity import LEVELS, Identity, check_identity
from models.store.check import CheckReport
from ui.desktop.pages.settings.exchange import ExchangeSettings
from ui.desktop.pages.settings.stamp import StampSettings
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.preferences import FONT_SIZES
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.parts import button, label, row

save_identity = Lazy("ui.desktop.pages.settings.jobs", "save_identity")
look_over = Lazy("ui.desktop.pages.settings.jobs", "look_over")
WIDTH = 720


class GeneralSettings(QScrollArea):
    """Cards below each other."""

    def __init__(self, session: Session) -> None:
        """Make them; ``show_office`` fills them."""
        super().__init__()
        self.setObjectName("clear")
        self._session = session
        self.name = QLineEdit()
        self.region = QLineEdit()
        self.level = QComboBox()
        self.person = QLineEdit()
        self.sizes = QButtonGroup(self)
        self.stamp = StampSettings(session)
        self.exchange = ExchangeSettings(session)
        body = QWidget()
        body.setObjectName("clear")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        for one in (
            self._office(), self.stamp.card, self.exchange.card, self._look(), self._data(),
        ):  # fmt: skip
            one.setMaximumWidth(tokens.px(WIDTH))
            layout.addWidget(one)
        layout.addStretch(1)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.exchange.card.setVisible(not session.edition.hides("sync.schools"))
        self.stamp.card.setVisible(not session.edition.hides("settings.stamp"))
        for editor in (self.name, self.region, self.level):
            editor.setEnabled(not session.edition.hides("settings.office"))

    def show_office(self) -> None:
        """Show who the office is now."""
        identity = self._session.office.identity
        self.name.setText(identity.name)
        self.region.setText(identity.region)
        self.level.setCurrentIndex(self.level.findData(identity.level))
        self.person.setText(self._session.preferences.text("person"))
        self.stamp.show_wording()
        self.exchange.show_days()

    def save(self) -> None:
        """Keep who the office is and who sits at it."""
        old = self._session.office.identity
        identity = Identity(
            name=self.name.text().strip(),
            region=self.region.text().strip(),
            level=str(self.level.currentData()),
            sample=old.sample,
        )
        try:
            check_identity(identity)
        except OfficeError as error:
            self._session.told.emit(error.sentence, "error")
            return
        self._session.preferences.set_text("person", self.person.text().strip())
        self._session.write("正在保存", save_identity.bind(identity), self._saved)

    def choose_size(self, size: str) -> None:
        """Choose the size of text; it holds at once."""
        self._session.preferences.set_text("look/font_size", size)
        self._session.font_changed.emit()

    def look_over(self) -> None:
        """Look the data over."""
        self._session.write("正在检查数据", look_over.bind(), self._looked_over)

    def _saved(self, _result: object) -> None:
        self._session.reopen()
        self._session.told.emit("设置已保存，单位名称在下次打开窗口时更新。", "ok")

    def _looked_over(self, report: CheckReport) -> None:
        if report.ok:
            self._session.told.emit("数据完好：文件结构、引用关系和操作记录都没有问题。", "ok")
        else:
            self._session.told.emit("".join(report.findings), "error")

    def _office(self) -> QWidget:
        frame, inside = filled_card()
        inside.addWidget(label("本单位", "heading"))
        for value, text in LEVELS.items():
            self.level.addItem(text, value)
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.BLOCK)
        grid.setVerticalSpacing(tokens.px(10))
        grid.setColumnMinimumWidth(0, tokens.px(100))
        for place, (title, editor) in enumerate(
            (
                ("单位名称", self.name),
                ("行政区划代码", self.region),
                ("单位层级", self.level),
                ("操作人", self.person),
            )
        ):
            editor.setAccessibleName(title)
            grid.addWidget(label(title, "muted"), place, 0)
            grid.addWidget(editor, place, 1)
        inside.addLayout(grid)
        inside.addLayout(row(None, button("保存", self.save, kind="primary")))
        return frame

    def _look(self) -> QWidget:
        frame, inside = filled_card()
        inside.addWidget(label("字号", "heading"))
        chosen = self._session.preferences.text("look/font_size", "标准")
        choices: list[QWidget | int | None] = []
        for name in FONT_SIZES:
            one = QRadioButton(name)
            one.setChecked(name == chosen)
            self.sizes.addButton(one)
            choices += [one, tokens.CARD]
        self.sizes.buttonClicked.connect(self._size_clicked)
        inside.addLayout(row(*choices, None))
        inside.addWidget(
            label("立即生效；表格行高和窗口各部分的大小在重新打开后一并调整。", "caption")
        )
        return frame

    def _size_clicked(self, clicked: QRadioButton) -> None:
        self.choose_size(clicked.text())

    def _data(self) -> QWidget:
        frame, inside = filled_card()
        inside.addWidget(label("数据", "heading"))
        path = label(f"数据文件：{self._session.path}", "muted", wrap=True)
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(path)
        inside.addWidget(
            label(
                "每次修改都立即保存在这个文件里。证件号和电话默认隐藏中间几位，点“眼睛”按钮才显示。",
                "caption",
                wrap=True,
            )
        )
        inside.addLayout(
            row(
                button("打开所在文件夹", self._open_folder, drawing="folder-open"),
                button("检查数据", self.look_over, drawing="list-checks"),
                None,
            )
        )
        return frame

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._session.path.parent)))
