"""Reading packages from files and folders: backup first, each whole or not at all, then kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.signing.guards import KeyGuard
from models.store.backup import backup
from models.store.folder import Reason, new_backup, rotate
from models.store.merging import Merged
from models.store.trouble import told
from models.sync.applying import REFUSED, take
from models.sync.archive import Box, keep_copy
from models.sync.envelope import LARGEST_FILE, Facts
from models.sync.post import SUFFIX, unpack
from models.sync.post_book import state_of
from models.sync.refusals import enrolment_file, not_for_us, too_large, written_here
from models.sync.roster import site_of
from models.sync.sticks import package_files

_PASSED_OVER = {not_for_us().code, written_here().code}
"""On a stick that goes round, what lies there for others is no news."""
_ENROLMENT = b'{"box":'
"""How the line that only the code opens begins."""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a file.

    Attributes:
        file: the file.
        sender: who wrote it, "" where that is not known.
        number: which one it is from this sender; 0 where that is not known.
        state: ``"applied"``, ``"already"``, ``"refused"`` or ``"gap"``.
        changes, conflicts, held: how many rows.
        message: one or more Chinese sentences; "" where there is nothing to say.
        rows: every row of which something new was learnt.
        code: the code of the refusal.
    """

    file: Path
    sender: str
    number: int
    state: str
    changes: int = 0
    conflicts: int = 0
    held: int = 0
    message: str = ""
    rows: tuple[Merged, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A file with what its header says, or why it is refused."""

    file: Path
    facts: Facts | None
    refusal: UserError | None = None

    @property
    def place(self) -> tuple[str, int]:
        return (self.facts.sender, self.facts.number) if self.facts else ("", 0)


def read_packages(
    office: Office,
    places: Iterable[Path],
    *,
    guard: KeyGuard | None = None,
    progress: Progress | None = None,
) -> list[Received]:
    """Read every package in files and folders, of each sender the earlier ones first.

    Raises:
        UserError: the private keys are not on this computer.
        WorldError: a place cannot be read, the backup or the archive cannot be written.
        CancelledByUser: packages that were read stay read; nothing of the running one was kept.
    """
    telling = progress or Progress()
    chosen = list(places)
    files = package_files(chosen, SUFFIX)
    named = {one for one in chosen if not one.is_dir()}
    waiting: list[_Waiting] = []
    for place, file in enumerate(files):
        telling.step(place, len(files), "核对交换包")
        waiting.append(_looked_into(office, file, guard))
    waiting = [one for one in waiting if one.file in named or not _is_others(one)]
    _back_up(office, waiting, telling)
    found: list[Received] = []
    for place, one in enumerate(sorted(waiting, key=lambda each: each.place)):
        telling.step(place, len(waiting), f"读入 {one.file.name}")
        found.append(_read(office, one, guard, telling))
    return found


def _looked_into(office: Office, file: Path, guard: KeyGuard | None) -> _Waiting:
    try:
        content = _content(file)
        if content.startswith(_ENROLMENT):
            raise enrolment_file()
        return _Waiting(file, unpack(office, content, guard).facts)
    except UserError as error:
        if not error.code.startswith("sync.") or error.code == "sync.no_private_key":
            raise
        return _Waiting(file, None, error)


def _content(file: Path) -> bytes:
    with told(file):
        if file.stat().st_size > LARGEST_FILE:
            raise too_large()
        return file.read_bytes()


def _is_others(one: _Waiting) -> bool:
    return one.refusal is not None and one.refusal.code in _PASSED_OVER


def _back_up(office: Office, waiting: Iterable[_Waiting], progress: Progress) -> None:
    """Keep the data as they are, unless nothing will be read."""
    store = office.store
    if not any(one.facts and not state_of(store, one.facts.package) for one in waiting):
        return
    target = new_backup(store.path, Reason.EXCHANGE, store.clock.now())
    backup(store, target, progress, thorough=False)
    rotate(store.path)


def _read(office: Office, one: _Waiting, guard: KeyGuard | None, progress: Progress) -> Received:
    facts = one.facts
    if facts is None:
        sentence = one.refusal.sentence if one.refusal else ""
        return Received(
            one.file, "", 0, REFUSED, message=sentence, code=one.refusal.code if one.refusal else ""
        )
    site = site_of(office, facts.sender)
    sender = site.name if site else ""
    try:
        content = _content(one.file)
        taken = take(office, unpack(office, content, guard), progress)
    except UserError as error:
        message = error.sentence
        return Received(one.file, sender, facts.number, REFUSED, message=message, code=error.code)
    keep_copy(office.store.path, Box.READ, one.file.name, content)
    return Received(
        file=one.file,
        sender=sender,
        number=facts.number,
        state=taken.state,
        changes=taken.changes,
        conflicts=taken.conflicts,
        held=taken.held,
        message="".join(taken.notes),
        rows=taken.rows,
    )
