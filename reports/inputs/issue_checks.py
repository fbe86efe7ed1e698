"""Whether what certificates are to say fits on their paper: known before a number is given."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.certificates.register import Certificate
from models.certificates.series import next_number
from models.certificates.wishes import Due, Plan, Refusal
from models.errors import UserError
from reports.inputs.certificate_forms import form_named
from reports.inputs.certificate_values import Beside, values_of
from reports.inputs.fonts import fonts_of
from reports.kit.form_drawing import Filler, Filling

if TYPE_CHECKING:
    from models.office.context import Office
    from reports.kit.fonts import Fonts

_ID_NUMBER = "0" * 18


def fitting(office: Office, plan: Plan) -> Plan:
    """The plan, with those among the refused whose texts their form has no room for.

    A character no font has is no reason: it can be drawn until the certificates are printed.
    """
    if not plan.due:
        return plan
    number = next_number(office, plan.kind.key, plan.batch)
    room = _Room(office, plan, number)
    reasons = [room.lacking(one) for one in plan.due]
    refused = [
        Refusal(one.holder, _who(one), why)
        for one, why in zip(plan.due, reasons, strict=True)
        if why
    ]
    due = tuple(one for one, why in zip(plan.due, reasons, strict=True) if not why)
    return replace(plan, due=due, refused=(*plan.refused, *refused))


class _Room:
    """The room on each form the certificates of a plan need."""

    def __init__(self, office: Office, plan: Plan, number: str) -> None:
        self._office, self._plan, self._number = office, plan, number
        self._fonts: Fonts = fonts_of(office)
        self._forms: dict[str, tuple[Filler, frozenset[str]] | None] = {}

    def lacking(self, due: Due) -> str:
        """Why a certificate does not fit on its form; "" where it does."""
        name = self._plan.kind.form_for(due.holder.institution_id)
        if name not in self._forms:
            self._forms[name] = self._filler(name)
        found = self._forms[name]
        values = values_of(self._certificate(due), Beside(_ID_NUMBER))
        if found is None or self._fonts.missing_characters(values.values()):
            return ""
        filler, wanted = found
        try:
            filler.check(Filling(dict.fromkeys(wanted, "") | values, {}))
        except UserError as error:
            return f"的{error.message.rstrip('。')}"
        return ""

    def _filler(self, name: str) -> tuple[Filler, frozenset[str]] | None:
        """None for a form that is damaged: that is told where it is printed."""
        try:
            form = form_named(self._office, name)
        except UserError:
            return None
        return Filler(form, self._fonts), form.values

    def _certificate(self, due: Due) -> Certificate:
        """What the certificate would be today."""
        plan, known, facts = self._plan, due.known, due.facts
        return Certificate(
            id="",
            number=self._number,
            kind=plan.kind.key,
            teacher_id=due.holder.teacher_id,
            institution_id=due.holder.institution_id,
            course_id=None,
            holder_no=known.no,
            holder_name=known.name,
            holder_sex=known.sex or "",
            holder_school=due.school,
            holder_id_tail=known.tail or "",
            title=facts.get(plan.kind.about, ""),
            year=plan.year,
            batch=plan.batch,
            facts=facts,
            hours=None,
            credits=None,
            score="",
            start_date=facts.get("start_date", ""),
            end_date=facts.get("end_date", ""),
            issuer=self._office.identity.name,
            issued_on=self._office.store.clock.today().isoformat(),
            void=False,
            voided_on="",
            void_reason="",
        )


def _who(due: Due) -> str:
    return f"{due.known.name}（{due.school}）" if due.school else due.known.name
