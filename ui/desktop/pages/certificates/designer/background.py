"""The picture of the pre-printed sheet: chosen and taken away; the preview shows it below."""

from __future__ import annotations

import base64
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from models.errors import OfficeError
from reports.kit.forms import Background
from reports.kit.photos import LARGEST_SHEET, plain_photo
from ui.desktop.pages.certificates.designer.draft import Draft
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.saving import ask_for_file

PICTURES = "图片 (*.jpg *.jpeg *.png)"
TOLD = "印好的证书扫描后放在下面，照着它摆放文字；套打时不打印。"
LARGEST = 60_000_000
"""Bytes: no scan of one sheet is larger."""


class BackgroundRow(QWidget):
    """Says whether there is a picture; buttons to choose one and to take it away."""

    def __init__(self, draft: Draft) -> None:
        """Work on a draft's form."""
        super().__init__()
        self._draft = draft
        held = draft.form.background
        there = held is not None
        self.problem = label("", "fieldError", wrap=True)
        self.problem.hide()
        self.choose_button = button(
            "换一张…" if there else "选择图片…", self.choose, drawing="image"
        )
        self.drop_button = button("去掉", self.drop)
        self.drop_button.setVisible(there)
        self.printed = QCheckBox("白纸打印时也印底图")
        self.printed.setVisible(there)
        self.printed.setChecked(held is not None and held.printed)
        self.printed.clicked.connect(self.print_or_not)
        told = label(
            "印好的证书扫描后放在下面，照着它摆放文字；套打时不打印。", "fieldNote", wrap=True
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.px(6))
        layout.addWidget(told)
        layout.addLayout(row(self.choose_button, self.drop_button, None))
        layout.addWidget(self.printed)
        layout.addWidget(self.problem)

    def choose(self) -> None:
        """Ask for a picture and lay it below."""
        file = ask_for_file(self, "选择底图", PICTURES)
        if file is None:
            return
        try:
            picture = base64.b64encode(_read(file)).decode("ascii")
        except OfficeError as error:
            self.problem.setText(error.sentence.replace("照片", "图片"))
            self.problem.show()
            return
        self._put("放底图", Background(picture=picture, printed=self.printed.isChecked()))

    def drop(self) -> None:
        """Take the picture away."""
        self._put("去掉底图", None)

    def print_or_not(self) -> None:
        """Have the picture printed on plain paper, or not."""
        held = self._draft.form.background
        if held is not None:
            printed = {"printed": self.printed.isChecked()}
            self._put("修改底图", held.model_copy(update=printed))

    def _put(self, step: str, background: Background | None) -> None:
        form = self._draft.form.model_copy(update={"background": background})
        self._draft.do(step, form)


def _read(file: Path) -> bytes:
    """A picture file as a JPEG of a useful size.

    Raises:
        UserError: it is no picture, or cannot be read.
    """
    try:
        data = file.read_bytes()[:LARGEST]
    except OSError:
        data = b""
    return plain_photo(data, LARGEST_SHEET)
