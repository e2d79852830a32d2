"""How much memory the machine has, and has to spare, and how much of it a process may take."""

import contextlib
import ctypes
import resource


def available_bytes() -> int:
    """Return how much memory programs can still take without others being put out of it; 0 where that is not known."""
    return _told("MemAvailable")


def bound_memory(share: float, least_bytes: int) -> None:
    """Have this process fail to allocate more than a share of the machine's memory, where it is known.

    What counts is what only this process can write to, not what it maps of files: see RLIMIT_DATA in getrlimit(2).

    Args:
        share: Of all memory, 0 to 1.
        least_bytes: That much is allowed anyhow.
    """
    if total := _told("MemTotal"):
        most = max(least_bytes, int(total * share))
        with contextlib.suppress(OSError, ValueError):  # a lower bound is in force already
            resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def give_back() -> None:
    """Return memory that was freed to the system: the C library keeps much of it for what may come."""
    with contextlib.suppress(OSError, AttributeError):  # another C library has no such call
        ctypes.CDLL(None).malloc_trim(0)


def _told(name: str) -> int:
    """Return what the kernel says of memory, bytes; 0 where it does not."""
    with contextlib.suppress(OSError, ValueError, IndexError), open("/proc/meminfo", encoding="ascii") as file:
        for line in file:
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
    return 0
