"""A record's bytes, whole and cut into the values of several attributes.

Pure: bytes in, values out. Whoever can write the file can write its attributes, so every byte is checked before use.
"""

import hashlib
import hmac
import math
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, cast

import numkong
import numpy as np

from vexgui.core.arrays import Vectors
from vexgui.core.vectors import CodecName, SpaceId
from vexgui.store.codecs import LENGTH_TOLERANCE, Codec, CodesRefused, codec_coded, codec_named
from vexgui.store.format import (
    ORDINAL_TYPE,
    RECORD_ATTRIBUTE,
    RECORD_HEADER,
    RECORD_HEADER_1,
    RECORD_MAGIC,
    RECORD_MAX_BYTES,
    RECORD_SECTION,
    RECORD_SECTION_1,
    RECORD_TRAILER,
    RECORD_VERSION,
)
from vexgui.store.record.value import UNSAID, Fingerprint, Record, RecordFault, RecordRefused, Section

FRAME_BYTES = RECORD_HEADER.size + RECORD_TRAILER.size
"""What a record takes beside its sections, in bytes."""

_VERSION_AT = 4
_PARTS_AT = 9
_LATEST_S = (1 << 32) - 1
_SCALE = struct.Struct("<f")
_INT8 = codec_named(CodecName.INT8)
_codec_coded = cache(codec_coded)


class Head(NamedTuple):
    """What a record says before its sections: see `Record` and `Fingerprint`; a tuple, because a rebuild makes many."""

    recipe: int
    reading: int
    created_s: int
    size: int
    mtime_ns: int
    content_hash: bytes
    sections: int


def record_bytes(dim: int, passages: int, codec: Codec) -> int:
    """Return what a section takes, in bytes; the most it can take where vectors differ in length."""
    return RECORD_SECTION.size + passages * ORDINAL_TYPE.itemsize + codec.packed_bytes(passages, dim)


def pack_record(record: Record, key: bytes, part_bytes: int = RECORD_MAX_BYTES) -> bytes:
    """Return a record's bytes, signed.

    Args:
        record: The record.
        key: At most 64 bytes.
        part_bytes: The most an attribute may hold, at least 256: a longer record says that it lies in several (`cut`).
    """
    sections = b"".join(_packed(section) for section in record.sections)
    fingerprint = record.fingerprint
    header = RECORD_HEADER.pack(
        RECORD_MAGIC,
        RECORD_VERSION,
        0,
        record.recipe,
        len(record.sections),
        -(-(FRAME_BYTES + len(sections)) // part_bytes),
        0,
        min(record.created_s, _LATEST_S),
        record.reading,
        fingerprint.size,
        fingerprint.mtime_ns,
        fingerprint.content_hash,
    )
    body = header + sections
    signed = body + _code(body, keyed_hash(key))
    return signed + zlib.crc32(signed).to_bytes(4, "little")


def _packed(section: Section) -> bytes:
    kept = section.ordinals.astype(ORDINAL_TYPE).tobytes() + section.packed
    space = bytes.fromhex(section.space)
    count = len(section.ordinals)
    return RECORD_SECTION.pack(space, section.codec.code, section.dim, section.passages, count, len(kept)) + kept


@dataclass(frozen=True, slots=True)
class Cut:
    """A record as attributes hold it: the first one's value, and the names and values of the others in order."""

    head: bytes
    others: tuple[tuple[bytes, bytes], ...]


def cut(value: bytes) -> Cut:
    """Cut a packed record into as many values as it says; the trailer stays in the first."""
    trailer = value[-RECORD_TRAILER.size :]
    body = value[: -RECORD_TRAILER.size]
    piece = -(-len(value) // value[_PARTS_AT])
    begins = range(piece - len(trailer), len(body), piece)
    head = body[: begins.start] + trailer
    return Cut(head, tuple(zip(part_names(head), (body[at : at + piece] for at in begins), strict=True)))


def part_names(head: bytes) -> tuple[bytes, ...]:
    """Return the names of the attributes that hold the rest of a record, from the first one's value; often none.

    Their names hold the first 4 bytes of the record's code, so that parts of two records never mix.
    """
    if len(head) < FRAME_BYTES or head[_PARTS_AT] <= 1 or head[_VERSION_AT] <= 1 or head[:_VERSION_AT] != RECORD_MAGIC:
        return ()
    code, _ = RECORD_TRAILER.unpack(head[-RECORD_TRAILER.size :])
    prefix = RECORD_ATTRIBUTE + b"." + code[:4].hex().encode() + b"."
    return tuple(prefix + str(number).encode() for number in range(1, head[_PARTS_AT]))


def joined(head: bytes, others: Sequence[bytes]) -> bytes:
    """Return the record that was cut into these values."""
    if not others:
        return head
    return head[: -RECORD_TRAILER.size] + b"".join(others) + head[-RECORD_TRAILER.size :]


def unpack_record(value: bytes, key: bytes) -> Record:
    """Return the record of whole bytes.

    Raises:
        RecordRefused: It is damaged, of a newer version, or signed with another key. Nothing else ever escapes.
    """
    head = proved(value, keyed_hash(key))
    sections = _sections(value[: -RECORD_TRAILER.size], head.sections, value[_VERSION_AT])
    fingerprint = Fingerprint(head.size, head.mtime_ns, head.content_hash)
    return Record(head.recipe, head.reading, head.created_s, fingerprint, sections)


def keyed_hash(key: bytes) -> hashlib.blake2b:
    """Return the hash that signs records with a key of at most 64 bytes, before it is given any of them."""
    return hashlib.blake2b(digest_size=16, key=key)


def proved(value: bytes, keyed: hashlib.blake2b) -> Head:
    """Return what a whole record says before its sections, once it is seen to be what was signed.

    Raises:
        RecordRefused: It is damaged, of a newer version, or signed with another key.
    """
    if not FRAME_BYTES <= len(value) <= RECORD_MAX_BYTES or value[:_VERSION_AT] != RECORD_MAGIC:
        raise RecordRefused(RecordFault.DAMAGED)
    body = value[: -RECORD_TRAILER.size]
    code, checksum = RECORD_TRAILER.unpack_from(value, len(body))
    if zlib.crc32(value[:-4]) != checksum:
        raise RecordRefused(RecordFault.DAMAGED)
    version = value[_VERSION_AT]
    if version > RECORD_VERSION:
        raise RecordRefused(RecordFault.NEWER)
    if not hmac.compare_digest(_code(body, keyed), code):
        raise RecordRefused(RecordFault.FOREIGN)
    if version == 1:
        _, _, _, recipe, count, _, created_s, size, mtime_ns, content_hash = RECORD_HEADER_1.unpack_from(body)
        reading = UNSAID
    else:
        _, _, _, recipe, count, _, _, created_s, reading, size, mtime_ns, content_hash = RECORD_HEADER.unpack_from(body)
    return Head(recipe, reading, created_s, size, mtime_ns, content_hash, count)


def _code(body: bytes, keyed: hashlib.blake2b) -> bytes:
    begun = keyed.copy()
    begun.update(body)
    return begun.digest()


def _sections(body: bytes, count: int, version: int) -> tuple[Section, ...]:
    layout = RECORD_SECTION_1 if version == 1 else RECORD_SECTION
    sections: list[Section] = []
    offset = RECORD_HEADER.size
    for _ in range(count):
        start = offset + layout.size
        if start > len(body):
            raise RecordRefused(RecordFault.DAMAGED)
        space, code, dim, passages, kept, *given = layout.unpack_from(body, offset)
        codec = _codec_coded(code)
        if codec is None:
            raise RecordRefused(RecordFault.NEWER)
        ordinals_end = start + kept * ORDINAL_TYPE.itemsize
        # Version 1 knew only codecs whose vectors are all of one length.
        offset = start + given[0] if given else ordinals_end + codec.packed_bytes(kept, dim)
        if not (0 < kept <= passages and dim > 0 and ordinals_end <= offset <= len(body)):
            raise RecordRefused(RecordFault.DAMAGED)
        ordinals = np.frombuffer(body, ORDINAL_TYPE, kept, start)
        if kept > 1 and (ordinals[1:] <= ordinals[:-1]).any():
            raise RecordRefused(RecordFault.DAMAGED)
        packed = body[ordinals_end:offset]
        units = _checked(codec, packed, kept, dim)
        sections.append(Section(SpaceId(space.hex()), codec, dim, passages, ordinals, packed, units))
    if offset != len(body):
        raise RecordRefused(RecordFault.DAMAGED)
    return tuple(sections)


def _checked(codec: Codec, packed: bytes, kept: int, dim: int) -> Vectors | None:
    """See that vectors are of unit length: others would win or lose every search. Return them if that made them."""
    if kept == 1 and codec is _INT8:
        return _only_int8(packed, dim)
    # No codec that stays within a record takes less than a bit a component: more would only cost memory.
    if kept * dim > RECORD_MAX_BYTES * 8:
        raise RecordRefused(RecordFault.DAMAGED)
    try:
        encoded = codec.unpack(packed, kept, dim)
    except CodesRefused as refused:
        raise RecordRefused(RecordFault.DAMAGED) from refused
    if not codec.valid(encoded.codes, encoded.scale, dim).all():
        raise RecordRefused(RecordFault.DAMAGED)
    return None


def _only_int8(packed: bytes, dim: int) -> Vectors:
    """Check the vector of a section of one, in int8, and return it, [1, dim] of unit length.

    It is what most files have, and a rebuild reads them by the thousand: so numbers stand in place of arrays of one.
    """
    if len(packed) != _SCALE.size + dim:
        raise RecordRefused(RecordFault.DAMAGED)
    codes = np.frombuffer(packed, _INT8.dtype, dim, _SCALE.size)
    length = math.sqrt(cast("float", numkong.dot(codes, codes)))
    if not abs(length * _SCALE.unpack_from(packed)[0] - 1) <= LENGTH_TOLERANCE:  # true for what is not a number
        raise RecordRefused(RecordFault.DAMAGED)
    vector: Vectors = codes.astype(np.float32)
    vector /= length
    return vector[None]
