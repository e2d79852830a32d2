"""Joins the details with the results, with what is done with files, and with the search."""

from PySide6.QtCore import Slot
from typing_extensions import override

from vexgui.engine.api import EngineApi
from vexgui.gui.frame import Frame
from vexgui.gui.side.look import Place
from vexgui.gui.side.tags import tag_query
from vexgui.gui.wiring.search import SearchWiring
from vexgui.gui.wiring.wiring import Wiring


class DetailsWiring(Wiring):
    """From the panel about files to other files and to what can be done."""

    def __init__(self, frame: Frame, search: SearchWiring) -> None:
        super().__init__(frame)
        self._search = search
        details, actions = frame.details, frame.actions_on_files
        details.reindex_asked.connect(actions.reindex_selected)
        details.strip_asked.connect(actions.strip.trigger)
        details.tag_chosen.connect(lambda tag: search.ask(tag_query(tag)))
        details.go_asked.connect(self._go)
        details.missed.connect(frame.banner.tell)
        frame.results.selection_changed.connect(self._take_selection)
        frame.results.current_changed.connect(self._take_selection)
        frame.pages.place_changed.connect(self._take_selection)
        frame.parts.bridge.index_changed.connect(details.look_again)
        frame.inspector.inspected.connect(details.show_inspection)

    @override
    def take_engine(self, engine: EngineApi) -> None:
        self._frame.details.connect_engine(engine)
        self._frame.inspector.connect_engine(engine)

    @Slot()
    def _take_selection(self) -> None:
        """Show what is selected in the results, one file or several; on the map that is chosen which is shown."""
        frame = self._frame
        if frame.pages.place == Place.MAP:
            return
        # A file that has gone and is not known any more has no path; there is nothing to tell of it.
        hits, count = [hit for hit in frame.results.selected() if hit.path], frame.results.selected_count
        if count > 1 and hits:
            frame.details.show_several(hits, count)
            frame.inspector.look_at(b"")
        else:
            frame.tell_of(hits[0] if hits else None)

    @Slot(object)
    def _go(self, path: bytes) -> None:
        """Select a file among the results, or look for files like it where it is not among them."""
        index = self._frame.found.model.index_of(path)
        if index.isValid():
            self._frame.results.select_alone(index)
            self._frame.results.scrollTo(index)
        else:
            self._search.find_similar([path])
