"""Keeps a watch on every folder beneath the roots while folders come, go and move."""

import contextlib
import errno
import os
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Protocol

from inotify_simple import Event, flags

from vexgui.core.paths import folder_of, joined, lies_in, name_of
from vexgui.indexer.coalesce import RawEvent
from vexgui.indexer.rules import Rules, speaks
from vexgui.indexer.walk import is_visited
from vexgui.indexer.watched import WatchedFolders

_CONTENTS = flags.CREATE | flags.CLOSE_WRITE | flags.MODIFY | flags.MOVED_FROM | flags.MOVED_TO | flags.DELETE
_CHANGES = _CONTENTS | flags.ATTRIB  # tags and ratings are attributes
_ITSELF = flags.DELETE_SELF | flags.MOVE_SELF
_MASK = int(_CHANGES | _ITSELF | flags.ONLYDIR | flags.DONT_FOLLOW | flags.EXCL_UNLINK)
_ROOT_GONE = int(_ITSELF | flags.UNMOUNT)
_MOVE = int(flags.MOVED_FROM | flags.MOVED_TO)
_APPEARED = int(flags.CREATE | flags.MOVED_TO)
_PASSING = int(flags.MODIFY | flags.ATTRIB)

_REMOVALS = 1_000  # at once: each sends an event, and the kernel's queue holds some 16,000


class Notifier(Protocol):
    """The part of `inotify_simple.INotify` that is used."""

    def fileno(self) -> int: ...  # noqa: D102

    def add_watch(self, path: bytes, mask: int) -> int: ...  # noqa: D102

    def rm_watch(self, wd: int) -> None: ...  # noqa: D102

    def read(self, timeout: int | None = None) -> Iterable[Event]: ...  # noqa: D102

    def close(self) -> None: ...  # noqa: D102


class Following:
    """The roots and the folders beneath them, each watched; safe for use from several threads.

    A folder is watched first and read second, so what comes into it later is never missed. The kernel tells of a
    move only where it happened, and late: between an event and its handling folders move on. So whenever a folder
    appears or moves, all beneath it is gone through again, and what is found there counts.

    Args:
        notifier: Where watches are added; closed by `close`.
        rules: Names beneath a root that are not watched.
        skip: Absolute paths of folders that are not watched.
        on_limit: Called when the system allows no more watches, once until the next root is added.
    """

    def __init__(self, notifier: Notifier, rules: Rules, skip: Collection[bytes], on_limit: Callable[[], None]) -> None:
        self._notifier = notifier
        self._rules = rules
        self._skip = frozenset(skip)
        self._on_limit = on_limit
        self._lock = threading.Lock()  # never held over more than one folder's watch
        self._roots: set[bytes] = set()
        self._folders = WatchedFolders()
        self._leaving: set[int] = set()
        self._limited = False
        self._closed = False

    def __len__(self) -> int:
        return len(self._folders)

    @property
    def limited(self) -> bool:
        """Whether there were more folders than the system allows watches."""
        return self._limited

    def holds(self, root: bytes) -> bool:
        """Tell whether a root is followed."""
        return root in self._roots

    def add(self, root: bytes) -> int:
        """Follow a root; return how many folders were not watched before."""
        with self._lock:
            self._roots.add(root)
            self._limited = False
        return sum(1 for _ in self._follow(root))

    def remove(self, root: bytes) -> None:
        """Follow a root no longer, except where another one holds its folders."""
        with self._lock:
            self._roots.discard(root)
            others = [other for other in self._roots if lies_in(other, root) or lies_in(root, other)]
        self._unfollow(root)
        for other in others:
            self._follow_all(other)

    def close(self) -> None:
        """Give all watches back; what is still being followed in another thread stops."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._notifier.close()

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
            with self._lock:
                place = self._folders.path_of(event.wd)
            if place is not None:
                translated += self._translated(event, place, targets)
        return translated

    def remove_some(self) -> bool:
        """Take back some of the watches that are of no more use; tell whether there are more."""
        with self._lock:
            for _ in range(min(_REMOVALS, len(self._leaving))):
                with contextlib.suppress(OSError):  # the kernel may have taken it back itself
                    self._notifier.rm_watch(self._leaving.pop())
            return bool(self._leaving)

    def _translated(self, event: Event, place: bytes, targets: dict[int, Event]) -> list[RawEvent]:
        if event.mask & flags.IGNORED:
            with self._lock:
                self._folders.drop(event.wd)
            return []
        if event.mask & _ROOT_GONE:
            return self._root_gone(event, place)
        half = _raw(event, place)
        if _is_folder(event):
            if event.mask & flags.ATTRIB:
                return []
            return self._folder_event(half, targets)
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
        self._unfollow(_path(half))
        return [half]

    def _judged_anew(self, place: bytes) -> list[RawEvent]:
        """Follow what is to be followed beneath a folder, now that a file in it says something else of that."""
        self._rules.renew()
        self._unfollow(place)
        return self._appeared(place)

    def _root_gone(self, event: Event, place: bytes) -> list[RawEvent]:
        with self._lock:
            is_root = place in self._roots
        if not is_root:  # its parent tells
            return []
        self._unfollow(place)
        return [RawEvent(place, b"", event.mask)]

    def _folder_moved(self, source: RawEvent, other: Event | None) -> list[RawEvent]:
        """Handle both halves of a folder's move where the first one came: later events bear the new path."""
        target = None
        if other is not None:
            with self._lock:
                place = self._folders.path_of(other.wd)
            target = None if place is None else _raw(other, place)
        if target is None or not self._is_followed(target):
            if not self._is_followed(source):
                return []
            self._unfollow(_path(source))
            return [source]
        if not self._is_followed(source):
            return [target, *self._appeared(_path(target))]
        with self._lock:
            self._leaving.update(self._folders.move(_path(source), _path(target)))
        return [source, target, *self._appeared(_path(target))]

    def _appeared(self, top: bytes) -> list[RawEvent]:
        mask = int(flags.CREATE | flags.ISDIR)
        return [RawEvent(folder_of(path), name_of(path), mask) for path in self._follow(top)]

    def _is_followed(self, event: RawEvent) -> bool:
        path = _path(event)
        return self._rules.allows(path, folder=True) and path not in self._skip

    def _start_over(self) -> None:
        with self._lock:
            before = set(self._folders.watches())
            self._folders = WatchedFolders()
            roots = sorted(self._roots)
        for root in roots:
            self._follow_all(root)
        with self._lock:
            self._leaving |= before.difference(self._folders.watches())

    def _unfollow(self, top: bytes) -> None:
        with self._lock:
            self._leaving.update(self._folders.take(top))

    def _follow_all(self, top: bytes) -> None:
        for _ in self._follow(top):
            pass

    def _follow(self, top: bytes) -> Iterator[bytes]:
        """Watch a folder and all beneath it, yielding those that were not watched before."""
        try:
            device = os.lstat(top).st_dev
        except OSError:
            return
        waiting = [top]
        while waiting and not self._closed:
            path = waiting.pop()
            try:
                if self._watch(path):
                    yield path
                with os.scandir(path) as entries:
                    waiting.extend(entry.path for entry in entries if self._is_entered(entry, device))
            except OSError as error:
                if error.errno == errno.ENOSPC:
                    self._meet_limit()
                    return
                # Otherwise it is gone or may not be read, which is for the walk to report.

    def _is_entered(self, entry: os.DirEntry[bytes], device: int) -> bool:
        try:
            return (
                entry.is_dir(follow_symlinks=False)
                and self._rules.allows(entry.path, folder=True)
                and is_visited(entry, self._skip, device)
            )
        except OSError:
            return False

    def _watch(self, path: bytes) -> bool:
        """Watch one folder; tell whether it was not watched before."""
        with self._lock:
            if self._closed:
                return False
            watch = self._notifier.add_watch(path, _MASK)
            is_new = watch not in self._folders
            self._leaving.discard(watch)
            replaced = self._folders.put(path, watch)
            if replaced is not None:
                self._leaving.add(replaced)
            return is_new

    def _meet_limit(self) -> None:
        with self._lock:
            was_met, self._limited = self._limited, True
        if not was_met:
            self._on_limit()


def _is_folder(event: Event) -> bool:
    return bool(event.mask & flags.ISDIR)


def _raw(event: Event, place: bytes) -> RawEvent:
    return RawEvent(place, os.fsencode(event.name), event.mask, event.cookie)


def _path(event: RawEvent) -> bytes:
    return joined(event.folder, event.name)
