"""What can be done with titles: enter, change, duties, withdraw, end, papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from models.entities.describe import Entity
from models.office.forms import check_form
from models.store.operations import Operation
from models.titles.grants import Grant
from models.titles.kinds import title_rules
from models.titles.records import DutyForm, GrantForm
from ui.desktop.tasks.lane import OfficeWork
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.asking import ask_and_write, form_and_write, offer_undo
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.form.plans import form_plan
from ui.desktop.widgets.form.sheet import FormSheet

JOBS = "ui.desktop.pages.titles.jobs"
enter_grant = Lazy(JOBS, "enter_grant")
change_grant = Lazy(JOBS, "change_grant")
record_duty = Lazy(JOBS, "record_duty")
withdraw = Lazy(JOBS, "withdraw")
end_titles = Lazy(JOBS, "end_titles")
mark_mistaken = Lazy(JOBS, "mark_mistaken")
void_certificates = Lazy(JOBS, "void_certificates")
adopt = Lazy(JOBS, "adopt")
settle = Lazy(JOBS, "settle")
_NAMED = 3
Saving = Callable[[Mapping[str, str]], OfficeWork]


class HolderDeeds(QObject):
    """Acts on the titles selected in the list."""

    def __init__(self, session: Session, page: QWidget, chosen: Callable[[], list[Grant]]) -> None:
        """Serve a view; ``chosen`` gives the titles in question."""
        super().__init__(page)
        self._session = session
        self._page = page
        self._chosen = chosen

    def enter(self) -> None:
        """Ask whose title it is, then open its form."""
        sheet = ChooseSheet(
            "登记称号",
            "登记以往认定的、上级授予的称号。填教师编号或姓名，几人之间用顿号。",
            "下一步",
            self._page,
        )
        sheet.add_line("teachers", "教师")

        def answered(texts: dict[str, str]) -> None:
            if not texts["teachers"]:
                sheet.refuse("没有填教师。请填教师编号或姓名。")
                return
            sheet.accept()
            work = partial(_entering, texts["teachers"])
            self._form(f"登记称号：{texts['teachers']}", GrantForm, {}, work)

        sheet.ask(answered)

    def edit(self) -> None:
        """Open the form of the chosen title."""
        one = next(iter(self._chosen()), None)
        if one is None:
            return
        texts = {
            "title": one.title,
            "granted_on": one.granted_on,
            "ends_on": one.ends_on,
            "stage": one.stage_name,
            "subject": one.subject_name,
            "document": one.document,
            "source": one.source,
            "certificate_no": one.certificate_no,
            "remark": one.remark,
        }
        self._form(f"修改{one.name}的称号", GrantForm, texts, partial(_changing, one.id))

    def duty(self) -> None:
        """Open the form of a duty done for the chosen titles."""
        found = self._chosen()
        if not found:
            return
        texts = {"done_on": self._today()}
        ids = [one.id for one in found]
        self._form(f"履职：{_people(found)}", DutyForm, texts, partial(_doing, ids))

    def withdraw(self) -> None:
        """Ask why the chosen titles are withdrawn."""
        found = self._chosen()
        if not found:
            return
        follows = title_rules().kind(found[0].kind).withdrawn
        sheet = ChooseSheet(
            "取消称号",
            f"{_people(found)}。记录保留，本单位发的证书随之作废，名册的骨干级别随之改变。",
            "取消称号",
            self._page,
            520,
        )
        sheet.add_line("reason", "原因", hint="如：没有履行带徒协议")
        sheet.add_line("by", "决定的部门", hint="不填为本人")
        sheet.add_line("day", "从哪天起", self._today())
        sheet.add_line("consequence", "后果", follows)
        self._ask(sheet, "正在取消称号", withdraw)

    def fill_menu(self, menu: QMenu) -> None:
        """What can be done with the chosen titles."""
        found = self._chosen()
        if not found:
            return
        menu.addAction("修改…", self.edit)
        menu.addAction("业务档案", partial(self._go, "reports", "title-file"))
        menu.addAction("登记册", partial(self._go, "reports", "title-register"))
        menu.addAction("看这名教师", partial(self._go, "teachers", found[0].teacher_id))
        menu.addSeparator()
        menu.addAction("因退休、调出终止…", self._end)
        menu.addAction("登记有误…", self._mistaken)
        menu.addSeparator()
        menu.addAction("把名册的骨干级别登记为称号", self.adopt)
        menu.addAction("按有效称号更新名册", self.settle)

    def adopt(self) -> None:
        """Take in the levels of the register as titles."""
        self._session.write("正在登记称号", adopt.bind(), self._offer)

    def settle(self) -> None:
        """Let the register follow the titles."""
        self._session.write("正在更新名册", settle.bind(), self._offer)

    def void_certificates(self, ids: Sequence[str]) -> None:
        """Declare void the certificates of titles that are over."""
        self._session.write("正在作废证书", void_certificates.bind(ids), self._offer)

    def _end(self) -> None:
        found = self._chosen()
        sheet = ChooseSheet(
            "终止称号", f"{_people(found)}。不是处分，任职期间的记录不变。", "终止", self._page
        )
        sheet.add_line("reason", "原因", hint="如：退休")
        sheet.add_line("day", "从哪天起", self._today())
        self._ask(sheet, "正在终止", end_titles)

    def _mistaken(self) -> None:
        found = self._chosen()
        sheet = ChooseSheet(
            "登记有误", f"{_people(found)}。记为从来没有过，原记录仍可看到。", "确定", self._page
        )
        sheet.add_line("reason", "原因", hint="如：登记错人")
        self._ask(sheet, "正在改正", mark_mistaken)

    def _ask(self, sheet: ChooseSheet, title: str, job: Lazy) -> None:
        ids = [one.id for one in self._chosen()]
        ask_and_write(self._session, sheet, title, lambda texts: job.bind(ids, texts))

    def _form(
        self, title: str, entity: type[Entity], texts: Mapping[str, str], saving: Saving
    ) -> None:
        """Open a form whose texts become a job."""
        office = self._session.office
        examine = partial(check_form, office, entity)
        plan = form_plan(entity, {"row": ""}, office.codes, [], examine)
        offers = {**plan.offers, **_offers(entity, self._chosen())}
        sheet = FormSheet(title, replace(plan, offers=offers), self._page)
        sheet.begin(texts)

        form_and_write(self._session, sheet, lambda filled: saving(filled.checked.texts))

    def _offer(self, operation: Operation) -> None:
        offer_undo(self._session, operation)

    def _go(self, page: str, what: str) -> None:
        self._session.go.emit(page, what)

    def _today(self) -> str:
        return self._session.office.store.clock.today().isoformat()


def _entering(teachers: str, texts: Mapping[str, str]) -> OfficeWork:
    return enter_grant.bind(teachers, texts)


def _changing(grant_id: str, texts: Mapping[str, str]) -> OfficeWork:
    return change_grant.bind(grant_id, texts)


def _doing(ids: Sequence[str], texts: Mapping[str, str]) -> OfficeWork:
    return record_duty.bind(ids, texts)


def _offers(entity: type[Entity], chosen: Sequence[Grant]) -> dict[str, list[str]]:
    """What the fields offer that no code table has: titles, duties."""
    rules = title_rules()
    if entity is GrantForm:
        return {
            "title": [rules.title_of(one.key, level) for one in rules.kinds for level in one.levels]
        }
    if entity is DutyForm and chosen:
        return {"kind": [duty.title for duty in rules.kind(chosen[0].kind).duties]}
    return {}


def _people(found: Sequence[Grant]) -> str:
    names = "、".join(f"{one.name}（{one.title}）" for one in found[:_NAMED])
    return names if len(found) <= _NAMED else f"{names}等 {len(found)} 个称号"
