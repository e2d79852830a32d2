"""Something to look at, on a map and among duplicates, and the way there."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from vexgui.core.files import Kind
from vexgui.core.looking import MAP_KINDS, CollectionMap, DuplicateFile, DuplicateGroup
from vexgui.gui.looking.map_page import MapPage
from vexgui.gui.side.look import Place

MakeMap = Callable[..., CollectionMap]


@pytest.fixture
def make_map() -> MakeMap:
    """Return a function that makes a map of paths, which need not lie anywhere, of places and of kinds."""

    def make(
        paths: Sequence[bytes], places: Sequence[tuple[float, float]], kinds: Sequence[Kind] = (), **rest: bool
    ) -> CollectionMap:
        kinds = kinds or [Kind.IMAGE] * len(paths)
        return CollectionMap(
            b"".join(paths),
            np.cumsum([len(path) for path in paths]).astype(np.int64),
            np.array([MAP_KINDS.index(kind) for kind in kinds], np.uint8),
            np.ones(len(paths), np.int64),
            np.array(places, np.float32),
            **rest,
        )

    return make


@pytest.fixture
def mapped(library: FakeEngine, make_map: MakeMap) -> FakeEngine:
    """The engine of the library with a map: its pictures at the left, all else at the right."""
    paths = sorted(library.files)
    kinds = [library.files[path].kind for path in paths]
    places = [(0.05 * row if kind is Kind.IMAGE else 1 - 0.05 * row, 0.1 * row) for row, kind in enumerate(kinds)]
    library.map = make_map(paths, places, kinds)
    return library


@pytest.fixture
def doubled(library: FakeEngine, tmp_path: Path, picture: Callable[..., bytes]) -> FakeEngine:
    """The engine of the library with two groups of duplicates, one of them exact."""

    def file(name: str) -> DuplicateFile:
        path = os.fsencode(tmp_path / name)
        seen = os.stat(path)
        return DuplicateFile(path, Kind.IMAGE, seen.st_size, seen.st_mtime_ns, 640, 400)

    for name in ("copy.jpg", "smaller.jpg"):
        picture(name)
    exact = DuplicateGroup((file("evening.jpg"), file("copy.jpg")), exact=True)
    library.groups = (exact, DuplicateGroup((file("noon.jpg"), file("smaller.jpg")), exact=False))
    return library


def go_to(bench: Bench, place: Place) -> None:
    """Open a place as a click at the side does."""
    bench.window.side.look_asked.emit(place.value)
    bench.settle()


def map_page(bench: Bench) -> MapPage:
    """Return the map that is in sight."""
    page = bench.window.pages.currentWidget()
    assert isinstance(page, MapPage)
    return page
