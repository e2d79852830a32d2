"""What a decoder process does: answers what a file holds, from a descriptor that it is given.

A request's header is ``{"do": "extract", "picture_px": N}``, ``{"do": "describe"}`` or
``{"do": "thumbnail", "longest_px": N}``; its blob is the path, which tells the name and is not opened; the
file comes open. "describe" gives an extraction without looking into the contents: what is left to say about a file
whose contents ended an earlier decoder.
"""

import os
from collections.abc import Iterator
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
from vexgui.extract.wire import answer, refusal, unsteady
from vexgui.system.fingerprint import content_hash
from vexgui.system.frames import Frame


def handle(request: Frame) -> Frame:
    """Answer one request."""
    (path,), (descriptor,) = request.blobs, request.files
    try:
        with open(descriptor, "rb", closefd=False) as file:
            match request.header["do"]:
                case "extract":
                    found = extracted(path, file, request.header["picture_px"])
                    return unsteady() if found is None else answer(*found)
                case "describe":
                    return answer(*described(path, file))
                case _:
                    return Frame({}, (thumbnail_of(_format(path, file), file, request.header["longest_px"]),))
    except OSError as error:
        return refusal(error)


def extracted(path: bytes, file: BinaryIO, picture_px: int) -> tuple[Extraction, tuple[Raster, ...]] | None:
    """Return what a file holds, or None when it changed while it was read.

    Raises:
        OSError: It cannot be read from its disk.
    """
    before = _stat_of(file)
    found = _read_once(path, file, before, picture_px, contents=True)
    return found if before.same_content_as(_stat_of(file)) else None


def described(path: bytes, file: BinaryIO) -> tuple[Extraction, tuple[Raster, ...]]:
    """Return what can be said of a file without looking into its contents.

    Raises:
        OSError: It cannot be read from its disk.
    """
    return _read_once(path, file, _stat_of(file), 0, contents=False)


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
