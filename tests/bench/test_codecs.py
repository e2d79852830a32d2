"""Every codec is measured, and the one is chosen that is small and true enough."""

from dataclasses import replace

import numpy as np
import pytest

from tests.store.builders import unit, vectors
from vexgui.bench.codecs import CodecFigures, chosen, codec_figures, measure
from vexgui.core.vectors import CodecName

ROWS = vectors(300, 32)
QUERIES = unit(ROWS[:7] + 0.5 * vectors(7, 32, seed=1))


def of(name: CodecName, size: float, recall: float, *, in_columns: bool = True) -> CodecFigures:
    return CodecFigures(name, size, 1, 1, 1, 0, recall, in_columns)


LARGE, SMALL, TINY = of(CodecName.FLOAT16, 768, 1), of(CodecName.INT8, 388, 0.99), of(CodecName.BIT, 52, 0.7)


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        ([LARGE, SMALL, TINY], SMALL),
        ([TINY, SMALL, LARGE], SMALL),
        ([LARGE, replace(SMALL, recall=0.98), TINY], replace(SMALL, recall=0.98)),
        ([LARGE, replace(SMALL, recall=0.979), TINY], LARGE),
        ([LARGE, SMALL, replace(TINY, recall=1, in_columns=False)], SMALL),
        ([LARGE, SMALL, replace(SMALL, recall=0.995)], replace(SMALL, recall=0.995)),
    ],
)
def test_the_smallest_that_finds_enough_is_chosen(measured: list[CodecFigures], expected: CodecFigures) -> None:
    choice = chosen(measured)
    assert choice.codec == expected
    assert choice.why.startswith(f"{expected.name.value} would be chosen: the smallest that finds at least 98%")


@pytest.mark.parametrize(
    ("measured", "expected"),
    [([replace(SMALL, recall=0.9), TINY], CodecName.INT8), ([TINY, replace(SMALL, recall=0.7)], CodecName.BIT)],
)
def test_where_none_finds_enough_the_one_that_finds_the_most_is_chosen(
    measured: list[CodecFigures], expected: CodecName
) -> None:
    choice = chosen(measured)
    assert choice.codec.name is expected
    assert "none finds 98%" in choice.why


@pytest.mark.parametrize("name", [CodecName.FLOAT32, CodecName.FLOAT32_PACKED])
def test_what_loses_nothing_has_no_error_and_finds_all(name: CodecName) -> None:
    figures = codec_figures(name, ROWS, QUERIES)
    assert figures.cosine_error == pytest.approx(0, abs=1e-6)
    assert figures.recall == 1


def test_bits_are_small_and_find_less() -> None:
    figures = codec_figures(CodecName.BIT, ROWS, QUERIES)
    assert figures.bytes == 32 / 8 + 4
    assert 0.15 < figures.cosine_error < 0.25
    assert 0.3 < figures.recall < 0.9


def test_equal_vectors_are_as_good_as_one_another() -> None:
    """There are many ways to choose ten of fifty equal ones, and no codec can know float32's."""
    rows = np.concatenate([np.repeat(ROWS[:1], 50, axis=0), ROWS[1:]])
    assert codec_figures(CodecName.BIT, rows, ROWS[:1]).recall == 1


def test_fewer_vectors_than_are_wanted_are_all_found() -> None:
    assert codec_figures(CodecName.BIT, ROWS[:3], QUERIES).recall == 1


def test_every_codec_has_its_figures_beside_those_of_float32_and_the_last_one_is_the_choice() -> None:
    figures = list(measure(ROWS, QUERIES))
    assert len({figure.what for figure in figures}) == 6 * len(CodecName) + 1
    sizes = {figure.what.split(":")[0]: figure for figure in figures if figure.what.endswith("size of a vector")}
    assert sizes.keys() == set(CodecName)
    assert sizes[CodecName.INT8].value == 36
    assert sizes[CodecName.INT8].peers == {"float32": 132}
    assert not sizes[CodecName.FLOAT32].peers
    assert "would be chosen" in figures[-1].what
