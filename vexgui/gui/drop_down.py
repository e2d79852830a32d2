"""Where a menu opens that belongs to a button."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget


def drop_down(menu: QMenu, button: QWidget) -> None:
    """Open a menu below a button, from the edge at which one begins to read."""
    begins_right = button.layoutDirection() is Qt.LayoutDirection.RightToLeft
    left = button.width() - menu.sizeHint().width() if begins_right else 0
    menu.popup(button.mapToGlobal(QPoint(left, button.height() + 2)))
