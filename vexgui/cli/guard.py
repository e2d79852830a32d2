"""The edge of every command: what it raises becomes a sentence and an exit code."""

import logging
from collections.abc import Callable

from vexgui.core.errors import VexError
from vexgui.core.paths import shown
from vexgui.engine.terminal import Terminal

DONE = 0
NOT_ALL = 1
_OUR_MISTAKE = 3

_log = logging.getLogger(__name__)


def guarded(command: Callable[[], int], terminal: Terminal, log: bytes = b"") -> int:
    """Run a command; turn what it raises into a sentence and an exit code."""
    try:
        return command()
    except VexError as error:
        return told(error, terminal)
    except BrokenPipeError:
        return NOT_ALL
    except KeyboardInterrupt:
        terminal.err("Interrupted.\n")
        return NOT_ALL
    except Exception:  # noqa: BLE001 - the top of a command
        _log.exception("a command failed")
        where = f" {shown(log)} has the details." if log else ""
        terminal.err(f"vexgui: Something went wrong inside VexGUI.{where}\n")
        return _OUR_MISTAKE


def told(error: VexError, terminal: Terminal) -> int:
    """Tell the user about an error, and return its exit code."""
    terminal.err(f"vexgui: {error}\n")
    return error.exit_code
