"""What happened to files and folders, kept until nothing more happens to them.

Each file waits by itself: one that never comes to rest holds up no other. What belongs together waits together, and is
told in one piece: the two ends of a move, a folder and what lies in it. Nothing here knows the time; it is told.
"""

import heapq
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from operator import itemgetter

from inotify_simple import flags

from vexgui.core.paths import joined
from vexgui.indexer.coalesce import Change, FileChanged, Overflow, RawEvent, coalesce
from vexgui.indexer.rules import Rules

_TOUCH = int(flags.MODIFY | flags.CLOSE_WRITE | flags.ATTRIB)
_MOST_QUIET_S = 30.0
_MOST_PATIENCE_S = 600.0
_TICKS = 4  # in the time that things take to settle: what is due in the same one is told at once
_MOST_EVENTS = 50_000
_KEPT_TOLD = 10_000


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a file waits; the longer, the more often in a row it was told.

    Attributes:
        settle_s: Seconds of quiet after which it is told, at first; doubled each time, up to half a minute.
        longest_s: Seconds after which it is told without quiet, at first; doubled each time, up to ten minutes.
    """

    settle_s: float = 2.0
    longest_s: float = 10.0

    def due_s(self, first_s: float, last_s: float, level: int) -> float:
        """Return when something is told that happened first and last at these times."""
        quiet_s = min(math.ldexp(self.settle_s, level), max(self.settle_s, _MOST_QUIET_S))
        return min(last_s + quiet_s, first_s + self._patience_s(level))

    def level(self, before: int, since_s: float) -> int:
        """Return how often in a row a file was told that changes again so long after it was told at a level."""
        if since_s >= 2 * self._patience_s(before):
            return 0
        return before + 1 if self._patience_s(before) < _MOST_PATIENCE_S else before

    def _patience_s(self, level: int) -> float:
        return min(math.ldexp(self.longest_s, level), max(self.longest_s, _MOST_PATIENCE_S))


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be told, and since when nothing of it can have happened earlier."""

    changes: tuple[Change, ...]
    since_s: float


@dataclass(slots=True, eq=False)
class _Group:
    """What is told together."""

    first_s: float
    last_s: float = 0.0
    level: int = 0
    since_s: float = math.inf
    events: list[tuple[int, RawEvent]] = field(default_factory=list)
    places: list["_Place"] = field(default_factory=list)
    cookies: list[int] = field(default_factory=list)
    touched: bytes = b""  # what the last event was about, if it only touched it
    joined: "_Group | None" = None  # the group that this one has become a part of


@dataclass(slots=True, eq=False)
class _Place:
    """A name in the tree of what waits; one that covers has all beneath it in its group."""

    name: bytes
    above: "_Place | None"
    group: _Group | None = None
    covers: bool = False
    inside: dict[bytes, "_Place"] = field(default_factory=dict)


class Settling:
    """What waits to be told; not safe for use from several threads at once.

    Args:
        rules: What is indexed.
        patience: How long things wait.
    """

    def __init__(self, rules: Rules, patience: Patience) -> None:
        self._rules = rules
        self._patience = patience
        self._tick_s = min(patience.settle_s, patience.longest_s) / _TICKS
        self._told: dict[bytes, tuple[float, int]] = {}  # when a file was told last, and at which level
        self._most_told = _KEPT_TOLD
        self._clear()

    def _clear(self) -> None:
        self._top = _Place(b"", None)
        self._due: list[tuple[float, int, _Group]] = []
        self._moves: dict[int, _Group] = {}
        self._events = 0
        self._overflown, self._overflown_s = False, 0.0
        self._numbers = count()

    def note(self, events: Iterable[RawEvent], now_s: float, since_s: float | None = None) -> None:
        """Take in what happened.

        Args:
            events: What.
            now_s: From now on it waits.
            since_s: Nothing of it happened earlier than this; None where it happened now.
        """
        since_s = now_s if since_s is None else since_s
        for event in events:
            if event.mask & flags.Q_OVERFLOW:
                self._clear()
                self._overflown, self._overflown_s = True, since_s
            elif not self._overflown:  # else everything is compared anyway
                self._note(event, now_s, since_s)

    def due_s(self) -> float:
        """Return when something is to be told next; infinite when nothing waits."""
        if self._overflown or self._events >= _MOST_EVENTS:
            return -math.inf
        if not self._due:
            return math.inf
        due_s = self._due[0][0]
        return math.ceil(due_s / self._tick_s) * self._tick_s if self._tick_s else due_s

    def tell(self, now_s: float) -> Told:
        """Return what is to be told by now; it waits no longer."""
        if self._overflown:
            since_s = self._overflown_s
            self._clear()
            return Told((Overflow(),), since_s)
        events: list[tuple[int, RawEvent]] = []
        levels: dict[bytes, int] = {}
        since_s = now_s
        for group in self._ready(math.inf if self._events >= _MOST_EVENTS else now_s):
            events += group.events
            since_s = min(since_s, group.since_s)
            if group.level:
                levels.update((joined(event.folder, event.name), group.level) for _, event in group.events)
            self._release(group)
        events.sort(key=itemgetter(0))
        changes = coalesce([event for _, event in events], self._rules)
        self._remember(changes, levels, now_s)
        return Told(changes, since_s)

    def since_s(self, folder: bytes) -> float | None:
        """Return when the first of what waits can have happened beneath a folder; None when nothing does."""
        if self._overflown:
            return self._overflown_s
        place: _Place = self._top
        for name in _names(folder):
            if place.covers:
                break
            inner = place.inside.get(name)
            if inner is None:
                return None
            place = inner
        groups = [inner.group for inner in (place, *_beneath(place)) if inner.group is not None]
        return min((_whole(group).since_s for group in groups), default=None)

    def _note(self, event: RawEvent, now_s: float, since_s: float) -> None:
        is_folder = bool(event.mask & flags.ISDIR) or not event.name
        path = joined(event.folder, event.name) if event.name else event.folder
        group = self._group_of(path, now_s, covers=is_folder)
        if event.cookie:
            other = self._moves.get(event.cookie)
            if other is None:
                self._moves[event.cookie] = group
                group.cookies.append(event.cookie)
            else:
                group = self._joined([group, _whole(other)])
        group.last_s = now_s
        group.since_s = min(group.since_s, since_s)
        is_touch = bool(event.mask & _TOUCH)
        if is_touch and group.touched == path:
            return  # once is enough, and somebody may write for hours
        group.touched = path if is_touch else b""
        group.events.append((next(self._numbers), event))
        self._events += 1

    def _group_of(self, path: bytes, now_s: float, *, covers: bool) -> _Group:
        """Return the group of a path, made if need be; a folder's takes in all that waits beneath it."""
        place = self._top
        for name in _names(path):
            if place.covers:
                break
            inner = place.inside.get(name)
            if inner is None:
                inner = place.inside[name] = _Place(name, place)
            place = inner
        found = [] if place.group is None else [_whole(place.group)]
        if covers and not place.covers:
            found += _cut(place)
            place.covers = True
        group = self._joined(found) if found else self._new(path, now_s, covers=covers)
        if covers and group.level:
            group.level = 0
            self._expect(group)
        if place.group is None:
            group.places.append(place)
            place.group = group
        return group

    def _new(self, path: bytes, now_s: float, *, covers: bool) -> _Group:
        told = None if covers else self._told.get(path)
        group = _Group(now_s, now_s, 0 if told is None else self._patience.level(told[1], now_s - told[0]))
        self._expect(group)
        return group

    def _joined(self, groups: list[_Group]) -> _Group:
        whole = max(groups, key=lambda group: len(group.events))
        others = set(groups) - {whole}
        for group in others:
            group.joined = whole
            whole.first_s = min(whole.first_s, group.first_s)
            whole.last_s = max(whole.last_s, group.last_s)
            whole.since_s = min(whole.since_s, group.since_s)
            whole.level = max(whole.level, group.level)
            whole.events += group.events
            whole.places += group.places
            whole.cookies += group.cookies
            group.events, group.places, group.cookies = [], [], []
        if others:
            whole.touched = b""
            self._expect(whole)
        return whole

    def _expect(self, group: _Group) -> None:
        """Have a group looked at when it is due as things are: it may be due later then, but not earlier."""
        heapq.heappush(self._due, (self._due_s(group), next(self._numbers), group))

    def _due_s(self, group: _Group) -> float:
        return self._patience.due_s(group.first_s, group.last_s, group.level)

    def _ready(self, now_s: float) -> Iterator[_Group]:
        while self._due and self._due[0][0] <= now_s:
            _, _, group = heapq.heappop(self._due)
            if not group.events:
                continue  # it was told, or is a part of another
            if self._due_s(group) <= now_s:
                yield group
            else:
                self._expect(group)

    def _release(self, group: _Group) -> None:
        self._events -= len(group.events)
        for cookie in group.cookies:
            del self._moves[cookie]
        for place in group.places:
            place.group, place.covers = None, False
            _prune(place)
        group.events = []

    def _remember(self, changes: Sequence[Change], levels: Mapping[bytes, int], now_s: float) -> None:
        for change in changes:
            if isinstance(change, FileChanged):
                self._told[change.path] = (now_s, levels.get(change.path, 0))
        if len(self._told) > self._most_told:
            self._told = {
                path: (told_s, level)
                for path, (told_s, level) in self._told.items()
                if self._patience.level(level, now_s - told_s)
            }
            self._most_told = max(_KEPT_TOLD, 2 * len(self._told))


def _cut(place: _Place) -> list[_Group]:
    """Take everything beneath a place off the tree; return its groups."""
    groups = []
    for inner in list(_beneath(place)):
        inner.above = None
        if inner.group is not None:
            groups.append(_whole(inner.group))
    place.inside = {}
    return groups


def _prune(place: _Place) -> None:
    """Take a place off the tree, and those above it, as far as nothing waits there."""
    while place.above is not None and not (place.group or place.inside):
        place.above.inside.pop(place.name, None)
        place = place.above


def _whole(group: _Group) -> _Group:
    """Return the group that a group is, or has become a part of."""
    while group.joined is not None:
        group = group.joined
    return group


def _beneath(place: _Place) -> Iterator[_Place]:
    waiting = list(place.inside.values())
    while waiting:
        inner = waiting.pop()
        yield inner
        waiting.extend(inner.inside.values())


def _names(path: bytes) -> list[bytes]:
    return [name for name in path.split(b"/") if name]
