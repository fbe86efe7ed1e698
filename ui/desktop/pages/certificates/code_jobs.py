"""What the views of codes and keys have done on the lanes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.certificates.trust import Trust, read_trust, trust_of, write_trust
from models.certificates.verification import Verification, verify, without_foreign
from models.errors import OfficeError
from models.office.context import Office
from models.progress import Progress
from models.signing import keys as signing
from models.signing.key_backup import back_up, backed_up, restore
from models.signing.keys import Key
from reports.kit.code_reading import codes_in
from reports.kit.pdf_checking import SignatureState, check_pdf


@dataclass(frozen=True, slots=True)
class CheckedCode:
    """One code and what checking it brought.

    Attributes:
        source: where it stands: a file's name with its page, or "" for typed text.
        found: what checking brought.
    """

    source: str
    found: Verification


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of files or of a text brought.

    Attributes:
        trust: against which list.
        codes: one for each code.
        problems: a sentence for each file that could not be read, held no code, or is a PDF whose
            own signature does not hold or was not checked.
    """

    trust: Trust
    codes: tuple[CheckedCode, ...]
    problems: tuple[str, ...] = ()


def read_basis(office: Office, _progress: Progress, trust_file: Path | None) -> Trust:
    """The list against which is checked: the office's own, or that of a file."""
    return trust_of(office) if trust_file is None else read_trust(trust_file)


def check_files(
    office: Office, progress: Progress, files: Sequence[Path], trust_file: Path | None
) -> Checked:
    """Check every code in the files; a file that cannot be read does not stop the others."""
    trust = read_basis(office, progress, trust_file)
    today = office.store.clock.today()
    codes: list[CheckedCode] = []
    problems: list[str] = []
    for file in files:
        try:
            found = codes_in(file, progress)
            problems += _signature(file)
        except OfficeError as error:
            problems.append(error.sentence)
            continue
        if not found:
            problems.append(f"“{file.name}”里没有找到验真码，请把二维码拍清楚、拍大一些。")
        paged = file.suffix.lower() == ".pdf"
        checked = [(one.page, verify(one.text, trust, today)) for one in found]
        codes += [
            CheckedCode(f"{file.name} 第 {page} 页" if paged else file.name, one)
            for page, one in without_foreign(checked)
        ]
    return Checked(trust, tuple(codes), tuple(problems))


def _signature(file: Path) -> list[str]:
    """What there is to say against the signature of a PDF."""
    if file.suffix.lower() != ".pdf":
        return []
    found = check_pdf(file)
    bad = found.state in {SignatureState.CHANGED, SignatureState.UNCHECKED}
    return [f"{file.name}：{found.sentence}"] if bad else []


def check_text(office: Office, progress: Progress, text: str, trust_file: Path | None) -> Checked:
    """Check a text that was pasted or typed."""
    trust = read_basis(office, progress, trust_file)
    found = verify(text, trust, office.store.clock.today())
    return Checked(trust, (CheckedCode("", found),))


def export_trust(office: Office, _progress: Progress, out: Path) -> Trust:
    """Write the office's 核验文件."""
    return write_trust(office, out)


@dataclass(frozen=True, slots=True)
class KeysNow:
    """The keys, the newest first, and the short name of the one that was backed up last."""

    keys: tuple[Key, ...]
    backed_up: str


def look_at_keys(office: Office, _progress: Progress) -> KeysNow:
    """The keys the office has now."""
    return KeysNow(tuple(signing.keys(office)), backed_up(office))


def begin_key(office: Office, _progress: Progress) -> Key:
    """Make the office's first key."""
    return signing.make_key(office)


def change_key(office: Office, _progress: Progress, reason: str) -> Key:
    """Retire the key in use and make a new one."""
    return signing.rotate(office, reason)


def back_up_key(office: Office, _progress: Progress, out: Path, passphrase: str) -> Key:
    """Write the key in use to a file under a passphrase."""
    return back_up(office, out, passphrase)


def restore_key(office: Office, _progress: Progress, file: Path, passphrase: str) -> Key:
    """Take a key from its backup onto this computer."""
    return restore(office, file, passphrase)
