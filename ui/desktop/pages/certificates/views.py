"""What stands on the tabs of the page, each made when it is first seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session

_HERE = "ui.desktop.pages.certificates"
REGISTER, RUNS, BOOKLETS, STOCK = "register", "runs", "booklets", "stock"
FORMS, NUMBERS, VERIFYING, KEYS = "forms", "numbers", "verifying", "keys"


def _nothing() -> None:
    """What a view without a search field does for Ctrl+F."""


def _always() -> bool:
    """A view without unsaved work can always be left."""
    return True


def _uncounted() -> str:
    """A view that counts nothing."""
    return ""


@dataclass(frozen=True, slots=True)
class View:
    """A tab's widget, and how the page deals with it.

    Attributes:
        widget: what is seen.
        reload: reads the office's data anew.
        leave: whether it may be left.
        focus: goes to its search field.
        counted: what stands beside the page's title.
        show_certificate: shows one certificate.
    """

    widget: QWidget
    reload: Callable[[], object]
    leave: Callable[[], bool] = _always
    focus: Callable[[], object] = _nothing
    counted: Callable[[], str] = _uncounted
    show_certificate: Callable[[str], object] | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: its title, the class of its widget, and the methods the page calls.

    Attributes:
        title: on the tab.
        widget: module and class.
        reload: the method that reads anew.
        own: names of ``View`` to the widget's methods, where it has them.
    """

    title: str
    widget: Lazy
    reload: str = "reload"
    own: tuple[str, ...] = ()

    def make(self, session: Session) -> View:
        """The view, with its widget made."""
        # Any: the widgets have nothing in common but what ``own`` names of them.
        made: Any = self.widget(session)
        return View(
            made, getattr(made, self.reload), **{name: getattr(made, name) for name in self.own}
        )


TABS = {
    REGISTER: Tab(
        "登记册",
        Lazy(f"{_HERE}.register", "RegisterView"),
        own=("focus", "counted", "show_certificate"),
    ),
    RUNS: Tab("打印批次", Lazy(f"{_HERE}.runs", "RunsView"), own=("counted",)),
    BOOKLETS: Tab("续打", Lazy(f"{_HERE}.booklets", "BookletsView"), own=("counted",)),
    STOCK: Tab("空白证书", Lazy(f"{_HERE}.stock", "StockView")),
    FORMS: Tab("样式", Lazy(f"{_HERE}.designer.view", "DesignerView"), own=("leave",)),
    NUMBERS: Tab("编号", Lazy(f"{_HERE}.numbers", "NumbersView")),
    VERIFYING: Tab("核验", Lazy(f"{_HERE}.verifying", "VerifyingView"), "show_basis"),
    KEYS: Tab("密钥", Lazy(f"{_HERE}.keys", "KeysView"), "show_keys"),
}
