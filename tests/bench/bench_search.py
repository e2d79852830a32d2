"""Search over 100,000 vectors of 512 dimensions, beside what other programs do with the same vectors."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.bench.measure import Figure, median_s
from vexgui.core.files import FileFacts, FileStat, FileState, Kind, Passage, PassageKind
from vexgui.core.vectors import CodecName, Modality, Space, SpaceId, Vectors
from vexgui.store.record import SpaceVectors
from vexgui.store.rows import FileUpdate
from vexgui.store.store import Store

_VECTORS = 100_000
_DIM = 512
_QUERIES = 50
_SPACE = Space(SpaceId("be4c000000000001"), "bench", Modality.TEXT, _DIM)


def measure() -> Iterator[Figure]:
    """Measure the scan's time and its recall."""
    random = np.random.default_rng(7)
    vectors = _clustered(random, _VECTORS)
    queries = _near(random, vectors[random.integers(0, _VECTORS, _QUERIES)])
    with tempfile.TemporaryDirectory() as folder:
        store = Store(os.fsencode(folder) + b"/store", CodecName.INT8, writable=True)
        store.ensure_space(_SPACE)
        for start in range(0, _VECTORS, 10_000):
            store.commit([_update(number, vectors[number]) for number in range(start, start + 10_000)])
        rounds = iter(np.tile(queries, (4, 1)))
        ours = median_s(lambda: store.scan(_SPACE.id, next(rounds), 10), 100)
        exact = np.argsort(-(queries @ vectors.T), axis=1)[:, :10]
        found = [store.scan(_SPACE.id, query, 10).passages for query in queries]
        recall = np.mean([len({p - 1 for p in got} & set(best)) / 10 for got, best in zip(found, exact, strict=True)])
        database = _blobs(Path(folder) / "blobs.db", vectors)
        peers = {
            "float32 matrix product and sort": median_s(lambda: np.argsort(-(vectors @ queries[0]))[:10]) * 1000,
            "reading SQLite blobs for each query": median_s(lambda: _read_and_rank(database, queries[0]), 3) * 1000,
        }
        database.close()
        store.close()
    yield Figure("search 100,000 × 512, engine without encoder", ours * 1000, "ms", aim=10, peers=peers)
    yield Figure("  its recall@10 against float32", float(recall), "", aim=0.98, more_is_better=True)


def _clustered(random: np.random.Generator, count: int) -> Vectors:
    """Return vectors with the structure embeddings have: a common direction, topics, and variation within these."""
    common = random.standard_normal(_DIM) * 0.5
    topics = random.standard_normal((500, _DIM))
    noise = random.standard_normal((count, _DIM)) * 0.7
    return _units((common + topics[random.integers(0, 500, count)] + noise).astype(np.float32))


def _near(random: np.random.Generator, vectors: Vectors) -> Vectors:
    return _units(vectors + random.standard_normal(vectors.shape).astype(np.float32) * 0.04)


def _units(rows: Vectors) -> Vectors:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _update(number: int, vector: Vectors) -> FileUpdate:
    return FileUpdate(
        path=b"/bench/%d/file %d.txt" % (number % 100, number),
        stat=FileStat(1, number + 1, 100, 1, 1, 0o100644, 0),
        content_hash=number.to_bytes(16, "little"),
        kind=Kind.TEXT,
        mime="text/plain",
        state=FileState.INDEXED,
        reason="",
        recipe=1,
        facts=FileFacts(),
        passages=(Passage(0, PassageKind.TEXT, f"passage {number}"),),
        vectors=(SpaceVectors(_SPACE.id, np.zeros(1, np.uint32), vector[None, :]),),
        record_note="",
    )


def _blobs(path: Path, vectors: Vectors) -> sqlite3.Connection:
    """Return a database with a row a vector, as CLIP search tools keep them."""
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE images(id INTEGER PRIMARY KEY, vector BLOB)")
    database.executemany("INSERT INTO images(vector) VALUES (?)", ((row.tobytes(),) for row in vectors))
    database.commit()
    return database


def _read_and_rank(database: sqlite3.Connection, query: Vectors) -> object:
    rows = database.execute("SELECT vector FROM images").fetchall()
    matrix = np.stack([np.frombuffer(row[0], np.float32) for row in rows])
    return np.argsort(-(matrix @ query))[:10]
