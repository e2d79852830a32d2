"""How many files this process has open."""

import gc
import os


def open_files() -> int:
    """Return how many descriptors are open, once those are closed that other tests left for the collector."""
    gc.collect()
    return len(os.listdir("/proc/self/fd"))
