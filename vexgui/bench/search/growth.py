"""How the time of a search grows with the number of vectors, by each way of searching."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vexgui.bench.made_up import SPACE, nearest, recall
from vexgui.bench.search.others import RCLIP, Found, asked, rclips
from vexgui.bench.search.real import Originals, varied
from vexgui.core.arrays import Vectors
from vexgui.core.files import Kind
from vexgui.core.vectors import CodecName
from vexgui.store.codecs import codec_named
from vexgui.store.columns.rows import Rows, made_rows
from vexgui.store.columns.scan import ALL_CODES, Searched, Strategy, Way, scanned
from vexgui.store.format import Column
from vexgui.store.graph import Growing, are_available
from vexgui.store.planning.plan import Task, planned
from vexgui.store.planning.rates import measured
from vexgui.store.rows import Stamp

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000)
_BEST = 10
_QUERIES = 50
_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Point:
    """One way of searching so many vectors.

    Attributes:
        way: Which.
        vectors: How many.
        ms: Median time of a query.
        recall: Share of the ten best that are found.
    """

    way: str
    vectors: int
    ms: float
    recall: float


def growth(
    originals: Originals, sizes: Sequence[int], graphs_up_to: int, threads: int, tell: Callable[[str], None]
) -> Iterator[Point]:
    """Measure every way of searching at every size.

    Args:
        originals: Vectors of real texts and queries, of `DIM` dimensions.
        sizes: Numbers of vectors; a million take four gigabytes of memory, with a graph as much again.
        graphs_up_to: Of how many vectors graphs are made at most: it takes minutes for each 100,000.
        threads: How many make a graph.
        tell: Takes a sentence on what is being done.
    """
    rates = measured(CodecName.INT8)
    queries = originals.queries[:_QUERIES]
    for size in sizes:
        tell(f"Making up {size:,} vectors.")
        vectors = varied(originals, size)
        of = _searched(vectors)
        best = nearest(vectors, queries, _BEST)
        tell(f"Searching {size:,} vectors.")
        ways: dict[str, Way] = {
            "all int8 codes, one thread": ALL_CODES,
            f"all int8 codes, {rates.threads} threads": Way(threads=rates.threads),
            f"signs first, {rates.threads} threads": Way(Strategy.SIGNS, threads=rates.threads, breadth=1400),
            "as planned": planned(Task(size, size, size, vectors.shape[1], _BEST), rates).way,
        }
        for name, way in ways.items():
            yield _point(name, _ours(of, way), queries, best, size)
        yield _point(RCLIP, rclips(vectors), queries, best, size)
        if size <= graphs_up_to and are_available():
            tell(f"Making a graph of {size:,} vectors.")
            yield _point("HNSW graph, then codes", _by_graph(vectors, of, threads), queries, best, size)


def _point(name: str, ask: Found, queries: Vectors, best: NDArray[np.int64], size: int) -> Point:
    took_ms, found = asked(ask, queries, _BEST)
    return Point(name, size, took_ms, recall(found, best))


def _ours(of: Searched, way: Way) -> Found:
    return lambda query, count: np.array(scanned(of, of.live, query, count, way).passages)


def _by_graph(vectors: Vectors, of: Searched, threads: int) -> Found:
    growing = Growing(SPACE.id, 1, vectors.shape[1], 1, len(vectors))
    growing.add(vectors, of.live, threads)
    graph = growing.grown()

    def found(query: Vectors, count: int) -> NDArray[np.int64]:
        slots = np.sort(graph.nearest(query, 2 * count)[0])
        return np.array(scanned(of, slots, query, count, Way(Strategy.GRAPH)).passages)

    return found


def _searched(vectors: Vectors) -> Searched:
    """Return vectors as columns have them, in memory; their numbers are passages and slots."""
    codec, count = codec_named(CodecName.INT8), len(vectors)

    def part(start: int) -> Rows:
        some = vectors[start : start + _AT_ONCE]
        owners = np.arange(start, start + len(some), dtype=np.int64)
        return made_rows(codec, some, owners, [(Stamp(Kind.TEXT, 0, 1, 1), len(some))], born=1)

    parts = [part(start) for start in range(0, count, _AT_ONCE)]
    rows = Rows(*(np.concatenate([rows.column(column) for rows in parts]) for column in Column))
    return Searched(rows, np.arange(count), codec)
