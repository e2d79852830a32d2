"""A store of version 1 becomes one of version 2 when it is opened, with all that was in it."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.store.builders import PICTURE, TEXT, OpenStore, held, nearest, vectors
from vexgui.core.files import FileState
from vexgui.store.store import Store

GOLDEN = Path(__file__).parent / "golden" / "store-1"


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
    row = store.catalog.file(b"/g/renamed.txt")
    assert row is not None
    (part,) = store.vectors_of(row.id)
    np.testing.assert_allclose(part.vectors, vectors(3), atol=0.01)
    assert [passage.text for passage in store.catalog.passages_of(row.id)] == ["the first", "the second", "the third"]
    failed = store.catalog.file(b"/g/\xff broken.pdf")
    assert failed is not None
    assert (failed.state, failed.reason) == (FileState.FAILED, "The PDF is damaged.")
    assert nearest(store, vectors(1, seed=4)[0]) == b"/g/b.jpg"
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
