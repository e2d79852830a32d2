"""A disk of files that tells what happens as inotify does, and somebody who follows what is made of that."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st
from inotify_simple import flags

from vexgui.core.paths import folder_of, joined, lies_in, name_of
from vexgui.indexer.coalesce import Change, FileChanged, FileGone, FolderAppeared, FolderGone, Moved, RawEvent, coalesce
from vexgui.indexer.rules import Rules

RULES = Rules((".*", "*~"))
ROOT = b"/r"


def event(kind: str, path: bytes, cookie: int = 0) -> RawEvent:
    """Return an event: the kind is a flag's name, with a slash after it for a folder."""
    mask = flags[kind.rstrip("/")] | (flags.ISDIR if kind.endswith("/") else 0)
    return RawEvent(folder_of(path), name_of(path), int(mask), cookie)


@dataclass
class Disk:
    """A tree of files as the kernel would keep it, and the events it would send to a perfect watcher.

    Folders that come into being are watched only when the batch ends, as if the watcher were slow; the watcher then
    reports them, as the true one does.
    """

    files: dict[bytes, int] = field(default_factory=dict)
    folders: set[bytes] = field(default_factory=lambda: {ROOT})
    watched: set[bytes] = field(default_factory=lambda: {ROOT})
    events: list[RawEvent] = field(default_factory=list)
    clock: int = 0

    def send(self, kinds: str, path: bytes, cookie: int = 0) -> None:
        if folder_of(path) in self.watched:
            self.events += [event(kind, path, cookie) for kind in kinds.split()]

    def tick(self) -> int:
        self.clock += 1
        return self.clock

    def is_free(self, path: bytes) -> bool:
        return path not in self.files and path not in self.folders

    def write(self, path: bytes) -> None:
        if path not in self.folders:
            self.send("MODIFY CLOSE_WRITE" if path in self.files else "CREATE MODIFY CLOSE_WRITE", path)
            self.files[path] = self.tick()

    def unlink(self, path: bytes) -> None:
        if path in self.files:
            del self.files[path]
            self.send("DELETE", path)

    def mkdir(self, path: bytes) -> None:
        if self.is_free(path):
            self.folders.add(path)
            self.send("CREATE/", path)

    def rmtree(self, path: bytes) -> None:
        if path in self.folders and path != ROOT:
            for file in [file for file in self.files if lies_in(file, path)]:
                self.unlink(file)
            for folder in sorted((one for one in self.folders if lies_in(one, path)), key=len, reverse=True):
                self.folders.discard(folder)
                self.send("DELETE/", folder)
                self.watched.discard(folder)

    def rename(self, old: bytes, new: bytes) -> None:
        if old == new or lies_in(new, old):
            return
        if old in self.files and new not in self.folders:
            cookie = self.tick()
            self.files[new] = self.files.pop(old)
            self.send("MOVED_FROM", old, cookie)
            self.send("MOVED_TO", new, cookie)
        elif old in self.folders and old != ROOT and new not in self.files and not self.has_entries(new):
            self.rename_folder(old, new)

    def has_entries(self, path: bytes) -> bool:
        return any(other != path and lies_in(other, path) for other in (*self.files, *self.folders))

    def rename_folder(self, old: bytes, new: bytes) -> None:
        def moved(paths: Iterable[bytes]) -> set[bytes]:
            return {new + path[len(old) :] if lies_in(path, old) else path for path in paths}

        cookie = self.tick()
        self.folders.discard(new)
        self.watched.discard(new)
        is_followed = folder_of(new) in self.watched and RULES.allows(new, folder=True)
        self.files = {new + path[len(old) :] if lies_in(path, old) else path: v for path, v in self.files.items()}
        self.folders = moved(self.folders)
        self.watched = moved(self.watched) if is_followed else {path for path in self.watched if not lies_in(path, old)}
        self.send("MOVED_FROM/", old, cookie)
        self.send("MOVED_TO/", new, cookie)

    def follow(self) -> list[RawEvent]:
        """Watch the folders that are new, and return what was told since the last time."""
        for folder in sorted(self.folders - self.watched):
            if is_allowed(folder):
                self.send("CREATE/", folder)
                self.watched.add(folder)
        events, self.events = self.events, []
        return events

    def end_batch(self) -> tuple[Change, ...]:
        return coalesce(self.follow(), RULES)

    def seen(self) -> dict[bytes, int]:
        return {path: content for path, content in self.files.items() if is_allowed(path)}


def is_allowed(path: bytes) -> bool:
    return all(RULES.allows(b"/" + name, folder=True) for name in path[len(ROOT) + 1 :].split(b"/") if name)


class Follower:
    """What somebody knows who applies changes, looking at the disk where they point."""

    def __init__(self, look: Callable[[], dict[bytes, int]]) -> None:
        self.known: dict[bytes, int] = {}
        self._look = look

    def apply(self, changes: Sequence[Change]) -> None:
        for change in changes:
            match change:
                case FileChanged(path):
                    self.forget(lambda known, path=path: known == path)
                    self.learn(lambda seen, path=path: seen == path)
                case FileGone(path):
                    self.forget(lambda known, path=path: known == path)
                case FolderGone(path):
                    self.forget(lambda known, path=path: lies_in(known, path))
                case FolderAppeared(path):
                    self.forget(lambda known, path=path: lies_in(known, path))
                    self.learn(lambda seen, path=path: lies_in(seen, path))
                case Moved(old, new, folder):
                    self.move(old, new, folder=folder)

    def move(self, old: bytes, new: bytes, *, folder: bool) -> None:
        self.forget(lambda known: lies_in(known, new))
        if folder:
            self.known = {new + path[len(old) :] if lies_in(path, old) else path: v for path, v in self.known.items()}
        elif old in self.known:
            self.known[new] = self.known.pop(old)
        self.check_move(new, folder=folder)

    def check_move(self, new: bytes, *, folder: bool) -> None:
        """Trust the move: nothing is looked at."""

    def forget(self, which: Callable[[bytes], bool]) -> None:
        self.known = {path: content for path, content in self.known.items() if not which(path)}

    def learn(self, which: Callable[[bytes], bool]) -> None:
        self.known |= {path: content for path, content in self._look().items() if which(path)}


class LateFollower(Follower):
    """Applies changes when the disk has long moved on."""

    def check_move(self, new: bytes, *, folder: bool) -> None:
        self.apply([FolderAppeared(new) if folder else FileChanged(new)])


WHICH = st.integers(0, 99)
NAMES = st.sampled_from([b"a", b"b", b"c", b".h", b"a~"])
STEPS = st.tuples(
    st.sampled_from(["write", "rewrite", "unlink", "mkdir", "rmtree", "move", "move", "movedir", "movedir", "end"]),
    WHICH,
    WHICH,
    NAMES,
)
Step = tuple[str, int, int, bytes]


def one_of(paths: Iterable[bytes], which: int) -> bytes:
    """Return one of the paths; b"/" where there is none, which no step can do anything to."""
    ordered = sorted(paths) or [b"/"]
    return ordered[which % len(ordered)]


def do(disk: Disk, step: Step) -> None:
    kind, which, where, name = step
    file, folder = one_of(disk.files, which), one_of(disk.folders - {ROOT}, which)
    path = joined(one_of(disk.folders, where), name)
    match kind:
        case "write":
            disk.write(path)
        case "rewrite" if file in disk.files:
            disk.write(file)
        case "unlink":
            disk.unlink(file)
        case "mkdir":
            disk.mkdir(path)
        case "rmtree":
            disk.rmtree(folder)
        case "move":
            disk.rename(file, path)
        case "movedir":
            disk.rename(folder, path)
