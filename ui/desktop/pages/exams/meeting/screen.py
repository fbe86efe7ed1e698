"""The window on the projector: space goes on, the left arrow goes back, Esc leaves."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.errors import OfficeError
from ui.desktop.pages.exams.meeting.faces import ClosingFace, OpeningFace, SchoolFace, SeedFace
from ui.desktop.pages.exams.meeting.showing import Meeting
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.look import scaled_sheet
from ui.desktop.widgets.parts import button, label

draw_in_public = Lazy("ui.desktop.pages.exams.jobs", "draw_in_public")
FORWARD = frozenset(
    {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right, Qt.Key.Key_PageDown}
)
BACK = frozenset({Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace})
DESIGNED = (1280, 720)
AUTO_MS = 2_500
HINTS = "空格键继续 · ← 返回 · A 自动翻页 · Esc 退出"
HINTS_OF = {
    "OPENING": "空格键继续 · Esc 退出",
    "SEED": "回车键确定种子 · Esc 退出",
    "FIXED": "空格键开始抽取 · ← 重新输入 · Esc 退出",
    "DRAWING": "正在抽取…",
    "CLOSING": "← 返回 · Esc 退出",
}


class Phase(Enum):
    """Where the meeting is."""

    OPENING = auto()
    SEED = auto()
    FIXED = auto()
    DRAWING = auto()
    SCHOOLS = auto()
    CLOSING = auto()


class MeetingScreen(QDialog):
    """The draw as the meeting sees it.

    Attributes:
        phase: where the meeting is.
        page: which screen of names is in sight.

    Signals:
        drew: the draw that was made here.
    """

    drew = Signal(object)

    def __init__(
        self, parent: QWidget, session: Session, meeting: Meeting, again_because: str = ""
    ) -> None:
        """Make the window; a meeting that has a seed was drawn before and is only shown.

        Args:
            parent: the page.
            session: where the draw is written.
            meeting: what is drawn.
            again_because: why it is drawn again; "" for the first draw.
        """
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("meeting")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"抽签 — {meeting.name}")
        self.setAccessibleName(self.windowTitle())
        self.meeting = meeting
        self.phase = Phase.OPENING
        self.page = 0
        self._session = session
        self._reason = again_because
        self._shown_only = bool(meeting.seed)
        self.opening, self.seed = OpeningFace(), SeedFace()
        self.school, self.closing = SchoolFace(), ClosingFace()
        self.stack = QStackedWidget()
        self.hints = label(HINTS, "meetingHint")
        self.forward = button("继续", self.go_on, kind="meeting")
        self.auto = QTimer(self)
        self.auto.setInterval(AUTO_MS)
        self.auto.timeout.connect(self.go_on)
        self._lay_out()
        self.opening.show_meeting(meeting)
        self._show()

    def go_on(self) -> None:
        """One step further."""
        match self.phase:
            case Phase.OPENING:
                self._turn(Phase.SCHOOLS if self._shown_only else Phase.SEED)
            case Phase.SEED:
                self._turn(Phase.FIXED if self.seed.good else Phase.SEED)
            case Phase.FIXED:
                self._draw()
            case Phase.DRAWING:
                return
            case Phase.SCHOOLS if self.page + 1 < len(self.meeting.schools):
                self.page += 1
                self._show()
            case Phase.SCHOOLS:
                self._turn(Phase.CLOSING)
            case Phase.CLOSING:
                self.auto.stop()

    def go_back(self) -> None:
        """One step back, as far as nothing was drawn by it."""
        self.auto.stop()
        if self.phase is Phase.FIXED:
            self._turn(Phase.SEED)
        elif self.phase is Phase.CLOSING:
            self._turn(Phase.SCHOOLS)
        elif self.phase is Phase.SCHOOLS and self.page:
            self.page -= 1
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the keyboard and of a presenter's remote control."""
        if event.key() in FORWARD:
            self.auto.stop()
            self.go_on()
        elif event.key() in BACK:
            self.go_back()
        elif event.key() == Qt.Key.Key_A and self.phase is Phase.SCHOOLS:
            self.auto.stop() if self.auto.isActive() else self.auto.start()
        elif event.key() == Qt.Key.Key_Escape and self.phase is not Phase.DRAWING:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay until a draw that has begun is on the record."""
        if self.phase is Phase.DRAWING:
            event.ignore()
        else:
            super().closeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the names goes on too."""
        if self.phase is Phase.SCHOOLS and event.button() == Qt.MouseButton.LeftButton:
            self.go_on()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words grow with the screen."""
        super().resizeEvent(event)
        across, down = event.size().width() / DESIGNED[0], event.size().height() / DESIGNED[1]
        self.setStyleSheet(scaled_sheet("meeting.qss", max(0.6, min(across, down))))

    def _draw(self) -> None:
        self._turn(Phase.DRAWING)
        work = draw_in_public.bind(self.meeting.exam_id, self.seed.line.text(), self._reason)
        self._session.write("正在抽签", work, self._drawn, self._refused)

    def _drawn(self, made: object) -> None:
        found = getattr(made, "meeting", None)
        if isinstance(found, Meeting):
            self.meeting = found
        self._shown_only = True
        self.page = 0
        self.drew.emit(made)
        self._turn(Phase.SCHOOLS)

    def _refused(self, error: OfficeError) -> None:
        self._turn(Phase.SEED)
        self.seed.say(error.sentence)

    def _turn(self, phase: Phase) -> None:
        self.phase = phase
        self._show()

    def _show(self) -> None:
        """Show the face of the phase."""
        typing = self.phase is Phase.SEED
        self.hints.setText(HINTS_OF.get(self.phase.name, HINTS))
        words = {Phase.SEED: "确定种子", Phase.FIXED: "开始抽取", Phase.CLOSING: "退出"}
        self.forward.setText(words.get(self.phase, "继续"))
        self.forward.setEnabled(True)
        match self.phase:
            case Phase.OPENING:
                self.stack.setCurrentWidget(self.opening)
            case Phase.SEED | Phase.FIXED | Phase.DRAWING:
                self.stack.setCurrentWidget(self.seed)
                self.seed.fix(yes=not typing)
                self._offer_seed()
            case Phase.SCHOOLS if self.meeting.schools:
                self.school.show_page(self.meeting.schools[self.page])
                self.stack.setCurrentWidget(self.school)
            case _:
                self.closing.show_meeting(self.meeting)
                self.stack.setCurrentWidget(self.closing)
        if not typing:
            self.setFocus()

    def _offer_seed(self) -> None:
        self.forward.setEnabled(self.seed.good and self.phase is not Phase.DRAWING)

    def _pressed(self) -> None:
        if self.phase is Phase.CLOSING:
            self.close()
        else:
            self.auto.stop()
            self.go_on()

    def _lay_out(self) -> None:
        for face in (self.opening, self.seed, self.school, self.closing):
            self.stack.addWidget(face)
        self.seed.line.textChanged.connect(self._offer_seed)
        self.forward.clicked.disconnect()
        self.forward.clicked.connect(self._pressed)
        self.forward.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.addWidget(self.hints, 1)
        foot.addWidget(self.forward)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(32, 24, 32, 20)
        lines.addWidget(self.stack, 1)
        lines.addLayout(foot)
