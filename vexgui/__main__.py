"""The command ``vexgui``."""

import gc
import os
import sys
import threading
from contextlib import suppress
from typing import NoReturn


def main() -> None:
    """Run the command line and end the process with its exit code."""
    gc.disable()  # nothing of what is loaded is garbage: to look for some takes a sixth of the time of a short command
    try:
        from vexgui import app  # loaded only now, for that reason
    except KeyboardInterrupt:
        sys.exit(1)  # as a command that is interrupted

    code = app.main(sys.argv[1:])
    if any(thread.daemon for thread in threading.enumerate()):
        _end_at_once(code)
    sys.exit(code)


def _end_at_once(code: int) -> NoReturn:
    """End the process though a thread is left, which a disk or a large picture keeps and which may go on at any time.

    So what it uses is not taken apart under it, neither Python nor the libraries; all that has an end of its own has
    been closed before.
    """
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
