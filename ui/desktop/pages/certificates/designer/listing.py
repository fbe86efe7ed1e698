"""The two lists at the left: the forms of the office, and the parts of the one on the desk."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from reports.inputs.certificate_forms import ListedForm
from reports.kit.form_parts import Place, part_at, places, words_at
from reports.kit.forms import FormField
from reports.kit.value_names import words_of
from ui.desktop.pages.certificates.designer.draft import Draft
from ui.desktop.widgets import tokens
from ui.desktop.widgets.icon import icon

ROLE = Qt.ItemDataRole.UserRole
UNSAVED = " *"
OWN, SHIPPED = "本单位的样式", "随程序附带"


class FormsList(QListWidget):
    """The office's own forms, then those shipped; a damaged one is listed too.

    Signals:
        wanted: the name of the form the person chose.
        menu_wanted: where the list of things to do is to open.
    """

    wanted = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setAccessibleName("证书样式")
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.menu_wanted)
        self.currentItemChanged.connect(self._chosen)

    def show_forms(self, forms: Sequence[ListedForm], name: str) -> None:
        """Show forms, with one of them chosen."""
        quiet = QSignalBlocker(self)
        self.clear()
        for title, own in ((OWN, True), (SHIPPED, False)):
            group = [one for one in forms if one.own is own]
            if group:
                self.addItem(_heading(title))
            for one in group:
                self.addItem(_form_item(one))
        self.choose(name)
        quiet.unblock()

    def choose(self, name: str) -> None:
        """Mark a form, without telling anybody."""
        quiet = QSignalBlocker(self)
        for item in self._items():
            if item.data(ROLE) == name:
                self.setCurrentItem(item)
        quiet.unblock()

    def mark_unsaved(self, name: str, *, unsaved: bool) -> None:
        """Mark a form that has changes which are not saved."""
        for item in self._items():
            title = item.text().removesuffix(UNSAVED)
            item.setText(title + (UNSAVED if unsaved and item.data(ROLE) == name else ""))

    def names(self) -> list[str]:
        """The names of the forms, as listed."""
        return [str(item.data(ROLE)) for item in self._items() if item.data(ROLE)]

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(at) for at in range(self.count())]

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(ROLE):
            self.wanted.emit(item.data(ROLE))


class PartsList(QListWidget):
    """Every part of the form; what is chosen here is chosen on the sheet, and the other way."""

    def __init__(self, draft: Draft) -> None:
        """List a draft's."""
        super().__init__()
        self.setAccessibleName("样式内容")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._draft = draft
        self._places: list[Place] = []
        draft.changed.connect(self._follow)
        draft.chosen_changed.connect(self._mark)
        self.itemSelectionChanged.connect(self._choose)

    def _follow(self) -> None:
        """List the parts anew where something in the list would read otherwise."""
        if not self._draft.there:
            self.clear()
            return
        form = self._draft.form
        self._places = places(form)
        quiet = QSignalBlocker(self)
        while self.count() > len(self._places):
            self.takeItem(self.count() - 1)
        for at, place in enumerate(self._places):
            if at == self.count():
                self.addItem(QListWidgetItem())
            item, part = self.item(at), part_at(form, place)
            item.setText(words_at(form, place))
            item.setToolTip(words_of(part.text) if isinstance(part, FormField) else "")
            if item.data(ROLE) != place.slot:
                item.setData(ROLE, place.slot)
                item.setIcon(icon(place.kind.drawing, tokens.MUTED))
        quiet.unblock()
        self._mark()

    def _mark(self) -> None:
        quiet = QSignalBlocker(self)
        self.clearSelection()
        for at, place in enumerate(self._places):
            if place in self._draft.chosen and at < self.count():
                self.item(at).setSelected(True)
        if len(self._draft.chosen) == 1 and self._draft.chosen[0] in self._places:
            at = self._places.index(self._draft.chosen[0])
            index = self.model().index(at, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)
        quiet.unblock()

    def _choose(self) -> None:
        self._draft.choose([self._places[self.row(item)] for item in self.selectedItems()])


def _heading(title: str) -> QListWidgetItem:
    found = QListWidgetItem(title)
    found.setFlags(Qt.ItemFlag.NoItemFlags)
    found.setForeground(QColor(tokens.MUTED))
    font = QFont()
    font.setPixelSize(tokens.px(12))
    found.setFont(font)
    return found


def _form_item(one: ListedForm) -> QListWidgetItem:
    found = QListWidgetItem(one.title)
    found.setData(ROLE, one.name)
    drawing, colour, told = "file-text", tokens.MUTED, "随程序附带，修改后保存为本单位的样式"
    if one.own:
        drawing, colour, told = "file-pen", tokens.PRIMARY, "本单位新增的样式"
        if one.shipped:
            told = "本单位改过的样式，可以恢复原样"
    if one.problem:
        drawing, colour, told = "triangle-alert", tokens.WARN, one.problem
    found.setIcon(icon(drawing, colour))
    found.setToolTip(f"{one.title}\n{told}\n编号：{one.name}")
    return found
