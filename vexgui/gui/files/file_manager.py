"""The desktop's file manager, asked over the session bus to show files or what it knows of them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from vexgui.core.paths import folder_of, uri_of

if TYPE_CHECKING:
    from vexgui.gui.desktop.bus import Bus

_NAME = "org.freedesktop.FileManager1"
_PLACE = "/org/freedesktop/FileManager1"
MOST_FOLDERS = 5
"""Folders that are shown at once: a file manager opens a window for each."""


class FileManager(QObject):
    """Asks whatever program of this desktop shows files; each has this interface."""

    _bus: "Bus | None" = None

    def show_items(self, paths: Sequence[bytes], refused: Callable[[], None]) -> None:
        """Show files, selected in their folders; ``refused`` is called where no file manager does."""
        self._ask("ShowItems", paths, refused)

    def show_properties(self, paths: Sequence[bytes], refused: Callable[[], None]) -> None:
        """Open the file manager's dialog about files; ``refused`` is called where no file manager does."""
        self._ask("ShowItemProperties", paths, refused)

    def _ask(self, method: str, paths: Sequence[bytes], refused: Callable[[], None]) -> None:
        # imported late: the window opens sooner without it
        from vexgui.gui.desktop.bus import Address, Bus

        bus = self._bus = self._bus or Bus(self)
        uris = [uri_of(path) for path in paths]
        bus.call(Address(_NAME, _PLACE, _NAME), method, [uris, ""], lambda _: None, refused)


def in_few_folders(paths: Sequence[bytes]) -> list[bytes]:
    """Return those files that lie in the first few folders."""
    folders = sorted({folder_of(path) for path in paths})[:MOST_FOLDERS]
    return [path for path in paths if folder_of(path) in folders]
