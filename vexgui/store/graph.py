"""A graph over the vectors of one space, in which the nearest are found without comparing all (HNSW).

It is a cache of a cache: made from the columns, left out whenever anything about it is in doubt, and absent where
hnswlib is not installed. Whoever asks then compares every vector. hnswlib reads its file without checking it and ends
the process on a damaged one, so the file is sealed: see `vexgui.store.sealed`.
"""

import errno
import importlib.metadata
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vexgui.core.errors import StoreTooNew, WorldProblem
from vexgui.core.paths import shown
from vexgui.core.vectors import SpaceId, Vectors
from vexgui.store.format import GRAPH_LABEL, GRAPH_MAGIC, GRAPH_VERSION
from vexgui.store.rows import PassageId
from vexgui.store.sealed import seal, unsealed

_LINKS = 16
_BUILDING_BREADTH = 200
_BREADTH = 8
"""Candidates that are kept while searching, for each passage that is wanted: of 30,000 clustered vectors 96 % of the
nearest 50 were found, with 2 candidates 74 %."""
_LEAST_BREADTH = 200
_SEED = 100


class GraphUnfit(WorldProblem):
    """A graph is whole, but not one of the vectors that are searched."""


@dataclass(frozen=True, slots=True)
class Covered:
    """Which vectors a graph is of.

    Attributes:
        space: Their space.
        dim: Their length.
        count: How many there are.
        epoch: The state of the store they are from.
    """

    space: SpaceId
    dim: int
    count: int
    epoch: int


class Graph:
    """Finds most of the nearest vectors.

    Args:
        covered: Which vectors it is of.
        index: hnswlib's.
    """

    def __init__(self, covered: Covered, index: Any) -> None:
        self.covered = covered
        self._index = index

    def nearest(self, query: Vectors, count: int) -> tuple[tuple[PassageId, ...], NDArray[np.float32]]:
        """Return passages near to a query [dim], best first, and their cosines; a few of the nearest may be missing.

        Raises:
            GraphUnfit: It does not reach so many.
        """
        wanted = min(count, self.covered.count)
        if wanted < 1:
            return (), np.empty(0, np.float32)
        self._index.set_ef(max(_LEAST_BREADTH, _BREADTH * wanted))
        try:
            labels, distances = self._index.knn_query(query[None], k=wanted, num_threads=1)
        except RuntimeError as error:
            raise GraphUnfit(f"The graph does not reach {wanted} vectors.") from error
        return tuple(PassageId(label) for label in labels[0].tolist()), 1 - distances[0]

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


def built(covered: Covered, parts: Iterable[tuple[Vectors, NDArray[np.int64]]]) -> Graph | None:
    """Return the graph of vectors, None where graphs are not available.

    Args:
        covered: Which vectors these are.
        parts: Unit vectors [n, dim] and their passages [n], in parts of any size.
    """
    library = _library()
    if library is None:
        return None
    index = library.Index("ip", covered.dim)
    index.init_index(max(1, covered.count), _LINKS, _BUILDING_BREADTH, _SEED)
    for vectors, owners in parts:
        if len(owners):  # hnswlib takes no part that is empty
            index.add_items(vectors, owners)
    assert index.get_current_count() == covered.count, "each passage has one vector"
    return Graph(covered, index)


def loaded(path: bytes, covered: Covered) -> Graph | None:
    """Return the graph in a file, None where there is no file or graphs are not available.

    Args:
        path: A sealed file.
        covered: The vectors that are to be searched.

    Raises:
        StoreDamaged: The file was cut short or damaged.
        StoreTooNew: A newer VexGUI wrote it.
        GraphUnfit: It is a graph of other vectors.
    """
    library = _library()
    if library is None or not os.path.exists(path):
        return None
    with unsealed(path) as content:
        _compare(content.label, covered, path)
        index = library.Index("ip", covered.dim)
        try:
            index.load_index(content.path)
        except RuntimeError as error:
            raise GraphUnfit(f"The graph {shown(path)} cannot be loaded ({error}).") from error
    return Graph(covered, index)


def _compare(label: bytes, covered: Covered, path: bytes) -> None:
    """Refuse a graph by its label, unless it is of these vectors."""
    if len(label) != GRAPH_LABEL.size or not label.startswith(GRAPH_MAGIC):
        raise GraphUnfit(f"{shown(path)} is no graph.")
    _, version, space, dim, epoch, count, library = GRAPH_LABEL.unpack(label)
    if version > GRAPH_VERSION:
        raise StoreTooNew(f"{shown(path)} was written by a newer VexGUI.", "Update VexGUI.")
    if library.rstrip(b"\0") != _library_version():
        raise GraphUnfit(f"The graph {shown(path)} was written by another hnswlib.")
    if (space.hex(), dim) != (covered.space, covered.dim):
        raise GraphUnfit(f"The graph {shown(path)} is of another space.")
    if (epoch, count) != (covered.epoch, covered.count):
        raise GraphUnfit(f"The graph {shown(path)} is of another state of the store.")


def _label(covered: Covered) -> bytes:
    space = bytes.fromhex(covered.space)
    return GRAPH_LABEL.pack(
        GRAPH_MAGIC, GRAPH_VERSION, space, covered.dim, covered.epoch, covered.count, _library_version()
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
    return importlib.metadata.version("hnswlib").encode()[:16]
