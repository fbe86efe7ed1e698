"""What waits for a person after packages were read, and how it is settled."""

from __future__ import annotations

from models.errors import UserError
from models.office.context import Office
from models.office.settings import read_setting, write_settings
from models.store import conflicts as journal
from models.store.conflicts import Conflict, Held, Side
from models.store.deciding import resolve
from models.store.merging import MergeResult, retry_held
from models.store.operations import Operation
from models.sync.declining import decline
from models.sync.roster import site_of

MINE, THEIRS = "mine", "theirs"
PUT_ASIDE = "sync.put_aside"
"""Setting: numbers of what was held and shall not be listed."""


def waiting(office: Office) -> list[Conflict]:
    """Every open conflict, by table and row."""
    return journal.conflicts(office.store)


def held(office: Office) -> list[Held]:
    """Everything that was received and was not let in, or cannot be shown, and not put aside."""
    aside = read_setting(office.store, PUT_ASIDE).split()
    return [one for one in journal.held(office.store) if one.id not in aside]


def put_aside(office: Office, wanted: str) -> Operation:
    """List something that was held no more; it is kept, and other content of it is listed again.

    Raises:
        UserError: nothing of that number is held.
    """
    listed = held(office)
    one = next((each for each in listed if each.id == wanted), None)
    if one is None:
        raise _nothing_waits(wanted)
    known = {each.id for each in journal.held(office.store)}
    aside = [each for each in read_setting(office.store, PUT_ASIDE).split() if each in known]
    title = f"不采用暂存的{one.label} {one.caption}".rstrip()
    return write_settings(office.store, {PUT_ASIDE: " ".join([*aside, wanted])}, title)


def place_of(office: Office, side: Side) -> str:
    """Where a side was written: 本机, the partner's name, or the code of a copy unknown here."""
    if side.mine:
        return "本机"
    site = site_of(office, side.author.site)
    return site.name if site else side.author.site[:8].upper()


def chosen(conflict: Conflict, take: str) -> Side:
    """Which side ``"mine"`` and ``"theirs"`` mean.

    Mine is what was written here; between two others, the one that is shown meanwhile. Theirs is
    the other, and of several the latest.
    """
    here = [one for one in conflict.sides if one.mine]
    mine = here[0] if here else conflict.sides[0]
    if take == MINE:
        return mine
    others = [one for one in conflict.sides if one is not mine and not one.mine]
    others = others or [one for one in conflict.sides if one is not mine]
    return max(others, key=lambda one: (one.author.lamport, one.vid))


def settle(office: Office, wanted: str, take: str) -> Operation | MergeResult:
    """Settle a conflict, or let in what was held (``"theirs"`` only), by its number.

    Raises:
        UserError: nothing of that number waits; what is held cannot be thrown away.
    """
    conflict = next((one for one in waiting(office) if one.id == wanted), None)
    if conflict is not None:
        return resolve(office.store, conflict.id, chosen(conflict, take).vid)
    one = next((each for each in held(office) if each.id == wanted), None)
    if one is None:
        raise _nothing_waits(wanted)
    if take == MINE:
        return decline(office, one)
    return let_in(office, one)


def let_in(office: Office, one: Held) -> MergeResult:
    """Let in one row that was held, on a person's word."""
    return retry_held(office.store, title=f"采用暂存的{one.label}", let_pass=(one.id,))


def _nothing_waits(wanted: str) -> UserError:
    return UserError(
        "sync.nothing_waits",
        f"没有编号为“{wanted}”的冲突或暂存内容，也可能已经处理过。",
        "请用 usb conflicts 查看现在有哪些。",
    )
