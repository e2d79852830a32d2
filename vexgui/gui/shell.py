"""What the window asks of the desktop around it: opening, revealing, the clipboard."""

import contextlib
import os
import stat
import subprocess
from collections.abc import Sequence
from enum import Enum
from functools import partial
from threading import Event as Flag
from typing import Protocol

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from vexgui.core.errors import PathProblem, WorldProblem
from vexgui.core.paths import folder_of, name_of, shown, uri_of
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.uris import clipboard_data

_OPENERS = ("gio open", "xdg-open")
_OPEN_TIMEOUT_S = 30.0
_MOST_OPENED = 20
_MOST_FOLDERS = 5


class Shell(Protocol):
    """The desktop around the window."""

    def open(self, paths: Sequence[bytes]) -> None:
        """Open files in the programs meant for them; a program is never run, only shown."""
        ...

    def reveal(self, paths: Sequence[bytes]) -> None:
        """Show files selected in the file manager."""
        ...

    def copy_paths(self, paths: Sequence[bytes]) -> None:
        """Put paths on the clipboard as text."""
        ...

    def copy_files(self, paths: Sequence[bytes]) -> None:
        """Put files on the clipboard, to be pasted in a file manager."""
        ...


class _Way(Enum):
    OPEN = "open"
    OPEN_BY_BYTES = "open by bytes"
    REVEAL = "reveal"


class DesktopShell(QObject):
    """The real desktop, reached through Qt and D-Bus."""

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations

    def open(self, paths: Sequence[bytes]) -> None:
        """Open files in the programs meant for them; a program is never run, only shown."""
        for path in paths[:_MOST_OPENED]:
            self._operations.start(Lane.ERRANDS, partial(_way, path), partial(self._go, path))

    def reveal(self, paths: Sequence[bytes]) -> None:
        """Show files selected in the file manager."""
        folders = {folder_of(path) for path in paths}
        near = [path for path in paths if folder_of(path) in sorted(folders)[:_MOST_FOLDERS]]
        if not near:
            return
        # imported late: the window opens sooner without it
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            self._open_folders(near)
            return
        message = QDBusMessage.createMethodCall(
            "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1", "ShowItems"
        )
        message.setArguments([[uri_of(path) for path in near], ""])
        watcher = QDBusPendingCallWatcher(bus.asyncCall(message), self)

        def answered(call: QDBusPendingCallWatcher) -> None:
            if call.isError():
                self._open_folders(near)
            call.deleteLater()

        watcher.finished.connect(answered)

    def copy_paths(self, paths: Sequence[bytes]) -> None:
        """Put paths on the clipboard as text."""
        QGuiApplication.clipboard().setText("\n".join(shown(path) for path in paths))

    def copy_files(self, paths: Sequence[bytes]) -> None:
        """Put files on the clipboard, to be pasted in a file manager."""
        QGuiApplication.clipboard().setMimeData(clipboard_data(paths))

    def _go(self, path: bytes, way: _Way) -> None:
        match way:
            case _Way.REVEAL:
                self.reveal([path])
            case _Way.OPEN if QDesktopServices.openUrl(QUrl.fromLocalFile(shown(path))):
                pass
            case _:
                self._operations.start(Lane.ERRANDS, lambda _: _open_by_bytes(path), lambda _: None)

    def _open_folders(self, paths: Sequence[bytes]) -> None:
        for folder in sorted({folder_of(path) for path in paths}):
            self._go(folder, _Way.OPEN if _is_utf8(folder) else _Way.OPEN_BY_BYTES)


def _way(path: bytes, _stop: Flag) -> _Way:
    """Decide how a file is opened: what could run as a program is shown in its folder instead.

    Raises:
        PathProblem: It is gone or may not be read.
    """
    try:
        mode = os.stat(path).st_mode
        runs = name_of(path).lower().endswith(b".desktop") or (
            stat.S_ISREG(mode) and mode & stat.S_IXUSR != 0 and _starts_like_a_program(path)
        )
    except OSError as error:
        raise PathProblem(f"{shown(name_of(path))} cannot be opened: {error.strerror}.") from error
    if runs:
        return _Way.REVEAL
    return _Way.OPEN if _is_utf8(path) else _Way.OPEN_BY_BYTES


def _starts_like_a_program(path: bytes) -> bool:
    with open(path, "rb") as file:
        return file.read(4)[:4].startswith((b"#!", b"\x7fELF"))


def _is_utf8(path: bytes) -> bool:
    # Qt turns other bytes into replacement characters, and would open nothing or the wrong file.
    with contextlib.suppress(UnicodeDecodeError):
        path.decode()
        return True
    return False


def _open_by_bytes(path: bytes) -> None:
    """Open a file through a command, which takes the name's bytes as they are.

    Raises:
        WorldProblem: No program could be asked.
    """
    for opener in _OPENERS:
        command = [*(part.encode() for part in opener.split()), path]
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            done = subprocess.run(  # noqa: S603 - a fixed program, the path as its one argument
                command, timeout=_OPEN_TIMEOUT_S, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            if done.returncode == 0:
                return
    raise WorldProblem(
        f"No program could be found to open {shown(name_of(path))}.", "Choose a program for it in the file manager."
    )
