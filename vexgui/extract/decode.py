"""Choosing the reader for a format, and turning whatever it stumbles over into one sentence."""

import errno
import logging
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any, BinaryIO, TypeVar

from vexgui.extract.contents import Contents, Unreadable
from vexgui.extract.formats import Format, Reader
from vexgui.extract.language import language_of

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_TELLING_SECTIONS = 20
"""So many pages or chapters tell the language of a document."""
OUT_OF_MEMORY = "Reading it takes more memory than is allowed."
_DISK_FAILED = {errno.EIO, errno.ENODEV, errno.ENOTCONN, errno.ENXIO, errno.ESTALE, errno.ETIMEDOUT}
"""Errors that tell of the disk; libraries raise others for files that break their own rules."""

_READING = {
    Reader.PROSE: "text read_text",
    Reader.CODE: "text read_text",
    Reader.NOTEBOOK: "notebook read_notebook",
    Reader.MAIL: "mail read_mail",
    Reader.MAILBOX: "mailbox read_mailbox",
    Reader.CALENDAR: "cards read_calendar",
    Reader.CONTACTS: "cards read_contacts",
    Reader.TABLE: "table read_table",
    Reader.DESKTOP_ENTRY: "desktop_entry read_desktop_entry",
    Reader.MARKUP: "html read_html",
    Reader.OFFICE: "office read_office",
    Reader.OLD_OFFICE: "old_office read_old_office",
    Reader.RTF: "rtf read_rtf",
    Reader.AUDIO: "audio read_audio",
    Reader.ARCHIVE: "archive read_archive",
    Reader.FONT: "font read_font",
}
"""The functions that read formats, by the modules that they are in."""
_SEEING = {
    Reader.PDF: "pdf read_pdf",
    Reader.PICTURE: "picture read_picture",
    Reader.RAW: "raw read_raw",
    Reader.DRAWING: "drawing read_drawing",
    Reader.VIDEO: "video read_video",
}
"""Those of formats that have something to look at."""
_DRAWING = {
    Reader.PDF: "pdf pdf_thumbnail",
    Reader.PICTURE: "picture picture_thumbnail",
    Reader.RAW: "raw raw_thumbnail",
    Reader.DRAWING: "drawing drawing_thumbnail",
    Reader.VIDEO: "video video_thumbnail",
}
"""Those that draw thumbnails."""


def contents_of(form: Format, file: BinaryIO, picture_px: int) -> Contents:
    """Return what a file holds; where it cannot be decoded, no contents and the reason.

    Raises:
        OSError: The file cannot be read from its disk.
    """
    try:
        contents = _guarded(lambda: _read(form.reader, file, picture_px))
    except Unreadable as problem:
        return Contents(problem=problem.reason)
    return contents if form.reader is Reader.CODE else _in_its_language(contents)


def _in_its_language(contents: Contents) -> Contents:
    """Have contents tell which language they are in, as their words show it: what a document says is often untrue."""
    language = language_of(" ".join(section.text for section in contents.sections[:_TELLING_SECTIONS]))
    return contents if language is None else replace(contents, facts=replace(contents.facts, language=language))


def thumbnail_of(form: Format, file: BinaryIO, longest_px: int, page: int = 0) -> bytes:
    """Return a PNG of a picture or of a document's page, counted from 0; b"" if there is none or it cannot be decoded.

    Only PDFs have more pages than the first.

    Raises:
        OSError: The file cannot be read from its disk.
    """
    try:
        return _guarded(lambda: _draw(form.reader, file, longest_px, page))
    except Unreadable:
        return b""


def _guarded(read: Callable[[], _T]) -> _T:
    """Call a reader; turn what its libraries raise on broken files into `Unreadable`."""
    try:
        return read()
    except Unreadable:
        raise
    except MemoryError as error:
        raise Unreadable(OUT_OF_MEMORY) from error
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _DISK_FAILED:
            raise
        _log.warning("a reader failed", exc_info=True)
        raise Unreadable("Its contents are damaged.") from error


def _read(reader: Reader, file: BinaryIO, picture_px: int) -> Contents:
    if reader in _SEEING:
        seen: Contents = _loaded(_SEEING[reader])(file, picture_px)
        return seen
    read: Contents = _loaded(_READING[reader])(file) if reader in _READING else Contents()
    return read


def _draw(reader: Reader, file: BinaryIO, longest_px: int, page: int) -> bytes:
    if reader not in _DRAWING or (page and reader is not Reader.PDF):
        return b""
    png: bytes = _loaded(_DRAWING[reader])(file, longest_px, *([page] if page else []))
    return png


def _loaded(reader: str) -> Callable[..., Any]:
    """Return a reader, "module function"; its libraries are loaded when it is needed first."""
    module, function = reader.split()
    found: Callable[..., Any] = getattr(import_module(f"vexgui.extract.readers.{module}"), function)
    return found
