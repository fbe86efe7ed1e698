"""工作台: figures that lead on, questions to be answered here, and what was done last."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.office.context import Office
from models.progress import Progress
from models.staff.questions import MoveQuestion
from models.store.operations import Operation
from ui.desktop.pages.home.cards import ProgressCard, SchoolsCard, endings_part, waiting_card
from ui.desktop.pages.home.dashboard import Dashboard
from ui.desktop.pages.home.summary import Summary, read_summary
from ui.desktop.tasks.backups import moment_words
from ui.desktop.tasks.boards import Asked
from ui.desktop.tasks.edition import FirstStep
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button, clear, column, label, picture, rule

QUESTIONS = 5
TILE = 164
"""The least width of a tile; as many stand side by side as fit."""
SAMPLE = "这是示例数据，可以放心试用；里面的人都是虚构的。"
dashboard = Lazy("ui.desktop.pages.home.dashboard", "read_dashboard")
answer = Lazy("models.staff.questions", "answer_move")
NEXT = (
    FirstStep("school", "导入机构名录", "学校、片区、辅导站。也可以逐个新增。", "imports"),
    FirstStep(
        "users", "导入教师名册", "学校交来的 Excel 直接拖进来，逐行检查后再入库。", "imports"
    ),
    FirstStep("book-open", "建立培训课程", "登记课程和学时，报名、录成绩、记学时。", "courses"),
)


class HomePage(Page):
    """How the office stands."""

    help_page = "index.md"
    interests = frozenset({"*"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("工作台")
        self.session = session
        self.progress = ProgressCard()
        self.schools = SchoolsCard()
        self._dashboard: Dashboard | None = None
        self._tiles = QGridLayout()
        self._tiles.setSpacing(tokens.BLOCK)
        self._cycle = QWidget()
        self._cards = QHBoxLayout()
        self._cards.setSpacing(tokens.BLOCK)
        self._lay_out()
        self.progress.opened.connect(self._open_requirement)
        self.progress.rules_wanted.connect(partial(self._go, "policies"))
        edition = session.edition
        self.schools.setVisible(not edition.hides("home.schools"))
        if not edition.shows("policies"):
            self.progress.without_rules()
        self.schools.opened.connect(self._open_school)

    def shown(self, argument: object = None) -> None:
        """Come into sight with the figures of now."""
        self.reload()

    def reload(self) -> None:
        """Count anew; the cycle follows from the lane."""
        self._show(read_summary(self.session))
        look = self.session.boards.work(Asked())
        self.session.read("正在核算本周期", dashboard.bind(look), self._looked, quiet=True)

    def _looked(self, found: Dashboard) -> None:
        self._dashboard = found
        self.progress.show_dashboard(found)
        self.schools.show_dashboard(found)
        self._show(read_summary(self.session))

    def _show(self, summary: Summary) -> None:
        now = summary.now
        self.count.setText(f"{now.year}年{now.month}月{now.day}日")
        if self.session.office.identity.sample:
            self.notice.tell(SAMPLE, "info", "清除示例数据…", self._discard)
        clear(self._tiles)
        clear(self._cards)
        self._show_tiles(summary)
        empty = not summary.teachers
        self._cycle.setVisible(not empty)
        self._cards.addWidget(self._next_steps() if empty else self._waiting(summary), 3)
        self._cards.addWidget(self._steps(summary), 2)

    def _lay_out(self) -> None:
        body = QWidget()
        body.setObjectName("clear")
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(tokens.BLOCK)
        cycle = QHBoxLayout(self._cycle)
        cycle.setContentsMargins(0, 0, 0, 0)
        cycle.setSpacing(tokens.BLOCK)
        cycle.addWidget(self.progress, 3)
        cycle.addWidget(self.schools, 2)
        inside.addLayout(self._tiles)
        inside.addWidget(self._cycle)
        inside.addLayout(self._cards, 1)
        area = QScrollArea()
        area.setObjectName("clear")
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self.notice)
        self.body.addWidget(area, 1)

    def _open_requirement(self, requirement: str) -> None:
        self.session.go.emit("verdicts", f"requirement:{requirement}" if requirement else None)

    def _open_school(self, key: str, name: str) -> None:
        self.session.go.emit("verdicts", ("school", key, name))

    def _show_tiles(self, summary: Summary) -> None:
        backup = moment_words(summary.backed_up, summary.now)
        stamp, year = self._dashboard.stamp if self._dashboard else ("…", summary.now.year)
        tiles = (
            ("users", "教师", f"{summary.teachers:,} 人", "teachers", ""),
            ("school", "学校", f"{summary.institutions:,} 所", "institutions", ""),
            ("book-open", "今年课程", f"{len(summary.courses):,} 门", "courses", ""),
            ("stamp", f"{year} 年验印", stamp, "stamping", ""),
            ("hard-drive", "上次备份", backup, "backups", "warn" if summary.backup_is_old else ""),
        )
        tiles = tuple(one for one in tiles if self.session.edition.shows(one[3]))
        across = max(2, min(len(tiles), self.width() // tokens.px(TILE)))
        for place, one in enumerate(tiles):
            self._tiles.addWidget(self._tile(*one), place // across, place % across)

    def _tile(self, drawing: str, title: str, figure: str, page: str, tone: str) -> QPushButton:
        found = QPushButton()
        found.setObjectName("tile")
        found.setAccessibleName(f"{title}：{figure}")
        found.setMinimumHeight(tokens.px(92))
        found.clicked.connect(partial(self._go, page))
        colour = tokens.TONES[tone].text if tone else tokens.PRIMARY
        head = QHBoxLayout()
        head.setSpacing(tokens.GAP)
        head.addWidget(picture(drawing, colour))
        head.addWidget(label(title, "muted"), 1)
        layout = QVBoxLayout(found)
        layout.setContentsMargins(tokens.CARD, tokens.BLOCK, tokens.CARD, tokens.BLOCK)
        layout.addLayout(head)
        layout.addWidget(label(figure, "figure"))
        for part in found.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return found

    def _go(self, page: str, *_: object) -> None:
        self.session.go.emit(page, None)

    def _waiting(self, summary: Summary) -> QFrame:
        """Approvals, and the moves that imports found and a person has to confirm."""
        items = self._dashboard.items if self._dashboard else ()
        found = summary.questions
        questions: QFrame | None = None
        if found:
            lines = column(label(f"待确认的调动（{len(found):,}）", "heading"))
            for question in found[:QUESTIONS]:
                lines.addWidget(rule())
                lines.addLayout(self._question(question))
            if len(found) > QUESTIONS:
                more = f"还有 {len(found) - QUESTIONS:,} 项，确认后依次显示。"
                lines.addWidget(label(more, "muted"))
            questions = QFrame()
            questions.setObjectName("plain")
            questions.setLayout(lines)
        edition = self.session.edition
        countys = tuple(edition.leaves_out("home"))
        shown = [one for one in items if edition.shows(one.page) and not one.text.endswith(countys)]
        return waiting_card(shown, questions, self.session.go.emit)

    def _question(self, question: MoveQuestion) -> QHBoxLayout:
        found = QHBoxLayout()
        found.setSpacing(tokens.GAP)
        texts = QVBoxLayout()
        texts.setSpacing(tokens.px(2))
        texts.addWidget(label(f"{question.name} 是否已调到 {question.there}？", wrap=True))
        source = f"现在登记在 {question.here}；《{question.source}》把此人列在新学校。"
        texts.addWidget(label(source, "caption", wrap=True))
        found.addLayout(texts, 1)
        found.addWidget(button("没有调动", self._answering(question, moved=False)))
        found.addWidget(button("已调动", self._answering(question, moved=True)))
        return found

    def _answering(self, question: MoveQuestion, *, moved: bool) -> Callable[[], None]:
        def work(office: Office, _progress: Progress) -> object:
            today = office.store.clock.today().isoformat()
            return answer(office, question, moved=moved, on=today)

        def slot() -> None:
            self.session.write("正在保存", work, self._answered)

        return slot

    def _answered(self, operation: Operation) -> None:
        self.session.undo_offered.emit(f"已记录：{operation.title}", operation.id)

    def _discard(self) -> None:
        ask(
            self,
            "清除示例数据，开始使用自己的数据？",
            "示例数据会整个删除，不留一行；然后可以新建县级文件、用注册文件开通，或从备份恢复。",
            (Answer("取消"), Answer("清除", self.session.discard_wanted.emit, "danger")),
            "warn",
        )

    def _next_steps(self) -> QFrame:
        frame, inside = filled_card()
        inside.addWidget(label("接下来做什么", "heading"))
        first = self.session.edition.first or NEXT
        for place, (drawing, title, words, page) in enumerate(first, start=1):
            inside.addWidget(rule())
            line = QHBoxLayout()
            line.setSpacing(tokens.CARD)
            line.addWidget(picture(drawing, tokens.PRIMARY, 26))
            texts = QVBoxLayout()
            texts.setSpacing(tokens.px(2))
            texts.addWidget(label(f"{place}. {title}", "heading"))
            texts.addWidget(label(words, "muted", wrap=True))
            line.addLayout(texts, 1)
            line.addWidget(
                button("去做", partial(self._go, page), kind="primary" if place == 1 else "")
            )
            inside.addLayout(line)
        inside.addStretch(1)
        return frame

    def _steps(self, summary: Summary) -> QFrame:
        frame, inside = filled_card()
        endings = endings_part(self._dashboard.endings if self._dashboard else ())
        if endings is not None:
            inside.addWidget(endings)
            inside.addWidget(rule())
        head = QHBoxLayout()
        head.addWidget(label("最近操作", "heading"), 1)
        head.addWidget(button("全部", partial(self._go, "history"), kind="link"))
        inside.addLayout(head)
        for step in summary.steps:
            inside.addWidget(rule())
            title = label(step.title + ("（已撤销）" if step.undone else ""), wrap=True)
            inside.addWidget(title)
            when = step.at[:16].replace("T", " ")
            inside.addWidget(label(f"{when}　{step.person}", "caption"))
        if not summary.steps:
            inside.addWidget(label("还没有操作。", "muted"))
        inside.addStretch(1)
        return frame
