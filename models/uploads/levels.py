"""The level of a training where none is recorded: that of the organiser, where it is known."""

from __future__ import annotations

from models.office.context import Office
from models.staff.directory import read_directory

_OWN = {"province": "20", "city": "30", "county": "40", "school": "60"}
"""Level of an office to the code of ``training_level`` of what it organises."""
_SCHOOL = "60"


class Levels:
    """Tells the level of many trainings; an organiser is looked up once."""

    def __init__(self, office: Office) -> None:
        """Read the names of the office and of all institutions."""
        self._own = office.identity.name
        self._own_level = _OWN[office.identity.level]
        self._directory = read_directory(office)
        self._known: dict[str, str | None] = {}

    def of(self, recorded: str | None, organizer: str | None) -> str | None:
        """The code recorded, else that of the organiser, else None."""
        if recorded or not organizer:
            return recorded
        if organizer not in self._known:
            school = self._directory.find(organizer)
            own = organizer == self._own
            self._known[organizer] = self._own_level if own else _SCHOOL if school else None
        return self._known[organizer]
