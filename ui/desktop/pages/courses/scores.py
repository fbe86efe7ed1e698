"""成绩: what a score is made of, marks by hand or by workbook, re-sits."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial

from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from models.training.components import Component, components_of, set_components
from ui.desktop.pages.courses.tab import NAME, NUMBER, SCHOOL, DeskTab
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.table.source import TableColumn

_JOBS = "ui.desktop.pages.courses.jobs"
take_scores = Lazy(_JOBS, "take_scores")
take_resits = Lazy(_JOBS, "take_resits")
enter_scores = Lazy(_JOBS, "enter_scores")
COLUMNS = (
    NUMBER,
    NAME,
    SCHOOL,
    TableColumn("parts", "分项", 14),
    TableColumn("score", "成绩", 4, numeric=True),
    TableColumn("result", "结果", 5),
    TableColumn("first", "首次成绩", 6),
)
_PART = re.compile(r"^(.+?)\s*(\d+(?:\.\d+)?)\s*%?$")


class ScoresTab(DeskTab):
    """The results of a course."""

    def __init__(self, session: Session) -> None:
        """Make the tab."""
        load = Lazy("ui.desktop.pages.courses.loads", "scores")
        super().__init__(session, "成绩", COLUMNS, load, "还没有学员。")
        self.add("录成绩…", partial(self.enter, resit=False), chosen=True, kind="primary")
        self.add("录补考…", partial(self.enter, resit=True), chosen=True)
        self.bar.addStretch(1)
        self.add("成绩组成…", self.set_parts)
        self.add_menu(
            "成绩表",
            {
                "导出成绩表…": partial(self.export, "scores", "成绩表"),
                "收回成绩表…": partial(self.take, "成绩表", take_scores),
                "收回补考成绩…": partial(self.take, "补考成绩表", take_resits),
            },
        )

    def set_parts(self) -> None:
        """Ask what the score is made of."""
        now = components_of(self.session.office, self.course)
        text = "，".join(f"{one.name} {one.weight.normalize():f}" for one in now)
        explained = "各项名称和百分数，合计 100；留空表示只有一个总分。总分四舍五入保留一位小数。"
        sheet = ChooseSheet("成绩组成", explained, "确定", self)
        sheet.add_line("parts", "组成", text, hint="如：考试 70，平时 30")

        course = self.course

        def then(parts: list[Component]) -> None:
            def work(office: Office, _progress: Progress) -> Operation:
                return set_components(office, course, parts)

            self.write("正在设定", work)

        self.ask(sheet, lambda texts: read_parts(texts["parts"]), then)

    def enter(self, *, resit: bool) -> None:
        """Ask for the marks of the chosen people."""
        chosen = self.chosen_teachers()
        parts = components_of(self.session.office, self.course)
        who = self.people[self.chosen_ids()[0]].name
        whom = who if len(chosen) == 1 else f"选中的 {len(chosen)} 人"
        word = "补考成绩" if resit else "成绩"
        explained = f"{whom}的{word}：分数，或缺考、缓考、作弊。"
        explained += "首次成绩保留可查。" if resit else ""
        sheet = ChooseSheet(f"录{word}", explained, "录入", self)
        for one in parts:
            sheet.add_line(one.id, f"{one.name}（{one.weight.normalize():f}%）")
        if not parts:
            sheet.add_line("score", "成绩", hint="分数，或合格、不合格、缺考、缓考、作弊")

        def understand(texts: dict[str, str]) -> dict[str, str]:
            given = {name: text for name, text in texts.items() if text}
            if not given:
                raise UserError("answer.missing", "没有填成绩。", "请填成绩。")
            return given

        def then(given: dict[str, str]) -> None:
            work = enter_scores.bind(self.course, chosen, given, resit=resit)
            self.write("正在录入成绩", work)

        self.ask(sheet, understand, then)


def read_parts(text: str) -> list[Component]:
    """The parts of a score as typed: 考试 70，平时 30.

    Raises:
        UserError: a part without a name or a number.
    """
    parts: list[Component] = []
    for piece in re.split(r"[，,、;；\n]+", text.strip()):
        if not piece.strip():
            continue
        found = _PART.match(piece.strip())
        if found is None:
            raise UserError(
                "training.part", f"“{piece.strip()}”看不懂。", "请写成“考试 70，平时 30”。"
            )
        parts.append(Component(found[1].strip(), Decimal(found[2])))
    return parts
