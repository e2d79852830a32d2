"""Keeps a watch on every folder beneath the roots while folders come, go and move."""

import contextlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator

from inotify_simple import Event, flags

from vexgui.core.paths import beneath, folder_of, joined, lies_in, name_of
from vexgui.indexer.coalesce import RawEvent
from vexgui.indexer.rules import Rules, speaks
from vexgui.indexer.walk import is_visited
from vexgui.indexer.watched import Look
from vexgui.indexer.watches import Watches

_ROOT_GONE = int(flags.DELETE_SELF | flags.MOVE_SELF | flags.UNMOUNT)
_MOVE = int(flags.MOVED_FROM | flags.MOVED_TO)
_APPEARED = int(flags.CREATE | flags.MOVED_TO)
_COMES_OR_GOES = int(_APPEARED | flags.MOVED_FROM | flags.DELETE)
_NEW_FOLDER = int(flags.CREATE | flags.ISDIR)
_PASSING = int(flags.MODIFY | flags.ATTRIB)


class Following:
    """The roots and the folders beneath them, each watched or polled; safe for use from several threads.

    A folder is watched first and read second, so what comes into it later is never missed. The kernel tells of a
    move only where it happened, and late: between an event and its handling folders move on. So whenever a folder
    appears or moves, all beneath it is gone through again, and what is found there counts.

    Args:
        watches: The watches there are.
        rules: Names beneath a root that are not watched.
        skip: Absolute paths of folders that are not watched.
        hidden: Tells where nothing is to be looked at: something was mounted there that may never answer.
    """

    def __init__(
        self, watches: Watches, rules: Rules, skip: Collection[bytes], hidden: Callable[[bytes], bool]
    ) -> None:
        self._watches = watches
        self._rules = rules
        self._skip = skip
        self._hidden = hidden

    def add(self, root: bytes) -> int:
        """Follow a root; return how many folders were not known before."""
        self._watches.add_root(root)
        return sum(1 for _ in self._follow(root))

    def remove(self, root: bytes) -> None:
        """Follow a root no longer, except where another one holds its folders."""
        self._watches.remove_root(root)
        self._forget(root)
        for other in self._watches.roots:
            if lies_in(root, other):
                self._follow_all(other)

    def poll(self) -> list[RawEvent]:
        """Look at the folders that are polled, and watch those that changed lately; return what is to be compared.

        Of a root that is watched as a whole from now on that is everything: nobody knows what was written into its
        files before.
        """
        seen = self._watches.look(self._hidden)
        changed = [*seen.changed, *self._watches.exchange()]
        whole = self._watches.settle_roots()
        events = [RawEvent(path, b"", int(flags.DELETE_SELF)) for path in seen.gone if self._watches.is_root(path)]
        for path in (*seen.gone, *seen.others):
            events += self._anew(path)  # the folder that it was in has changed, too
        for path in dict.fromkeys((*sorted(whole), *changed)):
            events.append(self._appearance(path))
            events += self._new_inside(path)
        return events

    def translate(self, events: Iterable[Event]) -> list[RawEvent]:
        """Keep up with the folders that come, go and move, and return the events with paths for watches."""
        events = list(events)
        targets = {event.cookie: event for event in events if _is_folder(event) and event.mask & flags.MOVED_TO}
        translated: list[RawEvent] = []
        for event in events:
            if event.mask & flags.Q_OVERFLOW:
                self._start_over()
                translated.append(RawEvent(b"", b"", event.mask))
                continue
            if event.mask & flags.IGNORED:
                self._watches.drop(event.wd)
                continue
            places = [place for place in self._watches.heard(event.wd) if not self._hidden(place)]
            for place in places[:1]:
                translated += self._translated(event, place, targets)
            for place in places[1:]:  # the same folder by way of a bind mount: a move is a loss and a gain there
                translated += self._translated(_without_move(event), place, {})
        return translated

    def _translated(self, event: Event, place: bytes, targets: dict[int, Event]) -> list[RawEvent]:
        if event.mask & _ROOT_GONE:
            return self._root_gone(event, place)
        half = _raw(event, place)
        if _is_folder(event):
            # Its times and mode are none of our business: to set its mtime alone sends MODIFY, as tar does.
            return self._folder_event(half, targets) if event.mask & _COMES_OR_GOES else []
        if speaks(half.name) and event.mask & ~_PASSING:
            return [half, *self._judged_anew(place)]
        # The other half of a move matters even if this name is excluded; the churn of hidden files does not.
        return [half] if event.mask & _MOVE or self._rules.allows(_path(half), folder=False) else []

    def _folder_event(self, half: RawEvent, targets: dict[int, Event]) -> list[RawEvent]:
        if half.mask & flags.MOVED_FROM:
            return self._folder_moved(half, targets.pop(half.cookie, None))
        is_handled = half.mask & flags.MOVED_TO and half.cookie not in targets
        if is_handled or not self._is_followed(half):
            return []
        if half.mask & _APPEARED:
            return [half, *self._appeared(_path(half))]
        self._forget(_path(half))
        return [half]

    def _judged_anew(self, place: bytes) -> list[RawEvent]:
        """Follow what is to be followed beneath a folder, now that a file in it says something else of that."""
        self._rules.renew()
        return self._anew(place)

    def _anew(self, place: bytes) -> list[RawEvent]:
        """Follow what is at a place now, if anything is, and nothing of what was there before."""
        self._forget(place)
        return self._appeared(place)

    def _root_gone(self, event: Event, place: bytes) -> list[RawEvent]:
        if not self._watches.is_root(place):
            return self._anew(place) if self._is_another(place) else []  # else its parent told where it is now
        self._forget(place)
        return [RawEvent(place, b"", event.mask)]

    def _folder_moved(self, source: RawEvent, other: Event | None) -> list[RawEvent]:
        """Handle both halves of a folder's move where the first one came: later events bear the new path."""
        target = None
        if other is not None:
            places = self._watches.heard(other.wd)
            target = _raw(other, places[0]) if places else None
        if target is None or not self._is_followed(target):
            if not self._is_followed(source):
                return []
            self._forget(_path(source))
            return [source]
        if not self._is_followed(source):
            return [target, *self._appeared(_path(target))]
        self._watches.move(_path(source), _path(target))
        return [source, target, *self._appeared(_path(target))]

    def _appeared(self, top: bytes) -> list[RawEvent]:
        return [self._appearance(path) for path in self._follow(top)]

    def _appearance(self, path: bytes) -> RawEvent:
        if self._watches.is_root(path):
            return RawEvent(path, b"", _NEW_FOLDER)
        return RawEvent(folder_of(path), name_of(path), _NEW_FOLDER)

    def _new_inside(self, path: bytes) -> list[RawEvent]:
        """Follow what is new in a folder that changed while it was polled, and nothing that went from it."""
        try:
            inside = self._now_in(path, os.lstat(path).st_dev)
        except OSError:
            return []
        return [event for folder, _ in inside if self._is_another(folder) for event in self._anew(folder)]

    def _is_another(self, place: bytes) -> bool:
        """Tell whether the folder that is followed at a place is not there; of one that is polled a look will tell."""
        if not self._watches.is_watched(place):
            return not self._watches.knows(place)
        try:
            return self._watches.keep(place, Look.of(os.lstat(place)))
        except OSError:
            return True

    def _is_followed(self, event: RawEvent) -> bool:
        path = _path(event)
        return self._rules.allows(path, folder=True) and path not in self._skip

    def _forget(self, top: bytes) -> None:
        """Follow a folder and all beneath it no longer, but for roots in it."""
        self._watches.forget(top)
        for root in beneath(top, self._watches.roots):
            self._follow_all(root)

    def _start_over(self) -> None:
        with self._watches.starting_over():
            for root in self._watches.roots:
                self._follow_all(root)

    def _follow_all(self, top: bytes) -> None:
        for _ in self._follow(top):
            pass

    def _follow(self, top: bytes) -> Iterator[bytes]:
        """Watch or poll a folder and all beneath it, yielding those that were not known before."""
        if self._hidden(top):
            return
        try:
            seen = os.lstat(top)
        except OSError:
            return
        waiting = [(top, Look.of(seen))]
        while waiting and not self._watches.closed:
            path, look = waiting.pop()
            with contextlib.suppress(OSError):  # it is gone or may not be read, which is for the walk to report
                if self._watches.keep(path, look):
                    yield path
                waiting += self._now_in(path, seen.st_dev)

    def _now_in(self, path: bytes, device: int) -> list[tuple[bytes, Look]]:
        """Return the folders in a folder as `_listed` does, and follow those no longer that are not there.

        A move that is told late may have taken some along that came to its old place later.
        """
        inside = self._listed(path, device)
        there = dict(inside)
        gone = [known for known in self._watches.inside(path) if known not in there]
        if gone:
            roots = self._watches.roots
            gone = [folder for folder in gone if not any(lies_in(root, folder) for root in roots)]
        for folder in gone:
            self._watches.forget(folder)
        return self._listed(path, device) if gone else inside  # one may have come meanwhile

    def _listed(self, path: bytes, device: int) -> list[tuple[bytes, Look]]:
        """Return the folders in a folder that are followed, each with a look at it; raises OSError."""
        with os.scandir(path) as entries:
            return [
                (entry.path, Look.of(entry.stat(follow_symlinks=False)))
                for entry in entries
                if self._is_entered(entry, device)
            ]

    def _is_entered(self, entry: os.DirEntry[bytes], device: int) -> bool:
        try:
            return (
                entry.is_dir(follow_symlinks=False)
                and self._rules.allows(entry.path, folder=True)
                and is_visited(entry, self._skip, device)
            )
        except OSError:
            return False


def _without_move(event: Event) -> Event:
    """Return an event in which what was moved away is deleted, and what was moved here is made."""
    mask = event.mask & ~_MOVE
    if event.mask & flags.MOVED_FROM:
        mask |= flags.DELETE
    if event.mask & flags.MOVED_TO:
        mask |= flags.CREATE
    return event._replace(mask=int(mask), cookie=0)


def _is_folder(event: Event) -> bool:
    return bool(event.mask & flags.ISDIR)


def _raw(event: Event, place: bytes) -> RawEvent:
    return RawEvent(place, os.fsencode(event.name), event.mask, event.cookie)


def _path(event: RawEvent) -> bytes:
    return joined(event.folder, event.name)
