"""What stands for files, drawn once and kept: drawing pictures smooth and round anew would cost most of a frame."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from vexgui.core.hits import Hit

_MOST_BYTES = 24 << 20

Draw = Callable[[QPainter, QRectF], None]
"""Draws into an area that begins at 0, 0."""


class Faces:
    """Keeps the newest drawings of hits."""

    def __init__(self) -> None:
        # By identity, because comparing hits compares all they hold; each lives as long as its number is used.
        self._kept: OrderedDict[int, tuple[Hit, object, QPixmap]] = OrderedDict()
        self._bytes = 0

    def forget(self) -> None:
        """Forget all, because sizes, fonts or colours have changed."""
        self._kept.clear()
        self._bytes = 0

    def draw(self, painter: QPainter, area: QRectF, hit: Hit, key: object, draw: Draw) -> None:
        """Draw a hit's face into an area; ``draw`` does so once as long as ``key`` and size stay the same."""
        ratio = painter.device().devicePixelRatioF()
        size = QSize(round(area.width() * ratio), round(area.height() * ratio))
        key = (key, size.width(), size.height(), ratio)
        kept = self._kept.get(id(hit))
        if kept is None or kept[1] != key:
            kept = self._put(hit, key, _drawn(size, ratio, area, draw))
        else:
            self._kept.move_to_end(id(hit))
        painter.drawPixmap(area.topLeft(), kept[2])

    def _put(self, hit: Hit, key: object, drawn: QPixmap) -> tuple[Hit, object, QPixmap]:
        former = self._kept.pop(id(hit), None)
        self._bytes += _bytes_of(drawn) - (0 if former is None else _bytes_of(former[2]))
        made = self._kept[id(hit)] = (hit, key, drawn)
        while self._bytes > _MOST_BYTES and len(self._kept) > 1:
            self._bytes -= _bytes_of(self._kept.popitem(last=False)[1][2])
        return made


def _drawn(size: QSize, ratio: float, area: QRectF, draw: Draw) -> QPixmap:
    face = QPixmap(size)
    face.setDevicePixelRatio(ratio)
    face.fill(Qt.GlobalColor.transparent)
    painter = QPainter(face)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    draw(painter, QRectF(0, 0, area.width(), area.height()))
    painter.end()
    return face


def _bytes_of(face: QPixmap) -> int:
    return face.width() * face.height() * 4
