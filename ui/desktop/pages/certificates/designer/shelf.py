"""The forms of the office as they were read last, and which of them is on the desk."""

from __future__ import annotations

from models.office.context import Office
from reports.inputs.certificate_forms import ListedForm, listed_forms

FIRST = "completion"
"""The form that is shown at first."""


class Shelf:
    """Every form by its name, and the one that is worked on."""

    def __init__(self) -> None:
        """Begin with none."""
        self._forms: dict[str, ListedForm] = {}
        self.name = ""

    @property
    def current(self) -> ListedForm | None:
        """The form that is worked on, as it is saved."""
        return self._forms.get(self.name)

    @property
    def forms(self) -> list[ListedForm]:
        """All, the office's own first."""
        return list(self._forms.values())

    def known(self, name: str) -> ListedForm | None:
        """The form of a name."""
        return self._forms.get(name)

    def read(self, office: Office) -> None:
        """Read the forms anew; another one is worked on where that of before is gone."""
        self._forms = {one.name: one for one in listed_forms(office)}
        if self.name not in self._forms:
            self.name = FIRST if FIRST in self._forms else next(iter(self._forms), "")
