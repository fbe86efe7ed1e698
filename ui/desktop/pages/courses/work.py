"""作业与交流: what each person has done, and the gate to the exam."""

from __future__ import annotations

from functools import partial

from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from models.training import gate
from models.training.gate import ITEMS
from ui.desktop.pages.courses.tab import NAME, NUMBER, SCHOOL, DeskTab
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.answers import filled, whole_of
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.table.source import TableColumn

take_work = Lazy("ui.desktop.pages.courses.jobs", "take_work_sheet")
COLUMNS = (
    NUMBER,
    NAME,
    SCHOOL,
    TableColumn("attendance", "学时%", 4, numeric=True),
    TableColumn("homework", "作业", 4, numeric=True),
    TableColumn("posts", "原创", 4, numeric=True),
    TableColumn("quality", "质量", 4, numeric=True),
    TableColumn("gate", "考试资格", 5),
    TableColumn("missing", "还缺", 16),
    TableColumn("lifted", "准予原因", 8, listed=False),
)


class WorkTab(DeskTab):
    """Homework, exchange, and who may take the exam."""

    def __init__(self, session: Session) -> None:
        """Make the tab."""
        load = Lazy("ui.desktop.pages.courses.loads", "work")
        super().__init__(session, "作业与交流", COLUMNS, load, "还没有学员。")
        self.add("登记…", self.enter, chosen=True, kind="primary")
        self.add("认可佐证…", self.accept, chosen=True)
        self.add("准予考试…", self.lift, chosen=True)
        self.bar.addStretch(1)
        self.add_menu(
            "登记表",
            {
                "导出登记表…": partial(self.export, "work", "作业与交流登记表"),
                "收回登记表…": partial(self.take, "作业与交流登记表", take_work),
                "导出资格审核表…": partial(self.export, "gate", "考试资格审核表"),
            },
        )

    def enter(self) -> None:
        """Ask for the figures of the chosen people."""
        chosen = self.chosen_ids()
        sheet = ChooseSheet(
            "登记作业与交流", f"选中的 {len(chosen)} 人；不填的保持原样。", "登记", self
        )
        sheet.add_line("homework", "作业份数")
        sheet.add_line("posts", "原创文章篇数")
        sheet.add_line("quality", "交流质量分", hint="0 到 100")

        course = self.course

        def understand(texts: dict[str, str]) -> dict[str, int | None]:
            return {name: whole_of(text) for name, text in texts.items()}

        def then(said: dict[str, int | None]) -> None:
            def work(office: Office, _progress: Progress) -> Operation:
                return gate.record_work(office, course, dict.fromkeys(chosen, said))

            self.write("正在登记", work)

        self.ask(sheet, understand, then)

    def accept(self) -> None:
        """Ask which other evidence stands for an item."""
        chosen = self.chosen_ids()
        names = {title: name for name, title in ITEMS.items()}
        sheet = ChooseSheet(
            "认可佐证", "没有上网条件的，可以用手写作业、录像、签到单等代替。", "认可", self
        )
        sheet.add_line("item", "代替哪一项", "原创文章", list(names))
        sheet.add_line("words", "佐证的内容", hint="如：手写笔记 5 篇，存培训部")

        def understand(texts: dict[str, str]) -> dict[str, str]:
            if texts["item"] not in names:
                sentence = f"没有“{texts['item']}”这一项。"
                raise UserError("answer.item", sentence, f"请选{'、'.join(names)}之一。")
            return filled(texts, "words")

        def then(texts: dict[str, str]) -> None:
            def work(office: Office, _progress: Progress) -> Operation:
                return gate.accept_evidence(office, chosen, names[texts["item"]], texts["words"])

            self.write("正在登记佐证", work)

        self.ask(sheet, understand, then)

    def lift(self) -> None:
        """Ask why the chosen people may take the exam all the same."""
        chosen = self.chosen_ids()
        sheet = ChooseSheet(
            "准予考试", f"选中的 {len(chosen)} 人不再审核资格，原因保留可查。", "准予", self
        )
        sheet.add_line("reason", "原因")

        def then(texts: dict[str, str]) -> None:
            def work(office: Office, _progress: Progress) -> Operation:
                return gate.lift(office, chosen, texts["reason"])

            self.write("正在办理", work)

        self.ask(sheet, lambda texts: filled(texts, "reason"), then)
