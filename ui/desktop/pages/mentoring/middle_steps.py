"""审批、协议、活动: pairs take their steps, sign, and work."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models.errors import UserError
from models.mentoring.changes import sign
from models.mentoring.kinds import read_kinds
from models.mentoring.pairs import PairRow
from models.mentoring.programmes import Programme
from models.mentoring.steps import Said, next_step, take_step
from models.mentoring.visits import PostedVisits, add_evidence, post_visits, strike_visits
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from ui.desktop.pages.mentoring.step_view import PEOPLE, StepInfo, StepView, needed
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import tell
from ui.desktop.widgets.picking import PickSheet
from ui.desktop.widgets.table.source import TableColumn

_LOADS = "ui.desktop.pages.mentoring.later_loads"
_JOBS = "ui.desktop.pages.mentoring.jobs"
change_mentor = Lazy(_JOBS, "change_mentor")
dissolve = Lazy(_JOBS, "dissolve")
issue_agreements = Lazy(_JOBS, "issue_agreements")
log_visits = Lazy(_JOBS, "log_visits")
STATE = TableColumn("state", "状态", 6)

APPROVAL = StepInfo(
    "approval",
    "拟配的对子依次办三步手续；选中几对一次办理，人员情况有变的须先处理。备案以后协议开始。",
    "还没有师徒。先在“匹配”里配对。",
    Lazy(_LOADS, "approval"),
    (
        *PEOPLE,
        STATE,
        TableColumn("next", "下一步", 7),
        TableColumn("why", "说明", 12, stretch=True),
    ),
)
AGREEMENTS = StepInfo(
    "agreements",
    "备案的对子编协议号，成套打印（每对三份），签订后记下日期。目标和任务可逐对另写。",
    "还没有备案的师徒。先在“审批”里办完手续。",
    Lazy(_LOADS, "agreements"),
    (
        *PEOPLE,
        TableColumn("number", "协议编号", 10),
        TableColumn("signed", "签订日期", 6),
        TableColumn("state", "状态", 6, stretch=True),
    ),
)
VISITS = StepInfo(
    "visits",
    "记下师徒的每次活动：听课、评课、示范课、研讨……有佐证的可登记学时，师徒双方各记一条。",
    "还没有活动。选“记活动”，一次可记几对师徒。",
    Lazy(_LOADS, "visits"),
    (
        TableColumn("held_on", "日期", 6),
        TableColumn("kind", "活动", 5),
        TableColumn("topic", "内容", 12, stretch=True),
        TableColumn("mentor", "师傅", 6),
        TableColumn("mentee", "徒弟", 6),
        TableColumn("place", "地点", 10, listed=False),
        TableColumn("hours", "学时", 3, numeric=True),
        TableColumn("evidence", "佐证", 8),
        TableColumn("state", "学时登记", 6),
    ),
)


class ApprovalStep(StepView):
    """审批: three steps, changes of mentor, ends before time."""

    def __init__(self, session: Session) -> None:
        """Make the step."""
        super().__init__(session, APPROVAL)
        self.add("办下一步…", self.go_on, chosen=True, kind="primary", drawing="check")
        self.add("不同意…", self.refuse, chosen=True)
        self.add("更换师傅…", self.change, chosen=True)
        self.add("解除…", self.dissolve, chosen=True)
        self.add("打印名册…", self.print_out, drawing="printer")
        self.finish_bar()

    def go_on(self) -> None:
        """Ask for an opinion, and take the next step on the chosen pairs."""
        self._step(agrees=True)

    def refuse(self) -> None:
        """Ask why, and turn the chosen pairs down."""
        self._step(agrees=False)

    def change(self) -> None:
        """Ask who leads the mentee of the chosen pair from now on, and why."""
        pair = self._pairs()[0]
        words = f"{pair.mentee}现由{pair.mentor}带。原来的一对记为解除，新的一对重新办手续。"
        sheet = ChooseSheet("更换师傅", words, "更换", self)
        sheet.add_line("mentor", "新师傅", hint="教师编号或姓名，须在意愿名单里")
        sheet.add_line("reason", "原因", hint="如：原师傅调出")

        def then(texts: dict[str, str]) -> None:
            work = change_mentor.bind(pair.id, texts["mentor"], texts["reason"])
            self.write("正在更换师傅", work)

        self.ask(sheet, lambda texts: needed(texts, mentor="新师傅", reason="原因"), then)

    def dissolve(self) -> None:
        """Ask why, and end the chosen pairs before their time."""
        ids = self.chosen_ids()
        words = f"解除 {len(ids)} 对师徒。记录和原因都保留，可以撤销。"
        sheet = ChooseSheet("解除师徒", words, "解除", self)
        sheet.add_line("reason", "原因")

        def then(texts: dict[str, str]) -> None:
            self.write("正在解除", dissolve.bind(ids, texts["reason"]))

        self.ask(sheet, lambda texts: needed(texts, reason="原因"), then)

    def print_out(self) -> None:
        """Show the list of pairs as a paper."""
        self.papers.show("pair-register", {"programme": self.programme}, tabled=True)

    def _pairs(self) -> list[PairRow]:
        return [self.shown.things[one] for one in self.chosen_ids()]

    def _step(self, *, agrees: bool) -> None:
        """Take the step that the first of the chosen waits for, on all that wait for it."""
        found: Programme = self.shown.things["programme"]
        chosen = self._pairs()
        step = next((one for one in (next_step(found, pair) for pair in chosen) if one), None)
        if step is None:
            tell(self, "选中的师徒没有待办的手续。", "已备案、已解除的不用再办。")
            return
        ids = [one.id for one in chosen if next_step(found, one) == step]
        others = len(chosen) - len(ids)
        words = f"对 {len(ids)} 对师徒办“{step.name}”（{step.by}）。"
        words += f"另外 {others} 对不在这一步，这次不办。" if others else ""
        sheet = ChooseSheet(step.name, words, "同意" if agrees else "不同意", self)
        sheet.add_line("opinion", "意见" if agrees else "不同意的原因")
        required = {} if agrees else {"opinion": "不同意的原因"}
        broken: dict[str, str] = self.shown.things["broken"]
        against = [broken[one] for one in ids if one in broken]
        if against and agrees and step == found.kind.steps[-1]:
            sheet.add_line("exception", "特例的理由", hint="；".join(against))
            required["exception"] = f"特例的理由（{'；'.join(against)}）"
        sheet.add_line("on", "日期", hint="不填为今天；补录以前办的填当时的日期")

        def then(texts: dict[str, str]) -> None:
            said = Said(texts["opinion"], texts.get("exception", ""), texts["on"])

            def work(office: Office, _progress: Progress) -> Operation:
                return take_step(office, ids, step.id, said, agrees=agrees)

            self.write("正在办理", work)

        self.ask(sheet, lambda texts: needed(texts, **required), then)


class AgreementsStep(StepView):
    """协议: numbered, printed, signed."""

    def __init__(self, session: Session) -> None:
        """Make the step."""
        super().__init__(session, AGREEMENTS)
        self.add("全部编号", self.number, kind="primary", drawing="hash")
        self.add("打印协议…", self.print_out, drawing="printer")
        self.add("已签订…", self.sign, chosen=True)
        self.add("另写目标任务…", self.rewrite, chosen=True)
        self.finish_bar()

    def number(self) -> None:
        """Number all agreements that have no number."""
        self.write("正在编号", issue_agreements.bind(self.programme, []))

    def print_out(self) -> None:
        """Show the agreements, three of each."""
        self.papers.show("pair-agreements", {"programme": self.programme})

    def sign(self) -> None:
        """Ask when the chosen agreements were signed."""
        today = self.session.office.store.clock.today().isoformat()
        sheet = ChooseSheet("已签订", f"选中的 {len(self.chosen_ids())} 份协议。", "保存", self)
        sheet.add_line("on", "签订日期", today)
        self._sign(sheet, lambda texts: (texts["on"], None, None))

    def rewrite(self) -> None:
        """Ask for goals and tasks of the chosen pairs that differ from the programme's."""
        chosen: list[PairRow] = [self.shown.things[one] for one in self.chosen_ids()]
        if any(one.agreement_no for one in chosen):
            tell(
                self,
                "选中的有已编号的协议。",
                "编号时内容已经固定；要改请先在“证书”里作废那份协议，或撤销编号。",
            )
            return
        words = f"选中的 {len(chosen)} 对另写；留空就用方案里的。"
        sheet = ChooseSheet("另写目标任务", words, "保存", self, 560)
        sheet.add_line("goals", "目标", chosen[0].goals)
        sheet.add_line("tasks", "任务", chosen[0].tasks)
        self._sign(sheet, lambda texts: (None, texts["goals"], texts["tasks"]))

    def _sign(
        self,
        sheet: ChooseSheet,
        understand: Callable[[dict[str, str]], tuple[str | None, str | None, str | None]],
    ) -> None:
        ids = self.chosen_ids()

        def then(answer: tuple[str | None, str | None, str | None]) -> None:
            day, goals, tasks = answer

            def work(office: Office, _progress: Progress) -> Operation:
                return sign(office, ids, day, goals=goals, tasks=tasks)

            self.write("正在保存", work)

        self.ask(sheet, understand, then)


class VisitsStep(StepView):
    """活动: the log, and the hours it brings."""

    def __init__(self, session: Session) -> None:
        """Make the step."""
        super().__init__(session, VISITS)
        self.add("记活动…", self.enter, kind="primary", drawing="plus")
        self.add("登记学时", self.post, drawing="clock")
        self.add("补佐证…", self.prove, chosen=True)
        self.add("删除", self.strike, chosen=True)
        self.finish_bar()

    def enter(self) -> None:
        """Ask what was done, by which pairs."""
        pairs: Sequence[PairRow] = self.shown.things.get("pairs", ())
        if not pairs:
            tell(self, "还没有备案的师徒。", "备案以后才记活动，请先在“审批”里办完手续。")
            return
        names = {name_of(one): one.id for one in pairs}
        today = self.session.office.store.clock.today().isoformat()
        kinds = {one.id: f"{one.name}（{one.hours} 学时）" for one in read_kinds().visits}
        sheet = PickSheet("记活动", "几对师徒一起活动的，用、隔开。", "保存", self)
        sheet.add_choice("kind", "活动", kinds)
        sheet.add_line("pairs", "师徒", offers=list(names), hint="写师傅或徒弟的姓名")
        sheet.add_line("held_on", "日期", today)
        sheet.add_line("topic", "内容", hint="如：两位数乘法")
        sheet.add_line("place", "地点")
        sheet.add_line("hours", "学时", hint="不填按活动种类")
        sheet.add_line("evidence", "佐证", hint="如：听课记录本第 3 页；没有佐证的不登记学时")

        def then(answer: tuple[list[str], dict[str, str]]) -> None:
            self.write("正在保存", log_visits.bind(*answer))

        self.ask(sheet, lambda texts: (pairs_meant(texts["pairs"], pairs), texts), then)

    def post(self) -> None:
        """Enter the hours of visits with evidence into the ledger."""
        programme_id = self.programme

        def work(office: Office, _progress: Progress) -> PostedVisits:
            return post_visits(office, programme_id)

        self.write("正在登记学时", work)

    def prove(self) -> None:
        """Ask where the chosen visits can be seen."""
        ids = self.chosen_ids()
        sheet = ChooseSheet("补佐证", f"选中的 {len(ids)} 次活动。", "保存", self)
        sheet.add_line("evidence", "佐证", hint="如：听课记录本第 3 页")

        def then(texts: dict[str, str]) -> None:
            evidence = texts["evidence"]

            def work(office: Office, _progress: Progress) -> Operation:
                return add_evidence(office, ids, evidence)

            self.write("正在保存", work)

        self.ask(sheet, lambda texts: needed(texts, evidence="佐证"), then)

    def strike(self) -> None:
        """Take visits out of the log again."""
        ids = self.chosen_ids()

        def work(office: Office, _progress: Progress) -> Operation:
            return strike_visits(office, ids)

        self.write("正在删除", work)


def name_of(pair: PairRow) -> str:
    """A pair as one finds it by typing."""
    return f"{pair.mentor}—{pair.mentee}（{pair.mentee_school}）"


def pairs_meant(text: str, pairs: Sequence[PairRow]) -> list[str]:
    """The pairs that a text names, by the whole name or by that of one of the two.

    Raises:
        UserError: a name that fits none or several.
    """
    found: list[str] = []
    for word in (one.strip() for one in text.replace("，", "、").split("、")):
        if not word:
            continue
        hits = [one for one in pairs if word in (one.mentor, one.mentee, name_of(one))]
        if len(hits) != 1:
            told = "没有这个人的师徒" if not hits else f"有 {len(hits)} 对师徒"
            raise UserError("form", f"“{word}”{told}。", "请从列表中选择，或写徒弟的姓名。")
        found.append(hits[0].id)
    if not found:
        raise UserError("form", "请填写师徒。", "")
    return found
