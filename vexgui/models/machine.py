"""This machine: what its processor is, and files of what was measured on it."""

import contextlib
import json
import os
import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vexgui.core.errors import WorldProblem
from vexgui.core.paths import folder_of
from vexgui.system.atomic import replace_file

_GOOD_FOR_S = 30 * 86_400.0
"""What was measured while other programs were at work is not believed for ever."""


def processor() -> str:
    """Return what the processor calls itself."""
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def processors() -> str:
    """Return how many processors there are to use, and what they call themselves."""
    return f"{len(os.sched_getaffinity(0))} × {processor()}"


@dataclass(frozen=True, slots=True)
class Measurements:
    """A file with a JSON object of what was measured, and when; what is lost of it can be measured again.

    Attributes:
        path: The file, in a folder that need not be there.
        clock: Seconds since 1970.
    """

    path: bytes
    clock: Callable[[], float] = time.time

    def read(self) -> dict[str, Any]:
        """Return what was measured in the last thirty days: nothing while there is no file, or a damaged one."""
        return {name: entry["found"] for name, entry in self._recent().items()}

    def add(self, found: Mapping[str, object]) -> None:
        """Keep what was found, by name, in place of what was before; where that cannot be written nothing happens."""
        added = {name: {"at_s": round(self.clock()), "found": value} for name, value in found.items()}
        with contextlib.suppress(WorldProblem, OSError):
            os.makedirs(folder_of(self.path), exist_ok=True)
            replace_file(self.path, json.dumps(self._recent() | added, indent=1, sort_keys=True).encode())

    def _recent(self) -> dict[str, dict[str, Any]]:
        try:
            with open(self.path, "rb") as file:
                kept = json.load(file)
        except (OSError, ValueError, RecursionError):
            return {}
        return {name: entry for name, entry in kept.items() if self._is_recent(entry)} if isinstance(kept, dict) else {}

    def _is_recent(self, entry: object) -> bool:
        match entry:
            case {"at_s": int(at_s), "found": _}:
                return abs(self.clock() - at_s) < _GOOD_FOR_S  # one of the future was stamped by a clock gone wrong
        return False
