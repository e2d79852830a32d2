"""The decoder process: reads files that nobody vouches for, with little memory and no right to write.

Run as ``python -m vexgui.extract.worker MEMORY_BYTES PRIORITY``; PRIORITY is "idle" or "normal". A request's header is
``{"do": "extract", "picture_px": N}``, ``{"do": "describe"}`` or ``{"do": "thumbnail", "longest_px": N}`` and its blob
is the path. "describe" gives an extraction without looking into the contents: what is left to say about a file whose
contents ended an earlier decoder.
"""

import errno
import os
import resource
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import BinaryIO

from vexgui.core.files import Extraction, FileFacts, FileStat, Passage, PassageKind
from vexgui.core.paths import name_of
from vexgui.extract.about import about
from vexgui.extract.contents import Contents, Raster
from vexgui.extract.decode import contents_of, thumbnail_of
from vexgui.extract.formats import Format, Reader
from vexgui.extract.kinds import HEAD_BYTES, format_of
from vexgui.extract.looks import LOOKS, POINTS, looks_of
from vexgui.extract.passages import passages_of
from vexgui.extract.wire import answer, refusal
from vexgui.system.child import lower_priority, serve
from vexgui.system.fingerprint import content_hash
from vexgui.system.frames import Frame
from vexgui.system.sandbox import give_up_rights

_ATTEMPTS = 3
_RESTLESS = "It kept changing while it was read."


def main() -> None:
    """Bound this process, then answer requests until the program closes the pipe."""
    memory_bytes, priority = int(sys.argv[1]), sys.argv[2]
    for limit, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    if priority == "idle":
        lower_priority()
    give_up_rights()
    serve(handle)


def handle(request: Frame) -> Frame:
    """Answer one request."""
    (path,) = request.blobs
    try:
        match request.header["do"]:
            case "extract":
                return answer(*extracted(path, request.header["picture_px"]))
            case "describe":
                return answer(*extracted(path, 0, contents=False))
            case _:
                return Frame({}, (thumbnail(path, request.header["longest_px"]),))
    except OSError as error:
        return refusal(error)


def extracted(path: bytes, picture_px: int, *, contents: bool = True) -> tuple[Extraction, tuple[Raster, ...]]:
    """Read a file that holds still; after three attempts at one that does not, say so and give its name only.

    Raises:
        OSError: It is gone, may not be read, or is not a regular file.
    """
    for _ in range(_ATTEMPTS):
        with opened(path) as file:
            before = _stat_of(file)
            found = _read_once(path, file, before, picture_px, contents=contents)
            if before.same_content_as(_stat_of(file)):
                return found
    with opened(path) as file:
        extraction, _ = _read_once(path, file, _stat_of(file), 0, contents=False)
    return replace(extraction, problem=_RESTLESS), ()


def thumbnail(path: bytes, longest_px: int) -> bytes:
    """Return a PNG of a picture or of a document's first page; b"" if there is none or it cannot be decoded.

    Raises:
        OSError: It is gone, may not be read, or is not a regular file.
    """
    with opened(path) as file:
        return thumbnail_of(_format(path, file), file, longest_px)


@contextmanager
def opened(path: bytes) -> Iterator[BinaryIO]:
    """Open a regular file for reading, following no symbolic link and waiting for nobody.

    Raises:
        OSError: It is gone, may not be read, or is not a regular file.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL, "not a regular file")
        yield file


def _read_once(
    path: bytes, file: BinaryIO, found: FileStat, picture_px: int, *, contents: bool
) -> tuple[Extraction, tuple[Raster, ...]]:
    form = _format(path, file)
    read = contents_of(form, file, picture_px) if contents and found.size else Contents()
    extraction = Extraction(
        stat=found,
        content_hash=content_hash(file.fileno(), found.size),
        kind=form.kind,
        mime=form.mime,
        facts=_facts(read),
        passages=tuple(_passages(path, form, read)),
        problem=read.problem,
    )
    return extraction, _rasters(read)


def _facts(read: Contents) -> FileFacts:
    """Return the facts of a file, and what it looks like where its pixels were wanted."""
    rasters = _rasters(read)
    if not rasters:
        return read.facts
    from vexgui.extract.readers.picture import shades_of

    looks = looks_of(shades_of(rasters[0], POINTS))
    return replace(read.facts, extra={**(read.facts.extra or {}), LOOKS: looks})


def _passages(path: bytes, form: Format, read: Contents) -> Iterator[Passage]:
    yield Passage(0, PassageKind.ABOUT, about(path, form.words, read.facts))
    ordinal = 0
    for text, place in passages_of(read.sections, code=form.reader is Reader.CODE):
        ordinal += 1
        yield Passage(ordinal, PassageKind.TEXT, text, place)
    for shown in read.shown:
        ordinal += 1
        yield Passage(ordinal, PassageKind.PICTURE, "", shown.place)


def _rasters(read: Contents) -> tuple[Raster, ...]:
    return tuple(shown.raster for shown in read.shown if shown.raster is not None)


def _format(path: bytes, file: BinaryIO) -> Format:
    return format_of(name_of(path), os.pread(file.fileno(), HEAD_BYTES, 0))


def _stat_of(file: BinaryIO) -> FileStat:
    return FileStat.of(os.fstat(file.fileno()))


if __name__ == "__main__":
    main()
