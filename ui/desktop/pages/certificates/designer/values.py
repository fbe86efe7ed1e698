"""Whose values the form is shown with: made-up ones, or a certificate's of the register."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from models.certificates.listing import CertificateFilter, certificate_ids
from models.certificates.register import Certificate, certificates
from ui.desktop.pages.certificates.designer.rendering import Source
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.parts import button

SOURCES = {"示例数据": Source(), "最长的示例": Source(longest=True)}
OFFERED = 200
"""So many certificates are offered while typing, the latest ones."""


class Values:
    """A button that tells whose values are shown, and a menu to choose others."""

    def __init__(self, session: Session, over: QWidget, show: Callable[[Source], object]) -> None:
        """Make the button; ``show`` is called with the source that was chosen."""
        self._session = session
        self._over = over
        self._show = show
        self.button: QPushButton = button("示例数据", drawing="user")
        self.button.setToolTip("用谁的数据显示样式")
        menu = QMenu(self.button)
        for name, source in SOURCES.items():
            menu.addAction(name).triggered.connect(partial(self._take, name, source))
        menu.addSeparator()
        menu.addAction("登记册中的证书…").triggered.connect(self.ask)
        self.button.setMenu(menu)

    def ask(self) -> None:
        """Ask for a certificate of the register."""
        latest = self._found(CertificateFilter(), OFFERED)
        said = "写出编号或姓名，或从列出的证书中选。" if latest else "登记册中还没有证书。"
        sheet = ChooseSheet("用登记册中的证书显示", said, "显示", self._over)
        sheet.add_line("certificate", "证书", offers=[_words(one) for one in latest])

        def go_on(texts: dict[str, str]) -> None:
            words = texts["certificate"]
            found = self._found(CertificateFilter(text=words), 1) if words else []
            if not found:
                sheet.refuse("登记册中没有这本证书。请核对编号或姓名。")
                return
            sheet.accept()
            self._take(found[0].holder_name, Source(found[0].id))

        sheet.ask(go_on)

    def _found(self, wanted: CertificateFilter, most: int) -> list[Certificate]:
        """The latest certificates of a filter."""
        office = self._session.office
        ids = certificate_ids(office, wanted, "issued_on", descending=True)
        return certificates(office, ids=ids[:most])

    def _take(self, name: str, source: Source) -> None:
        self.button.setText(f" {name}")
        self._show(source)


def _words(one: Certificate) -> str:
    return f"{one.number}　{one.holder_name}"
