"""阶段、成果: meetings and who falls short, results, ranking, honours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.mentoring.keeping import Unkept
from models.mentoring.programmes import Programme
from models.mentoring.results import set_result
from models.mentoring.sanctions import Proposal, propose_withdrawal
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

if TYPE_CHECKING:
    from models.certificates.pair_honours import HonoursIssued

_LOADS = "ui.desktop.pages.mentoring.last_loads"
_JOBS = "ui.desktop.pages.mentoring.jobs"
save_meeting = Lazy(_JOBS, "save_meeting")
strike_meeting = Lazy(_JOBS, "strike_meeting")
decide = Lazy(_JOBS, "decide")
judge = Lazy(_JOBS, "judge")
honour = Lazy(_JOBS, "honour")
DECISIONS = {"keep": "保留称号", "withdraw": "取消称号"}
RESULTS = {"reached": "达成", "not_reached": "未达成"}

STAGE = StepInfo(
    "stage",
    "七月交流、十二月总结：打印每对的考核表和阶段报告，记下会议。没有履行协议的，可建议取消称号，由人决定。",
    "还没有备案的师徒。",
    Lazy(_LOADS, "stage"),
    (
        *PEOPLE,
        TableColumn("now", "本学期", 4, numeric=True),
        TableColumn("all", "累计", 3, numeric=True),
        TableColumn("state", "履行", 5),
        TableColumn("why", "说明", 12, stretch=True),
    ),
)
RESULT = StepInfo(
    "results",
    "按规则包核算徒弟是否达成目标，单位按达成比例排名，评出先进单位和优秀对子，发荣誉证书。",
    "还没有备案的师徒。",
    Lazy(_LOADS, "results"),
    (
        TableColumn("place", "名次", 3, numeric=True),
        *PEOPLE,
        TableColumn("visits", "活动", 3, numeric=True),
        TableColumn("result", "结果", 5),
        TableColumn("honour", "荣誉", 8, stretch=True),
    ),
)


class StageStep(StepView):
    """阶段: meetings, sheets, reports, and what follows from not keeping an agreement."""

    def __init__(self, session: Session) -> None:
        """Make the step."""
        super().__init__(session, STAGE)
        self.add("记会议…", self.meet, drawing="calendar")
        self.add("删除会议…", self.strike_meeting)
        self.add("考核表…", self.sheets, drawing="printer")
        self.add("阶段报告…", self.report, drawing="file-text")
        self.add("建议取消称号…", self.sanction, chosen=True)
        self.add("决定…", self.decide, chosen=True)
        self.finish_bar()

    def meet(self) -> None:
        """Ask what meeting was held."""
        found: Programme | None = self.shown.things.get("programme")
        if found is None:
            return
        kinds = {one.id: one.name for one in found.kind.meetings}
        if not kinds:
            tell(self, "这种工程没有规定会议。", "")
            return
        today = self.session.office.store.clock.today().isoformat()
        sheet = PickSheet("记会议", "会议情况印在阶段报告前面。", "保存", self)
        sheet.add_choice("kind", "会议", kinds)
        sheet.add_line("held_on", "日期", today)
        sheet.add_line("place", "地点")
        sheet.add_line("topic", "议题", hint="不填为会议名称")
        sheet.add_line("people", "参会的人", hint="用、隔开；印在考核表上")
        sheet.add_line("report", "会议情况", hint="交流了什么，定下什么")

        def then(texts: dict[str, str]) -> None:
            self.write("正在保存", save_meeting.bind(self.programme, texts))

        self.ask(sheet, lambda texts: needed(texts, held_on="日期"), then)

    def strike_meeting(self) -> None:
        """Ask which meeting was put down wrongly, and take it out again."""
        held: dict[str, tuple[str, str, str]] = self.shown.things.get("meetings", {})
        if not held:
            tell(self, "还没有记会议。", "没有可以删除的。")
            return
        sheet = PickSheet("删除会议", "登记错了的会议从记录里去掉，可以撤销。", "删除", self)
        sheet.add_choice("meeting", "会议", {key: told for key, (_, _, told) in held.items()})

        def then(texts: dict[str, str]) -> None:
            kind, day, _ = held[texts["meeting"]]
            self.write("正在删除", strike_meeting.bind(self.programme, kind, day))

        self.ask(sheet, lambda texts: texts, then)

    def sheets(self) -> None:
        """Show the sheets of the present term."""
        self.papers.show("pair-sheets", {"programme": self.programme})

    def report(self) -> None:
        """Show the report of the present term."""
        self.papers.show("pair-stage", {"programme": self.programme}, tabled=True)

    def sanction(self) -> None:
        """Ask on what grounds the titles of mentors shall be withdrawn."""
        ids = self.chosen_ids()
        short: dict[str, Unkept] = self.shown.things.get("short", {})
        told = "；".join(short[one].reason.rstrip("。") for one in ids if one in short)
        words = f"对选中的 {len(ids)} 对的师傅提出建议，由人决定；这一步不改动称号。"
        sheet = ChooseSheet("建议取消称号", words, "提出建议", self, 560)
        sheet.add_line("reason", "没有履行协议的情况", told)

        def then(texts: dict[str, str]) -> None:
            reason = texts["reason"]

            def work(office: Office, _progress: Progress) -> Operation:
                return propose_withdrawal(office, ids, reason)

            self.write("正在保存", work)

        self.ask(sheet, lambda texts: needed(texts, reason="没有履行协议的情况"), then)

    def decide(self) -> None:
        """Ask what is decided on the proposal for the chosen pair."""
        proposals: dict[str, Proposal] = self.shown.things.get("proposals", {})
        found = proposals.get(self.chosen_ids()[0])
        if found is None or found.decision:
            tell(
                self,
                "这一对没有待决定的建议。" if found is None else "这条建议已经决定。",
                "先用“建议取消称号”提出；要改决定请在操作记录里撤销。",
            )
            return
        words = f"{found.mentor}：{found.reason}取消的，骨干称号随之终止，可以撤销。"
        sheet = PickSheet("决定", words, "决定", self)
        sheet.add_choice("decision", "决定", DECISIONS)
        sheet.add_line("opinion", "依据", hint="如：班子会议 12 月 5 日研究")

        def then(texts: dict[str, str]) -> None:
            self.write("正在保存", decide.bind(found.id, texts["decision"], texts["opinion"]))

        self.ask(sheet, lambda texts: needed(texts, opinion="依据"), then)


class ResultsStep(StepView):
    """成果: results by the rule pack or by hand, ranking, honours."""

    def __init__(self, session: Session) -> None:
        """Make the step."""
        super().__init__(session, RESULT)
        self.add("按规则核算", self.judge, kind="primary", drawing="calculator")
        self.add("手工认定…", self.set_by_hand, chosen=True)
        self.add("评选结果…", self.print_out, drawing="printer")
        self.add("发荣誉证书", self.honour, drawing="award")
        self.finish_bar()

    def judge(self) -> None:
        """Judge all mentees by the rule pack in force."""
        self.session.write("正在核算成果", judge.bind(self.programme), self.offer_undo)

    def set_by_hand(self) -> None:
        """Ask what the chosen pairs came to."""
        ids = self.chosen_ids()
        sheet = PickSheet("手工认定", f"选中的 {len(ids)} 对。依据留在记录里。", "保存", self)
        sheet.add_choice("result", "结果", RESULTS)
        sheet.add_line("note", "依据")

        def then(texts: dict[str, str]) -> None:
            result = "reached" if texts["result"] == "reached" else "not_reached"
            note = texts["note"]

            def work(office: Office, _progress: Progress) -> Operation:
                return set_result(office, ids, result, note)

            self.write("正在保存", work)

        self.ask(sheet, lambda texts: needed(texts, note="依据"), then)

    def print_out(self) -> None:
        """Show the ranking as a paper."""
        self.papers.show("pair-honours", {"programme": self.programme}, tabled=True)

    def honour(self) -> None:
        """Issue the certificates of honour."""
        self.write("正在发证", honour.bind(self.programme), self._honoured)

    def _honoured(self, found: HonoursIssued) -> None:
        if not found.certificates:
            self.session.told.emit("该发的荣誉证书都已发过，在“证书”里可以打印。", "info")
            return
        words = f"已发荣誉证书 {len(found.certificates)} 本，在“证书”里打印"
        words += f"；原来已有 {found.before} 本" if found.before else ""
        self.session.undo_offered.emit(words, found.operation.id)
