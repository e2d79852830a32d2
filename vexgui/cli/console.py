"""This process's own standard streams as a terminal."""

import os
from collections.abc import Iterator

from vexgui.core.errors import WorldProblem
from vexgui.engine.terminal import Terminal

_STANDARD = (_IN, _OUT, _ERR) = (0, 1, 2)
_USUAL_COLUMNS = 80


def console() -> Terminal:
    """Return the terminal that the user sees."""
    _fill_closed_streams()
    return Terminal(
        out=_write_out,
        err=_write_err,
        lines=_lines(),
        cwd=_current_folder(),
        bold=os.isatty(_OUT) and os.environ.get("TERM", "dumb") != "dumb",
        columns=_columns(),
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


def _current_folder() -> bytes:
    try:
        return os.getcwdb()
    except OSError:  # it has been deleted; absolute paths still mean what they say
        return b"/"


def _columns() -> int:
    try:
        return os.get_terminal_size(_ERR).columns or _USUAL_COLUMNS
    except OSError:
        return 0
