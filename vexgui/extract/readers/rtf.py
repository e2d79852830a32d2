"""Rich Text Format (version 1.9.1): title, author, and the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from vexgui.core.files import FileFacts
from vexgui.extract.contents import Contents, Section, Unreadable, clean, one_line
from vexgui.extract.passages import MAX_PASSAGES, PROSE_CHARS

MAX_RTF_BYTES = 32 << 20
"""How much of a document is read: pictures within are written out as hexadecimal digits."""

_ENOUGH_CHARS = MAX_PASSAGES * PROSE_CHARS
_MAX_DEPTH = 1000
_PLANE = 1 << 16
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)", re.DOTALL
)
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable rsidtbl filetbl revtbl xmlnstbl mmathPr themedata "
    b"colorschememapping datastore latentstyles generator pict objdata fldinst bkmkstart bkmkend pntext".split()
)
_TOLD = {b"title": "title", b"author": "author", b"subject": "subject"}
_MARKS = {
    b"par": "\n\n", b"sect": "\n\n", b"page": "\n\n", b"row": "\n", b"line": "\n", b"cell": " | ", b"tab": "\t",
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": " ", b"_": "-", b"\n": "\n\n", b"\r": "\n\n", b"\\": "\\", b"{": "{", b"}": "}"}

# \fcharset of a font, as Windows numbers character sets, and the code page that it stands for.
_CODE_PAGES = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(slots=True)
class _Group:
    """What holds between two braces.

    Attributes:
        target: Where its text goes: "" the document, the name of a fact, None nowhere.
        encoding: Of single bytes.
        fallback: How many characters stand for one of Unicode, for readers that know none.
    """

    target: str | None
    encoding: str
    fallback: int


class _Reading:
    """A document on the way from its tokens to text."""

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {"": []}
        self.chars = 0
        self._groups = [_Group("", "cp1252", 1)]
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._to_skip = 0
        self._bytes = bytearray()

    def word(self, name: bytes, number: int) -> None:
        """Follow a control word."""
        group = self._groups[-1]
        if name == b"u":
            self._say(chr(number % _PLANE))  # negative above 32767; what is beyond comes as two halves
            self._to_skip = group.fallback
        elif name == b"uc":
            group.fallback = min(max(number, 0), 10)
        elif name in _MARKS:
            self._say(_MARKS[name])
        elif name in _SKIPPED:
            group.target = None
        elif name in _TOLD and len(self._groups) > 2:  # noqa: PLR2004 - within {\info}, within the document
            group.target = _TOLD[name]
        else:
            self._choose(group, name, number)

    def _choose(self, group: _Group, name: bytes, number: int) -> None:
        """Follow a control word on fonts and character sets."""
        self._flush()
        if name == b"f":
            self._font = number
            group.encoding = self._fonts.get(number, group.encoding)
        elif name == b"fcharset" and number in _CODE_PAGES:
            self._fonts[self._font] = _CODE_PAGES[number]
        elif name == b"ansicpg":
            group.encoding = _known(f"cp{number}")
        elif name == b"info":
            group.target = None

    def symbol(self, sign: bytes) -> None:
        r"""Follow a control symbol; ``\*`` begins what only some readers know."""
        if sign == b"*":
            self._groups[-1].target = None
        elif sign in _SYMBOLS:
            self._say(_SYMBOLS[sign])

    def brace(self, sign: bytes) -> None:
        """Open or close a group."""
        self._flush()
        self._to_skip = 0
        if sign == b"{":
            if len(self._groups) == _MAX_DEPTH:
                raise Unreadable("The document is damaged.")
            self._groups.append(replace(self._groups[-1]))
        elif len(self._groups) > 1:
            self._groups.pop()

    def raw(self, data: bytes) -> None:
        """Take in bytes of text."""
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        if self._groups[-1].target is not None:
            self._bytes += data[skipped:]

    def _say(self, text: str) -> None:
        self._flush()
        target = self._groups[-1].target
        if target is not None:
            self.texts.setdefault(target, []).append(text)
            self.chars += len(text)

    def _flush(self) -> None:
        if self._bytes:
            text = self._bytes.decode(self._groups[-1].encoding, "replace")
            self._bytes.clear()
            self._say(text)

    def ended(self) -> dict[str, str]:
        """Return the texts by what they are, "" for the document's own."""
        self._flush()
        return {target: _joined("".join(parts)) for target, parts in self.texts.items()}


def read_rtf(file: BinaryIO) -> Contents:
    """Read a document, at most its first 32 MiB.

    Raises:
        Unreadable: It is damaged.
    """
    reading = _Reading()
    for token in _tokens(file.read(MAX_RTF_BYTES)):
        word, number, byte, symbol, brace, text = token.groups()
        if word:
            reading.word(word, int(number) if number else 1)
        elif brace:
            reading.brace(brace)
        elif symbol:
            reading.symbol(symbol)
        else:
            reading.raw(text or bytes([int(byte, 16)]))
        if reading.chars > _ENOUGH_CHARS:
            break
    texts = reading.ended()
    facts = FileFacts(
        title=one_line(texts.get("title"), 300),
        author=one_line(texts.get("author"), 200),
        caption=one_line(texts.get("subject")),
    )
    return Contents(facts, (Section(texts[""], ""),))


def _tokens(data: bytes) -> Iterator[re.Match[bytes]]:
    r"""Yield the tokens; the bytes after \\bin are no tokens."""
    place = 0
    while found := _TOKEN.search(data, place):
        place = found.end() + (max(0, int(found[2] or 0)) if found[1] == b"bin" else 0)
        yield found


def _known(encoding: str) -> str:
    try:
        b"".decode(encoding)
    except LookupError:
        return "cp1252"
    return encoding


def _joined(text: str) -> str:
    """Return clean text, with characters outside the first plane put together again."""
    return clean(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")).strip()
