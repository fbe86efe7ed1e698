"""Where fonts lie on this computer: in the program's own folder, and in the system's."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIXES = frozenset({".ttf", ".ttc", ".tte"})
"""The files that can hold TrueType outlines; ``.tte`` is what Windows' 造字程序 saves."""

FC_LIST_SECONDS = 20
REGISTERED = r"Software\Microsoft\Windows NT\CurrentVersion\Fonts"


def on_computer() -> list[Path]:
    """The font files of this computer beside the program's own."""
    return list(windows_files() if os.name == "nt" else _unix_files())


def in_folder(folder: Path) -> list[Path]:
    """The font files below a folder in the order of their names; none if it is not there."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)


def windows_files() -> Iterator[Path]:
    """All users' fonts, the fonts this person installed alone, those registered elsewhere."""
    if "WINDIR" in os.environ:
        yield from in_folder(Path(os.environ["WINDIR"]) / "Fonts")
    if "LOCALAPPDATA" in os.environ:
        yield from in_folder(Path(os.environ["LOCALAPPDATA"]) / "Microsoft/Windows/Fonts")
    yield from _registered_files()


def _registered_files() -> Iterator[Path]:
    """The files that lie outside the two folders and are known by their full path."""
    try:
        registry: Any = importlib.import_module("winreg")  # only Windows has it
    except ImportError:
        return
    for root in (registry.HKEY_LOCAL_MACHINE, registry.HKEY_CURRENT_USER):
        try:
            with registry.OpenKey(root, REGISTERED) as fonts:
                values = [registry.EnumValue(fonts, at) for at in range(_count(registry, fonts))]
        except OSError:
            continue
        files = (Path(str(file)) for _, file, _ in values)
        yield from (
            file
            for file in files
            if file.is_absolute() and file.suffix.lower() in SUFFIXES and file.is_file()
        )


def _count(registry: Any, key: object) -> int:  # noqa: ANN401 - Windows' module has no types here
    _, values, _ = registry.QueryInfoKey(key)
    return int(values)


def _unix_files() -> Iterable[Path]:
    """What fontconfig lists; without fontconfig, what lies in the usual folders."""
    listed = _fontconfig_files()
    if listed:
        return listed
    home = Path.home()
    folders = (
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    )
    return (path for folder in folders for path in in_folder(folder))


def _fontconfig_files() -> list[Path]:
    program = shutil.which("fc-list")
    if program is None:
        return []
    try:
        answer = subprocess.run(
            [program, "--format", "%{file}\\n"],
            capture_output=True,
            check=True,
            timeout=FC_LIST_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return []
    paths = sorted({Path(line) for line in os.fsdecode(answer.stdout).splitlines() if line})
    return [path for path in paths if path.suffix.lower() in SUFFIXES]
