"""A batch of events comes to the fewest changes, and applying them always ends at what the disk holds."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inotify_simple import flags

from tests.indexer.disk import RULES, STEPS, Disk, Follower, LateFollower, Step, do, event
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


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (
            Moved(b"/kept/a", b"/kept/b", folder=True),
            (FolderGone(b"/kept/a"), FolderAppeared(b"/kept/b")),
        ),
        (
            Moved(b"/kept/b", b"/kept/a", folder=True),
            (FolderGone(b"/kept/b"), FolderAppeared(b"/kept/a")),
        ),
        (Moved(b"/kept/a/x", b"/kept/a/y", folder=True), (Moved(b"/kept/a/x", b"/kept/a/y", folder=True),)),
        (Moved(b"/kept/a/drive/x", b"/kept/y", folder=True), (Moved(b"/kept/a/drive/x", b"/kept/y", folder=True),)),
        (FolderAppeared(b"/kept/a"), (FolderAppeared(b"/kept/a"), FolderAppeared(b"/kept/a/drive"))),
        (FolderAppeared(b"/kept/a/drive"), (FolderAppeared(b"/kept/a/drive"),)),
    ],
)
def test_a_root_within_another_stays_where_it_is_and_is_looked_at_with_what_it_lies_in(
    change: Change, left: tuple[Change, ...]
) -> None:
    assert within([b"/kept", b"/kept/a/drive"], change) == left
