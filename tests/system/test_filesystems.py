"""The budget for a record fits what file systems take; figures from measurements on loop-mounted ones."""

import os
from pathlib import Path

import pytest

from vexgui.system import attributes, filesystems
from vexgui.system.attributes import AttributeRefused
from vexgui.system.filesystems import NOTHING, Budget, FileSystem, budget

# The largest single value each took, measured: 4 KiB and 1 KiB blocks of ext4, XFS before its cliff, Btrfs, tmpfs.
MEASURED = [
    (FileSystem.EXT, 4096, 4032),
    (FileSystem.EXT, 1024, 960),
    (FileSystem.XFS, 4096, 2000),
    (FileSystem.BTRFS, 16_384, 16_214),
    (FileSystem.BTRFS, 4096, 3_918),
    (FileSystem.TMPFS, 4096, 65_536),
]


@pytest.mark.parametrize(("kind", "block_bytes", "most"), MEASURED)
def test_the_budget_stays_below_what_was_measured_and_uses_most_of_it(
    kind: FileSystem, block_bytes: int, most: int
) -> None:
    given = budget(kind, block_bytes, 0)
    assert given.part_bytes <= most
    assert given.part_bytes >= min(0.9 * most, 16_000)


def test_a_record_is_split_where_a_value_is_small_and_all_together_are_not() -> None:
    assert budget(FileSystem.XFS, 0, 0) == Budget(1900, 4)
    assert budget(FileSystem.BTRFS, 16_384, 0).parts == 1
    small = budget(FileSystem.BTRFS, 4096, 0)
    assert small.parts == 4
    assert small.total_bytes <= 16_000
    for kind in set(FileSystem) - {FileSystem.XFS, FileSystem.BTRFS, FileSystem.FAT}:
        assert budget(kind, 4096, 0).parts == 1


def test_a_budget_is_halved_in_parts_before_bytes() -> None:
    assert Budget(1900, 4).halved() == Budget(1900, 2)
    assert Budget(1900, 1).halved() == Budget(950, 1)
    assert Budget(1900, 3).total_bytes == 5700


def test_attributes_of_others_take_from_the_budget_on_ext_only() -> None:
    assert budget(FileSystem.EXT, 4096, 1000).total_bytes == budget(FileSystem.EXT, 4096, 0).total_bytes - 1000
    assert budget(FileSystem.XFS, 4096, 1000) == budget(FileSystem.XFS, 4096, 0)


def test_the_budget_is_never_negative() -> None:
    assert budget(FileSystem.EXT, 1024, 5000).total_bytes == 0


def test_fat_carries_no_record() -> None:
    assert budget(FileSystem.FAT, 4096, 0) == NOTHING


def test_unknown_file_systems_get_a_budget_all_known_ones_but_fat_would_take() -> None:
    assert 0 < budget(FileSystem.OTHER, 4096, 0).total_bytes <= 1_900


def test_kinds_are_told_as_the_system_names_them() -> None:
    with Path("/proc/version").open() as file:
        assert filesystems.kind_of(file.fileno()) is FileSystem.OTHER
    named = {"ext4": FileSystem.EXT, "tmpfs": FileSystem.TMPFS, "xfs": FileSystem.XFS, "btrfs": FileSystem.BTRFS}
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, place, kind, _ = line.split(" ", 3)
        if kind in named and os.access(place, os.R_OK) and _is_top_mount(place, kind):
            try:
                descriptor = os.open(place, os.O_RDONLY)
            except FileNotFoundError:
                continue  # another program unmounted it, and removed its folder
            try:
                found = filesystems.kind_of(descriptor)
            finally:
                os.close(descriptor)
            assert found is named[kind] or not _is_top_mount(place, kind), place


def _is_top_mount(place: str, kind: str) -> bool:
    """Tell whether this is the last thing mounted there: an earlier one is hidden."""
    last = [line.split(" ")[2] for line in Path("/proc/self/mounts").read_text().splitlines() if f" {place} " in line]
    return last[-1:] == [kind]


def test_values_of_the_budgets_size_are_taken_here(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"content")
    descriptor = attributes.open_for_attributes(os.fsencode(file))
    try:
        attributes.write(descriptor, b"user.other", b"x" * 200)
        room = filesystems.record_budget(descriptor, attributes.taken_bytes(descriptor, b"user.vexgui."))
        for part in range(room.parts):
            attributes.write(descriptor, b"user.vexgui.%d" % part, b"x" * room.part_bytes)
            assert len(attributes.read(descriptor, b"user.vexgui.%d" % part) or b"") == room.part_bytes
    except AttributeRefused as refused:
        assert refused.reason is attributes.Refusal.NOT_SUPPORTED  # noqa: PT017 - such a place has nothing to prove
    finally:
        os.close(descriptor)


def test_a_closed_descriptor_is_an_os_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    os.close(writer)
    with pytest.raises(OSError, match="descriptor"):
        filesystems.kind_of(reader)
