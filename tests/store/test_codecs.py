"""Kept vectors are near the given ones, and scores are the products of what is kept."""

import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.store.builders import unit, vectors
from tests.store.coding import codec_for, each_exact, each_name, estimates
from vexgui.core.arrays import Vectors
from vexgui.core.vectors import CodecName
from vexgui.store.codecs import codec_coded, codec_named
from vexgui.store.codecs.bits import rotation
from vexgui.store.codecs.products import pack_int4, unpack_int4
from vexgui.store.format import CodecCode


def matryoshka(count: int, dim: int, seed: int = 0) -> Vectors:
    """Return vectors whose second half is next to nothing, as TRUNCATED wants them."""
    rows = vectors(count, dim, seed)
    rows[:, (dim + 1) // 2 :] *= 0.01
    return unit(rows)


component = st.floats(-1, 1, width=32, allow_nan=False)
rows_of_any_shape = arrays.arrays(np.float32, st.tuples(st.integers(1, 5), st.integers(1, 64)), elements=component)


def usable(rows: Vectors) -> Vectors:
    """Return the rows that can be scaled to unit length, so scaled."""
    return unit(rows[np.linalg.norm(rows, axis=1) > 1e-3])


# What is kept


@settings(deadline=None)
@given(rows_of_any_shape)
def test_int8_is_off_by_half_a_step_at_most(rows: Vectors) -> None:
    rows = usable(rows)
    codec = codec_named(CodecName.INT8)
    encoded = codec.encode(rows)
    step = np.abs(rows).max(axis=1, initial=0, keepdims=True) / 127
    assert np.all(np.abs(encoded.codes * step - rows) <= step * 0.5001)
    assert np.all(np.abs(encoded.codes.astype(int)).max(axis=1, initial=0) == 127)
    np.testing.assert_allclose(np.linalg.norm(estimates(codec, encoded, rows.shape[1]), axis=1), 1, atol=1e-6)


@pytest.mark.parametrize("name", [CodecName.INT8, CodecName.INT4])
@settings(deadline=None)
@given(rows_of_any_shape)
def test_whole_numbers_lose_nothing_more_from_the_second_time_on(name: CodecName, rows: Vectors) -> None:
    codec = codec_named(name)
    once = codec.encode(usable(rows))
    twice = codec.encode(unit(estimates(codec, once, rows.shape[1])))
    np.testing.assert_array_equal(twice.codes, once.codes)
    np.testing.assert_array_equal(twice.scale, once.scale)


@pytest.mark.parametrize("dim", [1, 7, 16, 384])
def test_estimates_from_bits_are_kept_as_they_are(dim: int) -> None:
    codec = codec_named(CodecName.BIT)
    once = codec.encode(vectors(50, dim))
    twice = codec.encode(estimates(codec, once, dim))
    np.testing.assert_array_equal(twice.codes, once.codes)
    np.testing.assert_allclose(twice.scale, once.scale, rtol=1e-5)


@each_exact
@settings(deadline=None)
@given(rows=rows_of_any_shape)
def test_float32_loses_nothing(name: CodecName, rows: Vectors) -> None:
    codec = codec_named(name)
    encoded = codec.encode(rows)
    np.testing.assert_array_equal(estimates(codec, encoded, rows.shape[1]), rows)


@settings(deadline=None)
@given(rows_of_any_shape)
def test_float16_is_off_by_its_rounding_at_most(rows: Vectors) -> None:
    rows = usable(rows)
    codec = codec_named(CodecName.FLOAT16)
    error = np.abs(estimates(codec, codec.encode(rows), rows.shape[1]) - rows)
    assert np.all(error <= np.abs(rows) * 2.0**-11 + 2.0**-25)


@pytest.mark.parametrize(
    "name", [CodecName.FLOAT32, CodecName.FLOAT16, CodecName.INT8, CodecName.INT4, CodecName.BIT, CodecName.TRUNCATED]
)
@pytest.mark.parametrize("dim", [384, 512, 1024])
def test_the_expected_cosine_is_the_one_of_evenly_spread_vectors(name: CodecName, dim: int) -> None:
    rows = vectors(300, dim)
    codec = codec_named(name)
    cosines = np.einsum("nd,nd->n", unit(estimates(codec, codec.encode(rows), dim)), rows)
    assert cosines.mean() == pytest.approx(codec.fidelity, abs=0.03 * (1 - codec.fidelity) + 1e-5)


def test_half_the_dimensions_are_enough_where_they_say_the_most() -> None:
    rows, codec = matryoshka(300, 512), codec_named(CodecName.TRUNCATED)
    cosines = np.einsum("nd,nd->n", estimates(codec, codec.encode(rows), 512), rows)
    assert cosines.min() > 0.999


def test_a_vector_with_one_large_component_is_not_clipped_to_int4() -> None:
    row = np.zeros((1, 512), np.float32)
    row[0, 7] = 1
    codec = codec_named(CodecName.INT4)
    np.testing.assert_array_equal(estimates(codec, codec.encode(row), 512), row)


@settings(deadline=None)
@given(arrays.arrays(np.int8, st.tuples(st.integers(0, 4), st.integers(1, 9)), elements=st.integers(-8, 7)))
def test_half_bytes_come_back(values: np.ndarray[tuple[int, int], np.dtype[np.int8]]) -> None:
    np.testing.assert_array_equal(unpack_int4(pack_int4(values), values.shape[1]), values)


@pytest.mark.parametrize(
    ("name", "checksum"), [(CodecName.INT8, 2823058339), (CodecName.INT4, 3992698544), (CodecName.FLOAT16, 3176103527)]
)
def test_what_was_written_is_written_for_ever(name: CodecName, checksum: int) -> None:
    """The rows are whole numbers, so that no processor rounds them in another way."""
    rows = (np.arange(50 * 33, dtype=np.float32).reshape(50, 33) * 7919) % 211 - 105
    codec = codec_named(name)
    assert zlib.crc32(codec.pack(codec.encode(rows))) == checksum


# Bits


def test_the_rotation_is_the_same_for_ever() -> None:
    expected = [[-0.160787, -0.119573, -0.979719], [-0.138071, 0.985599, -0.097631], [0.977284, 0.119573, -0.174981]]
    np.testing.assert_allclose(rotation(3), expected, atol=1e-5)


@pytest.mark.parametrize("dim", [1, 2, 100, 384])
def test_the_rotation_changes_no_length_and_no_angle(dim: int) -> None:
    np.testing.assert_allclose(rotation(dim) @ rotation(dim).T, np.eye(dim), atol=1e-5)


@pytest.mark.parametrize("cosine", [0.0, 0.5, 0.9])
def test_estimates_from_bits_are_right_on_average_and_off_as_the_paper_says(cosine: float) -> None:
    dim = 384
    queries = vectors(200, dim, seed=1).repeat(50, axis=0)
    across = vectors(len(queries), dim)
    across = unit(across - np.vecdot(across, queries)[:, None] * queries)
    rows = np.float32(cosine) * queries + np.float32(np.sqrt(1 - cosine**2)) * across
    codec = codec_named(CodecName.BIT)
    errors = np.vecdot(estimates(codec, codec.encode(rows), dim), queries) - cosine
    expected = np.sqrt((np.pi / 2 - 1) * (1 - cosine**2) / dim)
    assert abs(errors.mean()) < 0.1 * expected
    assert errors.std() == pytest.approx(expected, rel=0.15)


@pytest.mark.parametrize("spread", [1, 3, 384])
def test_the_rotation_spreads_vectors_of_few_components_as_it_does_any_others(spread: int) -> None:
    rows = np.zeros((300, 384), np.float32)
    rows[:, :spread] = vectors(300, spread)
    rows = np.random.default_rng(2).permuted(rows, axis=1)
    scale = codec_named(CodecName.BIT).encode(rows).scale
    assert scale.mean() == pytest.approx(np.sqrt(np.pi / 2), rel=0.01)
    assert scale.std() < 0.03


# Scores


@each_name
@pytest.mark.parametrize("dim", [1, 7, 16, 100, 384, 513])
@pytest.mark.parametrize("count", [1, 2, 1000])
def test_scores_are_the_products_of_estimates_with_the_query(name: CodecName, dim: int, count: int) -> None:
    rows, query = vectors(count, dim), vectors(1, dim, seed=1)[0]
    codec = codec_for(name, dim)
    encoded = codec.encode(rows)
    scores = codec.scores(encoded.codes, encoded.scale, query)
    assert scores.dtype == np.float32
    assert scores.shape == (count,)
    close = {CodecName.BIT: 0.8 / np.sqrt(dim), CodecName.INT4: 0.1 / np.sqrt(dim)}.get(name, 2e-5)
    np.testing.assert_allclose(scores, estimates(codec, encoded, dim) @ query, atol=close)


@pytest.mark.parametrize(
    ("name", "close"),
    [
        (CodecName.FLOAT32, 1e-6),
        (CodecName.FLOAT32_PACKED, 1e-6),
        (CodecName.FLOAT16, 1e-4),
        (CodecName.INT8, 2e-3),
        (CodecName.INT4, 0.03),
        (CodecName.BIT, 0.2),
        (CodecName.PRINCIPAL, 2e-3),
    ],
)
def test_scores_are_near_the_cosines(name: CodecName, close: float) -> None:
    rows, query = vectors(1000, 384), vectors(1, 384, seed=1)[0]
    codec = codec_for(name, 384)
    encoded = codec.encode(rows)
    np.testing.assert_allclose(codec.scores(encoded.codes, encoded.scale, query), rows @ query, atol=close)


@each_name
def test_a_vector_scores_one_against_itself(name: CodecName) -> None:
    rows, codec = matryoshka(3, 512), codec_for(name, 512)
    encoded = codec.encode(rows)
    assert codec.scores(encoded.codes, encoded.scale, rows[1])[1] == pytest.approx(
        1, abs=0.02 if name is CodecName.BIT else 0.01
    )


@each_name
def test_nothing_scores_against_a_query_of_zeros(name: CodecName) -> None:
    codec = codec_for(name, 8)
    encoded = codec.encode(vectors(2, 8))
    assert not codec.scores(encoded.codes, encoded.scale, np.zeros(8, np.float32)).any()


@each_name
def test_a_free_slot_scores_zero_whatever_its_codes(name: CodecName) -> None:
    codec = codec_for(name, 8)
    encoded = codec.encode(vectors(2, 8))
    assert not codec.scores(encoded.codes, np.zeros(2, np.float32), vectors(1, 8, seed=1)[0]).any()
    assert not codec.decode(encoded.codes, np.zeros(2, np.float32), 8).any()


# What is no unit vector


@each_name
def test_zero_rows_are_kept_as_zeros(name: CodecName) -> None:
    codec = codec_for(name, 8)
    encoded = codec.encode(np.zeros((2, 8), np.float32))
    assert not estimates(codec, encoded, 8).any()
    assert not codec.valid(encoded.codes, encoded.scale, 8).any()


@each_name
@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf, 3e38])
def test_odd_numbers_cause_no_warning_and_touch_no_other_row(name: CodecName, number: float) -> None:
    rows = vectors(3, 8)
    codec = codec_for(name, 8)
    expected = codec.encode(rows)
    rows[1, 2] = number
    encoded = codec.encode(rows)
    for row in (0, 2):
        np.testing.assert_array_equal(encoded.codes[row], expected.codes[row])
        assert encoded.scale[row] == pytest.approx(expected.scale[row])


@each_name
def test_no_rows_give_no_codes(name: CodecName) -> None:
    codec = codec_for(name, 8)
    encoded = codec.encode(np.empty((0, 8), np.float32))
    assert (encoded.codes.shape, encoded.scale.shape) == ((0, codec.width(8)), (0,))
    assert estimates(codec, encoded, 8).shape == (0, 8)
    assert codec.scores(encoded.codes, encoded.scale, vectors(1, 8)[0]).shape == (0,)
    assert codec.unpack(codec.pack(encoded), 0, 8).codes.shape == (0, codec.width(8))


@each_name
@pytest.mark.parametrize("dim", [1, 8, 384])
def test_what_was_encoded_is_valid(name: CodecName, dim: int) -> None:
    codec = codec_for(name, dim)
    encoded = codec.encode(matryoshka(200, dim))
    assert codec.valid(encoded.codes, encoded.scale, dim).all()


@each_name
@pytest.mark.parametrize("scale", [0, 1e-4, 30, 3e38, np.inf, np.nan])
def test_a_scale_that_no_unit_vector_has_is_not_valid(name: CodecName, scale: float) -> None:
    codec = codec_for(name, 16)
    encoded = codec.encode(matryoshka(3, 16))
    encoded.scale[1] = scale
    assert codec.valid(encoded.codes, encoded.scale, 16).tolist() == [True, False, True]


# Which codec


@each_name
def test_a_codec_is_found_by_its_name(name: CodecName) -> None:
    codec = codec_for(name, 8)
    assert codec.name is name
    assert codec.code is CodecCode[name.name]


def test_records_are_kept_in_any_codec_that_keeps_all_dimensions() -> None:
    found = {code: codec_coded(code) for code in range(256)}
    expected = set(CodecCode) - {CodecCode.TRUNCATED, CodecCode.PRINCIPAL}
    assert {code for code, codec in found.items() if codec is not None and codec.code == code} == expected
    assert {code for code, codec in found.items() if codec is None} == set(range(256)) - expected


def test_columns_are_kept_in_any_codec_whose_rows_are_of_one_length() -> None:
    assert {name for name in CodecName if not codec_for(name, 8).in_columns} == {CodecName.FLOAT32_PACKED}
