"""Five stars that tell how a file is rated, and with which it is rated."""

from math import cos, pi, sin

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vexgui.gui.controls import focus_ring
from vexgui.gui.language import tr, trn
from vexgui.gui.theme import is_dark
from vexgui.gui.wording import digits

STARS = 5
_POINTS_A_STAR = 2
"""The desktop counts halves: ten is the best."""
_STAR_PX = 18
_GAP_PX = 6
_MARGIN_PX = 4
_POINTS = 5
_GOLD, _GOLD_ON_DARK = "#dc9a00", "#f3b93c"
_WAIST = 0.45
"""Inner radius of a star as a share of the outer one."""


class StarRow(QWidget):
    """A row of stars; a click on a star rates, one on the last full star takes the rating away.

    Signals:
        rated: The user rates with this, 1 to 10, or 0 for not at all.
    """

    rated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rating = 0
        self._pointed = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_rating(0)

    @property
    def rating(self) -> int:
        """What is shown, 1 to 10, two a star; 0 where nobody has rated."""
        return self._rating

    def show_rating(self, rating: int) -> None:
        """Show another rating."""
        self._rating = rating
        self.setAccessibleName(tr("Rating: {stars}").format(stars=stars_in_words(rating)))
        self.setToolTip(stars_in_words(rating))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(STARS * _STAR_PX + (STARS - 1) * _GAP_PX + 2 * _MARGIN_PX, _STAR_PX + 2 * _MARGIN_PX)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._star_at(event.position().x()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(0)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            chosen = self._star_at(event.position().x()) * _POINTS_A_STAR
            self._rate(0 if chosen == self._rating else chosen)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        onwards = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        backwards = Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left
        key = event.key()
        if key in {onwards, Qt.Key.Key_Plus}:
            self._rate(min(STARS, self._rating // _POINTS_A_STAR + 1) * _POINTS_A_STAR)
        elif key in {backwards, Qt.Key.Key_Minus}:
            self._rate(max(0, (self._rating + 1) // _POINTS_A_STAR - 1) * _POINTS_A_STAR)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._rate(0)
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_5:
            self._rate((key - Qt.Key.Key_0) * _POINTS_A_STAR)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        gold = QColor(_GOLD_ON_DARK if is_dark(palette) else _GOLD)
        shown = self._pointed * _POINTS_A_STAR or self._rating
        painter.setOpacity(0.6 if self._pointed else 1.0)
        for number in range(STARS):
            area = self._area(number)
            star = _star(area)
            full = min(1.0, max(0.0, shown / _POINTS_A_STAR - number))
            painter.setPen(QPen(gold if full else palette.color(QPalette.ColorRole.PlaceholderText), 1.3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(star)
            if full:
                part = area.adjusted(0, 0, (full - 1) * area.width(), 0)
                if self.isRightToLeft():
                    part.moveRight(area.right())
                painter.setClipRect(part)
                painter.setBrush(gold)
                painter.drawPolygon(star)
                painter.setClipping(False)
        painter.setOpacity(1.0)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), palette, 6)
        painter.end()

    def _rate(self, rating: int) -> None:
        self._pointed = 0
        if rating != self._rating:
            self.rated.emit(rating)

    def _point_at(self, star: int) -> None:
        if star != self._pointed:
            self._pointed = star
            self.update()

    def _area(self, number: int) -> QRectF:
        left = _MARGIN_PX + number * (_STAR_PX + _GAP_PX)
        if self.isRightToLeft():
            left = self.width() - left - _STAR_PX
        return QRectF(left, _MARGIN_PX, _STAR_PX, _STAR_PX)

    def _star_at(self, x: float) -> int:
        """Return the star at a place, from 1; the nearest where it lies between two."""
        from_start = self.width() - x if self.isRightToLeft() else x
        number = (from_start - _MARGIN_PX + _GAP_PX / 2) // (_STAR_PX + _GAP_PX)
        return int(min(STARS - 1, max(0, number))) + 1


def stars_in_words(rating: int) -> str:
    """Return a rating of 0 to 10 in words: "4 stars", "3½ stars"."""
    if not rating:
        return tr("Not rated")
    whole, half = divmod(rating, _POINTS_A_STAR)
    said = digits(whole) if whole or not half else ""
    return trn("{number} star", "{number} stars", whole + half).format(number=f"{said}½" if half else said)


def _star(area: QRectF) -> QPolygonF:
    """Return a star with five points that fills an area."""
    radius = area.width() / 2
    middle = QPointF(area.center().x(), area.center().y() + radius * 0.05)
    corners = []
    for number in range(2 * _POINTS):
        reach = radius * (1.0 if number % 2 == 0 else _WAIST)
        angle = pi * number / _POINTS - pi / 2
        corners.append(middle + QPointF(cos(angle) * reach, sin(angle) * reach))
    return QPolygonF(corners)
