"""新建考试、修改设置: everything an exam is set up with, in groups."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from models.errors import OfficeError
from models.exams.bases import bases
from models.exams.eligibility import STRATUM_NAMES
from models.exams.quotas import ROUNDING_NAMES
from models.exams.records import DRAWN_BEFORE_NAMES, KIND_NAMES, MODE_NAMES
from models.office.context import Office
from models.training.courses import course_rows
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.parts import boxed, button, column, label, row

WIDTH, HEIGHT = 780, 620
ACROSS = 6
NARROW, HALF, WIDE = 2, 3, 6
_ALL = {"": "全部"}
DRAWN_ONLY = frozenset({"strata", "fraction", "quota", "rounding", "drawn_before"})
"""Fields that mean nothing for a 统考."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One field: its key, title, breadth, and a hint or the choices."""

    key: str
    title: str
    span: int
    hint: str = ""
    choices: Mapping[Any, str] | None = None


_DRAWING = (
    _Asked("strata", "按什么分组", HALF),
    _Asked("rounding", "取整办法", HALF, choices=ROUNDING_NAMES),
    _Asked("fraction", "抽取比例", HALF, "如 10% 或 1/10"),
    _Asked("quota", "每组人数（填了就不按比例）", HALF, "如 2"),
)
_MARKING = (
    _Asked("pass_mark", "合格线（百分制总分）", HALF, "不填按现行规定"),
    _Asked("entries", "手工录成绩", HALF, choices={"1": "录一遍", "2": "录两遍核对"}),
)


class ExamSheet(Sheet):
    """The form of an exam.

    Attributes:
        fields: key to its control.
    """

    def __init__(
        self,
        office: Office,
        title: str,
        parent: QWidget,
        texts: Mapping[str, str],
        fixed: Collection[str] = (),
    ) -> None:
        """Make the form.

        Args:
            office: whose codes and courses are offered.
            title: of the window.
            parent: the page.
            texts: what the fields begin with.
            fixed: fields that cannot be changed any more.
        """
        super().__init__(title, parent, WIDTH)
        self.fields: dict[str, QWidget] = {}
        self.strata: dict[str, QCheckBox] = {}
        self._captions: dict[str, QLabel] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.BLOCK)
        self._grid.setVerticalSpacing(tokens.GAP)
        for place in range(ACROSS):
            self._grid.setColumnStretch(place, 1)
        self._fixed = frozenset(fixed)
        self._on_save: Callable[[dict[str, str]], object] | None = None
        self._problem = label("", "fieldError", wrap=True)
        self._problem.hide()
        for heading, asked in _groups(office):
            self._add_group(heading, asked)
        self._lay_out()
        self._begin(texts)

    def ask(self, on_save: Callable[[dict[str, str]], object]) -> None:
        """Open the window; ``on_save`` is called with the texts by key."""
        self._on_save = on_save
        self.open()
        self.fields["name"].setFocus()

    def refuse(self, error: OfficeError) -> None:
        """Say why the terms cannot be taken."""
        self._problem.setText(error.sentence)
        self._problem.show()

    def texts(self) -> dict[str, str]:
        """What the fields say."""
        found: dict[str, str] = {}
        for key, field in self.fields.items():
            if isinstance(field, QComboBox):
                found[key] = str(field.currentData())
            elif isinstance(field, QCheckBox):
                found[key] = "1" if field.isChecked() else ""
            elif isinstance(field, QLineEdit):
                found[key] = field.text().strip()
        found["strata"] = ",".join(key for key, box in self.strata.items() if box.isChecked())
        return found

    def _add_group(self, heading: str, asked: Collection[_Asked]) -> None:
        self._grid.addWidget(label(heading, "heading"), self._grid.rowCount(), 0, 1, ACROSS)
        across = 0
        down = self._grid.rowCount()
        for one in asked:
            if across + one.span > ACROSS:
                down, across = down + 1, 0
            caption = label(one.title, "caption")
            field = self._control(one)
            caption.setBuddy(field)
            self._captions[one.key] = caption
            box = boxed(column(caption, field, gap=tokens.px(3)))
            self._grid.addWidget(box, down, across, 1, one.span)
            across += one.span

    def _control(self, one: _Asked) -> QWidget:
        if one.key == "strata":
            self.strata = {key: QCheckBox(name) for key, name in STRATUM_NAMES.items()}
            return boxed(row(*self.strata.values(), None, gap=tokens.BLOCK))
        field: QWidget
        if one.key == "gated":
            field = QCheckBox(one.hint)
        elif one.choices is not None:
            field = QComboBox()
            field.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            field.setMinimumContentsLength(4)
            for value, text in one.choices.items():
                field.addItem(text, value)
        else:
            field = QLineEdit()
            field.setPlaceholderText(one.hint)
        field.setAccessibleName(one.title)
        self.fields[one.key] = field
        return field

    def _lay_out(self) -> None:
        inner = boxed(self._grid, "scrollBody", tokens.CARD)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        if self._fixed:
            words = "名单已经冻结，决定名单和抽取的各项不能再改；时间、地点、课程、合格线可以改。"
            self.body.addWidget(label(words, "muted", wrap=True))
        self.body.addWidget(area, 1)
        self.body.addWidget(self._problem)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.action = button("保存", self._finish, kind="primary")
        self.action.setDefault(True)
        self.foot.addWidget(self.action)
        screen = self.screen().availableGeometry()
        self.resize(
            min(tokens.px(WIDTH), screen.width() - 40), min(tokens.px(HEIGHT), screen.height() - 60)
        )

    def _begin(self, texts: Mapping[str, str]) -> None:
        for key, field in self.fields.items():
            text = texts.get(key, "")
            if isinstance(field, QComboBox):
                field.setCurrentIndex(max(0, field.findData(text)))
            elif isinstance(field, QCheckBox):
                field.setChecked(bool(text))
            elif isinstance(field, QLineEdit):
                field.setText(text)
                field.setCursorPosition(0)
        for key, box in self.strata.items():
            box.setChecked(key in texts.get("strata", "").split(","))
        kind = self.fields["kind"]
        if isinstance(kind, QComboBox):
            kind.currentIndexChanged.connect(self._settle)
        self._settle()

    def _settle(self, *_: int) -> None:
        """Let only those fields be filled in that mean something and can still change."""
        kind = self.fields["kind"]
        whole = isinstance(kind, QComboBox) and kind.currentData() == "whole"
        for key, field in self.fields.items():
            field.setEnabled(key not in self._fixed and not (whole and key in DRAWN_ONLY))
        for box in self.strata.values():
            box.setEnabled("strata" not in self._fixed and not whole)

    def _finish(self) -> None:
        self._problem.hide()
        if self._on_save is not None:
            self._on_save(self.texts())


def _groups(office: Office) -> tuple[tuple[str, tuple[_Asked, ...]], ...]:
    """The fields of the form in groups."""
    return (
        ("考试", _exam(office)),
        ("时间和地点", _session(office)),
        ("谁可以参加", _whom(office)),
        ("怎样抽取", _DRAWING),
        ("评分", _MARKING),
    )


def _exam(office: Office) -> tuple[_Asked, ...]:
    courses = {"": "（不对应课程）"} | {
        one.id: f"{one.shown['code']}　{one.shown['title']}"
        for one in course_rows(office)
        if not one.classes
    }
    return (
        _Asked("name", "考试名称", 4, "如 2025 年 12 月全员统测抽考"),
        _Asked("code", "编号", NARROW, "简短、不重复"),
        _Asked("year", "年度", NARROW),
        _Asked("kind", "抽测或统考", NARROW, choices=KIND_NAMES),
        _Asked("mode", "考试方式", NARROW, choices={"": "（未定）", **MODE_NAMES}),
        _Asked("course_id", "对应课程（合格的登记学时）", 4, choices=courses),
        _Asked("term", "期次", NARROW, "如 6月、12月"),
    )


def _session(office: Office) -> tuple[_Asked, ...]:
    levels = {"": "（未定）"} | _codes(office, "training_level")
    return (
        _Asked("held_on", "日期", NARROW, "如 2025-12-20"),
        _Asked("starts_at", "开始", NARROW, "09:00"),
        _Asked("ends_at", "结束", NARROW, "10:30"),
        _Asked("places", "地点", 4, "印在准考证上"),
        _Asked("level", "级别", NARROW, choices=levels),
    )


def _whom(office: Office) -> tuple[_Asked, ...]:
    states = {"": "在岗"} | _codes(office, "teacher_status")
    return (
        _Asked("base", "范围", NARROW, choices=bases().names()),
        _Asked("stage", "学段", NARROW, choices=_ALL | _codes(office, "stage")),
        _Asked("track", "培训途径", NARROW, choices=_ALL | _codes(office, "track")),
        _Asked("post", "职务", NARROW, choices=_ALL | _codes(office, "post")),
        _Asked("status", "岗位状态", NARROW, choices=states),
        _Asked("gated", "考试资格", NARROW, "核对学时、作业、交流"),
        _Asked("drawn_before", "上次抽中的人", 4, choices=DRAWN_BEFORE_NAMES),
    )


def _codes(office: Office, table: str) -> dict[str, str]:
    return {one.code: one.name for one in office.codes[table] if not one.hidden}
