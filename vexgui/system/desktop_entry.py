"""Programs as their desktop entries describe them, and the command lines by which they open files.

By the Desktop Entry Specification 1.5 of freedesktop.org. An entry comes from the folders where programs are installed,
never from among a user's documents. No shell sees a command line: each argument is handed over as it is, so that no
name of a file can mean anything else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vexgui.core.paths import uri_of

_GROUP = "Desktop Entry"
_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
_ESCAPE = re.compile(r"\\(.)")
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\s"]+)')
_QUOTED_ESCAPE = re.compile(r'\\(["`$\\])')
_CODE = re.compile(rb"%(.)")
_ONE_FILE, _ALL_FILES = frozenset({"%f", "%u"}), frozenset({"%F", "%U"})


@dataclass(frozen=True, slots=True)
class Application:
    """A program that can open files.

    Attributes:
        id: Its desktop-file id: "org.gnome.eog.desktop".
        file: Where its entry lies.
        name: What a person calls it, in their language where the entry has it.
        icon: Name of its icon, or "".
        command: Its `Exec` line, as the entry has it.
        needs: What must be installed for it to run, its `TryExec`, or "".
        folder: Where it runs, or "".
        in_terminal: Whether it needs a terminal.
        types: MIME types that it opens.
    """

    id: str
    file: bytes
    name: str
    icon: str
    command: str
    needs: str
    folder: str
    in_terminal: bool
    types: tuple[str, ...]

    @property
    def program(self) -> str:
        """The program that its command line begins with, or ""."""
        return next(iter(words_of(self.command)), "")


def application_in(text: str, entry_id: str, file: bytes, languages: Sequence[str]) -> Application | None:
    """Return the program that an entry describes; None where it describes none, or says that there is none.

    Args:
        text: The entry.
        entry_id: Its desktop-file id.
        file: Where it lies.
        languages: Languages a name is wanted in, the best first: "de_AT", "de".
    """
    keys = dict(_keys(text))
    if keys.get("Type") != "Application" or keys.get("Hidden") == "true" or not keys.get("Exec"):
        return None
    names = (keys.get(f"Name[{language}]") for language in languages)
    return Application(
        id=entry_id,
        file=file,
        name=_plain(next(filter(None, names), keys.get("Name", entry_id))),
        icon=_plain(keys.get("Icon", "")),
        command=_plain(keys["Exec"]),
        needs=_plain(keys.get("TryExec", "")),
        folder=_plain(keys.get("Path", "")),
        in_terminal=keys.get("Terminal") == "true",
        types=tuple(filter(None, keys.get("MimeType", "").split(";"))),
    )


def words_of(command: str) -> tuple[str, ...]:
    """Return the arguments of an `Exec` line, its quotes removed."""
    return tuple(
        _QUOTED_ESCAPE.sub(r"\1", found[1]) if found[1] is not None else found[2] for found in _WORD.finditer(command)
    )


def command_lines(application: Application, paths: Sequence[bytes]) -> tuple[tuple[bytes, ...], ...]:
    """Return the arguments of each process that is to be started so that a program opens some files.

    A program that takes one file at a time is started once for each. One that names no place for a file is given the
    files at the end, as file managers do.
    """
    words = words_of(application.command)
    if not words or not paths:
        return ()
    if not _ONE_FILE.isdisjoint(_codes_in(words)):
        return tuple(tuple(_expanded(words, application, [path])) for path in paths)
    if _ALL_FILES.isdisjoint(words):
        words = (*words, "%F")
    return (tuple(_expanded(words, application, paths)),)


def _codes_in(words: Sequence[str]) -> set[str]:
    return {f"%{code}" for word in words for code in re.findall(r"%(.)", word)}


def _expanded(words: Sequence[str], application: Application, paths: Sequence[bytes]) -> Iterator[bytes]:
    """Yield the arguments that an `Exec` line's words stand for."""
    for word in words:
        match word:
            case "%F":
                yield from paths
            case "%U":
                yield from (uri_of(path).encode() for path in paths)
            case "%i":
                yield from (b"--icon", application.icon.encode()) if application.icon else ()
            case _:
                said = _CODE.sub(lambda found: _said(found[1], application, paths), word.encode())
                # What stood for nothing is no argument: the codes that the specification has given up are such.
                if said or not word.startswith("%"):
                    yield said


def _said(code: bytes, application: Application, paths: Sequence[bytes]) -> bytes:
    """Return what a code within an argument stands for."""
    match code:
        case b"f":
            return paths[0]
        case b"u":
            return uri_of(paths[0]).encode()
        case b"c":
            return application.name.encode()
        case b"k":
            return application.file
        case b"%":
            return b"%"
        case _:
            return b""


def _keys(text: str) -> Iterator[tuple[str, str]]:
    """Yield the keys of an entry's own group with their values, as they are written."""
    group = ""
    for line in text.splitlines():
        if line.startswith("["):
            group = line.strip().strip("[]")
        elif group == _GROUP and not line.startswith("#"):
            key, sign, value = line.partition("=")
            if sign:
                yield key.strip(), value.strip()


def _plain(value: str) -> str:
    """Return a value with its escapes resolved; of what is no escape the specification knows, all is kept."""
    return _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[0]), value)
