"""This machine: what its processor is, and files of what was measured on it."""

import contextlib
import json
import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vexgui.core.errors import WorldProblem
from vexgui.core.paths import folder_of
from vexgui.system.atomic import replace_file


def processor() -> str:
    """Return what the processor calls itself."""
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


@dataclass(frozen=True, slots=True)
class Measurements:
    """A file with a JSON object of what was measured; what is lost of it can be measured again.

    Attributes:
        path: The file, in a folder that need not be there.
    """

    path: bytes

    def read(self) -> dict[str, Any]:
        """Return what the file holds: nothing while it is not there, or when it is damaged."""
        try:
            with open(self.path, "rb") as file:
                kept = json.load(file)
        except (OSError, ValueError, RecursionError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def add(self, entries: Mapping[str, object]) -> None:
        """Keep entries in place of those of the same names; where that cannot be written nothing happens."""
        with contextlib.suppress(WorldProblem, OSError):
            os.makedirs(folder_of(self.path), exist_ok=True)
            replace_file(self.path, json.dumps(self.read() | dict(entries), indent=1, sort_keys=True).encode())
