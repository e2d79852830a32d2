"""What the window asks of the desktop around it: opening, revealing, the clipboard, the trash."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from vexgui.core.paths import decoded, folder_of
from vexgui.core.reports import Failure
from vexgui.gui.files.file_manager import FileManager, in_few_folders
from vexgui.gui.files.opening import MOST_OPENED, Way, is_utf8, open_by_bytes, open_with, openers_of, way_of
from vexgui.gui.files.pasting import Pasted, PastedPictures, pasted
from vexgui.gui.files.program_chooser import ProgramChooser, opened_to_choose
from vexgui.gui.files.trash import Trashed, TrashReport, bring_back, move_to_trash
from vexgui.gui.files.uris import Formats, clipboard_data, mime_of
from vexgui.gui.operations import Lane, Operations
from vexgui.system.desktop_entry import Application
from vexgui.system.launching import forget_tokens

_NO_SCREEN = "offscreen"
"""Qt's platform for programs that nobody sees, https://doc.qt.io/qt-6/qpa.html."""
_MANY = 1000
"""Files whose addresses take some 10 ms to write; those of more are written on another thread."""


class Shell(Protocol):
    """The desktop around the window."""

    def open(self, paths: Sequence[bytes]) -> None:
        """Open files in the programs meant for them; a program is never run, only shown."""
        ...

    def find_openers(self, paths: Sequence[bytes], found: Callable[[tuple[Application, ...]], None]) -> None:
        """Look for the programs that can open all of some files, the usual one first."""
        ...

    def open_with(self, application: Application, paths: Sequence[bytes]) -> None:
        """Open files in a program."""
        ...

    def choose_program(self, path: bytes) -> None:
        """Have the user choose in the desktop's own dialog with which program a file is opened."""
        ...

    def reveal(self, paths: Sequence[bytes]) -> None:
        """Show files selected in the file manager."""
        ...

    def show_properties(self, paths: Sequence[bytes], refused: Callable[[], None]) -> None:
        """Show the file manager's dialog about files; ``refused`` is called where there is none."""
        ...

    def copy_paths(self, paths: Sequence[bytes]) -> None:
        """Put paths on the clipboard as text."""
        ...

    def copy_files(self, paths: Sequence[bytes]) -> None:
        """Put files on the clipboard, to be pasted in a file manager."""
        ...

    def pasted(self) -> Pasted:
        """Return what the clipboard carries."""
        ...

    def keep(self, found: Pasted, kept: Callable[[Sequence[bytes]], None]) -> None:
        """Hand on the files of what was pasted or dropped; a picture gets one that is kept until `close`."""
        ...

    def trash(self, paths: Sequence[bytes], done: Callable[[TrashReport], None]) -> None:
        """Move files to the trash."""
        ...

    def bring_back(self, files: Sequence[Trashed], done: Callable[[tuple[Failure, ...]], None]) -> None:
        """Move files from the trash to where they were; those that cannot go there are handed on."""
        ...

    def close(self) -> None:
        """Remove what was kept of pasted pictures."""
        ...


class DesktopShell(QObject):
    """The real desktop, reached through Qt and D-Bus; nothing here waits for a disk."""

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._file_manager = FileManager(self)
        self._chooser = ProgramChooser(self)
        self._pictures = PastedPictures(operations, os.environb.get(b"XDG_RUNTIME_DIR", b""))

    def open(self, paths: Sequence[bytes]) -> None:
        """Open files in the programs meant for them; a program is never run, only shown."""
        for path in paths[:MOST_OPENED]:
            self._operations.start(Lane.DISK, partial(way_of, path), partial(self._go, path))

    def find_openers(self, paths: Sequence[bytes], found: Callable[[tuple[Application, ...]], None]) -> None:
        """Look for the programs that can open all of some files, the usual one first; none for a file that is gone."""
        self._operations.start(Lane.DISK, partial(openers_of, tuple(paths)), found, lambda _: found(()))

    def open_with(self, application: Application, paths: Sequence[bytes]) -> None:
        """Open files in a program."""
        few = tuple(paths)
        self._operations.start(Lane.DISK, lambda _: open_with(application, few), lambda _: None)

    def choose_program(self, path: bytes) -> None:
        """Have the user choose in the desktop's own dialog with which program a file is opened."""
        self._operations.start(
            Lane.DISK,
            lambda _: opened_to_choose(path),
            lambda descriptor: self._chooser.choose(descriptor, self._operations.trouble.emit),
        )

    def reveal(self, paths: Sequence[bytes]) -> None:
        """Show files selected in the file manager."""
        near = in_few_folders(paths)
        if near:
            self._file_manager.show_items(near, lambda: self._open_folders(near))

    def show_properties(self, paths: Sequence[bytes], refused: Callable[[], None]) -> None:
        """Show the file manager's dialog about files; ``refused`` is called where there is none."""
        self._file_manager.show_properties(paths[:MOST_OPENED], refused)

    def copy_paths(self, paths: Sequence[bytes]) -> None:
        """Put paths on the clipboard as text."""
        QGuiApplication.clipboard().setText("\n".join(decoded(path) for path in paths))

    def copy_files(self, paths: Sequence[bytes]) -> None:
        """Put files on the clipboard, to be pasted in a file manager."""
        several = tuple(paths)
        if len(several) > _MANY:
            self._operations.start(Lane.ERRANDS, lambda _: clipboard_data(several), self._to_clipboard)
        else:
            self._to_clipboard(clipboard_data(several))

    def pasted(self) -> Pasted:
        """Return what the clipboard carries."""
        return pasted(QGuiApplication.clipboard().mimeData())

    def keep(self, found: Pasted, kept: Callable[[Sequence[bytes]], None]) -> None:
        """Hand on the files of what was pasted or dropped; a picture gets one that is kept until `close`."""
        self._pictures.keep(found, kept)

    def trash(self, paths: Sequence[bytes], done: Callable[[TrashReport], None]) -> None:
        """Move files to the trash."""
        several = tuple(paths)
        self._operations.start(Lane.DISK, lambda _: move_to_trash(several, os.environb), done)

    def bring_back(self, files: Sequence[Trashed], done: Callable[[tuple[Failure, ...]], None]) -> None:
        """Move files from the trash to where they were; those that cannot go there are handed on."""
        several = tuple(files)
        self._operations.start(Lane.DISK, lambda _: bring_back(several), done)

    def close(self) -> None:
        """Remove what was kept of pasted pictures, and what is on a clipboard that ends with the program."""
        self._pictures.close()
        if QGuiApplication.platformName() == _NO_SCREEN:
            # Qt would take it apart after Python, and crash. On a screen it does so before, and hands it on first.
            QGuiApplication.clipboard().clear()

    @staticmethod
    def _to_clipboard(formats: Formats) -> None:
        QGuiApplication.clipboard().setMimeData(mime_of(formats))

    def _go(self, path: bytes, way: Way) -> None:
        forget_tokens(os.environb)
        match way:
            case Way.REVEAL:
                self.reveal([path])
            case Way.OPEN if QDesktopServices.openUrl(QUrl.fromLocalFile(decoded(path))):
                pass
            case _:
                self._operations.start(Lane.DISK, lambda _: open_by_bytes(path), lambda _: None)

    def _open_folders(self, paths: Sequence[bytes]) -> None:
        for folder in sorted({folder_of(path) for path in paths}):
            self._go(folder, Way.OPEN if is_utf8(folder) else Way.OPEN_BY_BYTES)
