"""Joins the search field with what was searched before and with the searches that have a name."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from typing_extensions import override

from vexgui.engine.api import EngineApi
from vexgui.gui.frame import Frame
from vexgui.gui.keys.commands import Command
from vexgui.gui.search.saving import ask_name
from vexgui.gui.wiring.wiring import Shortcut, Wiring


class SavingWiring(Wiring):
    """From the queries that were asked to those that can be asked again."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._memory = frame.parts.memory
        field = frame.field
        field.entered.connect(self._remember)
        field.save_asked.connect(self._ask_name)
        field.completion.recent_removed.connect(self._forget)
        field.completion.saved_removed.connect(frame.searches.remove)
        frame.searches.changed.connect(field.show_saved)
        frame.settings.history_forgotten.connect(self._show_recent)
        self._show_recent()

    @override
    def take_engine(self, engine: EngineApi) -> None:
        self._frame.searches.connect_engine(engine)

    @override
    def shortcuts(self) -> Sequence[Shortcut]:
        return ((Command.SAVE_SEARCH, self._ask_name),)

    @Slot()
    def _remember(self) -> None:
        query = self._frame.field.text().strip()
        if query:
            self._memory.remember_query(query)
            self._show_recent()

    @Slot(str)
    def _forget(self, query: str) -> None:
        self._memory.forget_query(query)
        self._show_recent()

    @Slot()
    def _show_recent(self) -> None:
        recent = self._memory.recent
        self._frame.field.show_recent(recent)
        self._frame.pages.idle.show_recent(recent)

    @Slot()
    def _ask_name(self) -> None:
        field = self._frame.field
        query = field.text().strip()
        if query:
            ask_name(self._frame, query, field.edit.text().strip(), self._frame.searches)
