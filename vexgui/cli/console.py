"""This process's own standard streams as a terminal."""

import os
import select
from collections.abc import Iterator
from functools import partial
from threading import Event as Flag

from vexgui.core.errors import WorldProblem
from vexgui.engine.terminal import Terminal

_STANDARD = (_IN, _OUT, _ERR) = (0, 1, 2)
_USUAL_COLUMNS = 80
_LOOK_EVERY_S = 0.1
_MOST_TYPED = 4096


def console() -> Terminal:
    """Return the terminal that the user sees."""
    _fill_closed_streams()
    stop = Flag()
    return Terminal(
        out=_write_out,
        err=_write_err,
        lines=_lines(),
        cwd=_current_folder(),
        bold=os.isatty(_OUT) and os.environ.get("TERM", "dumb") != "dumb",
        columns=_columns(),
        stop=stop,
        activation=_activation(),
        ask=partial(_ask, stop) if os.isatty(_IN) and os.isatty(_ERR) else None,
    )


def _fill_closed_streams() -> None:
    """Open nothing in place of closed streams, lest the next file opened should take their numbers and our output."""
    for descriptor in _STANDARD:
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _write_out(text: str) -> None:
    try:
        _write(_OUT, text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WorldProblem(
            f"The answer could not be written ({error.strerror}).", "See to where the output goes, and run it again."
        ) from error


def _write_err(text: str) -> None:
    try:
        _write(_ERR, text)
    except OSError:
        return  # there is no one left to tell


def _write(descriptor: int, text: str) -> None:
    view = memoryview(text.encode("utf-8", "replace"))
    while view:
        view = view[os.write(descriptor, view) :]


def _lines() -> Iterator[str]:
    with open(_IN, "rb", closefd=False) as stream:
        for line in stream:
            yield line.decode("utf-8", "replace").rstrip("\r\n")


def _ask(stop: Flag, question: str) -> str:
    _write_err(question)
    return answered(_IN, stop)


def answered(descriptor: int, stop: Flag) -> str:
    """Return the next line of a terminal without its end; "" at its end, or when the command is stopped meanwhile."""
    while not stop.is_set():
        ready, _, _ = select.select([descriptor], [], [], _LOOK_EVERY_S)
        if ready:
            return os.read(descriptor, _MOST_TYPED).decode("utf-8", "replace").rstrip("\r\n")
    return ""


def _current_folder() -> bytes:
    try:
        return os.getcwdb()
    except OSError:  # it has been deleted; absolute paths still mean what they say
        return b"/"


def _activation() -> str:
    """Return what a launcher gave this program so that its window may come to the front (Wayland, X11)."""
    return os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID", "")


def _columns() -> int:
    try:
        return os.get_terminal_size(_ERR).columns or _USUAL_COLUMNS
    except OSError:
        return 0
