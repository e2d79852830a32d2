"""Plain text: which encoding it is in, and the text."""

import codecs
import re
from typing import BinaryIO

from vexgui.core.files import FileFacts
from vexgui.extract.contents import Contents, Section, Unreadable, clean
from vexgui.extract.kinds import is_text

MAX_TEXT_BYTES = 2 << 20
"""How much of a text file is read."""

_GUESS_BYTES = 32 << 10
_SPOILED_ONE_IN = 100
"""A file named as text is taken as text with so few control characters in it: crashed programs leave some in logs."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WHOLE = re.compile(rb".*[\0-/]", re.DOTALL)
"""As much as surely ends with a whole character: in no encoding these bytes are the second half of one."""
_ISO_2022 = re.compile(rb"\x1b\$[@B]")
_LEGACY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r", "cp437", "cp850", "cp866",
    "cp932", "euc_jp", "gb18030", "big5", "cp949",
]  # fmt: skip
_CHARACTER_SETS = re.compile(r"(cp|iso8859-|koi8-|shift_jis|euc_|gb|big5|mac-|tis-|viscii).*")
_LATIN = {"cp1250", "cp1254", "cp1257", "cp437", "cp850"}

_LINE_END = re.compile(r"\r\n|\r|\n")

_SIGN_IN_WORD = re.compile(r"[^\W\d_][¹²³¼½¾¿¡±×÷¬£¥¤¢¨¯´¸¦»«¶§©®°][^\W\d_]")
"""What Western text does not hold, but other Latin text decoded as cp1252 does: "za¿ó³ca"."""


def read_text(file: BinaryIO) -> Contents:
    """Read a plain text file, at most its first 2 MiB.

    Raises:
        Unreadable: It is not text in any known encoding.
    """
    data = file.read(MAX_TEXT_BYTES)
    is_cut = len(data) == MAX_TEXT_BYTES
    text, encoding = decoded(data, cut=is_cut)
    extra = {"lines": _lines(text)} if text and not is_cut else None
    return Contents(FileFacts(encoding=encoding, extra=extra), (Section(clean(text)),))


def _lines(text: str) -> int:
    """Return how many lines a text has; what ends the last one begins none."""
    return len(_LINE_END.findall(text)) + (text[-1] not in "\r\n")


def decoded(data: bytes, *, cut: bool = False, declared: str | None = None) -> tuple[str, str]:
    """Return text and the name of its encoding.

    Args:
        data: The bytes.
        cut: Whether the last character may have been cut in two.
        declared: The encoding that the text says it is in; believed where the bytes are not UTF-8 or UTF-16.

    Raises:
        Unreadable: The bytes are not text in any known encoding.
    """
    encoding = _encoding_of(data, declared, cut=cut)
    return codecs.getincrementaldecoder(encoding)("replace").decode(data, final=not cut), encoding


def _encoding_of(data: bytes, declared: str | None, *, cut: bool) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    unmarked = _unmarked_utf_16(data, cut=cut) if b"\0" in data else None
    if unmarked:
        return unmarked
    if not is_text(data, one_in=_SPOILED_ONE_IN):
        raise Unreadable("It looks like text but is not in any known encoding.")
    if _decodes(data, "utf-8", cut=cut):
        return "iso2022_jp" if _ISO_2022.search(data) else "utf-8"
    return _known(declared) or _guessed(_beginning(data))


def _unmarked_utf_16(data: bytes, *, cut: bool) -> str | None:
    """Return the encoding of UTF-16 without a mark: in a Latin script every other byte is zero, and none else."""
    if not is_text(data.replace(b"\0", b"")):
        return None
    for encoding, zeros in (("utf-16-le", data[1:512:2]), ("utf-16-be", data[0:512:2])):
        if zeros.count(0) * 2 > len(zeros) and _decodes(data, encoding, cut=cut):
            return encoding
    return None


def _known(declared: str | None) -> str | None:
    """Return the usual name of a declared character set; None if it is none, or none to be used here."""
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    if name == "iso8859-1":
        return "cp1252"  # what every browser takes it for: https://encoding.spec.whatwg.org/#names-and-labels
    return name if _CHARACTER_SETS.fullmatch(name) else None


def _beginning(data: bytes) -> bytes:
    """Return as much as an encoding is guessed from, no character cut in two."""
    start = data[:_GUESS_BYTES]
    whole = None if start == data else _WHOLE.match(start)
    return start if whole is None else whole[0]


def _guessed(data: bytes) -> str:
    """Return the likeliest of the encodings from before Unicode."""
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_LEGACY, preemptive_behaviour=False).best()
    if (best is None or best.encoding in _LATIN) and _is_western(data):
        return "cp1252"
    if best is None:
        raise Unreadable("It looks like text but is not in any known encoding.")
    return best.encoding


def _is_western(data: bytes) -> bool:
    """Tell whether bytes read as Windows-1252 look like Western writing: few letters are outside ASCII, none odd."""
    if not _decodes(data, "cp1252", cut=False):
        return False
    text = data.decode("cp1252")
    letters = [letter for letter in text if letter.isalpha()]
    return not _SIGN_IN_WORD.search(text) and 2 * sum(letter > "\x7f" for letter in letters) <= len(letters)


def _decodes(data: bytes, encoding: str, *, cut: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(data, final=not cut)
    except UnicodeError:
        return False
    return True
