"""匹配: pairs proposed, looked at with their reasons, changed by hand, fixed, solved anew."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from models.errors import OfficeError
from models.mentoring.explaining import Candidate, ExplainedPair, candidates
from models.mentoring.matching import Unmatched
from models.mentoring.proposing import Choice, Proposal, Set, fix, set_pairs, take_back
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from ui.desktop.pages.mentoring.candidates import CandidateSheet
from ui.desktop.pages.mentoring.match_table import MatchTable
from ui.desktop.pages.mentoring.step_view import StepInfo, StepView
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.dialogs import Answer, ask, tell
from ui.desktop.widgets.saving import TABLES, ask_for_file
from ui.desktop.widgets.table.source import TableColumn

_JOBS = "ui.desktop.pages.mentoring.jobs"
solve = Lazy(_JOBS, "solve")
take_table = Lazy(_JOBS, "take_table")
write_table = Lazy("ui.desktop.pages.mentoring.paper_jobs", "write_pairs")
MATCHING = StepInfo(
    "matching",
    "按学科、学段、称号、远近和意愿自动配对，代价合计最小。不合适的可改：把徒弟拖到另一行的师傅上，"
    "或用“改由谁带”；满意的固定，再匹配时不动。",
    "还没有师徒。先在“意愿”里列入师傅和徒弟，再按“自动匹配”。",
    Lazy("ui.desktop.pages.mentoring.loads", "matching"),
    (
        TableColumn("mentor", "师傅", 8),
        TableColumn("mentor_school", "师傅单位", 9),
        TableColumn("load", "已带/名额", 5, listed=False),
        TableColumn("mentee", "徒弟", 6),
        TableColumn("mentee_school", "徒弟单位", 10),
        TableColumn("subject", "学科", 4, listed=False),
        TableColumn("state", "状态", 5),
        TableColumn("cost", "代价", 3, numeric=True),
        TableColumn("why", "为什么", 14, stretch=True),
    ),
)


class MatchStep(StepView):
    """The matching."""

    def __init__(self, session: Session) -> None:
        """Make the step."""
        self.pairs = MatchTable(MATCHING.columns, session.preferences, "pairs_matching")
        super().__init__(session, MATCHING, self.pairs)
        self.add("自动匹配", self.solve, kind="primary", drawing="sparkles")
        self.add("改由谁带…", self.offer_others, chosen=True)
        self.add("固定", partial(self.fix, fixed=True), chosen=True, drawing="pin")
        self.add("取消固定", partial(self.fix, fixed=False), chosen=True)
        self.add("撤回", self.take_back, chosen=True)
        self.add("导出…", self.export, drawing="file-up")
        self.add("读回…", self.take_table, drawing="file-down")
        self.finish_bar()
        if "改由谁带…" not in session.edition.leaves_out("mentoring"):
            self.pairs.dropped.connect(self.drop)

    def solve(self) -> None:
        """Match around what is fixed."""
        self.session.write("正在匹配师徒", solve.bind(self.programme), self._solved)

    def fix(self, *, fixed: bool) -> None:
        """Fix the chosen proposals, or let them go."""
        ids = [
            one.pair.id
            for one in self._chosen_pairs()
            if one.pair.state == "proposed" and one.pair.fixed != fixed
        ]
        if not ids:
            words = "选中的没有可以固定的拟配对。" if fixed else "选中的没有固定的拟配对。"
            tell(self, words, "办过手续的师徒重新匹配时本来就不动。")
            return

        def work(office: Office, _progress: Progress) -> Operation:
            return fix(office, ids, fixed=fixed)

        self.write("正在固定" if fixed else "正在取消固定", work)

    def take_back(self) -> None:
        """Take the chosen proposals out again."""
        ids = [one.pair.id for one in self._chosen_pairs()]
        if not ids:
            tell(self, "选中的徒弟还没有师傅。", "没有可以撤回的拟配对。")
            return

        def work(office: Office, _progress: Progress) -> Operation:
            return take_back(office, ids)

        self.write("正在撤回", work)

    def offer_others(self) -> None:
        """Show who else could lead the chosen mentee."""
        mentees = self._mentees(self.chosen_ids()[:1])
        if not mentees:
            return
        ((mentee_id, name),) = mentees
        programme_id = self.programme

        def work(office: Office, _progress: Progress) -> list[Candidate]:
            return candidates(office, programme_id, mentee_id)

        def show(found: list[Candidate]) -> None:
            def chosen(one: Candidate) -> None:
                self._weigh([(mentee_id, name)], one)

            CandidateSheet(self.session, name, found, self, chosen).open()

        self.session.read("正在查找师傅", work, show, self._refused)

    def drop(self, ids: Sequence[str], target: str) -> None:
        """Let the mentees of rows be led by the mentor of the row they fell on."""
        onto = self.shown.things.get(target)
        mentees = [one for one in self._mentees(ids) if one[0] != self._mentee_of(target)]
        if not isinstance(onto, ExplainedPair):
            tell(self, "这一行还没有师傅。", "请拖到有师傅的一行上，或用“改由谁带”。")
            return
        if not mentees or not self._all_open(ids):
            return
        programme_id, mentor_id = self.programme, onto.pair.mentor_id

        def work(office: Office, _progress: Progress) -> list[Candidate]:
            found = [candidates(office, programme_id, one) for one, _ in mentees]
            return [one for every in found for one in every if one.mentor.id == mentor_id]

        def then(found: list[Candidate]) -> None:
            if not found:
                tell(self, f"{onto.pair.mentor}已不能带徒。", "请看这一行写明的冲突，另选师傅。")
                return
            self._weigh(mentees, _together(found, len(mentees)))

        self.session.read("正在核对", work, then, self._refused)

    def export(self) -> None:
        """Write the pairs as a workbook that may be changed and taken in again."""
        self.papers.save(
            "师徒匹配.xlsx", "正在导出", lambda out: write_table.bind(self.programme, out)
        )

    def take_table(self) -> None:
        """Take in the workbook that was changed."""
        file = ask_for_file(self, "选择改好的师徒表", TABLES)
        if file is not None:
            work = take_table.bind(self.programme, file)
            self.session.write("正在读师徒表", work, self._set)

    def _weigh(self, mentees: Sequence[tuple[str, str]], one: Candidate) -> None:
        """Set the pairs, after a question where rules are in the way."""
        choices = [Choice(one.mentor.id, mentee) for mentee, _ in mentees]
        programme_id = self.programme

        def work(office: Office, _progress: Progress) -> Set:
            return set_pairs(office, programme_id, choices)

        act = partial(self.session.write, "正在指定师徒", work, self._set)
        if not one.conflicts:
            act()
            return
        names = "、".join(name for _, name in mentees)
        ask(
            self,
            f"{one.mentor.name}带{names}，不合要求。",
            "\n".join(f"{text}。" for text in one.conflicts),
            (Answer("不改", kind="primary"), Answer("仍然这样配", act, "danger")),
            "warn",
        )

    def _solved(self, found: Proposal) -> None:
        matching = found.matching
        left = f"，{len(matching.unmatched):,} 人没有配上，原因见列表" if matching.unmatched else ""
        told = f"配成 {len(matching.pairs):,} 对，代价合计 {matching.total_cost:,}{left}。"
        self.session.told.emit(told, "warn" if matching.unmatched else "ok")

    def _set(self, found: Set) -> None:
        told = f"；{''.join(found.told)}" if found.told else ""
        words = f"已指定 {found.count} 对{told}"
        self.session.undo_offered.emit(words, found.operation.id)

    def _chosen_pairs(self) -> list[ExplainedPair]:
        found = (self.shown.things.get(one) for one in self.chosen_ids())
        return [one for one in found if isinstance(one, ExplainedPair)]

    def _mentees(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Identity and name of the mentees of rows."""
        found: list[tuple[str, str]] = []
        for one in (self.shown.things.get(key) for key in ids):
            if isinstance(one, ExplainedPair):
                found.append((one.pair.mentee_id, one.pair.mentee))
            elif isinstance(one, Unmatched):
                found.append((one.mentee.id, one.mentee.name))
        return found

    def _mentee_of(self, row: str) -> str:
        return next((identity for identity, _ in self._mentees([row])), "")

    def _all_open(self, ids: Sequence[str]) -> bool:
        """Whether none of the rows is past its proposal; says so otherwise."""
        for one in (self.shown.things.get(key) for key in ids):
            if isinstance(one, ExplainedPair) and one.pair.state != "proposed":
                tell(
                    self,
                    f"{one.pair.called}现在是“{one.pair.state_name}”。",
                    "办过手续的请在“审批”里更换师傅并写明原因。",
                )
                return False
        return True

    def _refused(self, error: OfficeError) -> None:
        self.session.told.emit(error.sentence, "warn")


def _together(found: Sequence[Candidate], count: int) -> Candidate:
    """One mentor for several mentees: every conflict once, and whether there is room for all."""
    first = found[0]
    room = first.mentor.room - first.led
    told = dict.fromkeys(text for one in found for text in one.conflicts)
    if count > room >= 1:
        told[f"{first.mentor.name}还能带 {room} 人，这次是 {count} 人"] = None
    return Candidate(first.mentor, first.cost, first.why, tuple(told), first.led)
