"""A small window of another program, at a place of the screen that is known."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel
from typing_extensions import override

PLACE = (1350, 30)
"""Where the window lies, in pixels of the screen. What is dragged from there to a result does not pass the place where
one drops it to find similar files: whoever waits for that place would take it for reached."""


class SmallWindow(QLabel):
    """Says that it is ready once it is on the screen: what is pressed or dropped there before misses it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._ready = False
        # No window manager may put it elsewhere, or another window over it.
        self.setWindowFlags(Qt.WindowType.X11BypassWindowManagerHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setGeometry(PLACE[0] - 20, PLACE[1] - 20, 40, 40)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and tell of the first time: the X server asks for it when it has put the window up."""
        super().paintEvent(event)
        if not self._ready:
            self._ready = True
            print("ready", flush=True)
