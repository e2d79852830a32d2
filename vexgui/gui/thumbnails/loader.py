"""Thumbnails made on worker threads, kept as pixmaps, asked for by whatever is being painted."""

import os
import stat
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QFile,
    QIODevice,
    QObject,
    QRunnable,
    QSize,
    Qt,
    QThreadPool,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QImage, QImageReader, QPixmap
from typing_extensions import override

from vexgui.core.errors import VexError
from vexgui.core.files import Kind
from vexgui.core.paths import name_of
from vexgui.system.thumbnails import Original, ThumbnailCache, flavour_for

PageOf = Callable[[bytes, int], bytes]
"""Given a path and a longest side, returns a PNG or b"": the engine's thumbnail."""

_READ_HERE = frozenset(
    (
        b"bmp",
        b"gif",
        b"ico",
        b"jpe",
        b"jpeg",
        b"jpg",
        b"pbm",
        b"pgm",
        b"png",
        b"ppm",
        b"tif",
        b"tiff",
        b"webp",
        b"xbm",
        b"xpm",
    )
)
"""Formats that Qt decodes in this process; all others are decoded by the engine's guarded children."""
_MOST_WAITING = 160
_PIXMAP_BYTES = 192 << 20
_ARRIVALS_MS = 25


@dataclass(frozen=True, slots=True)
class Wanted:
    """A thumbnail that is wanted: of which file as of when, and its longest side in device pixels."""

    path: bytes
    mtime_ns: int
    kind: Kind
    px: int


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
        self._pictures = _Crew(2, self)
        # Pages come from one guarded child, which serves one call at a time; it must not hold the pictures up.
        self._pages = _Crew(1, self)
        self._fresh: list[Wanted] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_ARRIVALS_MS)
        self._timer.timeout.connect(self._announce)
        self._made.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def pixmap(self, wanted: Wanted) -> QPixmap | None:
        """Return a thumbnail if it is ready, else None; it is then on its way, unless the file has none."""
        if wanted in self._pixmaps:
            self._pixmaps.move_to_end(wanted)
            return self._pixmaps[wanted]
        if wanted.kind in {Kind.IMAGE, Kind.DOCUMENT, Kind.VIDEO}:
            crew = self._pictures if _read_here(wanted) else self._pages
            crew.add(wanted, lambda: self._make(wanted))
        return None

    @property
    def busy(self) -> bool:
        """Whether thumbnails are on their way."""
        return self._pictures.busy or self._pages.busy or bool(self._fresh)

    def close(self) -> None:
        """Stop, and wait for what is being made."""
        self._pictures.close()
        self._pages.close()

    def _make(self, wanted: Wanted) -> None:
        """Make a thumbnail on a worker thread."""
        image = None
        try:
            image = self._image(wanted)
        finally:
            self._made.emit(wanted, image)

    def _image(self, wanted: Wanted) -> QImage | None:
        original = _look(wanted.path)
        if original is None:
            return None
        flavour = flavour_for(wanted.px)
        cached = _image_in(self._cache.read(original, flavour))
        if cached is not None:
            return cached
        if self._cache.holds(wanted.path) or self._cache.failed(original):
            return None
        try:
            image = _picture(wanted.path, flavour.px) if _read_here(wanted) else None
            image = image or self._page(wanted.path, flavour.px)
        except (VexError, OSError):
            return None
        if _look(wanted.path) == original:
            if image is None:
                if wanted.kind is not Kind.VIDEO:  # the library that looks into videos may be installed later
                    self._cache.write_failed(original)
            else:
                self._cache.write(original, _png(image), flavour)
        return image

    def _page(self, path: bytes, px: int) -> QImage | None:
        return _image_in(self._page_of(path, px))

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

    def __init__(self, threads: int, parent: QObject) -> None:
        self._pool = QThreadPool(parent)
        self._pool.setMaxThreadCount(threads)
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

    def close(self) -> None:
        self._closed = True
        self._waiting.clear()
        self._pool.waitForDone()

    def _begin(self) -> None:
        while self._waiting and len(self._running) < self._threads:
            wanted, make = self._waiting.popitem()
            self._running.add(wanted)
            self._pool.start(_Task(make))


class _Task(QRunnable):
    def __init__(self, make: Callable[[], None]) -> None:
        super().__init__()
        self._make = make

    @override
    def run(self) -> None:
        self._make()


def _read_here(wanted: Wanted) -> bool:
    return wanted.kind is Kind.IMAGE and name_of(wanted.path).rpartition(b".")[2].lower() in _READ_HERE


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


def _image_in(png: bytes) -> QImage | None:
    image = QImage.fromData(png) if png else QImage()
    return None if image.isNull() else image


def _png(image: QImage) -> bytes:
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.convertToFormat(QImage.Format.Format_RGBA8888).save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(store.data())


def _picture(path: bytes, px: int) -> QImage | None:
    """Decode a picture at the size it is shown at, upright; a full decode would cost ten times as much."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    file = QFile()
    # Opened by descriptor, because Qt cannot name a file whose name is not UTF-8.
    file.open(descriptor, QIODevice.OpenModeFlag.ReadOnly, QFile.FileHandleFlag.AutoCloseHandle)
    reader = QImageReader(file)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    whole = reader.size()
    if whole.isValid() and max(whole.width(), whole.height()) > px:
        reader.setScaledSize(whole.scaled(QSize(px, px), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    file.close()
    return None if image.isNull() else image
