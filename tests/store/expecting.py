"""What a test of many steps may do to a store, and what is to be expected of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import strategies as st

from tests.store.builders import PICTURE, TEXT, vectors
from vexgui.core.arrays import Vectors
from vexgui.core.files import Kind
from vexgui.core.paths import joined
from vexgui.core.vectors import SpaceId
from vexgui.store.catalog import edits
from vexgui.store.columns import SpaceColumns
from vexgui.store.snapshot import Snapshot

FOLDERS = (b"/a", b"/a/b", b"/a/b/c", b"/a/bc", b"/a/b0", b"/a/b.", b"/a/\xff", b"/z")
NAMES = (b"x", b"y", b"\xfe%_")
POOLS = {space.id: vectors(4000, space.dim) for space in (TEXT, PICTURE)}
"""Every passage gets a vector of its own."""
QUERIES = {space.id: vectors(1, space.dim, seed=5)[0] for space in (TEXT, PICTURE)}
STEPS = (
    (edits, "put_files"),
    (edits, "delete_extents"),
    (SpaceColumns, "write"),
    (SpaceColumns, "flush"),
    (edits, "insert_extents"),
    (edits, "set_epoch"),
)
"""Where a change may be cut off, before or after."""
folders = st.sampled_from(FOLDERS)
paths = st.builds(joined, folders, st.sampled_from(NAMES))
counts = st.one_of(st.integers(0, 5), st.sampled_from([70, 700]))
files = st.dictionaries(paths, st.tuples(counts, st.integers(0, 2), st.sampled_from(Kind)), max_size=4)


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to be known of a file: its fields, and its vectors in each space, as its codec keeps them."""

    kind: Kind
    size: int
    mtime_ns: int
    vectors: Mapping[SpaceId, Vectors]
    signs: Mapping[SpaceId, Vectors]


@contextmanager
def intercepted(owner: Any, function: str, what: Any, *, after: bool) -> Iterator[list[int]]:
    """Do something before or after the next call of a function; the list says whether it came to that."""
    original = getattr(owner, function)
    calls: list[int] = []

    def intercept(*args: Any, **kwargs: Any) -> Any:
        if calls:
            return original(*args, **kwargs)
        calls.append(1)
        if not after:
            what()
        result = original(*args, **kwargs)
        if after:
            what()
        return result

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, function, intercept)
        yield calls


def told(snapshot: Snapshot) -> object:
    """Return all that a snapshot tells, as values that can be compared."""
    rows = list(snapshot.catalog.all_files())
    scans = [snapshot.scan(kept.space.id, QUERIES[kept.space.id], 10_000) for kept in snapshot.spaces()]
    return (
        rows,
        snapshot.spaces(),
        [
            [(part.space, part.ordinals.tobytes(), part.vectors.tobytes()) for part in snapshot.vectors_of(row.id)]
            for row in rows
        ],
        [(scan.passages, scan.scores.tobytes(), scan.vectors, scan.middle, scan.spread) for scan in scans],
        [snapshot.count_vectors(kept.space.id) for kept in snapshot.spaces()],
    )
