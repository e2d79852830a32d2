"""Columns keep rows, grow by pages, and refuse files that are not what they should be."""

import errno
import os
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.store.builders import TEXT, vectors
from vexgui.core.errors import DiskFull, PermissionProblem, StoreDamaged, StoreTooNew
from vexgui.core.vectors import CodecName, SpaceId
from vexgui.store.codecs import codec_named, decoded
from vexgui.store.columns import Access, SpaceColumns, checksums, damaged
from vexgui.store.format import COLUMN_HEADER, PAGE_BYTES, Column

Open = Callable[..., SpaceColumns]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens columns in one folder, at first new ones, and closes them when the test is over."""
    held: list[SpaceColumns] = []

    def open_columns(
        space: SpaceId = TEXT.id,
        dim: int = TEXT.dim,
        codec: CodecName = CodecName.INT8,
        access: Access = Access.WRITE,
    ) -> SpaceColumns:
        chosen = access if held else Access.CREATE
        held.append(SpaceColumns(os.fsencode(tmp_path), space, dim, codec_named(codec), chosen))
        return held[-1]

    yield open_columns
    for columns in held:
        columns.close()


def slots(*numbers: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(numbers, np.int64)


def fill(columns: SpaceColumns, count: int, first_owner: int = 100) -> None:
    columns.reserve(count)
    rows = columns.codec.encode(vectors(count, columns.dim))
    columns.write(np.arange(count), rows, np.arange(first_owner, first_owner + count))
    columns.flush()


@pytest.mark.parametrize("codec", CodecName)
def test_rows_are_read_back_by_this_and_by_other_processes(opened: Open, codec: CodecName) -> None:
    fill(opened(codec=codec), 5)
    for columns in (opened(codec=codec), opened(codec=codec, access=Access.READ)):
        rows = columns.rows()
        assert rows.owner[:5].tolist() == [100, 101, 102, 103, 104]
        assert not rows.scale[5:].any()
        np.testing.assert_allclose(decoded(rows.codes[:5], rows.scale[:5]), vectors(5), atol=0.01)
        assert rows.at(slots(0, 4)).intact().all()


def test_rows_go_to_the_slots_that_were_named(opened: Open) -> None:
    columns = opened()
    columns.reserve(10)
    columns.write(slots(1, 2, 7), columns.codec.encode(vectors(3)), slots(11, 12, 17))
    assert np.flatnonzero(columns.rows().scale).tolist() == [1, 2, 7]
    assert columns.rows().owner[[1, 2, 7]].tolist() == [11, 12, 17]


def test_a_cleared_slot_counts_as_free(opened: Open) -> None:
    columns = opened()
    fill(columns, 3)
    columns.clear(slots(0, 2))
    assert np.flatnonzero(columns.rows().scale).tolist() == [1]


def test_files_begin_with_a_header_page_and_grow_by_whole_pages(opened: Open, tmp_path: Path) -> None:
    columns = opened()
    for column in Column:
        assert (tmp_path / column.name.lower()).stat().st_size == PAGE_BYTES
    columns.reserve(PAGE_BYTES // TEXT.dim + 1)
    for column in Column:
        assert (tmp_path / column.name.lower()).stat().st_size % PAGE_BYTES == 0
    assert (tmp_path / "codes").stat().st_size == 3 * PAGE_BYTES
    assert columns.capacity == min(2 * PAGE_BYTES // TEXT.dim, PAGE_BYTES // 8)


def test_growth_keeps_rows_and_the_views_that_are_held(opened: Open) -> None:
    columns = opened()
    fill(columns, 3)
    held = columns.rows()
    columns.reserve(columns.capacity * 3)
    np.testing.assert_array_equal(held.owner[:3], columns.rows().owner[:3])


def test_a_reader_sees_growth_when_it_looks_again(opened: Open) -> None:
    writer, reader = opened(), opened(access=Access.READ)
    fill(writer, 3)
    assert len(reader.rows().scale) == 0
    reader.refresh(3)
    assert reader.rows().owner[:3].tolist() == [100, 101, 102]


def test_only_the_owner_may_read_the_files(opened: Open, tmp_path: Path) -> None:
    opened()
    assert {os.stat(tmp_path / name).st_mode & 0o777 for name in os.listdir(tmp_path)} == {0o600}


@pytest.mark.parametrize("column", Column)
def test_every_flipped_bit_of_a_header_is_found(opened: Open, tmp_path: Path, column: Column) -> None:
    opened()
    path = tmp_path / column.name.lower()
    whole = path.read_bytes()
    for bit in range((COLUMN_HEADER.size + 4) * 8):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        with pytest.raises(StoreDamaged):
            opened()
    path.write_bytes(whole)


@pytest.mark.parametrize("size", [0, 1, 4, COLUMN_HEADER.size, COLUMN_HEADER.size + 3])
@pytest.mark.parametrize("access", Access)
def test_a_header_cut_short_is_damage(opened: Open, tmp_path: Path, size: int, access: Access) -> None:
    opened()
    os.truncate(tmp_path / "owner", size)
    with pytest.raises(StoreDamaged):
        opened(access=access)


@pytest.mark.parametrize("access", [Access.READ, Access.WRITE])
def test_a_missing_file_is_damage(opened: Open, tmp_path: Path, access: Access) -> None:
    opened()
    (tmp_path / "scale").unlink()
    with pytest.raises(StoreDamaged):
        opened(access=access)


def test_new_columns_never_overwrite_old_ones(opened: Open) -> None:
    fill(opened(), 3)
    with pytest.raises(StoreDamaged):
        opened(access=Access.CREATE)
    assert opened().rows().owner[:3].tolist() == [100, 101, 102]


@pytest.mark.parametrize(
    "other",
    [{"space": SpaceId("f" * 16)}, {"dim": TEXT.dim + 1}, {"codec": CodecName.FLOAT16}],
    ids=["space", "dim", "codec"],
)
def test_columns_of_something_else_are_refused(opened: Open, other: dict[str, object]) -> None:
    opened()
    with pytest.raises(StoreDamaged):
        opened(**other)


def test_a_column_in_anothers_place_is_refused(opened: Open, tmp_path: Path) -> None:
    opened()
    (tmp_path / "scale").write_bytes((tmp_path / "checksum").read_bytes())
    with pytest.raises(StoreDamaged):
        opened()


def test_a_newer_version_is_named(opened: Open, tmp_path: Path) -> None:
    opened()
    path = tmp_path / "codes"
    content = bytearray(path.read_bytes())
    struct.pack_into("<H", content, 4, 2)
    struct.pack_into("<I", content, COLUMN_HEADER.size, zlib.crc32(content[: COLUMN_HEADER.size]))
    path.write_bytes(content)
    with pytest.raises(StoreTooNew):
        opened()


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (errno.EACCES, PermissionProblem),
        (errno.EPERM, PermissionProblem),
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EIO, StoreDamaged),
    ],
)
def test_why_a_file_cannot_be_opened_is_told(
    opened: Open, monkeypatch: pytest.MonkeyPatch, number: int, problem: type[Exception]
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    opened()
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        with pytest.raises(problem):
            opened()


def test_a_disk_that_does_not_take_what_was_written_is_damage(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.EIO, "input/output error")

    columns = opened()
    monkeypatch.setattr(os, "fdatasync", refuse)
    with pytest.raises(StoreDamaged):
        columns.flush()


@pytest.mark.parametrize("codec", CodecName)
def test_a_checksum_covers_codes_scale_and_owner_as_they_lie_on_disk(codec: CodecName) -> None:
    encoded = codec_named(codec).encode(vectors(3))
    owners = slots(1, -2, 2**62)
    expected = [
        zlib.crc32(encoded.codes[row].tobytes() + struct.pack("<fq", encoded.scale[row], owners[row]))
        for row in range(3)
    ]
    assert checksums(encoded.codes, encoded.scale, owners).tolist() == expected


def test_checksums_of_many_rows_are_those_of_each() -> None:
    encoded = codec_named(CodecName.INT8).encode(vectors(40_000, 4))
    owners = np.arange(40_000)
    together = checksums(encoded.codes, encoded.scale, owners)
    for row in (0, 16_383, 16_384, 39_999):
        one = slice(row, row + 1)
        assert checksums(encoded.codes[one], encoded.scale[one], owners[one])[0] == together[row]


def test_rows_that_are_missing_or_another_passages_are_damaged(opened: Open) -> None:
    columns = opened()
    fill(columns, 4)
    rows = columns.rows()
    assert damaged(rows, slots(0, 1, 2, 3), slots(100, 101, 102, 103)).tolist() == []
    assert damaged(rows, slots(0, 1, 10**9), slots(100, 999, 5)).tolist() == [1, 10**9]


def test_copied_rows_are_the_same_rows(opened: Open, tmp_path: Path) -> None:
    columns = opened()
    fill(columns, 6)
    folder = tmp_path / "packed"
    folder.mkdir()
    packed = SpaceColumns(os.fsencode(folder), TEXT.id, TEXT.dim, columns.codec, Access.CREATE)
    try:
        packed.reserve(2)
        packed.copy(columns.rows(), slots(1, 5))
        assert packed.rows().owner[:2].tolist() == [101, 105]
        assert packed.rows().at(slots(0, 1)).intact().all()
    finally:
        packed.close()
