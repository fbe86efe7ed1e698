"""Setting the folder up: what is missing is brought, what is there is recognised, byte for byte."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tarfile
from dataclasses import asdict
from io import BytesIO

import pytest

from dev import main as dev
from devtools import assets, environment, pins, program
from devtools.console import ROOT, run


def packages(sum_of_archive="sha512-x"):
    members = {"package/icons/": "", "package/LICENSE": "LICENSE.txt"}
    return (pins.Package("drawings", "1.0.0", sum_of_archive, members),)


def folder_with(tmp_path, wanted, files):
    """A folder as a fetch would leave it."""
    sums = {}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        sums[name] = hashlib.sha256(content).hexdigest()
    text = json.dumps([asdict(package) for package in wanted], sort_keys=True)
    manifest = {"pins": hashlib.sha256(text.encode()).hexdigest(), "files": sums}
    (tmp_path / assets.MANIFEST).write_text(json.dumps(manifest), "utf-8")
    return tmp_path


def archive(folder, names):
    """An npm archive with one file for each name."""
    with tarfile.open(folder / "drawings-1.0.0.tgz", "w:gz") as tar:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = len(name)
            tar.addfile(member, BytesIO(name.encode()))
    return folder / "drawings-1.0.0.tgz"


def fake_npm(folder, source):
    """A program called npm that brings ``source`` instead of asking a registry."""
    file = folder / "npm"
    file.write_text(f"#!/bin/sh\ncp '{source}' .\n", "utf-8")
    file.chmod(0o755)
    return folder


def test_a_folder_that_is_as_pinned_is_left_alone(tmp_path):
    folder = folder_with(tmp_path, packages(), {"a.svg": b"<svg/>"})
    assert assets.is_current(packages(), folder)


def test_one_changed_byte_is_noticed(tmp_path):
    folder = folder_with(tmp_path, packages(), {"a.svg": b"<svg/>"})
    (folder / "a.svg").write_bytes(b"<svg />")
    assert not assets.is_current(packages(), folder)


def test_another_pin_is_noticed(tmp_path):
    folder = folder_with(tmp_path, packages(), {"a.svg": b"<svg/>"})
    assert not assets.is_current(packages("sha512-y"), folder)


@pytest.mark.parametrize("manifest", ["", "{}", '{"pins": 3', '{"pins": "x", "files": {}}'])
def test_a_damaged_manifest_counts_as_nothing(tmp_path, manifest):
    (tmp_path / assets.MANIFEST).write_text(manifest, "utf-8")
    assert not assets.is_current(packages(), tmp_path)


posix_only = pytest.mark.skipif(os.name == "nt", reason="the stand-in for npm is a shell script")


@posix_only
def test_what_a_package_brings_is_taken_when_its_sum_is_right(tmp_path, monkeypatch):
    source = archive(tmp_path, ["package/LICENSE", "package/icons/a.svg", "package/other/b.svg"])
    wanted = packages(assets.integrity(source))
    monkeypatch.setenv("PATH", str(fake_npm(tmp_path, source)), prepend=os.pathsep)
    target = tmp_path / "icons"
    assets.fetch(wanted, target, tmp_path, tmp_path)
    assert {file.name for file in target.iterdir()} == {"a.svg", "LICENSE.txt", "manifest.json"}
    assert assets.is_current(wanted, target)


@posix_only
@pytest.mark.parametrize(
    ("names", "right_sum", "sentence"),
    [
        (["package/LICENSE", "package/icons/a.svg"], False, "校验和"),
        (["package/LICENSE"], True, "package/icons/"),
    ],
)
def test_a_package_that_is_not_the_pinned_one_is_not_used(
    tmp_path, monkeypatch, names, right_sum, sentence
):
    source = archive(tmp_path, names)
    monkeypatch.setenv("PATH", str(fake_npm(tmp_path, source)), prepend=os.pathsep)
    wanted = packages(assets.integrity(source) if right_sum else "sha512-x")
    target = tmp_path / "icons"
    with pytest.raises(assets.FetchError, match=sentence):
        assets.fetch(wanted, target, tmp_path, tmp_path)
    assert list(target.iterdir()) == []


def test_without_npm_the_fetch_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(assets.FetchError, match="npm"):
        assets.fetch(packages(), tmp_path / "icons", tmp_path, tmp_path)


def test_the_lock_names_every_library_that_is_asked_for_with_its_sums():
    lock = (ROOT / "requirements" / "lock.txt").read_text("utf-8")
    wanted = [
        line.partition("#")[0].split("=")[0].split(">")[0].strip().lower()
        for name in ("runtime.in", "dev.in")
        for line in (ROOT / "requirements" / name).read_text("utf-8").splitlines()
        if line.partition("#")[0].strip() and not line.startswith("-r")
    ]
    pinned = {line.split("==")[0] for line in lock.splitlines() if "==" in line}
    assert set(wanted) <= pinned
    assert "pyside6-essentials==6.11.3 " in lock
    assert lock.count("--hash=sha256:") >= len(pinned)


def test_an_old_python_is_refused_with_a_sentence(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    with pytest.raises(environment.SetupError, match=r"3\.11"):
        environment.prepare()


@pytest.mark.parametrize(
    ("variables", "seen"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True)],
)
def test_a_screen_is_known_by_the_session_of_linux(monkeypatch, variables, seen):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert program.has_screen() is seen


def test_windows_always_has_a_screen(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert program.has_screen()


def test_an_unknown_command_is_wrong_usage(capsys):
    with pytest.raises(SystemExit) as ended:
        dev(["bogus"])
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_prepared_folder_is_prepared_again_without_a_word():
    for wanted, folder in ((pins.FONTS, assets.FONT_FOLDER), (pins.ICONS, assets.ICON_FOLDER)):
        if not assets.is_current(wanted, folder):
            pytest.skip("fonts or icons could not be fetched on this computer")
    code = "from devtools.environment import prepare; prepare()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_a_failing_program_is_not_kept_quiet(capsys):
    assert run([sys.executable, "-c", "print('why'); raise SystemExit(4)"], quiet=True) == 4
    assert "why" in capsys.readouterr().out
