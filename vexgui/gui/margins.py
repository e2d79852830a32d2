"""Margins: those of dialogs, and uneven ones, which Qt does not mirror for those who read from right to left."""

from PySide6.QtCore import QMargins, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QVBoxLayout


def along(begin: int, top: int, end: int, bottom: int) -> QMargins:
    """Return margins, pixels, of which the first is where a line begins in the window's language."""
    if QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        return QMargins(end, top, begin, bottom)
    return QMargins(begin, top, end, bottom)


def rows_of(dialog: QDialog) -> QVBoxLayout:
    """Return a layout for what stands in a dialog, row beneath row."""
    rows = QVBoxLayout(dialog)
    rows.setContentsMargins(20, 18, 20, 16)
    rows.setSpacing(10)
    return rows
