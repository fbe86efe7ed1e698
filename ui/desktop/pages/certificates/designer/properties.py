"""The panel at the right: the properties of what is chosen, or of the form itself."""

from __future__ import annotations

from functools import partial
from typing import cast

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from reports.kit.form_parts import PARTS, part_at, words_at
from reports.kit.form_wording import SLOTS, said, title_of
from reports.kit.forms import Form
from ui.desktop.pages.certificates.designer.background import BackgroundRow
from ui.desktop.pages.certificates.designer.document import changed, next_to, written
from ui.desktop.pages.certificates.designer.draft import Draft
from ui.desktop.pages.certificates.designer.editors import (
    DIFFERENT,
    ChoiceEditor,
    ColourEditor,
    Editor,
    NumberEditor,
)
from ui.desktop.pages.certificates.designer.plans import editor_for, listed, nested
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import button, clear, label, row, set_tone, tool

Key = tuple[str, ...]
"""A property: its name, below that of the group it is in."""


class Property(QWidget):
    """Title with unit, editor, and below it what is wrong."""

    def __init__(self, slot: str, key: Key, editor: Editor) -> None:
        """Make it."""
        super().__init__()
        self.setObjectName("plain")
        self.editor = editor
        found = title_of(slot, key[-1])
        title = label(found.title, "caption")
        title.setBuddy(editor.widget)
        editor.widget.setAccessibleName(found.title)
        for one in (self, editor.widget):
            one.setToolTip(found.note)
        self._says = label("", "fieldError", wrap=True)
        self._says.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.px(2))
        layout.addWidget(title)
        layout.addWidget(editor.widget)
        layout.addWidget(self._says)

    def refuse(self, sentence: str) -> None:
        """Say what is wrong; "" for nothing."""
        self._says.setText(sentence)
        self._says.setVisible(bool(sentence))
        set_tone(self.editor.widget, "error" if sentence else "", "state")

    def words(self) -> str:
        """What stands below the editor."""
        return self._says.text()


class Properties(QScrollArea):
    """Shows and changes properties; derived from the model of the form."""

    def __init__(self, draft: Draft) -> None:
        """Show a draft's."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("属性")
        self._draft = draft
        self._rows: dict[Key, Property] = {}
        self._shown: tuple[object, ...] = ()
        body = QWidget()
        body.setObjectName("scrollBody")
        self._layout = QVBoxLayout(body)
        margin = tokens.px(10)
        self._layout.setContentsMargins(margin, margin, margin, margin)
        self._layout.setSpacing(tokens.px(8))
        self.setWidget(body)
        draft.chosen_changed.connect(self._follow)
        draft.changed.connect(self._follow)

    def row(self, *key: str) -> Property:
        """The row of a property.

        Raises:
            KeyError: what is chosen has no such property.
        """
        return self._rows[key]

    def write_text(self) -> None:
        """Put the cursor into the words of the chosen text."""
        found = self._rows.get(("text",)) or self._rows.get(("key",))
        if found is not None:
            found.editor.widget.setFocus()

    def _follow(self) -> None:
        """Show what is chosen now; build anew only where it is something else."""
        if not self._draft.there:
            clear(self._layout)
            self._rows = {}
            return
        shown = (self._draft.chosen, self._shape())
        if shown != self._shown or not self._rows:
            self._shown = shown
            self._build()
        self._fill()

    def _shape(self) -> tuple[object, ...]:
        """What decides which rows there are: kinds of parts, and the lengths of their lists."""
        form = self._draft.form
        parts = [part_at(form, place) for place in self._draft.chosen]
        lists = [len(_several(one)) for part in parts for _, one in part]
        return (*lists, form.background is None)

    def _build(self) -> None:
        clear(self._layout)
        self._rows = {}
        chosen = self._draft.chosen
        slots = sorted({place.slot for place in chosen})
        if len(slots) > 1:
            self._layout.addWidget(label(f"选中 {len(chosen)} 项", "heading"))
            self._layout.addWidget(label("可以一起移动、对齐、复制、删除。", "muted", wrap=True))
        elif slots:
            self._layout.addWidget(label(self._heading(), "heading", wrap=True))
            self._add_model(PARTS[slots[0]].model, slots[0], ())
        else:
            self._layout.addWidget(label("整张样式", "heading"))
            self._add_model(type(self._draft.form), "", ())
        self._layout.addStretch(1)

    def _heading(self) -> str:
        first, *more = self._draft.chosen
        if more:
            return f"{first.kind.title}（{len(more) + 1} 处）"
        return words_at(self._draft.form, first)

    def _add_model(self, model: type[BaseModel], slot: str, above: Key) -> None:
        """Rows for each property, two short ones beside each other; groups follow."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.px(8))
        grid.setVerticalSpacing(tokens.px(8))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._layout.addLayout(grid)
        place = 0
        for name, field in model.model_fields.items():
            editor = editor_for(slot, name, field)
            if editor is None:
                continue
            added = self._add_row(slot, (*above, name), editor)
            width = 1 if isinstance(editor, _SHORT) else 2
            place += place % 2 if width == 2 else 0
            grid.addWidget(added, place // 2, place % 2, 1, width, Qt.AlignmentFlag.AlignTop)
            place += width
        for name, field in model.model_fields.items():
            self._add_groups(name, field, above)

    def _add_groups(self, name: str, field: FieldInfo, above: Key) -> None:
        """What a property holds that is a group of values itself, or a list of such."""
        if not above and not self._draft.chosen and name in PARTS:
            return
        title = SLOTS.get(name, name)
        inner, each = nested(field), listed(field)
        if inner is not None and name not in _SPECIAL:
            self._add_heading(title)
            self._add_model(inner, name, (*above, name))
        if each is not None:
            for number, one in enumerate(self._held((*above, name))):
                self._add_heading(
                    f"{title} {number + 1}　{getattr(one, 'key', '')}", (name, number)
                )
                self._add_model(each, name, (*above, name, str(number)))
            more = button(f"添加一{title}", partial(self._add_one, name), drawing="plus")
            self._layout.addWidget(more)
        if name in _SPECIAL:
            self._add_heading(title)
            self._layout.addWidget(_SPECIAL[name](self._draft))

    def _add_heading(self, title: str, gone: tuple[str, int] | None = None) -> None:
        """A heading; with a button that takes the group out where one is named."""
        line = row(label(title, "heading"), None)
        if gone is not None:
            line.addWidget(tool("trash-2", f"删除{title}", partial(self._drop_one, *gone)))
        self._layout.addSpacing(tokens.px(4))
        self._layout.addLayout(line)

    def _held(self, key: Key) -> tuple[object, ...]:
        """The groups in a list of the first part that is chosen."""
        place = next(iter(self._draft.chosen), None)
        holder = self._draft.form if place is None else part_at(self._draft.form, place)
        return cast("tuple[object, ...]", _inside(holder, key))

    def _add_one(self, name: str) -> None:
        """Put one more group at the end of a list, like the last one and beside it."""
        held = self._held((name,))
        new = [next_to(one) for one in held[-1:]]
        self._put(f"添加{SLOTS[name]}", (name,), (*held, *new))

    def _drop_one(self, name: str, number: int) -> None:
        held = self._held((name,))
        if len(held) > 1:
            self._put(f"删除{SLOTS[name]}", (name,), held[:number] + held[number + 1 :])

    def _put(self, step: str, key: Key, value: object) -> None:
        self._draft.do(step, changed(self._draft.form, self._draft.chosen, key, value))

    def _add_row(self, slot: str, key: Key, editor: Editor) -> Property:
        found = Property(slot, key, editor)
        found.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        editor.listen(partial(self._edited, key))
        self._rows[key] = found
        return found

    def _fill(self) -> None:
        """Show the values, without touching what is just being written."""
        for key, one in self._rows.items():
            if one.words() and one.editor.widget.hasFocus():
                continue
            one.editor.show(self._value(key))
            one.refuse("")

    def _value(self, key: Key) -> object:
        """The value of a property; ``DIFFERENT`` where the chosen parts differ."""
        holders = [part_at(self._draft.form, place) for place in self._draft.chosen]
        values = [_inside(holder, key) for holder in holders or [self._draft.form]]
        return values[0] if all(one == values[0] for one in values) else DIFFERENT

    def _edited(self, key: Key) -> None:
        """Take a value over, or say what is wrong with it."""
        one = self._rows[key]
        chosen = self._draft.chosen
        try:
            form = self._with(key, one.editor.value())
        except ValidationError as error:
            one.refuse(f"{said(error.errors()[0])}。")
            return
        one.refuse("")
        *groups, last = key
        slot = chosen[0].slot if chosen else "".join(groups)
        name = f"修改{title_of(slot, last).title}"
        self._draft.do(name, form, sort=".".join(key))

    def _with(self, key: Key, value: object) -> Form:
        """The form with another value of a property.

        Raises:
            ValidationError: the value is none the property may have.
        """
        form = self._draft.form
        if self._draft.chosen:
            return changed(form, self._draft.chosen, key, value)
        return cast("Form", written(form, key, value))


def _inside(holder: object, key: Key) -> object:
    """A value in a part, in the groups and lists of groups that it holds."""
    for name in key:
        held = _several(holder)
        holder = held[int(name)] if held else getattr(holder, name)
    return holder


def _several(value: object) -> tuple[object, ...]:
    """The elements of a list; nothing for what is none."""
    return cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()


_SPECIAL = {"background": BackgroundRow}
_SHORT = (NumberEditor, ChoiceEditor, ColourEditor)
