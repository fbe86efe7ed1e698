"""What the stamp says: whose seal, and which words (settings of the office)."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import UserError
from models.office.context import Office
from models.office.settings import read_setting, write_settings

SEAL = "stamp.seal"
WORDING = "stamp.wording"
USUAL_WORDING = "经审核，准予登记。"
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class StampWording:
    """Whose seal it is, and the words it stands under."""

    seal: str
    wording: str


def read_wording(office: Office) -> StampWording:
    """The office's own, else its name and the usual words."""
    return StampWording(
        read_setting(office.store, SEAL) or office.identity.name,
        read_setting(office.store, WORDING) or USUAL_WORDING,
    )


def save_wording(office: Office, seal: str, wording: str) -> None:
    """Keep what the stamp says; an empty text goes back to the usual one.

    Raises:
        UserError: a text that is too long for a seal.
    """
    for title, text in (("印章名称", seal), ("验印用语", wording)):
        if len(text) > _LONGEST:
            raise UserError(
                "stamping.too_long", f"{title}超过 {_LONGEST} 个字。", "请写短一些，纸上放不下。"
            )
    write_settings(office.store, {SEAL: seal.strip(), WORDING: wording.strip()})
