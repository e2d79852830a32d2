"""The folders being watched, as a tree: a folder that moves takes all beneath it along in one step."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class _Folder:
    name: bytes
    parent: "_Folder | None"
    watch: int | None = None
    inside: dict[bytes, "_Folder"] = field(default_factory=dict)


class WatchedFolders:
    """Joins watch numbers and absolute paths; each path has at most one watch, and each watch one path.

    Not safe for use from several threads at once.
    """

    def __init__(self) -> None:
        self._top = _Folder(b"", None)
        self._by_watch: dict[int, _Folder] = {}

    def __len__(self) -> int:
        return len(self._by_watch)

    def __contains__(self, watch: int) -> bool:
        return watch in self._by_watch

    def watches(self) -> Iterable[int]:
        """Return all watches."""
        return self._by_watch.keys()

    def path_of(self, watch: int) -> bytes | None:
        """Return where a watched folder is, or None when the watch is not known (any more)."""
        folder = self._by_watch.get(watch)
        if folder is None:
            return None
        names = []
        while folder.parent is not None:
            names.append(folder.name)
            folder = folder.parent
        return b"/" + b"/".join(reversed(names))

    def put(self, path: bytes, watch: int) -> int | None:
        """Say that a watch is on the folder at a path; return the watch that was thought to be on it before."""
        folder = self._at(path)
        before = folder.watch
        if before == watch:
            return None
        if before is not None:
            del self._by_watch[before]
        elsewhere = self._by_watch.get(watch)
        if elsewhere is not None:
            elsewhere.watch = None
        folder.watch = watch
        self._by_watch[watch] = folder
        return before

    def drop(self, watch: int) -> None:
        """Forget one watch."""
        folder = self._by_watch.pop(watch, None)
        if folder is not None:
            folder.watch = None

    def take(self, path: bytes) -> list[int]:
        """Forget a folder and all beneath it; return their watches."""
        top = self._find(path)
        if top is None:
            return []
        self._cut(top)
        taken = []
        waiting = [top]
        while waiting:
            folder = waiting.pop()
            if folder.watch is not None:
                taken.append(folder.watch)
                del self._by_watch[folder.watch]
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


def _names(path: bytes) -> list[bytes]:
    return [name for name in path.split(b"/") if name]
