"""When the work in the background rests, and why: by the user's wish, on battery, while memory or disks are short."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from vexgui.core.told import told
from vexgui.system.power import on_battery
from vexgui.system.pressure import NO_STALL, Stall, disk_stall, memory_stall

_LOOK_EVERY_S = 1.0
_LOOK_AT_POWER_S = 30.0
_LOOK_AT_STALLS_S = 4.0
_LONGEST_WAIT_S = 60.0
"""A clock that is set, or a computer that slept, is noticed so soon."""
_OURS_FADES_S = 20.0
"""After so long the kernel's average of ten seconds no longer tells of what was before."""
_CALM = 0.5
"""What made us rest has to fall to this share of what is allowed before we go on."""


class Cause(Enum):
    """What makes the work rest."""

    WISH = auto()
    BATTERY = auto()
    MEMORY = auto()
    DISK = auto()


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is allowed before the work rests.

    Attributes:
        on_battery: Whether to work on battery.
        memory: Share of time, 0 to 1, that some program may wait for memory; 0 for any.
        disk: Share of time that all programs may wait for disks; 0 for any.
    """

    on_battery: bool = False
    memory: float = 0.1
    disk: float = 0.5


@dataclass(frozen=True, slots=True)
class Surroundings:
    """How things stand outside.

    Attributes:
        on_battery: Whether the computer runs on its battery.
        memory: Share of the last seconds that some program waited for memory.
        disk: Share of the last seconds that all programs waited for disks.
    """

    on_battery: bool = False
    memory: float = 0.0
    disk: float = 0.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for.

    Attributes:
        rests_until_s: Work rests until then, seconds since the epoch: 0 for no wish, infinity until it is resumed.
        despite: What the work does not rest for as long as it lasts: it was resumed by hand then.
    """

    rests_until_s: float = 0.0
    despite: frozenset[Cause] = frozenset()


@dataclass(frozen=True, slots=True)
class Rest:
    """Why the work rests.

    Attributes:
        cause: What makes it.
        why: The same in words.
        again_s: In so many seconds it may be otherwise; infinity where only the user ends it.
    """

    cause: Cause
    why: str
    again_s: float

    @property
    def is_whole(self) -> bool:
        """Whether all rests; on battery words are read all the same, or what changed there would not be found."""
        return self.cause is not Cause.BATTERY


def rest(around: Surroundings, bounds: Bounds, wish: Wish, now_s: float, before: Cause | None = None) -> Rest | None:
    """Tell whether the work rests, and why; None where it goes on.

    Args:
        around: How things stand.
        bounds: What is allowed.
        wish: What the user asked for.
        now_s: The time, seconds since the epoch.
        before: What it rested for until now.
    """
    left_s = wish.rests_until_s - now_s
    if left_s > 0:
        return Rest(Cause.WISH, _until(wish.rests_until_s), left_s)
    for cause in causes(around, bounds, before):
        if cause not in wish.despite:
            return _RESTS[cause]
    return None


def causes(around: Surroundings, bounds: Bounds, before: Cause | None = None) -> tuple[Cause, ...]:
    """Return what speaks against work, the weightiest first, but for the user's wish; arguments as for `rest`."""

    def exceeds(share: float, most: float, cause: Cause) -> bool:
        return most > 0 and share > (most * _CALM if before is cause else most)

    found = (
        (Cause.MEMORY, exceeds(around.memory, bounds.memory, Cause.MEMORY)),
        (Cause.BATTERY, around.on_battery and not bounds.on_battery),
        (Cause.DISK, exceeds(around.disk, bounds.disk, Cause.DISK)),
    )
    return tuple(cause for cause, is_so in found if is_so)


_RESTS = {
    Cause.MEMORY: Rest(Cause.MEMORY, told("while memory is short"), _LOOK_AT_STALLS_S),
    Cause.BATTERY: Rest(Cause.BATTERY, told("on battery"), _LOOK_AT_POWER_S),
    Cause.DISK: Rest(Cause.DISK, told("while other programs need the disk"), _LOOK_AT_STALLS_S),
}


def _until(when_s: float) -> str:
    """Return in words until when the user wants rest."""
    if math.isinf(when_s):
        return told("until resumed")
    time = f"{datetime.fromtimestamp(when_s).astimezone():%H:%M}"
    return told(f"until {time}")


@dataclass(frozen=True, slots=True)
class Sensed:
    """What the system says of itself."""

    on_battery: bool
    memory: Stall
    disk: Stall


def sensed() -> Sensed:
    """Ask the system."""
    return Sensed(on_battery(), memory_stall(), disk_stall())


def calm() -> Sensed:
    """Tell of a computer on which nothing speaks against work."""
    return Sensed(on_battery=False, memory=NO_STALL, disk=NO_STALL)


class Manners:
    """Knows when the work rests, and holds it meanwhile; safe to use from any thread.

    The kernel's averages of ten seconds tell of our own work for a while after it has stopped. So during a rest, and
    after it, it is measured what was waited for since; and disks have a moment in which they are not looked at, or
    what we read ourselves would stop us over and over.

    Args:
        bounds: What is allowed.
        sense: Asks the system.
        clock: Tells the time, seconds since the epoch.
    """

    def __init__(
        self,
        bounds: Bounds | None = None,
        sense: Callable[[], Sensed] = calm,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._bounds = bounds or Bounds()
        self._sense = sense
        self._clock = clock
        self._wish = Wish()
        self._found: Rest | None = None
        self._found_s: float | None = None  # when, or None where it has to be found out anew
        self._mark: tuple[float, Sensed] | None = None  # how things stood when the rest began, or ended, or lately
        self._released = False
        self._changed = threading.Condition()

    @property
    def bounds(self) -> Bounds:
        """What is allowed."""
        return self._bounds

    def allow(self, bounds: Bounds) -> None:
        """Change what is allowed; it holds at once."""
        with self._changed:
            if bounds != self._bounds:
                self._bounds = bounds
                self._look_again()

    def pause(self, until_s: float) -> None:
        """Rest until a time, seconds since the epoch; infinity for until it is resumed."""
        with self._changed:
            self._wish = Wish(until_s)
            self._look_again()

    def resume(self) -> None:
        """Go on, also where something speaks against it, as long as that lasts."""
        with self._changed:
            around = self._around(self._sense(), self._clock())
            self._wish = Wish(despite=frozenset(causes(around, self._bounds)))
            self._look_again()

    def release(self) -> None:
        """Rest no more: the program is about to end."""
        with self._changed:
            self._released = True
            self._look_again()

    def rest(self) -> Rest | None:
        """Tell whether the work rests now, and why; it is found out once a second at most."""
        with self._changed:
            now_s = self._clock()
            if self._released:
                return None
            holds_s = _LOOK_EVERY_S if self._found is None else min(_LOOK_EVERY_S, self._found.again_s)
            if self._found_s is None or not 0 <= now_s - self._found_s < holds_s:
                self._look(now_s)
            return self._found

    def wait(self, rest: Rest) -> None:
        """Return when a rest may be over.

        Args:
            rest: What was found last.
        """
        with self._changed:
            if not self._released and self._found is rest and self._found_s is not None:
                self._changed.wait(None if math.isinf(rest.again_s) else min(rest.again_s, _LONGEST_WAIT_S))

    def _look_again(self) -> None:
        self._found_s = None
        self._changed.notify_all()

    def _look(self, now_s: float) -> None:
        now, before = self._sense(), self._found
        around = self._around(now, now_s)
        standing = causes(around, self._bounds)
        self._wish = replace(self._wish, despite=self._wish.despite.intersection(standing))
        self._found = rest(around, self._bounds, self._wish, now_s, None if before is None else before.cause)
        self._found_s = now_s
        has_turned = (before is None) != (self._found is None)
        if has_turned or (self._found is not None and self._is_due(now_s)):
            self._mark = (now_s, now)

    def _is_due(self, now_s: float) -> bool:
        return self._mark is None or not 0 <= now_s - self._mark[0] < _LOOK_AT_STALLS_S

    def _around(self, now: Sensed, now_s: float) -> Surroundings:
        """Return how things stand."""
        marked_s, then = self._mark or (-math.inf, now)
        span_s = now_s - marked_s
        rests = self._found is not None
        if not (_LOOK_EVERY_S <= span_s < _OURS_FADES_S or rests):
            return Surroundings(now.on_battery, now.memory.lately, now.disk.lately)
        span_s = max(span_s, _LOOK_EVERY_S)
        memory = (now.memory.total_s - then.memory.total_s) / span_s
        disk = (now.disk.total_s - then.disk.total_s) / span_s
        return Surroundings(now.on_battery, memory, disk if rests else 0.0)
