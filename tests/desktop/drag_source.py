"""A program with a small window, from which a file can be dragged: its path is the one argument."""

import sys

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from tests.desktop.small_window import SmallWindow
from vexgui.core.paths import uri_of


class Label(SmallWindow):
    """Can be dragged away as a file."""

    def __init__(self, path: bytes) -> None:
        super().__init__("file")
        self._path = path

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Wait for the pointer to move."""

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the file until it is dropped, and tell what became of it."""
        mime = QMimeData()
        mime.setData("text/uri-list", uri_of(self._path).encode() + b"\r\n")
        drag = QDrag(self)
        drag.setMimeData(mime)
        done = drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.MoveAction)
        print("dropped", done.name, flush=True)


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    label = Label(sys.argv[1].encode())
    label.show()
    sys.exit(app.exec())
