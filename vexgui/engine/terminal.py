"""What a command speaks to: the terminal of this process or of a client's."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Event as Flag


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where a command reads and writes; it never touches this process's own streams.

    Attributes:
        out: Writes text to standard output. Raises BrokenPipeError when no one reads it any more.
        err: Writes text to standard error. Never raises, because events from any thread end up here.
        lines: Standard input, a line at a time, without line ends.
        cwd: The caller's current folder, absolute.
        bold: Whether standard output shows bold text.
        columns: Width of the screen that shows standard error; 0 when it is not a screen.
        stop: Set when the caller wants the command to end.
        activation: What the desktop gave the caller so that a window may come to the front for it, or "".
        ask: Shows a question and returns the line that is typed, "" when none comes; None when nobody can be asked.
    """

    out: Callable[[str], None]
    err: Callable[[str], None]
    lines: Iterable[str] = ()
    cwd: bytes = b"/"
    bold: bool = False
    columns: int = 0
    stop: Flag = field(default_factory=Flag)
    activation: str = ""
    ask: Callable[[str], str] | None = None
