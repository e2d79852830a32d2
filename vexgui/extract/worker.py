"""What a decoder process does: answers what a file holds, from a descriptor that it is given.

A request's header is ``{"do": "extract", "picture_px": N, "thumbnail_px": N, "known": [STAT, HASH]}``, of which the
last two may be missing, ``{"do": "describe"}`` or ``{"do": "thumbnail", "longest_px": N, "page": N}``; its blob is the
path, which tells the name and is not opened; the file comes open. "describe" gives an extraction without looking into
the contents: what is left to say about a file whose contents ended an earlier decoder. With "thumbnail_px" other than 0
a thumbnail of a picture comes with what is extracted, made of the same pixels.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from vexgui.core.files import Extraction, FileFacts, FileStat, Kind, Passage, PassageKind
from vexgui.core.paths import name_of
from vexgui.extract.about import PLACE, about
from vexgui.extract.colours import COLOURS, COLOURS_PX, colours_of
from vexgui.extract.contents import Contents, Raster, Shown
from vexgui.extract.decode import contents_of, thumbnail_of
from vexgui.extract.formats import Format, Reader
from vexgui.extract.kinds import HEAD_BYTES, format_of
from vexgui.extract.looks import LOOKS, POINTS, looks_of
from vexgui.extract.passages import passages_of
from vexgui.extract.wire import answer, hash_known, refusal, unsteady
from vexgui.system.fingerprint import content_hash
from vexgui.system.frames import Frame


def handle(request: Frame) -> Frame:
    """Answer one request."""
    (path,), (descriptor,) = request.blobs, request.files
    try:
        with open(descriptor, "rb", closefd=False) as file:
            match request.header["do"]:
                case "extract":
                    asked = request.header
                    pixels = asked["picture_px"], asked.get("thumbnail_px", 0)
                    found = extracted(path, file, *pixels, asked.get("known"))
                    return unsteady() if found is None else answer(*found)
                case "describe":
                    return answer(described(path, file), ())
                case _:
                    drawn = request.header["longest_px"], request.header["page"]
                    return Frame({}, (thumbnail_of(_format(path, file), file, *drawn),))
    except OSError as error:
        return refusal(error)


def extracted(
    path: bytes, file: BinaryIO, picture_px: int, thumbnail_px: int = 0, known: list[Any] | None = None
) -> tuple[Extraction, tuple[Raster, ...], Raster | None] | None:
    """Return what a file holds, its pictures and its thumbnail, or None when it changed while it was read.

    Raises:
        OSError: It cannot be read from its disk.
    """
    before = _stat_of(file)
    form = _format(path, file)
    read = contents_of(form, file, picture_px) if before.size else Contents()
    rasters = tuple(shown.raster for shown in read.shown if shown.raster is not None)
    digest = hash_known(known, before) or content_hash(file.fileno(), before.size)
    found = _extraction(path, before, digest, form, replace(read, facts=_facts(read, rasters)))
    thumbnail = _thumbnail(form, read, thumbnail_px)
    return (found, rasters, thumbnail) if before.same_content_as(_stat_of(file)) else None


def described(path: bytes, file: BinaryIO) -> Extraction:
    """Return what can be said of a file without looking into its contents.

    Raises:
        OSError: It cannot be read from its disk.
    """
    stat = _stat_of(file)
    return _extraction(path, stat, content_hash(file.fileno(), stat.size), _format(path, file), Contents())


def _extraction(path: bytes, stat: FileStat, digest: bytes, form: Format, read: Contents) -> Extraction:
    return Extraction(
        stat=stat,
        content_hash=digest,
        kind=form.kind,
        mime=form.mime,
        facts=read.facts,
        passages=tuple(_passages(path, form, read)),
        problem=read.problem,
    )


def _facts(read: Contents, rasters: Sequence[Raster]) -> FileFacts:
    """Return the facts of a file, where it was made in words, and how it looks where its pixels were wanted."""
    facts = read.facts
    found: dict[str, str | int | float] = {}
    if facts.latitude is not None and facts.longitude is not None:
        from vexgui.system.towns import towns

        if around := towns().around(facts.latitude, facts.longitude):
            found[PLACE] = ", ".join(around)
    if rasters:
        from vexgui.extract.readers.picture import shades_of, shrunken

        found[LOOKS] = looks_of(shades_of(rasters[0], POINTS))
        found[COLOURS] = colours_of(shrunken(rasters[0], (COLOURS_PX, COLOURS_PX)).reshape(-1, 3))
    return replace(facts, extra={**(facts.extra or {}), **found}) if found else facts


def _thumbnail(form: Format, read: Contents, longest_px: int) -> Raster | None:
    """Return a picture as small as a thumbnail, made of the pixels that a model will see.

    None is made of one that is no larger itself, nor of one that something shines through: other programs show that.
    """
    whole = read.shown[0] if longest_px and form.kind is Kind.IMAGE and read.shown else Shown()
    raster = whole.raster
    if raster is None or whole.transparent or max(raster.width, raster.height) < longest_px:
        return None
    from vexgui.extract.readers.picture import shrunken

    factor = longest_px / max(raster.width, raster.height)
    size = (max(1, round(raster.width * factor)), max(1, round(raster.height * factor)))
    return Raster(*size, shrunken(raster, size).tobytes())


def _passages(path: bytes, form: Format, read: Contents) -> Iterator[Passage]:
    yield Passage(0, PassageKind.ABOUT, about(path, form.words, read.facts))
    ordinal = 0
    for text, place in passages_of(read.sections, code=form.reader is Reader.CODE):
        ordinal += 1
        yield Passage(ordinal, PassageKind.TEXT, text, place)
    for shown in read.shown:
        ordinal += 1
        yield Passage(ordinal, PassageKind.PICTURE, "", shown.place)


def _format(path: bytes, file: BinaryIO) -> Format:
    return format_of(name_of(path), os.pread(file.fileno(), HEAD_BYTES, 0))


def _stat_of(file: BinaryIO) -> FileStat:
    return FileStat.of(os.fstat(file.fileno()))
