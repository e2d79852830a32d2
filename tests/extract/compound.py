"""Compound files (MS-CFB) with old office documents in them, made by hand for the tests of their reader."""

import struct
from collections.abc import Mapping, Sequence

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_LEAST_BYTES = 4096
"""Shorter streams would lie in a stream of their own; these are filled up with zeros."""

Tree = Mapping[str, "bytes | Tree"]


def compound(tree: Tree) -> bytes:
    """Return a compound file; a name stands for a stream's bytes or for what is in a storage."""
    entries: list[list[object]] = []
    chains: list[bytes] = []
    _add("Root Entry", tree, entries, chains)
    entries[0][1] = _ROOT
    sectors = [len(chain) // _SECTOR for chain in chains]
    directory_sectors = -(-len(entries) * 128 // _SECTOR)
    used = directory_sectors + sum(sectors)
    fat_sectors = -(-used // (_SECTOR // 4 - 1))
    fat: list[int] = [_FAT] * fat_sectors
    starts = []
    for length in (directory_sectors, *sectors):
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + length), _END]
    fat += [_FREE] * (fat_sectors * _SECTOR // 4 - len(fat))
    directory = b"".join(_entry(entry, starts) for entry in entries).ljust(directory_sectors * _SECTOR, b"\0")
    difat = struct.pack("<109L", *range(fat_sectors), *[_FREE] * (109 - fat_sectors))
    head = struct.pack(
        "<8s16x5H6x9L",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, fat_sectors, starts[0], 0, _LEAST_BYTES, _END, 0, _END, 0,
    )  # fmt: skip
    return head + difat + struct.pack(f"<{len(fat)}L", *fat) + directory + b"".join(chains)


def _add(name: str, content: "bytes | Tree", entries: list[list[object]], chains: list[bytes]) -> int:
    """Add an entry of the directory, [name, kind, chain, bytes, child, right], and return its number."""
    number = len(entries)
    entry: list[object] = [name, _STORAGE, -1, 0, _FREE, _FREE]
    entries.append(entry)
    if isinstance(content, bytes):
        padded = content.ljust(max(_LEAST_BYTES, -(-len(content) // _SECTOR) * _SECTOR), b"\0")
        chains.append(padded)
        entry[1:4] = [_STREAM, len(chains), len(padded)]
        return number
    previous = None
    for child in sorted(content, key=lambda each: (len(each), each.upper())):
        added = _add(child, content[child], entries, chains)
        if previous is None:
            entry[4] = added
        else:
            entries[previous][5] = added
        previous = added
    return number


def _entry(entry: Sequence[object], starts: Sequence[int]) -> bytes:
    name, kind, chain, size, child, right = entry
    text = str(name).encode("utf-16-le") + b"\0\0"
    start = starts[chain] if isinstance(chain, int) and chain > 0 else _END
    return struct.pack("<64sHBB3L16xL16xLQ", text, len(text), kind, 1, _FREE, right, child, 0, start, size)


def doc(pieces: Sequence[str], *, flags: int = 0x1200) -> bytes:
    """Return a Word document whose text lies in pieces, the last one first, in turns of two bytes and of one."""
    main = bytearray(2048)
    struct.pack_into("<HH6xH", main, 0, 0xA5EC, 0xC1, flags)
    struct.pack_into("<LL", main, 24, 2048, 2048)
    places, starts = [0], []
    for number, piece in reversed(list(enumerate(pieces))):
        narrow = number % 2
        starts.append((len(main) * 2) | (1 << 30) if narrow else len(main))
        main += piece.encode("cp1252" if narrow else "utf-16-le")
    for piece in pieces:
        places.append(places[-1] + len(piece))
    table = struct.pack(f"<{len(places)}L", *places) + b"".join(struct.pack("<HLH", 0, at, 0) for at in starts[::-1])
    clx = b"\1\2\0ab" + b"\2" + struct.pack("<L", len(table)) + table
    struct.pack_into("<L", main, 76, places[-1])
    struct.pack_into("<LL", main, 0x01A2, 64, len(clx))
    return compound({"WordDocument": bytes(main), "1Table": bytes(64) + clx})


def ppt(slides: Sequence[str], master: str) -> bytes:
    """Return slides, their texts in two bytes and in one by turns, behind a master that has a text as well."""

    def record(kind: int, data: bytes, version: int = 0) -> bytes:
        return struct.pack("<HHL", version, kind, len(data)) + data

    texts = (
        record(0x0FA0, text.encode("utf-16-le")) if number % 2 else record(0x0FA8, text.encode("cp1252"))
        for number, text in enumerate(slides)
    )
    shown = b"".join(record(0x03EE, text, 0xF) for text in texts)
    kept = record(0x03F8, record(0x0FA8, master.encode("cp1252")), 0xF)
    return compound({"PowerPoint Document": kept + shown, "Current User": b""})


def xls(sheet: str, rows: Sequence[Sequence[str | float]]) -> bytes:
    """Return a workbook of one sheet (BIFF8)."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def cell(row: int, column: int, value: str | float) -> bytes:
        if isinstance(value, str):
            text = struct.pack("<HB", len(value), 0) + value.encode("latin-1")
            return record(0x0204, struct.pack("<HHH", row, column, 0) + text)
        return record(0x0203, struct.pack("<HHHd", row, column, 0, value))

    start = record(0x0809, struct.pack("<HHHHLL", 0x0600, 0x0005, 0, 1997, 0, 0x0600))
    at = len(start) + 4 + 8 + len(sheet) + 4
    name = struct.pack("<LHBB", at, 0, len(sheet), 0) + sheet.encode("latin-1")
    book = start + record(0x0085, name) + record(0x000A, b"")
    cells = b"".join(cell(row, column, value) for row, each in enumerate(rows) for column, value in enumerate(each))
    page = record(0x0809, struct.pack("<HHHHLL", 0x0600, 0x0010, 0, 1997, 0, 0x0600)) + cells + record(0x000A, b"")
    return compound({"Workbook": book + page})


def msg(subject: str, sender: str, body: str, attached: Sequence[str] = ()) -> bytes:
    """Return a message of Outlook's."""
    tree: dict[str, bytes | Tree] = {
        "__properties_version1.0": b"",
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_0C1A001E": sender.encode("cp1252"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
    }
    for number, name in enumerate(attached):
        tree[f"__attach_version1.0_#{number:08X}"] = {"__substg1.0_3707001F": name.encode("utf-16-le")}
    return compound(tree)
