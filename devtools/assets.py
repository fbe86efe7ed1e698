"""Fetch the fonts and icons of ``pins`` into the git-ignored folders of ``resources/``."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from devtools import pins
from devtools.console import ROOT, find_program, run, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FONT_FOLDER = ROOT / "resources" / "fonts"
ICON_FOLDER = ROOT / "resources" / "icons" / "lucide"
MANIFEST = "manifest.json"


class FetchError(Exception):
    """A package could not be had, or is not the one that was pinned; says which in Chinese."""


def fetch_assets(scripts: Path, python: Path, *, first: bool) -> bool:
    """Bring fonts and icons, unless they are already there as pinned.

    Args:
        scripts: folder of the virtual environment's programs, where an npm may be.
        python: the virtual environment's interpreter, which has fontTools.
        first: also try for what is nice to have, which is done once.

    Returns:
        Whether everything needed is there. Without it the program runs with the fonts of the
        system, and the tests that need ours say that they are skipped.
    """
    fonts = _fetch_unless_current("字体", pins.FONTS, FONT_FOLDER, (scripts, python))
    icons = _fetch_unless_current("图标", pins.ICONS, ICON_FOLDER, (scripts, python))
    if fonts and first:
        _fetch_from_debian(pins.RARE_FONTS, FONT_FOLDER)
    if not fonts and _fetch_from_debian((*pins.SUBSTITUTES, *pins.RARE_FONTS), FONT_FOLDER):
        say("字体已改用 Debian 软件包里的霞鹜文楷和花园明朝。")
    return fonts and icons


def _fetch_unless_current(
    title: str, packages: Sequence[pins.Package], folder: Path, tools: tuple[Path, Path]
) -> bool:
    if is_current(packages, folder):
        return True
    say(f"正在取{title}……")
    try:
        fetch(packages, folder, *tools)
    except FetchError as error:
        say(f"{title}没有取到：{error}。联网后运行 dev.py setup 再取；这之前用系统自带的。")
        return False
    return True


def is_current(packages: Sequence[pins.Package], folder: Path) -> bool:
    """Whether ``folder`` holds exactly what ``packages`` say, byte for byte."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        files: dict[str, str] = manifest["files"]
        return manifest["pins"] == _digest(packages) and all(
            sha256(folder / name) == known for name, known in files.items()
        )
    except (OSError, ValueError, KeyError):
        return False


def sha256(file: Path) -> str:
    """The SHA-256 sum of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def integrity(file: Path) -> str:
    """The sum of a file as npm writes it: ``sha512-`` and Base64."""
    with file.open("rb") as stream:
        sum_ = hashlib.file_digest(stream, "sha512").digest()
    return "sha512-" + base64.b64encode(sum_).decode("ascii")


def _digest(packages: Sequence[pins.Package]) -> str:
    text = json.dumps([asdict(package) for package in packages], sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def fetch(packages: Sequence[pins.Package], folder: Path, scripts: Path, python: Path) -> None:
    """Fetch ``packages`` into ``folder``; nothing there changes unless all of it came as pinned.

    Raises:
        FetchError: when a package cannot be had or is not the pinned one.
    """
    npm = find_program("npm", scripts)
    if npm is None:
        raise FetchError("没有找到 npm")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        work = Path(name)
        ready = work / "ready"
        ready.mkdir()
        _pack(npm, packages, work)
        for package in packages:
            _extract(_checked_archive(package, work), package, ready, python)
        files = {file.name: sha256(file) for file in sorted(ready.iterdir())}
        manifest = {"pins": _digest(packages), "files": files}
        (folder / MANIFEST).unlink(missing_ok=True)
        for file in files:
            (ready / file).replace(folder / file)
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")


def _pack(npm: Path, packages: Sequence[pins.Package], work: Path) -> None:
    names = [f"{package.name}@{package.version}" for package in packages]
    # our programs stand first on the path: npm is a script that looks for its node there
    env = os.environ | {"PATH": os.pathsep.join([str(npm.parent), os.environ.get("PATH", "")])}
    command = [npm, "pack", "--silent", "--ignore-scripts", "--fetch-retries=1", *names]
    if run(command, cwd=work, env=env, quiet=True) != 0:
        raise FetchError("npm 没有下载成功")


def _checked_archive(package: pins.Package, work: Path) -> Path:
    archive = work / f"{package.name.strip('@').replace('/', '-')}-{package.version}.tgz"
    if not archive.exists():
        raise FetchError(f"没有得到 {package.name}")
    if integrity(archive) != package.integrity:
        raise FetchError(f"{package.name} {package.version} 的校验和与记录不符，没有使用")
    return archive


def _extract(archive: Path, package: pins.Package, ready: Path, python: Path) -> None:
    missing = set(package.members)
    with tarfile.open(archive) as tar:
        for member in tar:
            for wanted, target in _targets(package, member):
                source = tar.extractfile(member)
                if source is None:
                    continue
                missing.discard(wanted)
                with (ready / target).open("wb") as out:
                    shutil.copyfileobj(source, out)
                if member.name.endswith(".woff"):
                    _unwoff(ready / target, python)
    if missing:
        raise FetchError(f"{package.name} 里没有 {'、'.join(sorted(missing))}")


def _targets(package: pins.Package, member: tarfile.TarInfo) -> Iterator[tuple[str, str]]:
    path = PurePosixPath(member.name)
    if not member.isfile():
        return
    if target := package.members.get(member.name):
        yield member.name, target
    if f"{path.parent}/" in package.members:
        yield f"{path.parent}/", path.name


def _unwoff(file: Path, python: Path) -> None:
    packed = file.with_suffix(".woff")
    file.replace(packed)
    if run([python, ROOT / "devtools" / "unwoff.py", packed, file], quiet=True) != 0:
        raise FetchError(f"{file.name} 没有转换成功")
    packed.unlink()


def _fetch_from_debian(fonts: Sequence[pins.DebianFont], folder: Path) -> bool:
    """Bring fonts as Debian packages where its tools are; whether all of them are there now."""
    missing = [font for font in fonts if not (folder / font.file).exists()]
    apt, dpkg = find_program("apt-get"), find_program("dpkg-deb")
    if not missing or apt is None or dpkg is None:
        return not missing
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        work = Path(name)
        run([apt, "-q", "download", *{font.package for font in missing}], cwd=work, quiet=True)
        for archive in work.glob("*.deb"):
            run([dpkg, "-x", archive, work / "files"], quiet=True)
        for font in missing:
            for file in work.rglob(font.file):
                file.replace(folder / font.file)
            for licence in work.glob(f"files/usr/share/doc/{font.package}/copyright"):
                shutil.copy(licence, folder / f"{font.package}-LICENSE.txt")
    return all((folder / font.file).exists() for font in missing)
