"""What can be done with the register: issue, print, print again, replace, declare void."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from models.certificates.kinds import kind_named
from ui.desktop.pages.certificates.issue_sheet import IssueSheet
from ui.desktop.pages.certificates.print_flow import PrintFlow
from ui.desktop.pages.certificates.print_wish import PrintWishSheet
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import tell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.certificates.issuing import Issued
    from models.certificates.printing import RunWish
    from models.certificates.register import Certificate
    from models.store.operations import Operation

_JOBS = "ui.desktop.pages.certificates.jobs"
declare_void = Lazy(_JOBS, "declare_void")
issue_anew = Lazy(_JOBS, "issue_anew")
form_choices = Lazy(_JOBS, "form_choices")


class Register(Protocol):
    """What the deeds ask of the view they belong to."""

    def chosen(self) -> list[Certificate]:
        """The selected certificates."""
        ...

    def show_certificate(self, certificate_id: str) -> None:
        """Show one of them."""
        ...


class RegisterDeeds:
    """Asks what needs asking and has it done."""

    def __init__(self, session: Session, over: QWidget, register: Register) -> None:
        """Work for the register ``register``; windows open over ``over``."""
        self._session = session
        self._over = over
        self._register = register
        self.flow = PrintFlow(session, over)

    def issue(self) -> None:
        """Open the window that issues certificates."""
        sheet = IssueSheet(self._session, self._over)
        sheet.issued.connect(self._issued)
        sheet.open()

    def print_chosen(self, *_: object) -> None:
        """Print the selected certificates."""
        self._print(again=False)

    def reprint(self) -> None:
        """Print certificates once more that are printed already: lost, or spoilt later."""
        self._print(again=True)

    def void(self) -> None:
        """Ask why the chosen certificate is void."""
        one = self._single("作废")
        if one is None:
            return
        sheet = ChooseSheet(
            "作废证书",
            f"{one.number}　{one.holder_name}。作废后仍留在登记册中，编号不再使用。",
            "作废",
            self._over,
        )
        sheet.add_line("reason", "原因", hint="如 姓名打印错误")

        def go_on(texts: dict[str, str]) -> None:
            def done(operation: Operation) -> None:
                sheet.accept()
                self._session.undo_offered.emit(f"{one.number} 已作废", operation.id)

            work = declare_void.bind(one.id, texts["reason"])
            self._session.write("正在作废", work, done, lambda error: sheet.refuse(error.sentence))

        sheet.ask(go_on)

    def replace(self) -> None:
        """Ask what the new certificate says otherwise, and why it is issued."""
        one = self._single("补发")
        if one is None:
            return
        sheet = ChooseSheet(
            "补发证书",
            f"{one.number}　{one.holder_name}：原证作废，另给新编号，两本互相注明。"
            "姓名、性别等以名册为准；下面的内容可以改。",
            "作废并发新证",
            self._over,
            560,
        )
        sheet.add_line("reason", "原因", hint="如 课程名称印错")
        for fact in kind_named(one.kind).facts:
            sheet.add_line(fact.key, fact.title, one.facts.get(fact.key, ""), hint=fact.note)

        def go_on(texts: dict[str, str]) -> None:
            def done(issued: Issued) -> None:
                sheet.accept()
                new = issued.certificates[0]
                self._session.undo_offered.emit(
                    f"{one.number} 已补发为 {new.number}", issued.operation.id
                )
                self._register.show_certificate(new.id)

            reason = texts.pop("reason")
            changed = {key: text for key, text in texts.items() if text != one.facts.get(key, "")}
            work = issue_anew.bind(one.id, reason, changed)
            self._session.write("正在补发", work, done, lambda error: sheet.refuse(error.sentence))

        sheet.ask(go_on)

    def print_these(self, certificates: Sequence[Certificate], *, again: bool = False) -> None:
        """Ask how, list the sheets, and open the preview."""

        def ask(forms: Mapping[str, str]) -> None:
            sheet = PrintWishSheet(self._session, self._over, certificates, forms, again=again)

            def begin(wish: RunWish) -> None:
                sheet.accept()
                self.flow.begin(wish)

            sheet.wished.connect(begin)
            sheet.open()

        first = certificates[0]
        work = form_choices.bind(first.kind, first.institution_id)
        self._session.read("正在读取样式", work, ask)

    def _print(self, *, again: bool) -> None:
        valid = [one for one in self._register.chosen() if not one.void]
        sorts = {(one.kind, bool(one.institution_id)) for one in valid}
        if not valid:
            tell(
                self._over,
                "没有选中有效的证书。",
                "请在表中选中要打印的证书，可以按住 Ctrl 或 Shift 多选。",
            )
        elif len(sorts) > 1:
            tell(
                self._over,
                "选中的证书不是同一种。",
                "每种证书用各自的样式，请先按种类筛选，再一起打印。",
            )
        else:
            self.print_these(valid, again=again)

    def _single(self, what: str) -> Certificate | None:
        chosen = [one for one in self._register.chosen() if not one.void]
        if len(chosen) == 1:
            return chosen[0]
        tell(self._over, f"{what}每次只处理一本有效的证书。", "请在表中选中一本。")
        return None

    def _issued(self, issued: Issued) -> None:
        words = f"已发证 {len(issued.certificates):,} 本"
        words += f"，{issued.before:,} 人先前已有" if issued.before else ""
        self._session.undo_offered.emit(words, issued.operation.id)
        if issued.certificates:
            self.print_these(issued.certificates)
