"""What search is measured with has the structure of real embeddings, and is encoded once."""

import os
from pathlib import Path

import numpy as np
import pytest

from tests.store.builders import unit, vectors
from vexgui.bench.conditions import Conditions
from vexgui.bench.made_up import DIM
from vexgui.bench.search import real, whole
from vexgui.bench.search.growth import growth
from vexgui.bench.search.memory import mapped_bytes, private_bytes
from vexgui.bench.search.others import OTHERS, others
from vexgui.bench.search.real import Originals, originals, varied
from vexgui.models.fake import FakeEmbedder
from vexgui.models.weights import text_space

ORIGINALS = Originals(vectors(200, 48), vectors(20, 48, seed=1))


def test_texts_are_encoded_once_and_kept(tmp_path: Path) -> None:
    cache = os.fsencode(tmp_path / "bench" / "texts.npz")
    made: list[FakeEmbedder] = []

    def embedder() -> FakeEmbedder:
        made.append(FakeEmbedder())
        return made[-1]

    first = originals(cache, embedder, lambda sentence: None, 200)
    again = originals(cache, embedder, lambda sentence: None, 200)
    assert len(made) == 1
    np.testing.assert_array_equal(first.passages, again.passages)
    np.testing.assert_array_equal(first.queries, again.queries)
    assert len(first.passages) > 20 * len(first.queries) > 0


@pytest.mark.parametrize("content", [b"", b"PK damaged", b"PK\3\4 damaged"])
def test_a_damaged_cache_is_made_anew(content: bytes, tmp_path: Path) -> None:
    cache = tmp_path / "texts.npz"
    cache.write_bytes(content)
    assert len(originals(os.fsencode(cache), FakeEmbedder, lambda sentence: None, 80).passages) > 0


def test_widening_leaves_every_cosine_as_it_is() -> None:
    wide = ORIGINALS.widened()
    assert wide.passages.shape == (200, DIM)
    before, after = ORIGINALS.passages @ ORIGINALS.queries.T, wide.passages @ wide.queries.T
    np.testing.assert_allclose(before, after, atol=1e-5)


def test_varied_vectors_lie_near_the_real_ones_and_are_the_same_every_time() -> None:
    made = varied(ORIGINALS, 3000)
    np.testing.assert_allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)
    assert np.median((made @ ORIGINALS.passages.T).max(axis=1)) > 0.8
    assert len(np.unique(made, axis=0)) > 2900
    np.testing.assert_array_equal(made, varied(ORIGINALS, 3000))


def test_others_find_what_is_nearest() -> None:
    rows = unit(vectors(30, 32)[np.arange(600) % 30] + 0.5 * vectors(600, 32, seed=1))
    told: list[str] = []
    for name, found in others(rows, graphs=True, tell=told.append):
        numbers = found(rows[7], 10)
        assert numbers[0] == 7, name
        assert len(set(numbers.tolist()) & set(np.argsort(-(rows @ rows[7]))[:10].tolist())) >= 8, name
    assert len(told) >= len(OTHERS)


def test_what_is_not_installed_is_told_of_and_left_out() -> None:
    missing = [real.__name__ + ".nowhere"]
    other = type(OTHERS[0])("nobody's", missing[0], lambda library, rows: lambda query, count: np.empty(0, np.int64))
    assert other.made(vectors(3)) is None


def test_what_is_mapped_of_a_folder_is_counted(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    assert mapped_bytes(folder) == 0
    np.zeros(1 << 20, np.uint8).tofile(tmp_path / "file")
    mapped = np.memmap(tmp_path / "file", mode="r")
    assert int(mapped.sum()) == 0
    assert mapped_bytes(folder) >= 1 << 20
    assert mapped_bytes(os.fsencode(tmp_path / "elsewhere")) == 0
    assert private_bytes() > 0


def test_growth_measures_every_way_at_every_size() -> None:
    rows = vectors(300, DIM)
    points = list(growth(Originals(rows, rows[:20]), (500, 900), 600, 1, lambda sentence: None))
    by_size = {size: [point.way for point in points if point.vectors == size] for size in (500, 900)}
    assert set(by_size[500]) - set(by_size[900]) == {"HNSW graph, then codes"}
    assert len(by_size[900]) == len(set(by_size[900])) >= 3
    assert all(point.ms > 0 and point.recall >= 0.95 for point in points)


def test_whole_searches_are_measured_by_real_files_and_programs(tmp_path: Path) -> None:
    texts = tuple(f"A paper about the weather of month {number}." for number in range(40))
    given = Originals(vectors(40, 384), vectors(3, 384, seed=1), texts, ("rain in spring", "snow", "a dry summer"))
    conditions = Conditions(os.fsencode(tmp_path), lambda sentence: None, quick=True)
    figures = list(whole.measure(conditions, given, text_space()))
    assert len({figure.what for figure in figures}) == len(figures) == 5
    assert all(figure.value > 0 for figure in figures)
