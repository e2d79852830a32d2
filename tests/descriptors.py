"""How many files this process has open."""

import gc
import os
from contextlib import suppress

from vexgui.core.paths import lies_in


def open_files() -> int:
    """Return how many descriptors are open, once those are closed that other tests left for the collector."""
    gc.collect()
    return len(os.listdir("/proc/self/fd"))


def open_beneath(folder: bytes) -> int:
    """Return how many descriptors of files beneath a folder are open, whatever threads of other tests open or close."""
    gc.collect()
    open_now: list[bytes] = []
    for name in os.listdir(b"/proc/self/fd"):
        with suppress(FileNotFoundError):  # that of the list itself
            open_now.append(os.readlink(b"/proc/self/fd/" + name))
    return sum(lies_in(path, folder) for path in open_now)
