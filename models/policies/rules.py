"""The rules that hold for this office on a day."""

from __future__ import annotations

from datetime import date

from models.office.context import Office
from models.policies.library import in_use, packs_of
from models.policies.packs import pack_for
from models.policies.records import Rules


def rules_on(office: Office, day: date) -> Rules:
    """The rules that hold in the office's region on a day.

    Raises:
        UserError: as ``pack_for``.
    """
    return pack_for(office.identity.region, day, packs_of(office), in_use(office, day))


def rules_of_year(office: Office, year: int) -> Rules:
    """The rules by which a training year is judged: those in force at its end.

    Raises:
        UserError: as ``pack_for``.
    """
    return rules_on(office, date(year, 12, 31))
