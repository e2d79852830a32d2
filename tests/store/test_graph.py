"""A graph's file that is not to its last byte what was written is refused by name before hnswlib sees it."""

import builtins
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.store.builders import TEXT, unit, vectors
from vexgui.core.errors import DiskFull, PermissionProblem, StoreDamaged, StoreTooNew
from vexgui.core.vectors import SpaceId
from vexgui.store import graph, sealed
from vexgui.store.format import SEAL_TRAILER
from vexgui.store.graph import Covered, Graph, GraphUnfit, Growing, are_available, loaded
from vexgui.store.sealed import seal, unsealed

COVERED = Covered(TEXT.id, 4, TEXT.dim, 7, 500)
ROWS = vectors(500)
SLOTS = np.arange(500, dtype=np.int64) * 2 + 3

needs_graphs = pytest.mark.skipif(not are_available(), reason="hnswlib is not installed")


@pytest.fixture
def path(tmp_path: Path) -> bytes:
    return os.fsencode(tmp_path / "graph")


def a_graph(count: int = 500) -> Graph:
    growing = Growing(TEXT.id, 4, TEXT.dim, 7, 500)
    for start in range(0, count, 200):
        part = slice(start, min(start + 200, count))
        growing.add(ROWS[part], SLOTS[part])
    return growing.grown()


def load(path: bytes, *, space: SpaceId = TEXT.id, generation: int = 4, dim: int = TEXT.dim, epoch: int = 7) -> Any:
    return loaded(path, space, generation, dim, epoch)


def write(text: bytes) -> Any:
    def to(where: str) -> None:
        Path(where).write_bytes(text)

    return to


def spoilt(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give a file back in many damaged ways."""
    luck = random.Random(0)
    for size in [0, 1, SEAL_TRAILER.size - 1, SEAL_TRAILER.size, len(data) - 1, *luck.sample(range(len(data)), 20)]:
        yield f"cut to {size}", data[:size]
    places = [*luck.sample(range(len(data)), 200), *range(len(data) - 120, len(data))]
    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1 << luck.randrange(8)
        yield f"flipped at {place}", bytes(changed)
    for start in range(0, len(data) - 4096, 4096):
        yield f"zeroed from {start}", data[:start] + bytes(4096) + data[start + 4096 :]
    yield "longer", data + b"\0"
    yield "twice", data + data
    yield "its end alone", data[-SEAL_TRAILER.size :]


@needs_graphs
def test_a_damaged_graph_is_never_loaded(path: bytes) -> None:
    a_graph().save(path)
    data = Path(os.fsdecode(path)).read_bytes()
    for what, changed in spoilt(data):
        Path(os.fsdecode(path)).write_bytes(changed)
        try:
            load(path)
        except (StoreDamaged, StoreTooNew):
            continue
        assert changed == data, what  # a page that was zero before


@needs_graphs
def test_a_graph_is_what_it_was_when_it_is_loaded_again(path: bytes) -> None:
    made = a_graph()
    made.save(path)
    again = load(path)
    assert again is not None
    assert again.covered == made.covered == COVERED
    query = ROWS[123]
    slots, scores = again.nearest(query, 10)
    np.testing.assert_array_equal(slots, made.nearest(query, 10)[0])
    assert slots[0] == SLOTS[123]
    assert scores == pytest.approx(ROWS[(slots - 3) // 2] @ query, abs=1e-5)
    assert list(scores) == sorted(scores, reverse=True)
    assert len(again.nearest(query, 5000)[0]) == 500


@needs_graphs
@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"space": SpaceId("ffffffffffffffff")}, "another space"),
        ({"dim": 17}, "another space"),
        ({"generation": 5}, "another state"),
        ({"epoch": 6}, "another state"),
    ],
)
def test_a_graph_of_other_vectors_is_refused(other: dict[str, Any], reason: str, path: bytes) -> None:
    a_graph().save(path)
    with pytest.raises(GraphUnfit, match=reason):
        load(path, **other)


@needs_graphs
def test_a_graph_of_another_hnswlib_is_refused(path: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    a_graph().save(path)
    monkeypatch.setattr(graph, "_library_version", lambda: b"9.9")
    with pytest.raises(GraphUnfit, match="another hnswlib"):
        load(path)


@needs_graphs
def test_what_is_sealed_but_no_graph_is_refused(path: bytes) -> None:
    seal(path, b"a label", write(b"content"))
    with pytest.raises(GraphUnfit, match="no graph"):
        load(path)


@needs_graphs
def test_a_graph_that_was_written_short_is_not_sealed(path: bytes) -> None:
    class Short:
        def save_index(self, where: str) -> None:
            Path(where).write_bytes(b"half")

        def index_file_size(self) -> int:
            return 8

    path_ = Path(os.fsdecode(path))
    path_.write_bytes(b"old")
    with pytest.raises(DiskFull):
        Graph(COVERED, Short()).save(path)
    assert path_.read_bytes() == b"old"
    assert os.listdir(path_.parent) == ["graph"]


@needs_graphs
def test_a_graph_serves_the_states_that_come_after_it(path: bytes) -> None:
    a_graph().save(path)
    assert load(path, epoch=700).covered.epoch == 7


@needs_graphs
def test_a_graph_of_version_1_is_refused(path: bytes) -> None:
    seal(path, b"VexH" + bytes([1, 0]) + bytes(42), write(b"content"))
    with pytest.raises(GraphUnfit, match="older VexGUI"):
        load(path)


@needs_graphs
def test_graphs_of_nothing_and_of_one_vector_answer(path: bytes) -> None:
    for count in (0, 1):
        a_graph(count).save(path)
        assert list(load(path).nearest(ROWS[0], 3)[0]) == list(SLOTS[:count])


@needs_graphs
def test_most_of_the_nearest_are_found() -> None:
    luck = np.random.default_rng(0)
    rows = unit(vectors(60, 32)[luck.integers(0, 60, 4000)] + 0.5 * vectors(4000, 32, seed=1))
    growing = Growing(TEXT.id, 1, 32, 1, 4000)
    growing.add(rows, np.arange(4000))
    made = growing.grown()
    queries = unit(rows[::40] + 0.3 * vectors(100, 32, seed=2))
    exact = np.argsort(-(queries @ rows.T), axis=1)[:, :10]
    found = [np.intersect1d(made.nearest(query, 10)[0], best) for query, best in zip(queries, exact, strict=True)]
    assert sum(map(len, found)) > 0.95 * 1000


def test_without_a_file_there_is_no_graph(path: bytes) -> None:
    assert load(path) is None


def test_without_hnswlib_there_are_no_graphs(path: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    really = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "hnswlib":
            raise ImportError(name)
        return really(name, *rest)

    seal(path, b"label", write(b"content"))
    monkeypatch.setattr(builtins, "__import__", without)
    assert not are_available()
    with pytest.raises(GraphUnfit):
        Growing(TEXT.id, 4, TEXT.dim, 7, 500)
    assert load(path) is None


def test_what_is_sealed_is_lent_with_its_label(path: bytes) -> None:
    content = random.Random(1).randbytes(3_000_000)
    seal(path, b"which", write(content))
    with unsealed(path) as found:
        assert found.label == b"which"
        assert Path(found.path).read_bytes() == content


def test_what_was_checked_cannot_be_changed_any_more(path: bytes) -> None:
    seal(path, b"", write(b"content"))
    with unsealed(path) as found:
        Path(os.fsdecode(path)).write_bytes(b"another")
        with pytest.raises(PermissionError):
            Path(found.path).write_bytes(b"another")
        assert Path(found.path).read_bytes() == b"content"


def test_a_seal_of_a_newer_version_is_refused_by_name(path: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "SEAL_VERSION", 2)
    seal(path, b"", write(b"content"))
    monkeypatch.undo()
    with pytest.raises(StoreTooNew), unsealed(path):
        pass


def test_a_sealed_file_that_is_missing_is_refused_by_name(path: bytes) -> None:
    with pytest.raises(StoreDamaged, match="No such file"), unsealed(path):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_sealed_file_that_may_not_be_read_is_refused_by_name(path: bytes) -> None:
    seal(path, b"", write(b"content"))
    os.chmod(path, 0)
    with pytest.raises(PermissionProblem), unsealed(path):
        pass


def test_what_cannot_be_written_leaves_what_was_there(path: bytes) -> None:
    seal(path, b"", write(b"old"))

    def fail(where: str) -> None:
        Path(where).write_bytes(b"half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        seal(path, b"", fail)
    with unsealed(path) as found:
        assert Path(found.path).read_bytes() == b"old"
