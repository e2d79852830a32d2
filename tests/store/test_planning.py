"""The way a space is searched is the quickest by the rates of the machine, and it says why."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.builders import OpenStore, a_file, of_space, unit, vectors
from vexgui.core.arrays import Vectors
from vexgui.core.filters import Compare, Field, Op
from vexgui.core.vectors import CodecName, Modality, Space, SpaceId
from vexgui.store.columns.scan import Scan, Strategy
from vexgui.store.planning.plan import Task, planned, scan_ms
from vexgui.store.planning.rates import Rates, measured
from vexgui.store.rows import FileUpdate
from vexgui.store.store import Store

RATES = Rates(60.0, 130.0, 10.0, 30.0, threads=2, speedup=1.9)
SIGNS_ARE_FREE = Rates(1e6, 1e6, 0.001, 0.001)
WIDE = Space(SpaceId("0123456789abcdef"), "wide", Modality.TEXT, 128)


def a_task(vectors: int, passing: int | None = None, graph_ms: float | None = None) -> Task:
    few = vectors if passing is None else passing
    return Task(vectors, few, vectors, 512, 10, graph_ms)


@pytest.mark.parametrize(
    ("task", "strategy", "threads"),
    [
        (a_task(0), Strategy.CODES, 1),
        (a_task(100), Strategy.CODES, 1),
        (a_task(8_000), Strategy.CODES, 1),
        (a_task(200_000), Strategy.SIGNS, 2),
        (a_task(1_000_000), Strategy.SIGNS, 2),
        (a_task(1_000_000, 1_000), Strategy.CODES, 1),
        (a_task(1_000_000, 200_000), Strategy.SIGNS, 2),
        (a_task(1_000_000, graph_ms=1.0), Strategy.GRAPH, 2),
        (a_task(1_000_000, graph_ms=100.0), Strategy.SIGNS, 2),
        (a_task(1_000_000, 200_000, graph_ms=1.0), Strategy.SIGNS, 2),
    ],
)
def test_the_quickest_way_is_taken(task: Task, strategy: Strategy, threads: int) -> None:
    plan = planned(task, RATES)
    assert plan.way.strategy is strategy
    assert strategy is Strategy.GRAPH or plan.way.threads == threads


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(1, 500), st.none() | st.floats(0.1, 100))
def test_no_way_is_expected_to_be_quicker_than_the_one_taken(
    vectors: int, passing: int, count: int, graph_ms: float | None
) -> None:
    passing = min(vectors, passing)
    plan = planned(Task(vectors, passing, vectors, 384, count, graph_ms), RATES)
    assert plan.costs_ms[plan.way.strategy] == min(plan.costs_ms.values())
    assert Strategy.CODES in plan.costs_ms, "that every vector is compared is never out of the question"
    assert passing == vectors or Strategy.GRAPH not in plan.costs_ms, "under a filter no graph is followed"


def test_more_vectors_take_longer() -> None:
    expected = [scan_ms(count, 512, 10, RATES) for count in (1_000, 10_000, 100_000, 1_000_000, 10_000_000)]
    assert expected == sorted(expected)


@pytest.mark.parametrize(
    ("task", "compared", "sentence"),
    [
        (a_task(5_000), 5_000, "All 5,000 vectors were compared by their codes ("),
        (a_task(10**6, 700), 700, "All 700 vectors that pass the filter were compared by their codes ("),
        (a_task(10**6), 1_400, "All 1,000,000 vectors were compared by their signs, the best 1,400 by their codes ("),
        (a_task(10**6), 10**6, "All 1,000,000 vectors were compared by their codes, because their signs do not tell"),
        (a_task(10**6, graph_ms=1), 90, "A graph led to 90 of 1,000,000 vectors, which were compared by their codes ("),
    ],
)
def test_the_plan_says_what_was_done_and_what_else_would_have_taken(task: Task, compared: int, sentence: str) -> None:
    why = planned(task, RATES).why(Scan((), np.empty(0, np.float32), task.vectors, task.passing, compared, 0, 0))
    assert why.startswith(sentence)
    if task.passing == 10**6 and compared < task.passing:
        assert "expected to take" in why
        assert "by codes alone 33 ms" in why
    assert ("exact" in why) is (compared == task.passing)


@pytest.mark.parametrize("name", [name for name in CodecName if name is not CodecName.FLOAT32_PACKED])
def test_what_this_machine_does_can_be_measured_for_every_codec(name: CodecName) -> None:
    rates = measured(name)
    assert Rates.of_numbers(rates.numbers()) is not None
    assert min(rates.codes_ns, rates.codes_fetched_ns, rates.signs_ns, rates.signs_fetched_ns) > 0
    assert rates.threads >= 1
    assert rates.speedup >= 1


@pytest.mark.parametrize(
    "spoilt",
    [
        {},
        {"codes_ns": "60"},
        {"codes_ns": -1.0},
        {"codes_ns": float("nan")},
        {"threads": 1000},
        {"threads": 2.0},
        {"speedup": 0.0},
        {"speedup": float("inf")},
        {"more": 1.0},
    ],
)
def test_rates_that_nobody_measured_are_not_believed(spoilt: dict[str, object]) -> None:
    numbers = RATES.numbers() | spoilt if spoilt else {}
    assert Rates.of_numbers(numbers) is None


def test_rates_are_what_they_were_when_they_are_read_again() -> None:
    assert Rates.of_numbers(RATES.numbers()) == RATES


def a_wide_file(path: bytes, rows: Vectors) -> FileUpdate:
    return a_file(path, parts=[of_space(rows, WIDE)], texts=["a passage"] * len(rows))


def fill(store: Store, count: int) -> Vectors:
    store.ensure_space(WIDE)
    rows = unit(vectors(30, 128)[np.arange(count) % 30] + 0.8 * vectors(count, 128, seed=1))
    per_file = count // 40
    store.commit([a_wide_file(b"/f/%d.txt" % n, rows[n * per_file : (n + 1) * per_file]) for n in range(40)])
    return rows


def test_a_store_takes_the_way_that_its_rates_call_for_and_says_so(store: Store) -> None:
    rows = fill(store, 8000)
    every = store.scan(WIDE.id, rows[9], 5)
    assert every.exact
    assert every.why.startswith("All 8,000 vectors were compared by their codes")
    store.use_rates(SIGNS_ARE_FREE)
    some = store.scan(WIDE.id, rows[9], 5)
    assert not some.exact
    assert "by their signs" in some.why
    assert some.passages == every.passages
    assert (some.middle, some.spread) == pytest.approx((every.middle, every.spread), abs=1e-6)
    few = store.scan(WIDE.id, rows[9], 5, Compare(Field.NAME, Op.EQ, b"7.txt"))
    assert few.exact
    assert (few.passing, few.vectors) == (200, 8000)
    assert "that pass the filter" in few.why


def test_a_snapshot_answers_alike_whatever_is_committed_meanwhile(open_store: OpenStore) -> None:
    store = open_store()
    store.use_rates(SIGNS_ARE_FREE)
    rows = fill(store, 8000)
    with store.snapshot() as snapshot:
        before = snapshot.scan(WIDE.id, rows[9], 20)
        store.commit([a_wide_file(b"/f/0.txt", rows[9:10]), a_wide_file(b"/new.txt", rows[9:10])])
        store.forget([b"/f/1.txt"])
        after = snapshot.scan(WIDE.id, rows[9], 20)
        assert (after.passages, after.vectors) == (before.passages, before.vectors)
        np.testing.assert_array_equal(after.scores, before.scores)
    now = store.scan(WIDE.id, rows[9], 20)
    assert now.vectors == 8000 - 2 * 200 + 2
    assert now.scores[0] == now.scores[1] == pytest.approx(1, abs=0.001)
