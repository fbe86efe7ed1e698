"""Taking in one opened package: all of it or nothing, in one operation.

In which order packages come is no matter, nor how often. Only what was built on something this file
has is acknowledged; what was built on something it lost is taken in all the same, and a whole
package is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from models.office.context import Office
from models.office.settings import read_setting, write_settings
from models.progress import Progress
from models.store.histories import digest
from models.store.merging import Merged, MergeResult, merge
from models.store.wire_lines import Reader
from models.sync import gates, guests, membership, post_book
from models.sync.content import Lines, Said, lines_in, said_in, schema_of
from models.sync.doubles import doubles
from models.sync.envelope import Facts, Opened
from models.sync.key_pairs import code_of
from models.sync.leaving import let_go
from models.sync.membership import Asked
from models.sync.own_keys import is_school
from models.sync.partners import slice_of
from models.sync.post import learn
from models.sync.post_book import Read, Standing
from models.sync.refusals import unknown_sender
from models.sync.roster import Site, site_of
from models.sync.slices import TEACHER
from models.training.doubles import take_back_repeats

APPLIED, ALREADY, REFUSED, GAP = "applied", "already", "refused", "gap"
DIFFERS = "differs"
LEDGER = "ledger_entry"


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking a package in did.

    Attributes:
        state: ``"applied"``, ``"already"`` or ``"gap"``.
        changes: rows that are shown differently now.
        conflicts: rows that wait for a person now.
        held: rows that were not let in, or cannot be shown.
        rows: every row of which something new was learnt.
        notes: Chinese sentences for the summary.
    """

    state: str
    changes: int = 0
    conflicts: int = 0
    held: int = 0
    rows: tuple[Merged, ...] = ()
    notes: tuple[str, ...] = ()


def take(office: Office, opened: Opened, progress: Progress | None = None) -> Taken:
    """Take in a package whose seal and signature held.

    Raises:
        UserError: its content is not what a package holds, or a newer program wrote it; nothing
            was changed then.
        CancelledByUser: the person asked to stop; nothing was changed.
        WorldError: the disk is full; nothing was changed.
    """
    store, facts = office.store, opened.facts
    said, lines = said_in(facts.content), lines_in(opened.payload)
    if post_book.state_of(store, facts.package):
        return Taken(ALREADY, notes=("这个包已经读过，没有重复读入。",))
    sender = site_of(office, facts.sender)
    if sender is None:
        raise unknown_sender(code_of(facts.sender))
    title = f"读入{sender.name}第 {facts.number} 号交换包"
    with store.operation("sync.read", title):
        letter = _placed(office, sender, facts, said)
        if is_school(office) and post_book.guests(store):
            guests.dismiss(store, _teachers_in(lines))
            post_book.versions_forgotten(store)
        standing = _heard(office, letter)
        merged = _merge(office, sender, lines, title, progress)
        repeated = _take_back_repeats(office, merged)
        if is_school(office):
            standing = _parted(office, letter, lines, standing)
            _go_by(office, lines.settings)
        told = learn(office, opened)
        standing = _answer(office, letter, standing)
        post_book.keep_standing(store, standing)
        taken = _taken(merged, APPLIED if letter.known else GAP)
        notes = _notes(taken, standing, _missing(office, letter))
        notes += _doubled(office, merged, repeated)
        _note(office, letter, taken)
    return replace(taken, notes=(*notes, *told))


@dataclass(frozen=True, slots=True)
class _Letter:
    """A package among the others of its sender.

    Attributes:
        sender, facts, said: who wrote it, and what its header says.
        known: whether what it builds on is here.
        rolled_back: whether another package bore its number: the sender's file was set back.
        fresh: whether it says how things stand now; a late one does not.
    """

    sender: Site
    facts: Facts
    said: Said
    known: bool
    rolled_back: bool
    fresh: bool


def _placed(office: Office, sender: Site, facts: Facts, said: Said) -> _Letter:
    store = office.store
    rolled_back = post_book.number_taken(store, sender.id, facts.number, facts.package)
    read = post_book.read_from(store, sender.id)
    return _Letter(
        sender,
        facts,
        said,
        known=not said.base or post_book.state_of(store, said.base) == APPLIED,
        rolled_back=rolled_back,
        fresh=rolled_back or all(one.number < facts.number for one in read),
    )


def _merge(
    office: Office, sender: Site, lines: Lines, title: str, progress: Progress | None
) -> MergeResult:
    if not is_school(office):
        gate = gates.FromSchool(office, sender)
        return merge(office.store, lines.journal, title=title, gate=gate, progress=progress)
    if lines.guests:
        guests.receive_first(office, lines.guests)
    gate = gates.from_county
    return merge(office.store, lines.journal, title=title, gate=gate, progress=progress)


def _parted(office: Office, letter: _Letter, lines: Lines, standing: Standing) -> Standing:
    """Teachers who left go, unless the package is a late one: they may have come back since."""
    if letter.fresh:
        named = [str(one["id"]) for one in lines.guests]
        let_go(office, slice_of(office, letter.sender), lines.leaves, standing.upto, named)
        known = post_book.versions_forgotten(office.store)
        standing = replace(standing, upto=min(standing.upto, known))
    guests.receive(office, lines.guests)
    return standing


def _teachers_in(lines: Lines) -> list[str]:
    return [one.row for one in Reader().rows(lines.journal) if one.table == TEACHER]


def _heard(office: Office, letter: _Letter) -> Standing:
    """What the header says of how things stand: a receipt, a wish, a file set back in time."""
    store, said = office.store, letter.said
    before = post_book.standing_with(store, letter.sender.id)
    if not letter.fresh:
        return before
    upto = post_book.note_receipt(store, letter.sender.id, said.ack)
    # Who has less than it had lost what it wrote itself as well, and gets that back from us.
    lost = letter.rolled_back or upto < before.upto
    return replace(
        before,
        acked=said.ack if upto else "",
        upto=upto,
        asked=lost or said.want != "",
        differs=said.want == DIFFERS,
        rolled_back=letter.rolled_back,
        conflicts=said.conflicts,
    )


def _answer(office: Office, letter: _Letter, standing: Standing) -> Standing:
    """What the next package to the sender will say: a receipt, or a wish for a whole one."""
    if not letter.fresh:
        return replace(standing, want="") if not letter.said.base else standing
    if not letter.known:
        return replace(standing, want=GAP)
    differs = is_school(office) and _differs(office, letter, standing)
    return replace(standing, owed=letter.facts.package, want=DIFFERS if differs else "")


def _missing(office: Office, letter: _Letter) -> Sequence[int]:
    """Numbers just before this one that never came; what they held is in this one."""
    if not letter.known or not letter.fresh:
        return ()
    read = [one.number for one in post_book.read_from(office.store, letter.sender.id)]
    last = max(read, default=0)
    return range(last + 1, letter.facts.number)


def _differs(office: Office, letter: _Letter, standing: Standing) -> bool:
    """Whether nothing is under way and yet the two copies are not alike."""
    store, said = office.store, letter.said
    if not said.digest or said.schema != schema_of(store):
        return False
    if membership.due_up(store, standing.upto):
        return False
    membership.gather(store, Asked(slice_of(office, letter.sender)))
    return digest(store, membership.everything(store)) != said.digest


def _go_by(office: Office, settings: Mapping[str, str]) -> None:
    """Take over the county's rules where they are others than before."""
    store = office.store
    changed = {one: value for one, value in settings.items() if read_setting(store, one) != value}
    if changed:
        write_settings(store, changed)


def _take_back_repeats(office: Office, merged: MergeResult) -> int:
    """Let the county answer hours that it has itself; a school waits for the answer."""
    come = [one.row for one in merged.rows if one.table == LEDGER and one.what == "inserted"]
    return 0 if is_school(office) or not come else take_back_repeats(office.store, come)


def _doubled(office: Office, merged: MergeResult, repeated: int) -> list[str]:
    """What now stands twice because two entered it apart."""
    said = [f"{repeated} 条学时与县里的登记或冲销重复，已自动抵消，都可查。"] if repeated else []
    come = [one.row for one in merged.rows if one.what]
    return [*said, *(one.sentence for one in doubles(office.store, come))] if come else said


def _taken(merged: MergeResult, state: str) -> Taken:
    held = sum(bool(one.held) for one in merged.rows)
    return Taken(state, merged.changes, merged.conflicts, held, merged.rows)


def _note(office: Office, letter: _Letter, taken: Taken) -> None:
    now = office.store.clock.now().isoformat(timespec="seconds")
    facts = letter.facts
    read = Read(facts.package, facts.number, now, taken.state, taken.changes, taken.conflicts)
    post_book.note_read(office.store, letter.sender.id, read)


def _notes(taken: Taken, standing: Standing, missing: Sequence[int]) -> list[str]:
    said: list[str] = []
    if taken.state == GAP:
        said.append("它前面的包本机没有；其中的内容已读入，已记下请对方下次写一个完整的包。")
    if missing:
        numbers = "、".join(str(one) for one in missing)
        said.append(f"第 {numbers} 号包没有收到，它们的内容已包含在这个包里。")
    if taken.conflicts:
        said.append(f"{taken.conflicts} 条两边都改过，请查看冲突。")
    if taken.held:
        said.append(f"{taken.held} 条暂存待查。")
    if standing.rolled_back:
        said.append("对方用同一个号写过另一个包：该电脑的数据可能被还原过。")
    if standing.want == DIFFERS:
        said.append("两边数据应当一致而不一致，已记下请对方下次写一个完整的包。")
    return said
