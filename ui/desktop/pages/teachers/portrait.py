"""The photo on the teacher's card, and below it the way to draw rare characters of the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from models.staff.photos import photo_of
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.icon import icon
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.pictures import pixmap_from

if TYPE_CHECKING:
    from ui.desktop.pages.teachers.deeds import TeacherDeeds

take_away = Lazy("ui.desktop.pages.teachers.photos", "take_away")

WIDTH, HEIGHT = 64, 90
USUAL = re.compile("[\u4e00-\u9fa5\u00b7A-Za-z .'’-]*")
"""Characters every Chinese font has: a name of these alone needs no drawing."""


class TeacherPortrait(QWidget):
    """Shows the photo of one teacher; a click offers what can be done with it."""

    def __init__(self, session: Session, deeds: TeacherDeeds) -> None:
        """Make it empty."""
        super().__init__()
        self._session = session
        self._deeds = deeds
        self._teacher = ""
        self.has_photo = False
        self.setObjectName("plain")
        self.photo = QToolButton()
        self.photo.setObjectName("portrait")
        self.photo.setFixedSize(tokens.px(WIDTH), tokens.px(HEIGHT))
        self.photo.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.photo)
        self.menu.aboutToShow.connect(self._fill)
        self.photo.setMenu(self.menu)
        self.draw = button("造字图片…", deeds.draw_characters, kind="link")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.px(2))
        lines.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignRight)
        lines.addWidget(self.draw, 0, Qt.AlignmentFlag.AlignRight)

    def show_teacher(self, teacher_id: str, name: str) -> None:
        """Show the photo of a teacher, or a place for one; nothing for nobody."""
        self._teacher = teacher_id
        self.setVisible(bool(teacher_id))
        if not teacher_id:
            return
        self.draw.setVisible(USUAL.fullmatch(name) is None)
        jpeg = photo_of(self._session.office, [teacher_id]).get(teacher_id)
        self.has_photo = jpeg is not None
        says = "照片：点击更换或移除" if jpeg else "添加照片"
        self.photo.setToolTip(says)
        self.photo.setAccessibleName(says)
        self._show(None if jpeg is None else pixmap_from(jpeg, tokens.px(HEIGHT) - 2, self))

    def _show(self, photo: QPixmap | None) -> None:
        if photo is None:
            self.photo.setIcon(icon("image-plus", tokens.PLACEHOLDER))
            self.photo.setIconSize(QSize(tokens.px(22), tokens.px(22)))
        else:
            self.photo.setIcon(QIcon(photo))
            self.photo.setIconSize(photo.deviceIndependentSize().toSize())

    def _fill(self) -> None:
        """Offer what can be done."""
        self.menu.clear()
        says = "更换照片…" if self.has_photo else "添加照片…"
        self.menu.addAction(says, self._deeds.change_photo)
        if self.has_photo:
            self.menu.addAction("移除照片", self.remove)
        self.menu.addSeparator()
        self.menu.addAction("从文件夹导入照片…", self._deeds.import_photos)

    def remove(self) -> None:
        """Take the photo away; the bar offers to undo it."""
        take_away(self._session, self._teacher)
