"""What of a file's vectors goes into its record, and in which codec."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors
from vexgui.core.vectors import CodecName
from vexgui.store.codecs import Codec, codec_named
from vexgui.store.record.pack import FRAME_BYTES, record_bytes
from vexgui.store.record.value import Section, SpaceVectors

_LADDER = tuple(codec_named(name) for name in (CodecName.INT8, CodecName.INT4, CodecName.BIT))
_OF_SPACES = (CodecName.TRUNCATED, CodecName.PRINCIPAL)
"""Codecs whose codes say nothing without what is known of the space."""


def fitted(parts: Sequence[SpaceVectors], wanted: CodecName, budget_bytes: int) -> tuple[Section, ...]:
    """Choose what of a file's vectors goes into its record: as many as fit, in the best codec that holds these.

    All in the wanted codec if they fit; else all in int8, else all in int4. Else every space's most representative ones
    in int4, spaces with fewer vectors first so that one long text does not push out a picture's vector; in 1-bit where
    not one of a space's fits in int4. Vectors that are not of unit length are left out.

    Args:
        parts: The vectors, one entry a space; those that are spare get only the room that the others leave.
        wanted: The wanted codec; int8 stands for one that records do not use.
        budget_bytes: What the whole record may take.

    Returns:
        The sections; empty when not even one vector fits.
    """
    rungs = list(_rungs(wanted))
    room = budget_bytes - FRAME_BYTES
    sections = _chosen([part for part in parts if not part.spare], rungs, room)
    room -= sum(_bytes_of(section) for section in sections)
    return (*sections, *_chosen([part for part in parts if part.spare], rungs, room))


def _chosen(parts: Sequence[SpaceVectors], rungs: Sequence[Codec], room: int) -> tuple[Section, ...]:
    parts = [part for part in (part.usable() for part in parts) if len(part.vectors)]
    for rung in rungs[:-1] or rungs:
        if sum(_section_bytes(part, rung, len(part.vectors)) for part in parts) <= room:
            return tuple(_kept(part, rung, len(part.vectors)) for part in parts)
    return _representing(parts, rungs[-2:], room)


def _rungs(wanted: CodecName) -> Iterator[Codec]:
    """Return the wanted codec and those of the ladder below it, best first."""
    first = codec_named(CodecName.INT8 if wanted in _OF_SPACES else wanted)
    yield first
    yield from (rung for rung in _LADDER if rung.fidelity < first.fidelity)


def _representing(parts: Sequence[SpaceVectors], rungs: Sequence[Codec], room: int) -> tuple[Section, ...]:
    """Keep of each space what its share of the room holds, at least one vector if there is room for it at all."""
    sections: list[Section] = []
    ranked = sorted(parts, key=lambda part: len(part.vectors))
    for position, part in enumerate(ranked):
        share = room // (len(ranked) - position)
        for rung in rungs:
            bare = _section_bytes(part, rung, 0)
            count = (share - bare) // (_section_bytes(part, rung, 1) - bare)
            count = min(len(part.vectors), max(1, count))
            if (taken := _section_bytes(part, rung, count)) <= room:
                sections.append(_kept(part, rung, count))
                room -= taken
                break
    return tuple(sections)


def _bytes_of(section: Section) -> int:
    return record_bytes(section.dim, len(section.ordinals), section.codec)


def _section_bytes(part: SpaceVectors, rung: Codec, count: int) -> int:
    return record_bytes(part.vectors.shape[1], count, _warranted(part, rung))


def _kept(part: SpaceVectors, rung: Codec, count: int) -> Section:
    rows = representatives(part.vectors, count)
    codec = _warranted(part, rung)
    packed = codec.pack(codec.encode(part.vectors[rows]))
    return Section(part.space, codec, part.vectors.shape[1], len(part.vectors), part.ordinals[rows], packed)


def _warranted(part: SpaceVectors, rung: Codec) -> Codec:
    """Return the codec for vectors that may have come through one: a better one would say more than they know."""
    return next((codec for codec in (rung, *_LADDER) if codec.fidelity <= part.confidence), _LADDER[-1])


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
