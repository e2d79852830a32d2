"""A large look at the current result, over the window, until Space or Escape."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.hits import Hit
from vexgui.core.paths import name_of, shown
from vexgui.gui.controls import ElidedLabel
from vexgui.gui.details.preview import Preview
from vexgui.gui.results.reason import excerpt
from vexgui.gui.theme import scaled
from vexgui.gui.thumbnails.loader import ThumbnailLoader

_SHARE = 0.86
_MOVES = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


class LargePreview(QDialog):
    """Shows one hit; the arrow keys go on to others in the grid beneath.

    Signals:
        moved: An arrow key was pressed; the `QKeyEvent`.
    """

    moved = Signal(object)

    def __init__(self, loader: ThumbnailLoader, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._preview = Preview(loader, free=True)
        self._name = ElidedLabel(role=QPalette.ColorRole.PlaceholderText)
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name.setFont(scaled(self.font(), 1.0, bold=True))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 12)
        rows.setSpacing(10)
        rows.addWidget(self._preview, 1)
        rows.addWidget(self._name)

    def show_hit(self, hit: Hit) -> None:
        """Show another hit."""
        name = shown(name_of(hit.path))
        self.setWindowTitle(name)
        self._name.setText(name)
        self._preview.show_file(hit.path, hit.mtime_ns, hit.kind)
        self._preview.show_words(excerpt(hit).text)

    @property
    def words(self) -> str:
        """The words shown of a file that has no picture."""
        return self._preview.words

    def show_words(self, words: str) -> None:
        """Show more of a text than the place that was found."""
        self._preview.show_words(words)

    def appear(self, hit: Hit) -> None:
        """Open over the window with a hit."""
        self.show_hit(hit)
        room = self._window.rect()
        self.resize(round(room.width() * _SHARE), round(room.height() * _SHARE))
        self.move(self._window.mapToGlobal(room.center()) - self.rect().center())
        self.show()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MOVES:
            self.moved.emit(event)
        elif event.key() == Qt.Key.Key_Space:
            self.close()
        else:
            super().keyPressEvent(event)
