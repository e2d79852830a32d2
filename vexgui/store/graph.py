"""A graph over the vectors of one space, in which the nearest are found without comparing all (HNSW).

It knows vectors by their slots, in the state the store had when it was begun. What happens later is followed all the
same: a slot that has died or was written anew since then tells so itself (`born`), and what was born since then is
compared one by one. So it goes with one generation of a space's columns, in whose folder its file lies.

It is a cache of a cache: made from the columns, left out whenever anything about it is in doubt, and absent where
hnswlib is not installed. Whoever asks then compares every vector. hnswlib reads its file without checking it and ends
the process on a damaged one, so the file is sealed: see `vexgui.store.sealed`.
"""

import errno
import os
import struct
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors
from vexgui.core.errors import StoreTooNew, WorldProblem
from vexgui.core.paths import shown
from vexgui.core.vectors import SpaceId
from vexgui.store.format import GRAPH_LABEL, GRAPH_MAGIC, GRAPH_VERSION
from vexgui.store.sealed import seal, unsealed

_LINKS = 16
_BUILDING_BREADTH = 200
_BREADTH = 8
"""Candidates that are kept while searching, for each passage that is wanted: of 30,000 clustered vectors 96 % of the
nearest 50 were found, with 2 candidates 74 %."""
_LEAST_BREADTH = 200
_SEED = 100
_VERSION = struct.Struct("<4sH")


class GraphUnfit(WorldProblem):
    """A graph is whole, but not one of the vectors that are searched."""


@dataclass(frozen=True, slots=True)
class Covered:
    """Which vectors a graph is of.

    Attributes:
        space: Their space.
        generation: Which writing of its columns they are in.
        dim: Their length.
        epoch: The state of the store they are from.
        count: How many there are.
    """

    space: SpaceId
    generation: int
    dim: int
    epoch: int
    count: int


class Graph:
    """Finds most of the nearest vectors.

    Args:
        covered: Which vectors it is of.
        index: hnswlib's.
    """

    def __init__(self, covered: Covered, index: Any) -> None:
        self.covered = covered
        self._index = index

    def nearest(self, query: Vectors, count: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return slots of vectors near to a query [dim], best first, and their cosines; a few may be missing.

        Raises:
            GraphUnfit: It does not reach so many.
        """
        wanted = min(count, self.covered.count)
        if wanted < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        self._index.set_ef(max(_LEAST_BREADTH, _BREADTH * wanted))
        try:
            labels, distances = self._index.knn_query(query[None], k=wanted, num_threads=1)
        except RuntimeError as error:
            raise GraphUnfit(f"The graph does not reach {wanted} vectors.") from error
        return labels[0].astype(np.int64), 1 - distances[0]

    def save(self, path: bytes) -> None:
        """Write the graph to a sealed file in place of another.

        Raises:
            DiskFull: There is no room; what was there stays.
        """

        def write(where: str) -> None:
            self._index.save_index(where)
            if os.stat(where).st_size != self._index.index_file_size():  # hnswlib does not tell of a full disk
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        seal(path, _label(self.covered), write)


def are_available() -> bool:
    """Tell whether graphs can be made and loaded here."""
    return _library() is not None


class Growing:
    """A graph that vectors are still put into.

    Args:
        space: Their space.
        generation: Which writing of its columns they are in.
        dim: Their length.
        epoch: The state of the store they are from.
        most: How many there will be at most.

    Raises:
        GraphUnfit: Graphs are not available.
    """

    def __init__(self, space: SpaceId, generation: int, dim: int, epoch: int, most: int) -> None:
        library = _library()
        if library is None:
            raise GraphUnfit("Graphs are not available.")
        self._of = Covered(space, generation, dim, epoch, 0)
        self._index = library.Index("ip", dim)
        self._index.init_index(max(1, most), _LINKS, _BUILDING_BREADTH, _SEED)

    def add(self, vectors: Vectors, slots: NDArray[np.int64], threads: int = 1) -> None:
        """Put unit vectors [n, dim] in, which lie in slots [n]."""
        if len(slots):  # hnswlib takes no part that is empty
            self._index.add_items(vectors, slots, num_threads=threads)

    def grown(self) -> Graph:
        """Return the graph of what was put in."""
        return Graph(replace(self._of, count=self._index.get_current_count()), self._index)


def loaded(path: bytes, space: SpaceId, generation: int, dim: int, epoch: int) -> Graph | None:
    """Return the graph in a file, None where there is no file or graphs are not available.

    Args:
        path: A sealed file.
        space: The space that is to be searched.
        generation: Which writing of its columns.
        dim: Length of its vectors.
        epoch: The state of the store.

    Raises:
        StoreDamaged: The file was cut short or damaged.
        StoreTooNew: A newer VexGUI wrote it.
        GraphUnfit: It is a graph of other vectors.
    """
    library = _library()
    if library is None or not os.path.exists(path):
        return None
    with unsealed(path) as content:
        covered = _covered(content.label, path)
        if (covered.space, covered.dim) != (space, dim):
            raise GraphUnfit(f"The graph {shown(path)} is of another space.")
        if covered.generation != generation or covered.epoch > epoch:
            raise GraphUnfit(f"The graph {shown(path)} is of another state of the store.")
        index = library.Index("ip", dim)
        try:
            index.load_index(content.path)
        except RuntimeError as error:
            raise GraphUnfit(f"The graph {shown(path)} cannot be loaded ({error}).") from error
    return Graph(covered, index)


def memory_bytes(count: int, dim: int) -> int:
    """Return about how much memory a graph takes: hnswlib keeps vectors in full, 32 links and a few labels each."""
    return count * (4 * dim + 8 * _LINKS + 40)


def _covered(label: bytes, path: bytes) -> Covered:
    """Return what a label says, unless no graph of this version and library has it."""
    if not label.startswith(GRAPH_MAGIC) or len(label) < _VERSION.size:
        raise GraphUnfit(f"{shown(path)} is no graph.")
    version = _VERSION.unpack_from(label)[1]
    if version > GRAPH_VERSION:
        raise StoreTooNew(f"{shown(path)} was written by a newer VexGUI.", "Update VexGUI.")
    if version < GRAPH_VERSION or len(label) != GRAPH_LABEL.size:
        raise GraphUnfit(f"The graph {shown(path)} was written by an older VexGUI.")
    _, _, space, dim, generation, epoch, count, library = GRAPH_LABEL.unpack(label)
    if library.rstrip(b"\0") != _library_version():
        raise GraphUnfit(f"The graph {shown(path)} was written by another hnswlib.")
    return Covered(SpaceId(space.hex()), generation, dim, epoch, count)


def _label(covered: Covered) -> bytes:
    space = bytes.fromhex(covered.space)
    return GRAPH_LABEL.pack(
        GRAPH_MAGIC,
        GRAPH_VERSION,
        space,
        covered.dim,
        covered.generation,
        covered.epoch,
        covered.count,
        _library_version(),
    )


def _library() -> Any:
    """Return hnswlib, None where it is not installed; it has to be compiled, which not every system can."""
    try:
        import hnswlib
    except ImportError:
        return None
    return hnswlib


def _library_version() -> bytes:
    """Return the version of hnswlib, whose files have none."""
    import importlib.metadata  # takes longer than all else here, and few have a graph

    return importlib.metadata.version("hnswlib").encode()[:16]
