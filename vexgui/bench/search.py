"""Search: how long the best of all vectors take to be found, and how many of them are the right ones."""

import os
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle

import numpy as np
from numpy.typing import NDArray

from vexgui.bench.blobs import blobs
from vexgui.bench.conditions import Conditions
from vexgui.bench.figure import Figure, median_s
from vexgui.bench.made_up import DIM, SPACE, clustered, near, nearest, number_of, recall, update
from vexgui.core.paths import joined
from vexgui.core.vectors import CodecName, Vectors
from vexgui.store.codecs import Encoded, codec_named
from vexgui.store.graph import Covered, built, loaded
from vexgui.store.rows import file_of
from vexgui.store.store import Store

_USUAL = 100_000
_QUICK = 2_000
_QUERIES = 50
_BEST = 10
_IN_A_GRAPH = 20_000
"""A graph takes a minute for each 100,000 vectors to be made."""
_FILES_A_COMMIT = 10_000
_MOST_MS_FOR_USUAL = 10.0
_LEAST_RECALL = 0.98


def measure(conditions: Conditions) -> Iterator[Figure]:
    """Measure at the usual number of vectors, and at the number that was asked for."""
    counts = (_QUICK if conditions.quick else _USUAL, conditions.vectors)
    for count in dict.fromkeys(count for count in counts if count):
        folder = joined(conditions.folder, b"%d" % count)
        os.mkdir(folder)
        yield from _measured(count, folder, conditions)


def _measured(count: int, folder: bytes, conditions: Conditions) -> Iterator[Figure]:
    random = np.random.default_rng(7)
    conditions.tell(f"Making up {count:,} vectors.")
    vectors = clustered(random, count)
    queries = near(random, vectors[random.integers(0, count, _QUERIES)])
    best = nearest(vectors, queries, _BEST)
    with closing(Store(joined(folder, b"store"), CodecName.INT8, writable=True)) as store:
        conditions.tell(f"Storing {count:,} vectors.")
        _fill(store, vectors)
        conditions.tell(f"Searching {count:,} vectors.")
        rounds = cycle(queries)
        ours_ms = median_s(lambda: store.scan(SPACE.id, next(rounds), _BEST), 2 * _QUERIES) * 1000
        found = _found(store, queries)
    peers = dict(_peers(vectors, queries, folder, conditions))
    yield Figure(
        f"search {count:,} × {DIM}, without encoding the query",
        ours_ms,
        "ms",
        peers=peers,
        aim=_MOST_MS_FOR_USUAL if count == _USUAL else None,
    )
    yield Figure(
        f"recall@{_BEST} of that search in {count:,}, against float32",
        recall(found, best),
        "",
        aim=_LEAST_RECALL,
        more_is_better=True,
    )
    yield from _graph(vectors, queries, folder, conditions)


def _graph(vectors: Vectors, queries: Vectors, folder: bytes, conditions: Conditions) -> Iterator[Figure]:
    """Measure a graph of some of the vectors, sealed in a file and loaded from it, beside an exact scan of the same."""
    some = vectors[:_IN_A_GRAPH]
    covered = Covered(SPACE.id, DIM, len(some), 1)
    conditions.tell(f"Making an HNSW graph of {len(some):,} vectors.")
    started_s = time.perf_counter()
    made = built(covered, [(some, np.arange(len(some), dtype=np.int64))])
    made_s = time.perf_counter() - started_s
    if made is None:
        return
    path = joined(folder, b"graph")
    made.save(path)
    graph = loaded(path, covered)
    assert graph is not None
    encoded = codec_named(CodecName.INT8).encode(some)
    rounds = cycle(queries)
    scan_ms = median_s(lambda: _scanned(encoded, next(rounds)), _QUERIES) * 1000
    graph_ms = median_s(lambda: graph.nearest(next(rounds), _BEST), _QUERIES) * 1000
    found = np.array([graph.nearest(query, _BEST)[0] for query in queries])
    what = f"{len(some):,} × {DIM}"
    yield Figure(f"search {what} by an HNSW graph", graph_ms, "ms", peers={"scoring all int8 codes": scan_ms})
    yield Figure(
        f"recall@{_BEST} of the graph of {what}, against float32",
        recall(found, nearest(some, queries, _BEST)),
        "",
        more_is_better=True,
    )
    yield Figure(f"making the graph of {what}", made_s, "s")


def _scanned(encoded: Encoded, query: Vectors) -> NDArray[np.intp]:
    scores = codec_named(CodecName.INT8).scores(encoded.codes, encoded.scale, query)
    return np.argpartition(scores, len(scores) - _BEST)[-_BEST:]


def _fill(store: Store, vectors: Vectors) -> None:
    store.ensure_space(SPACE)
    for start in range(0, len(vectors), _FILES_A_COMMIT):
        some = vectors[start : start + _FILES_A_COMMIT]
        store.commit([update(number, vector) for number, vector in enumerate(some, start)])


def _found(store: Store, queries: Vectors) -> NDArray[np.int64]:
    """Return the numbers of the vectors that the store finds, shape [queries, _BEST]; -1 where it finds too few."""
    found = np.full((len(queries), _BEST), -1, np.int64)
    for row, query in zip(found, queries, strict=True):
        passages = store.scan(SPACE.id, query, _BEST).passages
        files = {passage: file_of(passage) for passage in passages}
        paths = store.catalog.paths(list(files.values()))
        numbers = [number_of(paths[files[passage]]) for passage in passages]
        row[: len(numbers)] = numbers
    return found


def _peers(vectors: Vectors, queries: Vectors, folder: bytes, conditions: Conditions) -> Iterator[tuple[str, float]]:
    """Yield what others do with the same vectors, in ms a query."""
    conditions.tell(f"Searching {len(vectors):,} vectors in other ways.")
    query = queries[0]
    yield "float32 matrix product and sort", median_s(lambda: np.argsort(-(vectors @ query))[:_BEST]) * 1000
    with blobs(joined(folder, b"blobs.db")) as rows:
        rows.insert(vectors)
        yield "reading SQLite blobs for each query", median_s(lambda: rows.best(query, _BEST), 3) * 1000
