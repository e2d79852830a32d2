"""A store takes the vectors of copied files from their records: nothing is embedded, wherever the copies lie."""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.engine.conftest import Desk, desk  # noqa: F401 - a fixture
from tests.filesystems.disks import BTRFS, EXT4, SMALL_BLOCKS, TMPFS, XFS, Disk, mounted
from tests.filesystems.test_copies import FAITHFUL, Copy, copied
from vexgui.core.reports import Inspection, RecordPlace

FILES = {
    "note.txt": "The harbour lies in fog.",
    "book.txt": "\n\n".join(
        f"In chapter {number} the harbour of town {number} lies in fog. " * 9 for number in range(200)
    ),
}


def indexed(desk: Desk, folder: Path) -> None:  # noqa: F811
    for name, text in FILES.items():
        (folder / name).write_text(text)
    report = desk.engine.index([os.fsencode(folder)])
    assert (report.indexed, report.failed) == (2, ())
    if on_file(desk, folder / "note.txt").record_place is RecordPlace.STORE_ONLY:
        pytest.skip("no records here")


def on_file(desk: Desk, path: Path) -> Inspection:  # noqa: F811
    return desk.engine.inspect(os.fsencode(path))


def without_store(desk: Desk, folder: Path) -> None:  # noqa: F811
    """Lose the store and the files of a folder."""
    desk.lose_store()
    for name in FILES:
        (folder / name).unlink(missing_ok=True)
    desk.reopen()


def copies_are_taken(desk: Desk, copy: Copy, folder: Path, target: Path) -> None:  # noqa: F811
    copies = [copy(folder / name, target) for name in FILES]
    embedded = desk.embedded
    without_store(desk, folder)
    report = desk.engine.index([os.fsencode(target)])
    assert (report.reused, report.indexed, desk.embedded) == (2, 0, embedded)
    assert {hit.path for hit in desk.engine.search("fog", 50).hits} == set(map(os.fsencode, copies))
    for path in copies:
        inspection = on_file(desk, path)
        assert (inspection.record_verified, inspection.record_note) == (True, "")


@pytest.mark.parametrize("copy", FAITHFUL)
def test_copies_are_taken_without_embedding(desk: Desk, copy: Copy) -> None:  # noqa: F811
    source, target = desk.files / "from", desk.files / "to"
    source.mkdir()
    target.mkdir()
    indexed(desk, source)
    copies_are_taken(desk, copy, source, target)


@pytest.mark.matrix
@pytest.mark.parametrize("copy", FAITHFUL)
@pytest.mark.parametrize(
    "way", [(EXT4, XFS), (XFS, BTRFS), (BTRFS, TMPFS)], ids=lambda way: " to ".join(disk.name for disk in way)
)
def test_copies_on_another_file_system_are_taken_without_embedding(
    desk: Desk,  # noqa: F811
    copy: Copy,
    way: tuple[Disk, Disk],
    tmp_path: Path,
) -> None:
    with ExitStack() as stack:
        source, target = (stack.enter_context(mounted(disk, tmp_path)) for disk in way)
        indexed(desk, source)
        copies_are_taken(desk, copy, source, target)


@pytest.mark.matrix
def test_a_copy_that_lost_parts_of_its_record_is_embedded_again_and_carries_a_smaller_one(
    desk: Desk,  # noqa: F811
    tmp_path: Path,
) -> None:
    with ExitStack() as stack:
        source, target = (stack.enter_context(mounted(disk, tmp_path)) for disk in (XFS, SMALL_BLOCKS))
        indexed(desk, source)
        assert on_file(desk, source / "book.txt").record_place is RecordPlace.SPLIT
        there = copied(source / "book.txt", target)
        without_store(desk, source)
        report = desk.engine.index([os.fsencode(target)])
        assert (report.reused, report.indexed) == (0, 1)
        inspection = on_file(desk, there)
        assert (inspection.record_verified, inspection.record_place) == (True, RecordPlace.BLOCK)
        assert inspection.record_bytes <= 896
