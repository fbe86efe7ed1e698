"""Which numbers come next: the template in force, where a series starts, what is given already."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from models.certificates.kinds import Kind, kind_named
from models.certificates.numbers import check_rule, names_batch, numbers, series_of
from models.errors import UserError
from models.office.context import Office
from models.office.settings import read_setting, write_settings
from models.policies.rules import rules_on
from models.store.operations import Operation

RULE_SETTING = "certificate.number_rule"
"""As the first version kept it, for certificates of courses; now each kind has its own."""
_START_SETTING = "certificate.number_start"
_HIGHEST = 999_999_999
_LAST = "SELECT MAX(seq) FROM certificate WHERE series = ?"
_Template = tuple[str, Mapping[str, str]]
_GIVEN = """
SELECT c.number FROM json_each(?) AS wanted CROSS JOIN certificate AS c ON c.number = wanted.value
"""


class Numbered(NamedTuple):
    """One number: its series, its running number in it, and as printed."""

    series: str
    seq: int
    number: str


def rule_of(office: Office, kind: Kind) -> str:
    """The template in force: the office's own for the kind, that of the rules, the kind's own.

    Raises:
        UserError: the setting is not a usable template.
    """
    rule = own_rule(office, kind) or usual_rule(office, kind)
    check_rule(rule)
    return rule


def own_rule(office: Office, kind: Kind) -> str:
    """The template the office set for the kind, "" where it set none."""
    return read_setting(office.store, f"{RULE_SETTING}.{kind.key}")


def usual_rule(office: Office, kind: Kind) -> str:
    """The template of the kind where the office set none: that of the rules, the kind's own."""
    if not kind.numbered_by_rules:
        return kind.number
    own = read_setting(office.store, RULE_SETTING)
    return own or rules_on(office, office.store.clock.today()).numbering.completion


def set_rule(office: Office, kind: str, rule: str) -> Operation:
    """Number a kind by another template from now on; "" goes back to the usual one.

    Raises:
        UserError: no such kind, a template that cannot number.
    """
    found, text = kind_named(kind), rule.strip()
    if text:
        check_rule(text)
    words = f"改为 {text}" if text else f"恢复为 {usual_rule(office, found)}"
    setting = {f"{RULE_SETTING}.{found.key}": text}
    return write_settings(office.store, setting, f"{found.title}的编号规则{words}")


def set_start(office: Office, kind: str, start: int, batch: str = "") -> Operation:
    """Let the series that the kind is numbered in now go on at a number of the office's choice.

    Raises:
        UserError: no such kind, a number given already, no number at all.
    """
    found = kind_named(kind)
    series = series_of(*_template(office, found, batch))
    _check_start(office, series, start)
    setting = {f"{_START_SETTING}.{series}": str(start)}
    return write_settings(office.store, setting, f"{found.title}的编号 {series} 从 {start} 编起")


def _check_start(office: Office, series: str, start: int) -> None:
    last = _last_given(office, series)
    if not last < start <= _HIGHEST:
        raise UserError(
            "certificate.number_start",
            f"起始号 {start} 不能用：这一序列已编到 {last}。",
            f"请填 {last + 1} 到 {_HIGHEST} 之间的整数；编过的号不会再用。",
        )


def next_number(office: Office, kind: str, batch: str = "") -> str:
    """The number the next certificate of the kind would get today.

    Raises:
        UserError: no such kind, an unusable template, a batch is wanted.
    """
    return take_numbers(office, kind_named(kind), batch, 1)[0].number


def try_rule(
    office: Office, kind: str, rule: str, batch: str = "", start: int | None = None
) -> Numbered:
    """What the next number would be if the kind were numbered so; nothing is written.

    Args:
        office: the office.
        kind: key or title of the kind.
        rule: the template; "" for the usual one.
        batch: 期, where the template says it.
        start: where its series is to go on; None for where it stands.

    Raises:
        UserError: a template that cannot number; it says the batch and none is known; a start
            that was given already.
    """
    found = kind_named(kind)
    text = rule.strip() or usual_rule(office, found)
    check_rule(text)
    template = _places(office, found, batch, text)
    if start is not None:
        _check_start(office, series_of(*template), start)
    return _coming(office, template, 1, start)[0]


def take_numbers(office: Office, kind: Kind, batch: str, count: int) -> list[Numbered]:
    """The next numbers of the kind; none of them was ever given, in whatever series.

    They are given when the certificates are written, in the same operation.

    Raises:
        UserError: an unusable template; its numbers say the batch and none is known.
    """
    return _coming(office, _template(office, kind, batch), count)


def _coming(
    office: Office, template: _Template, count: int, wanted: int | None = None
) -> list[Numbered]:
    rule, places = template
    series = series_of(rule, places)
    start = wanted or int(read_setting(office.store, f"{_START_SETTING}.{series}") or 1)
    coming = numbers(rule, places, max(_last_given(office, series), start - 1))
    found: list[Numbered] = []
    while len(found) < count:
        some = [Numbered(series, *one) for one in islice(coming, count - len(found))]
        given = _given(office, [one.number for one in some])
        found.extend(one for one in some if one.number not in given)
    return found


def _template(office: Office, kind: Kind, batch: str) -> _Template:
    return _places(office, kind, batch, rule_of(office, kind))


def _places(office: Office, kind: Kind, batch: str, rule: str) -> _Template:
    if names_batch(rule) and not batch:
        raise UserError(
            "certificate.no_batch",
            f"{kind.title}的编号里有期次，还不知道是第几期。",
            "请填写期次。",
        )
    places = {
        "region": office.identity.region,
        "year": str(office.store.clock.today().year),
        "batch": batch,
        "kind": kind.mark,
    }
    return rule, places


def _last_given(office: Office, series: str) -> int:
    return int(office.store.value(_LAST, (series,)) or 0)


def _given(office: Office, wanted: Sequence[str]) -> set[str]:
    """Those of the numbers that stand in the register: two series may spell the same number."""
    return {str(row[0]) for row in office.store.query(_GIVEN, (json.dumps(wanted),))}
