"""What a school changed since it last wrote a package for the county."""

from __future__ import annotations

from models.office.context import Office
from models.sync import membership, post_book
from models.sync.own_keys import is_school
from models.sync.roster import sites


def unwritten(office: Office) -> int:
    """How many rows of a school's file no package holds as they are now; 0 in the county's."""
    if not is_school(office):
        return 0
    county = next((one for one in sites(office) if one.kind == "county"), None)
    if county is None:
        return 0
    sent = post_book.sent_to(office.store, county.id)
    return len(membership.due_up(office.store, sent[-1].upto if sent else 0))
