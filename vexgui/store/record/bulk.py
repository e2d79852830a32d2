"""Records read by the thousand: the checks of `unpack_record`, made over many records at once."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from vexgui.core.vectors import CodecName, SpaceId
from vexgui.store.codecs import Codec, Codes, CodesRefused, codec_coded, codec_named
from vexgui.store.format import (
    ORDINAL_TYPE,
    PASSAGE_BITS,
    RECORD_HEADER,
    RECORD_SECTION,
    RECORD_SECTION_1,
    RECORD_TRAILER,
    SCALE_TYPE,
)
from vexgui.store.record.pack import Head, keyed_hash, proved
from vexgui.store.record.value import RecordRefused

_VERSION_AT = 4
_LAST_ORDINAL = (1 << PASSAGE_BITS) - 1
_coded = cache(codec_coded)
_Layout = tuple[bytes, int, int, int]
"""Space, codec, length of a vector, and number of vectors: what sections must share to be read together."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Sections of one layout, of n files with k vectors each.

    Attributes:
        space: The space.
        codec: How the vectors are kept.
        dim: Length of a vector.
        files: The numbers the files were given, [n] int64.
        ordinals: Passage ordinals, [n, k] uint32, ascending.
        scale: [n, k] float32.
        codes: [n, k, width] of the codec's type.
    """

    space: SpaceId
    codec: Codec
    dim: int
    files: NDArray[np.int64]
    ordinals: NDArray[np.uint32]
    scale: NDArray[np.float32]
    codes: Codes


class RecordSieve:
    """Takes records in one by one, and hands out their sections together.

    Args:
        key: The user's key, 32 bytes; records signed with another one are not used.
    """

    def __init__(self, key: bytes) -> None:
        self._keyed = keyed_hash(key)
        self._sections: dict[_Layout, list[bytes]] = defaultdict(list)
        self._files: dict[_Layout, list[int]] = defaultdict(list)

    def head(self, value: bytes) -> Head | None:
        """Return what a whole record's header says; None when the record may not be used."""
        try:
            return proved(value, self._keyed)
        except RecordRefused:
            return None

    def take(self, file: int, value: bytes) -> bool:
        """Take in the sections of a record whose header holds, for a file; return whether there is any."""
        layout = RECORD_SECTION_1 if value[_VERSION_AT] == 1 else RECORD_SECTION
        found = False
        at, end = RECORD_HEADER.size, len(value) - RECORD_TRAILER.size
        while at + layout.size <= end:
            space, code, dim, _, kept, *given = layout.unpack_from(value, at)
            at += layout.size
            codec = _coded(code)
            if codec is None or not dim or not kept:
                break
            length = given[0] if given else kept * ORDINAL_TYPE.itemsize + codec.packed_bytes(kept, dim)
            found |= self._take(file, (space, code, dim, kept), codec, value[at : at + length])
            at += length
        return found

    def blocks(self) -> list[Block]:
        """Return all sections, those left out whose vectors may not be used, and begin anew."""
        blocks = [_block(layout, np.array(files), self._sections[layout]) for layout, files in self._files.items()]
        self._files.clear()
        self._sections.clear()
        return [block for block in blocks if len(block.files)]

    def _take(self, file: int, layout: _Layout, codec: Codec, section: bytes) -> bool:
        space, _, dim, kept = layout
        if codec.name is CodecName.FLOAT32_PACKED:
            codec, section = _unpacked(codec, section, kept, dim)
            layout = (space, codec.code, dim, kept)
        if len(section) != kept * ORDINAL_TYPE.itemsize + codec.packed_bytes(kept, dim):
            return False
        self._sections[layout].append(section)
        self._files[layout].append(file)
        return True


def _unpacked(codec: Codec, section: bytes, kept: int, dim: int) -> tuple[Codec, bytes]:
    """Return a section whose vectors differ in length as one in which they do not; an empty one when that fails."""
    plain = codec_named(CodecName.FLOAT32)
    ordinals = kept * ORDINAL_TYPE.itemsize
    try:
        return plain, section[:ordinals] + plain.pack(codec.unpack(section[ordinals:], kept, dim))
    except CodesRefused:
        return plain, b""


def _block(layout: _Layout, files: NDArray[np.int64], sections: list[bytes]) -> Block:
    space, code, dim, kept = layout
    codec = _coded(code)
    assert codec is not None, "only sections of known codecs are taken"
    width = codec.width(dim)
    row = np.dtype(
        [("ordinals", ORDINAL_TYPE, kept), ("scale", SCALE_TYPE, kept), ("codes", codec.dtype, (kept, width))]
    )
    rows = np.frombuffer(b"".join(sections), row)
    ordinals = rows["ordinals"].reshape(-1, kept)
    scale, codes = rows["scale"].reshape(-1, kept), rows["codes"]
    usable = codec.valid(codes.reshape(-1, width), scale.reshape(-1), dim).reshape(-1, kept).all(axis=1)
    usable &= (ordinals[:, 1:] > ordinals[:, :-1]).all(axis=1) & (ordinals[:, -1] <= _LAST_ORDINAL)
    return Block(SpaceId(space.hex()), codec, dim, files[usable], ordinals[usable], scale[usable], codes[usable])
