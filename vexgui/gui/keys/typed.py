"""What is typed where nothing takes text: it goes into the search field."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_OF_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def typed(event: QKeyEvent) -> str:
    """Return the text that a key types, "" for one that does something else; a blank alone is none to search for."""
    text = event.text()
    return text if text.strip() and text.isprintable() and not event.modifiers() & _OF_COMMANDS else ""
