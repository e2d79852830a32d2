"""What version 1 wrote is read for ever: the files in golden/ were written by it and are never written again."""

import os
from contextlib import closing
from pathlib import Path

import numpy as np

from vexgui.core.vectors import CodecName, SpaceId
from vexgui.store.codecs import codec_named
from vexgui.store.columns import Access, SpaceColumns
from vexgui.store.record import Fingerprint, unpack_record

GOLDEN = Path(__file__).parent / "golden"
KEY = bytes(range(32))
SPACE = SpaceId("0123456789abcdef")
ROWS = np.array([[0.6, 0.8, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, -0.6, -0.8]], np.float32)


def test_a_record_of_version_1_is_read() -> None:
    value = (GOLDEN / "record-1.bin").read_bytes()
    record = unpack_record(value, KEY)
    assert (record.recipe, record.created_s) == (7, 1_700_000_000)
    assert record.fingerprint == Fingerprint(12345, -1_000_000_001, bytes.fromhex("00112233445566778899aabbccddeeff"))
    text, picture = record.sections
    assert (text.space, text.codec.name, text.passages) == (SPACE, CodecName.INT8, 3)
    assert text.ordinals.tolist() == [0, 2]
    np.testing.assert_allclose(text.vectors, ROWS, atol=0.005)
    assert (picture.space, picture.codec.name, picture.passages) == ("fedcba9876543210", CodecName.FLOAT16, 1)
    assert picture.ordinals.tolist() == [3]
    np.testing.assert_array_equal(picture.vectors, [[0.5, -0.5, 0.5, -0.5]])


def test_columns_of_version_1_are_read() -> None:
    folder = os.fsencode(GOLDEN / "columns-1")
    with closing(SpaceColumns(folder, SPACE, 8, codec_named(CodecName.INT8), access=Access.READ)) as columns:
        rows = columns.rows()
        assert np.flatnonzero(rows.scale).tolist() == [0, 2]
        chosen = rows.at(np.array([0, 2]))
        assert chosen.owner.tolist() == [7, 12]
        assert chosen.intact().all()
        np.testing.assert_allclose(columns.codec.decode(chosen.codes, chosen.scale, 8), ROWS, atol=0.005)
