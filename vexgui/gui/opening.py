"""What the window is opened with; apart from the window, whose loading takes long."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from vexgui.engine.api import EngineApi
from vexgui.system.ending import EndSignals

OpenEngine = Callable[[], EngineApi]


class Presenter(Protocol):
    """The window as other threads see it."""

    def present(self, query: str, similar: bytes, activation: str = "") -> None:
        """Bring the window to the front and show a query's answer, or the files like one; from any thread.

        ``activation`` is what the desktop gave the program that asks, so that the window may come to the front.
        """
        ...


@dataclass(frozen=True, slots=True)
class Opening:
    """What the window is opened with.

    Attributes:
        open_engine: Opens the engine; called on a worker thread, and the engine is closed at the end.
        query: What to search for at once.
        similar: The file whose like to search for at once.
        screenshot: Save the window here as PNG when it has settled, and end.
        size: Width and height of the window when none was remembered.
        state_file: Where the window's size and recent queries are kept; b"" keeps nothing.
        on_ready: Called with the window's handle once it is shown.
        give_up: Ends the opening of the engine where that still goes on at the end.
        ended: The signals that close the window.
    """

    open_engine: OpenEngine
    query: str = ""
    similar: bytes = b""
    screenshot: bytes = b""
    size: tuple[int, int] = (1200, 780)
    state_file: bytes = b""
    on_ready: Callable[[Presenter], None] | None = None
    give_up: Callable[[], None] | None = None
    ended: EndSignals | None = None


RunWindow = Callable[[Opening], int]
"""Shows the window until it is closed, and returns the exit code."""
