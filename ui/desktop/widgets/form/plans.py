"""What a form is made of, from the description of its entity."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from models.codes.library import CodeTables
from models.entities.describe import Entity, Kind, columns
from models.entities.display import show
from models.entities.problems import Problem, Severity
from ui.desktop.widgets.form.form import Checked, FormPlan

NO_HEADING = "其他"


class Examined(Protocol):
    """What the office says of a form: the values as they would be stored, and the problems."""

    @property
    def values(self) -> Mapping[str, Any]:
        """Stored column to value."""
        ...

    @property
    def problems(self) -> Sequence[Problem]:
        """What there is to say."""
        ...


def form_plan(
    entity: type[Entity],
    headings: Mapping[str, str],
    codes: CodeTables,
    institutions: Sequence[str],
    examine: Callable[[Mapping[str, str]], Examined],
) -> FormPlan:
    """The form of an entity: its units become groups, its code tables what the fields offer.

    Args:
        entity: the entity.
        headings: merge unit to the heading of its group; the order of the groups.
        codes: the office's code tables.
        institutions: names of institutions, for fields that name one.
        examine: what the office says of the texts of all fields.
    """
    described = columns(entity)
    groups = {
        heading: {
            name: column
            for name, column in described.items()
            if headings.get(column.unit, NO_HEADING) == heading
        }
        for heading in dict.fromkeys((*headings.values(), NO_HEADING))
    }
    offers: dict[str, Sequence[str]] = {}
    for name, column in described.items():
        if column.table is not None:
            offers[name] = codes[column.table].names()
        elif column.kind is Kind.INSTITUTION:
            offers[name] = institutions

    def check(texts: Mapping[str, str]) -> Checked:
        found = examine(texts)
        shown = {
            name: show(described[name], value, codes)
            for name, value in found.values.items()
            if name in described
        }
        told = tuple(one for one in found.problems if one.severity is not Severity.SKIP)
        return Checked(texts, _altered(texts, shown), told)

    return FormPlan(
        {heading: fields for heading, fields in groups.items() if fields}, offers, check
    )


def _altered(texts: Mapping[str, str], shown: Mapping[str, str]) -> dict[str, str]:
    """The fields that will be kept otherwise than they were typed."""
    return {name: text for name, text in shown.items() if texts.get(name) and text != texts[name]}
