"""What rides in every package beside its content: keys announced, changed, certified, counted."""

from __future__ import annotations

import json

from models.office.context import Office
from models.sync.key_pairs import OwnKeys
from models.sync.own_keys import is_school
from models.sync.roster import Site, keys_once, own, serial
from models.sync.statements import MOST_CHANGES, certificate
from models.sync.strict_json import Json
from models.sync.trust import ROOT

ANNOUNCED = "sync.announced"
"""The fact with a school's announcement, until its county has shown that it knows its keys."""
CERTIFICATE = "sync.certificate"
"""The fact with the county's last word on this school's keys."""


def papers_for(office: Office, mine: OwnKeys, receiver: Site) -> dict[str, Json]:
    """The papers of a package from this file to a site."""
    proved = [json.loads(one.proof) for one in keys_once(office, own(office)) if one.proof]
    changes: list[Json] = list(reversed(proved[:MOST_CHANGES]))
    found: dict[str, Json] = {"serial": serial(office), "changes": changes}
    if is_school(office):
        for name, fact in (("announce", ANNOUNCED), ("certificate", CERTIFICATE)):
            kept = office.store.fact(fact)
            if kept:
                found[name] = json.loads(kept)
        return found
    found["root"] = office.store.fact(ROOT)
    if receiver.keys is not None:
        said: dict[str, Json] = {
            "site": receiver.id,
            "name": receiver.name,
            "institution": receiver.institution_id,
            "invited_on": receiver.invited_on,
            "no": receiver.key_no,
        }
        found["certificate"] = certificate(mine.signer, said, receiver.keys)
    return found
