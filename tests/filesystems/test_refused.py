"""Where a file can carry no record, the real reason is told, and the file is as it was."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.mounts import fill, remounted
from tests.filesystems.disks import BTRFS, EXT4, XFS, Disk, mounted
from tests.filesystems.records import found_on, is_described, opened, picture, recorded, texts, written
from tests.filesystems.test_copies import run
from vexgui.store.format import RECORD_ATTRIBUTE
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused, Refusal

CONTENT = b"some content\n"


def is_untouched(path: Path) -> bool:
    return path.read_bytes() == CONTENT and os.listxattr(path) == []


def refused(path: Path) -> Refusal:
    """Try to set a small attribute on a file; return why it was refused."""
    with opened(path) as descriptor, pytest.raises(AttributeRefused) as why:
        attributes.write(descriptor, RECORD_ATTRIBUTE, bytes(600))
    return why.value.reason


def test_a_full_disk_and_a_full_file_are_told_apart_and_a_full_disk_is_stripped(tmp_path: Path) -> None:
    with mounted(EXT4, tmp_path) as place:
        crowded, late, early = place / "crowded", place / "late", place / "early"
        for path in (crowded, late):
            path.write_bytes(CONTENT)
        os.setxattr(crowded, "user.other", bytes(3950))
        assert refused(crowded) is Refusal.NO_ROOM_ATTRIBUTES
        assert written(early, [picture()]) == ""
        fill(place)
        assert refused(late) is Refusal.NO_ROOM_DISK
        assert is_untouched(late)
        with opened(early) as descriptor:
            assert attributes.remove(descriptor, RECORD_ATTRIBUTE)


@pytest.mark.matrix
@pytest.mark.parametrize("disk", [EXT4, XFS, BTRFS], ids=lambda disk: disk.name)
@pytest.mark.parametrize(
    ("protect", "release", "reason"),
    [
        (lambda path: remounted(path.parent, "ro"), lambda path: remounted(path.parent, "rw"), Refusal.READ_ONLY),
        (lambda path: run("chattr", "+i", path), lambda path: run("chattr", "-i", path), Refusal.NOT_PERMITTED),
        (lambda path: run("chattr", "+a", path), lambda path: run("chattr", "-a", path), Refusal.NOT_PERMITTED),
    ],
    ids=["read-only", "immutable", "append-only"],
)
def test_a_protected_file_says_so(
    disk: Disk,
    protect: Callable[[Path], None],
    release: Callable[[Path], None],
    reason: Refusal,
    tmp_path: Path,
) -> None:
    with mounted(disk, tmp_path) as place:
        path = place / "note.txt"
        path.write_bytes(CONTENT)
        protect(path)
        try:
            assert refused(path) is reason
            assert is_untouched(path)
        finally:
            release(path)
        assert written(path, [picture()]) == ""


@pytest.mark.matrix
def test_a_used_up_quota_says_so_and_leaves_the_old_record(tmp_path: Path) -> None:
    with mounted(BTRFS, tmp_path) as place:
        folder = place / "small"
        run("btrfs", "subvolume", "create", folder)
        path = folder / "book"
        assert written(path, [picture()]) == ""
        others = [folder / str(number) for number in range(100)]
        for other in others:
            other.write_bytes(CONTENT)
        subprocess.run(["sync", "-f", place], check=True)
        run("btrfs", "quota", "enable", place)
        run("btrfs", "qgroup", "limit", "256k", folder)
        said = ""
        for other in others:
            said = recorded(other, [texts(200)])
            if said:
                break
            subprocess.run(["sync", "-f", place], check=True)
        assert said == Refusal.QUOTA.value
        assert is_untouched(other)
        assert is_described(path)


@pytest.mark.matrix
def test_a_full_disk_leaves_the_split_record_that_was_there(tmp_path: Path) -> None:
    """XFS refuses even to replace a value by one of the same size."""
    with mounted(XFS, tmp_path) as place:
        path = place / "book"
        assert written(path, [texts(200)]) == ""
        before = found_on(path)
        filler = fill(place)
        said = recorded(path, [texts(150)])
        assert said in {"", Refusal.NO_ROOM_DISK.value}
        assert found_on(path).record is not None
        assert said == "" or found_on(path).bytes == before.bytes
        with opened(path) as descriptor:
            assert len(attributes.names(descriptor)) == found_on(path).parts
        filler.unlink()
        subprocess.run(["sync", "-f", place], check=True)
        assert recorded(path, [texts(150)]) == ""
