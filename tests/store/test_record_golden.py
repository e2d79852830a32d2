"""Records of version 2 are read for ever: the files in golden/ were written by it and are never written again."""

from pathlib import Path

import numpy as np

from vexgui.core.vectors import CodecName
from vexgui.store.codecs import codec_named
from vexgui.store.format import RECORD_ATTRIBUTE
from vexgui.store.record import Cut, Fingerprint, Record, cut, joined, pack_record, part_names, unpack_record

GOLDEN = Path(__file__).parent / "golden"
KEY = bytes(range(32))
ROWS = np.array([[0.6, 0.8, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, -0.6, -0.8]], np.float32)
BITS = np.array(
    [
        [0.288546, 0.616511, 0.006754, -0.147922, -0.32524, -0.356147, -0.460822, -0.264103],
        [-0.154769, -0.192135, 0.291452, -0.359818, -0.4366, -0.452755, -0.493439, -0.292623],
    ]
)
"""What is left of the rows in one bit a component: as long as the rotation of their space stays what it is."""
CODECS = (
    (CodecName.FLOAT32, ROWS, 0),
    (CodecName.FLOAT32_PACKED, ROWS, 0),
    (CodecName.FLOAT16, ROWS, 0.001),
    (CodecName.INT8, ROWS, 0.005),
    (CodecName.INT4, ROWS, 0.05),
    (CodecName.BIT, BITS, 1e-5),
)
"""What record-2.bin holds, a section each, and by how much components may be off."""


def whole() -> bytes:
    return (GOLDEN / "record-2.bin").read_bytes()


def parts() -> Cut:
    folder = GOLDEN / "record-2-split"
    head = (folder / RECORD_ATTRIBUTE.decode()).read_bytes()
    return Cut(head, tuple((name, (folder / name.decode()).read_bytes()) for name in part_names(head)))


def is_the_golden_one(record: Record) -> bool:
    fingerprint = Fingerprint(12345, -1_000_000_001, bytes.fromhex("00112233445566778899aabbccddeeff"))
    return record[:4] == (7, 0xDEADBEEF, 1_700_000_000, fingerprint)


def test_a_record_of_version_2_is_read_in_every_codec() -> None:
    record = unpack_record(whole(), KEY)
    assert is_the_golden_one(record)
    assert [section.codec.name for section in record.sections] == [codec for codec, _, _ in CODECS]
    for number, (section, (_, rows, off)) in enumerate(zip(record.sections, CODECS, strict=True)):
        assert (section.space, section.dim, section.passages) == (f"{number:016x}", 8, 3)
        assert section.ordinals.tolist() == [0, 2]
        np.testing.assert_allclose(section.vectors, rows, atol=off)


def test_a_split_record_of_version_2_is_read() -> None:
    pieces = parts()
    assert len(pieces.others) == 2
    value = joined(pieces.head, [piece for _, piece in pieces.others])
    record = unpack_record(value, KEY)
    assert is_the_golden_one(record)
    (section,) = record.sections
    assert (section.space, section.codec.name) == ("0123456789abcdef", CodecName.FLOAT16)
    np.testing.assert_array_equal(section.vectors, np.eye(16))


def test_records_of_version_2_are_written_as_they_were() -> None:
    """Holds as long as version 2 is the one that is written."""
    assert pack_record(unpack_record(whole(), KEY), KEY) == whole()
    pieces = parts()
    value = joined(pieces.head, [piece for _, piece in pieces.others])
    assert pack_record(unpack_record(value, KEY), KEY, 256) == value
    assert cut(value) == pieces


def test_vectors_are_kept_in_the_bytes_that_version_2_kept_them_in() -> None:
    for section in unpack_record(whole(), KEY).sections:
        if section.codec.name in {CodecName.FLOAT32, CodecName.FLOAT16, CodecName.INT8, CodecName.INT4}:
            codec = codec_named(section.codec.name)
            assert codec.pack(codec.encode(ROWS)) == section.packed
