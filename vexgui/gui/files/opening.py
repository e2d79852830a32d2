"""How a file is opened: never run, by the desktop's choice of program or by one that the user chose."""

import contextlib
import os
import stat
import subprocess
from collections.abc import Sequence
from enum import Enum
from threading import Event as Flag

from vexgui.core.errors import PathProblem, WorldProblem
from vexgui.core.paths import name_of, shown
from vexgui.gui.files.types import TypeNames, runs_when_opened, type_names
from vexgui.gui.language import tr, translated
from vexgui.system.applications import Applications, Folders
from vexgui.system.desktop_entry import Application, command_lines
from vexgui.system.launching import for_others, start_detached

_OPENERS = ("gio open", "xdg-open")
_OPEN_TIMEOUT_S = 30.0
MOST_OPENED = 20
"""Files that are opened at once; more would bury the desktop in windows."""
_MOST_ASKED = 50


class Way(Enum):
    """How a file is opened."""

    OPEN = "open"
    OPEN_BY_BYTES = "open by bytes"
    REVEAL = "reveal"


def way_of(path: bytes, _stop: Flag) -> Way:
    """Decide how a file is opened: what could run as a program is shown in its folder instead.

    Raises:
        PathProblem: It is gone or may not be read.
    """
    try:
        mode = os.stat(path).st_mode
        runs = name_of(path).lower().endswith(b".desktop") or (stat.S_ISREG(mode) and _runs(path, mode))
    except OSError as error:
        raise _cannot_open(path, error) from error
    if runs:
        return Way.REVEAL
    return Way.OPEN if is_utf8(path) else Way.OPEN_BY_BYTES


def is_utf8(path: bytes) -> bool:
    """Tell whether Qt can name a file: other bytes it replaces, and would open nothing or the wrong file."""
    with contextlib.suppress(UnicodeDecodeError):
        path.decode()
        return True
    return False


def open_by_bytes(path: bytes) -> None:
    """Open a file through a command, which takes the name's bytes as they are.

    Raises:
        WorldProblem: No program could be asked.
    """
    for opener in _OPENERS:
        command = [*(part.encode() for part in opener.split()), path]
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            done = subprocess.run(  # noqa: S603 - a fixed program, the path as its one argument
                command,
                timeout=_OPEN_TIMEOUT_S,
                check=False,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=for_others(os.environb),
            )
            if done.returncode == 0:
                return
    raise WorldProblem(
        tr("No program could be found to open {name}.").format(name=shown(name_of(path))),
        tr("Choose a program for it in the file manager."),
    )


def openers_of(paths: Sequence[bytes], stop: Flag) -> tuple[Application, ...]:
    """Return the programs that can open all of some files, the usual one first.

    Raises:
        PathProblem: One of the files is gone or may not be read.
    """
    installed = Applications(Folders.of(os.environb))
    known: dict[TypeNames, tuple[Application, ...]] = {}
    for path in paths[:_MOST_ASKED]:
        if stop.is_set():
            return ()
        try:
            names = type_names(path)
        except OSError as error:
            raise _cannot_open(path, error) from error
        if names not in known:
            known[names] = installed.for_types(names).all
    common = list(known.values())
    first = common[0] if common else ()
    return tuple(one for one in first if all(one in others for others in common))


def open_with(application: Application, paths: Sequence[bytes]) -> None:
    """Open files in a program.

    Raises:
        PathProblem: One of the files is gone.
        WorldProblem: It could not be started.
    """
    few = paths[:MOST_OPENED]
    for path in few:
        if not os.path.exists(path):
            raise PathProblem(
                tr("{name} cannot be opened: it is not there any more.").format(name=shown(name_of(path)))
            )
    prefix = Applications(Folders((), ())).terminal() if application.in_terminal else ()
    for words in command_lines(application, few):
        start_detached(
            (*(word.encode() for word in prefix), *words),
            name=application.name,
            folder=application.folder,
            environment=os.environb,
        )


def _runs(path: bytes, mode: int) -> bool:
    return (mode & stat.S_IXUSR != 0 and _starts_like_a_program(path)) or runs_when_opened(path)


def _starts_like_a_program(path: bytes) -> bool:
    with open(path, "rb") as file:
        return file.read(4)[:4].startswith((b"#!", b"\x7fELF"))


def _cannot_open(path: bytes, error: OSError) -> PathProblem:
    reason = tr("{name} cannot be opened: {reason}.")
    return PathProblem(reason.format(name=shown(name_of(path)), reason=translated(error.strerror or "")))
