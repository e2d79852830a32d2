"""Deciding what a file is, from its name and its first bytes."""

import codecs
import os
import re

from vexgui.extract.formats import BY_NAME, BY_SUFFIX, PLAIN_TEXT, SCRIPT, UNKNOWN, Format, Reader

HEAD_BYTES = 4096
"""How many first bytes are worth looking at."""

_MADE_OF = ((Reader.OFFICE, BY_SUFFIX["zip"]), (Reader.DRAWING, BY_SUFFIX["gz"]))
"""What these read is made of other formats, as some raw photos are of TIFF."""

_MAGIC: tuple[tuple[re.Pattern[bytes], Format], ...] = tuple(
    (re.compile(pattern, re.DOTALL), BY_SUFFIX[suffix])
    for pattern, suffix in (
        (rb"\xff\xd8\xff", "jpg"),
        (rb"\x89PNG\r\n\x1a\n", "png"),
        (rb"GIF8[79]a", "gif"),
        (rb"RIFF....WEBP", "webp"),
        (rb"BM.{4}\0{4}", "bmp"),
        (rb"FUJIFILMCCD-RAW|....ftypcrx |II\*\0....CR\x02|II(RO|RS|U\0)|MMOR", "raf"),
        (rb"II\*\0|MM\0\*", "tif"),
        (rb"....ftyp(avif|avis|(mif1|msf1).{4}(.{4}){0,8}?avif)", "avif"),
        (rb"....ftyp(heic|heix|heim|heis|hevc|hevx|mif1|msf1)", "heic"),
        (rb"\xff\x0a|\0\0\0\x0cJXL \r\n\x87\n", "jxl"),
        (rb"....ftypM4[AB]", "m4a"),
        (rb"....ftyp", "mp4"),
        (rb"\x1a\x45\xdf\xa3", "mkv"),
        (rb"RIFF....AVI ", "avi"),
        (rb"RIFF....WAVE", "wav"),
        (rb"\x47.{187}\x47.{187}\x47", "m2ts"),
        (rb"ID3[\x02-\x04]", "mp3"),
        (rb"OggS\0", "ogg"),
        (rb"fLaC\0", "flac"),
        (rb"%PDF-\d", "pdf"),
        (rb"\{\\rtf", "rtf"),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
        (rb"PK\x03\x04.{26}mimetypeapplication/epub\+zip", "epub"),
        (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.text", "odt"),
        (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.spreadsheet", "ods"),
        (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.presentation", "odp"),
        (rb"PK\x03\x04", "zip"),
        (rb"\x1f\x8b\x08", "gz"),
        (rb"BZh[1-9]1AY&SY", "bz2"),
        (rb"\xfd7zXZ\0", "xz"),
        (rb"\x28\xb5\x2f\xfd", "zst"),
        (rb"7z\xbc\xaf\x27\x1c", "7z"),
        (rb"Rar!\x1a\x07", "rar"),
        (rb"SQLite format 3\0", "sqlite"),
        (rb"\x7fELF", "exe"),
    )
)

_SHARED = ({Reader.OLD_OFFICE}, {Reader.ARCHIVE}, {Reader.AUDIO, Reader.VIDEO})
"""What these read comes in containers that formats share: the name tells which better than the first bytes."""

_WRITTEN = (
    (re.compile(rb"From [^\n]*\d\d:\d\d[^\n]*\n[\w-]+:"), BY_SUFFIX["mbox"]),
    (re.compile(rb"(Return-Path|Received|Delivered-To|Envelope-To|X-Original-To):", re.IGNORECASE), BY_SUFFIX["eml"]),
    (re.compile(rb"\s*(<!doctype html|<html)", re.IGNORECASE), BY_SUFFIX["html"]),
    (re.compile(rb"\s*<\?xml"), BY_SUFFIX["xml"]),
)

_INTERPRETERS = (
    (re.compile(rb"#![^\n]*\bpython"), BY_SUFFIX["py"]),
    (re.compile(rb"#![^\n]*\b(ba|z|k|da|fi)?sh\b"), BY_SUFFIX["sh"]),
    (re.compile(rb"#![^\n]*\bperl"), BY_SUFFIX["pl"]),
    (re.compile(rb"#![^\n]*\bruby"), BY_SUFFIX["rb"]),
    (re.compile(rb"#![^\n]*\bnode"), BY_SUFFIX["js"]),
    (re.compile(rb"#![ /]"), SCRIPT),
)

_UNPRINTABLE = bytes({*range(7), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F})
_BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def format_of(name: bytes, head: bytes) -> Format:
    """Return a file's format.

    The name decides, unless it is unknown, or the first bytes say clearly that the file is something else: a PNG
    called .jpg, a PDF called .txt. A name whose format has no reader is believed: many formats are made of others. Text
    called .doc is what it looks like.

    Args:
        name: The file's name without its folder.
        head: The file's first bytes, at most `HEAD_BYTES` of them are looked at.
    """
    head = head[:HEAD_BYTES]
    named = _by_name(name)
    found = next((known for pattern, known in _MAGIC if pattern.match(head)), None) if head else None
    if named is None or (named.reader is Reader.OLD_OFFICE and found is None and is_text(head)):
        return found or _by_text(head)
    return named if found is None or _may_be(named, found) else found


def _may_be(named: Format, found: Format) -> bool:
    """Tell whether a file may be what its name says although its first bytes look like another format."""
    if named.reader in (Reader.NONE, Reader.RAW) or (named.reader, found) in _MADE_OF:
        return True
    return any({named.reader, found.reader} <= readers for readers in _SHARED)


def is_text(data: bytes, *, one_in: int = 0) -> bool:
    """Tell whether bytes look like written text: marked as UTF-8 or UTF-16, or without control characters.

    With ``one_in`` one control character is let pass, and one more for every so many bytes.
    """
    if data.startswith(_BYTE_ORDER_MARKS):
        return True
    spoiled = len(data) - len(data.translate(None, _UNPRINTABLE))
    return spoiled <= (1 + len(data) // one_in if one_in else 0)


def _by_name(name: bytes) -> Format | None:
    text = os.fsdecode(name).lower()
    suffix = text.rpartition(".")[2] if "." in text[1:] else ""
    return BY_NAME.get(text) or BY_SUFFIX.get(suffix)


def _by_text(head: bytes) -> Format:
    """Return the format of a file that neither its name nor its magic number tells."""
    if not head or not is_text(head):
        return UNKNOWN
    for pattern, known in (*_INTERPRETERS, *_WRITTEN):
        if pattern.match(head):
            return known
    return PLAIN_TEXT
