"""Make the one-folder program, pack it, and let it test itself where nothing else is installed."""

from __future__ import annotations

import lzma
import os
import sys
import tarfile
import tempfile
from pathlib import Path

from devtools.console import ROOT, find_program, run, say
from devtools.environment import SCRIPTS, WINDOWS, install_system_packages

NAME = "shixuntong"
DIST = ROOT / "dist"
FOLDER = DIST / NAME
ARCHIVE = DIST / f"{NAME}.tar.xz"

# a library to link against and the tools to look into it, which a small Debian lacks
BUILD_PACKAGES = ("binutils", f"libpython{sys.version_info.major}.{sys.version_info.minor}")


def package() -> int:
    """Build the program into ``dist/``, let it test itself, pack it, and print its sizes."""
    install_system_packages(BUILD_PACKAGES)
    say("正在打包……")
    build = [SCRIPTS / "pyinstaller", "--noconfirm", "--log-level", "WARN", ROOT / "build.spec"]
    if code := run([*build, "--distpath", DIST, "--workpath", ROOT / "build"]):
        return code
    _strip_interpreter()
    if code := self_test():
        say("打包后的程序没有通过自检。")
        return code
    _pack()
    say(f"展开 {_megabytes(_size(FOLDER))}，压缩 {_megabytes(ARCHIVE.stat().st_size)}：{FOLDER}")
    return 0


def self_test() -> int:
    """Run the packaged program's self-test in an empty environment and an empty home."""
    program = FOLDER / (f"{NAME}-cli.exe" if WINDOWS else f"{NAME}-cli")
    with tempfile.TemporaryDirectory() as home:
        return run([program, "selftest"], cwd=Path(home), env=_empty_environment(home))


def _empty_environment(home: str) -> dict[str, str]:
    if not WINDOWS:
        return {"HOME": home}
    needed = ("SYSTEMROOT", "TEMP", "TMP")  # without these Windows starts no program at all
    return {"USERPROFILE": home, "APPDATA": home, "LOCALAPPDATA": home} | {
        name: os.environ[name] for name in needed if name in os.environ
    }


def _strip_interpreter() -> None:
    """Drop the debugging names of an interpreter that was built with them (17 MB)."""
    strip = find_program("strip")
    if strip is None or WINDOWS:
        return
    for library in FOLDER.rglob("libpython*.so*"):
        run([strip, "--strip-unneeded", library], quiet=True)


def _pack() -> None:
    ARCHIVE.unlink(missing_ok=True)
    with (
        lzma.open(ARCHIVE, "wb", preset=6) as stream,
        tarfile.open(fileobj=stream, mode="w") as out,
    ):
        out.add(FOLDER, NAME)


def _size(folder: Path) -> int:
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir())


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB"
