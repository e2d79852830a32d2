"""What others do with the same vectors: one thread for a query, as a desktop program would ask them."""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vexgui.bench.figure import median_s
from vexgui.core.arrays import Vectors

Found = Callable[[Vectors, int], NDArray[np.int64]]
"""Returns the numbers of the best for a query [dim], best first."""

RCLIP = "numpy float32, as rclip does it"
_LINKS = 16
_BUILDING_BREADTH = 200
_BREADTH = 200


@dataclass(frozen=True, slots=True)
class Other:
    """A library and one way of it.

    Attributes:
        name: What it is called in a table.
        library: What is imported for it.
        make: Makes it of vectors [n, dim], given the library.
        is_graph: Whether it takes long to be made.
    """

    name: str
    library: str
    make: Callable[[Any, Vectors], Found]
    is_graph: bool = False

    def made(self, vectors: Vectors) -> Found | None:
        """Return what searches vectors [n, dim], None where the library is not installed."""
        try:
            return self.make(importlib.import_module(self.library), vectors)
        except ImportError:
            return None


def asked(ask: Found, queries: Vectors, count: int) -> tuple[float, NDArray[np.int64]]:
    """Return the median time of a query in ms, and what was found by each, [queries, count]."""
    rounds = cycle(queries)
    took_ms = median_s(lambda: ask(next(rounds), count), len(queries)) * 1000
    return took_ms, np.stack([ask(query, count) for query in queries])


def rclips(vectors: Vectors) -> Found:
    """Return rclip's way, with the vectors in memory already: a float32 matrix product, and a sort of all."""

    def found(query: Vectors, count: int) -> NDArray[np.int64]:
        scores = vectors @ query
        return np.argsort(-scores)[:count]

    return found


def _hnswlib(library: Any, vectors: Vectors) -> Found:
    index = library.Index("ip", vectors.shape[1])
    index.init_index(len(vectors), _LINKS, _BUILDING_BREADTH)
    index.add_items(vectors)
    index.set_ef(_BREADTH)

    def found(query: Vectors, count: int) -> NDArray[np.int64]:
        labels: NDArray[np.int64] = index.knn_query(query[None], k=count, num_threads=1)[0][0].astype(np.int64)
        return labels

    return found


def _usearch(library: Any, vectors: Vectors) -> Found:
    index = library.Index(
        ndim=vectors.shape[1],
        metric="ip",
        dtype="i8",
        connectivity=_LINKS,
        expansion_add=_BUILDING_BREADTH,
        expansion_search=_BREADTH,
    )
    index.add(np.arange(len(vectors)), vectors)

    def found(query: Vectors, count: int) -> NDArray[np.int64]:
        return np.asarray(index.search(query, count, threads=1).keys).astype(np.int64)

    return found


def _faiss_flat(library: Any, vectors: Vectors) -> Found:
    index = library.IndexScalarQuantizer(
        vectors.shape[1], library.ScalarQuantizer.QT_8bit, library.METRIC_INNER_PRODUCT
    )
    index.train(vectors[:: 1 + len(vectors) // 100_000])
    index.add(vectors)
    return _of_faiss(index)


def _faiss_graph(library: Any, vectors: Vectors) -> Found:
    index = library.IndexHNSWFlat(vectors.shape[1], _LINKS, library.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = _BUILDING_BREADTH
    index.hnsw.efSearch = _BREADTH
    index.add(vectors)
    return _of_faiss(index)


def _of_faiss(index: Any) -> Found:
    def found(query: Vectors, count: int) -> NDArray[np.int64]:
        numbers: NDArray[np.int64] = index.search(query[None], count)[1][0]
        return numbers

    return found


OTHERS = (
    Other("hnswlib", "hnswlib", _hnswlib, is_graph=True),
    Other("usearch, int8", "usearch.index", _usearch, is_graph=True),
    Other("faiss, 8 bits, all compared", "faiss", _faiss_flat),
    Other("faiss, HNSW", "faiss", _faiss_graph, is_graph=True),
)


def others(vectors: Vectors, *, graphs: bool, tell: Callable[[str], None]) -> Iterator[tuple[str, Found]]:
    """Yield the ways of others as they are made; what is not installed is told of and left out.

    Args:
        vectors: Unit rows, [n, dim].
        graphs: Whether those are wanted that take long to be made.
        tell: Takes a sentence on what is being done.
    """
    yield RCLIP, rclips(vectors)
    for other in OTHERS:
        if other.is_graph and not graphs:
            continue
        tell(f"Giving {len(vectors):,} vectors to {other.name}.")
        found = other.made(vectors)
        if found is None:
            tell(f"{other.library} is not installed: pip install 'vexgui[bench]' for more to compare with.")
        else:
            yield other.name, found
