"""The first start: one page with four choices, then at most two steps more."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QThread, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.errors import OfficeError
from models.office.identity import LEVELS, Identity, check_identity
from ui.desktop.pages.start.enrolment import EnrolmentForm, Joining
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.preferences import Preferences
from ui.desktop.widgets import tokens
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, label, picture, row

make_new = Lazy("ui.desktop.pages.start.beginnings", "new_office")
make_sample = Lazy("ui.desktop.pages.start.beginnings", "sample_office")
join_county = Lazy("ui.desktop.pages.start.beginnings", "school_office")
restore_copy = Lazy("ui.desktop.pages.start.beginnings", "from_backup")

CHOICES = (
    (
        "new",
        "file-plus",
        "新建县级文件",
        "进修学校用：填写单位名称和行政区划，从空白开始，再从 Excel 导入名册。",
    ),
    (
        "enrol",
        "usb",
        "用注册文件开通（学校）",
        "中小学和幼儿园用：要有县里给的注册文件，和纸上的 24 位注册码。",
    ),
    ("restore", "archive-restore", "从备份恢复", "换了电脑或重装系统时，选择以前的备份文件。"),
    ("sample", "sparkles", "看示例数据", "先用一个虚构的县试一试，随时可以整个删除。"),
)


class Assistant(QWidget):
    """Makes the office's file in one of four ways.

    Signals:
        made: the file is there and can be opened.
    """

    made = Signal()

    def __init__(self, file: Path, preferences: Preferences) -> None:
        """Ask how ``file`` shall begin."""
        super().__init__()
        self._file = file
        self._preferences = preferences
        self._work: Making | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("师训通")
        self.resize(tokens.px(860), tokens.px(600))
        self.notice = NoticeBar()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._choices())
        self.stack.addWidget(self._identity())
        self.enrolment = EnrolmentForm(file)
        self.enrolment.left.connect(self._back)
        self.enrolment.wanted.connect(self.join_office)
        self.stack.addWidget(self.enrolment)
        self._lay_out()

    def choose(self, key: str) -> None:
        """Take one of the four ways."""
        self.notice.hide()
        if key == "new":
            self.stack.setCurrentIndex(1)
            self.office_name.setFocus()
        elif key == "enrol":
            self.stack.setCurrentWidget(self.enrolment)
            self.enrolment.pick.setFocus()
        elif key == "sample":
            self._make(make_sample, None)
        else:
            name, _ = QFileDialog.getOpenFileName(
                self, "选择备份文件", "", "备份 (*.db);;所有文件 (*)"
            )
            if name:
                self._make(restore_copy, Path(name))

    def create_office(self) -> None:
        """Make the new office from what was filled in."""
        identity = Identity(
            name=self.office_name.text().strip(),
            region=self.region.text().strip(),
            level=str(self.level.currentData()),
        )
        try:
            check_identity(identity)
        except OfficeError as error:
            self.notice.tell(error.sentence, "error")
            return
        self._preferences.set_text("person", self.person.text().strip())
        self._make(make_new, identity)

    def join_office(self, joining: Joining) -> None:
        """Make a school's file from the county's enrolment file and the code on paper."""
        if joining.problem:
            self.notice.tell(joining.problem, "error")
            return
        self._preferences.set_text("person", joining.person)
        self._make(join_county, joining)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        box = QWidget()
        box.setFixedWidth(tokens.px(600))
        inside = QVBoxLayout(box)
        inside.setSpacing(tokens.CARD)
        inside.addWidget(label("欢迎使用师训通", "figure"))
        inside.addWidget(label("数据只保存在这台电脑上，不联网。", "muted"))
        inside.addWidget(self.notice)
        inside.addWidget(self.stack)
        middle.addWidget(box)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addStretch(2)

    def _make(self, maker: Lazy, given: object) -> None:
        self.stack.setEnabled(False)
        self.notice.tell("正在准备数据…", "info")
        self._work = Making(maker, self._file, given, self)
        self._work.failed.connect(self._failed)
        self._work.finished.connect(self._finished)
        self._work.start()

    def _finished(self) -> None:
        if self._work is not None and self._work.well:
            self.made.emit()

    def _failed(self, sentence: str) -> None:
        self.stack.setEnabled(True)
        self.notice.tell(sentence, "error")

    def _choices(self) -> QWidget:
        found = QWidget()
        layout = QVBoxLayout(found)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        for key, drawing, title, words in CHOICES:
            layout.addWidget(self._choice(key, drawing, title, words))
        layout.addStretch(1)
        return found

    def _choice(self, key: str, drawing: str, title: str, words: str) -> QPushButton:
        found = QPushButton()
        found.setObjectName("tile")
        found.setProperty("key", key)
        found.setAccessibleName(title)
        found.setAccessibleDescription(words)
        found.setMinimumHeight(tokens.px(76))
        layout = QHBoxLayout(found)
        layout.setContentsMargins(tokens.PAGE, tokens.BLOCK, tokens.PAGE, tokens.BLOCK)
        layout.setSpacing(tokens.CARD)
        layout.addWidget(picture(drawing, tokens.PRIMARY, 28))
        texts = QVBoxLayout()
        texts.setSpacing(tokens.px(3))
        texts.addWidget(label(title, "heading"))
        texts.addWidget(label(words, "muted"))
        layout.addLayout(texts, 1)
        layout.addWidget(picture("chevron-right"))
        found.clicked.connect(self._chosen)
        return found

    def _chosen(self) -> None:
        self.choose(str(self.sender().property("key")))

    def _identity(self) -> QFrame:
        found = QFrame()
        found.setObjectName("card")
        layout = QVBoxLayout(found)
        layout.setContentsMargins(tokens.PAGE, tokens.PAGE, tokens.PAGE, tokens.PAGE)
        layout.setSpacing(tokens.px(6))
        self.office_name = QLineEdit()
        self.office_name.setPlaceholderText("与公章一致，如 桦甸市教师进修学校")
        self.region = QLineEdit()
        self.region.setPlaceholderText("6 位数字，如 220282")
        self.level = QComboBox()
        for value, text in LEVELS.items():
            if value != "school":  # a school's file comes of the county's enrolment file
                self.level.addItem(text, value)
        self.level.setCurrentIndex(self.level.findData("county"))
        self.person = QLineEdit()
        self.person.setPlaceholderText("您的姓名，记在操作记录里")
        for title, editor in (
            ("单位名称 *", self.office_name),
            ("行政区划代码 *", self.region),
            ("单位层级", self.level),
            ("操作人", self.person),
        ):
            editor.setAccessibleName(title)
            layout.addWidget(label(title, "caption"))
            layout.addWidget(editor)
            layout.addSpacing(tokens.px(6))
        layout.addWidget(label(f"数据文件：{self._file}", "caption", wrap=True))
        layout.addSpacing(tokens.px(6))
        create = button("开始使用", self.create_office, kind="primary")
        layout.addLayout(row(button("返回", self._back), None, create))
        return found

    def _back(self) -> None:
        self.notice.hide()
        self.stack.setCurrentIndex(0)


class Making(QThread):
    """Makes the file beside the window.

    Signals:
        failed: a sentence.
    """

    failed = Signal(str)

    def __init__(self, maker: Lazy, file: Path, given: object, parent: QWidget) -> None:
        """Call ``maker(file, given)`` when started."""
        super().__init__(parent)
        self._maker = maker
        self._file = file
        self._given = given
        self.well = False

    def run(self) -> None:
        """The thread's work."""
        try:
            self._maker(self._file, self._given)
            self.well = True
        except OfficeError as error:
            self.failed.emit(error.sentence)
