"""Search in a store, beside what others do with the same vectors in the same run."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import cycle

import numpy as np
from numpy.typing import NDArray

from vexgui.bench.blobs import blobs
from vexgui.bench.conditions import Conditions
from vexgui.bench.figure import Figure, median_s
from vexgui.bench.made_up import DIM, SPACE, clustered, near, nearest, number_of, recall, update
from vexgui.bench.search import whole
from vexgui.bench.search.memory import mapped_bytes, private_bytes
from vexgui.bench.search.others import asked, others
from vexgui.bench.search.real import Originals, kept_originals, varied
from vexgui.core.arrays import Vectors
from vexgui.core.filters import Compare, Field, Filter, Op, Under
from vexgui.core.paths import joined
from vexgui.core.vectors import CodecName
from vexgui.models.weights import text_space
from vexgui.store.graph import Growing, are_available
from vexgui.store.planning.rates import measured
from vexgui.store.rows import FileUpdate, file_of
from vexgui.store.store import Store

_USUAL = 100_000
_MILLION = 1_000_000
_QUICK = 2_000
_QUERIES = 100
_BEST = 10
_GRAPHS_UP_TO = 100_000
"""Graphs of more take a quarter of an hour for each million: packaging/growth.py makes them when asked."""
_IN_A_GRAPH = 20_000
_SQLITE_UP_TO = 100_000
_FILES_A_COMMIT = 10_000
_MOST_MS = {_USUAL: 3.0, _MILLION: 15.0}
_MOST_FILTERED_MS = 8.0
_MOST_MAPPED_MB = 650.0
_LEAST_RECALL = 0.98
_SIZES = 1000
"""Made-up files have one of so many sizes: a filter by size lets as many thousandths pass as it says."""


@dataclass(frozen=True, slots=True, eq=False)
class _Data:
    """What is searched and asked: vectors [n, DIM] and queries [m, DIM], and what they are, in a word."""

    vectors: Vectors
    queries: Vectors
    kind: str


def measure(conditions: Conditions, cache: Callable[[], bytes] | None = None) -> Iterator[Figure]:
    """Measure at the usual number of vectors, and at the number that was asked for.

    Args:
        conditions: With what and where.
        cache: Gives the folder where encoded texts are kept; None to measure with made-up vectors.

    Raises:
        VexError: The text model cannot be loaded.
    """
    real = None
    if cache is not None and not conditions.quick:
        real = kept_originals(cache(), conditions.tell)
        yield from whole.measure(conditions, real, text_space())
    counts = (_QUICK if conditions.quick else _USUAL, conditions.vectors)
    for count in dict.fromkeys(count for count in counts if count):
        folder = joined(conditions.folder, b"%d" % count)
        os.mkdir(folder)
        yield from _measured(_data(real and real.widened(), count), folder, conditions)


def _data(real: Originals | None, count: int) -> _Data:
    if real is not None:
        return _Data(varied(real, count), real.queries[:_QUERIES], "text")
    random = np.random.default_rng(7)
    vectors = clustered(random, count)
    return _Data(vectors, near(random, vectors[random.integers(0, count, min(_QUERIES, 1 + count // 100))]), "made-up")


def _measured(data: _Data, folder: bytes, conditions: Conditions) -> Iterator[Figure]:
    count = len(data.vectors)
    best = nearest(data.vectors, data.queries, _BEST)
    with closing(Store(joined(folder, b"store"), CodecName.INT8, writable=True)) as store:
        _fill(store, data.vectors, conditions.tell)
        conditions.tell(f"Searching {count:,} vectors.")
        store.use_rates(measured(CodecName.INT8))
        private_before = private_bytes()
        ours = _Ours(store)
        ours_ms, found = ours.asked(data.queries)
        private_mb = max(0, private_bytes() - private_before) / 1e6
        mapped_mb = mapped_bytes(joined(folder, b"store")) / 1e6
        filtered = list(_filtered(ours, data))
    peers = list(_peers(data, best, folder, conditions))
    what = f"{count:,} × {DIM}"
    yield Figure(
        f"search {what}, without encoding the query",
        ours_ms,
        "ms",
        peers={name: ms for name, ms, _ in peers},
        aim=_MOST_MS.get(count),
    )
    yield Figure(
        f"recall@{_BEST} of that search in {count:,} {data.kind} vectors, against float32",
        recall(found, best),
        "",
        peers={name: share for name, _, share in peers if share is not None},
        aim=_LEAST_RECALL,
        more_is_better=True,
    )
    yield from filtered
    mapped_aim = _MOST_MAPPED_MB if count == _MILLION else None
    yield Figure(f"of the store of {what}, mapped and in memory after that", mapped_mb, "MB", aim=mapped_aim)
    yield Figure(f"private memory that these searches of {what} left behind", private_mb, "MB")
    yield from _graph(data, conditions)


class _Ours:
    """Searches a store.

    Args:
        store: Of made-up files with a vector each.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def asked(self, queries: Vectors, where: Filter | None = None) -> tuple[float, NDArray[np.int64]]:
        """Return the median time in ms, and the numbers of what was found, [queries, _BEST]; -1 where it is too few."""
        rounds = cycle(queries)
        took_ms = median_s(lambda: self._store.scan(SPACE.id, next(rounds), _BEST, where), 2 * len(queries)) * 1000
        found = np.full((len(queries), _BEST), -1, np.int64)
        for row, query in zip(found, queries, strict=True):
            files = [file_of(passage) for passage in self._store.scan(SPACE.id, query, _BEST, where).passages]
            paths = self._store.catalog.paths(files)
            row[: len(files)] = [number_of(paths[file]) for file in files]
        return took_ms, found


def _filtered(ours: _Ours, data: _Data) -> Iterator[Figure]:
    """Measure under filters that let ever fewer pass: one that the columns answer, and one for the catalog."""
    count = len(data.vectors)
    numbers = np.arange(count)
    for thousandths in (1000, 100, 10, 1):
        passing = numbers[numbers * 7 % _SIZES < thousandths]
        took_ms, found = ours.asked(data.queries, Compare(Field.SIZE, Op.LT, thousandths))
        what = f"a filter by size that {thousandths / 10:g} % of {count:,} pass"
        aim = _MOST_FILTERED_MS if (count, thousandths) == (_MILLION, 10) else None
        yield Figure(f"search under {what}", took_ms, "ms", aim=aim)
        best = passing[nearest(data.vectors[passing], data.queries, min(_BEST, len(passing)))]
        yield Figure(
            f"recall@{_BEST} under {what}",
            recall(found[:, : best.shape[1]], best),
            "",
            aim=_LEAST_RECALL,
            more_is_better=True,
        )
    folder = Under(b"/bench/0")
    took_ms, _ = ours.asked(data.queries, folder)
    yield Figure(f"search in a folder with {min(count, 1000):,} of {count:,} files", took_ms, "ms")


def _peers(
    data: _Data, best: NDArray[np.int64], folder: bytes, conditions: Conditions
) -> Iterator[tuple[str, float, float | None]]:
    """Yield what others do with the same vectors: name, ms a query, recall where it is not all."""
    graphs = len(data.vectors) <= _GRAPHS_UP_TO
    for name, ask in others(data.vectors, graphs=graphs, tell=conditions.tell):
        took_ms, found = asked(ask, data.queries, _BEST)
        yield name, took_ms, recall(found, best)
    if len(data.vectors) <= _SQLITE_UP_TO:
        with blobs(joined(folder, b"blobs.db")) as rows:
            rows.insert(data.vectors)
            query = data.queries[0]
            yield "reading SQLite blobs for each query", median_s(lambda: rows.best(query, _BEST), 3) * 1000, None


def _graph(data: _Data, conditions: Conditions) -> Iterator[Figure]:
    """Measure the product's own graph of some of the vectors."""
    if not are_available():
        return
    some = data.vectors[:_IN_A_GRAPH]
    conditions.tell(f"Making an HNSW graph of {len(some):,} vectors.")
    growing = Growing(SPACE.id, 1, DIM, 1, len(some))
    started_s = time.perf_counter()
    growing.add(some, np.arange(len(some)), threads=os.cpu_count() or 1)
    made_s = time.perf_counter() - started_s
    graph = growing.grown()
    graph_ms, found = asked(lambda query, count: graph.nearest(query, 2 * count)[0], data.queries, _BEST)
    what = f"{len(some):,} × {DIM}"
    best = nearest(some, data.queries, _BEST)
    yield Figure(f"following an HNSW graph of {what}", graph_ms, "ms")
    yield Figure(
        f"share of the {_BEST} best among the {2 * _BEST} that the graph of {what} finds",
        recall(found, best),
        "",
        more_is_better=True,
    )
    yield Figure(f"making the graph of {what}", made_s, "s")


def _fill(store: Store, vectors: Vectors, tell: Callable[[str], None]) -> None:
    store.ensure_space(SPACE)
    for start in range(0, len(vectors), _FILES_A_COMMIT):
        tell(f"Storing {len(vectors):,} vectors: {100 * start // len(vectors)} %.")
        some = vectors[start : start + _FILES_A_COMMIT]
        store.commit([_file(number, vector) for number, vector in enumerate(some, start)])


def _file(number: int, vector: Vectors) -> FileUpdate:
    made = update(number, vector)
    return replace(made, stat=replace(made.stat, size=number * 7 % _SIZES))
