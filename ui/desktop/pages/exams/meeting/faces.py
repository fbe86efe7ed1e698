"""The four faces of the meeting screen: what is drawn, the seed, a school's names, the end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from ui.desktop.pages.exams.meeting.showing import (
    Meeting,
    SchoolPage,
    in_groups,
    seed_state,
    total,
)
from ui.desktop.widgets.parts import clear, column, label, set_tone

_MIDDLE = Qt.AlignmentFlag.AlignCenter
HOW = "由在场见证人掷骰子、摸球或各报数字产生，读一个输一个。"
FIXED = "每四个字一组，核对无误后再抽取。"
HASH_GROUP = 8
SEED_GROUP = 4
FEW, SOME = 6, 12
"""Up to so many names stand in two or three columns and are larger."""


class Face(QWidget):
    """Base of the faces: its lines stand in the middle of the screen."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("face")
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(0)


class OpeningFace(Face):
    """What is drawn, from whom, by which rule, and the hash of the frozen frame."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.name = _centred("", "meetingTitle")
        self.office = _centred("", "meetingSmall")
        self.figures = QHBoxLayout()
        self.rule = _centred("", "meetingText")
        self.base = _centred("", "meetingSmall")
        self.hash = _centred("", "meetingHash")
        caption = _centred(
            "名单指纹（SHA-256）。名单已经冻结并公示，此后不能改动。", "meetingSmall"
        )
        for item in (2, self.office, self.name, 1, self.figures, 1, self.rule, self.base, 1,
                     caption, self.hash, 2):  # fmt: skip
            _put(self.lines, item)

    def show_meeting(self, meeting: Meeting) -> None:
        """Fill it."""
        self.name.setText(meeting.name)
        self.office.setText(meeting.office)
        clear(self.figures)
        self.figures.addStretch(1)
        figures = (("名单人数", meeting.pool), ("分组", meeting.groups), ("应抽", meeting.quota))
        for title, figure in figures:
            self.figures.addLayout(
                column(
                    _centred(f"{figure:,}", "meetingFigure"),
                    _centred(title, "meetingSmall"),
                    gap=0,
                ),
                2,
            )
        self.figures.addStretch(1)
        self.rule.setText(meeting.rule)
        self.base.setText(meeting.base)
        self.hash.setText(in_groups(meeting.sha256, HASH_GROUP))


class SeedFace(Face):
    """Where the seed is typed in public; its length is told while it grows."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.title = _centred("公开种子", "meetingTitle")
        self.how = _centred(HOW, "meetingSmall")
        self.line = QLineEdit()
        self.line.setObjectName("meetingSeed")
        self.line.setAlignment(_MIDDLE)
        self.line.setAccessibleName("公开种子")
        self.fixed = _centred("", "meetingFixed")
        self.bar = QProgressBar()
        self.bar.setObjectName("meetingBar")
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 100)
        self.state = _centred("", "meetingText")
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(column(self.line, self.fixed, self.bar, gap=10), 10)
        middle.addStretch(1)
        for item in (3, self.title, self.how, 1, middle, 1, self.state, 4):
            _put(self.lines, item)
        self.line.textChanged.connect(self.tell)
        self.fixed.hide()
        self.tell("")

    @property
    def good(self) -> bool:
        """Whether the seed can be taken."""
        return seed_state(self.line.text()).good

    def tell(self, text: str) -> None:
        """Say how long the seed is."""
        found = seed_state(text)
        self.state.setText(found.words)
        set_tone(self.state, "ok" if found.good else "")
        set_tone(self.bar, "ok" if found.good else "")
        wanted = 20 if text.isascii() and text.isdigit() else 12
        self.bar.setValue(100 if found.good else min(99, len(text) * 100 // wanted))

    def fix(self, *, yes: bool) -> None:
        """Show the seed as fixed, in groups to be compared, or let it be typed again."""
        self.line.setVisible(not yes)
        self.fixed.setVisible(yes)
        self.fixed.setText(in_groups(self.line.text(), SEED_GROUP))
        if yes:
            self.title.setText("种子已定，请见证人核对")
            self.how.setText(FIXED)
            set_tone(self.state, "")
            self.state.setText("一经抽取，结果就留在记录中。")
        else:
            self.title.setText("公开种子")
            self.how.setText(HOW)
            self.tell(self.line.text())
            self.line.setFocus()

    def say(self, sentence: str) -> None:
        """Say why the seed was not taken."""
        self.state.setText(sentence)
        set_tone(self.state, "error")


class SchoolFace(Face):
    """The drawn people of one school."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.place = _centred("", "meetingSmall")
        self.school = _centred("", "meetingTitle")
        self.count = _centred("", "meetingText")
        self.names = QGridLayout()
        self.labels: list[QLabel] = []
        for item in (self.place, self.school, self.count, 2, self.names, 3):
            _put(self.lines, item)

    def show_page(self, page: SchoolPage) -> None:
        """Show one screen of names."""
        part = f"（第 {page.part}/{page.parts} 屏）" if page.parts > 1 else ""
        self.place.setText(f"第 {page.place} / {page.places} 所")
        self.school.setText(page.school)
        self.count.setText(f"抽中 {page.of_school:,} 人{part}")
        clear(self.names)
        self.labels = [_centred(one.name, "") for one in page.people]
        across = 2 if len(page.people) <= FEW else 3 if len(page.people) <= SOME else 4
        look = "meetingName" if across < 4 else "meetingNameSmall"
        across = min(across, len(page.people))
        for place, one in enumerate(page.people):
            below = "　".join(text for text in (one.number, one.group) if text)
            name = self.labels[place]
            name.setObjectName(look)
            cell = column(name, _centred(below, "meetingSmall"), gap=0)
            cell.setContentsMargins(0, 8, 0, 8)
            self.names.addLayout(cell, place // across, place % across)

    def shown_names(self) -> list[str]:
        """The names in sight."""
        return [one.text() for one in self.labels]


class ClosingFace(Face):
    """How many were drawn, with what anybody needs to do it again."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.figure = _centred("", "meetingFigure")
        self.words = _centred("", "meetingText")
        self.seed = _centred("", "meetingFixed")
        self.hash = _centred("", "meetingHash")
        again = "抽签记录写明各组抽中和候补名单；凭名单文件和种子，任何人都能用 sha256sum 重算。"
        for item in (2, _centred("抽签完毕", "meetingTitle"), self.figure, self.words, 1,
                     _centred("种子", "meetingSmall"), self.seed, 1,
                     _centred("名单指纹（SHA-256）", "meetingSmall"), self.hash, 1,
                     _centred(again, "meetingSmall"), 2):  # fmt: skip
            _put(self.lines, item)

    def show_meeting(self, meeting: Meeting) -> None:
        """Fill it."""
        self.figure.setText(f"{total(meeting.schools):,} 人")
        places = len({page.school for page in meeting.schools})
        self.words.setText(f"来自 {places:,} 个单位，名单共 {meeting.pool:,} 人")
        self.seed.setText(in_groups(meeting.seed, SEED_GROUP))
        self.hash.setText(in_groups(meeting.sha256, HASH_GROUP))


def _centred(text: str, look: str) -> QLabel:
    found = label(text, look, wrap=True)
    found.setAlignment(_MIDDLE)
    return found


def _put(lines: QVBoxLayout, item: QWidget | QHBoxLayout | QGridLayout | int) -> None:
    if isinstance(item, int):
        lines.addStretch(item)
    elif isinstance(item, QWidget):
        lines.addWidget(item)
    else:
        lines.addLayout(item)
