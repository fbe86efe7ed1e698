"""Whom this file exchanges with: a county with its schools, a school with its county."""

from __future__ import annotations

from models.office.context import Office
from models.sync.own_keys import is_school
from models.sync.roster import Site, active_sites, county_of, own, site_of


def slice_of(office: Office, partner: Site) -> str:
    """The school whose rows go between this file and the partner."""
    if not is_school(office):
        return partner.institution_id
    me = site_of(office, own(office))
    return me.institution_id if me else ""


def partners(office: Office) -> list[Site]:
    """Whom packages are written for: a county's registered schools, or a school's county."""
    return [county_of(office)] if is_school(office) else active_sites(office)
