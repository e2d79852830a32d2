"""Processes that share a store: ``python -m tests.store.sharing write|read|hold FOLDER``, each until its input ends."""

import os
import random
import selectors
import sys
import time

import numpy as np

from tests.store.builders import PICTURE, TEXT, a_file, a_stat, as_kept, of_space, vectors
from vexgui.core.arrays import Vectors
from vexgui.core.vectors import CodecName
from vexgui.store.codecs import codec_named
from vexgui.store.rows import FileUpdate
from vexgui.store.snapshot import Snapshot
from vexgui.store.store import Store

SPACES = (TEXT, PICTURE)
FILES = 40
_FEWEST_CHANGES, _FEWEST_SNAPSHOTS = 5, 3
"""However little of the processor a process gets before its input ends."""


def a_version(file: int, version: int) -> FileUpdate:
    """Return a file whose vectors, and how many there are, follow from its size."""
    parts = [of_space(rows_of(version, space.dim), space) for space in SPACES]
    return a_file(b"/d%d/f%d" % (file % 3, file), parts=parts, texts=["text"] * _count(version), stat=a_stat(version))


def rows_of(version: int, dim: int) -> Vectors:
    """Return the vectors of a file of some size."""
    return vectors(_count(version), dim, seed=version)


def _count(version: int) -> int:
    return random.Random(version).choice([1, 1, 2, 3, 7, 60])


def write(folder: bytes) -> None:
    """Commit, forget, rename, compact."""
    store = Store(folder, CodecName.INT8, writable=True, page_bytes=4096)
    for space in SPACES:
        store.ensure_space(space)
    luck = random.Random(7)
    changes = 0
    print("ready", flush=True)
    while changes < _FEWEST_CHANGES or not _ended():
        changes += 1
        what = luck.random()
        if what < 0.6:
            store.commit([a_version(luck.randrange(FILES), 1000 * changes + n) for n in range(luck.randrange(1, 6))])
        elif what < 0.8:
            store.forget([b"/d%d/f%d" % (n % 3, n) for n in (luck.randrange(FILES) for _ in range(4))])
        elif what < 0.9:
            store.rename(b"/d%d" % luck.randrange(3), b"/d%d" % luck.randrange(3), folder=True)
        else:
            store.compact()
    assert store.check().problems == ()
    store.close()


def read(folder: bytes) -> None:
    """Look at one snapshot after the other, at each twice."""
    luck = random.Random(os.getpid())
    store = Store(folder, CodecName.INT8, writable=False)
    snapshots = 0
    print("ready", flush=True)
    while snapshots < _FEWEST_SNAPSHOTS or not _ended():
        with store.snapshot() as snapshot:
            first = seen(snapshot)
            time.sleep(luck.choice([0, 0.001, 0.01, 0.05]))
            assert seen(snapshot) == first, "a snapshot has changed"
        snapshots += 1
    store.close()


def hold(folder: bytes) -> None:
    """Hold one snapshot."""
    with Store(folder, CodecName.INT8, writable=False).snapshot():
        print("ready", flush=True)
        sys.stdin.read()


def seen(snapshot: Snapshot) -> list[object]:
    """Return what a snapshot answers, having compared it with what its files say."""
    codec = codec_named(CodecName.INT8)
    files = {row.id: row for row in snapshot.catalog.all_files()}
    answers: list[object] = [sorted((row.id, row.path, row.stat.size) for row in files.values())]
    for space in SPACES:
        scan = snapshot.scan(space.id, rows_of(5, space.dim)[0], 10_000)
        expected = {number: as_kept(codec, rows_of(row.stat.size, space.dim)) for number, row in files.items()}
        known = {number << 20 | ordinal for number, rows in expected.items() for ordinal in range(len(rows))}
        assert set(scan.passages) == known, "a scan found others than the snapshot's vectors"
        assert len(scan.passages) == scan.vectors == len(known), "a scan found a vector twice"
        answers.append((scan.passages, scan.scores.tobytes()))
        for number, rows in expected.items():
            (found,) = (part.vectors for part in snapshot.vectors_of(number) if part.space == space.id)
            assert np.allclose(found, rows, atol=1e-5), "a file has another's vectors"
    return answers


def _ended() -> bool:
    """Tell whether standard input is at its end."""
    with selectors.DefaultSelector() as selector:
        selector.register(sys.stdin, selectors.EVENT_READ)
        return bool(selector.select(0))


def main() -> None:
    """Do one of these."""
    role, folder = sys.argv[1:]
    {"write": write, "read": read, "hold": hold}[role](os.fsencode(folder))


if __name__ == "__main__":
    main()
