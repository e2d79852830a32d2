"""What searching takes of the memory: as Linux tells it of this process."""

import os
import re

_HEAD = re.compile(rb"[0-9a-f]+-[0-9a-f]+ \S+ [0-9a-f]+ \S+ \d+ *(?P<path>.*)")


def mapped_bytes(folder: bytes) -> int:
    """Return how much of the files in a folder is mapped and in memory."""
    total, counts = 0, False
    with open("/proc/self/smaps", "rb") as file:
        for line in file:
            head = _HEAD.match(line)
            if head:
                counts = os.path.commonpath((folder, head["path"])) == folder if head["path"][:1] == b"/" else False
            elif counts and line.startswith(b"Rss:"):
                total += int(line.split()[1]) * 1024
    return total


def private_bytes() -> int:
    """Return how much memory the process has that is no file's."""
    with open("/proc/self/smaps_rollup", "rb") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith(b"Anonymous:"))
