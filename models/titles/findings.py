"""What a check of a nomination found, and how it is kept: as it was found that day."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

State = Literal["met", "unmet", "unknown"]
FINDING_NAMES: Mapping[str, str] = {"met": "符合", "unmet": "不符合", "unknown": "无法判断"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition put to one person.

    Attributes:
        key, title: the condition.
        state: whether it is met, or cannot be told from what is recorded.
        found: what was found, in words.
    """

    key: str
    title: str
    state: State
    found: str

    @property
    def text(self) -> str:
        """As a line: what was asked, what was found, what follows."""
        return f"{self.title}：{self.found}，{FINDING_NAMES[self.state]}"


def findings_text(found: Sequence[Finding]) -> str:
    """Findings as they are kept."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False)


def read_findings(text: str | None) -> tuple[Finding, ...]:
    """The findings that were kept; () where nothing was checked."""
    return tuple(Finding(**one) for one in json.loads(text)) if text else ()


def waivers_text(waived: Mapping[str, Mapping[str, str]]) -> str:
    """Waivers as they are kept: condition to reason, person and day."""
    return json.dumps(waived, ensure_ascii=False, sort_keys=True)


def read_waivers(text: str | None) -> dict[str, dict[str, str]]:
    """The waivers that were kept."""
    return json.loads(text) if text else {}


def obstacles(found: Sequence[Finding], waived: Mapping[str, object]) -> tuple[Finding, ...]:
    """What is in the way: not met and not set aside."""
    return tuple(one for one in found if one.state != "met" and one.key not in waived)
