"""Forms that a person fills in at the desk: cleaned with the office's codes as of today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.entities.cells import Raw
from models.entities.cleaning import Cleaned, Context, clean_row
from models.entities.describe import Entity
from models.entities.problems import Severity
from models.errors import UserError
from models.office.context import Office


def check_form(office: Office, entity: type[Entity], texts: Mapping[str, Raw]) -> Cleaned:
    """What the office says of the texts of a form."""
    return clean_row(entity, texts, Context(codes=office.codes, today=office.store.clock.today()))


def form_values(office: Office, entity: type[Entity], texts: Mapping[str, Raw]) -> dict[str, Any]:
    """The values of a form; a field that cannot be taken is an error here.

    Raises:
        UserError: the first of the errors.
    """
    cleaned = check_form(office, entity, texts)
    for problem in cleaned.problems:
        if problem.severity is not Severity.SKIP:
            raise UserError(problem.code, f"{problem.message.rstrip('。')}。", "请改正后再保存。")
    return cleaned.values
