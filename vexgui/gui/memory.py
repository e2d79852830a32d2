"""What the window remembers between starts: its size, its panels, recent queries, light or dark."""

import contextlib
import os

from PySide6.QtCore import QByteArray, QSettings

from vexgui.gui.theme import Appearance

_MOST_RECENT = 20


class Memory:
    """Keeps small things in an INI file; with an empty path only as long as the program runs.

    Args:
        state_file: Path of the file, made private to the user, or b"".
    """

    def __init__(self, state_file: bytes) -> None:
        self._file = state_file
        self._settings = QSettings(os.fsdecode(state_file), QSettings.Format.IniFormat) if state_file else None
        self._recent = self._read_recent()

    @property
    def recent(self) -> tuple[str, ...]:
        """Queries that were asked, newest first."""
        return self._recent

    def beside(self, name: bytes) -> bytes:
        """Return the path of a file in the same folder; only its name as long as nothing is kept."""
        return os.path.join(os.path.dirname(self._file), name)

    def remember_query(self, query: str) -> None:
        """Put a query first among the recent ones."""
        others = [earlier for earlier in self._recent if earlier != query]
        self._recent = tuple([query, *others][:_MOST_RECENT])
        self._write("recent", list(self._recent))

    def forget_queries(self) -> None:
        """Forget all recent queries."""
        self._recent = ()
        self._write("recent", [])

    @property
    def appearance(self) -> Appearance:
        """Which palette the user wants."""
        value = self._settings.value("appearance", "") if self._settings else ""
        return next((appearance for appearance in Appearance if appearance.value == value), Appearance.SYSTEM)

    def remember_appearance(self, appearance: Appearance) -> None:
        """Keep which palette the user wants."""
        self._write("appearance", appearance.value)

    def geometry(self, name: str) -> QByteArray:
        """Return the state of a widget that was kept under a name; empty if none was."""
        value = self._settings.value(name) if self._settings else None
        return value if isinstance(value, QByteArray) else QByteArray()

    def remember_geometry(self, name: str, state: QByteArray) -> None:
        """Keep the state of a widget."""
        self._write(name, state)

    def save(self) -> None:
        """Write the file."""
        if self._settings is not None:
            self._settings.sync()
            with contextlib.suppress(OSError):
                os.chmod(self._file, 0o600)

    def _read_recent(self) -> tuple[str, ...]:
        value = self._settings.value("recent") if self._settings else None
        if isinstance(value, str):  # an INI file turns a list of one into the one
            return (value,)
        return tuple(entry for entry in value if isinstance(entry, str)) if isinstance(value, list) else ()

    def _write(self, name: str, value: object) -> None:
        if self._settings is not None:
            self._settings.setValue(name, value)
