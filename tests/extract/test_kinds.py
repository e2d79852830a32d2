"""What a file is, from its name and its first bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.core.files import Kind
from vexgui.extract.formats import BY_SUFFIX, UNKNOWN, Reader
from vexgui.extract.kinds import HEAD_BYTES, format_of

JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
ZIP = b"PK\x03\x04" + b"\0" * 26 + b"inside.txt"


@pytest.mark.parametrize(
    ("name", "head", "kind", "mime"),
    [
        (b"photo.jpg", JPEG, Kind.IMAGE, "image/jpeg"),
        (b"PHOTO.JPG", JPEG, Kind.IMAGE, "image/jpeg"),
        (b"photo.jpg", PNG, Kind.IMAGE, "image/png"),
        (b"photo", JPEG, Kind.IMAGE, "image/jpeg"),
        (b"cover", b"RIFF\0\0\0\0WEBPVP8 ", Kind.IMAGE, "image/webp"),
        (b"a.gif", b"GIF89a", Kind.IMAGE, "image/gif"),
        (b"raw.cr2", b"II*\0", Kind.IMAGE, "image/x-dcraw"),
        (b"raw", b"II*\0\x10\0\0\0CR\2\0", Kind.IMAGE, "image/x-dcraw"),
        (b"raw", b"\0\0\0\x18ftypcrx ", Kind.IMAGE, "image/x-dcraw"),
        (b"scan", b"II*\0\x08\0\0\0\x10\0", Kind.IMAGE, "image/tiff"),
        (b"photo.jpg", b"\0\0\0\x18ftypheic", Kind.IMAGE, "image/heif"),
        (b"photo", b"\xff\x0a\xfa\x7f", Kind.IMAGE, "image/jxl"),
        (b"photo", b"\0\0\0\x20ftypmif1\0\0\0\0mif1avifmiaf", Kind.IMAGE, "image/avif"),
        (b"photo", b"\0\0\0\x20ftypmif1\0\0\0\0mif1heicmiaf", Kind.IMAGE, "image/heif"),
        (b"logo.svg", b"<?xml version='1.0'?><svg>", Kind.IMAGE, "image/svg+xml"),
        (b"logo.svgz", b"\x1f\x8b\x08", Kind.IMAGE, "image/svg+xml"),
        (b"report.pdf", b"%PDF-1.7", Kind.DOCUMENT, "application/pdf"),
        (b"report.txt", b"%PDF-1.7", Kind.DOCUMENT, "application/pdf"),
        (b"report", b"%PDF-1.7", Kind.DOCUMENT, "application/pdf"),
        (b"letter.docx", ZIP, Kind.DOCUMENT, BY_SUFFIX["docx"].mime),
        (b"book", b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/epub+zip", Kind.DOCUMENT, "application/epub+zip"),
        (b"page.html", b"<p>hi", Kind.DOCUMENT, "text/html"),
        (b"page", b"\n<!DOCTYPE html><html>", Kind.DOCUMENT, "text/html"),
        (b"notes.md", b"# Notes", Kind.TEXT, "text/markdown"),
        (b"README", b"Read me first.\n", Kind.TEXT, "text/plain"),
        (b"LICENSE", b"Permission is granted\n", Kind.TEXT, "text/plain"),
        (b"table.csv", b"a,b\n", Kind.TEXT, "text/csv"),
        (b"unknown.xyzzy", b"words\n", Kind.TEXT, "text/plain"),
        (b"utf16", b"\xff\xfeh\0i\0", Kind.TEXT, "text/plain"),
        (b"Makefile", b"all:\n", Kind.CODE, "text/x-cmake"),
        (b"tool.py", b"import os\n", Kind.CODE, "text/x-python"),
        (b"tool", b"#!/usr/bin/env python3\n", Kind.CODE, "text/x-python"),
        (b"tool", b"#!/bin/sh\n", Kind.CODE, "application/x-shellscript"),
        (b"tool", b"#!/usr/bin/tclsh\n", Kind.CODE, "text/x-script"),
        (b"app.ts", b"export const a = 1\n", Kind.CODE, "text/x-typescript"),
        (b"film.ts", (b"\x47" + b"\xff" * 187) * 3, Kind.VIDEO, "video/mp2t"),
        (b"Gio-2.0.typelib", b"GOBJ\nMETADATA\r\n\x1a".ljust(188, b"\0") + b"G\0\0\0", Kind.OTHER, UNKNOWN.mime),
        (b"song.mp3", b"ID3\x03", Kind.AUDIO, "audio/mpeg"),
        (b"film", b"\0\0\0\x18ftypisom", Kind.VIDEO, "video/mp4"),
        (b"film.mkv", b"\x1a\x45\xdf\xa3", Kind.VIDEO, "video/x-matroska"),
        (b"backup.tar.gz", b"\x1f\x8b\x08", Kind.ARCHIVE, "application/gzip"),
        (b"backup", ZIP, Kind.ARCHIVE, "application/zip"),
        (b"film.mp4", JPEG, Kind.IMAGE, "image/jpeg"),
        (b"book.m4b", b"\0\0\0\x18ftypisom", Kind.AUDIO, "audio/mp4"),
        (b"concert.ogv", b"OggS\0\2", Kind.VIDEO, "video/ogg"),
        (b"letter.doc", OLE, Kind.DOCUMENT, "application/msword"),
        (b"sums.xls", OLE, Kind.DOCUMENT, "application/vnd.ms-excel"),
        (b"letter.doc", b"{\\rtf1", Kind.DOCUMENT, "application/rtf"),
        (b"letter.doc", b"<html><p>Saved by a mail program", Kind.DOCUMENT, "text/html"),
        (b"graph.dot", b"digraph { a -> b }", Kind.TEXT, "text/plain"),
        (b"secret.docx", OLE, Kind.DOCUMENT, "application/msword"),
        (b"Thumbs.db", OLE, Kind.OTHER, "application/vnd.sqlite3"),
        (b"Inbox", b"From - Sun May 17 12:00:00 2020\r\nX-Mozilla-Status: 1", Kind.DOCUMENT, "application/mbox"),
        (b"1589.M1P2.host:2,S", b"Return-Path: <a@example.org>\n", Kind.DOCUMENT, "message/rfc822"),
        (b"letter", b"From where I sit I see trams at 12:00 and more.\n", Kind.TEXT, "text/plain"),
        (b"lib.jar", ZIP, Kind.ARCHIVE, "application/java-archive"),
        (b"program", b"\x7fELF\x02", Kind.OTHER, "application/x-executable"),
        (b"blob", b"\x00\x01\x02", Kind.OTHER, "application/octet-stream"),
        (b"empty", b"", Kind.OTHER, "application/octet-stream"),
        (b"empty.txt", b"", Kind.TEXT, "text/plain"),
        (b".bashrc", b"alias ll=ls\n", Kind.TEXT, "text/plain"),
        (b"caf\xe9.txt", b"hi", Kind.TEXT, "text/plain"),
    ],
)
def test_name_and_first_bytes_tell_the_format(name: bytes, head: bytes, kind: Kind, mime: str) -> None:
    form = format_of(name, head)
    assert (form.kind, form.mime) == (kind, mime)


def test_junk_called_txt_stays_text_and_is_left_to_its_reader() -> None:
    assert format_of(b"junk.txt", b"\0\x01\x02").reader is Reader.PROSE


@given(st.binary(min_size=1, max_size=40), st.binary(max_size=HEAD_BYTES))
def test_any_name_and_any_bytes_have_a_format(name: bytes, head: bytes) -> None:
    assert format_of(name, head).words


def test_every_row_of_the_tables_is_whole() -> None:
    for suffix, form in BY_SUFFIX.items():
        assert suffix == suffix.strip(".").lower()
        assert form.mime.count("/") == 1
        assert form.words
        assert form is not UNKNOWN
