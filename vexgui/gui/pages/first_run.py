"""The page of the very first start: it asks which folders to search."""

import os

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vexgui.core.paths import name_of, shown
from vexgui.gui.controls import Button, Look, muted
from vexgui.gui.pages.message import MessagePage

_SUGGESTED = (
    QStandardPaths.StandardLocation.PicturesLocation,
    QStandardPaths.StandardLocation.DocumentsLocation,
    QStandardPaths.StandardLocation.DownloadLocation,
)


class FirstRunPage(MessagePage):
    """Asks for folders.

    Signals:
        choose_asked: The user wants to choose a folder.
        add_asked: Folders to add, a list of paths.
    """

    choose_asked = Signal()
    add_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.choose = Button("Choose a folder…", "folder-add", look=Look.PRIMARY)
        super().__init__("vexgui", [self.choose], parent)
        self.choose.clicked.connect(self.choose_asked)
        self.say(
            "Choose folders to search",
            "VexGUI reads them once and follows changes. What it learns is kept with the files themselves, and "
            "nothing leaves this computer.",
        )
        self.suggestions = suggested_folders()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.buttons = [self._button(folder) for folder in self.suggestions]
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        hint = muted("Or drop a folder anywhere on this window.", wraps=False)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        before_last = self.column.count() - 1
        self.column.insertLayout(before_last, row)
        self.column.insertWidget(before_last + 1, hint)

    def _button(self, folder: bytes) -> Button:
        button = Button(shown(name_of(folder)), "folder")
        button.setAccessibleName(f"Add {shown(folder)}")
        button.setToolTip(shown(folder))
        button.clicked.connect(lambda: self.add_asked.emit([folder]))
        return button


def suggested_folders() -> list[bytes]:
    """Return the user's folders for pictures, documents and downloads, those that exist and are not the home itself."""
    home = os.environb.get(b"HOME", b"")
    places = (os.fsencode(QStandardPaths.writableLocation(location)) for location in _SUGGESTED)
    return [place for place in dict.fromkeys(places) if place not in {b"", home} and os.path.isdir(place)]
