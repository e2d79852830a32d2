"""The window as those see it who call it to the front; apart from the commands, which a window need not load."""

import threading
from typing import Protocol

from vexgui.core.errors import ProfileBusy

_WINDOW_PATIENCE_S = 30.0


class Presenter(Protocol):
    """A window that can be called to the front, from any thread."""

    def present(self, query: str, similar: bytes, activation: str = "") -> None:
        """Raise the window; show the answers to a query or the files like one, where not empty.

        ``activation`` is what the desktop gave the program that asks, see `Terminal`.
        """
        ...


class Window:
    """The window's presenter, once there is one."""

    def __init__(self) -> None:
        self._ready = threading.Event()
        self._presenter: Presenter | None = None

    def set(self, presenter: Presenter) -> None:
        """Take the presenter."""
        self._presenter = presenter
        self._ready.set()

    def present(self, query: str, similar: bytes, activation: str = "") -> None:
        """Raise the window, waiting while it opens."""
        self._ready.wait(_WINDOW_PATIENCE_S)
        if self._presenter is None:
            raise ProfileBusy("The window of this profile does not open.", "End that vexgui, and start it again.")
        self._presenter.present(query, similar, activation)
