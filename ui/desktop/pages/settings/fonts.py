"""字体: which typeface plays which role, how it looks, how many characters it knows."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from reports.kit.font_roles import ROLE_TITLES, Role
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.missing_glyphs import MissingGlyphs
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.pictures import dots_per_inch, pixmap_of

if TYPE_CHECKING:
    from reports.inputs.fonts import NameMissing
    from ui.desktop.pages.settings.font_jobs import FontsSeen, RoleSeen

JOBS = "ui.desktop.pages.settings.font_jobs"
look_at_fonts = Lazy(JOBS, "look_at_fonts")
look_again = Lazy(JOBS, "look_again")
choose = Lazy(JOBS, "choose")
look_for_missing = Lazy("ui.desktop.widgets.glyphs.jobs", "missing")

USES = {
    Role.SONG: "名册、登记页",
    Role.FANG: "通报正文",
    Role.KAI: "证书",
    Role.HEI: "标题、表头",
    Role.BIAOSONG: "大标题",
}
FILES = "字体文件 (*.ttf *.ttc *.tte)"
USUAL = "自动"
WIDTH = 760


class RoleCard:
    """One role: the choice, a line set in it, and what there is to say of it."""

    def __init__(self, role: Role) -> None:
        """Make it empty."""
        self.role = role
        self.choice = QComboBox()
        self.choice.setAccessibleName(f"{ROLE_TITLES[role]}用的字体")
        self.choice.setMinimumWidth(tokens.px(240))
        self.sample = QLabel()
        self.sample.setObjectName("plain")
        self.sample.setMinimumHeight(tokens.px(34))
        self.remark = label("", "fieldWarn", wrap=True)
        self.file = label("", "caption", wrap=True)
        self.counts = label("", "caption", wrap=True)
        self.frame, inside = filled_card()
        inside.setSpacing(tokens.px(6))
        title = label(ROLE_TITLES[role], "heading")
        inside.addLayout(row(title, label(USES[role], "caption"), None, self.choice))
        for one in (self.sample, self.remark, self.file, self.counts):
            inside.addWidget(one)

    def show_role(self, seen: RoleSeen, choices: tuple[str, ...], parent: QWidget) -> None:
        """Show who plays the role now."""
        self.choice.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.choice.clear()
        self.choice.addItem(USUAL if seen.wish else f"{USUAL}（{seen.face}）", "")
        offered = choices if not seen.wish or seen.wish in choices else (seen.wish, *choices)
        for one in offered:
            self.choice.addItem(one, one)
        self.choice.setCurrentIndex(max(0, self.choice.findData(seen.wish)))
        self.choice.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        self.sample.setPixmap(pixmap_of(seen.sample, parent))
        self.sample.setAccessibleName(f"{ROLE_TITLES[self.role]}的样子：{seen.face}")
        self.remark.setText(seen.remark)
        self.remark.setVisible(bool(seen.remark))
        self.file.setText(f"文件：{seen.file}")
        self.counts.setText(seen.counts)


class FontSettings(QScrollArea):
    """The roles below each other, and the check of all names."""

    def __init__(self, session: Session) -> None:
        """Make it; ``show_fonts`` fills it."""
        super().__init__()
        self.setObjectName("clear")
        self._session = session
        self.cards = {role: RoleCard(role) for role in Role}
        self.missing = MissingGlyphs(session, leaves_out=False)
        self.missing.setMinimumHeight(tokens.px(240))
        self.missing.hide()
        self._place = session.path.parent
        self._folder = label("", "caption", wrap=True)
        self.check_button = button("检查全部教师姓名", self.check_names, drawing="list-checks")
        body = QWidget()
        body.setObjectName("clear")
        lines = QVBoxLayout(body)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        for one in (self._tools(), *(one.frame for one in self.cards.values())):
            one.setMaximumWidth(tokens.px(WIDTH))
            lines.addWidget(one)
        lines.addStretch(1)
        self.setWidget(body)
        self.setWidgetResizable(True)
        for role, one in self.cards.items():
            one.choice.activated.connect(partial(self._chosen, role))

    def show_fonts(self) -> None:
        """Look at the fonts and show them; nothing is read while the tab is out of sight."""
        work = look_at_fonts.bind(dots_per_inch(self))
        self._session.read("正在查看字体", work, self._seen, quiet=True)

    def check_names(self) -> None:
        """Look for names that cannot be printed."""
        work = look_for_missing.bind()
        self._session.read("正在检查姓名", work, self._checked)

    def add_file(self) -> None:
        """Copy a font file into the office's folder."""
        chosen, _ = QFileDialog.getOpenFileName(self, "添加字体文件", "", FILES)
        if chosen:
            self.take(Path(chosen))

    def take(self, file: Path) -> None:
        """Copy a font file into the office's folder and look at the fonts anew."""
        try:
            self._place.mkdir(exist_ok=True)
            shutil.copyfile(file, self._place / file.name)
        except OSError:
            self._session.told.emit(f"“{file.name}”没有复制成功，请检查磁盘空间和权限。", "error")
            return
        self._session.told.emit(f"已添加 {file.name}，请在下面选用。", "ok")
        self.look_again()

    def look_again(self) -> None:
        """Look for fonts that were installed or removed meanwhile."""
        self._session.read("正在查看字体", look_again.bind(), lambda _done: self.show_fonts())

    def restore(self) -> None:
        """Forget all choices."""
        self._keep(dict.fromkeys(Role, ()))

    def _open_folder(self) -> None:
        target = self._place if self._place.is_dir() else self._place.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))

    def _chosen(self, role: Role, place: int) -> None:
        wish = str(self.cards[role].choice.itemData(place))
        self._keep({role: (wish,) if wish else ()})

    def _keep(self, chosen: dict[Role, tuple[str, ...]]) -> None:
        self._session.write("正在保存", choose.bind(chosen))  # the page reloads by itself

    def _seen(self, seen: FontsSeen) -> None:
        for one in seen.roles:
            self.cards[one.role].show_role(one, seen.choices, self)
        self._place = seen.folder
        self._folder.setText(
            f"买来的字体文件（如方正小标宋）请放进 {seen.folder}，或点“添加字体文件…”。"
            "只能用 TrueType 字体（.ttf、.ttc）。"
        )

    def _checked(self, people: list[NameMissing]) -> None:
        self.missing.show()
        self.missing.show_people(people)

    def _tools(self) -> QWidget:
        frame, inside = filled_card()
        inside.addWidget(label("印在纸上的字体", "heading"))
        inside.addWidget(self._folder)
        inside.addLayout(
            row(
                button("添加字体文件…", self.add_file, drawing="plus"),
                button("打开字体文件夹", self._open_folder, drawing="folder-open"),
                button("重新查找", self.look_again),
                button("恢复默认", self.restore),
                None,
                self.check_button,
            )
        )
        inside.addWidget(self.missing)
        return frame
