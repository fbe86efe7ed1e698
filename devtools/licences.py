"""Gather the licence texts of the libraries that the packaged program carries."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import TYPE_CHECKING

from devtools.console import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePath

LICENCE = re.compile(r"(^|/)(licen[cs]e|copying|notice|authors)[^/]*$|/licenses/", re.IGNORECASE)
CONDITION = re.compile(r"extra\s*==|sys_platform\s*==|platform_system\s*==")
NOT_CARRIED = {"pip", "setuptools", "tzdata"}
"""Asked for by libraries, left out of the package by ``build.spec``."""


def carried(site: Path) -> list[Distribution]:
    """The libraries of ``requirements/runtime.in`` and what they need in turn.

    Args:
        site: the folder they are installed in.
    """
    known = {_spelled(one.metadata["Name"]): one for one in distributions(path=[str(site)])}
    lines = (ROOT / "requirements" / "runtime.in").read_text("utf-8").splitlines()
    waiting = list(_names(lines))
    found: dict[str, Distribution] = {}
    while waiting:
        name = waiting.pop()
        if name in known and name not in found and name not in NOT_CARRIED:
            found[name] = known[name]
            waiting += _names(known[name].requires or [])
    return [found[name] for name in sorted(found)]


def gather_licences(site: Path, folder: Path) -> None:
    """Write the licence texts of every carried library into ``folder``, one file for each."""
    folder.mkdir(parents=True, exist_ok=True)
    for library in carried(site):
        files = [file for file in library.files or [] if LICENCE.search(str(file))]
        texts = [_text(library, file) for file in files if not str(file).endswith(".py")]
        heading = f"{library.metadata['Name']} {library.version}"
        target = folder / f"{library.metadata['Name']}.txt"
        target.write_text("\n\n".join([heading, *texts]), "utf-8")


def _text(library: Distribution, file: PurePath) -> str:
    return Path(str(library.locate_file(file))).read_text("utf-8", errors="replace")


def _names(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        text = line.partition("#")[0].strip()
        if text and not CONDITION.search(text) and (named := re.match(r"[\w.-]+", text)):
            yield _spelled(named[0])


def _spelled(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
