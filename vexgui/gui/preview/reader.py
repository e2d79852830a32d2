"""Reads what the large preview shows on worker threads, one file at a time."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from vexgui.core.files import FileFacts
from vexgui.core.hits import Hit
from vexgui.engine.api import EngineApi
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.preview.content import Content, Picture, content_of, picture_of

_MOST_PAGES = 6


class PreviewReader(QObject):
    """Reads a hit's content, then pages of it and more pixels as they are wanted; what was left meanwhile is dropped.

    Signals:
        read: The content of the file asked for last, a `Content`.
        page_read: Another page of it, a `Picture`, or None where it cannot be drawn.
        sharpened: The same picture or page with more pixels, a `Picture`.
    """

    read = Signal(object)
    page_read = Signal(object)
    sharpened = Signal(object)

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._engine: EngineApi | None = None
        self._hit: Hit | None = None
        self._facts = FileFacts()
        self._reading = 0
        self._sharpening = 0
        self._pages: OrderedDict[tuple[int, int], Picture] = OrderedDict()

    @property
    def busy(self) -> bool:
        """Whether anything is being read."""
        return bool(self._reading or self._sharpening)

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine."""
        self._engine = engine

    def forget(self) -> None:
        """Read no more, and let go of what was read."""
        self._leave()
        self._hit, self._facts = None, FileFacts()
        self._pages.clear()

    def read_hit(self, hit: Hit, px: int) -> None:
        """Read another file, its picture at most so large."""
        self.forget()
        engine = self._engine
        if engine is None:
            return
        self._hit = hit

        def take(content: Content) -> None:
            self._reading = 0
            self._facts = content.facts
            if content.picture is not None:
                self._keep(content.picture, px)
            self.read.emit(content)

        self._reading = self._operations.start(
            Lane.PREVIEW,
            lambda stop: content_of(engine, hit, px, stop),
            take,
            lambda error: take(Content(problem=str(error))),
        )

    def turn_to(self, page: int, px: int) -> None:
        """Read another page of the file."""
        self._leave()
        kept = self._pages.get((page, px))
        if kept is not None:
            self._pages.move_to_end((page, px))
            self.page_read.emit(kept)
            return

        def take(picture: Picture | None) -> None:
            self._reading = 0
            if picture is not None:
                self._keep(picture, px)
            self.page_read.emit(picture)

        self._reading = self._draw(page, px, take)

    def sharpen(self, page: int, px: int) -> None:
        """Read the picture or page with more pixels."""
        self._operations.cancel(self._sharpening)

        def take(picture: Picture | None) -> None:
            self._sharpening = 0
            if picture is not None:
                self.sharpened.emit(picture)

        self._sharpening = self._draw(page, px, take)

    def _leave(self) -> None:
        for number in (self._reading, self._sharpening):
            self._operations.cancel(number)
        self._reading = self._sharpening = 0

    def _keep(self, picture: Picture, px: int) -> None:
        self._pages[picture.page, px] = picture
        while len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)

    def _draw(self, page: int, px: int, take: Callable[[Picture | None], None]) -> int:
        engine, hit, facts = self._engine, self._hit, self._facts
        if engine is None or hit is None:
            return 0
        return self._operations.start(
            Lane.PREVIEW, lambda _: picture_of(engine, hit, px, page, facts), take, lambda _: take(None)
        )
