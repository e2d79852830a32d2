"""docs/FORMAT.md says what vexgui/store/format.py does, table for table."""

import fcntl
import os
import re
import shutil
import sqlite3
import struct
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.store.builders import TEXT, OpenStore, a_file, vectors
from vexgui.core.reports import RecordPlace
from vexgui.core.settings import Settings
from vexgui.core.vectors import CodecName, SpaceId
from vexgui.store import format as layout
from vexgui.store import spaces
from vexgui.store.buddy import SlotAllocator
from vexgui.store.catalog import Catalog, catalog, edits
from vexgui.store.catalog.schema import TABLES, open_catalog
from vexgui.store.codecs import codec_named
from vexgui.store.columns import Access, Rows, SpaceColumns, row_bytes
from vexgui.store.record import Fingerprint, Record, Section, pack_record
from vexgui.store.rows import Event
from vexgui.system import fingerprint
from vexgui.system.filesystems import Budget, FileSystem, budget

DOCUMENT = (Path(__file__).parents[2] / "docs" / "FORMAT.md").read_text()
DIM = 512
INT8 = codec_named(CodecName.INT8)

TYPES = {"B": "u8", "H": "u16", "I": "u32", "Q": "u64", "q": "i64", "s": "bytes", "x": "zero", "f": "f32"}
COLUMN_CRC = layout.COLUMN_CRC.format.removeprefix("<")
STRUCTS = {
    "Record header": layout.RECORD_HEADER.format,
    "Record section": layout.RECORD_SECTION.format,
    "Record trailer": layout.RECORD_TRAILER.format,
    "Record header of version 1": layout.RECORD_HEADER_1.format,
    "Record section of version 1": layout.RECORD_SECTION_1.format,
    "Basis": layout.BASIS_HEADER.format,
    "Column header": layout.COLUMN_HEADER.format + COLUMN_CRC,
    "Column header of version 1": layout.COLUMN_HEADER_1.format + COLUMN_CRC,
    "Page sums": layout.SUMS_HEADER.format,
    "Seal": layout.SEAL_TRAILER.format,
    "Graph label": layout.GRAPH_LABEL.format,
}
MAGICS = {
    "Record header": (layout.RECORD_MAGIC, layout.RECORD_VERSION),
    "Record header of version 1": (layout.RECORD_MAGIC, 1),
    "Basis": (layout.BASIS_MAGIC, layout.BASIS_VERSION),
    "Column header": (layout.COLUMN_MAGIC, layout.COLUMN_VERSION),
    "Column header of version 1": (layout.COLUMN_MAGIC, 1),
    "Page sums": (layout.SUMS_MAGIC, layout.SUMS_VERSION),
    "Seal": (layout.SEAL_MAGIC, layout.SEAL_VERSION),
    "Graph label": (layout.GRAPH_MAGIC, layout.GRAPH_VERSION),
}


def section(heading: str) -> str:
    """Return what stands under a heading, up to the next one."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", DOCUMENT, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def table(first: str, text: str = DOCUMENT) -> list[list[str]]:
    """Return the rows of the table whose first column has a title."""
    found = re.search(rf"^\| {first} \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert found, first
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in found[1].splitlines()]


def in_code(cell: str) -> list[str]:
    return re.findall(r"`([^`]*)`", cell)


def value_of(cell: str) -> str:
    return ", ".join(in_code(cell)) or cell


def written_as(value: bytes | int) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def type_of(element: np.dtype[np.generic]) -> str:
    return f"{element.kind}{element.itemsize * 8}"


def some_columns(folder: Path) -> Rows:
    """Return the rows of new columns of a space of 512 dimensions in int8, with room for at least one."""
    folder.mkdir()
    space = SpaceId("0123456789abcdef")
    with closing(SpaceColumns(os.fsencode(folder), space, 1, DIM, INT8, Access.CREATE)) as columns:
        columns.reserve(1)
        return columns.rows()


@pytest.mark.parametrize("heading", STRUCTS)
def test_a_layout_is_the_one_that_is_written(heading: str) -> None:
    expected: list[tuple[int, int, str]] = []
    offset = 0
    for run in re.findall(r"\d*[a-wyz]|\d+x|x+", STRUCTS[heading], re.IGNORECASE):
        size = struct.calcsize(f"<{run}")
        expected.append((offset, size, TYPES[run[-1]]))
        offset += size
    rows = table("Offset", section(heading))
    assert [(int(row[0]), int(row[1]), row[2]) for row in rows] == expected
    assert offset == struct.calcsize(STRUCTS[heading])


@pytest.mark.parametrize("heading", MAGICS)
def test_a_layout_names_its_magic_and_version(heading: str) -> None:
    rows = {row[3]: row[4] for row in table("Offset", section(heading))}
    magic, version = MAGICS[heading]
    assert rows["magic"] == f"`{magic.decode()}`"
    assert rows["version"] == str(version)


def test_every_version_stands_among_those_that_are_read() -> None:
    told = {(what, row[1]) for row in table("What") for what in re.split(", | and ", row[0])}
    assert told == {
        ("record", "1"),
        ("record", str(layout.RECORD_VERSION)),
        ("columns", "1"),
        ("columns", str(layout.COLUMN_VERSION)),
        ("catalog", "1"),
        ("catalog", "2"),
        ("catalog", str(layout.CATALOG_VERSION)),
        ("basis", str(layout.BASIS_VERSION)),
        ("page sums", str(layout.SUMS_VERSION)),
        ("seals", str(layout.SEAL_VERSION)),
        ("graph labels", str(layout.GRAPH_VERSION)),
    }


def test_the_golden_files_that_are_named_are_those_there_are() -> None:
    golden = Path(__file__).parent / "golden"
    named = {name.rstrip("/") for row in table("What") for name in in_code(row[4])}
    assert named == {entry.name for entry in golden.iterdir() if entry.name != "README.md"}


def test_the_picture_of_a_record_gives_its_sizes() -> None:
    sizes = re.search(r"\|\s+(\d+)\s+\|\s+(\d+)\s+\|  4 × n   \| 4 × n \|\s+\|\s+\|\s+(\d+)\s+\|", DOCUMENT)
    assert sizes
    expected = (layout.RECORD_HEADER.size, layout.RECORD_SECTION.size, layout.RECORD_TRAILER.size)
    assert tuple(map(int, sizes.groups())) == expected


def test_a_vector_takes_the_bytes_that_are_told() -> None:
    codes = INT8.pack(INT8.encode(np.eye(1, DIM, dtype=np.float32)))
    one = Section(SpaceId("0123456789abcdef"), INT8, DIM, 1, np.zeros(1, np.uint32), codes)
    record = pack_record(Record(1, 1, 1, Fingerprint(1, 1, bytes(16)), (one,)), bytes(32))
    assert f"vector of {DIM} components in int8 makes {len(record)} bytes" in section("The record")
    assert f"\n{row_bytes(INT8, DIM)} bytes a vector." in section("Columns")


def test_every_number_in_the_code_is_in_the_document_and_the_same() -> None:
    told = {in_code(name)[0]: value_of(value) for name, value in table("Constant")}
    written = {
        name: ", ".join(map(written_as, value)) if isinstance(value, tuple) else written_as(value)
        for name, value in vars(layout).items()
        if name.isupper() and isinstance(value, bytes | int | tuple)
    }
    assert told == written


def test_codecs_kinds_and_columns_have_their_numbers() -> None:
    for title, numbers in (
        ("Codec", layout.CodecCode),
        ("Kind of file", layout.KindCode),
        ("Column", layout.Column),
    ):
        assert {in_code(row[0])[0]: int(row[1]) for row in table(title)} == {code.name: code for code in numbers}


def test_rows_have_the_types_and_widths_that_are_told(tmp_path: Path) -> None:
    rows = some_columns(tmp_path / "columns")
    for name, number, row, told_bytes in table("Column"):
        part = rows.column(layout.Column(int(number)))
        assert part[:1].nbytes == int(told_bytes), name
        assert in_code(row)[:1] in ([type_of(part.dtype)], []), name
    without_type = [name for name, _, row, _ in table("Column") if not in_code(row)]
    assert without_type == ["`CODES`"]


def test_a_store_consists_of_the_files_that_are_told(folder: bytes, open_store: OpenStore) -> None:
    store = open_store()
    store.ensure_space(TEXT)
    store.commit([a_file(b"/a")])
    drawn = section("Where things lie")
    names = sorted(map(os.fsdecode, os.listdir(folder)))
    assert names == sorted([f"{TEXT.id}.1", "catalog.db", "catalog.db-shm", "catalog.db-wal", "catalog.sums", "pins"])
    assert all(name in drawn for name in names[1:])
    columns = re.search(r"^      (codes .*)$", drawn, re.MULTILINE)
    assert columns
    assert sorted(columns[1].split()) == sorted(os.listdir(os.fsdecode(folder) + f"/{TEXT.id}.1"))


def test_the_owner_has_locked_the_byte_that_is_told(folder: bytes, open_store: OpenStore) -> None:
    told = re.search(r"exclusive lock on byte 2⁶² of `pins`", DOCUMENT)
    assert told
    open_store()
    descriptor = os.open(folder + b"/pins", os.O_RDONLY)
    try:
        asked = struct.pack("@hhqqi0q", fcntl.F_RDLCK, os.SEEK_SET, 0, 0, 0)
        kind, _, first, count, _ = struct.unpack("@hhqqi0q", fcntl.fcntl(descriptor, fcntl.F_OFD_GETLK, asked))
    finally:
        os.close(descriptor)
    assert (kind, first, count) == (fcntl.F_WRLCK, 1 << 62, 1)


def test_the_catalog_has_the_tables_and_columns_that_are_told() -> None:
    db = sqlite3.connect(":memory:")
    db.executescript(TABLES)
    told = {in_code(name)[0]: in_code(columns) for name, columns, _ in table("Table")}
    for name, columns in told.items():
        assert [row[1] for row in db.execute(f"PRAGMA table_info({name})")] == columns
    made = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {name for name in made if not re.match("(words|names)_", name)} == set(told)
    db.close()


def test_every_event_and_every_place_of_a_record_is_told() -> None:
    assert [in_code(event)[0] for event, _ in table("Event")] == [event.value for event in Event]
    assert {in_code(said)[0] for said, *_ in table("Said")} == {place.value for place in RecordPlace}


def test_columns_grow_by_pages_of_the_sizes_that_may_be_set() -> None:
    assert Settings().page_bytes == layout.PAGE_BYTES
    *others, usual = layout.PAGE_CHOICES
    told = re.search(r"The page is (\d+) bytes, or (\d+), (\d+) or (\d+)", section("Columns"))
    assert told
    assert tuple(map(int, told.groups())) == (usual, *others)


def test_a_record_gets_the_room_that_is_told() -> None:
    told = {row[0]: Budget(int(row[1].split()[0]), int(row[2])) for row in table("File system")}
    sizes = {"ext with blocks of": FileSystem.EXT, "btrfs with nodes of": FileSystem.BTRFS}
    for name in [name for name in told if name[-1].isdigit()]:
        kind, _, block = name.rpartition(" ")
        assert told.pop(name) == budget(sizes[kind], int(block), 0), name
    assert budget(FileSystem.EXT, 4096, 1000).part_bytes == budget(FileSystem.EXT, 4096, 0).part_bytes - 1000
    rest = told.pop("any other")
    for kind in set(FileSystem) - set(sizes.values()):
        assert told.pop(kind.value, rest) == budget(kind, 0, 0), kind
    assert told == {}


def test_the_content_hash_is_over_what_is_told() -> None:
    whole, sampled = table("Content", section("The content hash"))
    assert whole[0] == f"up to {fingerprint.WHOLE_BELOW_BYTES} bytes"
    numbers = list(map(int, re.findall(r"\b\d{2,}\b", sampled[1].replace("`u64`", ""))))
    edge, block = fingerprint.EDGE_BYTES, fingerprint.SAMPLE_BYTES
    assert numbers == [edge, fingerprint.SAMPLES, block, edge]
    assert "`vexgui-sampled`" in sampled[1]
    size = 100_000_001
    begins = [edge + (size - 2 * edge - block) * k // 63 for k in range(64)]
    assert fingerprint.sampled_ranges(size) == [(0, edge), *((begin, block) for begin in begins), (size - edge, edge)]


STEPS: dict[str, Sequence[Sequence[str]]] = {
    "A change": (
        ("BEGIN IMMEDIATE", "erase", "undead"),
        ("put_files", "delete_extents"),
        ("reserve",),
        ("write",),
        ("flush",),
        ("insert_extents", "set_epoch"),
        ("COMMIT",),
        ("free_all", "relieve"),
    ),
    "Compaction": (
        ("reserve", "write"),
        ("flush", "flush_folder"),
        ("renumber", "set_epoch"),
        ("rmtree",),
        ("VACUUM",),
    ),
}
"""What is called in each step."""


@pytest.mark.parametrize("heading", STEPS)
def test_the_steps_come_in_the_order_that_is_told(
    heading: str, folder: bytes, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []

    def told(owner: Any, name: str) -> None:
        function = getattr(owner, name)

        def calling(*args: Any, **kwargs: Any) -> Any:
            called.append(name)
            return function(*args, **kwargs)

        monkeypatch.setattr(owner, name, calling)

    def open_told(path: bytes, *, writable: bool) -> sqlite3.Connection:
        connection = open_catalog(path, writable=writable)
        if writable:
            connection.set_trace_callback(called.append)
        return connection

    monkeypatch.setattr(catalog, "open_catalog", open_told)
    for owner, names in (
        (SpaceColumns, ("reserve", "write", "erase", "flush")),
        (edits, ("undead", "put_files", "delete_extents", "insert_extents", "set_epoch", "renumber")),
        (SlotAllocator, ("free_all",)),
        (Catalog, ("relieve",)),
        (spaces, ("flush_folder",)),
        (shutil, ("rmtree",)),
    ):
        for name in names:
            told(owner, name)
    store = open_store()
    store.ensure_space(TEXT)
    store.commit([a_file(b"/a", vectors(5)), a_file(b"/b")])
    store.commit([a_file(b"/a")])  # leaves dead slots, which the next change erases
    called.clear()
    if heading == "A change":
        store.commit([a_file(b"/b", vectors(5000))])
    else:
        store.compact()
    steps = STEPS[heading]
    assert [row[0] for row in table("Step", section(heading))] == [str(number) for number in range(1, 1 + len(steps))]
    numbers = {name: number for number, names in enumerate(steps, 1) for name in names}
    made = [(numbers[name], name) for name in called if name in numbers]
    made = made[: 1 + max(place for place, (number, _) in enumerate(made) if number == len(steps))]
    if heading == "Compaction":  # the folder it writes to is removed first, should there be one
        made = made[made.index((1, "reserve")) :]
    assert [number for number, _ in made] == sorted(number for number, _ in made), made
    assert {name for _, name in made} == set(numbers)
