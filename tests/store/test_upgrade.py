"""A store of an older version becomes one of the present version when it is opened, with all that was in it."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.store.builders import PICTURE, TEXT, OpenStore, a_file, held, nearest, vectors
from tests.store.test_golden import PHOTO, RENAMED, assert_holds_all, row
from vexgui.core.errors import StoreDamaged
from vexgui.core.files import FileState, Labels
from vexgui.core.vectors import CodecName
from vexgui.store.catalog import schema, steps
from vexgui.store.catalog.schema import TABLES
from vexgui.store.format import CATALOG_VERSION
from vexgui.store.store import Store

GOLDEN = Path(__file__).parent / "golden" / "store-1"
VERSION_2 = GOLDEN.parent / "store-2"


@pytest.fixture
def old(folder: bytes) -> bytes:
    shutil.copytree(GOLDEN, os.fsdecode(folder))
    return folder


def test_files_passages_and_vectors_of_version_1_are_kept(old: bytes, open_store: OpenStore) -> None:
    store = open_store()
    assert held(store) == {
        b"/g/renamed.txt": {TEXT.id: 3},
        b"/g/b.jpg": {TEXT.id: 1, PICTURE.id: 1},
        b"/g/\xff broken.pdf": {TEXT.id: 1},
    }
    text = row(store, b"/g/renamed.txt")
    (part,) = store.vectors_of(text.id)
    np.testing.assert_allclose(part.vectors, vectors(3), atol=0.01)
    assert [passage.text for passage in store.catalog.passages_of(text.id)] == ["the first", "the second", "the third"]
    failed = store.catalog.file(b"/g/\xff broken.pdf")
    assert failed is not None
    assert (failed.state, failed.reason) == (FileState.FAILED, "The PDF is damaged.")
    assert nearest(store, vectors(1, seed=4)[0]) == b"/g/b.jpg"
    assert all(known.unread for known in store.catalog.all_files())  # as with version 2
    assert store.check().problems == ()


def test_nothing_of_version_1_is_left_beside(old: bytes, open_store: OpenStore) -> None:
    open_store()
    assert os.listdir(os.path.dirname(old)) == [os.path.basename(old)]


def test_an_upgrade_that_failed_leaves_the_old_store(
    old: bytes, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "commit", refuse)
        with pytest.raises(OSError, match="no room"):
            open_store()
    assert len(held(open_store())) == 3


def test_an_upgrade_that_was_killed_between_the_renames_is_ended(old: bytes, open_store: OpenStore) -> None:
    open_store().close()
    os.rename(old, old + b".new")
    shutil.copytree(GOLDEN, os.fsdecode(old + b".1"))
    assert len(held(open_store())) == 3
    assert os.listdir(os.path.dirname(old)) == [os.path.basename(old)]


@pytest.fixture
def version_2(folder: bytes) -> bytes:
    """A copy of a store whose catalog is of version 2."""
    shutil.copytree(VERSION_2, os.fsdecode(folder))
    return folder


def test_all_of_version_2_is_kept_and_read_again(version_2: bytes, open_store: OpenStore) -> None:
    store = open_store()
    assert_holds_all(store)
    assert store.check().problems == ()
    text = row(store, RENAMED)
    assert [passage.text for passage in store.catalog.passages_of(text.id)] == ["the first", "the second", "the third"]
    assert len(store.catalog.history(text.id)) == 3
    assert all(known.unread for known in store.catalog.all_files())
    photo = row(store, PHOTO).facts
    assert (photo.camera, photo.language, photo.created) == ("Camera 1", None, None)


def test_a_catalog_of_version_2_becomes_like_a_new_one(version_2: bytes, open_store: OpenStore) -> None:
    """The order of a table's columns and the words it was made with may differ; what it holds does not."""
    open_store().close()
    with closing(sqlite3.connect(":memory:")) as new:
        new.executescript(TABLES)
        with closing(sqlite3.connect(os.fsdecode(version_2 + b"/catalog.db"))) as old:
            assert layout(old) == layout(new)
            assert old.execute("PRAGMA user_version").fetchone() == (CATALOG_VERSION,)


def layout(db: sqlite3.Connection) -> dict[str, set[tuple[object, ...]]]:
    """Return the columns of each table and index."""
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'index')")]
    return {
        name: {part[1:] for kind in ("table_info", "index_info") for part in db.execute(f"PRAGMA {kind}('{name}')")}
        for name in names
    }


def test_what_is_upgraded_in_place_can_be_written_and_is_summed(version_2: bytes, open_store: OpenStore) -> None:
    with closing(open_store()) as store:
        store.commit([replace(a_file(b"/g/new.txt"), labels=Labels(("new",), 4))])
    store = open_store()
    assert store.check().problems == ()
    assert store.catalog.tag_counts() == {"new": 1}
    assert store.compact()
    assert store.check().problems == ()


def test_who_may_only_read_says_what_brings_an_old_catalog_up_to_date(version_2: bytes, open_store: OpenStore) -> None:
    with pytest.raises(StoreDamaged, match="older VexGUI"):
        open_store(writable=False)


def test_the_log_of_a_killed_process_is_summed_even_where_the_upgrade_fails(
    version_2: bytes, folder: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = folder + b".killed"
    with closing(sqlite3.connect(os.fsdecode(folder + b"/catalog.db"), isolation_level=None)) as writer:
        schema._set_up(writer)
        schema._set_up_writing(writer)
        writer.execute("UPDATE files SET indexed_ns = indexed_ns + 1")
        shutil.copytree(folder, killed)
    with monkeypatch.context() as patch:
        patch.setattr(steps, "_STEPS", {2: steps._STEPS[2] + "INSERT INTO nowhere VALUES (1);"})
        with pytest.raises(StoreDamaged):
            Store(killed, CodecName.INT8, writable=True)
    with closing(Store(killed, CodecName.INT8, writable=True)) as store:
        assert store.check().problems == ()


def test_an_upgrade_in_place_that_fails_leaves_the_catalog_as_it_was(
    version_2: bytes, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Path(os.fsdecode(version_2), "catalog.db").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(steps, "_STEPS", {2: steps._STEPS[2] + "INSERT INTO nowhere VALUES (1);"})
        with pytest.raises(StoreDamaged):
            open_store()
    assert Path(os.fsdecode(version_2), "catalog.db").read_bytes() == before
    assert_holds_all(open_store())
