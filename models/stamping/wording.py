"""What the stamp says: whose seal, and which words (settings of the office)."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import UserError
from models.office.context import Office
from models.office.settings import read_setting, write_settings

SEAL = "stamp.seal"
WORDING = "stamp.wording"
YEAR = "{year}"
USUAL_WORDING = "{year} 年度继续教育登记合格"
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class StampWording:
    """Whose seal it is, and the words with ``{year}`` where the year stands."""

    seal: str
    wording: str

    def of(self, year: int) -> str:
        """The words for a year."""
        return self.wording.replace(YEAR, str(year))


def read_wording(office: Office) -> StampWording:
    """The office's own, else its name and the usual words."""
    return StampWording(
        read_setting(office.store, SEAL) or office.identity.name,
        read_setting(office.store, WORDING) or USUAL_WORDING,
    )


def save_wording(office: Office, seal: str, wording: str) -> None:
    """Keep what the stamp says; an empty text goes back to the usual one.

    Raises:
        UserError: a text that is too long, or braces that stand for nothing.
    """
    for title, text in (("印章名称", seal), ("验印用语", wording)):
        if len(text) > _LONGEST:
            raise UserError(
                "stamping.too_long", f"{title}超过 {_LONGEST} 个字。", "请写短一些，印章上放不下。"
            )
    if set("{}") & set(wording.replace(YEAR, "")):
        raise UserError(
            "stamping.braces", "验印用语里的花括号看不懂。", "只有 {year} 会换成年度，其余请去掉。"
        )
    write_settings(office.store, {SEAL: seal.strip(), WORDING: wording.strip()})
