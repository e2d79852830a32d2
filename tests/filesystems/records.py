"""Files with records on some file system."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.store.builders import KEY, of_space, vectors
from vexgui.core.vectors import CodecName, Modality, Space, SpaceId
from vexgui.store.record import SpaceVectors, is_of
from vexgui.store.record.keeper import Found, RecordKeeper
from vexgui.system import attributes
from vexgui.system.fingerprint import content_hash

TEXT = Space(SpaceId("00000000000000aa"), "text", Modality.TEXT, 384)
PICTURE = Space(SpaceId("00000000000000bb"), "picture", Modality.PICTURE, 512, 256)
RECIPE = 1
READING = 7

KEEPER = RecordKeeper(KEY, CodecName.INT8, enabled=True)


def texts(count: int) -> SpaceVectors:
    """Return vectors of so many text passages."""
    return of_space(vectors(count, TEXT.dim, count), TEXT)


def picture(ordinal: int = 0) -> SpaceVectors:
    """Return the vector of a picture."""
    return of_space(vectors(1, PICTURE.dim), PICTURE, [ordinal])


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """Open a file for its attributes."""
    descriptor = attributes.open_for_attributes(os.fsencode(path))
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def written(path: Path, parts: Sequence[SpaceVectors], content: bytes = b"some content\n") -> str:
    """Write a file and its record; return why it has none, or ""."""
    path.write_bytes(content)
    return recorded(path, parts)


def recorded(path: Path, parts: Sequence[SpaceVectors]) -> str:
    """Write the record of a file as it is; return why it has none, or ""."""
    with opened(path) as descriptor:
        stat = attributes.stat_of(descriptor)
        found = content_hash(descriptor, stat.size)
        return KEEPER.write(descriptor, os.fsencode(path), stat, found, RECIPE, READING, parts)


def found_on(path: Path) -> Found:
    """Return what a file carries."""
    with opened(path) as descriptor:
        return KEEPER.read(descriptor)


def is_described(path: Path) -> bool:
    """Tell whether a file carries a record of its content."""
    with opened(path) as descriptor:
        record = KEEPER.read(descriptor).record
        stat = attributes.stat_of(descriptor)
        return record is not None and is_of(record, stat, content_hash(descriptor, stat.size), RECIPE, READING)
