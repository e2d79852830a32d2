"""A program that takes files: what is dropped on its small window or, asked to paste, what is on the clipboard.

It prints what it took as JSON: what text/uri-list, and the format of GNOME's file manager, have; before that "over"
when something is held over its window that can be dropped now.
"""

import json
import sys

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from tests.desktop.small_window import SmallWindow

_FORMATS = ("text/uri-list", "x-special/gnome-copied-files", "text/plain")
_TOLD_AT = 2
"""The first place is told before the other program knows whether anything may be dropped."""


class Label(SmallWindow):
    """Files can be dropped on it."""

    def __init__(self) -> None:
        super().__init__("here")
        self._at: list[QPointF] = []
        self.setAcceptDrops(True)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take anything, as a file manager would that may choose: by moving."""
        moves = Qt.DropAction.MoveAction in event.possibleActions()
        event.setDropAction(Qt.DropAction.MoveAction if moves else Qt.DropAction.CopyAction)
        event.accept()

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Tell that it can be dropped once the other program has heard so: before, it does not say where it goes on."""
        event.accept()
        if event.position() not in self._at:
            self._at.append(event.position())
            if len(self._at) == _TOLD_AT:
                print("over", flush=True)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped."""
        tell(event.mimeData(), action=event.dropAction().name)
        event.accept()


def tell(mime: QMimeData, **more: str) -> None:
    """Print what a drag or the clipboard carries."""
    found = {name: bytes(mime.data(name).data()).decode() for name in _FORMATS if mime.hasFormat(name)}
    print(json.dumps(found | more), flush=True)


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    if "paste" in sys.argv:
        tell(app.clipboard().mimeData())
        sys.exit(0)
    label = Label()
    label.show()
    sys.exit(app.exec())
