"""Kept vectors are near the given ones, scores are the products of what is kept, and packed bytes come back."""

import struct
import tracemalloc
import zlib

import numpy as np
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.store.builders import unit, vectors
from vexgui.core.vectors import CodecName, Vectors
from vexgui.store.codecs import Codec, CodesRefused, Encoded, codec_coded, codec_named, learn_basis
from vexgui.store.codecs.bits import rotation
from vexgui.store.codecs.products import pack_int4, unpack_int4
from vexgui.store.format import CodecCode


def codec_for(name: CodecName, dim: int) -> Codec:
    """Return a codec for vectors of so many dimensions; PRINCIPAL keeps all axes of evenly spread ones."""
    basis = learn_basis(vectors(2 * dim, dim, seed=9), kept=dim) if name is CodecName.PRINCIPAL else None
    return codec_named(name, basis)


def estimates(codec: Codec, encoded: Encoded, dim: int) -> Vectors:
    return codec.decode(encoded.codes, encoded.scale, dim)


def matryoshka(count: int, dim: int, seed: int = 0) -> Vectors:
    """Return vectors whose second half is next to nothing, as TRUNCATED wants them."""
    rows = vectors(count, dim, seed)
    rows[:, (dim + 1) // 2 :] *= 0.01
    return unit(rows)


each_name = pytest.mark.parametrize("name", CodecName)
each_fixed = pytest.mark.parametrize("name", [name for name in CodecName if name is not CodecName.FLOAT32_PACKED])
each_exact = pytest.mark.parametrize("name", [CodecName.FLOAT32, CodecName.FLOAT32_PACKED])

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


# Packed bytes


@each_name
@pytest.mark.parametrize(("count", "dim"), [(1, 1), (3, 7), (20, 384)])
def test_packed_vectors_come_back(name: CodecName, count: int, dim: int) -> None:
    codec = codec_for(name, dim)
    encoded = codec.encode(vectors(count, dim))
    again = codec.unpack(codec.pack(encoded), count, dim)
    np.testing.assert_array_equal(again.codes, encoded.codes)
    np.testing.assert_array_equal(again.scale, encoded.scale)
    assert again.codes.dtype == codec.dtype


@each_fixed
def test_packed_vectors_are_their_scales_and_then_their_codes(name: CodecName) -> None:
    codec = codec_for(name, 33)
    encoded = codec.encode(vectors(5, 33))
    packed = codec.pack(encoded)
    assert packed == encoded.scale.tobytes() + encoded.codes.tobytes()
    assert len(packed) == codec.packed_bytes(5, 33) == 5 * (4 + codec.row_bytes(33))


@pytest.mark.parametrize("count", [0, 1, 1000])
def test_float32_is_packed_shorter_where_there_is_much_of_it(count: int) -> None:
    codec = codec_named(CodecName.FLOAT32_PACKED)
    packed = codec.pack(codec.encode(vectors(count, 384)))
    assert len(packed) <= codec.packed_bytes(count, 384)
    if count == 1000:
        assert len(packed) < 0.9 * 1000 * 384 * 4
    noise = np.random.default_rng(0).integers(0, 2**32, (count, 384), dtype=np.uint32).view(np.float32)
    assert len(codec.pack(Encoded(noise, np.ones(count, np.float32)))) <= codec.packed_bytes(count, 384)


@each_name
@settings(deadline=None)
@given(data=st.binary(max_size=200), count=st.integers(0, 9), dim=st.integers(1, 20))
def test_random_bytes_are_refused_or_give_rows(name: CodecName, data: bytes, count: int, dim: int) -> None:
    codec = codec_for(name, dim)
    try:
        encoded = codec.unpack(data, count, dim)
    except CodesRefused:
        return
    assert (encoded.codes.shape, encoded.scale.shape) == ((count, codec.width(dim)), (count,))


@settings(deadline=None)
@given(st.data())
def test_damaged_packed_floats_are_refused_or_give_rows(data: st.DataObject) -> None:
    codec = codec_named(CodecName.FLOAT32_PACKED)
    packed = bytearray(codec.pack(codec.encode(np.zeros((5, 16), np.float32))))
    packed[data.draw(st.integers(0, len(packed) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        encoded = codec.unpack(bytes(packed), 5, 16)
    except CodesRefused:
        return
    assert encoded.codes.shape == (5, 16)


@each_name
def test_one_byte_more_or_less_is_refused(name: CodecName) -> None:
    codec = codec_for(name, 16)
    packed = codec.pack(codec.encode(vectors(3, 16)))
    for wrong in (packed[:-1], packed + b"\0", b""):
        with pytest.raises(CodesRefused):
            codec.unpack(wrong, 3, 16)


@pytest.mark.parametrize("claims", [True, False])
def test_a_few_bytes_that_stand_for_very_many_are_refused_without_room_for_these(claims: bool) -> None:
    bomb = zstandard.ZstdCompressor(write_content_size=claims).compress(bytes(1 << 26))
    tracemalloc.start()
    try:
        with pytest.raises(CodesRefused):
            codec_named(CodecName.FLOAT32_PACKED).unpack(bomb, 2, 16)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


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


# Principal axes


def test_the_axes_of_a_flat_space_keep_all_of_it() -> None:
    rows = unit(vectors(500, 5) @ vectors(5, 64, seed=1))
    codec = codec_named(CodecName.PRINCIPAL, learn_basis(rows, share=0.9999))
    assert codec.width(64) == 5
    assert codec.fidelity == pytest.approx(1, abs=1e-4)
    np.testing.assert_allclose(estimates(codec, codec.encode(rows), 64), rows, atol=0.01)


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_axes_keep_the_share_that_was_asked_for(share: float) -> None:
    rows = vectors(2000, 64)
    codec = codec_named(CodecName.PRINCIPAL, learn_basis(rows, share=share))
    cosines = np.einsum("nd,nd->n", estimates(codec, codec.encode(rows), 64), rows)
    assert np.square(cosines).mean() == pytest.approx(share, abs=0.02)
    assert codec.fidelity**2 == pytest.approx(share, abs=0.02)
    assert codec.width(64) < 64


def test_a_space_without_vectors_has_all_axes() -> None:
    codec = codec_named(CodecName.PRINCIPAL, learn_basis(np.empty((0, 4), np.float32)))
    assert codec.width(4) == 4


def test_every_damaged_bit_of_a_basis_is_found() -> None:
    basis = learn_basis(vectors(9, 3), kept=2)
    for bit in range(8 * len(basis)):
        damaged = bytearray(basis)
        damaged[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CodesRefused):
            codec_named(CodecName.PRINCIPAL, bytes(damaged))


@given(st.one_of(st.none(), st.binary(max_size=60), st.binary(max_size=60).map(lambda tail: b"VexB\1\0" + tail)))
def test_random_bytes_are_no_basis(basis: bytes | None) -> None:
    with pytest.raises(CodesRefused):
        codec_named(CodecName.PRINCIPAL, basis)


def test_a_basis_of_a_newer_version_is_refused_as_such() -> None:
    newer = b"VexB" + struct.pack("<H", 2) + learn_basis(vectors(9, 3), kept=2)[6:]
    with pytest.raises(CodesRefused, match="newer"):
        codec_named(CodecName.PRINCIPAL, newer)
