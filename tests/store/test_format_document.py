"""docs/FORMAT.md says what vexgui/store/format.py does, table for table."""

import re
import sqlite3
import struct
from pathlib import Path

import pytest

from tests.store.crashing import STEPS
from vexgui.store import format as layout
from vexgui.store.catalog.schema import TABLES
from vexgui.system import fingerprint
from vexgui.system.filesystems import FileSystem, budget

DOCUMENT = (Path(__file__).parents[2] / "docs" / "FORMAT.md").read_text()

TYPES = {"B": "u8", "H": "u16", "I": "u32", "Q": "u64", "q": "i64", "s": "bytes", "x": "zero", "f": "f32"}
STRUCTS = {
    "Record header": layout.RECORD_HEADER.format,
    "Record section": layout.RECORD_SECTION.format,
    "Record trailer": layout.RECORD_TRAILER.format,
    "Basis": layout.BASIS_HEADER.format,
    "Column header": layout.COLUMN_HEADER.format + layout.COLUMN_CRC.format.removeprefix("<"),
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
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in found[1].splitlines()]


def in_code(cell: str) -> list[str]:
    return re.findall(r"`([^`]*)`", cell)


@pytest.mark.parametrize("heading", STRUCTS)
def test_a_layout_is_the_one_that_is_written(heading: str) -> None:
    expected: list[tuple[int, int, str]] = []
    offset = 0
    for count, kind in re.findall(r"(\d*)([a-zA-Z])", STRUCTS[heading]):
        size = struct.calcsize(f"<{count}{kind}")
        expected.append((offset, size, TYPES[kind]))
        offset += size
    rows = table("Offset", section(heading))
    assert [(int(row[0]), int(row[1]), row[2]) for row in rows] == expected
    assert offset == struct.calcsize(STRUCTS[heading])


@pytest.mark.parametrize(("heading", "magic"), [("Record header", "VexR"), ("Column header", "VexC"), ("Basis", "VexB")])
def test_a_layout_names_its_magic_and_version(heading: str, magic: str) -> None:
    rows = {row[3]: row[4] for row in table("Offset", section(heading))}
    assert rows["magic"] == f"`{magic}`"
    assert rows["version"] == "1"


def test_the_picture_of_a_record_gives_its_sizes() -> None:
    sizes = re.search(r"\|\s+(\d+)\s+\|\s+(\d+)\s+\|  4 × n   \| 4 × n \| n×dim \|\s+\|\s+(\d+)\s+\|", DOCUMENT)
    assert sizes
    expected = (layout.RECORD_HEADER.size, layout.RECORD_SECTION.size, layout.RECORD_TRAILER.size)
    assert tuple(map(int, sizes.groups())) == expected


def test_every_number_in_the_code_is_in_the_document_and_the_same() -> None:
    told = {in_code(name)[0]: (in_code(value) or [value])[0] for name, value in table("Constant")}
    written = {
        name: value.decode() if isinstance(value, bytes) else str(value)
        for name, value in vars(layout).items()
        if name.isupper() and isinstance(value, bytes | int)
    }
    assert told == written


def test_codecs_and_columns_have_their_numbers() -> None:
    assert {in_code(row[0])[0]: int(row[1]) for row in table("Codec")} == {code.name: code for code in layout.CodecCode}
    assert {in_code(row[0])[0]: int(row[1]) for row in table("Column")} == {
        column.name: column for column in layout.Column
    }


def test_the_types_of_rows_are_those_that_are_written() -> None:
    told = {in_code(row[0])[0]: in_code(row[2]) for row in table("Column")}
    assert (layout.SCALE_TYPE.str, layout.OWNER_TYPE.str) == ("<f4", "<i8")
    assert (layout.CHECKSUM_TYPE.str, layout.ORDINAL_TYPE.str) == ("<u4", "<u4")
    assert (told["SCALE"], told["OWNER"], told["CHECKSUM"]) == (["f32"], ["i64"], ["u32"])


def test_the_catalog_has_the_tables_and_columns_that_are_told() -> None:
    db = sqlite3.connect(":memory:")
    db.executescript(TABLES)
    told = {in_code(name)[0]: in_code(columns) for name, columns, _ in table("Table")}
    for name, columns in told.items():
        assert [row[1] for row in db.execute(f"PRAGMA table_info({name})")] == columns
    made = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {name for name in made if not re.match("(words|names)_", name)} == set(told)
    db.close()


def test_a_record_gets_the_room_that_is_told() -> None:
    told = {row[0]: int(row[1].split()[0]) for row in table("File system")}
    kinds = {name: size for names, size in told.items() for name in names.split(", ")}
    assert kinds.pop("ext with blocks of 4096") == budget(FileSystem.EXT, 4096, 0)
    assert kinds.pop("ext with blocks of 1024") == budget(FileSystem.EXT, 1024, 0)
    assert budget(FileSystem.EXT, 4096, 1000) == budget(FileSystem.EXT, 4096, 0) - 1000
    rest = kinds.pop("any other")
    for kind in set(FileSystem) - {FileSystem.EXT}:
        assert kinds.pop(kind.value, rest) == budget(kind, 0, 0), kind
    assert kinds == {}


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


@pytest.mark.parametrize(("heading", "change"), [("A commit", "commit"), ("Compaction", "compact")])
def test_every_step_is_crashed_after_in_a_test(heading: str, change: str) -> None:
    assert {row[0] for row in table("Step", section(heading))} == {step.split()[0] for step in STEPS[change]}
