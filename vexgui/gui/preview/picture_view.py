"""A picture that can be enlarged with the wheel and pushed about."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vexgui.core.files import Kind
from vexgui.gui.language import tr
from vexgui.gui.preview.content import Picture
from vexgui.gui.preview.zoom import Zoom
from vexgui.gui.results.picture import draw_kind
from vexgui.gui.theme import tones

_NOTCH = 120
"""What the wheel tells for a step, eighths of a degree."""
_ICON_PX = 72
_SHARP_ENOUGH = 0.95


class PictureView(QWidget):
    """Shows a picture or a page, fitted until it is enlarged.

    Signals:
        scaled: The scale is another.
        sharper_wanted: The picture has fewer pixels than are shown of it; the longest side it should have.
        turned: The wheel was turned over a page that is fitted; 1 on, -1 back.
    """

    scaled = Signal()
    sharper_wanted = Signal(int)
    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()
        self._kind = Kind.OTHER
        self._is_page = False
        self._zoom = Zoom(0, 0, 1, 1)
        self._asked_px = 0
        self._dragged_from: QPointF | None = None
        self._turned = 0
        self.setAccessibleName(tr("Picture"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 80)

    @property
    def scale(self) -> float:
        """Pixels of the screen that a pixel of the picture takes."""
        return self._zoom.shown_scale

    @property
    def is_fitted(self) -> bool:
        """Whether all of it is seen."""
        return self._zoom.scale is None

    @property
    def is_page(self) -> bool:
        """Whether it is a page."""
        return self._is_page

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture to be seen."""
        return not self._pixmap.isNull()

    @property
    def pixels(self) -> int:
        """Longest side of what it has been given of the picture."""
        return max(self._pixmap.width(), self._pixmap.height())

    def clear(self, kind: Kind) -> None:
        """Show that there is no picture yet, or none at all, of a file of a kind."""
        self._pixmap, self._kind, self._asked_px = QPixmap(), kind, 0
        self._zoom = Zoom(0, 0, *self._room())
        self.update()
        self.scaled.emit()

    def show_small(self, pixmap: QPixmap, whole: QSize, *, is_page: bool) -> None:
        """Show a small picture as large as what will come in its place."""
        self._show(pixmap, whole, is_page=is_page)

    def show_picture(self, picture: Picture, *, is_page: bool) -> None:
        """Show another picture, fitted."""
        self._show(_pixmap(picture), picture.whole, is_page=is_page)

    def sharpen(self, picture: Picture) -> None:
        """Take the same picture with more pixels."""
        self._pixmap = _pixmap(picture)
        self.update()

    def fit(self) -> None:
        """Show all of it."""
        self._take(self._zoom.fitted())

    def show_actual(self) -> None:
        """Show a pixel of it as a pixel of the screen."""
        self._take(self._zoom.scaled(1.0))

    def step(self, steps: float, at: QPointF | None = None) -> None:
        """Make it larger or smaller by steps, around a place of the view."""
        ratio = self.devicePixelRatioF()
        self._take(self._zoom.stepped(steps, None if at is None else (at.x() * ratio, at.y() * ratio)))

    def _show(self, pixmap: QPixmap, whole: QSize, *, is_page: bool) -> None:
        self._pixmap, self._is_page, self._asked_px = pixmap, is_page, 0
        self._zoom = Zoom(whole.width(), whole.height(), *self._room(), grows=is_page)
        self.update()
        self.scaled.emit()

    def _take(self, zoom: Zoom) -> None:
        if not self.has_picture or zoom == self._zoom:
            return
        self._zoom = zoom
        self.update()
        self.scaled.emit()
        self._ask_for_sharper()

    def _ask_for_sharper(self) -> None:
        _, _, width, height = self._zoom.place
        shown = (
            max(width, height) if self._is_page else min(max(width, height), max(self._zoom.width, self._zoom.height))
        )
        if self.pixels < shown * _SHARP_ENOUGH and self._asked_px < shown * _SHARP_ENOUGH:
            self._asked_px = round(shown)
            self.sharper_wanted.emit(self._asked_px)

    def _room(self) -> tuple[float, float]:
        ratio = self.devicePixelRatioF()
        return max(1.0, self.width() * ratio), max(1.0, self.height() * ratio)

    def _point(self) -> None:
        pushes = not self.is_fitted
        held = Qt.CursorShape.ClosedHandCursor if self._dragged_from is not None else Qt.CursorShape.OpenHandCursor
        self.setCursor(held if pushes else Qt.CursorShape.ArrowCursor)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.has_picture:
            ratio = self.devicePixelRatioF()
            area = QRectF(*(side / ratio for side in self._zoom.place))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.scale < 2)  # noqa: PLR2004 - pixels are wanted then
            if self._pixmap.hasAlphaChannel():
                painter.fillRect(area.intersected(QRectF(self.rect())), tones(self.palette()).see_through)
            painter.drawPixmap(area, self._pixmap, QRectF(self._pixmap.rect()))
        else:
            draw_kind(painter, QRectF(self.rect()), self._kind, _ICON_PX)
        painter.end()
        self._point()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._zoom = self._zoom.in_room(*self._room())
        self.scaled.emit()
        if self.has_picture:
            self._ask_for_sharper()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta().y()
        zooms = event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self._is_page
        if zooms:
            self.step(delta / _NOTCH, event.position())
        elif self.is_fitted:
            self._turn(delta)
        else:
            push = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
            self._push(QPointF(push))
        event.accept()

    def _turn(self, delta: int) -> None:
        self._turned += delta
        notches = int(self._turned / _NOTCH)
        if notches:
            self._turned -= notches * _NOTCH
            self.turned.emit(-1 if notches > 0 else 1)

    def _push(self, by: QPointF) -> None:
        ratio = self.devicePixelRatioF()
        self._take(self._zoom.moved(by.x() * ratio, by.y() * ratio))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.is_fitted:
            self._dragged_from = event.position()
            self._point()
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None:
            by = event.position() - self._dragged_from
            self._dragged_from = event.position()
            self._push(by)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = None
        self._point()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.is_fitted:
            ratio = self.devicePixelRatioF()
            wanted = max(1.0, 2 * self.scale)
            self._take(self._zoom.scaled(wanted, (event.position().x() * ratio, event.position().y() * ratio)))
        else:
            self.fit()


def _pixmap(picture: Picture) -> QPixmap:
    # Looking through all pixels for one that is seen through would take longer than everything else.
    return QPixmap.fromImage(picture.image, Qt.ImageConversionFlag.NoOpaqueDetection)
