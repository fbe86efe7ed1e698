"""What the stamp says: whose seal, which words, whose name (settings of the office)."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import UserError
from models.office.context import Office
from models.office.settings import read_setting, write_settings

SEAL = "stamp.seal"
WORDING = "stamp.wording"
CLERK = "stamp.clerk"
USUAL_WORDING = "经审核，准予登记。"
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class StampWording:
    """Whose seal it is, the words it stands under, and who signs; ``clerk`` is "" for nobody yet.

    A log-in name of the computer is nobody's name: it never stands for the clerk on paper.
    """

    seal: str
    wording: str
    clerk: str = ""


def read_wording(office: Office) -> StampWording:
    """The office's own, else its name and the usual words."""
    return StampWording(
        read_setting(office.store, SEAL) or office.identity.name,
        read_setting(office.store, WORDING) or USUAL_WORDING,
        read_setting(office.store, CLERK),
    )


def save_wording(office: Office, seal: str, wording: str, clerk: str = "") -> None:
    """Keep what the stamp says; an empty text goes back to the usual one, of the clerk to none.

    Raises:
        UserError: a text that is too long for a seal.
    """
    for title, text in (("印章名称", seal), ("验印用语", wording), ("登记人", clerk)):
        if len(text) > _LONGEST:
            raise UserError(
                "stamping.too_long", f"{title}超过 {_LONGEST} 个字。", "请写短一些，纸上放不下。"
            )
    write_settings(
        office.store,
        {SEAL: seal.strip(), WORDING: wording.strip(), CLERK: clerk.strip()},
    )
