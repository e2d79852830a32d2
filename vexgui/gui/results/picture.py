"""Draws what stands for a file into an area: a picture with round corners, or the icon of its kind."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPalette, QPen, QPixmap, QTransform

from vexgui.core.files import Kind
from vexgui.gui.controls import RADIUS
from vexgui.gui.icons import kind_picture
from vexgui.gui.theme import tones

_SIGN_MARGIN = 10.0
_MOST_ENLARGED = 1.6
_PICTURE_LIKE_PX = 120
"""What is smaller on its longer side is an icon, and is shown in its own size."""
_Role = QPalette.ColorRole


def draw_picture(
    painter: QPainter, area: QRectF, pixmap: QPixmap, palette: QPalette, *, from_top: bool = False, whole: bool = False
) -> None:
    """Draw a picture with round corners so that it fills an area, or with ``whole`` so that all of it is seen.

    What is much smaller than the area is not blown up; ``from_top`` keeps the top where something must be cut off.
    """
    ratio = painter.device().devicePixelRatioF()
    width, height = pixmap.width() / ratio, pixmap.height() / ratio
    if not width or not height:
        return
    fits, fills = sorted((area.width() / width, area.height() / height))
    most = _MOST_ENLARGED if max(pixmap.width(), pixmap.height()) >= _PICTURE_LIKE_PX else 1.0
    scale = min(fits if whole else fills, max(most, ratio))
    shape = QRectF(0, 0, min(width * scale, area.width()), min(height * scale, area.height()))
    shape.moveCenter(area.center())
    painter.setPen(Qt.PenStyle.NoPen)
    if shape.width() < area.width() - 1 or shape.height() < area.height() - 1:
        painter.setBrush(palette.color(_Role.AlternateBase))
        painter.drawRoundedRect(area, RADIUS, RADIUS)
    left = area.center().x() - width * scale / 2
    top = shape.top() if from_top else area.center().y() - height * scale / 2
    brush = QBrush(pixmap)
    pixel = scale / ratio if pixmap.devicePixelRatio() == 1 else scale
    brush.setTransform(QTransform(pixel, 0, 0, pixel, left, top))
    radius = RADIUS if shape.width() > 4 * RADIUS and shape.height() > 4 * RADIUS else 2.0
    framed = shape
    if pixmap.hasAlphaChannel():
        framed = shape.adjusted(-_SIGN_MARGIN, -_SIGN_MARGIN, _SIGN_MARGIN, _SIGN_MARGIN).intersected(area)
        painter.setBrush(tones(palette).see_through)
        painter.drawRoundedRect(framed, radius, radius)
    painter.setBrush(brush)
    painter.drawRoundedRect(shape, radius, radius)
    edge = QColor(palette.color(_Role.Text))
    edge.setAlpha(26)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(framed.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def draw_kind(painter: QPainter, area: QRectF, kind: Kind, px: int) -> None:
    """Draw the icon of a kind of file in the middle of an area."""
    corner = area.center() - QPointF(px / 2, px / 2)
    picture = kind_picture(kind, px, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(round(corner.x()), round(corner.y())), picture)
