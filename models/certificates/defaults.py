"""What a certificate says where nobody said it: from its other facts, the register, the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from models.certificates.holders import Known
from models.certificates.kinds import Kind
from models.entities.display import plain_decimal
from models.office.context import Office
from models.policies.cycles import cycle_of, read_cycle
from models.training.sums import Total, totals


class Defaults:
    """Fills in what a kind's facts have defaults for.

    Names a default may use: the other facts of the same certificate, ``name``, ``school``, what
    the kind keeps of the teacher, ``issuer``, ``today``, ``cycle_now`` and, of the ledger over the
    certificate's cycle, ``cycle_hours`` and ``cycle_credits``.
    """

    def __init__(self, office: Office, kind: Kind) -> None:
        """Fill in for this office and kind."""
        self._office, self._kind = office, kind
        named = {
            name
            for fact in kind.facts
            for _, name, _, _ in Formatter().parse(fact.default)
            if name is not None
        }
        today = office.store.clock.today()
        self._common = {"issuer": office.identity.name, "today": today.isoformat()}
        if "cycle_now" in named:
            self._common["cycle_now"] = cycle_of(office, today.year).label
        self._asks_ledger = bool(named & {"cycle_hours", "cycle_credits"})
        self._sums: dict[str, dict[str, Total]] = {}

    def filled(self, known: Known, school: str, given: Mapping[str, str]) -> dict[str, str]:
        """All facts of one certificate, those without any value left out."""
        kept = {name: text for name, text in known.facts.items() if name in self._kind.keeps}
        facts = {name: text for name, text in (kept | dict(given)).items() if text}
        about = {**self._common, **facts, "name": known.name, "school": school}
        for fact in self._kind.facts:
            if fact.key in facts or not fact.default:
                continue
            if self._asks_ledger and "cycle_hours" not in about:
                about |= self._of_ledger(known.id, about.get("cycle", ""))
            text = "".join(
                words + (about.get(name, "") if name else "")
                for words, name, _, _ in Formatter().parse(fact.default)
            )
            if text:
                facts[fact.key] = about[fact.key] = text
        return facts

    def _of_ledger(self, teacher_id: str, label: str) -> dict[str, str]:
        """The sums over a cycle; read once for everybody."""
        if not label:
            return {}
        if label not in self._sums:
            self._sums[label] = totals(self._office, None, read_cycle(label))
        total = self._sums[label].get(teacher_id, Total())
        return {
            "cycle_hours": plain_decimal(total.hours),
            "cycle_credits": plain_decimal(total.credits),
        }
