"""Searches that were given a name: the desk that has them kept, and the dialog that asks for the name."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from vexgui.core.settings import SavedSearch, Settings
from vexgui.engine.api import EngineApi
from vexgui.gui.controls import Button, ElidedLabel, Look, heading
from vexgui.gui.language import tr
from vexgui.gui.margins import rows_of
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.text_field import TextField
from vexgui.gui.wording import query_known_as

Searches = tuple[SavedSearch, ...]


class SavedSearches(QObject):
    """Has the engine keep searches, and tells which there are.

    Signals:
        changed: All of them, a tuple of `SavedSearch`.
    """

    changed = Signal(object)

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._engine: EngineApi | None = None
        self._all: Searches = ()

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine, and ask it what it keeps."""
        self._engine = engine
        self._operations.start(Lane.SETTINGS, lambda _: engine.settings(), self._take)

    def named(self, query: str) -> SavedSearch | None:
        """Return the search that asks a query, if one does."""
        return next((search for search in self._all if search.query == query), None)

    def save(self, name: str, query: str) -> None:
        """Keep a query by a name; one that has that name, or is the same query, is replaced where it stands."""
        self._change(lambda searches: kept_with(searches, SavedSearch(name, query)))

    def put_back(self, search: SavedSearch, at: int) -> None:
        """Keep a search again that stood at a place."""
        self._change(lambda searches: kept_with(searches, search, at))

    def remove(self, name: str) -> None:
        """Keep a search no longer."""
        self._change(lambda searches: tuple(search for search in searches if search.name != name))

    def _change(self, changed: Callable[[Searches], Searches]) -> None:
        engine = self._engine
        if engine is not None:
            self._operations.start(
                Lane.SETTINGS, lambda _: engine.change(searches=changed(engine.settings().searches)), self._take
            )

    def _take(self, settings: Settings) -> None:
        self._all = settings.searches
        self.changed.emit(self._all)


def kept_with(searches: Searches, fresh: SavedSearch, at: int | None = None) -> Searches:
    """Return searches with another one, in the place of the first that has its name or its query, or else at one."""
    same = [search for search in searches if search.name == fresh.name or search.query == fresh.query]
    if not same:
        at = len(searches) if at is None else at
        return (*searches[:at], fresh, *searches[at:])
    return tuple(fresh if search == same[0] else search for search in searches if search not in same[1:])


def ask_name(parent: QWidget, query: str, words: str, searches: SavedSearches) -> QDialog:
    """Ask by what name a query is to be kept, or whether it is to be kept no longer; its words are a first name."""
    kept = searches.named(query)
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("Save this search"))
    dialog.setMinimumWidth(380)
    name = TextField(kept.name if kept else words or query)
    name.setAccessibleName(tr("Name of the search"))
    name.selectAll()
    rows = rows_of(dialog)
    rows.addWidget(heading(tr("Rename this search") if kept else tr("Save this search"), 1.1))
    rows.addWidget(ElidedLabel(query_known_as(query)))
    rows.addWidget(name)
    rows.addSpacing(6)
    save = Button(tr("Save"), look=Look.PRIMARY)
    save.clicked.connect(dialog.accept)
    rows.addLayout(_buttons(dialog, save, kept, searches))
    name.textChanged.connect(lambda text: save.setEnabled(bool(text.strip())))
    name.returnPressed.connect(save.click)
    dialog.accepted.connect(lambda: searches.save(name.text().strip(), query))
    dialog.open()
    name.setFocus()
    return dialog


def _buttons(dialog: QDialog, save: Button, kept: SavedSearch | None, searches: SavedSearches) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    if kept is not None:
        remove = Button(tr("Remove"), name=tr("Keep this search no longer"))
        remove.clicked.connect(lambda: searches.remove(kept.name))
        remove.clicked.connect(dialog.reject)
        row.addWidget(remove)
    row.addStretch(1)
    cancel = Button(tr("Cancel"))
    cancel.clicked.connect(dialog.reject)
    for button in (cancel, save):
        row.addWidget(button)
    return row
