"""What is kept of a file's vectors on each file system, and where: golden/kept.md tells, and these tests agree."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.end_to_end.mounts import remounted
from tests.filesystems.disks import BTRFS, DISKS, EXT4, LARGE_INODES, SMALL_BLOCKS, XFS, Disk, mounted
from tests.filesystems.records import KEEPER, found_on, opened, picture, texts, written
from vexgui.core.reports import RecordPlace
from vexgui.store.format import RECORD_ATTRIBUTE
from vexgui.store.record import SpaceVectors
from vexgui.store.record.place import record_place
from vexgui.system import attributes

GOLDEN = Path(__file__).parent / "golden" / "kept.md"

FILES: dict[str, tuple[Sequence[SpaceVectors], int]] = {
    "picture": ([picture()], 0),
    "photo with a caption": ([texts(2), picture(2)], 0),
    "note of 8 passages": ([texts(8)], 0),
    "chapter of 20": ([texts(20)], 0),
    "book of 200": ([texts(200)], 0),
    "book with a picture": ([texts(200), picture(200)], 0),
    "picture beside 100 bytes of others": ([picture()], 100),
    "picture beside 600 bytes of others": ([picture()], 600),
    "picture beside 850 bytes of others": ([picture()], 850),
    "chapter beside 3000 bytes of others": ([texts(20)], 3000),
}
"""Kinds of files: their vectors, and what another program keeps on them."""


def kept_on(disk: Disk, place: Path) -> list[str]:
    """Return the rows of the golden table for a file system mounted at a place."""
    rows = []
    for name, (parts, others) in FILES.items():
        path = place / name
        path.write_bytes(b"")
        if others:
            try:
                os.setxattr(path, "user.other", os.urandom(others))
            except OSError:
                rows.append(f"| {disk.name} | {name} | | | no room for the others | |")
                continue
        said = written(path, parts)
        found = found_on(path)
        assert (found.record is None) == bool(said)
        with opened(path) as descriptor:
            where = record_place(descriptor, found.bytes, found.parts)
        sections = found.record.sections if found.record else ()
        kept = ", ".join(f"{part.codec.name} {len(part.ordinals)} of {part.passages}" for part in sections)
        rows.append(f"| {disk.name} | {name} | {found.bytes} | {kept} | {where.value} | {found.parts} |")
    return rows


def told(disk: Disk) -> list[str]:
    return [row for row in GOLDEN.read_text().splitlines() if row.startswith(f"| {disk.name} |")]


@pytest.mark.matrix
@pytest.mark.parametrize("disk", DISKS, ids=lambda disk: disk.name)
def test_each_file_system_keeps_what_the_golden_table_tells(disk: Disk, tmp_path: Path) -> None:
    with mounted(disk, tmp_path) as place:
        assert kept_on(disk, place) == told(disk)


def test_ext4_keeps_what_the_golden_table_tells(tmp_path: Path) -> None:
    with mounted(EXT4, tmp_path) as place:
        assert kept_on(EXT4, place) == told(EXT4)


def test_the_golden_table_tells_of_every_file_on_every_file_system() -> None:
    assert [row.split(" | ")[:2] for disk in DISKS for row in told(disk)] == [
        [f"| {disk.name}", name] for disk in DISKS for name in FILES
    ]


def in_inode(disk: Disk, inode: int, image: Path) -> bool:
    """Tell from the bytes of a file system whether the record of an inode lies in it, by the system's own debugger."""
    if disk is XFS:
        told_of_fork = asked("xfs_db", "-r", "-c", f"inode {inode}", "-c", "print core.aformat", image)
        return "(local)" in told_of_fork
    block = re.search(r"File ACL: (\d+)", asked("debugfs", "-R", f"stat <{inode}>", image))
    size = re.search(r"Block size: +(\d+)", asked("debugfs", "-R", "show_super_stats -h", image))
    assert block
    assert size
    with image.open("rb") as file:
        file.seek(int(block[1]) * int(size[1]))
        return block[1] == "0" or RECORD_ATTRIBUTE.removeprefix(b"user.") not in file.read(int(size[1]))


def asked(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.matrix
@pytest.mark.parametrize("disk", [EXT4, LARGE_INODES, SMALL_BLOCKS, XFS], ids=lambda disk: disk.name)
@pytest.mark.parametrize("others", [0, 20, 100, 400, 700])
def test_the_place_is_the_one_the_file_systems_own_debugger_finds(disk: Disk, others: int, tmp_path: Path) -> None:
    if shutil.which("xfs_db" if disk is XFS else "debugfs") is None:
        pytest.skip("the debugger is not here")
    with mounted(disk, tmp_path) as place:
        seen = {}
        for size in (10, 40, 64, 65, 150, 230, 254, 255, 500, 616, 800, 833, 900):
            path = place / str(size)
            path.write_bytes(b"content")
            try:
                if others:
                    os.setxattr(path, "user.other", os.urandom(others))
                os.setxattr(path, RECORD_ATTRIBUTE, os.urandom(size))
            except OSError:
                continue
            with opened(path) as descriptor:
                seen[path.stat().st_ino] = record_place(descriptor, size, 1)
        remounted(place, "ro")  # all of it is written now
        truly = {inode: in_inode(disk, inode, place.with_suffix(".img")) for inode in seen}
        assert {inode: where is RecordPlace.INODE for inode, where in seen.items()} == truly
        assert set(truly.values()) == ({False} if disk is XFS and others >= 400 else {True, False})


@pytest.mark.matrix
@pytest.mark.parametrize("disk", [XFS, BTRFS], ids=lambda disk: disk.name)
def test_a_record_replaced_many_times_leaves_nothing_behind(disk: Disk, tmp_path: Path) -> None:
    with mounted(disk, tmp_path) as place:
        path = place / "book"
        for count in (200, 1, 100, 30, 200):
            assert written(path, [texts(count)]) == ""
            found = found_on(path)
            assert found.record is not None
            with opened(path) as descriptor:
                assert len(attributes.names(descriptor)) == found.parts
        with opened(path) as descriptor:
            assert KEEPER.remove(descriptor)
            assert attributes.names(descriptor) == ()
