"""The line on top of the large preview: the file's name, what it is and where, and two buttons."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vexgui.core.hits import Hit
from vexgui.core.paths import folder_of, name_of, shown
from vexgui.gui.controls import Button, ElidedLabel, Look
from vexgui.gui.language import tr
from vexgui.gui.margins import along
from vexgui.gui.theme import scaled
from vexgui.gui.wording import isolated, kind_word, known_as, moment, size


class PreviewHead(QWidget):
    """Names a file.

    Signals:
        open_asked: The file is to be opened.
        left: The preview is to be closed.
    """

    open_asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ElidedLabel()
        self._name.setFont(scaled(self.font(), 1.1, bold=True))
        self._line = ElidedLabel(role=QPalette.ColorRole.PlaceholderText)
        open_button = Button(tr("Open"), "open", look=Look.FLAT)
        close = Button(icon="close", look=Look.FLAT, name=tr("Close (Space)"))
        open_button.clicked.connect(self.open_asked)
        close.clicked.connect(self.left)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._name)
        words.addWidget(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(along(16, 10, 8, 8))
        row.setSpacing(6)
        row.addLayout(words, 1)
        row.addWidget(open_button)
        row.addWidget(close)

    def show_hit(self, hit: Hit) -> None:
        """Name another file."""
        self._name.setText(shown(name_of(hit.path)))
        self._line.setText(_line(hit))


def _line(hit: Hit) -> str:
    """Return what is told of a file beneath its name."""
    folder = isolated(known_as(folder_of(hit.path)))
    return " · ".join(filter(None, (kind_word(hit.kind), size(hit.size), moment(hit.mtime_ns), folder)))
