"""How much programs wait for memory and disks, as the kernel measures it: Documentation/accounting/psi.rst."""

import os
from dataclasses import dataclass

_FOLDER = "/proc/pressure"


@dataclass(frozen=True, slots=True)
class Stall:
    """How long programs waited for something.

    Attributes:
        lately: Share of the last ten seconds, 0 to 1.
        total_s: In all, since the computer was started.
    """

    lately: float = 0.0
    total_s: float = 0.0


NO_STALL = Stall()


def memory_stall(folder: str = _FOLDER) -> Stall:
    """Return how long some program waited for memory: pages had to be written out or read again first."""
    return _stall(folder, "memory", "some")


def disk_stall(folder: str = _FOLDER) -> Stall:
    """Return how long all programs that were not idle waited for disks, so that none could go on."""
    return _stall(folder, "io", "full")


def _stall(folder: str, resource: str, who: str) -> Stall:
    """Return what the kernel says, nothing where it does not measure (it can be built or started without)."""
    try:
        with open(os.path.join(folder, resource), encoding="ascii") as file:
            for line in file:
                name, *fields = line.split()
                if name == who:
                    values = dict(field.split("=") for field in fields)
                    return Stall(float(values["avg10"]) / 100, int(values["total"]) / 1e6)
    except (OSError, ValueError, KeyError):
        pass
    return NO_STALL
