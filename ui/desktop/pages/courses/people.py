"""学员: who takes the course: enrolment, choice, opinion, approval, replacement, quotas."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from models.office.context import Office
from models.progress import Progress
from models.staff.institutions import institution_rows
from models.store.operations import Operation
from models.training import nominations, quotas
from models.training.enrolments import Enrolled, withdraw
from ui.desktop.pages.courses.tab import NAME, NUMBER, SCHOOL, DeskTab
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.answers import filled
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.table.source import TableColumn

_JOBS = "ui.desktop.pages.courses.jobs"
enrol_wanted = Lazy(_JOBS, "enrol_wanted")
replace_by_number = Lazy(_JOBS, "replace_by_number")
COLUMNS = (
    NUMBER,
    NAME,
    SCHOOL,
    TableColumn("state", "报名", 6),
    TableColumn("result", "结果", 4),
    TableColumn("reason", "原因", 10),
)

_Act = Callable[[str, bool], None]
"""What follows an answer: the words, and whether it was a yes."""


class PeopleTab(DeskTab):
    """The people of a course."""

    def __init__(self, session: Session) -> None:
        """Make the tab."""
        load = Lazy("ui.desktop.pages.courses.loads", "people")
        super().__init__(session, "学员", COLUMNS, load, "还没有人报名。")
        self.add("报名…", self.enrol, kind="primary")
        self.add("个人选报…", self.choose)
        self.add("学校意见…", self.give_opinion, chosen=True)
        self.add("县批准…", self.decide, chosen=True)
        self.add("更换人选…", self.replace, chosen=True)
        self.add("退出", self.withdraw, chosen=True)
        self.add("定名额…", self.set_quota)
        self.bar.addStretch(1)

    def enrol(self) -> None:
        """Ask whose teachers the office enrols."""
        self._ask_whom("报名", choosing=False)

    def choose(self) -> None:
        """Ask who chooses the course; the school's opinion follows."""
        self._ask_whom("个人选报", choosing=True)

    def give_opinion(self) -> None:
        """Ask what the school says of the chosen people."""
        self._ask_verdict("学校意见", "同意参训", "不同意参训", self._opinion)

    def decide(self) -> None:
        """Ask whether the county takes the chosen people."""
        self._ask_verdict("县批准", "批准", "不批准", self._decision)

    def replace(self) -> None:
        """Ask who takes the place of the chosen person."""
        old = self.people[self.chosen_ids()[0]]
        sheet = ChooseSheet(
            "更换人选", f"替换{old.name}（{old.school}）；前后两人都保留可查。", "更换", self
        )
        sheet.add_line("number", "新人选（教师编号或姓名）")
        sheet.add_line("reason", "原因", hint="如：产假")

        def then(texts: dict[str, str]) -> None:
            work = replace_by_number.bind(
                self.course, old.teacher_id, texts["number"], texts["reason"]
            )
            self.write("正在更换人选", work)

        self.ask(sheet, lambda texts: filled(texts, "number", "reason"), then)

    def withdraw(self) -> None:
        """Take the chosen people out again."""
        course, people = self.course, self.chosen_teachers()

        def work(office: Office, _progress: Progress) -> Operation:
            return withdraw(office, course, people)

        self.write("正在办理退出", work)

    def set_quota(self) -> None:
        """Ask how many people one school may send."""
        schools = _schools(self.session)
        sheet = ChooseSheet(
            "定名额", "单独规定一所学校的名额；名额留空即按课程的每校名额。", "确定", self
        )
        sheet.add_line("school", "学校", offers=list(schools), hint="输入学校名称中的几个字")
        sheet.add_line("quota", "名额", hint="人数")

        def done(texts: dict[str, str]) -> None:
            if texts["school"] not in schools or not (texts["quota"] or "0").isdecimal():
                sheet.refuse("请从列表中选择学校，名额填整数。")
                return
            sheet.accept()
            quota = int(texts["quota"]) if texts["quota"] else None
            course, school = self.course, schools[texts["school"]]

            def work(office: Office, _progress: Progress) -> Operation:
                return quotas.set_quotas(office, course, {school: quota})

            self.write("正在定名额", work)

        sheet.ask(done)

    def _ask_whom(self, title: str, *, choosing: bool) -> None:
        schools = _schools(self.session)
        codes = self.session.office.codes["stage"]
        stages = {one.name: one.code for one in codes if not one.hidden}
        explained = "填教师编号或姓名，或按学校、学段选择；都不填表示全部教师。"
        sheet = ChooseSheet(title, explained, title, self)
        sheet.add_line("numbers", "教师", hint="几个之间用顿号或空格")
        sheet.add_line("school", "学校", offers=list(schools), hint="输入学校名称中的几个字")
        sheet.add_line("stage", "学段", offers=list(stages), hint="如 初中")

        def done(texts: dict[str, str]) -> None:
            school, stage = texts["school"], texts["stage"]
            if (school and school not in schools) or (stage and stage not in stages):
                sheet.refuse("请从列表中选择学校和学段。")
                return
            sheet.accept()
            wanted: Mapping[str, str] = {
                "school_id": schools.get(school, ""),
                "stage": stages.get(stage, ""),
            }
            numbers = tuple(one for one in re.split(r"[、,，;；\s]+", texts["numbers"]) if one)
            work = enrol_wanted.bind(self.course, wanted, numbers, choosing=choosing)
            self.write(f"正在办理{title}", work, self._enrolled)

        sheet.ask(done)

    def _ask_verdict(self, title: str, yes: str, no: str, act: _Act) -> None:
        count = len(self.chosen_ids())
        sheet = ChooseSheet(title, f"对选中的 {count} 人。{no}的必须写原因。", "确定", self)
        sheet.add_line("verdict", "结论", yes, (yes, no))
        sheet.add_line("opinion", "意见")

        def done(texts: dict[str, str]) -> None:
            if texts["verdict"] not in (yes, no):
                sheet.refuse(f"结论请填“{yes}”或“{no}”。")
                return
            if texts["verdict"] == no and not texts["opinion"]:
                sheet.refuse("请写明原因。")
                return
            sheet.accept()
            act(texts["opinion"], texts["verdict"] == yes)

        sheet.ask(done)

    def _opinion(self, opinion: str, agrees: bool) -> None:  # noqa: FBT001 - an answer
        course, people = self.course, self.chosen_teachers()

        def work(office: Office, _progress: Progress) -> Operation:
            return nominations.give_opinion(office, course, people, opinion, agrees=agrees)

        self.write("正在登记学校意见", work)

    def _decision(self, opinion: str, approved: bool) -> None:  # noqa: FBT001 - an answer
        course, people = self.course, self.chosen_teachers()

        def work(office: Office, _progress: Progress) -> Operation:
            return nominations.decide(office, course, people, opinion, approved=approved)

        self.write("正在批准", work)

    def _enrolled(self, done: Enrolled) -> None:
        words = f"已报名 {done.enrolled:,} 人"
        words += f"，原已报名 {done.known:,} 人" if done.known else ""
        self.session.undo_offered.emit(words, done.operation.id)


def _schools(session: Session) -> dict[str, str]:
    return {row.shown["name"]: row.id for row in institution_rows(session.office)}
