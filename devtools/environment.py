"""Prepare the folder for work: system packages, virtual environment, locked libraries, fonts.

Every step looks first whether it is already done, so that a second run costs a fraction of a
second. What cannot be done here (no right to install, no network) is said in one sentence.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from devtools.assets import fetch_assets
from devtools.console import ROOT, find_program, output, run, say

if TYPE_CHECKING:
    from collections.abc import Sequence

OLDEST_PYTHON = (3, 11)
WINDOWS = os.name == "nt"
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")
LOCK = ROOT / "requirements" / "lock.txt"
STAMP = VENV / "prepared.json"

COMPLETE, GIVEN_UP = "complete", "given up"
"""What became of fonts and icons; what could not be had is tried again by ``dev.py setup`` only."""

VENV_PACKAGES = ("python3-venv",)
OFFSCREEN_PACKAGES = (
    "libgl1",
    "libegl1",
    "libxkbcommon0",
    "libdbus-1-3",
    "libfontconfig1",
    "libglib2.0-0",
)
WINDOW_PACKAGES = (
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libx11-xcb1",
)
TEST_PACKAGES = ("poppler-utils", "libreoffice-calc-nogui", "qpdf", "strace", "zbar-tools")
"""Programs that tests hold against ours; without them those tests say that they are skipped."""


class SetupError(Exception):
    """The folder cannot be prepared; says why and what to do, in Chinese."""


def prepare(*, again: bool = False) -> None:
    """Make the folder ready: everything that is missing is brought, nothing twice.

    Args:
        again: look at every step anew, also those that could not be done the last time.

    Raises:
        SetupError: when the virtual environment or its libraries cannot be had.
    """
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError(f"需要 Python 3.11 或更新版本，现在是 {sys.version.split()[0]}。")
    stamp = {} if again else _read_stamp()
    packages = (*VENV_PACKAGES, *OFFSCREEN_PACKAGES, *WINDOW_PACKAGES, *TEST_PACKAGES)
    system = hashlib.sha256(" ".join(packages).encode()).hexdigest()
    if stamp.get("system") != system:
        install_system_packages(packages)
    _make_venv()
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if stamp.get("lock") != lock:
        _install_libraries()
    assets = stamp.get("assets")
    if assets != GIVEN_UP:
        complete = fetch_assets(SCRIPTS, PYTHON, first=assets is None)
        assets = COMPLETE if complete else GIVEN_UP
    STAMP.write_text(json.dumps({"system": system, "lock": lock, "assets": assets}), "utf-8")


def site_packages() -> Path:
    """The folder in which the virtual environment keeps its libraries."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(output([PYTHON, "-c", code]).strip())


def _read_stamp() -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if PYTHON.exists() else {}


def install_system_packages(packages: Sequence[str]) -> None:
    """Install Debian packages where apt and the right to are there; else name what is missing."""
    apt, query = find_program("apt-get"), find_program("dpkg-query")
    if apt is None or query is None:
        return
    missing = _missing(query, packages)
    if not missing:
        return
    if os.geteuid() != 0:
        say(f"以下系统软件包没有安装，可请管理员安装：{' '.join(missing)}")
        return
    say(f"正在安装系统软件包：{' '.join(missing)}……")
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = [apt, "-q", "install", "-y", "--no-install-recommends", *missing]
    if run(install, env=env, quiet=True) == 0:
        return
    run([apt, "-q", "update"], env=env, quiet=True)
    if run(install, env=env, quiet=True) != 0:
        say("部分系统软件包没有装上；需要它们的功能和测试会说明。联网后可运行 dev.py setup 再装。")


def _missing(query: Path, packages: Sequence[str]) -> list[str]:
    lines = output([query, "-W", "-f", "${Package} ${db:Status-Status}\n", *packages]).splitlines()
    installed = {line.removesuffix(" installed") for line in lines if line.endswith(" installed")}
    return [package for package in packages if package not in installed]


def _make_venv() -> None:
    if PYTHON.exists() and run([PYTHON, "-c", "import pip"], quiet=True) == 0:
        return
    say("正在建立虚拟环境 .venv……")
    if run([sys.executable, "-m", "venv", VENV], quiet=True) != 0:
        raise SetupError("没有建成虚拟环境。Debian 或 Ubuntu 上请先安装 python3-venv，再运行一次。")


def _install_libraries() -> None:
    say("正在安装程序库（首次约需半分钟）……")
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check"]
    command = [*pip, "install", "-q", "--require-hashes", "-r", LOCK]
    if run(command, quiet=True) != 0:
        raise SetupError("程序库没有装好（原因见上）。请检查网络后再运行一次。")
