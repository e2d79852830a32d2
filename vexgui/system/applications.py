"""Which programs open files of a type, and which of them first.

By the freedesktop.org specification "Association between MIME types and applications" 1.0.1. No library is used for it:
pyxdg reads desktop entries and MIME types, but neither `mimeapps.list` nor `mimeinfo.cache`, and does not make command
lines; GLib's Gio does all of that, and comes to Python only with PyGObject, a compiled binding to another toolkit.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from configparser import ConfigParser, Error
from dataclasses import dataclass, field

from vexgui.core.paths import joined
from vexgui.system.desktop_entry import Application, application_in

_MAX_BYTES = 1 << 20
_MOST_ENTRIES = 5000
_TERMINALS = (("xdg-terminal-exec",), ("x-terminal-emulator", "-e"), ("konsole", "-e"), ("xterm", "-e"))
"""Terminals with what goes before the command that is run in one."""

Associations = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Of each group of a `mimeapps.list` or `mimeinfo.cache`: desktop-file ids by MIME type, in order."""


@dataclass(frozen=True, slots=True)
class Openers:
    """Programs that open a type.

    Attributes:
        usual: The one that is meant for it, or None.
        all: All of them, the usual one first, each once.
    """

    usual: Application | None = None
    all: tuple[Application, ...] = ()


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the desktop keeps what programs say of themselves and what people chose among them, the first counts most.

    Attributes:
        config: Folders of `mimeapps.list`.
        data: Folders whose `applications` hold entries.
        desktops: Names of the desktop that runs, in lower case.
        languages: Languages that names are wanted in.
    """

    config: tuple[bytes, ...]
    data: tuple[bytes, ...]
    desktops: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @classmethod
    def of(cls, environment: Mapping[bytes, bytes]) -> "Folders":
        """Return those that the environment names, by the XDG Base Directory Specification."""
        home = environment.get(b"HOME", b"/")
        config = (
            environment.get(b"XDG_CONFIG_HOME") or joined(home, b".config"),
            *(environment.get(b"XDG_CONFIG_DIRS") or b"/etc/xdg").split(b":"),
        )
        data = (
            environment.get(b"XDG_DATA_HOME") or joined(home, b".local/share"),
            *(environment.get(b"XDG_DATA_DIRS") or b"/usr/local/share:/usr/share").split(b":"),
        )
        desktops = environment.get(b"XDG_CURRENT_DESKTOP", b"").decode("ascii", "ignore").lower().split(":")
        return cls(_absolute(config), _absolute(data), tuple(filter(None, desktops)), _languages(environment))


@dataclass(slots=True)
class Applications:
    """The programs that are installed, as they are found when they are asked for."""

    folders: Folders
    path: str | None = None
    """Where programs are looked for, as in $PATH; None for the environment's."""
    _entries: dict[str, Application | None] = field(default_factory=dict)

    def for_types(self, types: Sequence[Sequence[str]]) -> Openers:
        """Return the programs that open a type.

        Args:
            types: The names of the type, then those of each type that it is a kind of, the nearest first.
        """
        usual: Application | None = None
        found: dict[str, Application] = {}
        for names in types:
            usual = usual or self._default(names)
            found |= {one.id: one for entry in self._associated(names) if (one := self._usable(entry)) is not None}
        usual = usual or next(iter(found.values()), None)
        if usual is not None:
            found = {usual.id: usual} | found
        return Openers(usual, tuple(found.values()))

    def terminal(self) -> tuple[str, ...]:
        """Return what goes before a command that is run in a terminal; () where there is none."""
        return next((words for words in _TERMINALS if shutil.which(words[0], path=self.path)), ())

    def _default(self, names: Sequence[str]) -> Application | None:
        """Return the program that somebody chose for a type."""
        for _, _, chosen in self._levels():
            for list_of in chosen:
                for entry in _of(list_of.get("Default Applications", {}), names):
                    if (one := self._usable(entry)) is not None:
                        return one
        return None

    def _associated(self, names: Sequence[str]) -> Iterator[str]:
        """Yield the ids of programs for a type, but for those that a place that counts more takes away."""
        removed: set[str] = set()
        for associations, folder, _ in self._levels():
            for entry in _of(associations.get("Added Associations", {}), names):
                if entry not in removed:
                    yield entry
            removed.update(_of(associations.get("Removed Associations", {}), names))
            if folder:
                yield from (entry for entry in self._declaring(folder, names) if entry not in removed)

    def _levels(self) -> Iterator[tuple[Associations, bytes, tuple[Associations, ...]]]:
        """Yield the places where programs are associated with types, what counts most first.

        Of each: its `mimeapps.list`, its folder of entries if it has one, and all its lists that choose defaults.
        """
        for folder, entries in (
            *((folder, b"") for folder in self.folders.config),
            *((joined(folder, b"applications"),) * 2 for folder in self.folders.data),
        ):
            common = _associations(joined(folder, b"mimeapps.list"))
            # A list for one desktop can only choose defaults.
            own = (_associations(joined(folder, f"{name}-mimeapps.list".encode())) for name in self.folders.desktops)
            yield common, entries, (*own, common)

    def _declaring(self, folder: bytes, names: Sequence[str]) -> Iterator[str]:
        """Yield the ids of entries in a folder that say that they open a type."""
        cache = joined(folder, b"mimeinfo.cache")
        if os.path.exists(cache):
            yield from _of(_associations(cache).get("MIME Cache", {}), names)
            return
        for entry in _ids_in(folder):
            one = self._usable(entry)
            if one is not None and not set(names).isdisjoint(one.types):
                yield entry

    def _usable(self, entry: str) -> Application | None:
        """Return a program by its id, if it is installed and can run."""
        if entry not in self._entries:
            found = self._read(entry)
            self._entries[entry] = found if found is not None and self._runs(found) else None
        return self._entries[entry]

    def _runs(self, one: Application) -> bool:
        needed = filter(None, (one.needs, one.program))
        return all(shutil.which(program, path=self.path) for program in needed) and (
            not one.in_terminal or bool(self.terminal())
        )

    def _read(self, entry: str) -> Application | None:
        """Return what the first entry of an id says: one that counts more hides the others, also as "Hidden"."""
        if "/" in entry:
            return None
        for folder in self.folders.data:
            for name in _files_of(entry):
                file = joined(joined(folder, b"applications"), name)
                text = _text(file)
                if text:
                    return application_in(text, entry, file, self.folders.languages)
        return None


def _absolute(folders: Iterable[bytes]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(folder for folder in folders if folder.startswith(b"/")))


def _languages(environment: Mapping[bytes, bytes]) -> tuple[str, ...]:
    """Return the languages of messages as entries write them: "de_AT@euro", "de_AT", "de"."""
    names = (environment.get(name, b"") for name in (b"LC_ALL", b"LC_MESSAGES", b"LANG"))
    locale = next(filter(None, names), b"").decode("ascii", "ignore")
    whole, _, variant = locale.partition("@")
    place = whole.partition(".")[0]
    wanted = (f"{place}@{variant}" if variant else "", place, place.partition("_")[0])
    return tuple(dict.fromkeys(filter(None, wanted)))


def _of(associations: Mapping[str, tuple[str, ...]], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield from associations.get(name, ())


def _associations(file: bytes) -> Associations:
    """Return what a list of associations says; nothing where it is missing or damaged."""
    parser = ConfigParser(interpolation=None, strict=False, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[method-assign,assignment]  # the documented way to keep capital letters
    try:
        parser.read_string(_text(file))
    except Error:
        return {}
    return {
        group: {name: tuple(filter(None, entries.split(";"))) for name, entries in parser.items(group)}
        for group in parser.sections()
    }


def _text(file: bytes) -> str:
    try:
        with open(file, "rb") as opened:
            return opened.read(_MAX_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""


def _files_of(entry: str) -> Iterator[bytes]:
    """Yield the names that the file of an id may have: each hyphen may stand for a folder's end."""
    name = entry
    while name:
        yield name.encode()
        at = name.find("-")
        name = "" if at < 0 else f"{name[:at]}/{name[at + 1 :]}"


def _ids_in(folder: bytes) -> Iterator[str]:
    """Yield the ids of the entries that lie in a folder or beneath it."""
    seen = 0
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith(b".desktop") and (seen := seen + 1) <= _MOST_ENTRIES:
                yield os.path.relpath(joined(place, name), folder).decode("utf-8", "replace").replace("/", "-")
