"""Inserting: vectors a second, in commits of thousands that are on the disk when they return."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial

import numpy as np

from vexgui.bench.blobs import blobs
from vexgui.bench.conditions import Conditions
from vexgui.bench.figure import Figure, taken_s
from vexgui.bench.made_up import DIM, SPACE, clustered
from vexgui.bench.store.filled import document, picture
from vexgui.core.paths import joined
from vexgui.core.vectors import CodecName
from vexgui.store.rows import FileUpdate
from vexgui.store.store import Store

_VECTORS, _QUICK_VECTORS = 50_000, 1_000
_COMMITS = 5
_PASSAGES = 10
_LEAST_A_SECOND = 50_000


def measure(conditions: Conditions) -> Iterator[Figure]:
    """Measure pictures with a vector each, and documents with ten."""
    count = _QUICK_VECTORS if conditions.quick else _VECTORS
    vectors = clustered(np.random.default_rng(2), count)
    conditions.tell(f"Inserting {count:,} vectors into rclip's table.")
    with blobs(joined(conditions.folder, b"blobs.db")) as rows:
        blobs_s = sum(taken_s(partial(rows.insert, part)) for part in np.split(vectors, _COMMITS))
    peers = {"SQLite blobs as rclip keeps them, in as many commits": count / blobs_s}
    pictures = [picture(number, vector) for number, vector in enumerate(vectors)]
    documents = [document(number, part) for number, part in enumerate(np.split(vectors, count // _PASSAGES))]
    for what, updates in (
        ("pictures with a vector each", pictures),
        (f"documents with {_PASSAGES} vectors and their texts", documents),
    ):
        conditions.tell(f"Inserting {len(updates):,} {what}.")
        yield Figure(
            f"insert {len(updates):,} {what}, {DIM} components, on the disk",
            count / _inserted_s(joined(conditions.folder, what.split()[0].encode()), updates),
            "vectors/s",
            peers=peers,
            aim=_LEAST_A_SECOND,
            more_is_better=True,
        )


def _inserted_s(folder: bytes, updates: list[FileUpdate]) -> float:
    """Return how many seconds a new store takes to keep files."""
    size = len(updates) // _COMMITS
    with closing(Store(folder, CodecName.INT8, writable=True)) as store:
        store.ensure_space(SPACE)
        parts = [updates[start : start + size] for start in range(0, len(updates), size)]
        return sum(taken_s(partial(store.commit, part)) for part in parts)
