"""The packs an office has: those shipped, its own, and which one it uses when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from models.errors import UserError
from models.office.context import Office
from models.policies.packs import holding, parse_pack, shipped_packs
from models.policies.records import Pack
from models.policies.requirements import Terms


@dataclass(frozen=True, slots=True)
class Use:
    """From when until when the office uses a pack, both days included."""

    id: str
    pack_id: str
    first_day: str
    last_day: str


def packs_of(office: Office) -> tuple[Pack, ...]:
    """Every pack the office has: those shipped, then its own."""
    found = {pack.id: pack for pack in shipped_packs()}
    for row in office.store.query("SELECT pack_id, text FROM own_pack ORDER BY pack_id, id"):
        found[row["pack_id"]] = _own(row["pack_id"], row["text"])
    return tuple(found.values())


def own_text(office: Office, pack_id: str) -> str | None:
    """The text of the office's own pack of that id; None where it has none."""
    return office.store.value("SELECT text FROM own_pack WHERE pack_id = ?", (pack_id,))


def uses_of(office: Office) -> list[Use]:
    """The periods of use, by their beginning; of two that begin together the longer first."""
    rows = office.store.query(
        "SELECT id, pack_id, first_day, last_day FROM policy_use"
        " ORDER BY first_day, last_day DESC, id"
    )
    return [Use(*row) for row in rows]


def in_use(office: Office, day: date, planned: Use | None = None) -> tuple[str, ...]:
    """The packs that the office has said it uses on a day.

    Where periods overlap, the one that begins later goes before; of two that begin together the
    shorter, and over exactly the same days the later decision alone.

    Args:
        office: the office.
        day: the day.
        planned: a decision that has not been made yet, as if it had.
    """
    decided = uses_of(office)
    if planned is not None:
        days = (planned.first_day, planned.last_day)
        decided = [one for one in decided if (one.first_day, one.last_day) != days]
        decided.append(planned)
    decided.sort(key=lambda one: one.last_day, reverse=True)
    decided.sort(key=lambda one: one.first_day)
    found = [one for one in decided if one.first_day <= day.isoformat() <= one.last_day]
    return tuple(dict.fromkeys(one.pack_id for one in reversed(found)))


def pack_named(office: Office, pack_id: str) -> Pack:
    """The pack of that id, with the demands of the packs it is based on.

    Raises:
        UserError: there is none; it is based on itself or on one that is not there.
    """
    return complete(pack_id, packs_of(office))


def pack_of_day(office: Office, day: date, planned: Use | None = None) -> Pack:
    """The pack whose demands are judged by on a day: the one in use, else the nearest level's.

    Args:
        office: the office.
        day: the day.
        planned: as in ``in_use``.

    Raises:
        UserError: no pack of that day demands anything.
    """
    packs = packs_of(office)
    for pack in holding(office.identity.region, day, packs, in_use(office, day, planned)):
        found = complete(pack.id, packs)
        if found.requirements:
            return found
    raise UserError(
        "policy.none_demands",
        f"{day.isoformat()} 没有可用的达标要求。",
        "请在“规则”中为这一时期指定规则包。",
    )


def complete(pack_id: str, packs: Iterable[Pack]) -> Pack:
    """A pack with all it is based on folded in: own demands first, then those it builds upon.

    Raises:
        UserError: as ``pack_named``.
    """
    known = {pack.id: pack for pack in packs}
    line: list[Pack] = []
    wanted = pack_id
    while wanted:
        found = known.get(wanted)
        if found is None:
            raise _unknown(wanted, line, known)
        if found in line:
            raise UserError(
                "policy.circle", f"规则包“{pack_id}”以自己为依据。", "请改正其中的 based_on。"
            )
        line.append(found)
        wanted = found.based_on
    return _folded(line)


def _unknown(wanted: str, line: Sequence[Pack], known: Iterable[str]) -> UserError:
    if line:
        return UserError(
            "policy.no_base",
            f"规则包“{line[-1].id}”所依据的“{wanted}”不存在。",
            "请改正其中的 based_on。",
        )
    return UserError(
        "policy.unknown", f"没有规则包“{wanted}”。", f"现有：{'、'.join(sorted(known))}。"
    )


def _folded(line: Sequence[Pack]) -> Pack:
    own = line[0]
    dropped = [{one for pack in line[:depth] for one in pack.drop} for depth in range(len(line))]
    parts: dict[str, object] = {}
    for name in ("requirements", "targets", "designations"):
        found: dict[str, object] = {}
        for depth, pack in enumerate(line):
            for one in getattr(pack, name):
                if one.id not in dropped[depth]:
                    found.setdefault(one.id, one)
        parts[name] = tuple(found.values())
    parts["exclusions"] = tuple(one for pack in line for one in pack.exclusions)
    parts["people"] = next((pack.people for pack in line if pack.people), None)
    parts["terms"] = next((pack.terms for pack in line if pack.terms), Terms())
    return own.model_copy(update=parts)


@lru_cache(maxsize=32)
def _own(pack_id: str, text: str) -> Pack:
    return parse_pack(text, pack_id)
