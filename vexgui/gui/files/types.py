"""Which MIME type a file has, by the desktop's database, and whether opening it would run it."""

import os

from PySide6.QtCore import QFile, QIODevice, QMimeDatabase, QMimeType

from vexgui.core.paths import decoded, name_of
from vexgui.system.opening import open_regular

_ANYTHING = "application/octet-stream"
_RUNNING = (
    "application/x-executable",
    "application/x-sharedlib",
    "application/x-pie-executable",
    "application/x-elf",  # all that Qt's own database, for desktops without one, knows of an AppImage
    "application/x-ms-dos-executable",
    "application/x-msdownload",
    "application/vnd.microsoft.portable-executable",
    "application/x-msi",
    "application/x-java-archive",
    "application/java-archive",
    "application/vnd.appimage",
    "application/x-iso9660-appimage",
    "application/vnd.flatpak.ref",
)
"""Types that desktops run or install where they are opened, by an interpreter, too."""
_LAUNCHER = "application/x-desktop"
_TEXT = "text/plain"

TypeNames = tuple[tuple[str, ...], ...]
"""The names of a file's type, then those of each type that it is a kind of, the nearest first."""


def type_names(path: bytes) -> TypeNames:
    """Return the names of a file's type and of what it is a kind of.

    Raises:
        OSError: It is gone, may not be read, or is not a regular file.
    """
    database = QMimeDatabase()
    found = _type_of(path, database)
    kinds = (database.mimeTypeForName(name) for name in found.allAncestors() if name != _ANYTHING)
    return tuple((kind.name(), *kind.aliases()) for kind in (found, *kinds) if kind.isValid())


def runs_when_opened(path: bytes) -> bool:
    """Tell whether opening a file would run or install something.

    Raises:
        OSError: It is gone, may not be read, or is not a regular file.
    """
    found = _type_of(path, QMimeDatabase())
    # A script is a kind of program to the database; it opens in an editor unless it may be executed.
    return found.inherits(_LAUNCHER) or (not found.inherits(_TEXT) and any(found.inherits(name) for name in _RUNNING))


def _type_of(path: bytes, database: QMimeDatabase) -> QMimeType:
    file = QFile()
    # By descriptor, because Qt cannot name a file whose name is not UTF-8.
    descriptor = open_regular(os.path.realpath(path))
    file.open(descriptor, QIODevice.OpenModeFlag.ReadOnly, QFile.FileHandleFlag.AutoCloseHandle)
    try:
        return database.mimeTypeForFileNameAndData(decoded(name_of(path)), file)
    finally:
        file.close()
