"""The desk on which one upload is built: scope, what is to be mended first, fractions, the file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QVBoxLayout

from models.uploads.forms import Fraction, Subject
from models.uploads.rows import Wish
from ui.desktop.pages.uploads.parts import NotesPart, ProblemsPart, RoundingPart, RowsPart
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets import tokens
from ui.desktop.widgets.desk import Desk
from ui.desktop.widgets.filters import Choice, FilterCombo
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.saving import WORKBOOK, ask_where_to

if TYPE_CHECKING:
    from models.uploads.building import Built
    from ui.desktop.pages.uploads.reads import Checked
    from ui.desktop.tasks.session import Session

checked = Lazy("ui.desktop.pages.uploads.reads", "checked")
build_upload = Lazy("ui.desktop.pages.uploads.jobs", "build_upload")
PROBLEMS, ROUNDING, ROWS, NOTES = range(4)
TITLES = ("要先改的", "小数取整", "要报的内容", "提醒")
KIND_TITLES = {"record": "录入的记录", "course": "本单位的课程", "offset": "冲抵"}


class BuildDesk(Desk):
    """Checks as soon as something is asked differently; writes what can be sent."""

    def __init__(self, session: Session) -> None:
        """Make it without a form; ``begin`` brings one."""
        self.session = session
        self.problems = ProblemsPart(session)
        self.rounding = RoundingPart()
        self.rows = RowsPart(session)
        self.notes = NotesPart()
        super().__init__("生成上报", TITLES, (self.problems, self.rounding, self.rows, self.notes))
        self.found: Checked | None = None
        self._name, self._form_title = "", ""
        self._fractions: dict[str, Fraction] = {}
        self._asked: Wish | None = None
        self._told = False
        self.years = QComboBox()
        self.years.setAccessibleName("上报年度")
        self.school = FilterCombo("学校")
        self.kind = FilterCombo("记录", [Choice(*one) for one in KIND_TITLES.items()])
        self.only_new = QCheckBox("只报新增和变动")
        self.notice = NoticeBar()
        self.figures = label("", "muted", wrap=True)
        self.write = button("生成文件…", self.build, kind="primary", drawing="file-up")
        self._lay_out()
        self.years.activated.connect(self.check)
        self.school.currentIndexChanged.connect(self.check)
        self.kind.currentIndexChanged.connect(self.check)
        self.only_new.clicked.connect(self.check)
        self.rounding.chosen.connect(self._settle)

    def begin(self, name: str, title: str, year: int, years: list[int]) -> None:
        """Take up a form."""
        self._name, self._form_title, self._fractions, self.found = name, title, {}, None
        self.years.clear()
        for one in years:
            self.years.addItem(f"{one} 年", one)
        self.years.setCurrentIndex(self.years.findData(year))
        self.school.reset()
        self.kind.reset()
        self.only_new.setChecked(False)
        self.notice.hide()
        self.tabs.setCurrentIndex(PROBLEMS)
        self.write.setEnabled(False)
        self.say(title, ("正在检查", "info"), [])
        self.check()

    def wish(self) -> Wish:
        """What is asked for."""
        return Wish(
            year=int(self.years.currentData()),
            school_id=self.school.value(),
            kinds=(self.kind.value(),) if self.kind.value() else (),
            only_new=self.only_new.isChecked(),
            fractions=dict(self._fractions),
        )

    def check(self, *_: object) -> None:
        """Something is asked differently: check it."""
        self._told = False
        self.reload()

    def reload(self) -> None:
        """Check what is asked for, beside the window."""
        self._asked = self.wish()
        self.write.setEnabled(False)
        work = checked.bind(self._name, self._asked)
        self.session.read("正在检查", work, partial(self._filled, self._asked))

    def build(self) -> None:
        """Ask where the file goes, or into which folder where there are several; write."""
        found = self.found
        if found is None:
            return
        if found.parts > 1:
            words = f"要分成 {found.parts} 份，请选择文件夹"
            chosen = QFileDialog.getExistingDirectory(self, words)
            out = Path(chosen) if chosen else None
        else:
            out = ask_where_to(self, found.file_name, WORKBOOK)
        if out is not None:
            work = build_upload.bind(self._name, found.draft.wish, out)
            self.session.write("正在生成并读回核对", work, self._built)

    def _lay_out(self) -> None:
        again = button("重新检查", self.check, drawing="refresh-cw")
        lines = cast("QVBoxLayout", self.layout())
        for one in (self.school, self.kind):
            one.setMinimumWidth(tokens.px(124))
            one.setMaximumWidth(tokens.px(260))
        scope = row(self.years, self.school, self.kind, self.only_new, None, again, self.write)
        lines.insertLayout(1, scope)
        lines.insertWidget(2, self.notice)
        lines.insertWidget(3, self.figures)

    def _filled(self, asked: Wish, found: Checked) -> None:
        if asked is not self._asked:
            return
        self.found = found
        made = found.draft
        if self.school.count() < 2:
            names = sorted(found.schools.items(), key=lambda one: one[1])
            self.school.set_choices([Choice(*one) for one in names])
        about_school = made.form.subject in (Subject.RECORD, Subject.TEACHER, Subject.INSTITUTION)
        self.school.setVisible(about_school)
        self.kind.setVisible(made.form.subject is Subject.RECORD)
        for part in (self.problems, self.rounding, self.rows, self.notes):
            part.show_checked(found)
        self._count_tabs(found)
        self._say(found)
        self.write.setEnabled(bool(made.rows))

    def _count_tabs(self, found: Checked) -> None:
        counts = (
            len(found.draft.problems), len(found.draft.rounded), len(found.draft.rows),
            self.notes.count(),
        )  # fmt: skip
        for place, (title, count) in enumerate(zip(TITLES, counts, strict=True)):
            self.tabs.setTabText(place, f"{title}（{count:,}）" if count else title)
        self.tabs.setTabVisible(ROUNDING, bool(found.fractions))

    def _say(self, found: Checked) -> None:
        made = found.draft
        told = [f"可以报 {len(made.rows):,} 条"]
        if made.left_out:
            told.append(f"要先改的 {made.left_out:,} 条（不改就不写进文件）")
        if made.unchanged:
            told.append(f"已接收、没有变动的 {made.unchanged:,} 条不再报")
        if found.parts > 1:
            told.append(f"上级一份最多收 {made.form.room:,} 条，分成 {found.parts} 份")
        self.figures.setText("；".join(told) + "。")
        state = ("可以报", "ok") if not made.left_out else ("有要改的", "warn")
        if not made.rows:
            state = ("不能报", "error") if made.left_out else ("没有内容", "muted")
        self.say(self._form_title, state, [made.form.receiver, f"{made.wish.year} 年"])
        self._ask_about(found)

    def _ask_about(self, found: Checked) -> None:
        """Say that fractions wait for an answer; what was said of a file that was written stays."""
        if self._told:
            return
        waiting = [one for one in found.fractions if one.open]
        if waiting:
            names = "、".join(f"“{one.title}”" for one in waiting)
            count = max(one.open for one in waiting)
            self.notice.tell(
                f"{names}有小数 {count:,} 条，这张表只收整数，请选定办法。",
                "warn",
                "选办法",
                partial(self.tabs.setCurrentIndex, ROUNDING),
            )
        else:
            self.notice.hide()

    def _settle(self, key: str, rule: Fraction) -> None:
        self._fractions[key] = rule
        self.check()

    def _built(self, built: Built) -> None:
        count = sum(one.rows for one in built.files)
        first = built.files[0]
        several = len(built.files) > 1
        where = (
            f"{first.path.parent.name}，共 {len(built.files)} 份" if several else first.path.name
        )
        words = f"已生成 {where}，{count:,} 条，读回核对无误；送出以后请登记。"
        go = partial(self.session.go.emit, "uploads", ("sent", first.upload_id))
        self._told = True
        self.notice.tell(words, "ok", "登记送出", go)
