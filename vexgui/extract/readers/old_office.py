"""Office documents from before 2007, and messages saved by Outlook: streams in a compound file (MS-CFB)."""

import struct
from collections.abc import Iterator
from io import StringIO
from typing import BinaryIO

import olefile
import xlrd

from vexgui.core.files import FileFacts
from vexgui.core.told import told
from vexgui.extract.contents import Contents, Section, Unreadable, clean, one_line
from vexgui.extract.passages import MAX_PASSAGES, PROSE_CHARS
from vexgui.extract.readers.word_text import word_text

_MAX_STREAM_BYTES = 64 << 20
_ENOUGH_CHARS = MAX_PASSAGES * PROSE_CHARS
_LOCKED = ("EncryptedPackage", "EncryptedSummary", "EncryptionInfo")
_MAX_ROWS = 20_000
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    TypeError,
    ValueError,
    struct.error,
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
)
"""What olefile and xlrd raise on files that break the rules."""

# MS-PPT 2.13.24: records whose parts are records, which of those are no slide's, and those of text.
_CONTAINER = 0xF
_MASTERS = (0x03F8, 0x0FC9, 0x0FF3)
_WIDE_TEXT, _NARROW_TEXT = 0x0FA0, 0x0FA8
_RECORD_HEAD_BYTES = 8

# MS-OXMSG 2.4: the streams of a message, before the suffix that tells their encoding.
_SUBJECT, _SENDER, _ADDRESS, _BODY = (f"__substg1.0_{tag}" for tag in ("0037", "0C1A", "0C1F", "1000"))
_ATTACHED = ("__substg1.0_3707", "__substg1.0_3704")


def read_old_office(file: BinaryIO) -> Contents:
    """Read a text document, a spreadsheet, slides or a message.

    Raises:
        Unreadable: It is encrypted or damaged.
    """
    if not olefile.isOleFile(file):
        raise Unreadable("The document is damaged.")
    try:
        with olefile.OleFileIO(file) as compound:
            return _read(compound, file)
    except _BROKEN as error:
        raise Unreadable("The document is damaged.") from error


def _read(compound: "olefile.OleFileIO", file: BinaryIO) -> Contents:
    if any(compound.exists(name) for name in _LOCKED):
        raise Unreadable("The document is encrypted.")
    if compound.exists("WordDocument"):
        main = _stream(compound, "WordDocument")
        tables = {name: _stream(compound, name) for name in ("0Table", "1Table") if compound.exists(name)}
        return Contents(_facts(compound), (Section(word_text(main, tables)[:_ENOUGH_CHARS], ""),))
    if compound.exists("Workbook") or compound.exists("Book"):
        return Contents(_facts(compound), tuple(_sheets(file)))
    if compound.exists("PowerPoint Document"):
        return Contents(_facts(compound), (Section(_slides(_stream(compound, "PowerPoint Document")), ""),))
    if compound.exists("__properties_version1.0"):
        return _message(compound)
    return Contents()


def _stream(compound: "olefile.OleFileIO", name: str) -> bytes:
    data: bytes = compound.openstream(name).read(_MAX_STREAM_BYTES)
    return data


def _facts(compound: "olefile.OleFileIO") -> FileFacts:
    said = compound.get_metadata()
    created = said.create_time
    return FileFacts(
        title=one_line(_words(said.title, said.codepage), 300),
        author=one_line(_words(said.author, said.codepage), 200),
        caption=one_line(_words(said.subject, said.codepage)),
        created=created.isoformat(timespec="seconds") if created else None,
    )


def _words(value: object, code_page: object) -> str:
    if not isinstance(value, bytes):
        return ""
    number = int(str(code_page or 1252)) & 0xFFFF  # olefile takes it for a number with a sign
    encoding = {65001: "utf-8", 1200: "utf-16-le"}.get(number, f"cp{number}")
    try:
        return value.decode(encoding, "replace")
    except LookupError:
        return value.decode("cp1252", "replace")


def _sheets(file: BinaryIO) -> Iterator[Section]:
    file.seek(0)
    book = xlrd.open_workbook(file_contents=file.read(_MAX_STREAM_BYTES), on_demand=True, logfile=StringIO())
    for sheet in map(book.sheet_by_index, range(min(book.nsheets, MAX_PASSAGES))):
        rows = (sheet.row_values(number) for number in range(min(sheet.nrows, _MAX_ROWS)))
        lines = (" ".join(filter(None, map(_cell, row))) for row in rows)
        yield Section("\n".join(filter(None, lines)), told(f"sheet {one_line(sheet.name, 100) or ''}").strip())
        book.unload_sheet(sheet.number)


def _cell(value: object) -> str:
    """Return what a cell shows; dates as the numbers they are kept as."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _slides(data: bytes) -> str:
    """Return the texts of slides in their order, each once; what only their masters say is left out."""
    found: dict[str, None] = {}
    place = 0
    while place + _RECORD_HEAD_BYTES <= len(data):
        version = data[place] & _CONTAINER
        kind = int.from_bytes(data[place + 2 : place + 4], "little")
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        place += _RECORD_HEAD_BYTES
        if kind in (_WIDE_TEXT, _NARROW_TEXT):
            text = data[place : place + length].decode("utf-16-le" if kind == _WIDE_TEXT else "cp1252", "replace")
            found[clean(text.replace("\v", "\n")).strip()] = None
        if version != _CONTAINER or kind in _MASTERS:
            place += length
    return "\n\n".join(filter(None, found))[:_ENOUGH_CHARS]


def _message(compound: "olefile.OleFileIO") -> Contents:
    sender = filter(None, (_property(compound, [], _SENDER), _property(compound, [], _ADDRESS)))
    folders = sorted({entry[0] for entry in compound.listdir() if entry[0].startswith("__attach")})
    attached = (next(filter(None, (_property(compound, [each], name) for name in _ATTACHED)), "") for each in folders)
    names = ", ".join(filter(None, attached))
    sections = [Section(_property(compound, [], _BODY)[:_ENOUGH_CHARS], "")]
    if names:
        sections.append(Section(f"Attached: {names}", told("attachments")))
    facts = FileFacts(title=one_line(_property(compound, [], _SUBJECT), 300), author=one_line(" ".join(sender), 200))
    return Contents(facts, tuple(sections))


def _property(compound: "olefile.OleFileIO", folder: list[str], name: str) -> str:
    """Return a text that a message keeps in a stream of its own; "" if there is none."""
    for suffix, encoding in (("001F", "utf-16-le"), ("001E", "cp1252")):
        if compound.exists([*folder, name + suffix]):
            data = compound.openstream([*folder, name + suffix]).read(_MAX_STREAM_BYTES)
            return clean(data.decode(encoding, "replace"))
    return ""
