"""What of a map is in sight: dots as one picture, and the files that there is room to show. No widget."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from vexgui.core.files import Kind
from vexgui.core.looking import MAP_KINDS, CollectionMap
from vexgui.gui.looking.camera import Camera
from vexgui.gui.looking.kinds import KIND_COLORS

_REACH_PX = 14.0
_LEAST_CELL_PX = 44.0
_CELL_SHARE = 0.6
"""Of the room that a file has to itself on average: cells are as large as that where it is much."""
_CELL_GAP_PX = 8.0
_MOST_A_CELL = 5
"""Where more files than that are in a cell on average, they are dots."""
_COVERS = (0.25, 0.6)
_ROUNDING = 0.2
"""A dot's edge is drawn in two steps: pixels that are covered up to so much more than a step are drawn by it."""
_PICTURED = np.isin(np.arange(len(MAP_KINDS)), [MAP_KINDS.index(kind) for kind in (Kind.IMAGE, Kind.VIDEO)])


@dataclass(frozen=True, slots=True)
class Tile:
    """A file that is shown by its picture.

    Attributes:
        row: Its row on the map.
        area: Where, pixels of the view.
        others: How many more files lie where it is shown.
    """

    row: int
    area: QRectF
    others: int


class MapScene:
    """A map, seen through cameras.

    Args:
        found: The map.
    """

    def __init__(self, found: CollectionMap) -> None:
        self.map = found
        self.right, self.bottom = (float(end) for end in found.xy.max(axis=0, initial=0.0))
        self._x = np.ascontiguousarray(found.xy[:, 0])
        self._y = np.ascontiguousarray(found.xy[:, 1])
        self._shown = np.ones(len(found), np.bool_)
        self._canvas = np.zeros(0, np.uint32)

    def show_kinds(self, kinds: Iterable[Kind]) -> None:
        """Show files of some kinds alone."""
        wanted = [MAP_KINDS.index(kind) for kind in kinds]
        self._shown = np.isin(self.map.kinds, wanted)

    def counts(self) -> dict[Kind, int]:
        """Return how many files there are of each kind, the most first."""
        counts = np.bincount(self.map.kinds, minlength=len(MAP_KINDS)).tolist()
        return dict(sorted(((kind, count) for kind, count in zip(MAP_KINDS, counts, strict=True) if count), key=_most))

    def within(self, camera: Camera, area: QRectF) -> NDArray[np.int64]:
        """Return the rows of the files in an area of the view."""
        left, top = camera.place_at(area.left(), area.top())
        right, bottom = camera.place_at(area.right(), area.bottom())
        inside = (self._x >= left) & (self._x <= right) & (self._y >= top) & (self._y <= bottom)
        return np.flatnonzero(inside & self._shown)

    def nearest(self, camera: Camera, x: float, y: float) -> int | None:
        """Return the row of the file nearest to a pixel of the view, if one is near."""
        at_x, at_y = camera.place_at(x, y)
        apart = (self._x - at_x) ** 2 + (self._y - at_y) ** 2
        apart[~self._shown] = np.inf
        row = int(np.argmin(apart)) if len(apart) else 0
        return row if len(apart) and apart[row] <= (_REACH_PX / camera.scale) ** 2 else None

    def beside(self, row: int, across: int, down: int) -> int | None:
        """Return the row of the file nearest to another in a direction, one of four."""
        x, y = self._x - self._x[row], self._y - self._y[row]
        ahead, aside = (x * across, y) if across else (y * down, x)
        there = self._shown & (ahead > 0) & (np.abs(aside) <= ahead)
        if not there.any():
            return None
        apart = np.where(there, ahead + 2 * np.abs(aside), np.inf)
        return int(np.argmin(apart))

    def pixel_of(self, camera: Camera, row: int) -> tuple[float, float]:
        """Return where in the view a file is."""
        left, top = camera.origin
        return left + float(self._x[row]) * camera.scale, top + float(self._y[row]) * camera.scale

    def tiles(self, camera: Camera) -> list[Tile]:
        """Return the files that are shown by pictures, one in each cell of a grid; none where too many are in sight.

        Cells belong to the map and not to the view: what is shown stays the same while one goes about.
        """
        if not len(self.map):
            return []
        rows = self.within(camera, QRectF(0, 0, camera.width, camera.height))
        side = self._side(camera)
        px = side * camera.scale
        if not len(rows) or len(rows) > _MOST_A_CELL * max(1.0, camera.width * camera.height / px**2):
            return []
        # Cells that are seen in part are shown by what is chosen of all that is in them.
        rows = self.within(camera, QRectF(-px, -px, camera.width + 2 * px, camera.height + 2 * px))
        cells = (self._x[rows] // side).astype(np.int64) * (1 << 32) + (self._y[rows] // side).astype(np.int64)
        order = np.lexsort((rows, ~_PICTURED[self.map.kinds[rows]], cells))
        _, first, counts = np.unique(cells[order], return_index=True, return_counts=True)
        return [
            Tile(row, self._area(camera, row, side), count - 1)
            for row, count in zip(rows[order[first]].tolist(), counts.tolist(), strict=True)
        ]

    def ends(self, camera: Camera) -> tuple[float, float]:
        """Return how far to the right and down the map goes, with the whole cells of what is shown by pictures."""
        if not self.tiles(camera):
            return self.right, self.bottom
        side = self._side(camera)
        return (self.right // side + 1) * side, (self.bottom // side + 1) * side

    def _side(self, camera: Camera) -> float:
        """Return how large a cell is, in units of the map."""
        room = max(_LEAST_CELL_PX / camera.scale, _CELL_SHARE * float(self.right * self.bottom / len(self.map)) ** 0.5)
        return float(2.0 ** np.ceil(np.log2(room)))

    def dots(self, camera: Camera, ratio: float) -> QImage:
        """Return a picture of the view, see-through, with a dot for each file.

        Args:
            camera: What is seen.
            ratio: Device pixels for a pixel.
        """
        width, height = max(1, round(camera.width * ratio)), max(1, round(camera.height * ratio))
        rows = self.within(camera, QRectF(0, 0, camera.width, camera.height))
        left, top = camera.origin
        x = ((self._x[rows] * np.float32(camera.scale) + np.float32(left)) * np.float32(ratio)).astype(np.int32)
        y = ((self._y[rows] * np.float32(camera.scale) + np.float32(top)) * np.float32(ratio)).astype(np.int32)
        radius = _radius(len(rows), width * height, ratio)
        edge = int(np.ceil(radius)) + 1
        row_px = width + 2 * edge
        canvas = self._cleared((height + 2 * edge) * row_px)
        at = (y + edge) * row_px + x + edge
        kinds = self.map.kinds[rows]
        for cover, offsets in _stamp(radius, row_px):
            ink = _inks(cover)[kinds]
            for offset in offsets:
                canvas[at + offset] = ink
        seen = canvas[edge * row_px + edge :].data
        image = QImage(seen, width, height, 4 * row_px, QImage.Format.Format_ARGB32_Premultiplied).copy()
        image.setDevicePixelRatio(ratio)
        return image

    def _cleared(self, pixels: int) -> NDArray[np.uint32]:
        """Return an empty canvas, the same one again where it fits: a new one costs as much as all that is drawn."""
        if len(self._canvas) == pixels:
            self._canvas.fill(0)
        else:
            self._canvas = np.zeros(pixels, np.uint32)
        return self._canvas

    def _area(self, camera: Camera, row: int, side: float) -> QRectF:
        """Return where a file is shown: in the cell that it lies in."""
        px = side * camera.scale
        left, top = camera.origin
        x, y = left + float(self._x[row] // side) * px, top + float(self._y[row] // side) * px
        return QRectF(x, y, px, px).adjusted(_CELL_GAP_PX / 2, _CELL_GAP_PX / 2, -_CELL_GAP_PX / 2, -_CELL_GAP_PX / 2)


def _most(counted: tuple[Kind, int]) -> int:
    return -counted[1]


def _radius(files: int, pixels: int, ratio: float) -> float:
    """Return how large dots are, device pixels: smaller the closer they lie."""
    room = (pixels / max(files, 1)) ** 0.5
    return float(min(max(room / 5, 1.2 * ratio), 4.5 * ratio))


def _stamp(radius: float, row_px: int) -> list[tuple[float, list[int]]]:
    """Return the pixels that a dot covers, as offsets on a canvas: those it covers in part, and then whole."""
    reach = int(np.ceil(radius)) + 1
    parts: dict[float, list[int]] = {cover: [] for cover in (*_COVERS, 1.0)}
    for down in range(-reach, reach + 1):
        for across in range(-reach, reach + 1):
            inside = radius + 0.5 - (across * across + down * down) ** 0.5
            if inside > 0:
                cover = next((cover for cover in _COVERS if inside < cover + _ROUNDING), 1.0)
                parts[cover].append(down * row_px + across)
    return list(parts.items())


def _inks(cover: float) -> NDArray[np.uint32]:
    """Return the colours of the kinds, premultiplied, by their numbers."""
    return np.array([_premultiplied(KIND_COLORS[kind], cover) for kind in MAP_KINDS], np.uint32)


def _premultiplied(color: QColor, cover: float) -> int:
    alpha, red, green, blue = (round(part * cover) for part in (255, color.red(), color.green(), color.blue()))
    return alpha << 24 | red << 16 | green << 8 | blue
