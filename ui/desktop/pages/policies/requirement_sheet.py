"""One requirement by a form, for those who know no TOML; the sentence is shown as it grows."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.codes.library import CodeTables
from models.entities.describe import Column
from models.entities.display import plain_decimal
from models.policies.field_names import CHOICES, FIELDS
from models.policies.fragments import requirement_of
from models.policies.requirements import Requirement, Selection, Whom
from models.policies.sentences import requirement_line
from models.policies.wording import unknown_in
from ui.desktop.pages.policies.conditions import Conditions
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.form.editors import SEVERAL, SeveralEditor
from ui.desktop.widgets.parts import boxed, button, clear, label, row, tool

LINES = {
    "title": "如：班主任专项培训",
    "id": "小写英文、数字、连字符，如 head-teacher-30",
    "clause": "文件的条款，如：三（一）3",
    "quote": "文件原文，可以不填",
    "document": "与规则包的文件不同时才填",
}
NEEDED = ("title", "id", "clause", "least")
MONTHS_FOR = frozenset({"probation", "post"})
ALL_PEOPLE, ALL_TRAININGS = "不加条件就是全体教师", "不加条件就是各类培训"


class RequirementSheet(Sheet):
    """Asks for a requirement and hands it back when it makes sense."""

    def __init__(self, codes: CodeTables, taken: Collection[str], parent: QWidget) -> None:
        """Make it for a new requirement.

        Args:
            codes: for the words to choose from.
            taken: ids that other requirements have.
            parent: the page.
        """
        super().__init__("新增要求", parent, 720)
        self._codes = codes
        self._taken = set(taken)
        self._on_done: Callable[[Requirement], object] | None = None
        self.lines = {name: QLineEdit() for name in LINES}
        self.choices = {name: QComboBox() for name in ("window", "measure")}
        self.months, self.least = QLineEdit("12"), QLineEdit()
        self.whom = Conditions(Whom, codes, ALL_PEOPLE)
        self.of: list[Conditions] = []
        self.for_all: list[Conditions] = []
        self._of, self._for_all = _stack(), _stack()
        states = codes["teacher_status"].names()
        self.relief = SeveralEditor(
            Column(title=FIELDS["relief"], note="经批准后按月减免，可以不填"), states
        )
        self.prorate = QCheckBox("中途参加工作的按月折算")
        self.stamp = QCheckBox("没有达到就不能通过年度验印")
        self.stamp.setChecked(True)
        self._months_label = label("共几个月", "muted")
        self._for_all_label = label(FIELDS["for_all"], "muted")
        self._least_label = label(FIELDS["least"], "muted")
        self._says = label("", "plain", wrap=True)
        self._problem = label("", "fieldError", wrap=True)
        self._lay_out()
        self._connect()
        self._add_selection(self.of, self._of)
        self.lines["id"].setText(_free_id(self._taken))
        self._look()

    def fill(self, one: Requirement) -> None:
        """Show a requirement that is to be changed."""
        self.setWindowTitle("修改要求")
        self._taken.discard(one.id)
        for name, line in self.lines.items():
            line.setText(getattr(one, name))
            line.setCursorPosition(0)
        for name, combo in self.choices.items():
            combo.setCurrentIndex(combo.findData(getattr(one, name)))
        self.months.setText(str(one.months))
        self.least.setText(plain_decimal(one.least))
        self.whom.fill(one.whom)
        self._fill_selections(self.of, self._of, one.of)
        self._fill_selections(self.for_all, self._for_all, one.for_all)
        self.relief.set_text(SEVERAL.join(one.relief))
        self.prorate.setChecked(one.prorate == "months")
        self.stamp.setChecked(one.stamp)
        self._look()

    def ask(self, on_done: Callable[[Requirement], object]) -> None:
        """Open it; ``on_done`` gets a requirement that makes sense."""
        self._on_done = on_done
        self.open()
        self.lines["title"].setFocus()

    def values(self) -> dict[str, Any]:
        """What was entered, as a pack would say it."""
        found: dict[str, Any] = {name: line.text().strip() for name, line in self.lines.items()}
        found |= {name: str(combo.currentData()) for name, combo in self.choices.items()}
        found["whom"] = self.whom.values()
        found["of"] = [values for one in self.of if (values := one.values())]
        if found["window"] in MONTHS_FOR:
            found["months"] = self.months.text().strip()
        if found["measure"] == "courses":
            found["for_all"] = [values for one in self.for_all if (values := one.values())]
        else:
            found["least"] = self.least.text().strip()
        found["prorate"] = "months" if self.prorate.isChecked() else "none"
        found["relief"] = [one for one in self.relief.text().split(SEVERAL) if one]
        found["stamp"] = self.stamp.isChecked()
        return found

    def sentence(self) -> str:
        """What the window says the requirement is."""
        return self._says.text()

    def problem(self) -> str:
        """What is still wrong."""
        return self._problem.text()

    def finish(self) -> None:
        """Hand the requirement back, or say what is still wrong."""
        made, problems = self._made()
        if made is None or problems:
            self._problem.setText("".join(problems))
        elif self._on_done is not None:
            self.done(1)
            self._on_done(made)

    def _made(self) -> tuple[Requirement | None, tuple[str, ...]]:
        values = self.values()
        missing = [name for name in NEEDED if values.get(name) == ""]
        if missing:
            names = "、".join(FIELDS[name] for name in missing)
            return None, (f"还没有填{names}。",)
        if values["id"] in self._taken:
            return None, (f"编号“{values['id']}”已被别的要求占用，请另取一个。",)
        made, problems = requirement_of(values)
        if made is not None:
            problems = tuple(one.sentence for one in unknown_in(made, self._codes))
        return made, problems

    def _lay_out(self) -> None:
        area = QScrollArea()
        area.setWidget(self._form())
        area.setWidgetResizable(True)
        self.body.addWidget(area, 1)
        self.body.addWidget(self._says)
        self.body.addWidget(self._problem)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.action = button("写入规则", self.finish, kind="primary")
        self.foot.addWidget(self.action)
        self._name_all()
        screen = self.screen().availableGeometry()
        self.resize(tokens.px(740), min(tokens.px(680), screen.height() - 60))

    def _form(self) -> QWidget:
        inner = QWidget()
        inner.setObjectName("scrollBody")
        form = QFormLayout(inner)
        form.setContentsMargins(tokens.CARD, tokens.BLOCK, tokens.CARD, tokens.BLOCK)
        form.setVerticalSpacing(tokens.px(9))
        form.setHorizontalSpacing(tokens.BLOCK)
        for name, line in self.lines.items():
            line.setPlaceholderText(LINES[name])
            form.addRow(label(FIELDS[name], "muted"), line)
        form.addRow(label(FIELDS["whom"], "muted"), self.whom)
        for name, combo in self.choices.items():
            for key, title in CHOICES[name].items():
                combo.addItem(title, key)
        form.addRow(label(FIELDS["window"], "muted"), self._when())
        form.addRow(label(FIELDS["measure"], "muted"), self.choices["measure"])
        form.addRow(label(FIELDS["of"], "muted"), self._of)
        form.addRow(self._for_all_label, self._for_all)
        form.addRow(self._least_label, self.least)
        form.addRow(label(FIELDS["relief"], "muted"), self.relief.widget)
        form.addRow("", self.prorate)
        form.addRow("", self.stamp)
        return inner

    def _when(self) -> QHBoxLayout:
        found = QHBoxLayout()
        found.addWidget(self.choices["window"], 1)
        found.addWidget(self._months_label)
        found.addWidget(self.months, 1)
        return found

    def _name_all(self) -> None:
        named = {**self.lines, **self.choices, "months": self.months, "least": self.least}
        for name, widget in named.items():
            widget.setAccessibleName(FIELDS[name])
        self.relief.widget.setAccessibleName(FIELDS["relief"])

    def _connect(self) -> None:
        for line in (*self.lines.values(), self.months, self.least):
            line.textChanged.connect(self._look)
        for combo in self.choices.values():
            combo.currentIndexChanged.connect(self._look)
        self.whom.changed.connect(self._look)
        self.relief.edited.connect(self._look)
        self.prorate.toggled.connect(self._look)
        self.stamp.toggled.connect(self._look)

    def _fill_selections(
        self, kept: list[Conditions], place: QWidget, of: tuple[Selection, ...]
    ) -> None:
        clear(_layout(place))
        kept.clear()
        for one in of or (Selection(),):
            self._add_selection(kept, place).fill(one)

    def _add_selection(self, kept: list[Conditions], place: QWidget) -> Conditions:
        """One more selection: an entry counts if one of them fits."""
        found = Conditions(Selection, self._codes, ALL_TRAININGS)
        found.changed.connect(self._look)
        line = row(found)
        if kept:
            _layout(place).addWidget(label("或者", "muted"))
        else:
            more = tool("plus", "再加一类培训（满足其中一类就计入）")
            more.clicked.connect(lambda: self._add_selection(kept, place))
            line.addWidget(more)
        kept.append(found)
        _layout(place).addLayout(line)
        return found

    def _look(self, *_: object) -> None:
        """Show what belongs to the choices made, and the sentence so far."""
        courses = self.choices["measure"].currentData() == "courses"
        months = self.choices["window"].currentData() in MONTHS_FOR
        for widget in (self.months, self._months_label):
            widget.setVisible(months)
        for widget in (self.least, self._least_label):
            widget.setVisible(not courses)
        if courses and not self.for_all:
            self._add_selection(self.for_all, self._for_all)
        for widget in (self._for_all, self._for_all_label):
            widget.setVisible(courses)
        made, problems = self._made()
        self._says.setText("" if made is None else requirement_line(made).said)
        self._problem.setText("".join(problems))


def _stack() -> QWidget:
    """A widget with others below each other."""
    return boxed(QVBoxLayout())


def _layout(widget: QWidget) -> QVBoxLayout:
    found = widget.layout()
    assert isinstance(found, QVBoxLayout)
    return found


def _free_id(taken: Collection[str]) -> str:
    """An id that no requirement has, for those who do not care what it is."""
    number = len(taken) + 1
    while f"demand-{number}" in taken:
        number += 1
    return f"demand-{number}"
