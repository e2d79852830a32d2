"""The rectangle that is drawn with the pointer around results to select them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Slot
from PySide6.QtWidgets import QRubberBand, QWidget

_SCROLL_MS = 30
_MOST_SCROLL_PX = 60


class RubberBand(QObject):
    """Lies on a viewport whose content scrolls beneath it, and scrolls on when it is drawn beyond an edge.

    Args:
        viewport: Where it is drawn.
        offset: Returns how far the content is scrolled, pixels.
        scroll: Scrolls so many pixels further.
        stretched: Called with the rectangle, in pixels of the content, whenever it has changed.
    """

    def __init__(
        self,
        viewport: QWidget,
        offset: Callable[[], int],
        scroll: Callable[[int], None],
        stretched: Callable[[QRect], None],
    ) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self._offset = offset
        self._scroll = scroll
        self._stretched = stretched
        self._origin = QPoint()
        self._at = QPoint()
        self._band: QRubberBand | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_SCROLL_MS)
        self._timer.timeout.connect(self._scroll_on)

    @property
    def active(self) -> bool:
        """Whether it is being drawn."""
        return self._band is not None

    def begin(self, at: QPoint) -> None:
        """Begin at a point of the viewport."""
        self._origin = at + QPoint(0, self._offset())
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, self._viewport)
        self._timer.start()

    def stretch(self, at: QPoint) -> None:
        """Draw it to a point of the viewport."""
        if self._band is None:
            return
        self._at = at
        down = QPoint(0, self._offset())
        content = QRect(self._origin, at + down).normalized()
        self._band.setGeometry(content.translated(-down))
        self._band.show()
        self._stretched(content)

    def end(self) -> None:
        """Take it away."""
        self._timer.stop()
        if self._band is not None:
            self._band.deleteLater()
            self._band = None

    @Slot()
    def _scroll_on(self) -> None:
        above, below = self._at.y(), self._at.y() - self._viewport.height()
        step = above if above < 0 else max(0, below)
        if step and self._band is not None and self._band.isVisible():
            self._scroll(max(-_MOST_SCROLL_PX, min(_MOST_SCROLL_PX, step)))
            self.stretch(self._at)
