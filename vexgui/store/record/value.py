"""What a record says: a file's vectors, and which content and reading they describe.

What a rebuild makes of every file is a NamedTuple: a frozen dataclass takes three times as long to make.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors
from vexgui.core.files import FileStat, PassageKind
from vexgui.core.told import told
from vexgui.core.vectors import Source, SpaceId
from vexgui.store.codecs import LENGTH_TOLERANCE, Codec

UNSAID = 0
"""In place of a `reading_of`: the record, or who asks, does not know how the content was read."""


class RecordFault(StrEnum):
    """Why a record is not used, as a user reads it."""

    DAMAGED = told("the record is damaged")
    NEWER = told("the record was written by a newer VexGUI")
    FOREIGN = told("the record was made with another key")


class RecordRefused(Exception):
    """The bytes are not a record that may be used."""

    def __init__(self, fault: RecordFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Fingerprint(NamedTuple):
    """Which content vectors describe: size in bytes, mtime in ns, BLAKE2b-128 of the content (16 bytes)."""

    size: int
    mtime_ns: int
    content_hash: bytes


@dataclass(frozen=True, slots=True, eq=False)
class SpaceVectors:
    """All vectors of a file in one space.

    Attributes:
        space: The space.
        ordinals: The passages' ordinals, [n] uint32, ascending.
        vectors: Unit rows, [n, dim].
        source: Where they came from.
        confidence: Expected cosine between these and what the model gave: below 1 where a codec came between.
        spare: Whether others come first where a record has no room for all: their model is not the chosen one any more.
    """

    space: SpaceId
    ordinals: NDArray[np.uint32]
    vectors: Vectors
    source: Source = Source.EMBEDDED
    confidence: float = 1.0
    spare: bool = False

    def usable(self) -> "SpaceVectors":
        """Return the same without the vectors that are not of unit length: a model that fails may give any numbers."""
        usable = are_units(self.vectors)
        return self if usable.all() else replace(self, ordinals=self.ordinals[usable], vectors=self.vectors[usable])


def are_units(vectors: Vectors) -> NDArray[np.bool_]:
    """Tell which rows [n, dim] are of unit length, as far as rounding goes; shape [n]."""
    with np.errstate(invalid="ignore", over="ignore"):
        lengths = np.sqrt(np.vecdot(vectors, vectors))
    units: NDArray[np.bool_] = np.abs(lengths - 1) <= LENGTH_TOLERANCE  # false for what is not a number
    return units


class Section(NamedTuple):
    """Vectors of one space as a record keeps them.

    Attributes:
        space: The space.
        codec: How they are kept.
        dim: Components of a vector.
        passages: How many the file has in this space; more than are kept when they did not all fit.
        ordinals: Passage ordinals of the kept ones, [n] uint32, ascending.
        packed: The kept ones, as the codec packs them.
        units: The same, [n, dim] float32 of unit length, where they are at hand.
    """

    space: SpaceId
    codec: Codec
    dim: int
    passages: int
    ordinals: NDArray[np.uint32]
    packed: bytes
    units: Vectors | None = None

    @property
    def vectors(self) -> Vectors:
        """The vectors, [n, dim] float32, scaled to unit length."""
        if self.units is not None:
            return self.units
        encoded = self.codec.unpack(self.packed, len(self.ordinals), self.dim)
        rows = self.codec.decode(encoded.codes, encoded.scale, self.dim)
        units: Vectors = rows / np.sqrt(np.vecdot(rows, rows))[:, None]
        return units

    def taken(self) -> SpaceVectors:
        """Return the vectors for the store, which remembers that they came from a record and what its codec did."""
        return SpaceVectors(self.space, self.ordinals, self.vectors, Source.RECORD, self.codec.fidelity)


class Record(NamedTuple):
    """A file's vectors and what they were made from.

    Attributes:
        recipe: Version of extraction and chunking.
        reading: What was read (`reading_of`), or UNSAID: version 1 did not say.
        created_s: Seconds since 1970.
        fingerprint: The content.
        sections: One a space.
    """

    recipe: int
    reading: int
    created_s: int
    fingerprint: Fingerprint
    sections: tuple[Section, ...]


class ReadPassage(Protocol):
    """A passage as an extractor gives it or as the catalog keeps it."""

    @property
    def kind(self) -> PassageKind:
        """What it is of."""
        ...

    @property
    def text(self) -> str:
        """Its words."""
        ...


def reading_of(passages: Iterable[ReadPassage]) -> int:
    """Return what tells one reading of a content from another: under another suffix the same bytes may be no text.

    It is the CRC-32 over all passages but the one on name and facts, which every file of the content has for itself: of
    each its kind, a zero byte, the length of its text in UTF-8 as u32, and the text. Never UNSAID.
    """
    crc = 0
    for passage in passages:
        if passage.kind is not PassageKind.ABOUT:
            text = passage.text.encode("utf-8", "surrogatepass")
            crc = zlib.crc32(passage.kind.encode() + b"\0" + len(text).to_bytes(4, "little") + text, crc)
    return crc or 1


def is_of(record: Record, stat: FileStat, content_hash: bytes, recipe: int, reading: int) -> bool:
    """Tell whether a record describes this content as this version of extraction reads it.

    The content hash decides; mtime does not, so that a copy whose times were not kept is still recognised. Readings are
    compared where both are said.
    """
    return (
        record.fingerprint.size == stat.size
        and record.fingerprint.content_hash == content_hash
        and record.recipe == recipe
        and (record.reading == reading or UNSAID in (record.reading, reading))
    )
