"""Make the one-folder program, pack it, and let it test itself where nothing else is installed."""

from __future__ import annotations

import lzma
import os
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

from devtools.assets import FONT_FOLDER
from devtools.console import ROOT, find_program, run, say
from devtools.environment import SCRIPTS, WINDOWS, install_system_packages, site_packages
from devtools.licences import gather_licences

NAME = "shixuntong"
DIST = ROOT / "dist"
FOLDER = DIST / NAME
SCREEN_FONT = "NotoSansSC-Regular.ttf"
ARCHIVE = DIST / f"{NAME}.tar.xz"

# a library to link against and the tools to look into it, which a small Debian lacks
BUILD_PACKAGES = ("binutils", f"libpython{sys.version_info.major}.{sys.version_info.minor}")


def package() -> int:
    """Build the program into ``dist/``, let it test itself, pack it, and print its sizes."""
    install_system_packages(BUILD_PACKAGES)
    say("正在打包……")
    _shrink_screen_font()
    build = [SCRIPTS / "pyinstaller", "--noconfirm", "--log-level", "WARN", ROOT / "build.spec"]
    if code := run([*build, "--distpath", DIST, "--workpath", ROOT / "build"]):
        return code
    _add_licences()
    _strip_libraries()
    _name_console_program()
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


def _shrink_screen_font() -> None:
    """Keep the common characters of the window's font; rarer ones come from the fonts of paper."""
    font = FONT_FOLDER / SCREEN_FONT
    if not font.exists():
        return
    target = ROOT / "build" / "resources" / "fonts" / SCREEN_FONT
    target.parent.mkdir(parents=True, exist_ok=True)
    characters = target.with_suffix(".txt")
    characters.write_text(common_characters(), "utf-8")
    subset = [SCRIPTS / "pyftsubset", font, f"--text-file={characters}", f"--output-file={target}"]
    run([*subset, "--no-hinting", "--name-IDs=*", "--notdef-outline"], quiet=True)


def common_characters() -> str:
    """The characters of GB 2312, of ASCII and of Latin-1: what almost every text is made of."""
    chinese = (bytes([row, cell]) for row in range(0xA1, 0xFF) for cell in range(0xA1, 0xFF))
    text = b"".join(chinese).decode("gb2312", errors="ignore")
    return text + "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)]))


def _add_licences() -> None:
    target = FOLDER / "licences"
    gather_licences(site_packages(), target)
    texts = [
        ROOT / "LICENSE",
        ROOT / "docs" / "third-party.md",
        *(ROOT / "docs" / "licences").iterdir(),
    ]
    for text in texts:
        shutil.copy(text, target)
    interpreter = Path(os.__file__).with_name("LICENSE.txt")
    if interpreter.exists():
        shutil.copy(interpreter, target / "CPython.txt")


def _strip_libraries() -> None:
    """Drop the debugging names that some libraries still carry (35 MB)."""
    strip = find_program("strip")
    if strip is None or WINDOWS:
        return
    for pattern in (
        "libpython*",
        "python3*/**/*.so",
        "PIL/*.so",
        "pypdfium2_raw/*.so",
        "zstandard/*.so",
    ):
        for library in (FOLDER / "_internal").glob(pattern):
            run([strip, "--strip-unneeded", library], quiet=True)


def _name_console_program() -> None:
    """Give the program its second name, under which it never opens a window."""
    if not WINDOWS:
        (FOLDER / f"{NAME}-cli").symlink_to(NAME)


def _pack() -> None:
    """Pack the folder as small as it goes: it travels on USB sticks and over slow lines."""
    ARCHIVE.unlink(missing_ok=True)
    loose = ARCHIVE.with_suffix("")
    with tarfile.open(loose, "w") as out:
        out.add(FOLDER, NAME)
    if xz := find_program("xz"):
        run([xz, "-9", loose])
        return
    with loose.open("rb") as source, lzma.open(ARCHIVE, "wb", preset=9) as target:
        shutil.copyfileobj(source, target, 1 << 20)
    loose.unlink()


def _size(folder: Path) -> int:
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir())


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB"
