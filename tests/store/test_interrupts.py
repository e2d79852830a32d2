"""An interrupt that comes right after a commit leaves what was committed, on the disk and in memory."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.store.builders import PICTURE, TEXT, OpenStore, a_file, held, vectors
from vexgui.store.catalog import Catalog
from vexgui.store.store import Store

ROWS = vectors(9)
CHANGES: dict[str, Callable[[Store], object]] = {
    "commit": lambda store: store.commit([a_file(b"/a", ROWS[2:5]), a_file(b"/c", ROWS[5:6])]),
    "forget": lambda store: store.forget([b"/a"]),
    "rename": lambda store: store.rename(b"/a", b"/z", folder=False),
    "compact": lambda store: store.compact(),
    "add a space": lambda store: store.ensure_space(PICTURE),
}


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    store = open_store(page_bytes=4096)
    store.ensure_space(TEXT)
    store.commit([a_file(b"/gone", ROWS[:1]), a_file(b"/a", ROWS[:2]), a_file(b"/b", ROWS[1:3])])
    store.forget([b"/gone"])
    return store


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_committed_stays(
    store: Store, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    writing = Catalog.writing

    @contextmanager
    def interrupted(catalog: Catalog) -> Iterator[sqlite3.Connection]:
        with writing(catalog) as db:
            yield db
        raise KeyboardInterrupt

    before = held(store)
    with monkeypatch.context() as patch:
        patch.setattr(Catalog, "writing", interrupted)
        with pytest.raises(KeyboardInterrupt):
            CHANGES[change](store)
    after = held(store)
    assert (after == before) == (change in ("compact", "add a space"))
    assert store.check().problems == ()
    store.commit([a_file(b"/later", vectors(30, seed=4))])
    assert store.check().problems == ()
    store.close()
    again = open_store(page_bytes=4096)
    assert again.check().problems == ()
    assert {path: spaces for path, spaces in held(again).items() if path != b"/later"} == after
