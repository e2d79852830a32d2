"""Stores, and catalogs by themselves, in a folder of their own, closed when the test is over."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.store.builders import TEXT, OpenStore
from tests.store.checkpointing import Owned
from vexgui.core.vectors import CodecName
from vexgui.store.catalog.pages import PageSums
from vexgui.store.format import PAGE_BYTES
from vexgui.store.store import Store


@pytest.fixture
def folder(tmp_path: Path) -> bytes:
    """Where the store lies."""
    return os.fsencode(tmp_path / "store")


@pytest.fixture
def open_store(folder: bytes) -> Iterator[OpenStore]:
    """Opens the store; the one opened first closes last."""
    opened: list[Store] = []

    def open_it(codec: CodecName = CodecName.INT8, *, writable: bool = True, page_bytes: int = PAGE_BYTES) -> Store:
        opened.append(Store(folder, codec, writable=writable, page_bytes=page_bytes))
        return opened[-1]

    yield open_it
    for store in reversed(opened):
        store.close()


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    """A new, empty store."""
    return open_store()


@pytest.fixture
def text_space(store: Store) -> None:
    """The new store has columns for texts."""
    store.ensure_space(TEXT)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Callable[..., Owned]]:
    """Opens a catalog by itself in the test's folder."""
    opened: list[Owned] = []

    def open_it(folder: str = "here", **how: object) -> Owned:
        (tmp_path / folder).mkdir(exist_ok=True)
        opened.append(Owned(tmp_path / folder, **how))  # type: ignore[arg-type]
        return opened[-1]

    yield open_it
    for owned in opened:
        owned.db.close()
        PageSums.close(owned.sums)
