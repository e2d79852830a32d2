"""A layout that sets widgets one after another in lines, as words are set."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QStyle, QWidget
from typing_extensions import override

_Line = list[tuple[QLayoutItem, QSize]]
"""The widgets of a line, and how large each wants to be."""


class FlowLayout(QLayout):
    """Lines of widgets, each as wide as it wants to be; from right to left where that is how one reads.

    Args:
        parent: What it lies in.
        gap: Between widgets and between lines, pixels.
        fills: Whether those that may be wider than they want to be share what is left of their line.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6, fills: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._fills = fills
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem, /) -> None:
        self._items.append(item)
        self.invalidate()

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int, /) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int, /) -> QLayoutItem | None:
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int, /) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, area: QRect, /) -> None:
        super().setGeometry(area)
        self._place(area, move=True)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, area: QRect, *, move: bool) -> int:
        """Set the widgets into an area, if they are to be moved, and return the height they take."""
        y = 0
        for line in self._lines(area.width()):
            height = max(size.height() for _, size in line)
            if move:
                self._set(line, QRect(area.left(), area.top() + y, area.width(), height))
            y += height + self._gap
        return max(0, y - self._gap)

    def _lines(self, width: int) -> Iterator[_Line]:
        """Yield the lines that the widgets make in a width."""
        line: _Line = []
        x = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(width, item.sizeHint().height()))
            if line and x + size.width() > width:
                yield line
                line, x = [], 0
            line.append((item, size))
            x += size.width() + self._gap
        if line:
            yield line

    def _set(self, line: _Line, area: QRect) -> None:
        """Give the widgets of a line their places in it."""
        taken = sum(size.width() + self._gap for _, size in line) - self._gap
        growing = [item for item, _ in line if _may_grow(item)] if self._fills else []
        more = (area.width() - taken) // len(growing) if growing else 0
        owner = self.parentWidget()
        direction = Qt.LayoutDirection.LeftToRight if owner is None else owner.layoutDirection()
        x = area.left()
        for item, size in line:
            width = size.width() + (more if item in growing else 0)
            top = area.top() + (area.height() - size.height()) // 2
            item.setGeometry(QStyle.visualRect(direction, area, QRect(x, top, width, size.height())))
            x += width + self._gap


def _may_grow(item: QLayoutItem) -> bool:
    widget = item.widget()
    return widget is not None and bool(
        widget.sizePolicy().horizontalPolicy().value & QSizePolicy.PolicyFlag.GrowFlag.value
    )
