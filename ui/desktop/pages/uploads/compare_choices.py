"""Which side a person chose for what of a comparison; no window in it."""

from __future__ import annotations

from collections.abc import Iterable

from models.uploads.differences import Choices, Fate, ReconcileRow, Side

SIDE_TITLES = {Side.LATER: "先不管", Side.OURS: "以本单位为准", Side.THEIRS: "以上级为准"}


def sides_of(row: ReconcileRow, key: str = "") -> list[Side]:
    """What can be chosen for a field of a row, or for a row that one side lacks."""
    found = [Side.LATER]
    if row.fate is Fate.ONLY_HERE:
        return [*found, Side.OURS]
    if row.fate is Fate.ONLY_THERE:
        return [*found, Side.THEIRS] if row.takeable else found
    for one in row.differences:
        if one.key == key:
            found.append(Side.OURS)
            if one.takeable:
                found.append(Side.THEIRS)
    return found


def keys_of(row: ReconcileRow) -> list[str]:
    """The fields that are chosen one by one; "" stands for the whole of a row."""
    return [one.key for one in row.differences] or [""]


class ComparedChoices:
    """The choices so far, field by field."""

    def __init__(self) -> None:
        """Nothing is chosen yet."""
        self._sides: dict[str, dict[str, Side]] = {}

    def of(self, row: ReconcileRow, key: str) -> Side:
        """What was chosen for a field."""
        return self._sides.get(row.id, {}).get(key, Side.LATER)

    def put(self, row: ReconcileRow, key: str, side: Side) -> None:
        """Choose for a field; what cannot be chosen there is passed over."""
        if side in sides_of(row, key):
            self._sides.setdefault(row.id, {})[key] = side

    def put_all(self, rows: Iterable[ReconcileRow], side: Side) -> None:
        """Choose for every field of these rows."""
        for row in rows:
            for key in keys_of(row):
                self.put(row, key, side)

    def words(self, row: ReconcileRow) -> tuple[str, str]:
        """What was chosen for a row in a word, and its tone."""
        sides = {self.of(row, key) for key in keys_of(row)}
        if row.fate is Fate.UNCLEAR or (sides == {Side.LATER} and len(_any(row)) < 2):
            return "请另行核对", "muted"
        if len(sides) > 1:
            return "逐栏选定", "info"
        (side,) = sides
        return SIDE_TITLES[side], "muted" if side is Side.LATER else "info"

    def count(self) -> int:
        """How many fields and rows are not left for later."""
        return sum(side is not Side.LATER for one in self._sides.values() for side in one.values())

    def all(self) -> Choices:
        """The choices as they are written."""
        return Choices(fields=self._sides)


def _any(row: ReconcileRow) -> set[Side]:
    return {side for key in keys_of(row) for side in sides_of(row, key)}
