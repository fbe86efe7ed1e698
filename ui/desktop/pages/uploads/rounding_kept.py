"""How fractions were settled in a form the last time, kept with the person's preferences."""

from __future__ import annotations

from collections.abc import Mapping

from models.uploads.forms import Fraction
from ui.desktop.tasks.preferences import Preferences

_KEY = "upload_fractions/{}"
_BETWEEN, _SAYS = ",", "="


def remembered(preferences: Preferences, form: str) -> dict[str, Fraction]:
    """Key of a column to what was chosen for it; what cannot be read counts as not chosen."""
    text = preferences.text(_KEY.format(form))
    pairs = [one.partition(_SAYS) for one in text.split(_BETWEEN)]
    known = {str(one) for one in Fraction}
    return {key: Fraction(rule) for key, _, rule in pairs if key and rule in known}


def remember(preferences: Preferences, form: str, chosen: Mapping[str, Fraction]) -> None:
    """Keep what was chosen."""
    text = _BETWEEN.join(f"{key}{_SAYS}{rule}" for key, rule in chosen.items())
    preferences.set_text(_KEY.format(form), text)
