"""The text of a Word document from before 2007 (MS-DOC): pieces of it, in the order that a table tells."""

import re
import struct
from collections.abc import Iterator, Mapping

from vexgui.extract.contents import Unreadable, clean

_FLAGS_AT, _PIECES_AT = 0x0A, 0x01A2
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_PROPERTIES, _PIECES = 1, 2
_PLACE_BYTES, _PIECE_BYTES = 4, 8
_NARROW = 1 << 30

_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x15]*))?\x15")
"""A field: its instruction, and what it gave."""

_MAX_NESTED = 5
_MOST_CHARS = 1 << 20
"""Pieces beyond so much text are left out; they may name the same bytes again and again."""
_SHOWN = str.maketrans({"\x07": "\t", "\x0b": "\n", "\x0c": "\n", "\x0d": "\n\n", "\x1e": "-", "\x1f": None})


def word_text(main: bytes, tables: Mapping[str, bytes]) -> str:
    """Return a document's text, with notes and headers behind it.

    Args:
        main: Its stream "WordDocument".
        tables: Its streams "0Table" and "1Table", those there are.

    Raises:
        Unreadable: It is encrypted, damaged, or older than Word 97.
    """
    try:
        flags = int.from_bytes(main[_FLAGS_AT : _FLAGS_AT + 2], "little")
        if flags & _ENCRYPTED:
            raise Unreadable("The document is encrypted.")
        table = tables["1Table" if flags & _SECOND_TABLE else "0Table"]
        start, length = struct.unpack_from("<LL", main, _PIECES_AT)
        text = "".join(_pieces(main, table[start : start + length]))
    except (KeyError, struct.error) as error:
        raise Unreadable("The document is damaged, or too old.") from error
    for _ in range(_MAX_NESTED):
        text = _FIELD.sub(lambda field: field[1] or "", text)
    return clean(text.translate(_SHOWN)).strip()


def _pieces(main: bytes, table: bytes) -> Iterator[str]:
    """Yield the pieces: after some properties their places in the text, then where each lies and how it is written."""
    at = 0
    while table[at : at + 1] == bytes([_PROPERTIES]):
        at += 3 + int.from_bytes(table[at + 1 : at + 3], "little")
    if table[at : at + 1] != bytes([_PIECES]):
        raise Unreadable("The document is damaged.")
    (length,) = struct.unpack_from("<L", table, at + 1)
    pieces = table[at + 5 : at + 5 + length]
    count = (len(pieces) - _PLACE_BYTES) // (_PLACE_BYTES + _PIECE_BYTES)
    places = struct.unpack_from(f"<{count + 1}L", pieces)
    left = _MOST_CHARS
    for number in range(count):
        (start,) = struct.unpack_from("<L", pieces, _PLACE_BYTES * (count + 1) + _PIECE_BYTES * number + 2)
        chars = min(max(0, places[number + 1] - places[number]), left)
        if not left:
            return
        left -= chars
        if start & _NARROW:
            first = (start & ~_NARROW) // 2
            yield main[first : first + chars].decode("cp1252", "replace")
        else:
            yield main[start : start + 2 * chars].decode("utf-16-le", "replace")
