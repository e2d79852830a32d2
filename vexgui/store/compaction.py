"""Compaction: a space's columns written anew without gaps, in another codec if another is wanted."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vexgui.core.vectors import CodecName
from vexgui.store.buddy import slots_of
from vexgui.store.codecs import Codec, learn_basis
from vexgui.store.columns.rows import Rows
from vexgui.store.rows import Extents
from vexgui.store.spaces import OpenSpace

_CHUNK_ROWS = 8192
_LEARNT_FROM = 20_000
"""So many vectors tell a space's principal components."""
_LEARNT_AT_LEAST = 10
"""So many vectors a dimension they are learnt from at least: all others are kept as far as these few span the space."""

Progress = Callable[[int], None]
"""Is told how many vectors have been copied."""


class Interrupted(Exception):
    """Compaction was told to stop; nothing has changed."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """How a space's vectors come to lie.

    Attributes:
        old: The first slots of all extents, [n] int64.
        new: Where each begins after compaction, [n] int64.
        slots: The slots of all vectors before it, in the order they have after it, [m] int64.
    """

    old: NDArray[np.int64]
    new: NDArray[np.int64]
    slots: NDArray[np.int64]


def layout(extents: Extents) -> Layout:
    """Lay extents together without gaps: files keep their order, and a file's runs that lay apart come together."""
    _, places, back = np.unique(extents.file, return_index=True, return_inverse=True)
    order = np.lexsort((extents.first, places[back]))
    old, counts = extents.first[order], extents.count[order]
    new = np.cumsum(counts) - counts
    return Layout(old, new, slots_of(old, counts))


def wanted_basis(opened: OpenSpace, wanted: CodecName, slots: NDArray[np.int64]) -> bytes | None:
    """Return what a codec must have learnt from a space's vectors before it can keep them; None where it need not."""
    if wanted is not CodecName.PRINCIPAL:
        return None
    if opened.kept.codec is wanted:
        return opened.kept.basis
    chosen = slots[:: 1 + len(slots) // _LEARNT_FROM]
    rows = opened.columns.rows()
    return learn_basis(opened.codec.decode(rows.codes[chosen], rows.scale[chosen], opened.kept.space.dim))


def copy(
    source: OpenSpace, target: OpenSpace, slots: NDArray[np.int64], stop: threading.Event, progress: Progress
) -> None:
    """Copy the rows in some slots to the slots from 0 of empty columns.

    Raises:
        Interrupted: ``stop`` was set.
        DiskFull: There is no room.
    """
    target.columns.reserve(len(slots))
    rows = source.columns.rows()
    same = source.kept.codec is target.kept.codec and source.kept.basis == target.kept.basis
    for start in range(0, len(slots), _CHUNK_ROWS):
        if stop.is_set():
            raise Interrupted
        chosen = rows.at(slots[start : start + _CHUNK_ROWS])
        if not same:
            chosen = recoded(chosen, source.codec, target.codec, source.kept.space.dim)
        target.columns.write(np.arange(start, start + len(chosen), dtype=np.int64), chosen)
        progress(start + len(chosen))


def recoded(rows: Rows, old: Codec, new: Codec, dim: int) -> Rows:
    """Return rows in another codec; what was damaged stays known as damaged."""
    with np.errstate(invalid="ignore", over="ignore"):
        vectors = old.decode(rows.codes, rows.scale, dim)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        encoded = new.encode(np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0))
    return replace(rows, codes=encoded.codes, scale=encoded.scale).closed_like(rows)


def column_codec(wanted: CodecName, vectors: int, dim: int) -> CodecName:
    """Return the codec that can keep a space's vectors in columns: some are for records, some must learn first."""
    if wanted is CodecName.FLOAT32_PACKED:
        return CodecName.FLOAT32
    return CodecName.INT8 if wanted is CodecName.PRINCIPAL and vectors < _LEARNT_AT_LEAST * dim else wanted
