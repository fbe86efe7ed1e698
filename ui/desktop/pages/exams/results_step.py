"""⑥ 结果: ranks, groups, awards, corrections; the papers; publishing."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtWidgets import QComboBox, QSizePolicy

from models.exams.awarding import Honour
from models.exams.marks import MarkBook
from models.exams.results import RANK_BY
from ui.desktop.pages.exams.papers import show_paper
from ui.desktop.pages.exams.score_deeds import ScoreSheets
from ui.desktop.pages.exams.view import ListSpec, Loaded, StepView
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.answers import filled
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.picking import PickSheet
from ui.desktop.widgets.table.source import TableColumn

_JOBS = "ui.desktop.pages.exams.score_jobs"
load_results = Lazy("ui.desktop.pages.exams.score_loads", "results")
correct = Lazy(_JOBS, "correct")
publish = Lazy(_JOBS, "publish")
confirm_awards = Lazy(_JOBS, "confirm_awards")
PEOPLE = ListSpec(
    "people",
    "个人",
    (
        TableColumn("rank", "名次", 3, numeric=True),
        TableColumn("name", "姓名", 5),
        TableColumn("number", "准考证号", 10),
        TableColumn("school", "学校", 14, stretch=True),
        TableColumn("parts", "各科目", 14),
        TableColumn("total", "总分", 4, numeric=True),
        TableColumn("result", "结果", 5),
    ),
    "还没有考生。",
)
UNITS = ListSpec(
    "units",
    "单位",
    (
        TableColumn("rank", "名次", 3, numeric=True),
        TableColumn("name", "单位", 16, stretch=True),
        TableColumn("due", "应考", 4, numeric=True),
        TableColumn("sat", "实考", 4, numeric=True),
        TableColumn("passed", "合格", 4, numeric=True),
        TableColumn("mean", "平均分", 5, numeric=True),
        TableColumn("pass_rate", "合格率", 5, numeric=True),
        TableColumn("value", "排名依据", 6, numeric=True),
    ),
    "还没有考生。",
)
GROUPS = ListSpec(
    "groups",
    "统计",
    (
        TableColumn("kind", "分类", 5),
        TableColumn("name", "名称", 12, stretch=True),
        TableColumn("count", "人数", 4, numeric=True),
        TableColumn("mean", "平均分", 5, numeric=True),
        TableColumn("pass_rate", "合格率", 5, numeric=True),
        TableColumn("highest", "最高", 4, numeric=True),
        TableColumn("median", "中位数", 5, numeric=True),
        TableColumn("lowest", "最低", 4, numeric=True),
    ),
    "还没有成绩。",
)
AWARDS = ListSpec(
    "awards",
    "表彰",
    (
        TableColumn("award", "表彰", 8),
        TableColumn("name", "名称或姓名", 16, stretch=True),
        TableColumn("school", "学校", 9),
        TableColumn("reason", "依据", 18),
        TableColumn("state", "状态", 5),
    ),
    "还没有成绩，或没有达到表彰条件的。",
)
CORRECTIONS = ListSpec(
    "corrections",
    "更正",
    (
        TableColumn("name", "考生", 14),
        TableColumn("part", "科目", 6),
        TableColumn("change", "由何改为何", 10),
        TableColumn("reason", "原因", 16, stretch=True),
        TableColumn("person", "经手", 10),
    ),
    "没有更正过成绩。",
)
PAPERS = {
    "通报": "exam-circular",
    "成绩排名": "exam-ranking",
    "成绩统计": "exam-statistics",
    "成绩册": "exam-scores",
    "表彰名单": "exam-awards",
}


class ResultsStep(StepView):
    """What came of the marks."""

    def __init__(self, session: Session) -> None:
        """Make the step."""
        super().__init__(session, load_results, (PEOPLE, UNITS, GROUPS, AWARDS, CORRECTIONS))
        self.sheets = ScoreSheets(session, self)
        self.by = QComboBox()
        self.by.setAccessibleName("单位排名依据")
        self.by.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for key, title in RANK_BY.items():
            self.by.addItem(f"单位按{title}", key)
        self.publish_button = self.add("公布成绩…", self.publish, _unpublished, kind="primary")
        self.add_for_one("更正成绩…", self.correct, _marked, "people")
        self.add("确定表彰名单…", self.confirm, _marked)
        self.bar.addWidget(self.by)
        self.bar.addStretch(1)
        papers = {title: partial(self.show_paper, title) for title in PAPERS}
        sheets = {"导出公布文件（Excel）…": partial(self.sheets.export, "exam-ranking")}
        self.add_menu("通报和名单", papers | sheets, _marked, drawing="printer")
        self.by.currentIndexChanged.connect(self._turn)

    def reload(self) -> None:
        """Read the results anew, by the chosen rule."""
        if self.exam_id:
            work = load_results.bind(self.exam_id, str(self.by.currentData()))
            self.session.read("正在统计", work, self.read_back, quiet=True)

    def publish(self) -> None:
        """Ask, then say that the results are out."""
        exam = self.exam
        ask(
            self,
            f"公布“{exam.name}”的成绩？",
            "公布以后不能再直接改成绩，只能写明原因更正。",
            (
                Answer("取消"),
                Answer(
                    "公布",
                    partial(self.write, "正在公布", publish.bind(exam.id)),
                    "primary",
                ),
            ),
        )

    def correct(self) -> None:
        """Ask for the right mark of the chosen person, and why."""
        loaded = self.loaded
        if loaded is None:
            return
        exam, chosen = loaded.exam, self.tables["people"].selected_ids()[0]
        book, _ = cast("tuple[MarkBook, list[Honour]]", loaded.more)
        who = book.people[chosen]
        words = f"{who.name}（{who.school_name}）。原来的成绩和原因都保留可查。"
        sheet = PickSheet("更正成绩", words, "更正", self)
        sheet.add_choice("part", "科目", {one.id: one.name for one in book.parts})
        sheet.add_line("text", "更正为", hint="分数，或缺考、缓考、作弊")
        sheet.add_line("reason", "原因", hint="如：复查试卷，第 3 题漏加 2 分")
        self.ask(
            sheet,
            lambda texts: filled(texts, "text", "reason"),
            lambda texts: correct.bind(exam.id, chosen, texts),
        )

    def confirm(self) -> None:
        """Ask, then put down the chosen proposals, or all of them."""
        loaded = self.loaded
        if loaded is None:
            return
        _, honours = cast("tuple[MarkBook, list[Honour]]", loaded.more)
        self.show_list("awards")
        chosen = {int(one) for one in self.tables["awards"].selected_ids()}
        taken = [one for place, one in enumerate(honours) if not chosen or place in chosen]
        if not taken:
            self.session.told.emit("没有可以确定的表彰。", "warn")
            return
        words = "选中的" if chosen else "表中全部"
        exam = loaded.exam
        ask(
            self,
            f"确定{words} {len(taken)} 个表彰？",
            "只要一部分时，先在表中选中他们。确定后印在表彰名单和通报里；可以撤销。",
            (
                Answer("取消"),
                Answer(
                    "确定",
                    partial(self.write, "正在确定", confirm_awards.bind(exam.id, taken)),
                    "primary",
                ),
            ),
        )

    def show_paper(self, title: str) -> None:
        """Show one of the papers of the results, by the chosen rule."""
        name = PAPERS[title]
        by = {"by": str(self.by.currentData())} if name in ("exam-ranking", "exam-circular") else {}
        show_paper(self, self.session, self.exam, name, title, **by)

    def _turn(self, _place: int) -> None:
        self.reload()


def _marked(loaded: Loaded) -> bool:
    return bool(loaded.now.marked)


def _unpublished(loaded: Loaded) -> bool:
    return loaded.now.settled and loaded.now.published_on is None
