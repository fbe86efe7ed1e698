"""What the page has done on the lanes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.staff.forms import enter_teacher
from models.store.conflicts import Conflict
from models.store.deciding import resolve
from models.store.histories import arrivals
from models.store.operations import Operation
from models.store.trouble import told
from models.sync import choices, losses
from models.sync.enrolment import invite
from models.sync.packing import first_slice
from models.sync.packing import write_packages as pack_all
from models.sync.partners import partners
from models.sync.post import SUFFIX
from models.sync.post import readmit as take_back
from models.sync.reading import Received
from models.sync.reading import read_packages as take_all
from models.sync.roster import Site, site_of_institution
from models.sync.sticks import Stick, check_space, drives, package_files, write_safely
from reports.documents import exchange_slips
from reports.inputs.fonts import fonts_of
from reports.kit.furniture import Output
from ui.desktop.pages.sync.changed_lines import changed_lines
from ui.desktop.pages.sync.conflict_lines import HELD
from ui.desktop.pages.sync.shown import WRITTEN, DriveLine, Outcome, PackageLine
from ui.desktop.pages.sync.standing import read_standing
from ui.desktop.tasks.field_values import reading_of

__all__ = ["read_standing"]
GIGABYTE = 2**30
HELD_STAYS = "sync.held_stays"
"""The code of what says that a held row cannot be declined."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """An enrolment file that was written, with the code that opens it; the code is kept nowhere."""

    school: str
    file: Path
    code: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, in a sentence, and the operation that can take it back ("" for none)."""

    sentence: str
    operation: str = ""


def find_drives(_office: Office, _progress: Progress) -> list[DriveLine]:
    """The removable drives of this computer, with free space and how many packages they hold."""
    return [_drive(one) for one in drives()]


def write_packages(
    office: Office, progress: Progress, folder: Path, schools: Sequence[str]
) -> Outcome:
    """Write for the named schools, for everybody who is due where none is named."""
    check_space(folder, 0)  # the place of last time may be gone; it is not made anew
    receivers = _receivers(office, progress, schools)
    written = pack_all(office, receivers, folder, progress=progress)
    lines = [
        PackageLine(
            file=one.file.name,
            other=one.to.name,
            number=str(one.number),
            state=WRITTEN,
            changes=one.rows,
            message="带着全部数据" if one.whole else "",
        )
        for one in written
    ]
    title = f"写好了 {len(lines):,} 个包，已经重新读过一遍，没有写坏。在 {folder}"
    return Outcome(title if lines else "没有该写的包。", lines, wrote=True)


def read_packages(office: Office, progress: Progress, places: Sequence[Path]) -> Outcome:
    """Read every package at some places; gives what became of each and every changed record."""
    before = arrivals(office.store)
    found = take_all(office, list(places), progress=progress)
    reading = reading_of(office)
    changes = [
        line
        for one in found
        for row in one.rows
        for line in changed_lines(reading, one.sender, row, before)
    ]
    return Outcome(_title(found), [_received(one) for one in found], changes)


def decide(office: Office, _progress: Progress, conflict_id: str, side: str) -> Decided:
    """Take one of the sides of a conflict, or let in what was held."""
    if side == HELD:
        choices.settle(office, conflict_id, choices.THEIRS)
        return Decided("已采用暂存的内容")
    operation = resolve(office.store, conflict_id, int(side))
    return Decided(f"已记下：{operation.title}", operation.id)


def fill_in(
    office: Office, _progress: Progress, conflict_id: str, teacher_id: str, texts: Mapping[str, str]
) -> Operation:
    """Decide a conflict for a third value: what the form says, not what a side says.

    The step that is given, and can be taken back, is the change; the decision for it follows.
    """
    changed = enter_teacher(office, teacher_id, texts)
    found = next((one for one in choices.waiting(office) if one.id == conflict_id), None)
    if found is not None:
        resolve(office.store, conflict_id, shown_side(found))
    return changed


def put_aside(office: Office, _progress: Progress, held_id: str) -> Decided:
    """Decline what was received and not let in; what cannot be declined is listed no more."""
    try:
        done = choices.settle(office, held_id, choices.MINE)
    except UserError as error:
        if error.code != HELD_STAYS:
            raise
        aside = choices.put_aside(office, held_id)
        return Decided(f"已{aside.title}", aside.id)
    assert isinstance(done, Operation), "what was held was let in"
    return Decided(f"已{done.title}")


def shown_side(conflict: Conflict) -> int:
    """The version that is shown while a conflict is open."""
    return next((side for side in conflict.sides if side.shown), conflict.sides[0]).vid


def decide_all(office: Office, progress: Progress) -> Decided:
    """Let every conflict stay as it is shown; what was decided before a stop stays decided."""
    found = choices.waiting(office)
    for place, one in enumerate(found):
        progress.step(place, len(found), one.caption)
        resolve(office.store, one.id, shown_side(one))
    return Decided(f"已定 {len(found):,} 处冲突，都用现在用的值")


def enrol_school(
    office: Office, progress: Progress, school_id: str, again: str, folder: Path
) -> Enrolled:
    """Write a school's enrolment file; ``again`` is why a registered school is registered anew."""
    progress.report(0, None, "整理该校的数据")
    check_space(folder, 0)
    made = invite(office, school_id, first_slice, again=again, out=folder)
    file = folder / made.file_name
    write_safely(file, made.content, make_folder=False)
    return Enrolled(made.site.name, file, made.code)


def make_slip(office: Office, progress: Progress, enrolled: Enrolled, out: Path) -> Path:
    """The slip with the code as a PDF."""
    slip = exchange_slips.EnrolmentSlip(
        office=office.identity.name,
        school=enrolled.school,
        code=enrolled.code,
        file=enrolled.file.name,
        made_on=office.store.clock.today().isoformat(),
    )
    exchange_slips.build(slip, _output(office, progress, out))
    return out


def change_keys(office: Office, _progress: Progress, reason: str) -> str:
    """New keys for this computer; says so in a sentence."""
    keys = losses.change_keys(office, reason)
    return f"已换新密钥，指纹 {keys.fingerprint}。对方读到下一个包就认得。"


def end_school(office: Office, _progress: Progress, school_id: str, reason: str) -> str:
    """Take no more packages from a school's computer; says so in a sentence."""
    site = site_of_institution(office, school_id)
    ended = losses.end_registration(office, site.id if site else "", reason)
    return f"已停用“{ended.name}”的注册。"


def rescue(office: Office, _progress: Progress, code: str, reason: str) -> str:
    """New keys for the county by its recovery code; says so in a sentence."""
    keys = losses.rescue(office, code, reason)
    return f"已用恢复码换新密钥，指纹 {keys.fingerprint}。请给每所学校写一次包。"


def readmit(office: Office, _progress: Progress, file: Path) -> str:
    """Take a school back into the roster by a package of its own; says so in a sentence."""
    with told(file):
        content = file.read_bytes()
    return f"已恢复“{take_back(office, content).name}”的登记，请再读一次它的包。"


def make_recovery_code(office: Office, _progress: Progress) -> str:
    """The county's recovery code; it is kept nowhere."""
    return losses.make_recovery_code(office)


def make_recovery_slip(office: Office, progress: Progress, code: str, out: Path) -> Path:
    """The sheet with the recovery code as a PDF."""
    today = office.store.clock.today().isoformat()
    slip = exchange_slips.RecoverySlip(office.identity.name, code, today)
    exchange_slips.build_recovery(slip, _output(office, progress, out))
    return out


def _output(office: Office, progress: Progress, out: Path) -> Output:
    return Output(out, fonts_of(office), office.store.clock.now(), progress, overwrite=True)


def _receivers(office: Office, progress: Progress, schools: Sequence[str]) -> list[Site]:
    everybody = partners(office)
    if schools:
        return [one for one in everybody if one.institution_id in schools]
    lines = read_standing(office, progress).schools
    due = {one.id for one in lines if one.due}
    return [one for one in everybody if not lines or one.institution_id in due]


def _drive(stick: Stick) -> DriveLine:
    count = len(package_files([stick.root], SUFFIX))
    held = f"，有 {count} 个包" if count else ""
    free, size = stick.free / GIGABYTE, stick.size / GIGABYTE
    return DriveLine(
        stick.root, f"U 盘 {stick.root}", f"剩余 {free:.1f} GB，共 {size:.1f} GB{held}"
    )


def _title(found: Sequence[Received]) -> str:
    if not found:
        return "这里没有给本单位的包。"
    read = sum(one.state in {"applied", "gap"} for one in found)
    parts = [f"读了 {len(found):,} 个包，读入 {read:,} 个"]
    for title, count, unit in (
        ("改动", sum(one.changes for one in found), "条"),
        ("待核对的冲突", sum(one.conflicts for one in found), "处"),
        ("暂存待查", sum(one.held for one in found), "条"),
    ):
        if count:
            parts.append(f"{title} {count:,} {unit}")
    return "，".join(parts) + "。"


def _received(one: Received) -> PackageLine:
    return PackageLine(
        file=one.file.name,
        other=one.sender or "不知道",
        number=str(one.number) if one.number else "",
        state=one.state,
        changes=one.changes,
        conflicts=one.conflicts,
        message=one.message,
    )
