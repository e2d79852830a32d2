"""How much memory the machine has to spare."""

import contextlib


def available_bytes() -> int:
    """Return how much memory programs can still take without others being put out of it; 0 where that is not known."""
    with contextlib.suppress(OSError, ValueError, IndexError), open("/proc/meminfo", encoding="ascii") as file:
        for line in file:
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return 0
