"""On which kind of drive a file lies, by what Linux says of its mounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.store.media import Drive, FixedMedia, SystemMedia, mounted_drive

MOUNTS = """\
/dev/sda2 / ext4 rw 0 0
proc /proc proc rw 0 0
/dev/sdb1 /media/office/U\\040盘 vfat rw 0 0
server:/data /mnt/data nfs4 rw 0 0
//server/share /mnt/share cifs rw 0 0
user@host: /mnt/far fuse.sshfs rw 0 0
/dev/sda3 /mnt/data/local ext4 rw 0 0
"""


@pytest.fixture
def blocks(tmp_path):
    """Block devices as Linux lays them out: a fixed disk sda, a stick sdb."""
    links = tmp_path / "class"
    links.mkdir()
    for disk, removable in (("sda", "0"), ("sdb", "1")):
        folder = tmp_path / "devices" / disk
        folder.mkdir(parents=True)
        (folder / "removable").write_text(removable + "\n")
        for part in (disk + "1", disk + "2", disk + "3"):
            (folder / part).mkdir()
            (links / part).symlink_to(folder / part)
    return links


@pytest.mark.parametrize(
    ("path", "drive"),
    [
        ("/home/office/a.db", Drive.LOCAL),
        ("/media/office/U 盘/a.db", Drive.REMOVABLE),
        ("/media/office/U 盘子/a.db", Drive.LOCAL),
        ("/mnt/data/a.db", Drive.NETWORK),
        ("/mnt/data/local/a.db", Drive.LOCAL),
        ("/mnt/share/深/a.db", Drive.NETWORK),
        ("/mnt/far/a.db", Drive.NETWORK),
        ("/mnt/database/a.db", Drive.LOCAL),
    ],
)
def test_the_longest_mount_decides(path, drive, blocks):
    assert mounted_drive(Path(path), MOUNTS, blocks) is drive


def test_a_drive_nothing_is_known_of_counts_as_local(blocks):
    assert mounted_drive(Path("/a.db"), "", blocks) is Drive.LOCAL
    assert mounted_drive(Path("/a.db"), "broken line\n", blocks) is Drive.LOCAL


def test_this_computers_temporary_folder_is_no_network_drive(tmp_path):
    assert SystemMedia().drive(tmp_path / "a.db") is not Drive.NETWORK


def test_a_person_who_knows_better_is_believed():
    assert FixedMedia(Drive.NETWORK).drive(Path("/a.db")) is Drive.NETWORK
