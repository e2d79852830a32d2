"""What is mounted is known without touching it."""

import select
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.waiting import until
from vexgui.system.mounts import Mounts, parse

TABLE = rb"""22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard
40 27 8:17 / /media/a\040stick rw - vfat /dev/sdb1 rw
41 27 0:40 /share /home/u/nas rw,relatime - nfs4 server:/export/a\134b rw
42 27 0:41 / /home/u/ssh rw - fuse.sshfs u@server: rw
43 27 8:33 / /home/u/disk rw - fuseblk /dev/sdc1 rw
44 27 8:33 /music /home/u/disk rw - ext4 /dev/sdc2 rw
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Iterator[Mounts]:
    (tmp_path / "mountinfo").write_bytes(TABLE)
    with closing(Mounts(bytes(tmp_path / "mountinfo"))) as mounts:
        yield mounts


def test_the_innermost_mount_counts_and_the_last_one_of_a_folder(mounts: Mounts) -> None:
    numbers = {path: mounts.mount_of(path).number for path in (b"/", b"/home/u/x", b"/home/u/nas/b", b"/home/u/disk")}
    assert numbers == {b"/": 27, b"/home/u/x": 27, b"/home/u/nas/b": 41, b"/home/u/disk": 44}


def test_names_are_read_with_their_blanks_and_backslashes(mounts: Mounts) -> None:
    assert mounts.mount_of(b"/media/a stick/x").source == b"/dev/sdb1"
    assert mounts.mount_of(b"/home/u/nas").source == rb"server:/export/a\b"


@pytest.mark.parametrize(
    ("path", "is_remote"),
    [(b"/home/u", False), (b"/home/u/nas/x", True), (b"/home/u/ssh", True), (b"/home/u/disk/x", False)],
)
def test_what_comes_over_a_network_or_from_a_program_is_remote(mounts: Mounts, path: bytes, is_remote: bool) -> None:
    assert mounts.is_remote(path) is is_remote


def test_only_the_folder_that_a_remote_file_system_is_mounted_on_is_its_point(mounts: Mounts) -> None:
    points = (b"/home/u/nas", b"/home/u/nas/x", b"/home/u/disk", b"/home/u")
    assert [mounts.is_remote_point(path) for path in points] == [True, False, False, False]


def test_what_is_mounted_beneath_a_folder_is_listed(mounts: Mounts) -> None:
    assert [mount.point for mount in mounts.beneath(b"/home")] == [b"/home/u/disk", b"/home/u/nas", b"/home/u/ssh"]
    assert len(mounts.beneath(b"/")) == 5


def test_where_nothing_is_listed_there_is_still_a_root() -> None:
    assert parse(b"")[b"/"].is_remote is False


def test_a_mount_rings_and_is_known_at_once(tmp_path: Path) -> None:
    with closing(Mounts()) as mounts:
        poller = select.poll()
        poller.register(mounts.fileno(), select.POLLPRI)
        until(lambda: not poller.poll(0), "what other programs mount is told")
        before = mounts.mount_of(bytes(tmp_path))
        if subprocess.run(["mount", "-t", "tmpfs", "none", tmp_path], capture_output=True, check=False).returncode:
            pytest.skip("mounting needs root")
        try:
            assert mounts.mount_of(bytes(tmp_path)).kind == b"tmpfs"
            assert poller.poll(0)
        finally:
            subprocess.run(["umount", tmp_path], check=True)
        assert mounts.mount_of(bytes(tmp_path)) == before


def test_once_closed_the_table_tells_what_it_told_last(mounts: Mounts) -> None:
    mounts.close()
    assert mounts.is_remote(b"/home/u/nas/b")
