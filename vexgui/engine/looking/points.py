"""The files of a store as points of few dimensions: what a map is laid out from.

A file is the mean of its passages' vectors. Vectors of different spaces are never compared, so a picture is a point
among pictures, by what it looks like, and every other file one among all others, by its words.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors
from vexgui.core.files import Kind
from vexgui.core.vectors import Modality
from vexgui.engine.looking.neighbours import Points
from vexgui.store.catalog import KeptSpace
from vexgui.store.columns.rows import KIND_CODES
from vexgui.store.format import PASSAGE_BITS
from vexgui.store.snapshot import Snapshot

DIMENSIONS = 50
"""As many principal components as t-SNE is usually given; the neighbours stay nearly the same."""
_LEARNT_FROM = 10_000
_CHUNK = 8192
_SEED = 20
_SEEN_KINDS = [KIND_CODES[kind] for kind in (Kind.IMAGE, Kind.VIDEO)]
"""What is seen rather than read."""


@dataclass(frozen=True, slots=True, eq=False)
class Continent:
    """Files that can be compared with each other.

    Attributes:
        files: Their ids, ascending, [n] int64.
        points: Where they are, [n, d] float32, d at most `DIMENSIONS`; the first dimensions say the most.
    """

    files: NDArray[np.int64]
    points: Points


def continents(snapshot: Snapshot) -> tuple[Continent, ...]:
    """Return the files that have vectors: what is seen, and what is read; each once."""
    seen = _most_filled(snapshot, Modality.PICTURE)
    read = _most_filled(snapshot, Modality.TEXT)
    found: list[Continent] = []
    if seen is not None:
        found.append(_continent(snapshot, seen, np.empty(0, np.int64), _SEEN_KINDS))
    taken = found[0].files if found else np.empty(0, np.int64)
    if read is not None:
        found.append(_continent(snapshot, read, taken, None))
    return tuple(continent for continent in found if len(continent.files))


def _most_filled(snapshot: Snapshot, modality: Modality) -> KeptSpace | None:
    """Return the space of a modality in which the most vectors are: while models change there are two."""
    spaces = [kept for kept in snapshot.spaces() if kept.space.modality is modality]
    return max(spaces, key=lambda kept: snapshot.count_vectors(kept.space.id), default=None)


def _continent(snapshot: Snapshot, kept: KeptSpace, without: NDArray[np.int64], kinds: list[int] | None) -> Continent:
    """Return the files of a space, those of some kinds alone where any are given, and none of others."""
    opened = snapshot.opened(kept)
    rows, slots = opened.columns.rows(), snapshot.live(opened)
    owners = rows.owner[slots] >> PASSAGE_BITS
    wanted = ~np.isin(owners, without)
    if kinds is not None:
        wanted &= np.isin(rows.kind[slots], kinds)
    slots, owners = slots[wanted], owners[wanted]

    def vectors(at: NDArray[np.int64]) -> Vectors:
        return opened.codec.decode(rows.codes[at], rows.scale[at], kept.space.dim)

    files, numbers = np.unique(owners, return_inverse=True)
    if not len(files):
        return Continent(files, np.empty((0, 1), np.float32))
    learnt = np.random.default_rng(_SEED).permutation(len(slots))[:_LEARNT_FROM]
    mean, axes = _principal(vectors(slots[np.sort(learnt)]))
    sums = np.zeros((len(files), axes.shape[1]), np.float32)
    for part in _parts(len(slots)):
        np.add.at(sums, numbers[part], (vectors(slots[part]) - mean) @ axes)
    counts = np.bincount(numbers).astype(np.float32)
    return Continent(files, sums / counts[:, None])


def _principal(vectors: Vectors) -> tuple[Vectors, Vectors]:
    """Return the mean [dim] of vectors, and the axes [dim, d] in which they differ the most, the first ones first."""
    mean = vectors.mean(axis=0)
    centred = vectors - mean
    _, axes = np.linalg.eigh(centred.T @ centred)
    return mean, np.ascontiguousarray(axes[:, ::-1][:, :DIMENSIONS]).astype(np.float32)


def _parts(count: int) -> Iterator[slice]:
    for start in range(0, count, _CHUNK):
        yield slice(start, start + _CHUNK)
