"""The side list as a whole."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vexgui.gui.controls import fold, muted
from vexgui.gui.language import tr
from vexgui.gui.margins import along
from vexgui.gui.side.column import SideColumn
from vexgui.gui.side.look import LookSection
from vexgui.gui.side.roots import RootsSection
from vexgui.gui.side.searches import SearchesSection
from vexgui.gui.side.tags import TagsSection
from vexgui.gui.theme import scaled


class SidePanel(QWidget):
    """Folders, saved searches, tags, and places to look, in a column that scrolls.

    Signals:
        look_asked: The name of a place to look is wanted.
        query_chosen: A query to run.
    """

    look_asked = Signal(str)
    query_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.roots = RootsSection()
        self.searches = SearchesSection()
        self.tags = TagsSection()
        self.look = LookSection()
        self.look.look_asked.connect(self.look_asked)
        self.searches.chosen.connect(self.query_chosen)
        self.tags.chosen.connect(self.query_chosen)
        promise = fold(muted(tr("Nothing leaves this computer.")))
        promise.setFont(scaled(self.font(), 0.88))
        promise.setContentsMargins(10, 6, 10, 4)
        column = SideColumn(tr("Folders, searches and tags"))
        column.rows.setContentsMargins(along(0, 0, 8, 0))
        column.rows.setSpacing(12)
        for section in (self.roots, self.look, self.searches, self.tags):
            column.rows.addWidget(section)
        column.rows.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(along(10, 4, 0, 4))
        rows.setSpacing(6)
        rows.addWidget(column, 1)
        rows.addWidget(promise)
