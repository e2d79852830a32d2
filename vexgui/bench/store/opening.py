"""A large store: how soon it answers after it is opened, what it takes on the disk, how quickly links are followed."""

from collections.abc import Iterator
from contextlib import closing
from itertools import cycle, islice

import numpy as np

from vexgui.bench.blobs import blob_bytes
from vexgui.bench.conditions import Conditions
from vexgui.bench.figure import Figure, median_s
from vexgui.bench.made_up import DIM, SPACE, clustered
from vexgui.bench.store.filled import disk_bytes, documents
from vexgui.core.arrays import Vectors
from vexgui.core.paths import joined
from vexgui.core.vectors import CodecName
from vexgui.store.codecs import codec_named
from vexgui.store.columns import row_bytes
from vexgui.store.rows import FileId, PassageId, file_of
from vexgui.store.snapshot import Snapshot
from vexgui.store.store import Store

_VECTORS, _QUICK_VECTORS = 1_000_000, 5_000
_DIFFERENT = 20_000
_PASSAGES = 10
_DOCUMENTS_A_COMMIT = 2_000
_BEST = 10
_ROUNDS = 500
_IN_BULK = 1_000
_MOST_SECONDS = 0.3
_MOST_BYTES = 620


def measure(conditions: Conditions) -> Iterator[Figure]:
    """Measure with the number of vectors that was asked for, else with a million."""
    count = conditions.vectors or (_QUICK_VECTORS if conditions.quick else _VECTORS)
    count -= count % _PASSAGES
    folder = joined(conditions.folder, b"large")
    vectors = clustered(np.random.default_rng(4), min(count, _DIFFERENT))
    _fill(folder, vectors, count, conditions)
    conditions.tell(f"Opening a store of {count:,} vectors.")
    yield _opening(folder, vectors[0], count)
    yield from _sizes(folder, count, conditions, vectors)
    conditions.tell("Following links.")
    with closing(Store(folder, CodecName.INT8, writable=False)) as store, store.snapshot() as snapshot:
        yield from _links(snapshot)


def _fill(folder: bytes, vectors: Vectors, count: int, conditions: Conditions) -> None:
    updates = documents(count // _PASSAGES, _PASSAGES, vectors)
    with closing(Store(folder, CodecName.INT8, writable=True)) as store:
        store.ensure_space(SPACE)
        for done in range(0, count // _PASSAGES, _DOCUMENTS_A_COMMIT):
            conditions.tell(f"Filling a store: {done * _PASSAGES:,} of {count:,} vectors.")
            store.commit(list(islice(updates, _DOCUMENTS_A_COMMIT)))


def _opening(folder: bytes, query: Vectors, count: int) -> Figure:
    def open_and_search() -> None:
        with closing(Store(folder, CodecName.INT8, writable=True)) as store:
            assert len(store.scan(SPACE.id, query, _BEST).passages) == _BEST

    codes = joined(joined(folder, f"{SPACE.id}.1".encode()), b"codes")
    return Figure(
        f"open a store of {count:,} vectors for writing, first search answered",
        median_s(open_and_search, 5),
        "s",
        peers={"reading the same codes into memory, no search yet": median_s(lambda: np.fromfile(codes, np.int8), 3)},
        aim=_MOST_SECONDS if count >= _VECTORS else None,
    )


def _sizes(folder: bytes, count: int, conditions: Conditions, vectors: Vectors) -> Iterator[Figure]:
    """Yield what a vector takes in the store, which has not been compacted."""
    catalog = disk_bytes(folder, b".db")
    columns = disk_bytes(joined(folder, f"{SPACE.id}.1".encode()))
    peers = {"rclip, a row of its table": blob_bytes(joined(conditions.folder, b"sizes.db"), vectors)}
    yield Figure(
        f"a vector of {DIM} components in the store, all columns",
        row_bytes(codec_named(CodecName.INT8), DIM),
        "B",
        peers=peers,
        aim=_MOST_BYTES,
    )
    yield Figure(f"the same in a store of {count:,}, with its share of headers and free slots", columns / count, "B")
    yield Figure("its share of the catalog: file, link, text and word index", catalog / count, "B")


def _links(snapshot: Snapshot) -> Iterator[Figure]:
    """Yield how long it takes to come from files to slots and back."""
    catalog = snapshot.catalog
    kept = catalog.space(SPACE.id)
    assert kept is not None
    opened = snapshot.opened(kept)
    owners = opened.columns.rows().owner
    random = np.random.default_rng(6)
    slots = cycle(random.choice(snapshot.live(opened), _ROUNDS).tolist())

    def some_file() -> FileId:
        return file_of(PassageId(int(owners[next(slots)])))

    many = [some_file() for _ in range(_IN_BULK)]
    for what, seconds in (
        ("from a slot to its file, by the owner column", median_s(some_file, _ROUNDS)),
        ("from a slot to its file's path, by the catalog", median_s(lambda: catalog.paths([some_file()]), _ROUNDS)),
        ("from a file to its slots", median_s(lambda: catalog.extents(some_file()), _ROUNDS)),
        (f"from a file to its slots, {_IN_BULK:,} at once", median_s(lambda: catalog.extents_of(many)) / _IN_BULK),
        ("from a file to its passages and texts", median_s(lambda: catalog.passages_of(some_file()), _ROUNDS)),
        ("from a file to its vectors", median_s(lambda: snapshot.vectors_of(some_file()), _ROUNDS)),
    ):
        yield Figure(what, seconds * 1e6, "µs")
