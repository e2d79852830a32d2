"""The saved searches: a click runs one; it can be renamed and removed."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget
from typing_extensions import override

from vexgui.core.settings import SavedSearch
from vexgui.gui.icons import icon
from vexgui.gui.language import tr
from vexgui.gui.side.row import Line, SideRow
from vexgui.gui.side.section import Section
from vexgui.gui.wording import tip_text

_COMES_BACK = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}
"""What the keyboard goes to another window or to a menu for."""


class SearchesSection(Section):
    """Lists the saved searches; hidden while there are none.

    Signals:
        chosen: A query to run.
        renamed: A search, and its new name.
        removed: A search.
    """

    chosen = Signal(str)
    renamed = Signal(object, str)
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Searches"), parent=parent)
        self._searches: tuple[SavedSearch, ...] = ()
        self._rows: list[SearchRow] = []

    @property
    def rows(self) -> list["SearchRow"]:
        """The rows shown, one a search."""
        return list(self._rows)

    def show_searches(self, searches: Sequence[SavedSearch]) -> None:
        """Show other searches."""
        searches = tuple(searches)
        if searches != self._searches:
            self._searches = searches
            self._rows = [SearchRow(search, self) for search in searches]
            self.show_rows(self._rows)

    @property
    def names(self) -> list[str]:
        """What the searches are called."""
        return [search.name for search in self._searches]


class SearchRow(SideRow):
    """One saved search."""

    def __init__(self, search: SavedSearch, section: SearchesSection) -> None:
        super().__init__(Line(search.name, "saved-search"), self._menu)
        self._search = search
        self._section = section
        self.editor = _NameEditor(self)
        self.editor.taken.connect(self._rename)
        self.setToolTip(tip_text(search.query))
        self.clicked.connect(lambda: section.chosen.emit(search.query))
        self.delete_asked.connect(self._remove)
        self.rename_asked.connect(lambda: self.editor.begin(search.name))

    def _menu(self) -> QMenu:
        menu, palette = QMenu(self), self.palette()
        menu.addAction(icon("search", palette), tr("Search"), self.click)
        menu.addAction(icon("edit", palette), tr("Rename"), lambda: self.editor.begin(self._search.name))
        menu.addSeparator()
        menu.addAction(icon("remove", palette), tr("Remove"), self._remove)
        return menu

    @Slot()
    def _remove(self) -> None:
        self._section.removed.emit(self._search)

    @Slot(str)
    def _rename(self, name: str) -> None:
        if name and name != self._search.name:
            self._section.renamed.emit(self._search, name)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.editor.fit()


class _NameEditor(QLineEdit):
    """Lies over a row while its name is typed: Enter takes it, Escape leaves it.

    Signals:
        taken: The name as it was typed; "" where it was left.
    """

    taken = Signal(str)

    def __init__(self, row: QWidget) -> None:
        super().__init__(row)
        self._row = row
        self.setAccessibleName(tr("Name of the search"))
        self.installEventFilter(self)
        self.hide()

    def begin(self, name: str) -> None:
        """Have another name typed in place of one."""
        self.setText(name)
        self.fit()
        self.show()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def fit(self) -> None:
        """Cover the row."""
        self.setGeometry(self._row.rect().adjusted(2, 1, -2, -1))

    def _end(self, name: str) -> None:
        self.hide()
        self.taken.emit(name)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _COMES_BACK:
            self.hide()  # the keyboard is elsewhere already
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == Qt.Key.Key_Escape)  # which would lead out of the list
            return event.isAccepted()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._end(self.text().strip())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._end("")
                return True
        return super().eventFilter(watched, event)
