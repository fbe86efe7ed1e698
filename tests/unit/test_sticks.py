"""Writing to a stick: whole or not at all, read back, and too little space is said before."""

from __future__ import annotations

import os
from collections import namedtuple
from pathlib import Path

import psutil
import pytest

from models.errors import UserError, WorldError
from models.store.media import Drive
from models.sync import sticks
from models.sync.sticks import Stick, SystemDrives, drives, package_files, write_safely

Partition = namedtuple("Partition", "mountpoint")
Usage = namedtuple("Usage", "free total")


def test_a_file_is_written_whole_and_nothing_else_is_left(tmp_path):
    target = tmp_path / "U盘" / "a.sxb"
    write_safely(target, b"words" * 1000)
    write_safely(target, b"words" * 1000)
    assert target.read_bytes() == b"words" * 1000
    assert [one.name for one in target.parent.iterdir()] == ["a.sxb"]


def test_another_file_of_that_name_is_left_alone(tmp_path):
    target = tmp_path / "a.sxb"
    target.write_bytes(b"old")
    with pytest.raises(UserError, match="不会覆盖"):
        write_safely(target, b"new")
    assert target.read_bytes() == b"old"


def test_too_little_space_is_said_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(psutil, "disk_usage", lambda _: Usage(sticks.SPARE + 4, 9))
    with pytest.raises(UserError, match=r"只剩 1\.0 MB"):
        write_safely(tmp_path / "a.sxb", b"words")
    assert list(tmp_path.iterdir()) == []
    write_safely(tmp_path / "b.sxb", b"word")


def test_a_stick_that_fails_while_written_to_leaves_no_half_file(tmp_path, monkeypatch):
    target = tmp_path / "a.sxb"

    def pulled_out(handle):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", pulled_out)
        with pytest.raises(WorldError):
            write_safely(target, b"words")
    assert list(tmp_path.iterdir()) == []


def test_a_stick_that_gives_back_other_bytes_is_told(tmp_path, monkeypatch):
    real = Path.replace

    def forgetful(self, target):
        self.write_bytes(b"wordz")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", forgetful)
    with pytest.raises(WorldError, match="不可靠"):
        write_safely(tmp_path / "a.sxb", b"words")


def test_only_removable_drives_are_offered_with_their_space(monkeypatch):
    kinds = {"/": Drive.LOCAL, "/media/a": Drive.REMOVABLE, "/net": Drive.NETWORK,
             "/media/empty": Drive.REMOVABLE}  # fmt: skip

    class Media:
        def drive(self, path):
            return kinds[path.as_posix()]

    def usage(root):
        if root.endswith("empty"):
            raise OSError(21, "not ready")
        return Usage(5, 9)

    monkeypatch.setattr(psutil, "disk_partitions", lambda all: [*map(Partition, kinds)])
    monkeypatch.setattr(psutil, "disk_usage", usage)
    assert drives(SystemDrives(Media())) == [Stick(Path("/media/a"), 5, 9)]


def test_packages_are_found_in_files_and_folders_once(tmp_path):
    for name in ("b.sxb", "a.SXB", "c.txt", "a.sxb.part"):
        (tmp_path / name).write_bytes(b"")
    found = package_files([tmp_path, tmp_path / "b.sxb", tmp_path / "c.txt"], ".sxb")
    assert [one.name for one in found] == ["a.SXB", "b.sxb", "c.txt"]
    with pytest.raises(WorldError, match="找不到"):
        package_files([tmp_path / "none" / "x.sxb"], ".sxb")
