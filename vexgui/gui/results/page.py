"""The page of results: the row that narrows and sorts them, the columns' header, and the results themselves."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vexgui.core.files import Kind
from vexgui.core.hits import Answer
from vexgui.core.query import Order, SortBy
from vexgui.engine.api import EngineApi
from vexgui.gui.memory import Memory
from vexgui.gui.operations import Operations
from vexgui.gui.results.arranging import USUAL_ZOOM
from vexgui.gui.results.columns import ColumnsHeader
from vexgui.gui.results.geometry import Layout
from vexgui.gui.results.model import ResultsModel
from vexgui.gui.results.toolbar import ResultsToolbar
from vexgui.gui.results.view import ResultsView
from vexgui.gui.thumbnails.loader import ThumbnailLoader

_LAYOUT, _ZOOM, _SORT, _COLUMNS = "results/layout", "results/zoom", "results/sort", "results/columns"
_DESCENDING = "-"


class ResultsPage(QWidget):
    """Shows an answer; remembers how the user wants answers to be shown.

    Signals:
        sorted: The same question is wanted in another order: an `Order`, or None for relevance.
        narrowed: It is wanted for one kind of file: a `Kind`, or None for all.
        lost: The engine has forgotten the answer; the question must be asked again.
    """

    sorted = Signal(object)
    narrowed = Signal(object)
    lost = Signal()

    def __init__(
        self, loader: ThumbnailLoader, operations: Operations, memory: Memory, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._memory = memory
        self.model = ResultsModel(operations, self)
        self.toolbar = ResultsToolbar()  # first, as it is the first that Tab leads to
        self.columns = ColumnsHeader()
        self.view = ResultsView(self.model, loader, self.columns)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self.toolbar)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.columns)
        head.addSpacing(self.view.verticalScrollBar().sizeHint().width())
        rows.addLayout(head)
        rows.addWidget(self.view, 1)
        self._connect()
        self._recall()

    @property
    def order(self) -> Order | None:
        """What answers shall be sorted by, None for relevance."""
        return self.toolbar.order

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine that has more of each answer."""
        self.model.connect_engine(engine)

    def show_answer(self, answer: Answer, *, keep_place: bool, kind: Kind | None = None) -> None:
        """Show an answer, of all kinds or one; with ``keep_place`` the results stay scrolled as they are."""
        self.toolbar.show_kinds(answer.kinds, kind)
        self.view.show_answer(answer, keep_place=keep_place)

    def arrange(self, layout: Layout, zoom: int) -> None:
        """Show a grid or a list, with cells of some size."""
        self.columns.setVisible(layout is Layout.LIST)
        self.view.arrange(layout, zoom)

    def _connect(self) -> None:
        self.model.lost.connect(self.lost)
        self.toolbar.sorted.connect(self._take_order)
        self.toolbar.narrowed.connect(self.narrowed)
        self.toolbar.arranged.connect(self.arrange)
        self.columns.order_chosen.connect(self.toolbar.choose_order)
        self.columns.dragged.connect(lambda: self._memory.remember_choice(_COLUMNS, self.columns.widths))
        self.view.zoomed.connect(self._take_zoom)

    def _recall(self) -> None:
        """Take up what was chosen when the program ran last."""
        word = self._memory.choice(_SORT)
        by = next((by for by in SortBy if by.value == word.removeprefix(_DESCENDING)), SortBy.RELEVANCE)
        order = None if by is SortBy.RELEVANCE else Order(by, word.startswith(_DESCENDING))
        self.toolbar.show_order(order)
        self.columns.show_order(order)
        self.columns.recall(self._memory.choice(_COLUMNS))
        layout = Layout.LIST if self._memory.choice(_LAYOUT) == Layout.LIST.value else Layout.GRID
        zoom = self._memory.choice(_ZOOM)
        self.arrange(layout, int(zoom) if zoom.isdecimal() else USUAL_ZOOM)

    @Slot(object)
    def _take_order(self, order: Order | None) -> None:
        self.columns.show_order(order)
        sign = _DESCENDING if order is not None and order.descending else ""
        self._memory.remember_choice(_SORT, "" if order is None else f"{sign}{order.by.value}")
        self.sorted.emit(order)

    @Slot(int)
    def _take_zoom(self, zoom: int) -> None:
        layout = self.view.layout_kind
        self.toolbar.show_arrangement(layout, zoom)
        self._memory.remember_choice(_LAYOUT, layout.value)
        self._memory.remember_choice(_ZOOM, str(zoom))
