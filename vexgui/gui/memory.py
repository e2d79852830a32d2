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
        if state_file:
            _make_private(state_file)  # before anything stands in it: Qt writes whenever it has time
        self._settings = QSettings(os.fsdecode(state_file), QSettings.Format.IniFormat) if state_file else None
        self._passing: dict[str, object] = {}
        self._recent = self._read_recent()

    @property
    def recent(self) -> tuple[str, ...]:
        """Queries that were asked, newest first."""
        return self._recent

    def beside(self, name: bytes) -> bytes:
        """Return the path of a file in the same folder; only its name as long as nothing is kept."""
        return os.path.join(os.path.dirname(self._file), name)

    @property
    def remembers_queries(self) -> bool:
        """Whether queries are remembered."""
        return self._flag("remembers_queries") is not False

    def remember_remembering(self, remembers: bool) -> None:  # noqa: FBT001 - the value itself
        """Keep whether queries are remembered from now on."""
        self._write("remembers_queries", remembers)

    def remember_query(self, query: str) -> None:
        """Put a query first among the recent ones, if they are remembered."""
        if not self.remembers_queries:
            return
        others = [earlier for earlier in self._recent if earlier != query]
        self._recent = tuple([query, *others][:_MOST_RECENT])
        self._write("recent", list(self._recent))

    def forget_query(self, query: str) -> None:
        """Forget one of the recent queries."""
        self._recent = tuple(earlier for earlier in self._recent if earlier != query)
        self._write("recent", list(self._recent))

    def forget_queries(self) -> None:
        """Forget all recent queries."""
        self._recent = ()
        self._write("recent", [])

    @property
    def appearance(self) -> Appearance:
        """Which palette the user wants."""
        value = self._value("appearance")
        return next((appearance for appearance in Appearance if appearance.value == value), Appearance.SYSTEM)

    def remember_appearance(self, appearance: Appearance) -> None:
        """Keep which palette the user wants."""
        self._write("appearance", appearance.value)

    @property
    def stays(self) -> bool:
        """Whether the program keeps running when its window is closed, where the desktop has a tray."""
        return self._flag("stays") is True

    def remember_staying(self, stays: bool) -> None:  # noqa: FBT001 - the value itself
        """Keep whether the program keeps running when its window is closed."""
        self._write("stays", stays)

    @property
    def told_of_staying(self) -> bool:
        """Whether the user was told once that the program keeps running."""
        return self._flag("told_of_staying") is True

    def remember_told_of_staying(self) -> None:
        """Keep that the user was told."""
        self._write("told_of_staying", value=True)

    def wish(self, panel: str) -> bool | None:
        """Whether the user wants a panel shown; None as long as it was not said."""
        return self._flag(f"shows_{panel}")

    def remember_wish(self, panel: str, shown: bool | None) -> None:  # noqa: FBT001 - the value itself
        """Keep whether the user wants a panel shown."""
        if shown is not None:
            self._write(f"shows_{panel}", shown)

    def geometry(self, name: str) -> QByteArray:
        """Return the state of a widget that was kept under a name; empty if none was."""
        value = self._value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def remember_geometry(self, name: str, state: QByteArray) -> None:
        """Keep the state of a widget."""
        self._write(name, state)

    def choice(self, name: str) -> str:
        """Return a word that was kept under a name, "" if none was."""
        value = self._value(name)
        return value if isinstance(value, str) else ""

    def remember_choice(self, name: str, word: str) -> None:
        """Keep a word."""
        self._write(name, word)

    def save(self) -> None:
        """Write the file."""
        if self._settings is not None:
            self._settings.sync()

    def _flag(self, name: str) -> bool | None:
        value = self._value(name)
        # In an INI file a truth is a word.
        return {"true": True, "false": False}.get(str(value).lower())

    def _read_recent(self) -> tuple[str, ...]:
        value = self._value("recent")
        if isinstance(value, str):  # an INI file turns a list of one into the one
            return (value,)
        return tuple(entry for entry in value if isinstance(entry, str)) if isinstance(value, list) else ()

    def _value(self, name: str) -> object:
        return self._passing.get(name) if self._settings is None else self._settings.value(name)

    def _write(self, name: str, value: object) -> None:
        if self._settings is None:
            self._passing[name] = value
        else:
            self._settings.setValue(name, value)


def _make_private(path: bytes) -> None:
    """Have a file that only its user may read; where that cannot be, nothing can be kept either."""
    with contextlib.suppress(OSError):
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))
        os.chmod(path, 0o600)
