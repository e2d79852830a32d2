"""What every wiring has in common."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from vexgui.engine.api import EngineApi
from vexgui.gui.frame import Frame
from vexgui.gui.keys.commands import Command

Shortcut = tuple[Command, Callable[[], object]]


class Wiring(QObject):
    """Joins the parts of one concern with signals and slots.

    Args:
        frame: The window's parts.
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame

    def take_engine(self, engine: EngineApi) -> None:
        """Hand the engine, which has been opened, to the parts of this concern."""

    def shortcuts(self) -> Sequence[Shortcut]:
        """Return what of this concern has keys that work everywhere in the window, and how it is done."""
        return ()
