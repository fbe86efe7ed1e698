"""The ways a school's name is written: with its county or without, 中心校 for 镇中心小学."""

from __future__ import annotations

import re

_CENTRE = re.compile(
    r"^(?P<place>.+?)(?P<kind>镇|乡|街道|满族乡|朝鲜族乡)?中心(?:小学|校|学校|小学校)$"
)


def without_county(name: str, counties: frozenset[str]) -> str:
    """The name without a leading county or city name; unchanged where it has none."""
    for county in counties:
        if name.startswith(county) and len(name) > len(county) + 1:
            return name.removeprefix(county)
    return name


def spellings(name: str, counties: frozenset[str]) -> tuple[str, ...]:
    """Every way the name may be written; the name itself first.

    A 中心校 is called by its town: 桦甸市常山镇中心小学, 常山镇中心小学, 常山中心校.
    """
    short = without_county(name, counties)
    centre = _CENTRE.match(short)
    if centre is None:
        return (name, short)
    place, kind = centre["place"], centre["kind"] or ""
    towns = (place, place + kind) if kind else (place,)
    forms = tuple(town + form for town in towns for form in ("中心校", "中心小学", "中心学校"))
    return (name, short, *forms)


def in_same_town(school: str, centre: str, counties: frozenset[str]) -> bool:
    """Whether a school's name begins with the town of a 中心校, county aside."""
    found = _CENTRE.match(without_county(centre, counties))
    return found is not None and without_county(school, counties).startswith(found["place"])
