"""Kept vectors are near the given ones, and scores from codes are near the cosines."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.store.builders import unit, vectors
from vexgui.core.vectors import CodecName, Vectors
from vexgui.store.codecs import Codec, codec_coded, codec_named, decoded
from vexgui.store.format import CodecCode

CODECS = [codec_named(name) for name in (CodecName.INT8, CodecName.FLOAT16)]
each_codec = pytest.mark.parametrize("codec", CODECS, ids=lambda codec: codec.name)

component = st.floats(-1, 1, width=32, allow_nan=False)
rows_of_any_shape = arrays.arrays(np.float32, st.tuples(st.integers(1, 5), st.integers(1, 64)), elements=component)


def usable(rows: Vectors) -> Vectors:
    """Return the rows that can be scaled to unit length, so scaled."""
    return unit(rows[np.linalg.norm(rows, axis=1) > 1e-3])


@settings(deadline=None)
@given(rows_of_any_shape)
def test_int8_is_off_by_half_a_step_at_most(rows: Vectors) -> None:
    rows = usable(rows)
    encoded = codec_named(CodecName.INT8).encode(rows)
    step = np.abs(rows).max(axis=1, initial=0, keepdims=True) / 127
    assert np.all(np.abs(encoded.codes * step - rows) <= step * 0.5001)
    assert np.all(np.abs(encoded.codes.astype(int)).max(axis=1, initial=0) == 127)
    np.testing.assert_allclose(np.linalg.norm(decoded(encoded.codes, encoded.scale), axis=1), 1, atol=1e-6)


@settings(deadline=None)
@given(rows_of_any_shape)
def test_int8_loses_nothing_more_from_the_second_time_on(rows: Vectors) -> None:
    codec = codec_named(CodecName.INT8)
    once = codec.encode(usable(rows))
    twice = codec.encode(unit(decoded(once.codes, once.scale)))
    np.testing.assert_array_equal(twice.codes, once.codes)
    np.testing.assert_array_equal(twice.scale, once.scale)


@settings(deadline=None)
@given(rows_of_any_shape)
def test_float16_is_off_by_its_rounding_at_most(rows: Vectors) -> None:
    rows = usable(rows)
    encoded = codec_named(CodecName.FLOAT16).encode(rows)
    error = np.abs(decoded(encoded.codes, encoded.scale) - rows)
    assert np.all(error <= np.abs(rows) * 2.0**-11 + 2.0**-25)


@pytest.mark.parametrize(("name", "least"), [(CodecName.INT8, 0.9998), (CodecName.FLOAT16, 0.999999)])
@pytest.mark.parametrize("dim", [8, 384, 512, 1024])
def test_cosines_of_kept_with_given_vectors(name: CodecName, least: float, dim: int) -> None:
    rows = vectors(300, dim)
    codec = codec_named(name)
    encoded = codec.encode(rows)
    assert np.einsum("nd,nd->n", unit(decoded(encoded.codes, encoded.scale)), rows).min() > least


@each_codec
@pytest.mark.parametrize("dim", [1, 7, 16, 384, 513])
@pytest.mark.parametrize("count", [1, 2, 1000])
def test_scores_are_near_the_cosines(codec: Codec, dim: int, count: int) -> None:
    rows, query = vectors(count, dim), vectors(1, dim, seed=1)[0]
    encoded = codec.encode(rows)
    scores = codec.scores(encoded.codes, encoded.scale, query)
    assert scores.dtype == np.float32
    assert scores.shape == (count,)
    np.testing.assert_allclose(scores, rows @ query, atol=0.02)


@each_codec
def test_a_vector_scores_one_against_itself(codec: Codec) -> None:
    rows = vectors(3, 512)
    encoded = codec.encode(rows)
    assert codec.scores(encoded.codes, encoded.scale, rows[1])[1] == pytest.approx(1, abs=0.01)


@each_codec
def test_zero_rows_are_kept_as_zeros(codec: Codec) -> None:
    encoded = codec.encode(np.zeros((2, 8), np.float32))
    assert not decoded(encoded.codes, encoded.scale).any()


@each_codec
def test_a_free_slot_scores_zero_whatever_its_codes(codec: Codec) -> None:
    encoded = codec.encode(vectors(2, 8))
    scores = codec.scores(encoded.codes, np.zeros(2, np.float32), vectors(1, 8, seed=1)[0])
    assert not scores.any()


@each_codec
def test_no_rows_give_no_codes(codec: Codec) -> None:
    encoded = codec.encode(np.empty((0, 8), np.float32))
    assert (encoded.codes.shape, encoded.scale.shape) == ((0, 8), (0,))


@each_codec
def test_a_codec_is_found_by_its_name_and_number(codec: Codec) -> None:
    assert codec_named(codec.name) is codec
    assert codec_coded(codec.code) is codec


def test_an_unknown_number_is_no_codec() -> None:
    assert {code for code in range(256) if codec_coded(code)} == set(CodecCode)
