"""A record follows its file where attributes do, and is known to be stale wherever the content is another one."""

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.filesystems.disks import BTRFS, EXT4, LARGE_INODES, SMALL_BLOCKS, TMPFS, XFS, Disk, mounted
from tests.filesystems.records import found_on, is_described, picture, texts, written
from vexgui.store.record import RecordFault, SpaceVectors


def run(*command: str | Path) -> None:
    """Run a program of the system; skip the test where it is missing."""
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not here")
    subprocess.run(command, check=True, capture_output=True)


def copied(source: Path, folder: Path) -> Path:
    run("cp", "-a", source, folder)
    return folder / source.name


def synchronised(source: Path, folder: Path) -> Path:
    run("rsync", "-aX", source, folder)
    return folder / source.name


def archived(source: Path, folder: Path) -> Path:
    archive = folder / "archive.tar"
    run("tar", "--xattrs", "-C", source.parent, "-cf", archive, source.name)
    run("tar", "--xattrs", "--xattrs-include=user.*", "-C", folder, "-xf", archive)
    archive.unlink()
    return folder / source.name


def moved(source: Path, folder: Path) -> Path:
    run("mv", source, folder)
    assert not source.exists()
    return folder / source.name


def linked(source: Path, folder: Path) -> Path:
    run("cp", "-al", source, folder)
    return folder / source.name


FAITHFUL = [copied, synchronised, archived, moved]
Copy = Callable[[Path, Path], Path]

FILES: dict[str, list[SpaceVectors]] = {
    "picture": [picture()],
    "photo": [texts(2), picture(2)],
    "book": [texts(200)],
}


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A file with a record, on the file system the tests run on."""
    path = tmp_path / "from" / "note.txt"
    path.parent.mkdir()
    if said := written(path, [texts(2)]):
        pytest.skip(f"no records here: {said}")
    os.utime(path, ns=(1_000_000_000, 2_000_000_123))
    assert is_described(path)
    return path


@pytest.mark.parametrize("copy", [*FAITHFUL, linked])
def test_a_faithful_copy_carries_the_record_of_its_content(copy: Copy, note: Path, tmp_path: Path) -> None:
    (tmp_path / "to").mkdir()
    assert is_described(copy(note, tmp_path / "to"))


def test_a_copy_without_its_times_is_described_all_the_same(note: Path, tmp_path: Path) -> None:
    run("cp", "--preserve=xattr", note, tmp_path / "copy.txt")
    assert (tmp_path / "copy.txt").stat().st_mtime_ns != note.stat().st_mtime_ns
    assert is_described(tmp_path / "copy.txt")


def test_a_plain_copy_carries_no_record(note: Path, tmp_path: Path) -> None:
    run("cp", note, tmp_path / "copy.txt")
    found = found_on(tmp_path / "copy.txt")
    assert (found.record, found.fault, found.bytes) == (None, None, 0)


def is_known_to_be_stale(path: Path) -> bool:
    """Tell whether a file carries a record of its own key that does not describe it."""
    return found_on(path).record is not None and not is_described(path)


def test_an_overwritten_file_carries_a_stale_record(note: Path) -> None:
    run("sh", "-c", f"printf 'other content' > '{note}'")
    assert len(note.read_bytes()) == 13
    assert is_known_to_be_stale(note)


def test_a_file_overwritten_in_place_at_the_same_size_carries_a_stale_record(note: Path) -> None:
    before = note.stat()
    with note.open("r+b") as file:
        file.write(b"S")
    assert note.stat().st_size == before.st_size
    assert is_known_to_be_stale(note)


@pytest.mark.parametrize("grow", [True, False])
def test_a_file_that_grew_or_shrank_carries_a_stale_record(note: Path, grow: bool) -> None:
    run("truncate", "--size=+1" if grow else "--size=-1", note)
    assert is_known_to_be_stale(note)


def test_a_target_that_was_copied_over_carries_a_stale_record(note: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(b"SOME content\n")
    run("cp", other, note)
    assert is_known_to_be_stale(note)


def test_a_time_put_back_after_a_change_hides_nothing(note: Path, tmp_path: Path) -> None:
    reference = tmp_path / "reference"
    run("touch", "-r", note, reference)
    with note.open("r+b") as file:
        file.write(b"S")
    run("touch", "-r", reference, note)
    assert note.stat().st_mtime_ns == 2_000_000_123
    assert is_known_to_be_stale(note)


def test_content_that_comes_back_is_described_again(note: Path) -> None:
    content = note.read_bytes()
    note.write_bytes(b"another content")
    assert is_known_to_be_stale(note)
    note.write_bytes(content)
    assert is_described(note)


def test_a_record_put_on_another_file_is_known_to_be_stale(note: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(b"some CONTENT\n")
    os.setxattr(other, "user.vexgui", os.getxattr(note, "user.vexgui"))
    assert is_known_to_be_stale(other)


HOLDS_A_BOOK = {(XFS, BTRFS), (XFS, TMPFS), (BTRFS, TMPFS), (TMPFS, BTRFS), (EXT4, XFS), (EXT4, TMPFS)}
"""Pairs of which the second takes every record of the first."""
WAYS = [*HOLDS_A_BOOK, (XFS, EXT4), (BTRFS, LARGE_INODES), (EXT4, SMALL_BLOCKS)]


@pytest.mark.matrix
@pytest.mark.parametrize("copy", FAITHFUL)
@pytest.mark.parametrize("way", sorted(WAYS, key=str), ids=lambda way: " to ".join(disk.name for disk in way))
def test_a_copy_on_another_file_system_carries_the_record_or_none_that_is_used(
    way: tuple[Disk, Disk], copy: Copy, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        source, target = (stack.enter_context(mounted(disk, tmp_path)) for disk in way)
        for name, parts in FILES.items():
            path = source / name
            assert written(path, parts) == ""
            try:
                there = copy(path, target)
            except subprocess.CalledProcessError:  # rsync and mv say that an attribute did not fit; the file is there
                there = target / name
            assert there.read_bytes() == b"some content\n"
            if way in HOLDS_A_BOOK or found_on(there).record is not None:
                assert is_described(there), name
            else:
                assert found_on(there).fault in {None, RecordFault.DAMAGED}
                assert name == "book" or way[1] is SMALL_BLOCKS
