"""What waits for a person after packages were read, and how it is settled."""

from __future__ import annotations

from models.errors import UserError
from models.office.context import Office
from models.office.settings import read_setting, write_settings
from models.store import conflicts as journal
from models.store.clashing import settle_clash
from models.store.conflicts import Conflict, Held, Side
from models.store.deciding import resolve
from models.store.entering import GATE
from models.store.merging import MergeResult, retry_held
from models.store.operations import Operation
from models.store.placing import CLASH
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
    """Settle a conflict or a clash, or let in what the gate held (``"theirs"`` only).

    Raises:
        UserError: nothing of that number waits; what is held cannot be thrown away, or waits for
            something else than a person's word.
    """
    conflict = next((one for one in waiting(office) if one.id == wanted), None)
    if conflict is not None:
        return resolve(office.store, conflict.id, chosen(conflict, take).vid)
    one = next((each for each in held(office) if each.id == wanted), None)
    if one is None:
        raise _nothing_waits(wanted)
    return _settle_held(office, one, take)


def _settle_held(office: Office, one: Held, take: str) -> Operation | MergeResult:
    if one.reason == CLASH:
        done = settle_clash(office.store, one, received=take == THEIRS)
        retry_held(office.store, title="补上等它的记录")
        return done
    if one.reason != GATE:
        raise UserError(
            "sync.not_a_choice",
            f"“{one.caption or one.label}”不能由人决定：{one.sentence}",
            "缺的收到了、程序升级了，会自动补上；内容不同的请与对方核对。",
        )
    if take == MINE:
        return decline(office, one)
    return retry_held(office.store, title=f"采用暂存的{one.label}", let_pass=(one.id,))


def _nothing_waits(wanted: str) -> UserError:
    return UserError(
        "sync.nothing_waits",
        f"没有编号为“{wanted}”的冲突或暂存内容，也可能已经处理过。",
        "请用 usb conflicts 查看现在有哪些。",
    )
