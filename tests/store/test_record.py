"""A record gives back what was put in; nothing else is ever taken for one, and nothing else is ever raised."""

import random
import struct
import time
import zlib
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.builders import KEY, PICTURE, TEXT, a_record, a_section, vectors
from tests.store.record_draws import RECORDED, fault_of, records
from vexgui.core.files import FileStat, Passage, PassageKind
from vexgui.core.vectors import CodecName, Source
from vexgui.store.codecs import codec_named
from vexgui.store.format import RECORD_HEADER, RECORD_HEADER_1, RECORD_SECTION, RECORD_SECTION_1
from vexgui.store.record import (
    FRAME_BYTES,
    UNSAID,
    Fingerprint,
    Record,
    RecordFault,
    RecordRefused,
    Section,
    is_of,
    pack_record,
    part_names,
    reading_of,
    record_bytes,
    unpack_record,
)
from vexgui.store.record.pack import _code, keyed_hash

SMALL = pack_record(a_record(a_section(vectors(2, 4), passages=3)), KEY)


def header(sections: int = 1, parts: int = 1) -> bytes:
    return RECORD_HEADER.pack(b"VexR", 2, 0, 1, sections, parts, 0, 0, 0, 0, 0, bytes(16))


def signed(body: bytes, key: bytes = KEY) -> bytes:
    """Return a body with a trailer that proves it: what only the owner of the key can make."""
    value = body + _code(body, keyed_hash(key))
    return value + zlib.crc32(value).to_bytes(4, "little")


@settings(deadline=None)
@given(records)
def test_what_is_packed_is_unpacked(record: Record) -> None:
    value = pack_record(record, KEY)
    again = unpack_record(value, KEY)
    assert again[:4] == record[:4]
    assert len(again.sections) == len(record.sections)
    for mine, theirs in zip(record.sections, again.sections, strict=True):
        assert theirs[:4] == mine[:4]
        np.testing.assert_array_equal(theirs.ordinals, mine.ordinals)
        assert theirs.packed == mine.packed
        np.testing.assert_allclose(theirs.vectors, mine.vectors, atol=1e-6)
    assert pack_record(again, KEY) == value


@settings(deadline=None)
@given(records)
def test_a_record_is_as_long_as_foretold(record: Record) -> None:
    foretold = FRAME_BYTES + sum(record_bytes(part.dim, len(part.ordinals), part.codec) for part in record.sections)
    compressed = any(part.codec.name is CodecName.FLOAT32_PACKED for part in record.sections)
    length = len(pack_record(record, KEY))
    assert length <= foretold if compressed else length == foretold


def test_a_record_of_one_vector_has_the_bytes_that_were_aimed_at() -> None:
    assert len(pack_record(a_record(a_section(vectors(1, 512))), KEY)) == 616


def test_vectors_come_back_with_unit_length_and_their_direction() -> None:
    rows = vectors(5, 512)
    for codec in RECORDED:
        again = unpack_record(pack_record(a_record(a_section(rows, codec=codec)), KEY), KEY).sections[0].taken()
        np.testing.assert_allclose(np.linalg.norm(again.vectors, axis=1), 1, atol=1e-6)
        likeness = np.einsum("nd,nd->n", rows, again.vectors)
        assert np.all(likeness > codec_named(codec).fidelity - 0.02)
        assert (again.source, again.confidence) == (Source.RECORD, codec_named(codec).fidelity)


@pytest.mark.parametrize("count", [1, 2])
def test_a_single_vector_is_read_like_one_of_many(count: int) -> None:
    """One in int8 has a way of its own through the code."""
    rows = vectors(count, 512)
    section = a_section(rows)
    again = unpack_record(pack_record(a_record(section), KEY), KEY).sections[0]
    np.testing.assert_allclose(again.vectors, section.vectors, atol=1e-7)
    assert again.vectors.dtype == np.float32


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


@pytest.mark.parametrize("version", [3, 255])
def test_a_newer_version_is_named_whatever_else_it_changed(version: int) -> None:
    newer = bytearray(signed(SMALL[:-20] + b"what version 3 adds", key=b"another"))
    newer[4] = version
    value = bytes(newer[:-4])
    assert fault_of(value + zlib.crc32(value).to_bytes(4, "little")) is RecordFault.NEWER


def test_a_codec_this_version_does_not_know_is_newer() -> None:
    body = bytearray(SMALL[:-20])
    for code in (0, 7, 8, 99):  # 7 and 8 say nothing without what is known of the space
        body[RECORD_HEADER.size + 8] = code
        assert fault_of(signed(bytes(body))) is RecordFault.NEWER


@pytest.mark.parametrize(
    ("dim", "passages", "kept"),
    [(4, 2**32 - 1, 2**32 - 1), (65535, 3, 2), (4, 3, 3), (0, 3, 2), (4, 3, 0), (4, 1, 2), (3, 3, 2), (5, 3, 2)],
)
@pytest.mark.parametrize("codec", sorted(codec_named(name).code for name in RECORDED))
def test_counts_that_do_not_fit_the_bytes_are_refused(dim: int, passages: int, kept: int, codec: int) -> None:
    body = bytearray(SMALL[:-20])
    RECORD_SECTION.pack_into(body, RECORD_HEADER.size, bytes.fromhex(TEXT.id), codec, dim, passages, kept, 24)
    assert fault_of(signed(bytes(body))) is RecordFault.DAMAGED


@pytest.mark.parametrize("taken", [0, 1, 7, 8, 23, 25, 2**32 - 1])
def test_a_length_of_a_section_that_does_not_fit_is_refused(taken: int) -> None:
    body = bytearray(SMALL[:-20])
    RECORD_SECTION.pack_into(body, RECORD_HEADER.size, bytes.fromhex(TEXT.id), 1, 4, 3, 2, taken)
    assert fault_of(signed(bytes(body))) is RecordFault.DAMAGED


@pytest.mark.parametrize("count", [0, 2, 255])
def test_a_number_of_sections_that_does_not_fit_is_refused(count: int) -> None:
    body = bytearray(SMALL[:-20])
    body[8] = count
    assert fault_of(signed(bytes(body))) is RecordFault.DAMAGED


@pytest.mark.parametrize("dim", [0, 4])
def test_a_section_without_vectors_is_refused(dim: int) -> None:
    assert fault_of(signed(header() + RECORD_SECTION.pack(bytes(8), 1, dim, 3, 0, 0))) is RecordFault.DAMAGED


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
    assert fault_of(signed(header(count) + noise)) in {None, RecordFault.DAMAGED, RecordFault.NEWER}


@settings(deadline=None)
@given(st.data(), st.sampled_from(RECORDED), st.integers(1, 40), st.integers(1, 3))
def test_any_numbers_in_a_section_are_refused_or_give_unit_vectors(
    data: st.DataObject, codec: CodecName, dim: int, kept: int
) -> None:
    size = 4 * kept + codec_named(codec).packed_bytes(kept, dim)
    noise = data.draw(st.binary(min_size=size, max_size=size))
    section = RECORD_SECTION.pack(bytes(8), codec_named(codec).code, dim, kept, kept, size)
    try:
        record = unpack_record(signed(header() + section + noise), KEY)
    except RecordRefused:
        return
    np.testing.assert_allclose(np.linalg.norm(record.sections[0].vectors, axis=1), 1, atol=1e-5)


def test_mutated_records_are_refused_at_once_or_give_unit_vectors_whoever_signed_them() -> None:
    """A thousand records of every codec with a few bytes or bits changed, cut short or drawn out, and signed again."""
    generator = random.Random(5)
    seeds = [pack_record(a_record(a_section(vectors(3, 9), codec=codec, passages=4)), KEY)[:-20] for codec in RECORDED]
    faults: Counter[RecordFault | None] = Counter()
    started_s = time.process_time()
    for number in range(1000):
        body = bytearray(seeds[number % len(seeds)])
        for _ in range(generator.randint(1, 4)):
            match generator.randrange(4):
                case 0:
                    body[generator.randrange(len(body))] ^= 1 << generator.randrange(8)
                case 1:
                    body[generator.randrange(len(body))] = generator.choice([0, 1, 127, 128, 255])
                case 2:
                    del body[generator.randrange(52, len(body) + 1) :]
                case _:
                    at = generator.randrange(52, len(body) + 1)
                    body[at:at] = generator.randbytes(generator.randint(1, 40))
        value = signed(bytes(body))
        faults[fault_of(value)] += 1
        faults[fault_of(value, bytes(32))] += 1
        if fault_of(value) is None:
            for section in unpack_record(value, KEY).sections:
                np.testing.assert_allclose(np.linalg.norm(section.vectors, axis=1), 1, atol=1e-5)
    assert time.process_time() - started_s < 60
    assert set(faults) == {None, *RecordFault}


def test_two_spaces_lie_side_by_side() -> None:
    record = a_record(a_section(vectors(3)), a_section(vectors(1, 24), PICTURE, CodecName.FLOAT16))
    again = unpack_record(pack_record(record, KEY), KEY)
    assert [section.space for section in again.sections] == [TEXT.id, PICTURE.id]


def version_1(body_of: Section, pad: int = 0) -> bytes:
    """Return a record as version 1 wrote it."""
    count = len(body_of.ordinals)
    head = bytearray(RECORD_HEADER_1.pack(b"VexR", 1, 0, 3, 1, 0, 2**40, 10, -5, bytes(range(16))))
    head[9] = pad
    space = bytes.fromhex(body_of.space)
    section = RECORD_SECTION_1.pack(space, body_of.codec.code, body_of.dim, body_of.passages, count)
    return signed(bytes(head) + section + body_of.ordinals.astype("<u4").tobytes() + body_of.packed)


@pytest.mark.parametrize("codec", [CodecName.INT8, CodecName.FLOAT16])
@pytest.mark.parametrize("pad", [0, 3])
def test_version_1_is_read_and_says_nothing_of_the_reading(codec: CodecName, pad: int) -> None:
    section = a_section(vectors(3), codec=codec, passages=9)
    value = version_1(section, pad)
    record = unpack_record(value, KEY)
    assert record[:4] == (3, UNSAID, 2**40, Fingerprint(10, -5, bytes(range(16))))
    assert record.sections[0].passages == 9
    np.testing.assert_array_equal(record.sections[0].vectors, section.vectors)
    assert part_names(value) == ()
    again = unpack_record(pack_record(record, KEY), KEY)
    assert again.sections[0].packed == section.packed


def test_a_record_describes_its_content_whatever_the_mtime() -> None:
    record = Record(3, 7, 0, Fingerprint(10, 5, b"h" * 16), ())
    same = FileStat(1, 2, 10, 999, 4, 0o644, 0)
    assert is_of(record, same, b"h" * 16, 3, 7)
    assert not is_of(record, same, b"g" * 16, 3, 7)
    assert not is_of(record, same, b"h" * 16, 4, 7)
    assert not is_of(record, FileStat(1, 2, 11, 5, 4, 0o644, 0), b"h" * 16, 3, 7)


def test_readings_are_compared_where_both_are_said() -> None:
    same = FileStat(1, 2, 10, 999, 4, 0o644, 0)
    for mine, theirs, equal in ((7, 7, True), (7, 8, False), (UNSAID, 8, True), (7, UNSAID, True)):
        record = Record(3, mine, 0, Fingerprint(10, 5, b"h" * 16), ())
        assert is_of(record, same, b"h" * 16, 3, theirs) is equal


def a_reading(*texts: str, kind: PassageKind = PassageKind.TEXT, about: str = "note.txt") -> int:
    passages = [Passage(number, kind, text) for number, text in enumerate(texts, 1)]
    return reading_of([Passage(0, PassageKind.ABOUT, about), *passages])


def test_a_reading_is_told_by_kinds_and_texts_but_not_by_the_name() -> None:
    assert a_reading("one", "two") == a_reading("one", "two", about="another.txt")
    others = [
        a_reading("one", "two"),
        a_reading("two", "one"),
        a_reading("onetwo"),
        a_reading("one", "two", ""),
        a_reading("one", "two", kind=PassageKind.PICTURE),
        a_reading(),
        a_reading(""),
    ]
    assert len(set(others)) == len(others)
    assert UNSAID not in others


def test_a_reading_is_the_checksum_that_the_format_tells_of() -> None:
    passages = [
        Passage(0, PassageKind.ABOUT, "a"),
        Passage(1, PassageKind.TEXT, "é"),
        Passage(2, PassageKind.PICTURE, ""),
    ]
    assert reading_of(passages) == zlib.crc32(b"text\0\2\0\0\0\xc3\xa9picture\0\0\0\0\0")
    assert reading_of([Passage(1, PassageKind.TEXT, "\udce9")]) not in {UNSAID, a_reading()}
