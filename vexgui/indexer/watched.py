"""The folders beneath the roots, as a tree: a folder that moves takes all beneath it along in one step."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Look(NamedTuple):
    """What a folder is known by that is looked at now and then.

    Attributes:
        changed_ns: When it was changed last.
        inode: Which folder it is; 0 where that is not known.
    """

    changed_ns: int
    inode: int = 0

    @classmethod
    def of(cls, stat: os.stat_result) -> "Look":
        """Return what a folder looks like."""
        return cls(stat.st_mtime_ns, stat.st_ino)


_NOT_SEEN = Look(0)


@dataclass(slots=True, eq=False)
class _Folder:
    name: bytes
    parent: "_Folder | None"
    watch: int | None = None
    is_polled: bool = False
    look: Look = _NOT_SEEN
    inside: dict[bytes, "_Folder"] = field(default_factory=dict)


class WatchedFolders:
    """Joins watch numbers and absolute paths, and knows which folders are polled instead.

    Each path has at most one watch. A watch has one path, or several where a folder can be reached by several: bind
    mounts show it in more than one place.

    Not safe for use from several threads at once.
    """

    def __init__(self) -> None:
        self._top = _Folder(b"", None)
        self._by_watch: dict[int, _Folder] = {}
        self._others: dict[int, list[_Folder]] = {}  # the further places of the few watches that have any
        self._polled: set[_Folder] = set()

    def __len__(self) -> int:
        return len(self._by_watch)

    def __contains__(self, watch: int) -> bool:
        return watch in self._by_watch

    def watches(self) -> Iterable[int]:
        """Return all watches."""
        return self._by_watch.keys()

    def watch_at(self, path: bytes) -> int | None:
        """Return the watch on the folder at a path, or None."""
        folder = self._find(path)
        return None if folder is None else folder.watch

    def is_watched(self, path: bytes) -> bool:
        """Tell whether the folder at a path is watched, and not polled."""
        folder = self._find(path)
        return folder is not None and folder.watch is not None and not folder.is_polled

    def knows(self, path: bytes) -> bool:
        """Tell whether the folder at a path is watched or polled."""
        folder = self._find(path)
        return folder is not None and (folder.watch is not None or folder.is_polled)

    def inside(self, path: bytes) -> list[bytes]:
        """Return the folders in a folder that are watched or polled, or hold some that are or were."""
        folder = self._find(path)
        return [] if folder is None else [_path(inner) for inner in folder.inside.values()]

    def paths_of(self, watch: int) -> list[bytes]:
        """Return where a watched folder is; nowhere when the watch is not known (any more)."""
        folder = self._by_watch.get(watch)
        if folder is None:
            return []
        paths = [_path(folder)]
        if watch in self._others:
            paths += [_path(other) for other in self._others[watch]]
        return paths

    def put(self, path: bytes, watch: int, *, beside: bool = False) -> int | None:
        """Say that a watch is on the folder at a path; return a watch of no more use: what was thought to be on it.

        Args:
            path: Where the folder is.
            watch: Its watch.
            beside: Whether the folder can be reached by the path that its watch had so far, too.
        """
        folder = self._at(path)
        self._no_longer_polled(folder)
        if folder.watch == watch:
            return None
        before = self._let_go(folder)
        first = self._by_watch.get(watch)
        folder.watch = watch
        if first is not None and beside:
            self._others.setdefault(watch, []).append(folder)
            return before
        if first is not None:
            first.watch = None
        self._by_watch[watch] = folder
        return before

    def drop(self, watch: int) -> None:
        """Forget one watch."""
        folder = self._by_watch.pop(watch, None)
        if folder is not None:
            for place in (folder, *self._others.pop(watch, ())):
                place.watch = None

    def take(self, path: bytes) -> list[int]:
        """Forget a folder and all beneath it; return the watches that are of no more use."""
        top = self._find(path)
        if top is None:
            return []
        self._cut(top)
        taken = []
        waiting = [top]
        while waiting:
            folder = waiting.pop()
            self._no_longer_polled(folder)
            watch = self._let_go(folder)
            if watch is not None:
                taken.append(watch)
            waiting.extend(folder.inside.values())
        return taken

    def move(self, old: bytes, new: bytes) -> list[int]:
        """Give a folder and all beneath it another path; return the watches of what was thought to be there."""
        folder = self._find(old)
        if folder is None:
            return []
        replaced = self.take(new)
        self._cut(folder)
        path, _, folder.name = new.rpartition(b"/")
        folder.parent = self._at(path)
        folder.parent.inside[folder.name] = folder
        return replaced

    def poll(self, path: bytes, look: Look) -> None:
        """Say that the folder at a path is polled; a watch that it has stays known until it is dropped."""
        folder = self._at(path)
        folder.is_polled, folder.look = True, look
        self._polled.add(folder)

    def polled(self) -> Iterator[tuple[bytes, Look]]:
        """Yield the folders that are polled, and what each one looked like; nothing may change meanwhile."""
        return ((_path(folder), folder.look) for folder in self._polled)

    def is_given_up(self, path: bytes) -> bool:
        """Tell whether the folder at a path is polled, and was watched: something may still be told by its watch."""
        folder = self._find(path)
        return folder is not None and folder.is_polled and folder.watch is not None

    @property
    def given_up_count(self) -> int:
        """How many of the watches are of folders that are polled: they are known still, and no longer held."""
        return sum(folder.watch is not None for folder in self._polled)

    @property
    def polled_count(self) -> int:
        """How many folders are polled."""
        return len(self._polled)

    def changed(self, watch: int, changed_ns: int) -> None:
        """Say when something changed last in a folder that is watched, and not polled."""
        folder = self._by_watch.get(watch)
        if folder is not None and not folder.is_polled:
            folder.look = Look(changed_ns)

    def watched(self) -> Iterator[tuple[bytes, int]]:
        """Yield the folders that are watched and not polled, and when each one changed last, 0 where nothing did.

        Nothing may change meanwhile.
        """
        return ((_path(folder), folder.look.changed_ns) for folder in self._by_watch.values() if not folder.is_polled)

    def _no_longer_polled(self, folder: _Folder) -> None:
        if folder.is_polled:
            folder.is_polled = False
            self._polled.discard(folder)

    def _let_go(self, folder: _Folder) -> int | None:
        """Take a folder's watch from it; return the watch unless another path has it still."""
        watch, folder.watch = folder.watch, None
        if watch is None:
            return None
        others = self._others.get(watch)
        if others is None:
            del self._by_watch[watch]
            return watch
        if self._by_watch[watch] is folder:
            self._by_watch[watch] = others.pop()
        else:
            others.remove(folder)
        if not others:
            del self._others[watch]
        return None

    def _cut(self, folder: _Folder) -> None:
        if folder.parent is None:
            self._top = _Folder(b"", None)
        else:
            del folder.parent.inside[folder.name]

    def _find(self, path: bytes) -> _Folder | None:
        folder: _Folder | None = self._top
        for name in _names(path):
            if folder is None:
                return None
            folder = folder.inside.get(name)
        return folder

    def _at(self, path: bytes) -> _Folder:
        folder = self._top
        for name in _names(path):
            inner = folder.inside.get(name)
            if inner is None:
                inner = folder.inside[name] = _Folder(name, folder)
            folder = inner
        return folder


def _path(folder: _Folder) -> bytes:
    names = []
    while folder.parent is not None:
        names.append(folder.name)
        folder = folder.parent
    return b"/" + b"/".join(reversed(names))


def _names(path: bytes) -> list[bytes]:
    return [name for name in path.split(b"/") if name]
