"""The window: puts its parts together with what they do to one another."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from vexgui.core.errors import VexError
from vexgui.engine.api import EngineApi
from vexgui.gui.frame import Frame, Parts
from vexgui.gui.keys.keymap import KeyShortcut
from vexgui.gui.keys.typed import typed
from vexgui.gui.tab_order import go_on
from vexgui.gui.wiring.advising import AdvisingWiring
from vexgui.gui.wiring.details import DetailsWiring
from vexgui.gui.wiring.files import FilesWiring
from vexgui.gui.wiring.first_run import FirstRunWiring
from vexgui.gui.wiring.indexing import IndexingWiring
from vexgui.gui.wiring.looking import LookingWiring
from vexgui.gui.wiring.paging import Paging
from vexgui.gui.wiring.program import ProgramWiring
from vexgui.gui.wiring.saving import SavingWiring
from vexgui.gui.wiring.search import SearchWiring
from vexgui.gui.wiring.side import SideWiring
from vexgui.gui.wiring.standing import StandingWiring


class MainWindow(Frame):
    """The window as the application knows it."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._paging = Paging(self)
        self._search = SearchWiring(self, self._paging)
        self._wirings = (
            self._search,
            FilesWiring(self, self._search),
            DetailsWiring(self, self._search),
            IndexingWiring(self, self._paging, self._search),
            FirstRunWiring(self),
            AdvisingWiring(self, self._search),
            LookingWiring(self, self._search),
            SideWiring(self, self._paging, self._search),
            StandingWiring(self),
            SavingWiring(self),
            ProgramWiring(self),
        )
        self._add_shortcuts()
        self._paging.decide()

    def take_engine(self, engine: EngineApi) -> None:
        """Begin to work with the engine, which has been opened."""
        self.pages.take_opened()
        self.parts.loader.try_again()
        for wiring in self._wirings:
            wiring.take_engine(engine)
        self._paging.decide()

    def show_failure(self, error: VexError) -> None:
        """Say that the engine could not be opened, on a page of its own."""
        self.pages.show_failure(error)

    def ask(self, query: str, similar: bytes) -> None:
        """Show the answer to a query, or the files like one."""
        if similar:
            self.find_similar([similar])
        elif query:
            self._search.ask(query)

    @property
    def settled(self) -> bool:
        """Whether what is shown is final but for the indexer's work: answer, pictures, and details."""
        return self.pages.failed or (
            self.pages.opened
            and self.searcher.settled
            and self.field.settled
            and self.found.view.settled
            and self.inspector.settled
            and self.large_preview.settled
            and not self.desk.asking
            and not self.parts.loader.busy
        )

    @Slot(object)
    def find_similar(self, paths: Sequence[bytes]) -> None:
        """Show the files most like some files."""
        self._search.find_similar(paths)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return go_on(self, forth=next) or super().focusNextPrevChild(next)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What nothing else takes is typed into the search field, wherever the keyboard is.
        if text := typed(event):
            self.field.append(text)
        else:
            super().keyPressEvent(event)

    def _add_shortcuts(self) -> None:
        for wiring in self._wirings:
            for command, call in wiring.shortcuts():
                KeyShortcut(self.keys, command, self, call)
