"""造字图片…: a picture for a character of a person's name, drawn here or chosen from a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from models.errors import OfficeError
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.glyphs.pad import WIDTHS, GlyphPad
from ui.desktop.widgets.parts import boxed, button, clear, column, label, row
from ui.desktop.widgets.pictures import dots_per_inch, pixmap_of
from ui.desktop.widgets.saving import ask_for_file

if TYPE_CHECKING:
    from models.staff.glyphs import Glyph
    from models.store.operations import Operation
    from ui.desktop.widgets.glyphs.jobs import CharacterState, NameState, Preview

JOBS = "ui.desktop.widgets.glyphs.jobs"
look_at_name = Lazy(JOBS, "name_state")
make_preview = Lazy(JOBS, "preview")
attach = Lazy(JOBS, "attach")
adopt = Lazy(JOBS, "adopt")
remove = Lazy(JOBS, "remove")

PICTURES = "图片 (*.png *.jpg *.jpeg)"


class GlyphSheet(Sheet):
    """Asks which character, takes a picture, shows how it prints, keeps it."""

    def __init__(
        self, session: Session, parent: QWidget, teacher_id: str, on_change: Callable[[], object]
    ) -> None:
        """Open over a page; ``on_change`` is called when a picture was kept or removed."""
        super().__init__("造字图片", parent, 620)
        self._session = session
        self._teacher = teacher_id
        self._on_change = on_change
        self._state: NameState | None = None
        self._wanted = ""
        self._picture: bytes | None = None
        self._closed = False
        self._asked = 0
        self.pad = GlyphPad()
        self.characters = QHBoxLayout()
        self.characters.setSpacing(tokens.GAP)
        self._group = QButtonGroup(self)
        self._says = label("", "muted", wrap=True)
        self._problem = label("", "fieldError", wrap=True)
        self._strip = QLabel()
        self._strip.setObjectName("plain")
        self._strip.setAccessibleName("打印效果")
        self._others = QVBoxLayout()
        self.save_button = button("保存", self.save, kind="primary")
        self.remove_button = button("移除图片", self.remove, kind="danger")
        self._lay_out()
        self.pad.edited.connect(self._written)
        self.finished.connect(self._close)
        self._read()

    def choose_file(self) -> None:
        """Ask for a picture file."""
        file = ask_for_file(self, "选择造字图片", PICTURES)
        if file is None:
            return
        try:
            self.take(file.read_bytes())
        except OSError:
            self._refuse("文件读不出来，可能正被占用或没有权限。")

    def take(self, picture: bytes) -> None:
        """Use a picture; it is shown cleaned, or refused with a sentence."""
        self._picture = picture
        self._problem.hide()
        self._ask_preview(picture)

    def save(self) -> None:
        """Keep the picture."""
        state = self._current()
        if state is not None and self._picture is not None:
            work = attach.bind(self._teacher, state.character, self._picture)
            self._session.write("正在保存图片", work, self._kept, self._refused)

    def remove(self) -> None:
        """Take the character's picture away."""
        state = self._current()
        if state is not None:
            work = remove.bind(self._teacher, state.character)
            self._session.write("正在移除图片", work, self._kept, self._refused)

    def choose(self, character: str) -> None:
        """Turn to a character of the name."""
        self._wanted = character
        self._show()

    # ------------------------------------------------------------------ answers of the lanes

    def _read(self) -> None:
        self._session.read("正在查看姓名", look_at_name.bind(self._teacher), self._seen, quiet=True)

    def _close(self) -> None:
        self._closed = True  # what the lanes answer from now on has nowhere to be shown

    def _seen(self, state: NameState) -> None:
        if self._closed:
            return
        self._state = state
        known = [one.character for one in state.characters]
        if self._wanted not in known:
            lacking = (one.character for one in state.characters if not one.printable)
            self._wanted = next(lacking, known[-1] if known else "")
        self._offer(state)
        self._show()

    def _ask_preview(self, picture: bytes) -> None:
        if self._state is None or self._current() is None:
            return
        work = make_preview.bind(self._state.name, self._wanted, picture, dots_per_inch(self))
        self._asked += 1
        done = partial(self._preview, self._asked)
        self._session.read("正在处理图片", work, done, self._refused, quiet=True)

    def _preview(self, asked: int, preview: Preview) -> None:
        if self._closed or asked != self._asked:
            return  # another picture is looked at by now
        if not self.pad.written:
            self.pad.show_picture(preview.png)
        self._strip.setPixmap(pixmap_of(preview.strip, self))
        self._strip.setMinimumHeight(self._strip.pixmap().deviceIndependentSize().toSize().height())
        self.save_button.setEnabled(self._picture is not None)

    def _kept(self, operation: Operation) -> None:
        self._session.undo_offered.emit(f"已保存：{operation.title}", operation.id)
        self._on_change()
        if not self._closed:
            self._read()

    def _refused(self, error: OfficeError) -> None:
        if not self._closed:
            self._refuse(error.sentence)

    def _refuse(self, sentence: str) -> None:
        self._picture = None
        self.save_button.setEnabled(False)
        self._problem.setText(sentence)
        self._problem.show()

    # ------------------------------------------------------------------ what is shown

    def _current(self) -> CharacterState | None:
        found = self._state.characters if self._state else ()
        return next((one for one in found if one.character == self._wanted), None)

    def _written(self) -> None:
        if self.pad.empty:
            self._asked += 1
            self._picture = None
            self._strip.clear()
            self.save_button.setEnabled(False)
        else:
            self.take(self.pad.png())

    def _offer(self, state: NameState) -> None:
        """A button for each character of the name."""
        clear(self.characters)
        self._group = QButtonGroup(self)
        for one in state.characters:
            found = QPushButton(f"{one.character}  U+{ord(one.character):04X}")
            found.setCheckable(True)
            found.setAutoDefault(False)
            found.setObjectName("chip")
            found.setChecked(one.character == self._wanted)
            found.clicked.connect(partial(self.choose, one.character))
            self._group.addButton(found)
            self.characters.addWidget(found)
        self.characters.addStretch(1)

    def _show(self) -> None:
        """The chosen character: what it has, and what can be done for it."""
        state = self._current()
        self._asked += 1
        self._picture = None
        self._problem.hide()
        self._strip.clear()
        self.save_button.setEnabled(False)
        self.remove_button.setEnabled(state is not None and state.picture is not None)
        clear(self._others)
        if state is None:
            return
        self._says.setText(_said(state))
        self.pad.show_picture(state.picture.png if state.picture else None)
        if state.picture is not None:
            self._ask_preview(state.picture.png)
        for other in state.others[:3]:
            if state.picture is None or other.png != state.picture.png:
                self._others.addWidget(self._offered(other))

    def _offered(self, other: Glyph) -> QPushButton:
        """A button that takes over another person's picture."""
        found = button(f"用已有的图片（{other.school}{other.name}）", kind="link")
        image = QImage.fromData(other.png)
        found.setIcon(QPixmap.fromImage(image))
        work = adopt.bind(self._teacher, other.id)
        found.clicked.connect(
            lambda: self._session.write("正在保存图片", work, self._kept, self._refused)
        )
        return found

    def _lay_out(self) -> None:
        tools = column(
            self._says,
            button("选择图片文件…", self.choose_file, drawing="folder-open"),
            label("也可以在左边的格子里按住鼠标写。", "caption", wrap=True),
            _thicknesses(self.pad),
            row(button("去掉一笔", self.pad.take_back), button("清除", self.pad.clear), None),
            self._others,
            self._problem,
            None,
            gap=tokens.BLOCK,
        )
        self._problem.hide()
        self._strip.setMinimumHeight(tokens.px(44))
        printed = column(
            label("打印效果（宋体、仿宋、楷体、黑体、小标宋）", "caption"), self._strip
        )
        self.body.addLayout(self.characters)
        self.body.addLayout(row(self.pad, tokens.GAP, _wide(tools)))
        self.body.addWidget(boxed(printed, "card", tokens.BLOCK))
        self.foot.addWidget(self.remove_button)
        self.foot.addStretch(1)
        self.foot.addWidget(button("关闭", self.reject))
        self.foot.addWidget(self.save_button)


def _thicknesses(pad: GlyphPad) -> QHBoxLayout:
    """The choice of how thick the next strokes are."""
    found = row(label("笔画", "muted"))
    group = QButtonGroup(pad)
    for name, share in WIDTHS.items():
        one = button(name, partial(setattr, pad, "thickness", share))
        one.setObjectName("chip")
        one.setCheckable(True)
        one.setChecked(share == pad.thickness)
        group.addButton(one)
        found.addWidget(one)
    found.addStretch(1)
    return found


def _wide(layout: QVBoxLayout) -> QWidget:
    found = QWidget()
    found.setObjectName("plain")
    layout.setContentsMargins(0, 0, 0, 0)
    found.setLayout(layout)
    found.setMinimumWidth(tokens.px(260))
    return found


def _said(state: CharacterState) -> str:
    code = f"U+{ord(state.character):04X}"
    if state.printable:
        return f"{code}：字体里有这个字，打印时用字体；图片只在换到没有这个字的电脑上时使用。"
    if state.picture is not None:
        return f"{code}：字体里没有，打印时用这张图片。"
    return f"{code}：字体里没有这个字，请画出来或选择图片。"


def glyph_sheet(
    session: Session,
    parent: QWidget,
    teacher_id: str,
    character: str = "",
    on_change: Callable[[], object] = lambda: None,
) -> GlyphSheet:
    """Open the window for a teacher's name, at a character where one is named."""
    sheet = GlyphSheet(session, parent, teacher_id, on_change)
    sheet.choose(character)
    sheet.open()
    return sheet
