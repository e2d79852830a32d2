"""Where a window stands: what was remembered, brought back to screens as they are now."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

_GRIP = QSize(120, 40)
"""So much of a window's top must be on a screen for a pointer to get hold of it, device-independent pixels."""


def within_reach(frame: QRect, screens: Sequence[QRect]) -> QRect:
    """Return where a window goes: as it is where its top can be seen, else in the middle of the first screen.

    Args:
        frame: The window with its title.
        screens: The room on each screen, the main one first; without one the window stays.
    """
    top = QRect(frame.topLeft(), QSize(frame.width(), _GRIP.height()))
    visible = (top.intersected(room) for room in screens)
    if not screens or any(part.width() >= _GRIP.width() and part.height() >= _GRIP.height() // 2 for part in visible):
        return frame
    room = screens[0]
    moved = QRect(frame.topLeft(), frame.size().boundedTo(room.size()))
    moved.moveCenter(room.center())
    return moved


def keep_within_reach(window: QWidget) -> None:
    """Move a window that stands where no screen is any more."""
    screen = window.screen()
    others = [other for other in screen.virtualSiblings() if other is not screen]
    rooms = [one.availableGeometry() for one in (screen, *others)]
    window.setGeometry(within_reach(window.geometry(), rooms))
