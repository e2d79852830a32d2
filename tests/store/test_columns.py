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
from vexgui.core.files import Kind
from vexgui.core.vectors import CodecName, SpaceId
from vexgui.store.codecs import codec_named
from vexgui.store.columns import Access, Rows, SpaceColumns
from vexgui.store.columns.rows import blank, checksums, made_rows, stamped
from vexgui.store.format import COLUMN_HEADER, PAGE_BYTES, PAGE_CHOICES, Column
from vexgui.store.rows import Stamp

Open = Callable[..., SpaceColumns]
COLUMN_CODECS = [name for name in CodecName if name is not CodecName.PRINCIPAL and codec_named(name).in_columns]
FIELDS = Stamp(Kind.CODE, 7, 2**40, -5)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens columns in one folder, at first new ones, and closes them when the test is over."""
    held: list[SpaceColumns] = []

    def open_columns(
        space: SpaceId = TEXT.id,
        dim: int = TEXT.dim,
        codec: CodecName = CodecName.INT8,
        access: Access = Access.WRITE,
        generation: int = 1,
        page_bytes: int = PAGE_BYTES,
    ) -> SpaceColumns:
        chosen = access if held else Access.CREATE
        held.append(SpaceColumns(os.fsencode(tmp_path), space, generation, dim, codec_named(codec), chosen, page_bytes))
        return held[-1]

    yield open_columns
    for columns in held:
        columns.close()


def slots(*numbers: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(numbers, np.int64)


def rows_of(columns: SpaceColumns, owners: np.ndarray, seed: int = 0) -> Rows:
    rows = vectors(len(owners), columns.dim, seed)
    return made_rows(columns.codec, rows, owners.astype(np.int64), [(FIELDS, len(owners))], born=3)


def fill(columns: SpaceColumns, count: int, first_owner: int = 100) -> None:
    columns.reserve(count)
    columns.write(np.arange(count), rows_of(columns, np.arange(first_owner, first_owner + count)))
    columns.flush()


@pytest.mark.parametrize("codec", COLUMN_CODECS)
def test_rows_are_read_back_by_this_and_by_other_processes(opened: Open, codec: CodecName) -> None:
    fill(opened(codec=codec), 5)
    for columns in (opened(codec=codec), opened(codec=codec, access=Access.READ)):
        rows = columns.rows()
        assert rows.owner[:5].tolist() == [100, 101, 102, 103, 104]
        assert rows.born.tolist() == [3] * 5 + [0] * (len(rows) - 5)
        for column, value in ((rows.kind, 4), (rows.root, 7), (rows.size, 2**40), (rows.mtime, -5)):
            assert column[:5].tolist() == [value] * 5
        expected = columns.codec.encode(vectors(5))
        np.testing.assert_array_equal(rows.codes[:5], expected.codes)
        np.testing.assert_array_equal(np.unpackbits(rows.signs[:5], axis=1), vectors(5) > 0)
        assert rows.at(slots(0, 4)).intact().all()


def test_rows_go_to_the_slots_that_were_named_in_any_order(opened: Open) -> None:
    columns = opened()
    columns.reserve(10)
    columns.write(slots(7, 1, 2), rows_of(columns, slots(17, 11, 12)))
    assert np.flatnonzero(columns.rows().born).tolist() == [1, 2, 7]
    assert columns.rows().owner[[1, 2, 7]].tolist() == [11, 12, 17]
    assert columns.rows().at(slots(1, 2, 7)).intact().all()


def test_an_erased_slot_is_zero_in_every_column(opened: Open) -> None:
    columns = opened()
    fill(columns, 300)
    columns.erase([(0, 1), (2, 250)])
    assert np.flatnonzero(~blank(columns.rows())).tolist() == [1, *range(252, 300)]


@pytest.mark.parametrize("page_bytes", PAGE_CHOICES)
def test_pages_may_be_of_several_sizes_and_a_file_says_of_which(opened: Open, tmp_path: Path, page_bytes: int) -> None:
    fill(opened(page_bytes=page_bytes), 2000)
    for column in Column:
        assert (tmp_path / column.name.lower()).stat().st_size % page_bytes == 0
    columns = opened(page_bytes=PAGE_BYTES)
    assert columns.rows().owner[1999] == 2099
    columns.reserve(columns.capacity + 1)
    assert (tmp_path / "codes").stat().st_size % page_bytes == 0
    assert columns.problems() == []


def test_files_begin_with_a_header_page_and_grow_by_whole_pages(opened: Open, tmp_path: Path) -> None:
    columns = opened()
    for column in Column:
        assert (tmp_path / column.name.lower()).stat().st_size == PAGE_BYTES
    columns.reserve(PAGE_BYTES // TEXT.dim + 1)
    for column in Column:
        assert (tmp_path / column.name.lower()).stat().st_size % PAGE_BYTES == 0
    assert (tmp_path / "codes").stat().st_size == 3 * PAGE_BYTES
    assert columns.capacity == PAGE_BYTES // 8


def test_growth_keeps_rows_and_the_views_that_are_held(opened: Open) -> None:
    columns = opened()
    fill(columns, 3)
    held = columns.rows()
    columns.reserve(columns.capacity * 3)
    np.testing.assert_array_equal(held.owner[:3], columns.rows().owner[:3])


def test_a_reader_sees_growth_when_it_looks_again(opened: Open) -> None:
    writer, reader = opened(), opened(access=Access.READ)
    fill(writer, 3)
    assert len(reader.rows()) == 0
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
    [{"space": SpaceId("f" * 16)}, {"dim": TEXT.dim + 1}, {"codec": CodecName.FLOAT16}, {"generation": 2}],
    ids=["space", "dim", "codec", "generation"],
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
    struct.pack_into("<H", content, 4, 3)
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
    fill(columns, 1)
    columns.write(slots(0), rows_of(columns, slots(1)))
    monkeypatch.setattr(os, "fdatasync", refuse)
    with pytest.raises(StoreDamaged):
        columns.flush()


@pytest.mark.parametrize("column", Column)
def test_every_flipped_bit_outside_the_rows_is_found(opened: Open, tmp_path: Path, column: Column) -> None:
    columns = opened(dim=12, page_bytes=4096)
    fill(columns, 5)
    assert columns.problems() == []
    path = tmp_path / column.name.lower()
    content = path.read_bytes()
    rows_end = 4096 + len(columns._files[column].rows) * columns._files[column]._shape.row_bytes
    with open(path, "r+b") as file:
        for offset in (*range(60), 4095, *range(rows_end, len(content))):
            for bit in range(8):
                os.pwrite(file.fileno(), bytes([content[offset] ^ 1 << bit]), offset)
                assert len(columns.problems()) == 1
            os.pwrite(file.fileno(), content[offset : offset + 1], offset)


def test_a_column_cut_short_is_found(opened: Open, tmp_path: Path) -> None:
    columns = opened()
    fill(columns, 5000)
    os.truncate(tmp_path / "owner", PAGE_BYTES + 8 * 4000 + 3)
    with pytest.raises(StoreDamaged):
        columns.refresh(5000)
    assert "cut short" in " ".join(columns.problems())


@pytest.mark.parametrize("codec", COLUMN_CODECS)
def test_a_checksum_covers_all_other_columns_as_they_lie_on_disk(codec: CodecName) -> None:
    rows = made_rows(codec_named(codec), vectors(3), slots(1, -2, 2**62), [(FIELDS, 3)], born=9)
    expected = [
        zlib.crc32(
            rows.codes[row].tobytes()
            + struct.pack("<fq", rows.scale[row], rows.owner[row])
            + rows.signs[row].tobytes()
            + struct.pack("<IBHqq", 9, 4, 7, 2**40, -5)
        )
        for row in range(3)
    ]
    assert rows.checksum.tolist() == expected


def test_checksums_of_many_rows_are_those_of_each() -> None:
    rows = made_rows(codec_named(CodecName.INT8), vectors(40_000, 4), np.arange(40_000), [(FIELDS, 40_000)], born=1)
    for row in (0, 16_383, 16_384, 39_999):
        assert checksums(rows.at(slice(row, row + 1)))[0] == rows.checksum[row]


def test_stamping_changes_the_fields_and_keeps_damage_known() -> None:
    rows = made_rows(codec_named(CodecName.INT8), vectors(3), slots(1, 2, 3), [(FIELDS, 3)], born=1)
    rows.codes[1, 0] ^= 1
    new = stamped(rows, Stamp(Kind.IMAGE, 2, 10, 20), born=5)
    assert new.intact().tolist() == [True, False, True]
    assert (new.born[0], new.kind[0], new.root[0], new.size[0], new.mtime[0]) == (5, 1, 2, 10, 20)
    np.testing.assert_array_equal(new.codes, rows.codes)
