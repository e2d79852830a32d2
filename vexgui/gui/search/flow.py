"""Chips and the line behind them, in as many rows as they need."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QWidget

from vexgui.gui.controls import ThinScrollBar

ROW_PX = 30
_GAP_PX = 5
_LEAST_LINE_PX = 170
"""A line that is narrower gets a row of its own."""
_MOST_ROWS = 3


class Flow(QScrollArea):
    """Lays widgets side by side, the last with all the room that is left; more than three rows scroll.

    Args:
        line: The last widget.
    """

    def __init__(self, line: QWidget) -> None:
        super().__init__()
        self._content = QWidget()
        self._line = line
        self._before: list[QWidget] = []
        line.setParent(self._content)
        self.setWidget(self._content)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(ROW_PX)  # or a window would open as high as widgets are that have no place yet
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ThinScrollBar(Qt.Orientation.Vertical, self))
        self.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)

    @property
    def content(self) -> QWidget:
        """What the widgets lie in."""
        return self._content

    def show_before(self, widgets: Sequence[QWidget]) -> None:
        """Take the widgets that stand before the line; those that stood there are deleted."""
        for widget in self._before:
            if widget not in widgets:
                widget.hide()
                widget.deleteLater()
        self._before = list(widgets)
        previous: QWidget | None = None
        for widget in [*widgets, self._line]:
            widget.raise_()  # what no layout places is gone through from the lowest to the topmost
            if previous is not None:
                QWidget.setTabOrder(previous, widget)
            previous = widget

    def arrange(self, width: int) -> int:
        """Give all widgets their places in a width, and return the height that is wanted, pixels."""
        x = y = 0
        places: list[tuple[QWidget, QRect]] = []
        for widget in self._before:
            hint = widget.sizeHint()
            taken = min(hint.width(), width)
            if x and x + taken > width:
                x, y = 0, y + ROW_PX + _GAP_PX
            places.append((widget, QRect(x, y + (ROW_PX - hint.height()) // 2, taken, hint.height())))
            x += taken + _GAP_PX
        if x and width - x < _LEAST_LINE_PX:
            x, y = 0, y + ROW_PX + _GAP_PX
        places.append((self._line, QRect(x, y, width - x, ROW_PX)))
        height = y + ROW_PX
        self._content.resize(QSize(width, height))
        for widget, place in places:
            widget.setGeometry(QStyle.visualRect(self.layoutDirection(), QRect(0, 0, width, height), place))
            widget.show()
        return min(height, _MOST_ROWS * (ROW_PX + _GAP_PX) - _GAP_PX)

    def reveal(self, widget: QWidget) -> None:
        """Scroll to a widget."""
        self.ensureWidgetVisible(widget, 0, 4)
