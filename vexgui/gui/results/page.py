"""The page of results: chips that narrow them down, and the grid."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vexgui.core.hits import Hit
from vexgui.gui.kind_chips import KindChips
from vexgui.gui.results.model import ResultsModel
from vexgui.gui.results.view import ResultsView
from vexgui.gui.thumbnails.loader import ThumbnailLoader


class ResultsPage(QWidget):
    """Shows the hits of an answer, all or those of one kind.

    Signals:
        exhausted: The user has scrolled through all hits there are.
    """

    exhausted = Signal()

    def __init__(self, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()
        self.model = ResultsModel(self)
        self.view = ResultsView(self.model, loader)
        self.chips = KindChips()
        self.chips.chosen.connect(self._narrow)
        self.model.exhausted.connect(self.exhausted)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self.chips)
        rows.addWidget(self.view, 1)

    def show_hits(self, hits: tuple[Hit, ...], *, keep_place: bool) -> None:
        """Show an answer's hits; with ``keep_place`` the grid stays scrolled and narrowed as it is."""
        self._hits = hits
        if not keep_place:
            self.chips.reset()
        self._show(keep_place=keep_place)

    @Slot()
    def _narrow(self) -> None:
        self._show(keep_place=False)

    def _show(self, *, keep_place: bool) -> None:
        self.chips.show_counts(self._hits)
        kind = self.chips.kind
        self.view.show_hits(
            self._hits if kind is None else [hit for hit in self._hits if hit.kind is kind], keep_place=keep_place
        )
