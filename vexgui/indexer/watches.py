"""The watches there are, on as many folders as the system allows; the others are polled."""

import contextlib
import errno
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from inotify_simple import flags

from vexgui.core.paths import innermost
from vexgui.indexer.polling import swaps
from vexgui.indexer.watched import Look, WatchedFolders

_CONTENTS = flags.CREATE | flags.CLOSE_WRITE | flags.MODIFY | flags.MOVED_FROM | flags.MOVED_TO | flags.DELETE
_CHANGES = _CONTENTS | flags.ATTRIB  # tags and ratings are attributes
_ITSELF = flags.DELETE_SELF | flags.MOVE_SELF
_MASK = int(_CHANGES | _ITSELF | flags.ONLYDIR | flags.DONT_FOLLOW | flags.EXCL_UNLINK)
_NO_MORE = {errno.ENOSPC, errno.ENOMEM, errno.EMFILE}
_TICK_NS = 20_000_000  # longer than the clock by which file systems tell when a folder changed stands still
_REMOVALS = 1_000  # at once: each sends an event, and the kernel's queue holds some 16,000


class Notifier(Protocol):
    """The part of `inotify_simple.INotify` that is used; events are read from its descriptor."""

    def fileno(self) -> int: ...  # noqa: D102

    def add_watch(self, path: bytes, mask: int, /) -> int: ...  # noqa: D102

    def rm_watch(self, wd: int, /) -> None: ...  # noqa: D102

    def close(self) -> None: ...  # noqa: D102


class Deaf:
    """Stands in for a notifier where the system gives none: it allows no watches, and nothing is ever told."""

    def __init__(self) -> None:
        self._descriptor = os.eventfd(0, os.EFD_CLOEXEC)

    def fileno(self) -> int:
        """Return a descriptor from which nothing can be read."""
        return self._descriptor

    def add_watch(self, _path: bytes, _mask: int, /) -> int:
        """Refuse; raises OSError."""
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    def rm_watch(self, _wd: int, /) -> None:
        """Do nothing: there are no watches."""

    def close(self) -> None:
        """Give the descriptor back."""
        os.close(self._descriptor)


@dataclass(frozen=True, slots=True)
class Seen:
    """What has happened to folders that are polled, found by looking at them.

    Attributes:
        changed: Those into which something came, or from which it went.
        gone: Places where there is none any more.
        others: Places where there is another one.
    """

    changed: list[bytes]
    gone: list[bytes]
    others: list[bytes]


class Watches:
    """Which folders are watched and which are polled; safe for use from several threads.

    Args:
        notifier: Where watches are added; closed by `close`.
        share: Gives how many may be taken at most.
    """

    def __init__(self, notifier: Notifier, share: Callable[[], int]) -> None:
        self._notifier = notifier
        self._former: list[Notifier] = []  # which are closed last: somebody may still wait for them
        self._share = share
        self._lock = threading.Lock()  # never held over more than one folder's watch
        self._room = share()
        self._folders = WatchedFolders()
        self._roots: set[bytes] = set()
        self._polled_roots: set[bytes] = set()
        self._leaving: set[int] = set()
        self._closed = False

    def __len__(self) -> int:
        with self._lock:
            return len(self._folders) - self._folders.given_up_count

    @property
    def closed(self) -> bool:
        """Whether all has been given back."""
        return self._closed

    @property
    def roots(self) -> list[bytes]:
        """The roots, ascending."""
        with self._lock:
            return sorted(self._roots)

    @property
    def polled_roots(self) -> set[bytes]:
        """The roots beneath which folders are polled, as far as this is known."""
        return self._polled_roots

    @property
    def polled_count(self) -> int:
        """How many folders are polled."""
        return self._folders.polled_count

    def close(self) -> None:
        """Give all back."""
        with self._lock:
            if not self._closed:
                self._closed = True
                for notifier in (*self._former, self._notifier):
                    notifier.close()

    def use(self, notifier: Notifier) -> None:
        """Have watches added to a notifier in the place of one that took none; it is closed by `close`, too."""
        with self._lock:
            if self._closed:
                notifier.close()
                return
            self._former.append(self._notifier)
            self._notifier = notifier

    def is_root(self, path: bytes) -> bool:
        """Tell whether a folder is a root."""
        return path in self._roots

    def add_root(self, root: bytes) -> None:
        """Know a folder as a root: it is watched before others."""
        with self._lock:
            self._roots.add(root)
            self._room = self._share()

    def remove_root(self, root: bytes) -> None:
        """Know a folder as a root no longer; what is watched there stays so."""
        with self._lock:
            self._roots.discard(root)
            self._polled_roots.discard(root)

    def keep(self, path: bytes, look: Look) -> bool:
        """Watch a folder, or poll it where there is no watch for it; tell whether neither was so before.

        Args:
            path: The folder.
            look: What it looks like, seen before it is read.

        Raises:
            OSError: It is gone, or may not be read.
        """
        with self._lock:
            if self._closed:
                return False
            has_room = len(self._folders) < self._room and not self._folders.is_given_up(path)
            if has_room or self._folders.is_watched(path):
                try:
                    return self._watch(path, look.changed_ns)
                except OSError as error:
                    if error.errno not in _NO_MORE:
                        raise
                    self._room = len(self._folders)
            if self._folders.knows(path) and not self._folders.is_watched(path):
                return False  # and how it was seen last is kept: what changed since is found when it is looked at
            if (watch := self._folders.watch_at(path)) is not None:
                self._leaving.add(watch)  # it is on another folder, which was here
            self._poll(path, look)
            return True

    def knows(self, path: bytes) -> bool:
        """Tell whether a folder is watched or polled."""
        with self._lock:
            return self._folders.knows(path)

    def inside(self, path: bytes) -> list[bytes]:
        """Return the folders in a folder that are known, or hold some that are."""
        with self._lock:
            return self._folders.inside(path)

    def is_watched(self, path: bytes) -> bool:
        """Tell whether a folder is watched, and not polled: what comes into it and goes is told."""
        with self._lock:
            return self._folders.is_watched(path)

    def heard(self, watch: int) -> list[bytes]:
        """Return where the folder is that something was told of: in several places if it is mounted there."""
        with self._lock:
            if self._polled_roots:
                self._folders.changed(watch, time.time_ns())
            return self._folders.paths_of(watch)

    def drop(self, watch: int) -> None:
        """Forget a watch that is no more."""
        with self._lock:
            self._folders.drop(watch)

    def forget(self, top: bytes) -> None:
        """Watch and poll a folder and all beneath it no longer."""
        with self._lock:
            self._leaving.update(self._folders.take(top))

    def move(self, old: bytes, new: bytes) -> None:
        """Know a folder and all beneath it by another path."""
        with self._lock:
            self._leaving.update(self._folders.move(old, new))

    def remove_some(self) -> bool:
        """Take back some of the watches that are of no more use; tell whether there are more."""
        with self._lock:
            for _ in range(min(_REMOVALS, len(self._leaving))):
                with contextlib.suppress(OSError):  # the kernel may have taken it back itself
                    self._notifier.rm_watch(self._leaving.pop())
            return bool(self._leaving)

    @contextlib.contextmanager
    def starting_over(self) -> Iterator[None]:
        """Know nothing; what is not watched again by the end is given back."""
        with self._lock:
            before = set(self._folders.watches())
            self._folders = WatchedFolders()
            self._polled_roots = set()
            self._room = self._share()
        yield
        with self._lock:
            self._leaving |= before.difference(self._folders.watches())

    def look(self, hidden: Callable[[bytes], bool]) -> Seen:
        """Look at the folders that are polled and seen, and return what has happened to them."""
        with self._lock:
            polled = [(path, known) for path, known in self._folders.polled() if not hidden(path)]
        seen = Seen([], [], [])
        for path, known in polled:
            if self._closed:
                break
            look = _look(path)
            if look is None:
                seen.gone.append(path)
            elif known.inode not in (0, look.inode):
                seen.others.append(path)
            elif look != known:
                seen.changed.append(path)
                with self._lock:
                    if self._folders.knows(path) and not self._folders.is_watched(path):
                        self._folders.poll(path, _certain(look))
        return seen

    def exchange(self) -> list[bytes]:
        """Watch the folders that changed last in place of others; return those that changed meanwhile."""
        with self._lock:
            self._room = self._share()
            watched = list(self._folders.watched())
            # One that was given up comes back when the kernel has told all that it has to tell of it.
            polled = {
                path: look.changed_ns for path, look in self._folders.polled() if not self._folders.is_given_up(path)
            }
            free = self._room - len(watched)
            chosen = swaps(((path, ns) for path, ns in watched if path not in self._roots), polled.items(), free)
        for path in chosen.given_up:
            self._give_up(path)
        return [path for path in chosen.taken_up if self._take_up(path, polled[path])]

    def settle_roots(self) -> set[bytes]:
        """Find out anew beneath which roots folders are polled; return the roots of which that is no longer so."""
        with self._lock:
            polled = [path for path, _ in self._folders.polled()]
            before = self._polled_roots
            self._polled_roots = before.intersection(innermost(path, self._roots) for path in polled)
            return before - self._polled_roots

    def _watch(self, path: bytes, changed_ns: int) -> bool:
        """Watch one folder, with the lock held; tell whether it was not watched before."""
        watch = self._notifier.add_watch(path, _MASK)
        is_new = watch not in self._folders
        self._leaving.discard(watch)
        if path in self._roots and self._folders.watch_at(path) not in (None, watch):
            self._leaving.update(self._folders.take(path))  # something else was mounted over it
        replaced = self._folders.put(path, watch, beside=not is_new and self._is_elsewhere(path, watch))
        self._folders.changed(watch, changed_ns)
        if replaced is not None:
            self._leaving.add(replaced)
        return is_new

    def _is_elsewhere(self, path: bytes, watch: int) -> bool:
        """Tell whether a watched folder can be reached both by the path that is known and by this one."""
        known = self._folders.paths_of(watch)[0]
        try:
            return known != path and os.path.samestat(os.lstat(known), os.lstat(path))
        except OSError:
            return False

    def _poll(self, path: bytes, look: Look) -> None:
        self._folders.poll(path, _certain(look))
        root = innermost(path, self._roots)
        if root is not None:
            self._polled_roots.add(root)

    def _give_up(self, path: bytes) -> None:
        """Poll a folder that is watched. Its watch is known until the kernel has told all that it has to tell."""
        look = _look(path)
        with self._lock:
            watch = self._folders.watch_at(path)
            if watch is not None and look is not None and not self._closed:
                with contextlib.suppress(OSError):
                    self._notifier.rm_watch(watch)
                self._poll(path, look)

    def _take_up(self, path: bytes, changed_ns: int) -> bool:
        """Watch a folder that is polled, if that is allowed; tell whether it changed before it was watched."""
        with self._lock:
            if self._closed or not self._folders.knows(path) or self._folders.is_given_up(path):
                return False
            try:
                self._watch(path, changed_ns)
            except OSError as error:
                if error.errno in _NO_MORE:
                    self._room = len(self._folders)
                return False
        look = _look(path)
        return look is None or look.changed_ns != changed_ns


def _look(path: bytes) -> Look | None:
    try:
        return Look.of(os.lstat(path))
    except OSError:
        return None


def _certain(look: Look) -> Look:
    """Return what a folder is to be known by: one that changed just now may change again and have the same time.

    So it is known by another, and found changed when it is looked at next.
    """
    is_over = time.time_ns() - look.changed_ns > _TICK_NS
    return look if is_over else Look(look.changed_ns - 1, look.inode)
