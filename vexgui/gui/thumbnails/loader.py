"""Thumbnails made on worker threads, kept as pixmaps, asked for by whatever is being painted."""

import logging
import os
import stat
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from vexgui.core.errors import VexError
from vexgui.core.files import Kind
from vexgui.gui.thumbnails.decoding import decoded, decodes_here, image_in, png_of
from vexgui.gui.workers import Outlet, Workers, close
from vexgui.system.thumbnails import Original, ThumbnailCache, flavour_for

_log = logging.getLogger(__name__)
PageOf = Callable[[bytes, int], bytes]
"""Given a path and a longest side, returns a PNG or b"": the engine's thumbnail."""

_MOST_WAITING = 160
_PIXMAP_BYTES = 64 << 20
_ARRIVALS_MS = 25
_PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A thumbnail that is wanted: of which file as of when, and its longest side in device pixels."""

    path: bytes
    mtime_ns: int
    kind: Kind
    px: int

    @classmethod
    def filling(cls, path: bytes, mtime_ns: int, kind: Kind, px: float) -> Self:
        """Return the smallest of the sizes that the desktop keeps with at least so many device pixels, or the largest.

        So all who show a file about as large share its thumbnail.
        """
        return cls(path, mtime_ns, kind, flavour_for(round(px)).px)


class ThumbnailLoader(QObject):
    """Hands out pixmaps that are ready and makes the others in the background, what was asked for last first.

    Signals:
        arrived: The `Wanted` that became ready since the last time, a list; those that failed included.
    """

    arrived = Signal(object)
    _made = Signal(object, object)

    def __init__(self, cache: ThumbnailCache, page_of: PageOf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache = cache
        self._page_of = page_of
        self._pixmaps: OrderedDict[Wanted, QPixmap | None] = OrderedDict()
        self._pixmap_bytes = 0
        self._pictures = _Crew("pictures", 2)
        # Pages come from one guarded child, which serves one call at a time; it must not hold the pictures up.
        self._pages = _Crew("pages", 1)
        self._fresh: list[Wanted] = []
        self._timer = QTimer(self, singleShot=True, interval=_ARRIVALS_MS)
        self._timer.timeout.connect(self._announce)
        self._made.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._outlet = Outlet(self._made.emit)

    def pixmap(self, wanted: Wanted) -> QPixmap | None:
        """Return a thumbnail if it is ready, else None; it is then on its way, unless the file has none."""
        if wanted in self._pixmaps:
            self._pixmaps.move_to_end(wanted)
            return self._pixmaps[wanted]
        if wanted.kind in {Kind.IMAGE, Kind.DOCUMENT, Kind.VIDEO}:
            crew = self._pictures if decodes_here(wanted.path, wanted.kind) else self._pages
            crew.add(wanted, lambda: self._make(wanted))
        return None

    def try_again(self) -> None:
        """Forget which files have none: the engine that was asked for them is another now."""
        self._pixmaps = OrderedDict((wanted, pixmap) for wanted, pixmap in self._pixmaps.items() if pixmap is not None)

    @property
    def busy(self) -> bool:
        """Whether thumbnails are on their way."""
        return self._pictures.busy or self._pages.busy or bool(self._fresh)

    def close(self, timeout_s: float = _PATIENCE_S) -> None:
        """Stop, and wait for what is being made, but not for a disk that does not answer."""
        self._outlet.close()
        self._timer.stop()
        close((self._pictures.dismissed(), self._pages.dismissed()), timeout_s)

    def _make(self, wanted: Wanted) -> None:
        """Make a thumbnail on a worker thread."""
        image = None
        try:
            image = self._image(wanted)
        except Exception:  # noqa: BLE001 - the top of a worker thread
            _log.exception("a thumbnail could not be made")
        self._outlet.put(wanted, image)

    def _image(self, wanted: Wanted) -> QImage | None:
        original = _look(wanted.path)
        if original is None:
            return None
        flavour = flavour_for(wanted.px)
        cached = image_in(self._cache.read(original, flavour))
        if cached is not None:
            return cached
        if self._cache.holds(wanted.path) or self._cache.failed(original):
            return None
        try:
            found = decoded(wanted.path, flavour.px) if decodes_here(wanted.path, wanted.kind) else None
            image = found.image if found is not None else self._page(wanted.path, flavour.px)
        except (VexError, OSError):
            return None
        if _look(wanted.path) == original:
            if image is None:
                if wanted.kind is not Kind.VIDEO:  # the library that looks into videos may be installed later
                    self._cache.write_failed(original)
            else:
                self._cache.write(original, png_of(image), flavour)
        return image

    def _page(self, path: bytes, px: int) -> QImage | None:
        return image_in(self._page_of(path, px))

    @Slot(object, object)
    def _take(self, wanted: Wanted, image: QImage | None) -> None:
        pixmap = None if image is None else QPixmap.fromImage(image)
        self._pixmaps[wanted] = pixmap
        self._pixmap_bytes += _bytes_of(pixmap)
        while self._pixmap_bytes > _PIXMAP_BYTES:
            _, oldest = self._pixmaps.popitem(last=False)
            self._pixmap_bytes -= _bytes_of(oldest)
        self._pictures.finished(wanted)
        self._pages.finished(wanted)
        self._fresh.append(wanted)
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _announce(self) -> None:
        fresh, self._fresh = self._fresh, []
        self.arrived.emit(fresh)


class _Crew:
    """A few threads and what waits for them; the newest goes first, and the oldest is dropped when too many wait."""

    def __init__(self, name: str, threads: int) -> None:
        # Not Qt's own pool: PySide6 keeps each task that has run there, and with it the loader.
        self._workers = Workers(f"vexgui-thumbnail-{name}", threads)
        self._threads = threads
        self._waiting: OrderedDict[Wanted, Callable[[], None]] = OrderedDict()
        self._running: set[Wanted] = set()
        self._closed = False

    @property
    def busy(self) -> bool:
        return bool(self._waiting or self._running)

    def add(self, wanted: Wanted, make: Callable[[], None]) -> None:
        if self._closed or wanted in self._running:
            return
        self._waiting[wanted] = make
        self._waiting.move_to_end(wanted)
        if len(self._waiting) > _MOST_WAITING:
            self._waiting.popitem(last=False)
        self._begin()

    def finished(self, wanted: Wanted) -> None:
        self._running.discard(wanted)
        self._begin()

    def dismissed(self) -> Workers:
        """Begin nothing more, and return who is to end."""
        self._closed = True
        self._waiting.clear()
        return self._workers

    def _begin(self) -> None:
        while self._waiting and len(self._running) < self._threads:
            wanted, make = self._waiting.popitem()
            self._running.add(wanted)
            self._workers.add(make)


def _bytes_of(pixmap: QPixmap | None) -> int:
    return 0 if pixmap is None else pixmap.width() * pixmap.height() * 4


def _look(path: bytes) -> Original | None:
    """Return a file's identity for the cache, or None if it is gone, unreadable, or not a regular file."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode) or not os.access(path, os.R_OK):
        return None
    return Original(path, int(found.st_mtime), found.st_size)
