"""How the results are arranged in a width: grid or list, larger or smaller, mirrored or not."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractItemView

from vexgui.core.hits import Band
from vexgui.gui.results.geometry import Box, Geometry, Layout, Measures, Section

CELL_WIDTHS = (104, 128, 160, 196, 248, 310, 400)
"""Least width of a cell in the grid for each step of zoom, device-independent pixels."""
ROW_HEIGHTS = (26, 30, 36, 44, 54, 66, 80)
"""Height of a row in the list for each step."""
ZOOMS = len(CELL_WIDTHS)
USUAL_ZOOM = 3
HEADER_HEIGHT = 36
_BOTTOM = 12
_Move = QAbstractItemView.CursorAction


class Arrangement:
    """Turns rows into rectangles of the content and back, as they are seen: mirrored where one writes so.

    Attributes:
        layout: Grid or list.
        zoom: A step of `ZOOMS`.
        mirrored: Whether columns begin at the right.
        places: Where everything lies, from left to right.
    """

    def __init__(self) -> None:
        self.layout = Layout.GRID
        self.zoom = USUAL_ZOOM
        self.mirrored = False
        self._width = 1
        self._total = 0
        self._bands: tuple[tuple[Band, int], ...] = ()
        self._measures = Measures(1, 1, 1, HEADER_HEIGHT)
        self.places = Geometry(0, (), self._measures)

    @property
    def columns(self) -> int:
        """Cells beside each other."""
        return self._measures.columns

    @property
    def step(self) -> int:
        """How far a turn of the wheel scrolls, a third of it, pixels."""
        return max(20, self._measures.cell_height // 4)

    def cell_width(self, width: int) -> int:
        """Return how wide cells are in a width: as many as fit, filling it."""
        if self.layout is Layout.LIST:
            return max(1, width)
        return max(1, width // max(1, width // CELL_WIDTHS[self.zoom]))

    def fit(self, width: int, cell_height: int) -> None:
        """Take the width there is and the height of the grid's cells in it."""
        self._width = width
        cell = self.cell_width(width)
        height = ROW_HEIGHTS[self.zoom] if self.layout is Layout.LIST else cell_height
        self._measures = Measures(max(1, width // cell), cell, height, HEADER_HEIGHT, _BOTTOM)
        self.places = Geometry(self._total, self._bands, self._measures)

    def take(self, total: int, bands: Sequence[tuple[Band, int]]) -> None:
        """Take how many rows there are, and their sections."""
        self._total, self._bands = total, tuple(bands)
        self.places = Geometry(total, self._bands, self._measures)

    @property
    def is_sectioned(self) -> bool:
        """Whether headers tell how sure the rows beneath them are."""
        return any(section.band is not None for section in self.places.sections)

    def rect(self, row: int) -> QRect:
        """Return where a row is seen."""
        return self._seen(self.places.box(row))

    def header(self, section: Section) -> QRect:
        """Return where the header of a section is seen."""
        box = self.places.header(section)
        return QRect(0, box.top, self._width, box.height)

    def with_header(self, row: int) -> QRect:
        """Return what should be free to be seen with a row: the header of its section lies above it."""
        section = self.places.section_of(row)
        return self.rect(row).adjusted(0, -self.places.header(section).height, 0, 0)

    def pinned(self, offset: int) -> tuple[Section, QRect] | None:
        """Return the section whose header has been scrolled out and stays at the top, and where it is then seen.

        The next header pushes it away. The place is one of the viewport, the content being scrolled by ``offset``.
        """
        section = self.places.section_over(offset)
        if section is None or section.band is None or section.top == offset:
            return None
        header = self.header(section)
        header.moveTop(min(0, self.places.bottom(section) - offset - header.height()))
        return section, header

    def row_at(self, point: QPoint) -> int:
        """Return the row that is seen at a point, -1 for none."""
        at = self.straight(QRect(point, point))
        return self.places.row_at(at.left(), at.top())

    def straight(self, seen: QRect) -> QRect:
        """Return a rectangle as it would be without mirroring and without what is left free at the sides."""
        left = self._width - 1 - seen.right() if self.mirrored else seen.left()
        return QRect(left - self._free, seen.top(), seen.width(), seen.height())

    def moved(self, row: int, action: _Move, height: int) -> int:
        """Return the row that a key leads to, ``height`` being what is in sight; -1 if there are none."""
        last = self.places.total - 1
        if row < 0:
            return min(0, last)
        page = max(1, height // self._measures.cell_height)
        match action:
            case _Move.MoveUp | _Move.MovePageUp:
                return self.places.below(row, -(page if action is _Move.MovePageUp else 1))
            case _Move.MoveDown | _Move.MovePageDown:
                return self.places.below(row, page if action is _Move.MovePageDown else 1)
            case _Move.MoveHome | _Move.MoveEnd:
                return 0 if action is _Move.MoveHome else last
            case _:
                return min(max(row + self._sideways(action), 0), last)

    def _sideways(self, action: _Move) -> int:
        """Return how many rows a key leads on that does not lead up or down."""
        if action in {_Move.MoveNext, _Move.MovePrevious}:
            return 1 if action is _Move.MoveNext else -1
        if self.layout is Layout.LIST:
            return 0
        return -1 if (action is _Move.MoveLeft) != self.mirrored else 1

    @property
    def _free(self) -> int:
        """Width that is left at either side because cells are whole pixels wide."""
        return (self._width - self._measures.columns * self._measures.cell_width) // 2

    def _seen(self, box: Box) -> QRect:
        left = box.left + self._free
        if self.mirrored:
            left = self._width - left - box.width
        return QRect(left, box.top, box.width, box.height)
