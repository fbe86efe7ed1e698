"""师徒结对: one programme at a time, led through its nine steps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QSizePolicy, QStackedWidget

from ui.desktop.pages.mentoring.first_steps import SchemeStep, SurveysStep, WishesStep
from ui.desktop.pages.mentoring.last_steps import ResultsStep, StageStep
from ui.desktop.pages.mentoring.match_step import MatchStep
from ui.desktop.pages.mentoring.middle_steps import AgreementsStep, ApprovalStep, VisitsStep
from ui.desktop.pages.mentoring.shown import STEPS, ProgrammeChoice
from ui.desktop.pages.mentoring.step_rail import StepRail
from ui.desktop.pages.mentoring.step_view import StepView
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.empty import EmptyState
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button

NEW = "新设工程…"
EMPTY = (
    "还没有结对工程。设立以后一步一步进行：方案、调查、意愿、匹配、审批、协议、活动、阶段、成果。"
)
read_programmes = Lazy("ui.desktop.pages.mentoring.figures", "read_programmes")
TABLES = frozenset(
    {
        "programme", "survey_answer", "participant_wish", "pair", "pair_step", "school_pair",
        "pair_visit", "programme_meeting", "withdrawal_proposal", "teacher", "institution",
        "certificate", "title_grant",
    }
)  # fmt: skip


class MentoringPage(Page):
    """The page of a programme's steps."""

    help_page = "mentoring.md"
    interests = TABLES

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("师徒结对")
        self._session = session
        self._choices: Sequence[ProgrammeChoice] = ()
        self._wanted = ""
        self.programmes = QComboBox()
        self.programmes.setAccessibleName("结对工程")
        self.programmes.setMinimumWidth(tokens.px(400))
        self.programmes.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.rail = StepRail()
        self.scheme = SchemeStep(session)
        self.matching = MatchStep(session)
        views = (
            self.scheme, SurveysStep(session), WishesStep(session), self.matching,
            ApprovalStep(session), AgreementsStep(session), VisitsStep(session),
            StageStep(session), ResultsStep(session),
        )  # fmt: skip
        self.steps: dict[str, StepView] = {
            key: view for (key, _), view in zip(STEPS, views, strict=True)
        }
        self.stack = QStackedWidget()
        self.empty = EmptyState()
        begins = not session.edition.hides("mentoring.begin")
        sentence = session.edition.say("mentoring.empty", EMPTY)
        self.empty.say(sentence, NEW if begins else "", self.scheme.begin, "handshake")
        self.empty.hide()  # nothing is known yet
        self._step = STEPS[0][0]
        self._lay_out()

    @property
    def view(self) -> StepView:
        """The step in sight."""
        return self.steps[self._step]

    def reload(self) -> None:
        """Read the programmes anew, and the step in sight."""
        work = read_programmes.bind()
        self._session.read("正在读取", work, self._loaded, quiet=True)

    def shown(self, argument: object = None) -> None:
        """Come into sight; an argument is the programme or the step to be shown."""
        if isinstance(argument, str) and argument in self.steps:
            self.go_to(argument)
        elif isinstance(argument, str) and argument:
            self._wanted = argument
            self.reload()

    def focus_search(self) -> None:
        """Go to the search field of the step."""
        self.view.focus_search()

    def go_to(self, key: str) -> None:
        """Show a step."""
        self._step = key
        self.rail.show_step(key)
        self.stack.setCurrentWidget(self.view)
        self._show()

    def _lay_out(self) -> None:
        self.buttons.addWidget(self.programmes)
        if not self._session.edition.hides("mentoring.begin"):
            self.buttons.addWidget(button(NEW, self.scheme.begin, drawing="plus"))
        self.body.addWidget(self.notice)
        self.body.addWidget(self.rail)
        self.body.addWidget(self.stack, 1)
        for view in self.steps.values():
            self.stack.addWidget(view)
        self.body.addWidget(self.empty, 1)
        self.rail.chosen.connect(self.go_to)
        self.programmes.activated.connect(self._chosen)

    def _loaded(self, choices: Sequence[ProgrammeChoice]) -> None:
        self._choices = choices
        kept = self._wanted or str(self.programmes.currentData() or "")
        self._wanted = ""
        self.programmes.clear()
        for one in choices:
            self.programmes.addItem(one.text, one.id)
        running = next((one.id for one in choices if not one.ended), "")
        known = {one.id for one in choices}
        place = self.programmes.findData(kept if kept in known else running)
        self.programmes.setCurrentIndex(max(0, place) if choices else -1)
        self.count.setText(f"共 {len(choices)} 项工程" if choices else "")
        for widget in (self.rail, self.stack, self.programmes):
            widget.setVisible(bool(choices))
        self.empty.setVisible(not choices)
        self._show()

    def _chosen(self, _place: int) -> None:
        self._show()

    def _show(self) -> None:
        chosen = str(self.programmes.currentData() or "")
        found = next((one for one in self._choices if one.id == chosen), None)
        if found is not None:
            self.rail.show_figures(found.steps)
            self.view.show_programme(found.id)
