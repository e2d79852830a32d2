"""Made-up vectors with the structure embeddings have, and files that hold one each."""

import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors
from vexgui.core.files import RECIPE, FileFacts, FileStat, FileState, Kind, Passage, PassageKind
from vexgui.core.vectors import Modality, Space, SpaceId
from vexgui.store.record import SpaceVectors
from vexgui.store.rows import FileUpdate

DIM = 512
SPACE = Space(SpaceId("be4c000000000001"), "made up", Modality.TEXT, DIM)
_TOPICS = 500
_ROWS_AT_ONCE = 20_000
_FILES_A_FOLDER = 1000


def clustered(random: np.random.Generator, count: int) -> Vectors:
    """Return vectors [count, DIM]: a common direction, topics, and variation within these."""
    common = random.standard_normal(DIM, np.float32) * 0.5
    topics = random.standard_normal((_TOPICS, DIM), np.float32)
    vectors = np.empty((count, DIM), np.float32)
    for start in range(0, count, _ROWS_AT_ONCE):  # a million take two gigabytes: no copies of all of them
        rows = vectors[start : start + _ROWS_AT_ONCE]
        random.standard_normal(out=rows, dtype=np.float32)
        rows *= 0.7
        rows += common + topics[random.integers(0, _TOPICS, len(rows))]
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return vectors


def near(random: np.random.Generator, vectors: Vectors) -> Vectors:
    """Return a vector near each of some, shape [n, dim]: queries that have an answer."""
    moved = vectors + random.standard_normal(vectors.shape, np.float32) * np.float32(0.04)
    moved /= np.linalg.norm(moved, axis=1, keepdims=True)
    return moved


def nearest(vectors: Vectors, queries: Vectors, count: int) -> NDArray[np.int64]:
    """Return the numbers of the vectors with the largest dot products, best first, shape [queries, count]."""
    best = np.empty((len(queries), count), np.int64)
    for number, query in enumerate(queries):
        scores = vectors @ query
        some = np.argpartition(scores, -count)[-count:]
        best[number] = some[np.argsort(-scores[some])]
    return best


def recall(found: NDArray[np.int64], best: NDArray[np.int64]) -> float:
    """Return which share of the best [queries, count] is among what was found, in any order."""
    return float(np.mean([len(set(some) & set(all_)) / len(all_) for some, all_ in zip(found, best, strict=True)]))


def update(number: int, vector: Vectors) -> FileUpdate:
    """Return a file with one passage and its vector [DIM]."""
    path = b"/bench/%d/file %d.txt" % (number // _FILES_A_FOLDER, number)
    vectors = SpaceVectors(SPACE.id, np.zeros(1, np.uint32), vector[None, :])
    return text_file(number, path, (Passage(0, PassageKind.TEXT, f"passage {number}"),), (vectors,))


def text_file(
    number: int, path: bytes, passages: tuple[Passage, ...], vectors: tuple[SpaceVectors, ...] = ()
) -> FileUpdate:
    """Return a text file; its stat and its content are made up from its number."""
    return FileUpdate(
        path=path,
        stat=FileStat(1, number + 1, 100, 1, 1, 0o100644, 0),
        content_hash=number.to_bytes(16, "little"),
        kind=Kind.TEXT,
        mime="text/plain",
        state=FileState.INDEXED,
        reason="",
        recipe=RECIPE,
        facts=FileFacts(),
        passages=passages,
        vectors=vectors,
        record_note="",
    )


def number_of(path: bytes) -> int:
    """Return the number that a file was made up with."""
    return int(path.removesuffix(b".txt").rpartition(b" ")[2])
