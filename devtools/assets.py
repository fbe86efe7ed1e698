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


def fetch_assets(scripts: Path, python: Path) -> bool:
    """Bring fonts and icons, unless they are already there as pinned.

    Args:
        scripts: folder of the virtual environment's programs, where an npm may be.
        python: the virtual environment's interpreter, which has fontTools.

    Returns:
        Whether everything needed is there. Without it the program runs with the fonts of the
        system, and the tests that need ours say that they are skipped.
    """
    complete = True
    for title, packages, folder in (
        ("字体", pins.FONTS, FONT_FOLDER),
        ("图标", pins.ICONS, ICON_FOLDER),
    ):
        if is_current(packages, folder):
            continue
        say(f"正在取{title}……")
        try:
            fetch(packages, folder, scripts, python)
        except FetchError as error:
            say(f"{title}没有取到：{error}。联网后运行 dev.py setup 再取；这之前用系统自带的。")
            complete = False
        else:
            if folder == FONT_FOLDER:
                _fetch_hanazono(folder)
    return complete


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
    command = [npm, "pack", "--silent", "--ignore-scripts", *names]
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


def _fetch_hanazono(folder: Path) -> None:
    """Bring the font of the rarest characters where Debian's tools are; else do without."""
    target = folder / pins.HANAZONO_FONT
    apt, dpkg = find_program("apt-get"), find_program("dpkg-deb")
    if target.exists() or apt is None or dpkg is None:
        return
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        work = Path(name)
        if run([apt, "-q", "download", pins.HANAZONO_PACKAGE], cwd=work, quiet=True) != 0:
            say("没有取到花园明朝字体（只用于极少见的字），其余不受影响。")
            return
        for archive in work.glob("*.deb"):
            run([dpkg, "-x", archive, work / "files"], quiet=True)
        for file in work.rglob(pins.HANAZONO_FONT):
            if sha256(file) == pins.HANAZONO_SHA256:
                file.replace(target)
        for licence in work.glob("files/usr/share/doc/*/copyright"):
            licence.replace(folder / "HanaMin-LICENSE.txt")
