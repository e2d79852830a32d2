"""The row above the results: kinds, order, size, grid or list."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from vexgui.core.files import Kind
from vexgui.core.query import Order
from vexgui.gui.controls import Button, Look
from vexgui.gui.language import tr
from vexgui.gui.results.geometry import Layout
from vexgui.gui.results.kind_chips import KindChips
from vexgui.gui.results.sorting import SortButton
from vexgui.gui.results.zoom_slider import ZoomSlider

_SLIDER_FROM = 640
"""Width from which there is room for the slider, device-independent pixels."""


class ResultsToolbar(QWidget):
    """Chooses what is seen of the results, and how.

    Signals:
        sorted: An `Order`, or None for relevance.
        narrowed: A `Kind`, or None for all.
        arranged: A `Layout` and a step of zoom.
    """

    sorted = Signal(object)
    narrowed = Signal(object)
    arranged = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order: Order | None = None
        self.chips = KindChips()
        self.sort = SortButton()
        self.zoom = ZoomSlider()
        self.grid = _switch("grid", tr("Grid"))
        self.list = _switch("list", tr("List"))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(6)
        row.addWidget(self.chips, 1)
        row.addWidget(self.sort)
        row.addWidget(self.zoom)
        row.addWidget(self.grid)
        row.addWidget(self.list)
        self.chips.chosen.connect(self.narrowed)
        self.sort.chosen.connect(self.choose_order)
        self.zoom.valueChanged.connect(lambda zoom: self.arranged.emit(self.layout_kind, zoom))
        self.grid.clicked.connect(lambda: self.choose_layout(Layout.GRID))
        self.list.clicked.connect(lambda: self.choose_layout(Layout.LIST))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def order(self) -> Order | None:
        """What results are sorted by, None for relevance."""
        return self._order

    @property
    def layout_kind(self) -> Layout:
        """Whether a grid or a list was chosen."""
        return Layout.LIST if self.list.isChecked() else Layout.GRID

    def choose_order(self, order: Order | None) -> None:
        """Sort by something else."""
        self.show_order(order)
        self.sorted.emit(order)

    def choose_layout(self, layout: Layout) -> None:
        """Show a grid or a list."""
        self.show_arrangement(layout, self.zoom.value())
        self.arranged.emit(layout, self.zoom.value())

    def show_order(self, order: Order | None) -> None:
        """Show what results are sorted by."""
        self._order = order
        self.sort.show_order(order)

    def show_arrangement(self, layout: Layout, zoom: int) -> None:
        """Show how results are laid out."""
        self.grid.setChecked(layout is Layout.GRID)
        self.list.setChecked(layout is Layout.LIST)
        blocker = QSignalBlocker(self.zoom)
        self.zoom.setValue(zoom)
        blocker.unblock()
        self.zoom.update()

    def show_kinds(self, kinds: Sequence[tuple[Kind, int]], chosen: Kind | None) -> None:
        """Offer the kinds that were found."""
        self.chips.show_counts(kinds, chosen)

    @override
    def minimumSizeHint(self) -> QSize:
        # The row must never keep the window from becoming narrow.
        return QSize(0, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.zoom.setVisible(self.width() >= _SLIDER_FROM)


def _switch(icon: str, name: str) -> Button:
    button = Button("", icon, look=Look.FLAT, name=name)
    button.setCheckable(True)
    return button
