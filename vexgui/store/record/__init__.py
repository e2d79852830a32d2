"""The record: a file's vectors in one attribute, with the proof that they are its own.

Pure: bytes in, values out. Whoever can write the file can write the attribute, so every byte is checked before use.
"""

import hashlib
import hmac
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from vexgui.core.vectors import Source, SpaceId, Vectors
from vexgui.store.codecs import Codec, Codes, codec_coded, decoded
from vexgui.store.format import (
    ORDINAL_TYPE,
    RECORD_HEADER,
    RECORD_MAGIC,
    RECORD_MAX_BYTES,
    RECORD_SECTION,
    RECORD_TRAILER,
    RECORD_VERSION,
    SCALE_TYPE,
)


class RecordFault(StrEnum):
    """Why a record is not used, as a user reads it."""

    DAMAGED = "the record is damaged"
    NEWER = "the record was written by a newer VexGUI"
    FOREIGN = "the record was made with another key"


_NORM_TOLERANCE = 0.05
"""What int8 rounding can do to the length of a unit vector."""


class RecordRefused(Exception):
    """The bytes are not a record that may be used."""

    def __init__(self, fault: RecordFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Which content vectors describe: size in bytes, mtime in ns, BLAKE2b-128 of the content (16 bytes)."""

    size: int
    mtime_ns: int
    content_hash: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """Vectors of one space.

    Attributes:
        space: The space.
        codec: How they are kept.
        passages: How many the file has in this space; more than are kept when they did not all fit.
        ordinals: Passage ordinals of the kept ones, [n] uint32, ascending.
        codes: [n, dim] of the codec's type.
        scale: [n] float32.
    """

    space: SpaceId
    codec: Codec
    passages: int
    ordinals: NDArray[np.uint32]
    codes: Codes
    scale: NDArray[np.float32]

    @property
    def vectors(self) -> Vectors:
        """The vectors, [n, dim] float32, scaled to unit length."""
        rows = decoded(self.codes, self.scale)
        units: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return units


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A file's vectors and what they were made from.

    Attributes:
        recipe: Version of extraction and chunking.
        created_s: Seconds since the epoch.
        fingerprint: The content.
        sections: One a space.
    """

    recipe: int
    created_s: int
    fingerprint: Fingerprint
    sections: tuple[Section, ...]


def record_bytes(dim: int, passages: int, codec: Codec) -> int:
    """Return what a section takes, in bytes."""
    return RECORD_SECTION.size + passages * (ORDINAL_TYPE.itemsize + SCALE_TYPE.itemsize + dim * codec.dtype.itemsize)


FRAME_BYTES = RECORD_HEADER.size + RECORD_TRAILER.size
"""What a record takes beside its sections, in bytes."""


def pack_record(record: Record, key: bytes) -> bytes:
    """Return a record's bytes, signed with a key (at most 64 bytes)."""
    fingerprint = record.fingerprint
    parts = [
        RECORD_HEADER.pack(
            RECORD_MAGIC,
            RECORD_VERSION,
            0,
            record.recipe,
            len(record.sections),
            0,
            record.created_s,
            fingerprint.size,
            fingerprint.mtime_ns,
            fingerprint.content_hash,
        )
    ]
    for section in record.sections:
        count, dim = section.codes.shape
        parts.append(
            RECORD_SECTION.pack(bytes.fromhex(section.space), section.codec.code, dim, section.passages, count)
        )
        parts.append(section.ordinals.astype(ORDINAL_TYPE).tobytes())
        parts.append(section.scale.astype(SCALE_TYPE).tobytes())
        parts.append(section.codes.astype(section.codec.dtype).tobytes())
    body = b"".join(parts)
    signed = body + _code(body, key)
    return signed + zlib.crc32(signed).to_bytes(4, "little")


def unpack_record(value: bytes, key: bytes) -> Record:
    """Return the record in an attribute's value.

    Raises:
        RecordRefused: It is damaged, of a newer version, or signed with another key. Nothing else ever escapes.
    """
    if not FRAME_BYTES <= len(value) <= RECORD_MAX_BYTES or value[:4] != RECORD_MAGIC:
        raise RecordRefused(RecordFault.DAMAGED)
    body, trailer = value[: -RECORD_TRAILER.size], value[-RECORD_TRAILER.size :]
    code, checksum = RECORD_TRAILER.unpack(trailer)
    if zlib.crc32(value[:-4]) != checksum:
        raise RecordRefused(RecordFault.DAMAGED)
    if value[4] > RECORD_VERSION:
        raise RecordRefused(RecordFault.NEWER)
    if not hmac.compare_digest(_code(body, key), code):
        raise RecordRefused(RecordFault.FOREIGN)
    _, _, _, recipe, count, _, created_s, size, mtime_ns, content_hash = RECORD_HEADER.unpack_from(body)
    sections = _sections(body, count)
    return Record(recipe, created_s, Fingerprint(size, mtime_ns, content_hash), sections)


def _code(body: bytes, key: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16, key=key).digest()


def _sections(body: bytes, count: int) -> tuple[Section, ...]:
    sections: list[Section] = []
    offset = RECORD_HEADER.size
    for _ in range(count):
        if offset + RECORD_SECTION.size > len(body):
            raise RecordRefused(RecordFault.DAMAGED)
        space, code, dim, passages, kept = RECORD_SECTION.unpack_from(body, offset)
        codec = codec_coded(code)
        if codec is None:
            raise RecordRefused(RecordFault.NEWER)
        end = offset + record_bytes(dim, kept, codec)
        if dim == 0 or kept == 0 or end > len(body):
            raise RecordRefused(RecordFault.DAMAGED)
        sections.append(
            _section(body, offset + RECORD_SECTION.size, SpaceId(space.hex()), codec, (kept, dim), passages)
        )
        offset = end
    if offset != len(body):
        raise RecordRefused(RecordFault.DAMAGED)
    return tuple(sections)


def _section(body: bytes, offset: int, space: SpaceId, codec: Codec, shape: tuple[int, int], passages: int) -> Section:
    kept, dim = shape
    ordinals = np.frombuffer(body, ORDINAL_TYPE, kept, offset)
    if kept > passages or np.any(ordinals[1:] <= ordinals[:-1]):
        raise RecordRefused(RecordFault.DAMAGED)
    offset += ordinals.nbytes
    scale = np.frombuffer(body, SCALE_TYPE, kept, offset)
    offset += scale.nbytes
    codes = np.frombuffer(body, codec.dtype, kept * dim, offset).reshape(kept, dim)
    with np.errstate(invalid="ignore", over="ignore"):
        lengths = np.linalg.norm(codes.astype(np.float32), axis=1) * scale
    if not np.all(_is_unit(lengths)):
        raise RecordRefused(RecordFault.DAMAGED)
    return Section(space, codec, passages, ordinals, codes, scale)


def _is_unit(lengths: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Tell which vectors may be used: one that is not of unit length would win or lose every search."""
    return np.abs(lengths - 1) <= _NORM_TOLERANCE  # false for what is not a number


def representatives(vectors: Vectors, count: int) -> NDArray[np.intp]:
    """Choose the rows that speak best for all: greedy facility location over cosines.

    Each step takes the row that raises the sum over all rows of their best cosine to a chosen one the most (Nemhauser,
    Wolsey and Fisher 1978 show that this is within 1 - 1/e of the best choice).

    Args:
        vectors: Unit rows, [n, dim].
        count: How many to choose, at least 1.

    Returns:
        Ascending row numbers, [min(count, n)].
    """
    if count >= len(vectors):
        return np.arange(len(vectors))
    likeness = vectors @ vectors.T
    best = np.full(len(vectors), -1.0, np.float32)
    chosen: list[int] = []
    for _ in range(count):
        gains = np.maximum(likeness - best, 0).sum(axis=1)
        gains[chosen] = -1
        row = int(gains.argmax())
        chosen.append(row)
        best = np.maximum(best, likeness[row])
    return np.sort(np.array(chosen, dtype=np.intp))


@dataclass(frozen=True, slots=True, eq=False)
class SpaceVectors:
    """All vectors of a file in one space.

    Attributes:
        space: The space.
        ordinals: The passages' ordinals, [n] uint32, ascending.
        vectors: Unit rows, [n, dim].
        source: Where they came from.
        confidence: Expected cosine between these and what the model gave: below 1 where a codec came between.
    """

    space: SpaceId
    ordinals: NDArray[np.uint32]
    vectors: Vectors
    source: Source = Source.EMBEDDED
    confidence: float = 1.0

    def usable(self) -> "SpaceVectors":
        """Return the same without the vectors that are not of unit length: a model that fails may give any numbers."""
        with np.errstate(invalid="ignore", over="ignore"):
            usable = _is_unit(np.linalg.norm(self.vectors, axis=1))
        return replace(self, ordinals=self.ordinals[usable], vectors=self.vectors[usable])


def fitted(parts: Sequence[SpaceVectors], codec: Codec, smallest: Codec, budget: int) -> tuple[Section, ...]:
    """Choose what of a file's vectors goes into its record.

    All of them in the wanted codec if they fit; else in the smallest codec; else, there, every space's most
    representative ones, spaces with fewer vectors first so that one long text does not push out a picture's vector.
    Vectors that are not of unit length are left out.

    Args:
        parts: The vectors, one entry a space.
        codec: The wanted codec.
        smallest: The codec to fall back to.
        budget: Bytes the whole record may take.

    Returns:
        The sections; empty when not even one vector fits.
    """
    parts = [part for part in (part.usable() for part in parts) if len(part.vectors)]
    room = budget - FRAME_BYTES
    for candidate in (codec, smallest):
        if sum(record_bytes(part.vectors.shape[1], len(part.vectors), candidate) for part in parts) <= room:
            return tuple(_kept(part, candidate, len(part.vectors)) for part in parts)
    sections: list[Section] = []
    ranked = sorted(parts, key=lambda part: len(part.vectors))
    for position, part in enumerate(ranked):
        dim = part.vectors.shape[1]
        share = room // (len(ranked) - position)
        each = record_bytes(dim, 1, smallest) - record_bytes(dim, 0, smallest)
        count = min(len(part.vectors), max(1, (share - record_bytes(dim, 0, smallest)) // each))
        if record_bytes(dim, count, smallest) <= room:
            sections.append(_kept(part, smallest, count))
            room -= record_bytes(dim, count, smallest)
    return tuple(sections)


def _kept(part: SpaceVectors, codec: Codec, count: int) -> Section:
    rows = representatives(part.vectors, count)
    encoded = codec.encode(part.vectors[rows])
    return Section(part.space, codec, len(part.vectors), part.ordinals[rows], encoded.codes, encoded.scale)
