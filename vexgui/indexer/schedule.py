"""When a folder kept indexed is scanned again. Pure."""

from dataclasses import dataclass
from enum import Enum, auto

_WATCHED_S = 3_600.0
_ON_BATTERY = 6
_REMOTE_S = 600.0
_SHARE = 50
"""A scan that takes long is done rarely: at most one fiftieth of the time goes into looking at a remote folder."""
_CALM_S = 10.0
_CALM_SHARE = 1_000
"""Somebody may write to a strange drive for ever: of the time that takes, looks at it take a thousandth at most."""
_JITTER = 0.2
_AGAIN_FIRST_S = 30.0
_AGAIN_LAST_S = 1_800.0
_DOUBLINGS = 10


class Keeping(Enum):
    """How it is found out what changes in a folder."""

    WATCHED = auto()
    """The kernel tells, and scans find what it cannot tell: writes by other names of a file, or through memory."""
    REMOTE = auto()
    """Only scans find it."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The last scan of a folder, or the last attempt at one.

    Attributes:
        ended_s: When it ended, by a clock that is never set.
        took_s: How long the look took, without what came of it: files may be read for hours.
        failures: How many attempts in a row did not come to their end: they were stopped, or had no answer.
    """

    ended_s: float
    took_s: float = 0.0
    failures: int = 0


def calm_s(visit: Visit, heard_s: float) -> float:
    """Return when it is judged anew which drive lies in a root's place: once nothing has come into it for a while.

    Who copies a backup back is not through before. The cost of a scan limits how often it is done.

    Args:
        visit: The last scan, which found another drive.
        heard_s: When something was noticed in it last, by the same clock.
    """
    return max(heard_s + _CALM_S, visit.ended_s + _CALM_SHARE * visit.took_s)


def due_s(visit: Visit, keeping: Keeping, jitter: float, *, on_battery: bool) -> float:
    """Return when a folder is to be scanned again, by the clock of its last visit.

    Args:
        visit: The last one.
        keeping: How changes are found.
        jitter: 0 to 1, different for each folder and visit, so that not all programs and folders meet at one moment.
        on_battery: Whether the computer runs on its battery.
    """
    if visit.failures:
        wait_s = min(_AGAIN_FIRST_S * 2.0 ** min(visit.failures - 1, _DOUBLINGS), _AGAIN_LAST_S)
    elif keeping is Keeping.REMOTE:
        wait_s = min(max(_REMOTE_S, _SHARE * visit.took_s), _WATCHED_S)
    else:
        wait_s = _WATCHED_S
    if on_battery and not visit.failures:
        wait_s *= _ON_BATTERY
    return visit.ended_s + wait_s * (1 + _JITTER * (jitter - 0.5))
