"""A graph is made in the background where it pays, follows inserts and deletes, and goes when it finds too little."""

import os
import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from tests.store.builders import a_file, of_space, unit, vectors
from vexgui.core.arrays import Vectors
from vexgui.core.filters import Compare, Field, Op
from vexgui.core.paths import joined
from vexgui.core.vectors import CodecName, Modality, Space, SpaceId
from vexgui.store.graph import are_available
from vexgui.store.planning import growing
from vexgui.store.planning.growing import Verdict, Worth
from vexgui.store.planning.rates import Rates
from vexgui.store.rows import FileUpdate, file_of
from vexgui.store.store import Store

pytestmark = pytest.mark.skipif(not are_available(), reason="hnswlib is not installed")

SPACE = Space(SpaceId("0123456789abcdef"), "wide", Modality.TEXT, 32)
SCANS_ARE_SLOW = Rates(1e5, 1e5, 1e5, 1e5)
FILES, EACH = 60, 20
ALWAYS = Worth(0.0, lambda: 1 << 40)


def a_collection() -> Vectors:
    luck = np.random.default_rng(4)
    return unit(vectors(50, 32)[luck.integers(0, 50, FILES * EACH)] + 0.6 * vectors(FILES * EACH, 32, seed=1))


ROWS = a_collection()
QUERIES = unit(ROWS[::40] + 0.3 * vectors(len(ROWS[::40]), 32, seed=2))


def a_wide_file(number: int, rows: Vectors) -> FileUpdate:
    return a_file(b"/f/%d.txt" % number, parts=[of_space(rows, SPACE)], texts=["a passage"] * len(rows))


@pytest.fixture
def graphs(folder: bytes) -> Iterator[Store]:
    """A store that makes graphs whatever they bring."""
    store = Store(folder, CodecName.INT8, writable=True, worth=ALWAYS)
    store.use_rates(SCANS_ARE_SLOW)
    store.ensure_space(SPACE)
    store.commit([a_wide_file(number, ROWS[number * EACH :][:EACH]) for number in range(FILES)])
    yield store
    store.close()


def tend(store: Store, seconds: float = 60) -> None:
    store.tend_graphs(threading.Event(), seconds)


def recall(store: Store) -> float:
    """Return which share of the ten nearest by all codes the graph finds, which must be followed."""
    found = 0
    for query in QUERIES:
        by_graph = store.scan(SPACE.id, query, 10)
        assert by_graph.why.startswith("A graph led to")
        assert not by_graph.exact
        store.use_rates(Rates())
        exact = store.scan(SPACE.id, query, 10)
        store.use_rates(SCANS_ARE_SLOW)
        assert exact.exact
        assert (by_graph.middle, by_graph.spread, by_graph.vectors) == (exact.middle, exact.spread, exact.vectors)
        found += len(set(by_graph.passages) & set(exact.passages))
    return found / (10 * len(QUERIES))


def test_a_graph_finds_what_all_codes_find(graphs: Store) -> None:
    assert not graphs.scan(SPACE.id, QUERIES[0], 10).why.startswith("A graph")
    tend(graphs)
    assert recall(graphs) >= 0.98


def test_what_was_born_since_is_found_and_what_died_is_not(graphs: Store) -> None:
    tend(graphs)
    query = ROWS[5]
    graphs.commit([a_wide_file(99, query[None]), a_wide_file(1, ROWS[20:30][::-1])])
    first = graphs.scan(SPACE.id, query, 3)
    assert first.why.startswith("A graph led to")
    assert [round(float(score), 2) for score in first.scores[:2]] == [1, 1]
    assert recall(graphs) >= 0.98
    graphs.forget([b"/f/0.txt"])
    gone = graphs.scan(SPACE.id, query, 3)
    assert gone.why.startswith("A graph led to")
    assert gone.scores[1] < 0.99
    assert graphs.catalog.paths([file_of(gone.passages[0])]).popitem()[1] == b"/f/99.txt"
    assert recall(graphs) >= 0.98


def test_where_all_around_a_query_has_died_others_are_found(graphs: Store) -> None:
    topic = unit(vectors(1, 32, seed=9) + 0.1 * vectors(30, 32, seed=10))
    graphs.commit([a_wide_file(200 + n, topic[n : n + 1]) for n in range(30)])
    tend(graphs)
    graphs.forget([b"/f/%d.txt" % (200 + n) for n in range(30)])
    scan = graphs.scan(SPACE.id, topic[0], 10)
    assert scan.why.startswith("A graph led to")
    assert len(scan.passages) == 10


def test_a_snapshot_from_before_the_graph_is_scanned(graphs: Store) -> None:
    with graphs.snapshot() as before:
        expected = before.scan(SPACE.id, ROWS[5], 10).passages
        graphs.commit([a_wide_file(99, ROWS[5:6])])
        tend(graphs)
        scan = before.scan(SPACE.id, ROWS[5], 10)
        assert not scan.why.startswith("A graph")
        assert scan.passages == expected


def test_a_snapshot_with_a_graph_answers_alike_whatever_is_committed_meanwhile(graphs: Store) -> None:
    tend(graphs)
    with graphs.snapshot() as snapshot:
        before = [snapshot.scan(SPACE.id, query, 10).passages for query in QUERIES]
        graphs.commit([a_wide_file(number, ROWS[number * EACH :][:3]) for number in range(5)])
        graphs.forget([b"/f/7.txt"])
        assert [snapshot.scan(SPACE.id, query, 10).passages for query in QUERIES] == before


def test_under_a_filter_no_graph_is_followed(graphs: Store) -> None:
    tend(graphs)
    scan = graphs.scan(SPACE.id, ROWS[5], 10, Compare(Field.NAME, Op.NE, b"7.txt"))
    assert scan.exact


def test_a_graph_of_which_a_tenth_has_changed_is_made_anew(graphs: Store) -> None:
    tend(graphs)
    graphs.forget([b"/f/%d.txt" % number for number in range(7)])
    tend(graphs, seconds=-1)  # no time to make another
    assert not graphs.scan(SPACE.id, ROWS[500], 10).why.startswith("A graph")
    tend(graphs)
    scan = graphs.scan(SPACE.id, ROWS[500], 10)
    assert scan.why.startswith("A graph led to")
    assert recall(graphs) >= 0.98


def test_a_graph_is_made_a_little_at_a_time_and_stops_when_it_is_told(
    graphs: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growing, "_PART", 500)
    stopped = threading.Event()
    stopped.set()
    graphs.tend_graphs(stopped, 60)
    assert not graphs.scan(SPACE.id, QUERIES[0], 10).why.startswith("A graph")
    graphs.forget([b"/f/0.txt"])  # of what is begun
    graphs.commit([a_wide_file(300, ROWS[:EACH])])
    tend(graphs)
    assert recall(graphs) >= 0.98


def test_a_graph_is_loaded_by_who_opens_the_store_next(graphs: Store, folder: bytes) -> None:
    tend(graphs)
    graphs.commit([a_wide_file(99, ROWS[5:6])])
    graphs.close()
    again = Store(folder, CodecName.INT8, writable=True, worth=ALWAYS)
    try:
        again.use_rates(SCANS_ARE_SLOW)
        again.tend_graphs(threading.Event(), -1)  # no time to make one
        assert recall(again) >= 0.98
    finally:
        again.close()


def test_a_damaged_graph_is_made_anew(graphs: Store, folder: bytes) -> None:
    tend(graphs)
    graphs.close()
    [path] = [joined(joined(folder, name), b"graph") for name in os.listdir(folder) if name.startswith(b"0123")]
    with open(path, "r+b") as file:
        file.seek(5000)
        file.write(b"\xff" * 64)
    again = Store(folder, CodecName.INT8, writable=True, worth=ALWAYS)
    try:
        again.use_rates(SCANS_ARE_SLOW)
        again.tend_graphs(threading.Event(), -1)
        assert not again.scan(SPACE.id, QUERIES[0], 10).why.startswith("A graph")
        again.tend_graphs(threading.Event(), 60)
        assert recall(again) >= 0.98
    finally:
        again.close()


def test_a_graph_goes_with_the_columns_it_is_of(graphs: Store) -> None:
    tend(graphs)
    graphs.compact()
    assert not graphs.scan(SPACE.id, QUERIES[0], 10).why.startswith("A graph")
    tend(graphs)
    assert recall(graphs) >= 0.98


def test_a_graph_that_finds_too_little_is_not_followed(graphs: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growing, "_LEAST_RECALL", 1.01)
    tend(graphs)
    assert not graphs.scan(SPACE.id, QUERIES[0], 10).why.startswith("A graph")
    monkeypatch.setattr(growing, "_LEAST_RECALL", 0.95)
    tend(graphs)  # and is not tried again with the same vectors
    assert not graphs.scan(SPACE.id, QUERIES[0], 10).why.startswith("A graph")


def test_a_graph_is_judged_again_by_what_it_was_asked(graphs: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    tend(graphs)
    for _ in range(2):
        recall(graphs)
    judged: list[int] = []

    def found_little(_graph: object, _of: object, queries: list[Vectors]) -> Verdict:
        judged.append(len(queries))
        return Verdict(0.5, 1.0)

    monkeypatch.setattr(growing, "judged", found_little)
    tend(graphs)
    assert judged == [20]
    assert not graphs.scan(SPACE.id, QUERIES[0], 10).why.startswith("A graph")


def test_where_every_vector_is_damaged_nothing_is_found_and_no_graph_is_followed(graphs: Store) -> None:
    with graphs.snapshot() as snapshot:
        opened = snapshot.opened(snapshot.spaces()[0])
        slots = snapshot.live(opened)
        rows = opened.columns.rows().at(slots)
        opened.columns.write(slots, replace(rows, scale=np.full(len(slots), np.nan, np.float32)))
    tend(graphs)
    found = graphs.scan(SPACE.id, QUERIES[0], 10)
    assert (found.passages, found.exact) == ((), True)


@pytest.mark.parametrize("worth", [Worth(1e9, lambda: 1 << 40), Worth(0.0, lambda: 1 << 10), Worth()])
def test_no_graph_is_made_where_scans_are_quick_or_memory_is_short(worth: Worth, folder: bytes) -> None:
    store = Store(folder, CodecName.INT8, writable=True, worth=worth)
    try:
        store.ensure_space(SPACE)
        store.commit([a_wide_file(1, ROWS[:EACH])])
        store.tend_graphs(threading.Event(), 60)
        store.use_rates(SCANS_ARE_SLOW)
        assert not store.scan(SPACE.id, QUERIES[0], 10).why.startswith("A graph")
    finally:
        store.close()
