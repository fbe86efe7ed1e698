"""首页: figures that lead on, questions to be answered here, and what was done last."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.office.context import Office
from models.progress import Progress
from models.staff.questions import MoveQuestion
from models.store.operations import Operation
from ui.desktop.pages.home.summary import Summary, read_summary
from ui.desktop.tasks.backups import moment_words
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button, clear, label, picture, rule

QUESTIONS = 5
SAMPLE = "这是示例数据，可以放心试用；里面的人都是虚构的。"
answer = Lazy("models.staff.questions", "answer_move")
NEXT = (
    ("school", "导入机构名录", "学校、片区、辅导站。也可以逐个新增。", "imports"),
    ("users", "导入教师名册", "学校交来的 Excel 直接拖进来，逐行检查后再入库。", "imports"),
    ("book-open", "建立培训课程", "登记课程和学时，报名、录成绩、记学时。", "courses"),
)


class HomePage(Page):
    """How the office stands."""

    help_page = "index.md"
    interests = frozenset({"*"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("首页")
        self.session = session
        self._tiles = QGridLayout()
        self._tiles.setSpacing(tokens.BLOCK)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(tokens.BLOCK)
        self.body.addWidget(self.notice)
        self.body.addLayout(self._tiles)
        self.body.addLayout(self._cards, 1)

    def shown(self, argument: object = None) -> None:
        """Come into sight with the figures of now."""
        self.reload()

    def reload(self) -> None:
        """Count anew."""
        summary = read_summary(self.session)
        now = summary.now
        self.count.setText(f"{now.year}年{now.month}月{now.day}日")
        if self.session.office.identity.sample:
            self.notice.tell(SAMPLE, "info", "清除示例数据…", self._discard)
        clear(self._tiles)
        clear(self._cards)
        self._show_tiles(summary)
        empty = not summary.teachers
        left = self._next_steps() if empty else self._questions(summary)
        self._cards.addWidget(left, 3)
        self._cards.addWidget(self._steps(summary), 2)

    def _show_tiles(self, summary: Summary) -> None:
        backup = moment_words(summary.backed_up, summary.now)
        tiles = (
            ("users", "教师", f"{summary.teachers:,} 人", "teachers", ""),
            ("school", "学校", f"{summary.institutions:,} 所", "institutions", ""),
            ("book-open", "今年的培训课程", f"{len(summary.courses):,} 门", "courses", ""),
            ("hard-drive", "上次备份", backup, "backups", "warn" if summary.backup_is_old else ""),
        )
        for place, one in enumerate(tiles):
            self._tiles.addWidget(self._tile(*one), 0, place)

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

    def _questions(self, summary: Summary) -> QFrame:
        """Moves that imports found and a person has to confirm."""
        frame, inside = filled_card()
        found = summary.questions
        inside.addWidget(
            label(f"待确认的事项（{len(found):,}）" if found else "待确认的事项", "heading")
        )
        if not found:
            inside.addStretch(1)
            inside.addWidget(
                picture("circle-check", tokens.OK, 40), 0, Qt.AlignmentFlag.AlignHCenter
            )
            words = "没有待确认的事项。导入名册时发现教师换了学校，会在这里请您确认。"
            inside.addWidget(label(words, "muted"), 0, Qt.AlignmentFlag.AlignHCenter)
            inside.addStretch(2)
            return frame
        for question in found[:QUESTIONS]:
            inside.addWidget(rule())
            inside.addLayout(self._question(question))
        if len(found) > QUESTIONS:
            inside.addWidget(
                label(f"还有 {len(found) - QUESTIONS:,} 项，确认后依次显示。", "muted")
            )
        inside.addStretch(1)
        return frame

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
            "示例数据会整个删除，不留一行；然后可以新建本单位数据或从备份恢复。",
            (Answer("取消"), Answer("清除", self.session.discard_wanted.emit, "danger")),
            "warn",
        )

    def _next_steps(self) -> QFrame:
        frame, inside = filled_card()
        inside.addWidget(label("接下来做什么", "heading"))
        for place, (drawing, title, words, page) in enumerate(NEXT, start=1):
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
