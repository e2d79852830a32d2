"""The decoder process: reads files that nobody vouches for, bounded in memory and time, and with no rights.

Run as ``python -m vexgui.extract.decoder MEMORY_BYTES CPU_S PRIORITY``; PRIORITY is "idle" or "normal". What it
answers is in `vexgui.extract.worker`; "spent" is added by a process that should answer no more.
"""

import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from vexgui.system.child import serve
from vexgui.system.frames import Frame
from vexgui.system.priority import give_memory_first, make_way
from vexgui.system.sandbox import give_up_rights, program_files

_MOST_OPEN_FILES = 128
"""Enough for a few dozen libraries and fonts at once."""
_MOST_LEFT_OPEN = _MOST_OPEN_FILES // 2
"""Where a library leaves more open than that, the files that are read after it would suffer for it."""


def main() -> None:
    """Confine this process, then answer requests until the program closes the channel."""
    serve(confined(_handle))


def confined(handle: Callable[[Frame], Frame]) -> Callable[[Frame], Frame]:
    """Bound this process and give up its rights; return what answers requests, each within its processor time.

    Args:
        handle: What answers. It loads its libraries only then, so that what these do when they are loaded, and the
            threads they start, are held to the same.
    """
    memory_bytes, cpu_s, priority = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    for limit, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _MOST_OPEN_FILES),
    ):
        _bound(limit, most, most)
    give_memory_first()
    if priority == "idle":
        make_way()
    give_up_rights(program_files())

    def answer(request: Frame) -> Frame:
        spent_s = int(time.process_time()) + 1
        _bound(resource.RLIMIT_CPU, spent_s + cpu_s, resource.RLIM_INFINITY)
        answered = handle(request)
        return replace(answered, header={**answered.header, "spent": True}) if _is_spent() else answered

    return answer


def _is_spent() -> bool:
    """Tell whether so many files have been left open that there is little room for others."""
    try:
        lowest = os.dup(0)  # the kernel gives the lowest number that is free
    except OSError:
        return True
    os.close(lowest)
    return lowest > _MOST_LEFT_OPEN


def _bound(limit: int, soft: int, hard: int) -> None:
    """Set a limit of this process, below one that it was started with."""
    _, before = resource.getrlimit(limit)
    soft, hard = (before if each == resource.RLIM_INFINITY else each for each in (soft, hard))
    if before != resource.RLIM_INFINITY:
        soft, hard = min(soft, before), min(hard, before)
    resource.setrlimit(limit, (soft, hard))


def _handle(request: Frame) -> Frame:
    from vexgui.extract.worker import handle

    return handle(request)


if __name__ == "__main__":
    main()
