"""Making way for what somebody waits for: processor, disk and memory."""

import contextlib
import ctypes
import os
from collections.abc import Callable

_LOWEST_NICE = 19
_OOM_FIRST = 800
"""Of 1,000: where memory runs out, the kernel ends such a process before nearly all others."""

# From linux/ioprio.h; the C library has no function for it. The numbers of the call: x86-64's and what is generic.
_IOPRIO_SET = {"x86_64": 251, "aarch64": 30, "riscv64": 30, "loongarch64": 30}
_WHO_PROCESS = 1
_CLASS_SHIFT = 13
_BEST_EFFORT, _IDLE = 2, 3
_LAST_OF_BEST_EFFORT = 7


def make_way() -> None:
    """Have this process, and what it starts, run only when nothing else wants processor or disk; see the next one, too.

    The scheduler groups processes by session where they are in no group of another kind, and then compares whole
    groups: a niceness counts only within one, so that of the group is set, too (sched(7), "The autogroup feature").
    """
    give_memory_first()
    _tried(lambda: os.nice(_LOWEST_NICE))
    _tried(lambda: os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0)))
    _tried(lambda: _write("/proc/self/autogroup", _LOWEST_NICE))
    _set_disk_priority(_IDLE, 0)


def give_memory_first() -> None:
    """Have the kernel end this process before nearly all others where memory runs out: it is started again."""
    _tried(lambda: _write("/proc/self/oom_score_adj", _OOM_FIRST))


def read_last() -> None:
    """Have the calling thread's reads and writes come after those of others.

    Not in the idle class, in which they might never come: others wait for the locks that it holds meanwhile. Its share
    of the processor stays as it is, because it holds the interpreter's lock, too, which the window waits for.
    """
    _set_disk_priority(_BEST_EFFORT, _LAST_OF_BEST_EFFORT)


def _set_disk_priority(kind: int, level: int) -> None:
    number = _IOPRIO_SET.get(os.uname().machine)
    if number is not None:  # 0: the calling thread
        ctypes.CDLL(None).syscall(number, _WHO_PROCESS, 0, kind << _CLASS_SHIFT | level)


def _tried(step: Callable[[], object]) -> None:
    with contextlib.suppress(OSError):  # what the system does not grant is done without
        step()


def _write(path: str, value: int) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(str(value))
