"""② 名单: who can be drawn, who is left out and why, and freezing it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from ui.desktop.pages.exams.papers import show_paper
from ui.desktop.pages.exams.view import ListSpec, Loaded, StepView
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.answers import filled
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.parts import set_kind
from ui.desktop.widgets.saving import ask_where_to
from ui.desktop.widgets.table.source import TableColumn

_JOBS = "ui.desktop.pages.exams.jobs"
exclude_one = Lazy(_JOBS, "exclude_one")
include_some = Lazy(_JOBS, "include_some")
freeze_frame = Lazy(_JOBS, "freeze_frame")
write_frame = Lazy(_JOBS, "write_frame")
TEXT_FILE = "名单文件 (*.txt)"
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse
STRATA = ListSpec(
    "strata",
    "各组人数",
    (
        TableColumn("stratum", "组别", 20, stretch=True),
        TableColumn("size", "人数", 5, numeric=True),
        TableColumn("quota", "应抽", 5, numeric=True),
    ),
    "没有符合范围的教师。请检查设置中的范围和教师的岗位状态。",
)
LEFT = ListSpec(
    "left",
    "不列入的人",
    (
        TableColumn("teacher_no", "编号", 7),
        TableColumn("name", "姓名", 6),
        TableColumn("cause", "类别", 6),
        TableColumn("reason", "原因", 24, stretch=True),
        TableColumn("signed_by", "批准人", 6),
    ),
    "范围内的人都列入名单。",
)


class FrameStep(StepView):
    """The frame before and after it is frozen."""

    def __init__(self, session: Session) -> None:
        """Make the step."""
        load = Lazy("ui.desktop.pages.exams.loads", "frame")
        super().__init__(session, load, (STRATA, LEFT))
        self.freeze_button = self.add("冻结名单…", self.freeze, _has_people, kind="primary")
        self.add("不列入…", self.exclude)
        self.add("重新列入", self.include, chosen="left")
        self.bar.addStretch(1)
        self.sheet_button = self.add("公示单", self.show_sheet, _frozen, drawing="printer")
        self.add("导出名单文件…", self.export, _frozen, drawing="file-up")
        self.note.setTextInteractionFlags(_SELECTABLE)

    def fill(self, loaded: Loaded) -> None:
        """Show the frame; a frozen one can only be frozen anew."""
        super().fill(loaded)
        frozen = loaded.now.pool is not None
        self.freeze_button.setText("重新冻结…" if frozen else "冻结名单…")
        set_kind(self.freeze_button, "" if frozen else "primary")
        set_kind(self.sheet_button, "primary" if frozen else "", "printer")

    def freeze(self) -> None:
        """Ask, then fix who can be drawn; a second time asks for the reason."""
        loaded = self.loaded
        if loaded is None:
            return
        if loaded.now.pool is None:
            groups = loaded.rows["strata"]
            people = sum(int(one.texts["size"].replace(",", "")) for one in groups)
            ask(
                self,
                f"冻结“{loaded.exam.name}”的名单？",
                f"{len(groups):,} 组 {people:,} 人从此固定下来，名单指纹随即生成并公示。"
                "冻结以后不能再改，只能写明原因重新冻结。",
                (Answer("取消"), Answer("冻结", partial(self._freeze, ""), "primary")),
            )
            return
        sheet = ChooseSheet(
            "重新冻结名单", "原来的名单仍留在记录中；已抽签的要重新抽签。", "重新冻结", self
        )
        sheet.add_line("reason", "原因", hint="如：漏了新分配的教师")
        self.ask(
            sheet,
            lambda texts: filled(texts, "reason")["reason"],
            lambda reason: freeze_frame.bind(loaded.exam.id, reason),
            self._frozen,
        )

    def exclude(self) -> None:
        """Ask who is left out, why, and who signs for it."""
        exam, later = self.exam, self.loaded is not None and self.loaded.now.pool is not None
        words = (
            "名单已经冻结，这次排除要重新冻结后才有效。" if later else "逐人登记，写在抽签记录上。"
        )
        sheet = ChooseSheet("不列入名单", words, "不列入", self)
        sheet.add_line("who", "教师", hint="编号或姓名")
        sheet.add_line("reason", "原因", hint="如：产假")
        sheet.add_line("signed_by", "批准人", self.session.office.store.person)
        self.ask(
            sheet,
            lambda texts: filled(texts, "who", "reason", "signed_by"),
            lambda texts: exclude_one.bind(exam.id, texts, later=later),
        )

    def include(self) -> None:
        """Take the chosen people in again whom a person left out."""
        later = self.loaded is not None and self.loaded.now.pool is not None
        chosen = self.tables["left"].selected_ids()
        self.write("正在重新列入", include_some.bind(self.exam.id, chosen, later=later))

    def export(self) -> None:
        """Ask where the frame file goes, and write it byte by byte as it was hashed."""
        exam = self.exam
        out = ask_where_to(self, f"{exam.name}抽签名单.txt", TEXT_FILE)
        if out is not None:
            self.session.read("正在写名单文件", write_frame.bind(exam.id, out), self._written)

    def show_sheet(self) -> None:
        """Show the sheet that is put up and signed before the seed exists."""
        show_paper(self, self.session, self.exam, "exam-frame", "抽签名单公示")

    def _freeze(self, reason: str) -> None:
        self.write("正在冻结名单", freeze_frame.bind(self.exam.id, reason), self._frozen)

    def _frozen(self, size: int) -> None:
        self.session.told.emit(
            f"已冻结 {size:,} 人的名单，名单指纹已生成，请打印公示单签字。", "ok"
        )

    def _written(self, out: Path) -> None:
        self.session.told.emit(f"已写出 {out}", "ok")


def _has_people(loaded: Loaded) -> bool:
    return bool(loaded.rows.get("strata")) and not loaded.now.people


def _frozen(loaded: Loaded) -> bool:
    return loaded.now.pool is not None
