"""A small map of the Earth with one position marked, drawn from the outlines that come with the program."""

from dataclasses import dataclass
from math import cos, radians

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from vexgui.gui.controls import RADIUS, focus_ring
from vexgui.gui.details.shaped import Shaped
from vexgui.gui.language import tr
from vexgui.gui.theme import blended, is_dark, tones
from vexgui.system.outlines import Line, Lines, outlines

_SHAPE = 0.56
"""Height of the map as a share of its width."""
_HIGHEST_PX = 230
_SPANS = (24.0, 90.0, 360.0)
"""Degrees of longitude at the equator that the map's width shows: a country, a continent, the Earth."""
_LEAST_COSINE = 0.2
"""Beyond some 78 degrees maps are not stretched any more."""
_LEAST_PX = 1.2
"""Steps of a coast and islands smaller than this are not drawn."""
_ROUND_DEGREES = 360.0
_POLE = 90.0


@dataclass(frozen=True, slots=True)
class View:
    """What of the Earth is seen, and how large.

    Attributes:
        longitude: Of the middle, degrees.
        latitude: Of the middle, degrees.
        scale: Pixels a degree of latitude.
        squeeze: A degree of longitude as a share of one of latitude: the cosine of the latitude marked, so that shapes
            near it are true (equirectangular projection with that standard parallel).
        width: Pixels.
        height: Pixels.
    """

    longitude: float
    latitude: float
    scale: float
    squeeze: float
    width: int
    height: int

    def points(self, line: Line, turn: float = 0.0) -> NDArray[np.float64]:
        """Return where a line [n, 2] in degrees lies on the map, pixels, [n, 2], ``turn`` degrees to the east."""
        x = (line[:, 0] + turn - self.longitude) * (self.scale * self.squeeze) + self.width / 2
        y = (self.latitude - line[:, 1]) * self.scale + self.height / 2
        return np.stack((x, y), axis=1).astype(np.float64)

    def box(self) -> tuple[float, float, float, float]:
        """Return west, south, east and north of what is seen, degrees."""
        across = self.width / (2 * self.scale * self.squeeze)
        along = self.height / (2 * self.scale)
        return self.longitude - across, self.latitude - along, self.longitude + across, self.latitude + along


def view_of(latitude: float, longitude: float, span: float, width: int, height: int) -> View:
    """Return the view of a map of a span of degrees around a position."""
    if span >= _ROUND_DEGREES:
        scale = min(width / _ROUND_DEGREES, height / (2 * _POLE))
        return View(0.0, height / (2 * scale) - _POLE, scale, 1.0, width, height)
    scale = width / span
    reach = height / (2 * scale)
    middle = min(max(latitude, reach - _POLE), _POLE - reach) if reach < _POLE else 0.0
    return View(longitude, middle, scale, max(cos(radians(latitude)), _LEAST_COSINE), width, height)


class EarthMap(Shaped):
    """Coasts, borders and a mark; a click or plus and minus show more or less of the Earth around it.

    It is all sea until `uncover` tells that the outlines have been read, which is not done where one draws.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_SHAPE, _HIGHEST_PX, parent)
        self._covered = True
        self._place = (0.0, 0.0)
        self._zoom = 0
        self._drawn: tuple[object, QPixmap] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("Click to see more of the Earth, or less"))

    @property
    def span(self) -> float:
        """Degrees of longitude that are shown."""
        return _SPANS[self._zoom]

    def show_place(self, latitude: float, longitude: float, name: str) -> None:
        """Mark another position, whose name is told to those who cannot see the map."""
        self._place = (latitude, longitude)
        self.setAccessibleName(tr("Map around {place}").format(place=name))
        self.update()

    def uncover(self) -> None:
        """Draw the lands from now on."""
        self._covered = False
        self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._set_zoom((self._zoom + 1) % len(_SPANS))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._set_zoom(max(0, self._zoom - 1))
            case Qt.Key.Key_Minus:
                self._set_zoom(min(len(_SPANS) - 1, self._zoom + 1))
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._set_zoom((self._zoom + 1) % len(_SPANS))
            case _:
                super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._drawn = None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        latitude, longitude = self._place
        view = view_of(latitude, longitude, self.span, self.width(), self.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        clip = QPainterPath()
        clip.addRoundedRect(area, RADIUS - 2, RADIUS - 2)
        painter.setClipPath(clip)
        painter.fillRect(area, _sea(self.palette()))
        if not self._covered:
            painter.drawPixmap(0, 0, self._ground(view))
        painter.setClipping(False)
        (mark,) = view.points(np.array([[longitude, latitude]], np.float32))
        _draw_mark(painter, QPointF(*mark), self.palette())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tones(self.palette()).outline, 1))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS - 2, RADIUS - 2)
        if self.hasFocus():
            focus_ring(painter, area, self.palette(), RADIUS - 2)
        painter.end()

    def _set_zoom(self, zoom: int) -> None:
        self._zoom = zoom
        self.update()

    def _ground(self, view: View) -> QPixmap:
        """Return the map without its mark, drawn only where it has changed."""
        ratio = self.devicePixelRatioF()
        if self._drawn is None or self._drawn[0] != (view, ratio):
            self._drawn = ((view, ratio), _drawn(view, ratio, self.palette()))
        return self._drawn[1]


def _draw_mark(painter: QPainter, at: QPointF, palette: QPalette) -> None:
    accent = palette.color(QPalette.ColorRole.Accent)
    halo = QColor(accent)
    halo.setAlpha(56)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(halo)
    painter.drawEllipse(at, 13, 13)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Base), 2))
    painter.setBrush(accent)
    painter.drawEllipse(at, 6, 6)


def _drawn(view: View, ratio: float, palette: QPalette) -> QPixmap:
    """Return a map."""
    pixmap = QPixmap(QSize(view.width, view.height) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    base, ink = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.WindowText)
    land = blended(ink, base, 0.17) if is_dark(palette) else blended(QColor("#e9e4d4"), base, 0.75)
    pixmap.fill(_sea(palette))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(blended(ink, land, 0.38), 0.7))
    painter.setBrush(land)
    known = outlines()
    painter.drawPath(_path(view, known.coasts, closed=True))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(blended(ink, land, 0.24), 0.7))
    painter.drawPath(_path(view, known.borders, closed=False))
    painter.end()
    return pixmap


def _sea(palette: QPalette) -> QColor:
    return blended(QColor("#5b93c9"), palette.color(QPalette.ColorRole.Base), 0.2 if is_dark(palette) else 0.24)


def _path(view: View, known: Lines, *, closed: bool) -> QPainterPath:
    """Return those lines that are seen as a path; what lies in an odd number of closed ones is within."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    west, south, east, north = view.box()
    least = _LEAST_PX / view.scale
    # What lies farther away than the map is wide is drawn in to there: of a continent that is most.
    around = np.array([[-view.width, -view.height], [2 * view.width, 2 * view.height]], np.float64)
    boxes = known.boxes
    for turn in (-_ROUND_DEGREES, 0.0, _ROUND_DEGREES):
        seen = (
            (boxes[:, 0] + turn < east)
            & (boxes[:, 2] + turn > west)
            & (boxes[:, 1] < north)
            & (boxes[:, 3] > south)
            & (np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) > least)
        )
        for number in np.flatnonzero(seen):
            points = _thinned(np.clip(view.points(known.lines[number], turn), around[0], around[1]))
            polygon = QPolygonF([QPointF(x, y) for x, y in points.tolist()])
            path.addPolygon(polygon)
            if closed:
                path.closeSubpath()
    return path


def _thinned(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the points of a line [n, 2] without those that stay within a pixel or so of the one before."""
    steps = np.round(points / _LEAST_PX)
    moved = np.ones(len(points), bool)
    moved[1:-1] = (steps[1:-1] != steps[:-2]).any(axis=1)
    return points[moved]
