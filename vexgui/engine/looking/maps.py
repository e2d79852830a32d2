"""The engine's maps of the collection: made by a process of their own, kept, and brought up to date."""

import os
import threading
from collections.abc import Callable
from threading import Event as Flag
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vexgui.core.events import Event, MapProgress
from vexgui.core.looking import MAP_KINDS, CollectionMap
from vexgui.core.told import told
from vexgui.engine.looking import kept_map
from vexgui.engine.looking.kept_map import Places
from vexgui.models.failures import checked
from vexgui.store.catalog import CatalogView
from vexgui.store.store import Store
from vexgui.system.child import Child
from vexgui.system.frames import Frame

MAPPER = "vexgui.engine.looking.mapper"
_CHANGED = 0.05
"""A map is laid out anew when so much of it has come or gone since."""
_TIMEOUT_S = 600.0


class Drawing(Protocol):
    """Who makes maps; see `vexgui.engine.looking.mapper` for what is said to it."""

    def call(self, request: Frame, timeout_s: float) -> Frame:
        """Return the answer to a request."""
        ...

    def unload(self) -> bool:
        """Give back what it takes."""
        ...

    def close(self) -> None:
        """End it, also while it works."""
        ...


class Maps:
    """Has maps made of a store.

    Args:
        cache: The profile's cache folder, where the last map is kept.
        folder: Where the store lies.
        emit: Is told how far a map is.
        drawing: Makes them; None for a process of its own.
    """

    def __init__(
        self, cache: bytes, folder: bytes, emit: Callable[[Event], None], drawing: Drawing | None = None
    ) -> None:
        self._cache = cache
        self._folder = folder
        self._emit = emit
        self._lock = threading.Lock()
        self._child = drawing or Child(MAPPER, [], told("The process that draws maps"))

    def get(self, store: Store, *, anew: bool, stop: Flag | None) -> CollectionMap | None:
        """Return the map of a store; see `EngineApi.collection_map`.

        Raises:
            ChildFailed: The process that makes it died, or was closed meanwhile.
        """
        with self._lock:
            files = store.catalog.with_vectors()
            kept = kept_map.load(self._cache)
            old = kept is None or _changed(kept.files, files) > _CHANGED
            if kept is None or (old and anew):
                kept = self._laid_out(len(files), stop)
                if kept is None:
                    return None
                kept_map.save(self._cache, kept)
                old = False
            elif len(np.setdiff1d(files, kept.files, assume_unique=True)):
                kept = self._made(self._begin(*_blobs(kept)))
            return _told(kept, store.catalog, complete=not old)

    def close(self) -> None:
        """End the process, also while it works."""
        self._child.close()

    def _laid_out(self, files: int, stop: Flag | None) -> Places | None:
        """Return a new map; None where there is nothing to draw, or nobody wants it any more."""
        if not files:
            return None
        answer = self._begin()
        while not answer.blobs:
            if stop is not None and stop.is_set():
                return None
            self._emit(MapProgress(answer.header["share"]))
            answer = self._ask(Frame({"do": "go_on"}))
        return self._made(answer)

    def _begin(self, *old: bytes) -> Frame:
        return self._ask(Frame({"do": "begin", "folder": os.fsdecode(self._folder)}, old))

    def _made(self, answer: Frame) -> Places:
        self._child.unload()
        return _places(answer)

    def _ask(self, request: Frame) -> Frame:
        return checked(self._child.call(request, _TIMEOUT_S))


def _changed(known: NDArray[np.int64], files: NDArray[np.int64]) -> float:
    """Return how much of a map came or went since, as a share of its files."""
    return len(np.setxor1d(known, files, assume_unique=True)) / max(1, len(known))


def _told(places: Places, catalog: CatalogView, *, complete: bool) -> CollectionMap:
    """Return a map as it is shown: without the files that are not known any more."""
    numbers = {kind.value: number for number, kind in enumerate(MAP_KINDS)}
    known = catalog.all_seen()
    ids = np.fromiter((row[0] for row in known), np.int64, len(known))
    shown = np.isin(ids, places.files)
    rows = [known[at] for at in np.flatnonzero(shown).tolist()]
    return CollectionMap(
        b"".join([path for _, path, _, _ in rows]),
        np.cumsum(np.fromiter((len(path) for _, path, _, _ in rows), np.int64, len(rows))),
        np.fromiter((numbers[kind] for _, _, kind, _ in rows), np.uint8, len(rows)),
        np.fromiter((mtime_ns for _, _, _, mtime_ns in rows), np.int64, len(rows)),
        places.xy[np.searchsorted(places.files, ids[shown])],
        complete,
    )


def _places(answer: Frame) -> Places:
    files, xy = answer.blobs
    return Places(np.frombuffer(files, np.int64), np.frombuffer(xy, np.float32).reshape(-1, 2))


def _blobs(places: Places) -> tuple[bytes, bytes]:
    return places.files.tobytes(), places.xy.tobytes()
