"""A record gives back what was put in; nothing else is ever taken for one, and nothing else is ever raised."""

import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.builders import KEY, PICTURE, TEXT, a_record, a_section, vectors
from vexgui.core.vectors import CodecName, Modality, Space, SpaceId
from vexgui.store.format import RECORD_HEADER, RECORD_SECTION
from vexgui.store.record import (
    FRAME_BYTES,
    Fingerprint,
    Record,
    RecordFault,
    RecordRefused,
    Section,
    _code,
    pack_record,
    record_bytes,
    unpack_record,
)

SMALL = pack_record(a_record(a_section(vectors(2, 4), passages=3)), KEY)


def signed(body: bytes, key: bytes = KEY) -> bytes:
    """Return a body with a trailer that proves it: what only the owner of the key can make."""
    value = body + _code(body, key)
    return value + zlib.crc32(value).to_bytes(4, "little")


def fault_of(value: bytes, key: bytes = KEY) -> RecordFault | None:
    try:
        unpack_record(value, key)
    except RecordRefused as refused:
        return refused.fault
    return None


@st.composite
def sections(draw: st.DrawFn) -> Section:
    dim = draw(st.integers(1, 40))
    count = draw(st.integers(1, 6))
    space = Space(SpaceId(draw(st.binary(min_size=8, max_size=8)).hex()), "m", Modality.TEXT, dim)
    codec = draw(st.sampled_from(CodecName))
    return a_section(vectors(count, dim, draw(st.integers(0, 99))), space, codec, draw(st.integers(0, 2**32 - 1)))


records = st.builds(
    Record,
    recipe=st.integers(0, 2**16 - 1),
    created_s=st.integers(0, 2**64 - 1),
    fingerprint=st.builds(
        Fingerprint,
        size=st.integers(0, 2**64 - 1),
        mtime_ns=st.integers(-(2**63), 2**63 - 1),
        content_hash=st.binary(min_size=16, max_size=16),
    ),
    sections=st.lists(sections(), max_size=4).map(tuple),
)


@settings(deadline=None)
@given(records)
def test_what_is_packed_is_unpacked(record: Record) -> None:
    value = pack_record(record, KEY)
    again = unpack_record(value, KEY)
    assert (again.recipe, again.created_s, again.fingerprint) == (record.recipe, record.created_s, record.fingerprint)
    assert len(again.sections) == len(record.sections)
    for mine, theirs in zip(record.sections, again.sections, strict=True):
        assert (theirs.space, theirs.codec, theirs.passages) == (mine.space, mine.codec, mine.passages)
        np.testing.assert_array_equal(theirs.ordinals, mine.ordinals)
        np.testing.assert_array_equal(theirs.codes, mine.codes)
        np.testing.assert_array_equal(theirs.scale, mine.scale)
    assert pack_record(again, KEY) == value


@settings(deadline=None)
@given(records)
def test_a_record_is_as_long_as_foretold(record: Record) -> None:
    foretold = sum(record_bytes(part.codes.shape[1], len(part.codes), part.codec) for part in record.sections)
    assert len(pack_record(record, KEY)) == FRAME_BYTES + foretold


def test_vectors_come_back_with_unit_length_and_their_direction() -> None:
    rows = vectors(5, 64)
    for codec in CodecName:
        again = unpack_record(pack_record(a_record(a_section(rows, codec=codec)), KEY), KEY).sections[0].vectors
        np.testing.assert_allclose(np.linalg.norm(again, axis=1), 1, atol=1e-6)
        assert np.all(np.einsum("nd,nd->n", rows, again) > 0.9999)


def test_every_flipped_bit_is_found() -> None:
    for bit in range(len(SMALL) * 8):
        flipped = bytearray(SMALL)
        flipped[bit // 8] ^= 1 << bit % 8
        assert fault_of(bytes(flipped)) is RecordFault.DAMAGED, bit


def test_every_truncation_and_extension_is_found() -> None:
    for length in range(len(SMALL)):
        assert fault_of(SMALL[:length]) is RecordFault.DAMAGED, length
    for extra in (b"\0", b"\0" * 100, SMALL):
        assert fault_of(SMALL + extra) is RecordFault.DAMAGED


@settings(deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_no_other_bytes_are_taken_for_a_record(noise: bytes, begins_well: bool) -> None:
    assert fault_of(b"VexR" + noise if begins_well else noise) is RecordFault.DAMAGED


def test_a_value_larger_than_linux_allows_is_refused() -> None:
    assert fault_of(signed(SMALL[:-20] + b"\0" * (64 << 10))) is RecordFault.DAMAGED


@pytest.mark.parametrize("key", [bytes(32), b"", KEY[:-1]])
def test_a_record_signed_with_another_key_is_foreign(key: bytes) -> None:
    assert fault_of(SMALL, key) is RecordFault.FOREIGN


def test_a_forged_record_with_a_true_checksum_is_foreign() -> None:
    forged = bytearray(SMALL)
    forged[40] ^= 1
    body = bytes(forged[:-4])
    assert fault_of(body + zlib.crc32(body).to_bytes(4, "little")) is RecordFault.FOREIGN


@pytest.mark.parametrize("version", [2, 255])
def test_a_newer_version_is_named_whatever_else_it_changed(version: int) -> None:
    newer = bytearray(signed(SMALL[:-20] + b"what version 2 adds", key=b"another"))
    newer[4] = version
    value = bytes(newer[:-4])
    assert fault_of(value + zlib.crc32(value).to_bytes(4, "little")) is RecordFault.NEWER


def test_a_codec_this_version_does_not_know_is_newer() -> None:
    body = bytearray(SMALL[:-20])
    body[RECORD_HEADER.size + 8] = 9
    assert fault_of(signed(bytes(body))) is RecordFault.NEWER


@pytest.mark.parametrize(
    ("dim", "passages", "kept"),
    [(4, 2**32 - 1, 2**32 - 1), (65535, 3, 2), (4, 3, 3), (0, 3, 2), (4, 3, 0), (4, 1, 2), (3, 3, 2), (5, 3, 2)],
)
def test_counts_that_do_not_fit_the_bytes_are_refused(dim: int, passages: int, kept: int) -> None:
    body = bytearray(SMALL[:-20])
    RECORD_SECTION.pack_into(body, RECORD_HEADER.size, bytes.fromhex(TEXT.id), 1, dim, passages, kept)
    assert fault_of(signed(bytes(body))) is RecordFault.DAMAGED


@pytest.mark.parametrize("count", [0, 2, 255])
def test_a_number_of_sections_that_does_not_fit_is_refused(count: int) -> None:
    body = bytearray(SMALL[:-20])
    body[8] = count
    assert fault_of(signed(bytes(body))) is RecordFault.DAMAGED


@pytest.mark.parametrize("dim", [0, 4])
def test_a_section_without_vectors_is_refused(dim: int) -> None:
    header = RECORD_HEADER.pack(b"VexR", 1, 0, 1, 1, 0, 0, 0, 0, bytes(16))
    assert fault_of(signed(header + RECORD_SECTION.pack(bytes(8), 1, dim, 3, 0))) is RecordFault.DAMAGED


@pytest.mark.parametrize("ordinals", [(1, 1), (1, 0)])
def test_ordinals_that_do_not_ascend_are_refused(ordinals: tuple[int, int]) -> None:
    body = bytearray(SMALL[:-20])
    struct.pack_into("<II", body, RECORD_HEADER.size + RECORD_SECTION.size, *ordinals)
    assert fault_of(signed(bytes(body))) is RecordFault.DAMAGED


@pytest.mark.parametrize("scale", [0.0, -0.01, 1e-30, 1e30, float("inf"), float("nan")])
def test_a_vector_that_is_not_of_unit_length_is_refused(scale: float) -> None:
    body = bytearray(SMALL[:-20])
    struct.pack_into("<f", body, RECORD_HEADER.size + RECORD_SECTION.size + 8, scale)
    assert fault_of(signed(bytes(body))) is RecordFault.DAMAGED


@settings(deadline=None)
@given(st.binary(max_size=200), st.integers(0, 3))
def test_noise_signed_with_the_key_is_refused_or_read_but_never_raises(noise: bytes, count: int) -> None:
    header = RECORD_HEADER.pack(b"VexR", 1, 0, 1, count, 0, 0, 0, 0, bytes(16))
    assert fault_of(signed(header + noise)) in {None, RecordFault.DAMAGED, RecordFault.NEWER}


@settings(deadline=None)
@given(st.binary(min_size=16, max_size=64), st.sampled_from(CodecName))
def test_any_numbers_in_a_section_are_refused_or_give_unit_vectors(noise: bytes, codec: CodecName) -> None:
    dim = len(noise) // (1 if codec is CodecName.INT8 else 2) - 8
    if dim < 1:
        return
    code = 1 if codec is CodecName.INT8 else 2
    header = RECORD_HEADER.pack(b"VexR", 1, 0, 1, 1, 0, 0, 0, 0, bytes(16))
    size = 8 + dim * (1 if codec is CodecName.INT8 else 2)
    body = header + RECORD_SECTION.pack(bytes(8), code, dim, 1, 1) + (noise * 3)[:size]
    try:
        record = unpack_record(signed(body), KEY)
    except RecordRefused:
        return
    np.testing.assert_allclose(np.linalg.norm(record.sections[0].vectors, axis=1), 1, atol=1e-5)


def test_two_spaces_lie_side_by_side() -> None:
    record = a_record(a_section(vectors(3)), a_section(vectors(1, 24), PICTURE, CodecName.FLOAT16))
    again = unpack_record(pack_record(record, KEY), KEY)
    assert [section.space for section in again.sections] == [TEXT.id, PICTURE.id]
