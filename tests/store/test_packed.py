"""Packed vectors come back, and bytes that are none are refused."""

import tracemalloc

import numpy as np
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.builders import vectors
from tests.store.coding import codec_for, each_fixed, each_name
from vexgui.core.vectors import CodecName
from vexgui.store.codecs import CodesRefused, Encoded, codec_named

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
