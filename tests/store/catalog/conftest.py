"""A catalog of its own for each test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from vexgui.store.catalog import Catalog


@pytest.fixture
def path(tmp_path: Path) -> bytes:
    return os.fsencode(tmp_path / "catalog %?#.db")


@pytest.fixture
def catalog(path: bytes) -> Iterator[Catalog]:
    opened = Catalog(path, writable=True)
    yield opened
    opened.close()
