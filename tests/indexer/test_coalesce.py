"""A batch of events comes to the fewest changes, and applying them always ends at what the disk holds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inotify_simple import flags

from vexgui.core.paths import folder_of, joined, lies_in, name_of
from vexgui.indexer.coalesce import (
    Change,
    FileChanged,
    FileGone,
    FolderAppeared,
    FolderGone,
    Moved,
    Overflow,
    RawEvent,
    coalesce,
    within,
)
from vexgui.indexer.rules import Rules

RULES = Rules((".*", "*~"))
ROOT = b"/r"


def event(kind: str, path: bytes, cookie: int = 0) -> RawEvent:
    """Return an event: the kind is a flag's name, with a slash after it for a folder."""
    mask = flags[kind.rstrip("/")] | (flags.ISDIR if kind.endswith("/") else 0)
    return RawEvent(folder_of(path), name_of(path), int(mask), cookie)


def create(path: bytes) -> list[RawEvent]:
    return [event("CREATE", path), event("MODIFY", path), event("CLOSE_WRITE", path)]


def write(path: bytes) -> list[RawEvent]:
    return [event("MODIFY", path), event("CLOSE_WRITE", path)]


def mkdir(path: bytes) -> list[RawEvent]:
    return [event("CREATE/", path)]


def delete(path: bytes) -> list[RawEvent]:
    return [event("DELETE", path)]


def rmdir(path: bytes) -> list[RawEvent]:
    return [event("DELETE/", path)]


def move(old: bytes, new: bytes, slash: str = "") -> list[RawEvent]:
    cookie = hash((old, new, slash)) & 0xFFFFFFFF
    return [event("MOVED_FROM" + slash, old, cookie), event("MOVED_TO" + slash, new, cookie)]


def movedir(old: bytes, new: bytes) -> list[RawEvent]:
    return move(old, new, "/")


CASES: dict[str, tuple[list[RawEvent], list[Change]]] = {
    "nothing": ([], []),
    "a new file is one change": (create(b"/r/a"), [FileChanged(b"/r/a")]),
    "many writes are one change": (write(b"/r/a") * 5, [FileChanged(b"/r/a")]),
    "truncation by path sends MODIFY only": ([event("MODIFY", b"/r/a")], [FileChanged(b"/r/a")]),
    "a hard link sends CREATE only": ([event("CREATE", b"/r/a")], [FileChanged(b"/r/a")]),
    "a file made and deleted is gone": (create(b"/r/a") + delete(b"/r/a"), [FileGone(b"/r/a")]),
    "a file deleted and made again is changed": (delete(b"/r/a") + create(b"/r/a"), [FileChanged(b"/r/a")]),
    "a marker has its folder compared": (create(b"/r/d/.nosearch"), [FolderAppeared(b"/r/d")]),
    "a marker taken away, too": (delete(b"/r/d/.nosearch"), [FolderAppeared(b"/r/d")]),
    "a .gitignore written has its folder compared": (write(b"/r/d/.gitignore"), [FolderAppeared(b"/r/d")]),
    "a .gitignore moved, both folders": (
        move(b"/r/d/.gitignore", b"/r/e/.gitignore"),
        [FolderAppeared(b"/r/d"), FolderAppeared(b"/r/e")],
    ),
    "a tag given to a marker is nothing": ([event("ATTRIB", b"/r/d/.nosearch")], []),
    "a move": (move(b"/r/a", b"/r/b"), [Moved(b"/r/a", b"/r/b", folder=False)]),
    "a move of a written file": (
        write(b"/r/a") + move(b"/r/a", b"/r/b"),
        [Moved(b"/r/a", b"/r/b", folder=False), FileChanged(b"/r/b")],
    ),
    "a moved file is written": (
        move(b"/r/a", b"/r/b") + write(b"/r/b"),
        [Moved(b"/r/a", b"/r/b", folder=False), FileChanged(b"/r/b")],
    ),
    "a move in from elsewhere": (move(b"/r/a", b"/r/b")[1:], [FileChanged(b"/r/b")]),
    "a move out to elsewhere": (move(b"/r/a", b"/r/b")[:1], [FileGone(b"/r/a")]),
    "an atomic save by a hidden name": (create(b"/r/.a.tmp") + move(b"/r/.a.tmp", b"/r/a"), [FileChanged(b"/r/a")]),
    "an atomic save by a passing name": (
        create(b"/r/a.new") + move(b"/r/a.new", b"/r/a"),
        [FileGone(b"/r/a.new"), FileChanged(b"/r/a")],
    ),
    "a save that keeps a backup": (move(b"/r/a", b"/r/a~") + create(b"/r/a"), [FileChanged(b"/r/a")]),
    "a backup restored": (move(b"/r/a~", b"/r/a"), [FileChanged(b"/r/a")]),
    "a file hidden": (move(b"/r/a", b"/r/.a"), [FileGone(b"/r/a")]),
    "hidden names do not exist": (create(b"/r/.a") + move(b"/r/.a", b"/r/.b") + mkdir(b"/r/.git"), []),
    "deletion then a move to the name": (
        delete(b"/r/b") + move(b"/r/a", b"/r/b"),
        [Moved(b"/r/a", b"/r/b", folder=False)],
    ),
    "a move and a new file at the old name": (
        move(b"/r/a", b"/r/b") + create(b"/r/a"),
        [Moved(b"/r/a", b"/r/b", folder=False), FileChanged(b"/r/a")],
    ),
    "two files change names": (
        move(b"/r/a", b"/r/t") + move(b"/r/b", b"/r/a") + move(b"/r/t", b"/r/b"),
        [
            Moved(b"/r/a", b"/r/t", folder=False),
            Moved(b"/r/b", b"/r/a", folder=False),
            Moved(b"/r/t", b"/r/b", folder=False),
        ],
    ),
    "a folder": (mkdir(b"/r/d"), [FolderAppeared(b"/r/d")]),
    "a folder covers what is in it": (
        create(b"/r/d/early") + mkdir(b"/r/d") + create(b"/r/d/a") + mkdir(b"/r/d/e") + create(b"/r/d/e/b"),
        [FolderAppeared(b"/r/d")],
    ),
    "a folder's name is no prefix of its neighbour's": (
        mkdir(b"/r/d") + create(b"/r/d2/a"),
        [FolderAppeared(b"/r/d"), FileChanged(b"/r/d2/a")],
    ),
    "a tree deleted is one change": (
        delete(b"/r/d/e/a") + rmdir(b"/r/d/e") + delete(b"/r/d/b") + rmdir(b"/r/d"),
        [FolderGone(b"/r/d")],
    ),
    "a folder made and deleted is gone": (mkdir(b"/r/d") + rmdir(b"/r/d"), [FolderGone(b"/r/d")]),
    "a folder deleted and made again": (rmdir(b"/r/d") + mkdir(b"/r/d"), [FolderAppeared(b"/r/d")]),
    "a file in a folder's place": (rmdir(b"/r/d") + create(b"/r/d"), [FolderGone(b"/r/d"), FileChanged(b"/r/d")]),
    "a folder in a file's place": (delete(b"/r/d") + mkdir(b"/r/d"), [FileGone(b"/r/d"), FolderAppeared(b"/r/d")]),
    "a folder moves with what was written in it": (
        write(b"/r/d/a") + delete(b"/r/d/b") + movedir(b"/r/d", b"/r/e"),
        [Moved(b"/r/d", b"/r/e", folder=True), FileGone(b"/r/e/b"), FileChanged(b"/r/e/a")],
    ),
    "a folder moved in": (movedir(b"/r/d", b"/r/e")[1:], [FolderAppeared(b"/r/e")]),
    "a folder moved out": (write(b"/r/d/a") + movedir(b"/r/d", b"/r/e")[:1], [FolderGone(b"/r/d")]),
    "a new folder that is renamed": (
        mkdir(b"/r/New Folder") + movedir(b"/r/New Folder", b"/r/d"),
        [FolderGone(b"/r/New Folder"), FolderAppeared(b"/r/d")],
    ),
    "files sorted into a new folder are moved": (
        mkdir(b"/r/d") + move(b"/r/a", b"/r/d/a"),
        [Moved(b"/r/a", b"/r/d/a", folder=False), FolderAppeared(b"/r/d")],
    ),
    "a folder moved over another's remains": (
        delete(b"/r/e/a") + rmdir(b"/r/e") + movedir(b"/r/d", b"/r/e"),
        [Moved(b"/r/d", b"/r/e", folder=True)],
    ),
    "the rest of a move may come later than the next event": (
        [move(b"/r/a", b"/r/b")[0], *create(b"/r/c"), move(b"/r/a", b"/r/b")[1]],
        [Moved(b"/r/a", b"/r/b", folder=False), FileChanged(b"/r/c")],
    ),
    "a root that is deleted, moved away or unmounted": (
        [RawEvent(b"/r", b"", int(flag)) for flag in (flags.DELETE_SELF, flags.MOVE_SELF, flags.UNMOUNT)],
        [FolderGone(b"/r")],
    ),
    "what only opens a file or describes a folder": (
        [event("OPEN", b"/r/a"), event("CLOSE_NOWRITE", b"/r/a"), event("ATTRIB/", b"/r/d")],
        [],
    ),
    "what gives a file attributes, as the desktop's tags": (
        [event("ATTRIB", b"/r/a"), event("ATTRIB", b"/r/a"), event("ATTRIB", b"/r/b"), *delete(b"/r/b")],
        [FileGone(b"/r/b"), FileChanged(b"/r/a")],
    ),
    "lost events make all others pointless": (
        [*create(b"/r/a"), RawEvent(b"", b"", int(flags.Q_OVERFLOW)), *create(b"/r/b")],
        [Overflow()],
    ),
    "names that are not text": (create(b"/r/\xff\n"), [FileChanged(b"/r/\xff\n")]),
    "folders directly in the system's root": (
        create(b"/a") + mkdir(b"/d"),
        [FolderAppeared(b"/d"), FileChanged(b"/a")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_events_come_to(case: str) -> None:
    events, changes = CASES[case]
    assert list(coalesce(events, RULES)) == changes


def test_deleting_a_large_tree_takes_time_in_proportion() -> None:
    events: list[RawEvent] = []
    for folder in range(5_000):
        path = b"/r/top/%d" % folder
        events += [*delete(path + b"/a"), *delete(path + b"/b"), *rmdir(path)]
    assert coalesce([*events, *rmdir(b"/r/top")], RULES) == (FolderGone(b"/r/top"),)
    assert len(coalesce(events, RULES)) == 5_000


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

    def end_batch(self) -> tuple[Change, ...]:
        for folder in sorted(self.folders - self.watched):
            if is_allowed(folder):
                self.send("CREATE/", folder)
                self.watched.add(folder)
        changes = coalesce(self.events, RULES)
        self.events = []
        return changes

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


def run(disk: Disk, steps: Sequence[Step], on_batch: Callable[[tuple[Change, ...]], None]) -> None:
    """Do the steps on a small tree, handing out each batch's changes; the first batch is the tree itself."""
    for folder in (b"/r/a", b"/r/a/b", b"/r/c", b"/r/.h"):
        disk.mkdir(folder)
        disk.write(folder + b"/a")
    on_batch(disk.end_batch())
    for step in steps:
        if step[0] == "end":
            on_batch(disk.end_batch())
        else:
            do(disk, step)
    on_batch(disk.end_batch())


@given(st.lists(STEPS, max_size=25))
@settings(deadline=None, max_examples=300)
def test_applying_each_batch_at_once_gives_what_the_disk_holds(steps: list[Step]) -> None:
    disk = Disk()
    follower = Follower(disk.seen)

    def apply(changes: tuple[Change, ...]) -> None:
        follower.apply(changes)
        assert follower.known == disk.seen()

    run(disk, steps, apply)


@given(st.lists(STEPS, max_size=25))
@settings(deadline=None, max_examples=300)
def test_applying_all_batches_late_gives_what_the_disk_holds(steps: list[Step]) -> None:
    disk = Disk()
    follower = LateFollower(disk.seen)
    batches: list[tuple[Change, ...]] = []
    run(disk, steps, batches.append)
    for changes in batches:
        follower.apply(changes)
    assert follower.known == disk.seen()


@given(st.lists(STEPS, max_size=25))
@settings(deadline=None, max_examples=100)
def test_a_path_is_named_by_one_change_of_a_kind(steps: list[Step]) -> None:
    def look(changes: tuple[Change, ...]) -> None:
        named = [change for change in changes if not isinstance(change, Moved)]
        assert len(set(named)) == len(named)

    run(Disk(), steps, look)


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (Overflow(), (Overflow(),)),
        (FileChanged(b"/kept/a"), (FileChanged(b"/kept/a"),)),
        (FileChanged(b"/kept too/a"), ()),
        (FolderGone(b"/kept"), (FolderGone(b"/kept"),)),
        (Moved(b"/kept/a", b"/kept/b", folder=False), (Moved(b"/kept/a", b"/kept/b", folder=False),)),
        (Moved(b"/kept/a", b"/left/a", folder=False), (FileGone(b"/kept/a"),)),
        (Moved(b"/kept/a", b"/left/a", folder=True), (FolderGone(b"/kept/a"),)),
        (Moved(b"/left/a", b"/kept/a", folder=False), (FileChanged(b"/kept/a"),)),
        (Moved(b"/left/a", b"/kept/a", folder=True), (FolderAppeared(b"/kept/a"),)),
        (Moved(b"/left/a", b"/left/b", folder=False), ()),
    ],
)
def test_what_lies_beneath_no_root_any_more_is_left_out(change: Change, left: tuple[Change, ...]) -> None:
    assert within([b"/kept"], change) == left
