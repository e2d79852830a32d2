"""What each version wrote is read for ever: the files in golden/ were written by it and are never written again.

Those of records of version 2 are in test_record_golden.py, older stores are in test_upgrade.py.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.store.builders import PICTURE, TEXT, OpenStore, a_stat, as_kept, kept_space, rows_of, vectors
from vexgui.core.arrays import Vectors
from vexgui.core.files import FileFacts, FileState, Kind, Labels, PassageKind
from vexgui.core.vectors import CodecName, SpaceId
from vexgui.store.catalog.schema import TABLES
from vexgui.store.codecs import codec_named
from vexgui.store.columns.rows import made_rows
from vexgui.store.format import Column, KindCode
from vexgui.store.record import Fingerprint, unpack_record
from vexgui.store.rows import Event, FileRow, Stamp, file_of, passage_id
from vexgui.store.store import Store

GOLDEN = Path(__file__).parent / "golden"
KEY = bytes(range(32))
SPACE = SpaceId("0123456789abcdef")
ROWS = np.array([[0.6, 0.8, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, -0.6, -0.8]], np.float32)

RENAMED, PHOTO, BROKEN, UNREAD = b"/g/renamed.txt", b"/g/b.jpg", b"/g/\xff broken.pdf", b"/elsewhere/unread.md"
VECTORS = {
    RENAMED: {TEXT.id: ([0, 1, 2], vectors(3))},
    PHOTO: {TEXT.id: ([0], vectors(1, seed=4)), PICTURE.id: ([1], vectors(1, PICTURE.dim, 5))},
    BROKEN: {TEXT.id: ([0], vectors(1))},
    UNREAD: {TEXT.id: ([0, 4], vectors(2, seed=6))},
}
"""What golden/store-2 and golden/store-3 were given: ordinals and vectors of each file in each space."""


def int8(rows: Vectors) -> Vectors:
    return as_kept(codec_named(CodecName.INT8), rows)


@pytest.fixture
def golden(folder: bytes) -> bytes:
    """A copy of the store of version 3."""
    shutil.copytree(GOLDEN / "store-3", os.fsdecode(folder))
    return folder


def row(store: Store, path: bytes) -> FileRow:
    found = store.catalog.file(path)
    assert found is not None, path
    return found


def assert_holds_all(store: Store) -> None:
    """Assert that all vectors of a golden store are there, in the bytes that int8 makes of them today."""
    assert {known.path for known in store.catalog.all_files()} == set(VECTORS)
    for path, spaces in VECTORS.items():
        parts = store.vectors_of(row(store, path).id)
        assert [part.space for part in parts] == list(spaces)
        for part in parts:
            ordinals, given = spaces[part.space]
            assert part.ordinals.tolist() == ordinals
            np.testing.assert_allclose(part.vectors, int8(given), atol=1e-6)


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


@pytest.mark.parametrize("writable", [False, True], ids=["reader", "owner"])
def test_a_store_of_version_3_is_read_by(writable: bool, golden: bytes, open_store: OpenStore) -> None:
    store = open_store(writable=writable)
    assert_holds_all(store)
    assert (store.check().problems, store.check().slots) == ((), 8)
    for seed, path in ((4, PHOTO), (6, UNREAD)):
        (best,) = store.scan(TEXT.id, vectors(1, seed=seed)[0], 1).passages
        assert file_of(best) == row(store, path).id


def test_its_files_are_known_with_their_facts(golden: bytes, open_store: OpenStore) -> None:
    store = open_store(writable=False)
    photo, broken, unread, text = row(store, PHOTO), row(store, BROKEN), row(store, UNREAD), row(store, RENAMED)
    assert (photo.stat, photo.content_hash, photo.kind) == (a_stat(40, 6), b"p" * 16, Kind.IMAGE)
    assert photo.facts == FileFacts(
        width=640,
        height=480,
        taken="2020-05-17T12:00:00",
        camera="Camera 1",
        latitude=59.5,
        longitude=-10.25,
        caption="A boat",
        extra={"lens": "50 mm", "iso": 200},
    )
    assert text.facts == FileFacts(title="A title", language="en", created="2019-03-04T05:06:07")
    assert (text.birth, photo.birth) == ("2021-01-02T03:04:05", None)
    assert (broken.state, broken.reason) == (FileState.FAILED, "The PDF is damaged.")
    assert broken.record_note == "The file belongs to another user."
    assert [known.unread for known in (photo, broken, unread)] == [False, False, True]
    roots = store.catalog.roots()
    assert list(roots) == [b"/g"]
    assert [known.root_id for known in (photo, broken, unread)] == [roots[b"/g"], roots[b"/g"], 0]


def test_its_texts_are_there_and_found_by_words_and_names(golden: bytes, open_store: OpenStore) -> None:
    catalog = open_store(writable=False).catalog
    known = {found.path: found.id for found in catalog.all_files()}
    assert [passage.text for passage in catalog.passages_of(known[RENAMED])] == ["the first", "the second", "the third"]
    kinds = [(passage.ordinal, passage.kind) for passage in catalog.passages_of(known[PHOTO])]
    assert kinds == [(0, PassageKind.ABOUT), (1, PassageKind.PICTURE)]
    assert [hit.passage_id for hit in catalog.with_words(["second"], 10).hits] == [passage_id(known[RENAMED], 1)]
    assert catalog.with_names(["enam"], 10) == (known[RENAMED],)


def test_its_labels_are_known(golden: bytes, open_store: OpenStore) -> None:
    store = open_store(writable=False)
    text, photo, broken = (row(store, path).id for path in (RENAMED, PHOTO, BROKEN))
    labels = store.catalog.labels([text, photo, broken])
    assert labels == {text: Labels(("holiday", "Été"), 8), photo: Labels(("holiday",))}
    assert store.catalog.tag_counts() == {"holiday": 2, "Été": 1}


def test_its_history_is_told(golden: bytes, open_store: OpenStore) -> None:
    store = open_store(writable=False)
    events = store.catalog.history(row(store, RENAMED).id)
    assert [(event.event, event.vectors) for event in events] == [
        (Event.RENAMED, 0),
        (Event.VECTORS, 3),
        (Event.FACTS, 0),
        (Event.CONTENT, 0),
    ]
    assert events[0].detail == '{"path": "/g/old name.txt"}'


def test_its_columns_hold_what_would_be_written_today(golden: bytes, open_store: OpenStore) -> None:
    """Holds as long as version 2 of the columns is the one that is written."""
    store = open_store(writable=False)
    (extent,) = store.catalog.extents(row(store, RENAMED).id)
    kept = kept_space(store)
    there = rows_of(store).at(slice(extent.first, extent.first + extent.count))
    owners = passage_id(extent.file, 0) + np.arange(extent.count, dtype=np.int64)
    stamp = Stamp(Kind.TEXT, store.catalog.roots()[b"/g"], 30, a_stat().mtime_ns)
    today = made_rows(codec_named(kept.codec), vectors(3), owners, [(stamp, 3)], int(there.born[0]))
    for column in Column:
        np.testing.assert_array_equal(there.column(column), today.column(column))
    assert there.kind.tolist() == [KindCode.TEXT] * 3


def test_its_catalog_has_the_tables_of_today() -> None:
    """Holds as long as version 3 is the one that is written: whoever changes a table raises the version."""
    with closing(sqlite3.connect(":memory:")) as new:
        new.executescript(TABLES)
        with closing(sqlite3.connect(f"file:{GOLDEN / 'store-3' / 'catalog.db'}?mode=ro&immutable=1", uri=True)) as old:
            schemas = [set(db.execute("SELECT type, name, sql FROM sqlite_master")) for db in (old, new)]
    assert len(schemas[0]) > 20
    assert schemas[0] == schemas[1]


def test_it_can_be_written_and_compacted(golden: bytes, open_store: OpenStore) -> None:
    store = open_store()
    store.rename(RENAMED, b"/g/again.txt", folder=False)
    store.rename(b"/g/again.txt", RENAMED, folder=False)
    assert store.compact()
    assert_holds_all(store)
    assert store.check().problems == ()
