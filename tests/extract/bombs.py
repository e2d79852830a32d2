"""Files that are made to break what reads them: small ones that swell, deep ones, ones that call for other files."""

import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable

from tests.extract.builders import docx, encoded, huge_png, opendocument, package, two_colours

SECRET = "file:///etc/passwd"
DEEP = 20_000
SWOLLEN_BYTES = 64 << 20


def swollen_zip(name: str) -> bytes:
    """Return an archive of 64 kilobytes with one entry of 64 megabytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as part:
        for _ in range(SWOLLEN_BYTES >> 20):
            part.write(b" " * (1 << 20))
    return packed.getvalue()


def crowded_zip(entries: int) -> bytes:
    """Return an archive of very many empty files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(entries):
            archive.writestr(f"{number}", b"")
    return packed.getvalue()


def nested_zip(depth: int) -> bytes:
    """Return an archive in an archive in an archive."""
    inner = b"words"
    for number in range(depth):
        inner = package({f"{number}.zip": inner})
    return inner


def overlapping_zip() -> bytes:
    """Return an archive whose directory names one entry a thousand times."""
    single = package({"a": bytes(1 << 20)})
    start = single.index(b"PK\1\2")
    end = single.index(b"PK\5\6")
    entry, count = single[start:end], 1000
    tail = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(entry) * count, start, 0)
    return single[:start] + entry * count + tail


def swollen_tar() -> bytes:
    """Return a tar of nothing but a file that says it has a terabyte."""
    header = tarfile.TarInfo("huge")
    header.size = 1 << 40
    return header.tobuf(tarfile.GNU_FORMAT)


def laughing(kind: str) -> str:
    """Return the start of a document of XML whose entity &l9; is a thousand million words long."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE {kind} [<!ENTITY l0 "ha">{entities}]>'


def telling(kind: str) -> str:
    """Return the start of a document of XML whose entity &e; is the contents of another file."""
    return f'<?xml version="1.0"?><!DOCTYPE {kind} [<!ENTITY e SYSTEM "{SECRET}">]>'


def swollen_pdf(filters: int) -> bytes:
    """Return a PDF whose page is packed several times over."""
    stream = b"BT (words) Tj ET " * (SWOLLEN_BYTES // 64)
    for _ in range(filters):
        stream = zlib.compress(stream)
    names = b"/FlateDecode " * filters
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length %d/Filter[%b]>>stream\n%b\nendstream endobj\ntrailer<</Root 1 0 R>>" % (
            len(stream), names, stream)
    )  # fmt: skip


def circular_pdf() -> bytes:
    """Return a PDF whose tree of pages has itself for a child."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2000000000>>endobj\ntrailer<</Root 1 0 R>>"
    )


def wide_pdf() -> bytes:
    """Return a PDF with a page of the largest size there is."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99999999 99999999]>>endobj\ntrailer<</Root 1 0 R>>"
    )


def circular_tiff() -> bytes:
    """Return a TIFF whose list of pictures leads back to its first one."""
    entries = [(256, 4, 1, 10), (257, 4, 1, 10), (273, 4, 1, 8), (279, 4, 1, 300)]
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return struct.pack("<2sHI", b"II", 42, 8) + struct.pack("<H", len(entries)) + body + struct.pack("<I", 8)


def swollen_png() -> bytes:
    """Return a PNG of a few kilobytes with a text of 64 megabytes."""
    picture = encoded(two_colours(), "PNG")
    data = b"Comment\0\0" + zlib.compress(bytes(SWOLLEN_BYTES))
    chunk = b"zTXt" + data
    return picture[:33] + struct.pack(">I", len(data)) + chunk + struct.pack(">I", zlib.crc32(chunk)) + picture[33:]


def deep_mail() -> bytes:
    """Return a message that holds a message that holds a message."""
    part = b""
    for number in range(500):
        part += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number)
    return b"Subject: deep\n" + part + b"\nwords\n"


def vast_gif() -> bytes:
    """Return a GIF that claims the largest size there is."""
    whole = encoded(two_colours(), "GIF")
    return whole[:6] + b"\xff\xff\xff\xff" + whole[10:]


def drawing(body: str, start: str = "") -> bytes:
    return f'{start}<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{body}</svg>'.encode()


BOMBS: dict[str, Callable[[], bytes]] = {
    "pixels.png": lambda: huge_png(60_000, 60_000),
    "pixels.gif": vast_gif,
    "comment.png": swollen_png,
    "circular.tiff": circular_tiff,
    "swollen.zip": lambda: swollen_zip("a"),
    "swollen.docx": lambda: swollen_zip("word/document.xml"),
    "swollen.odt": lambda: swollen_zip("content.xml"),
    "swollen.epub": lambda: swollen_zip("META-INF/container.xml"),
    "crowded.zip": lambda: crowded_zip(30_000),
    "nested.zip": lambda: nested_zip(50),
    "overlapping.zip": overlapping_zip,
    "swollen.tar": swollen_tar,
    "swollen.gz": lambda: gzip.compress(bytes(SWOLLEN_BYTES)),
    "swollen.tar.gz": lambda: gzip.compress(swollen_tar() + bytes(SWOLLEN_BYTES)),
    "swollen.tar.bz2": lambda: bz2.compress(bytes(SWOLLEN_BYTES), 1),
    "swollen.tar.xz": lambda: lzma.compress(bytes(SWOLLEN_BYTES), preset=0),
    "swollen.svgz": lambda: gzip.compress(bytes(SWOLLEN_BYTES)),
    "swollen.pdf": lambda: swollen_pdf(2),
    "circular.pdf": circular_pdf,
    "wide.pdf": wide_pdf,
    "laughs.svg": lambda: drawing("<text>&l9;</text>", laughing("svg")),
    "laughs.docx": lambda: package({"word/document.xml": laughing("d") + "<d>&l9;</d>"}),
    "laughs.xhtml": (laughing("html") + "<html>&l9;</html>").encode,
    "telling.svg": lambda: drawing("<text>&e;</text>", telling("svg")),
    "telling.docx": lambda: package({"word/document.xml": telling("d") + "<d>&e;</d>"}),
    "telling.odt": lambda: opendocument("text", "<text:p>&e;</text:p>"),
    "linking.svg": lambda: drawing(f'<image href="{SECRET}" width="9" height="9"/><use href="{SECRET}#a"/>'),
    "circular.svg": lambda: drawing('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/><use href="#a"/></g>'),
    "deep.svg": lambda: drawing("<g>" * DEEP + "</g>" * DEEP),
    "deep.html": lambda: b"<div>" * DEEP + b"words" + b"</div>" * DEEP,
    "deep.json": lambda: b"[" * DEEP,
    "deep.ipynb": lambda: b'{"cells":' + b"[" * DEEP,
    "deep.rtf": lambda: b"{\\rtf1 " + b"{" * DEEP + b"words" + b"}" * DEEP + b"}",
    "deep.docx": lambda: docx(["</w:t></w:r>" + "<w:x>" * DEEP + "</w:x>" * DEEP + "<w:r><w:t>words"]),
    "deep.eml": deep_mail,
    "long.csv": lambda: b"words," * 1_000_000,
    "quoted.csv": lambda: b'"' + b"words," * 200_000,
    "long.txt": lambda: b"fog " * 500_000,
    "many.mbox": lambda: b"From a@b Thu Jan  1 00:00:00 1970\nSubject: s\n\nwords\n\n" * 20_000,
    "bare.mbox": lambda: b"From \n" * 100_000,
    "huge.ipynb": lambda: json.dumps({"cells": [{"cell_type": "code", "source": "x" * (8 << 20)}]}).encode(),
    "endless.ics": lambda: b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 50_000,
    "endless.vcf": lambda: b"BEGIN:VCARD\nFN:a\n" * 50_000,
    "escapes.txt": lambda: b"\x1b]0;owned\x07\x1b[2J\x1b[31mfog\x1b[0m \xe2\x80\xae",
    "empty.zip": lambda: b"PK\5\6" + bytes(18),
    "number.mp4": lambda: b"\xff\xff\xff\xffftypisom" + bytes(100),
    "header.mp3": lambda: b"ID3\4\0\0\x7f\x7f\x7f\x7f" + bytes(100),
    "header.ttf": lambda: b"\0\1\0\0\xff\xff" + bytes(100),
}
"""What makes hostile files, by their names."""
