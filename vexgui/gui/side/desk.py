"""What the side list asks of the engine: the tags that known files have."""

from PySide6.QtCore import QObject, Signal, Slot

from vexgui.core.labels import TagCount
from vexgui.engine.api import EngineApi
from vexgui.gui.inquiry import Inquiry
from vexgui.gui.operations import Lane, Operations


class TagDesk(QObject):
    """Asks for the tags, off the window's thread.

    Signals:
        known: The tags, a tuple of `TagCount`.
    """

    known = Signal(object)

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine: EngineApi | None = None
        self._tags: Inquiry[tuple[TagCount, ...]] = Inquiry(
            operations, Lane.ERRANDS, self.known.emit, operations.trouble.emit
        )

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine, and ask it."""
        self._engine = engine
        self._tags.cancel()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask for the tags."""
        if self._engine is not None:
            self._tags.ask(self._engine.tags)
