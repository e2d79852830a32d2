"""A scan finds what a look at every vector in full precision finds."""

import threading
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.builders import unit, vectors
from vexgui.core.arrays import Vectors
from vexgui.core.files import Kind
from vexgui.core.vectors import CodecName
from vexgui.store.codecs import codec_named
from vexgui.store.columns import Rows
from vexgui.store.columns.rows import checksums, made_rows
from vexgui.store.columns.scan import ALL_CODES, NOTHING, Scan, Searched, Strategy, Way, missed, scanned
from vexgui.store.format import Column
from vexgui.store.rows import Stamp

CODECS = [CodecName.INT8, CodecName.FLOAT16, CodecName.FLOAT32]


def rows_of(given_rows: Vectors, codec: CodecName = CodecName.INT8, free: int = 0) -> Rows:
    """Return rows as columns give them: some vectors, owned by passages from 100, among free slots."""
    count = len(given_rows)
    owners = np.arange(100, 100 + count, dtype=np.int64)
    made = made_rows(codec_named(codec), given_rows, owners, [(Stamp(Kind.TEXT, 0, 1, 1), count)], born=1)
    places = np.sort(np.random.default_rng(count).permutation(count + free)[:count])
    rows = Rows(*(np.zeros((count + free, *made.column(c).shape[1:]), made.column(c).dtype) for c in Column))
    for column in Column:
        rows.column(column)[places] = made.column(column)
    return rows


def scan_all(rows: Rows, codec: CodecName, query: Vectors, count: int) -> Scan:
    """Scan all live rows."""
    live = np.flatnonzero(rows.born)
    return scanned(Searched(rows, live, codec_named(codec)), live, query, count)


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(1, 70), st.integers(0, 80), st.integers(0, 99), st.sampled_from(CODECS))
def test_the_best_are_those_of_a_look_at_all(count: int, wanted: int, free: int, seed: int, codec: CodecName) -> None:
    given_rows, query = vectors(count, 24, seed), vectors(1, 24, seed + 1000)[0]
    scan = scan_all(rows_of(given_rows, codec, free), codec, query, wanted)
    exact = given_rows @ query
    assert len(scan.passages) == min(wanted, count)
    np.testing.assert_allclose(scan.scores, exact[np.array(scan.passages) - 100], atol=0.01)
    assert np.all(np.diff(scan.scores) <= 0)
    # What was left out is no better than the last one taken, as far as the codes can tell.
    left = np.setdiff1d(np.arange(count), np.array(scan.passages) - 100)
    assert np.all(exact[left] <= scan.scores[-1] + 0.04)
    assert scan.middle == pytest.approx(np.sort(exact)[(count - 1) // 2], abs=0.01)
    assert scan.vectors == count


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(0, 99), st.sampled_from(CODECS))
def test_the_order_is_that_of_the_kept_vectors_in_full_precision(count: int, seed: int, codec: CodecName) -> None:
    given_rows, query = vectors(count, 24, seed), vectors(1, 24, seed + 1000)[0]
    encoded = codec_named(codec).encode(given_rows)
    kept = codec_named(codec).decode(encoded.codes, encoded.scale, 24).astype(np.float64) @ query
    scan = scan_all(rows_of(given_rows, codec), codec, query, count)
    np.testing.assert_allclose(kept[np.array(scan.passages) - 100], np.sort(kept)[::-1], atol=1e-6)


def test_the_level_of_the_scores_is_that_of_what_does_not_match() -> None:
    query = vectors(1, 64)[0]
    others = vectors(3000, 64, 1)
    alone = scan_all(rows_of(others), CodecName.INT8, query, 1)
    assert (alone.middle, alone.spread) == pytest.approx((0, 64**-0.5), abs=0.01)
    many = np.concatenate([others, np.repeat(query[None], 900, axis=0)])
    among = scan_all(rows_of(many), CodecName.INT8, query, 1)
    assert (among.middle, among.spread) == pytest.approx((0.05, 0.16), abs=0.02)


@pytest.mark.parametrize(
    ("scores", "middle", "spread"), [([0.3], 0.3, 0), ([0.9, 0.1], 0.1, 0), ([0.9, 0.1, 0.3], 0.3, 0.2)]
)
def test_the_level_of_few_scores_is_that_of_the_lower_ones(scores: list[float], middle: float, spread: float) -> None:
    rows = np.array([[score, (1 - score**2) ** 0.5] for score in scores], np.float32)
    scan = scan_all(rows_of(rows, CodecName.FLOAT16), CodecName.FLOAT16, np.array([1, 0], np.float32), 1)
    assert (scan.middle, scan.spread) == pytest.approx((middle, spread), abs=0.01)


def test_vectors_that_point_away_are_found_before_free_slots() -> None:
    rows = -np.abs(vectors(5, 8))
    query = np.full(8, 8**-0.5, np.float32)
    scan = scan_all(rows_of(rows, free=1000), CodecName.INT8, query, 5)
    assert set(scan.passages) == set(range(100, 105))
    assert np.all(scan.scores < 0)


def test_equal_scores_come_in_the_order_of_their_passages() -> None:
    equal = np.repeat(vectors(1), 50, axis=0)
    rows = rows_of(equal)
    rows.owner[:] = rows.owner[::-1].copy()
    rows.checksum[:] = checksums(rows)
    scan = scan_all(rows, CodecName.INT8, equal[0], 50)
    assert list(scan.passages) == list(range(100, 150))


@pytest.mark.parametrize("wanted", [0, -1])
def test_nothing_wanted_gives_nothing(wanted: int) -> None:
    assert scan_all(rows_of(vectors(3)), CodecName.INT8, vectors(1)[0], wanted) is NOTHING


def test_no_rows_or_none_alive_give_nothing() -> None:
    for rows in (rows_of(np.empty((0, 16), np.float32)), rows_of(np.empty((0, 16), np.float32), free=9)):
        assert scan_all(rows, CodecName.INT8, vectors(1)[0], 5) is NOTHING


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("scale", [np.nan, np.inf, 1e30, -1.0, 0.5])
def test_a_damaged_scale_is_left_out_and_spoils_nothing(codec: CodecName, scale: float) -> None:
    rows = rows_of(vectors(500), codec)
    query = vectors(500)[7]
    before = scan_all(rows, codec, query, 10)
    rows.scale[7] = scale
    after = scan_all(rows, codec, query, 10)
    assert 107 not in after.passages
    assert after.passages[:8] == before.passages[1:9]
    assert (after.middle, after.spread) == pytest.approx((before.middle, before.spread), abs=0.02)


def test_damaged_codes_are_left_out() -> None:
    rows = rows_of(vectors(9), CodecName.FLOAT16)
    rows.codes[3] = np.nan
    rows.codes[4, 0] += np.float16(0.5)
    scan = scan_all(rows, CodecName.FLOAT16, vectors(9)[4], 9)
    assert set(scan.passages) == set(range(100, 109)) - {103, 104}
    assert np.isfinite([scan.middle, scan.spread]).all()


def test_only_the_slots_that_are_asked_for_are_scored() -> None:
    rows, query = rows_of(vectors(400)), vectors(400)[7]
    of = Searched(rows, np.arange(400), codec_named(CodecName.INT8))
    whole = scanned(of, of.live, query, 400)
    for wanted in (np.array([3, 7, 11]), np.arange(5, 300), np.arange(0, 400, 2), np.arange(0)):
        scan = scanned(of, wanted, query, 400)
        assert sorted(scan.passages) == [100 + slot for slot in wanted.tolist()]
        assert (scan.passing, scan.compared, scan.exact) == (len(wanted), len(wanted), True)
        assert (scan.vectors, scan.middle, scan.spread) == (400, whole.middle, whole.spread), "the level is that of all"


def a_collection(count: int, dim: int = 64, seed: int = 0) -> tuple[Vectors, Vectors]:
    """Return vectors around 80 topics with a common direction, and 25 queries that lie near some."""
    luck = np.random.default_rng(seed)
    topics = vectors(80, dim, seed) + 0.5 * vectors(1, dim, seed + 1)
    rows = unit(topics[luck.integers(0, 80, count)] + 0.8 * vectors(count, dim, seed + 2))
    return rows, unit(rows[:: count // 25][:25] + 0.4 * vectors(25, dim, seed + 3))


WAYS = {
    "codes": ALL_CODES,
    "codes, two threads": Way(Strategy.CODES, threads=2),
    "codes, three threads, fetched one by one": Way(Strategy.CODES, threads=3, scattered=1e9),
    "signs": Way(Strategy.SIGNS, breadth=200),
    "signs, two threads": Way(Strategy.SIGNS, threads=2, breadth=200),
    "signs, far too few": Way(Strategy.SIGNS, breadth=20),
    "signs, never lying together": Way(Strategy.SIGNS, scattered=0.0, breadth=400),
}


@cache
def a_space(count: int, codec: CodecName = CodecName.INT8) -> tuple[Searched, Vectors, Vectors]:
    """Return the collection as columns keep it, among free slots; its vectors, and queries."""
    rows, queries = a_collection(count)
    kept = rows_of(rows, codec, free=count // 8)
    return Searched(kept, np.flatnonzero(kept.born), codec_named(codec)), rows, queries


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize("share", [1, 0.1, 0.01, 0.001])
def test_every_way_finds_what_a_look_at_all_finds_however_many_pass(share: float, way: Way) -> None:
    of, rows, queries = a_space(16_000, CodecName.FLOAT16)
    passing = np.sort(np.random.default_rng(3).permutation(of.live)[: int(share * 16_000)])
    numbers = of.rows.owner[passing] - 100
    found = 0
    for query in queries:
        scan = scanned(of, passing, query, 10, way)
        best = numbers[np.argsort(-(rows[numbers] @ query))[:10]]
        found += len(set(scan.passages) & set((best + 100).tolist()))
        assert scan.passing == len(passing)
        assert np.all(np.diff(scan.scores) <= 0)
    assert found >= 0.98 * 25 * min(10, len(passing))


def test_threads_change_nothing() -> None:
    of, _, queries = a_space(3000)
    for strategy in (Strategy.CODES, Strategy.SIGNS):
        alone, others = (scanned(of, of.live, queries[0], 30, Way(strategy, threads, 3.0, 300)) for threads in (1, 4))
        assert alone.passages == others.passages
        assert (alone.middle, alone.spread, alone.compared) == (others.middle, others.spread, others.compared)


def test_no_thread_is_left_behind() -> None:
    before = set(threading.enumerate())
    rows = rows_of(vectors(500))
    scanned(
        Searched(rows, np.arange(500), codec_named(CodecName.INT8)), np.arange(500), vectors(1)[0], 5, Way(threads=4)
    )
    assert set(threading.enumerate()) <= before  # others' may end meanwhile


@pytest.mark.parametrize("scale", [np.nan, np.inf, 1e30])
def test_damage_among_the_best_by_signs_spoils_nothing(scale: float) -> None:
    rows, _ = a_collection(6000)
    kept = rows_of(rows)
    of = Searched(kept, np.arange(6000), codec_named(CodecName.INT8))
    way = Way(Strategy.SIGNS, threads=2, breadth=1000)
    before = scanned(of, of.live, rows[77], 10, way).passages
    kept.scale[77] = scale
    after = scanned(of, of.live, rows[77], 10, way)
    assert after.passages[:9] == before[1:]
    assert np.isfinite([after.middle, after.spread]).all()


def test_where_signs_tell_nothing_all_codes_are_compared() -> None:
    luck = np.random.default_rng(0)
    rows = unit(np.abs(luck.standard_normal((4000, 16), np.float32)) + 0.01)  # every sign is the same
    kept = rows_of(rows)
    of = Searched(kept, np.arange(4000), codec_named(CodecName.INT8))
    scan = scanned(of, of.live, rows[77], 10, Way(Strategy.SIGNS, breadth=100))
    assert scan.exact
    assert scan.passages == scanned(of, of.live, rows[77], 10).passages


@pytest.mark.parametrize("error", [0.02, 0.05, 0.1])
def test_what_may_be_missed_is_foretold(error: float) -> None:
    luck = np.random.default_rng(1)
    expected = really = 0.0
    for _ in range(40):
        fine = luck.standard_normal(20_000).astype(np.float32) * np.float32(0.1)
        rough = (3 * (fine + error * luck.standard_normal(20_000)) + 7).astype(np.float32)
        best = np.argsort(-rough)[:300]
        expected += missed(rough, best, fine[best], 10)
        really += len(np.setdiff1d(np.argsort(-fine)[:10], best))
    # A bound: what is missed of those wanted, plus what only comes near the last one found instead.
    assert really <= expected + 4
    assert expected <= 4 * really + 4
