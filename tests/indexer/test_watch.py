"""What happens beneath a watched folder is reported; what is none of our business is not.

That something is not reported is proved by a later event that is: the kernel keeps their order.
"""

import errno
import itertools
import os
import random
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from inotify_simple import Event, INotify, flags
from typing_extensions import override

from vexgui.core.events import Trouble
from vexgui.core.paths import joined, lies_in
from vexgui.indexer.coalesce import Change, FileChanged, FileGone, FolderAppeared, FolderGone, Moved, Overflow
from vexgui.indexer.rules import Rules
from vexgui.indexer.walk import walk
from vexgui.indexer.watch import Watcher, watch_limit
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused

RULES = Rules((".*", "*~"))
PATIENCE_S = 60.0


class Log:
    """Keeps what a watcher reports, and lets a test wait for it."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.troubles: list[Trouble] = []
        self._more = threading.Condition()

    def take(self, changes: Sequence[Change]) -> None:
        with self._more:
            self.changes += changes
            self._more.notify_all()

    def tell(self, trouble: Trouble) -> None:
        with self._more:
            self.troubles.append(trouble)
            self._more.notify_all()

    def wait(self, is_so: Callable[[], bool]) -> None:
        with self._more:
            assert self._more.wait_for(is_so, PATIENCE_S), self.changes[-20:]

    def wait_for(self, *changes: Change) -> None:
        self.wait(lambda: set(changes) <= set(self.changes))

    def clear(self) -> None:
        with self._more:
            self.changes = []


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


@pytest.fixture
def watcher(log: Log) -> Iterator[Watcher]:
    with closing(Watcher(RULES, log.take, log.tell, settle_s=0.05)) as made:
        yield made


_numbers = itertools.count()


def sentinel(root: Path, log: Log) -> None:
    """Wait until everything that happened before is reported."""
    mark = root / f"sentinel{next(_numbers)}"
    mark.touch()
    log.wait_for(changed(mark))


def changed(path: Path) -> FileChanged:
    return FileChanged(os.fsencode(path))


def gone(path: Path) -> FileGone:
    return FileGone(os.fsencode(path))


def appeared(path: Path) -> FolderAppeared:
    return FolderAppeared(os.fsencode(path))


def folder_gone(path: Path) -> FolderGone:
    return FolderGone(os.fsencode(path))


def moved(old: Path, new: Path, *, folder: bool = False) -> Moved:
    return Moved(os.fsencode(old), os.fsencode(new), folder=folder)


def add(watcher: Watcher, root: Path) -> int:
    return watcher.add(os.fsencode(root))


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for something that nothing announces."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline_s
        time.sleep(0.01)


class Short:
    """Tells what happened when it is asked to, and only so much of it, as a kernel with a short queue does."""

    def __init__(self) -> None:
        self._kernel = INotify()
        self._here, self._there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

    def fileno(self) -> int:
        return self._there.fileno()

    def add_watch(self, path: bytes, mask: int) -> int:
        return int(self._kernel.add_watch(path, mask))

    def rm_watch(self, wd: int) -> None:
        self._kernel.rm_watch(wd)

    def close(self) -> None:
        for opened in (self._kernel, self._here, self._there):
            opened.close()

    def deliver(self, most: int | None = None) -> None:
        """Hand on what happened so far; if a number is given so many events only, and that the others are lost."""
        happened = [*self._kernel.read(timeout=0)][:most]
        if most is not None:
            happened.append(Event(-1, int(flags.Q_OVERFLOW), 0, ""))
        for wd, mask, cookie, name in happened:
            told = os.fsencode(name) + b"\0"
            self._here.send(struct.pack("iIII", wd, mask, cookie, len(told)) + told)


# Files


def test_a_new_a_written_and_a_deleted_file_are_reported(root: Path, watcher: Watcher, log: Log) -> None:
    assert add(watcher, root) == 1
    (root / "a").write_text("one")
    log.wait_for(changed(root / "a"))
    log.clear()
    with (root / "a").open("a") as file:
        file.write("two")
    log.wait_for(changed(root / "a"))
    (root / "a").unlink()
    log.wait_for(gone(root / "a"))


def test_truncation_by_path_and_hard_links_are_reported(root: Path, watcher: Watcher, log: Log) -> None:
    (root / "a").write_text("one")
    add(watcher, root)
    os.truncate(root / "a", 1)
    os.link(root / "a", root / "b")
    log.wait_for(changed(root / "a"), changed(root / "b"))


def test_renaming_a_file_is_one_move(root: Path, watcher: Watcher, log: Log) -> None:
    (root / "sub").mkdir()
    (root / "a").write_text("one")
    assert add(watcher, root) == 2
    (root / "a").rename(root / "sub" / "b")
    sentinel(root, log)
    assert log.changes[0] == moved(root / "a", root / "sub" / "b")


def test_files_moved_in_and_out_come_and_go(root: Path, watcher: Watcher, log: Log) -> None:
    outside = root.parent / "outside"
    outside.write_text("one")
    (root / "a").write_text("one")
    add(watcher, root)
    outside.rename(root / "in")
    (root / "a").rename(root.parent / "out")
    log.wait_for(changed(root / "in"), gone(root / "a"))


def test_an_atomic_save_is_a_change_of_the_file(root: Path, watcher: Watcher, log: Log) -> None:
    (root / "a").write_text("one")
    add(watcher, root)
    (root / ".a.tmp").write_text("two")
    (root / ".a.tmp").rename(root / "a")
    log.wait_for(changed(root / "a"))
    sentinel(root, log)
    assert [change for change in log.changes if b"sentinel" not in getattr(change, "path", b"")] == [
        changed(root / "a")
    ]


def test_an_attribute_of_a_file_is_reported_and_the_mode_of_a_folder_is_not(
    root: Path, watcher: Watcher, log: Log
) -> None:
    (root / "d").mkdir()
    (root / "a").write_text("one")
    add(watcher, root)
    descriptor = attributes.open_for_attributes(os.fsencode(root / "a"))
    try:
        attributes.write(descriptor, b"user.xdg.tags", b"red")
    except AttributeRefused as refused:
        pytest.skip(f"no attributes here: {refused}")
    finally:
        os.close(descriptor)
    (root / "d").chmod(0o700)
    root.chmod(0o700)
    log.wait_for(changed(root / "a"))
    sentinel(root, log)
    assert [change for change in log.changes if b"sentinel" not in getattr(change, "path", b"")] == [
        changed(root / "a")
    ]
    (root / "d" / "b").write_text("two")  # the folder is watched still
    log.wait_for(changed(root / "d" / "b"))


def test_names_that_are_not_text_are_reported_exactly(root: Path, watcher: Watcher, log: Log) -> None:
    add(watcher, root)
    path = joined(os.fsencode(root), b"\xff two\nlines")
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
    log.wait_for(FileChanged(path))


def test_a_file_that_is_written_without_pause_is_reported_all_the_same(root: Path, log: Log) -> None:
    with closing(Watcher(RULES, log.take, log.tell, settle_s=0.05)) as watcher:
        add(watcher, root)
        (root / "a").write_text("one")
        log.wait_for(changed(root / "a"))


# Folders


def test_a_new_folder_is_reported_and_watched(root: Path, watcher: Watcher, log: Log) -> None:
    add(watcher, root)
    (root / "d").mkdir()
    log.wait_for(appeared(root / "d"))
    (root / "d" / "a").touch()
    log.wait_for(changed(root / "d" / "a"))


def test_a_renamed_folder_is_one_move_and_what_happens_in_it_bears_the_new_path(
    root: Path, watcher: Watcher, log: Log
) -> None:
    (root / "d" / "e").mkdir(parents=True)
    (root / "x").mkdir()
    assert add(watcher, root) == 4
    (root / "d").rename(root / "x" / "y")
    log.wait_for(moved(root / "d", root / "x" / "y", folder=True))
    (root / "x" / "y" / "e" / "a").touch()
    log.wait_for(changed(root / "x" / "y" / "e" / "a"))
    assert watcher.watches == 4


def test_a_folder_moved_out_is_gone_and_no_longer_watched(root: Path, watcher: Watcher, log: Log) -> None:
    (root / "d" / "e").mkdir(parents=True)
    add(watcher, root)
    outside = root.parent / "outside"
    (root / "d").rename(outside)
    log.wait_for(folder_gone(root / "d"))
    assert watcher.watches == 1
    log.clear()
    (outside / "e" / "a").touch()
    (outside / "b").touch()
    sentinel(root, log)
    assert len(log.changes) == 1


def test_a_folder_moved_in_is_reported_and_watched(root: Path, watcher: Watcher, log: Log) -> None:
    outside = root.parent / "outside"
    (outside / "e").mkdir(parents=True)
    add(watcher, root)
    outside.rename(root / "d")
    log.wait_for(appeared(root / "d"))
    (root / "d" / "e" / "a").touch()
    log.wait_for(changed(root / "d" / "e" / "a"))


def test_a_folder_moved_out_and_in_again_is_still_watched(root: Path, watcher: Watcher, log: Log) -> None:
    (root / "d" / "e").mkdir(parents=True)
    add(watcher, root)
    for _ in range(20):
        (root / "d").rename(root.parent / "out")
        (root.parent / "out").rename(root / "d")
    sentinel(root, log)
    (root / "d" / "e" / "a").touch()
    log.wait_for(changed(root / "d" / "e" / "a"))


def test_a_deleted_tree_is_one_loss_and_its_watches_are_given_back(root: Path, watcher: Watcher, log: Log) -> None:
    for name in ("d/e/f", "d/g"):
        (root / name).mkdir(parents=True)
    add(watcher, root)
    shutil.rmtree(root / "d")
    log.wait_for(folder_gone(root / "d"))
    assert watcher.watches == 1


def test_a_tree_made_at_once_is_covered_and_watched_to_its_depth(root: Path, watcher: Watcher, log: Log) -> None:
    add(watcher, root)
    deep = root / "a" / "b" / "c" / "d"
    deep.mkdir(parents=True)
    (deep / "file").touch()
    log.wait_for(appeared(root / "a"))
    wait_until(lambda: watcher.watches == 5)
    (deep / "later").touch()
    log.wait_for(changed(deep / "later"))


def test_links_to_folders_are_not_followed(root: Path, watcher: Watcher, log: Log) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (root / "before").symlink_to(outside)
    (root / "loop").symlink_to(root)
    assert add(watcher, root) == 1
    (root / "after").symlink_to(outside)
    (outside / "a").touch()
    sentinel(root, log)
    assert watcher.watches == 1
    assert not [change for change in log.changes if b"/a" in getattr(change, "path", b"")[-2:]]


def test_a_link_given_as_root_is_not_followed(root: Path, watcher: Watcher) -> None:
    (root.parent / "link").symlink_to(root)
    assert add(watcher, root.parent / "link") == 0


def test_excluded_folders_are_not_watched(root: Path, watcher: Watcher, log: Log) -> None:
    (root / ".git" / "objects").mkdir(parents=True)
    assert add(watcher, root) == 1
    (root / ".hg" / "store").mkdir(parents=True)
    (root / ".git" / "objects" / "1").touch()
    (root / ".hidden").touch()
    sentinel(root, log)
    assert watcher.watches == 1
    assert len(log.changes) == 1


def test_a_folder_that_is_hidden_is_gone_and_shown_again_is_back(root: Path, watcher: Watcher, log: Log) -> None:
    (root / "d" / "e").mkdir(parents=True)
    add(watcher, root)
    (root / "d").rename(root / ".d")
    log.wait_for(folder_gone(root / "d"))
    assert watcher.watches == 1
    (root / ".d").rename(root / "d")
    log.wait_for(appeared(root / "d"))
    assert watcher.watches == 3


def test_a_marker_ends_watching_beneath_its_folder_and_without_it_all_is_watched_again(
    root: Path, watcher: Watcher, log: Log
) -> None:
    (root / "d" / "e").mkdir(parents=True)
    add(watcher, root)
    (root / "d" / ".nosearch").touch()
    log.wait_for(appeared(root / "d"))
    assert watcher.watches == 2
    log.changes.clear()
    (root / "d" / ".nosearch").unlink()
    log.wait_for(appeared(root / "d"))
    assert watcher.watches == 3


def test_folders_to_skip_are_not_watched(root: Path, log: Log) -> None:
    profile = root / "profile"
    (profile / "data").mkdir(parents=True)
    with closing(Watcher(RULES, log.take, log.tell, skip=[os.fsencode(profile)], settle_s=0.05)) as watcher:
        assert add(watcher, root) == 1
        (profile / "data" / "a").touch()
        shutil.rmtree(profile)
        profile.mkdir()
        (profile / "a").touch()
        sentinel(root, log)
        assert watcher.watches == 1
        assert len(log.changes) == 1


def test_a_folder_whose_times_are_set_is_still_watched(root: Path, watcher: Watcher, log: Log) -> None:
    (root / "d").mkdir()
    add(watcher, root)
    subprocess.run(["touch", "-m", "-d", "2001-01-01", root / "d"], check=True)  # which inotify calls MODIFY
    (root / "d" / "a").touch()
    log.wait_for(changed(root / "d" / "a"))
    assert watcher.watches == 2
    assert not [change for change in log.changes if isinstance(change, FolderAppeared | FolderGone)]


# Roots


def test_a_removed_root_is_no_longer_watched_and_its_neighbour_is(root: Path, watcher: Watcher, log: Log) -> None:
    one, two = root / "one", root / "two"
    for folder in (one / "e", two):
        folder.mkdir(parents=True)
    add(watcher, one)
    add(watcher, two)
    watcher.remove(os.fsencode(one))
    assert watcher.watches == 1
    (one / "e" / "a").touch()
    sentinel(two, log)
    assert len(log.changes) == 1


def test_a_root_in_a_removed_root_stays_watched(root: Path, watcher: Watcher, log: Log) -> None:
    (root / ".inner" / "e").mkdir(parents=True)
    add(watcher, root)
    add(watcher, root / ".inner")
    watcher.remove(os.fsencode(root))
    assert watcher.watches == 2
    (root / ".inner" / "e" / "a").touch()
    log.wait_for(changed(root / ".inner" / "e" / "a"))


def test_removing_a_root_in_a_root_leaves_the_outer_one_whole(root: Path, watcher: Watcher, log: Log) -> None:
    (root / "inner" / "e").mkdir(parents=True)
    add(watcher, root / "inner")
    add(watcher, root)
    watcher.remove(os.fsencode(root / "inner"))
    (root / "inner" / "e" / "a").touch()
    log.wait_for(changed(root / "inner" / "e" / "a"))


@pytest.mark.parametrize("how", ["delete", "move"])
def test_a_root_that_goes_is_reported_itself_and_can_be_added_again(
    root: Path, watcher: Watcher, log: Log, how: str
) -> None:
    (root / "e").mkdir()
    add(watcher, root)
    if how == "delete":
        shutil.rmtree(root)
    else:
        root.rename(root.parent / "elsewhere")
    log.wait_for(folder_gone(root))
    assert watcher.watches == 0
    root.mkdir()
    assert add(watcher, root) == 1
    sentinel(root, log)


UNMOUNT = """
import subprocess, sys, threading
from vexgui.indexer.rules import Rules
from vexgui.indexer.watch import Watcher
place = sys.argv[1]
subprocess.run(["mount", "-t", "tmpfs", "none", place], check=True)
print("mounted", flush=True)
told = threading.Event()
watcher = Watcher(Rules(), lambda changes: (print(changes), told.set()), print, settle_s=0.05)
watcher.add(place.encode())
subprocess.run(["umount", place], check=True)
told.wait(60)
watcher.close()
print(watcher.watches)
"""


def test_a_root_that_is_unmounted_is_gone(root: Path) -> None:
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", sys.executable, "-c", UNMOUNT, str(root)],
        capture_output=True,
        check=False,
        text=True,
    )
    if "mounted" not in done.stdout:
        pytest.skip(f"cannot mount here: {done.stderr.strip()}")
    assert done.stdout.splitlines() == ["mounted", repr((folder_gone(root),)), "0"], done.stderr


BIND = """
import os, subprocess, sys, threading
from vexgui.indexer.coalesce import FileChanged, FileGone, FolderAppeared
from vexgui.indexer.rules import Rules
from vexgui.indexer.watch import Watcher
root = sys.argv[1]
subprocess.run(["mount", "--bind", root + "/a", root + "/b"], check=True)
print("mounted", flush=True)
seen, more = set(), threading.Condition()
def take(changes):
    with more:
        seen.update(changes)
        more.notify_all()
def wait(*changes):
    with more:
        print(more.wait_for(lambda: {kind((root + path).encode()) for kind, path in changes} <= seen, 60), flush=True)
watcher = Watcher(Rules(), take, print, settle_s=0.05)
watcher.add(root.encode())
print(watcher.watches)
open(root + "/b/new", "w").close()
wait((FileChanged, "/a/new"), (FileChanged, "/b/new"))
os.rename(root + "/a/new", root + "/a/other")
wait((FileChanged, "/b/other"), (FileGone, "/b/new"))
os.mkdir(root + "/a/deep")
wait((FolderAppeared, "/a/deep"), (FolderAppeared, "/b/deep"))
open(root + "/a/deep/new", "w").close()
wait((FileChanged, "/a/deep/new"), (FileChanged, "/b/deep/new"))
watcher.close()
"""


def test_what_happens_in_a_folder_that_is_mounted_twice_is_reported_in_both_places(root: Path) -> None:
    for name in ("a", "b"):
        (root / name).mkdir()
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", sys.executable, "-c", BIND, str(root)],
        capture_output=True,
        check=False,
        text=True,
    )
    if "mounted" not in done.stdout:
        pytest.skip(f"cannot mount here: {done.stderr.strip()}")
    assert done.stdout.split() == ["mounted", "2", "True", "True", "True", "True"], done.stderr


def test_a_missing_root_has_no_watches(root: Path, watcher: Watcher) -> None:
    assert add(watcher, root / "missing") == 0
    watcher.remove(os.fsencode(root / "missing"))


# Much at once


class Mirror:
    """Knows what lies in a folder from a watcher's changes and from looking where they point."""

    def __init__(self, root: Path) -> None:
        self._root = os.fsencode(root)
        self.known: dict[bytes, tuple[int, int]] = {}
        self.overflows = 0

    def truth(self) -> dict[bytes, tuple[int, int]]:
        return self._seen(self._root)

    def apply(self, changes: Sequence[Change]) -> None:
        for change in changes:
            match change:
                case FileChanged(path) | FileGone(path):
                    self._look_at(path)
                case FolderAppeared(path) | FolderGone(path):
                    self._compare(path)
                case Moved(_, new, True):
                    self._rename(change)
                    self._compare(new)
                case Moved(_, new, False):
                    self._rename(change)
                    self._look_at(new)
                case Overflow():
                    self.overflows += 1
                    self._compare(self._root)

    def _rename(self, change: Moved) -> None:
        """Take what was known along, as a catalog would; the look that follows corrects it."""
        old, new = change.old, change.new
        for path in [path for path in self.known if path == old or (change.folder and lies_in(path, old))]:
            self.known[new + path[len(old) :]] = self.known.pop(path)

    def _look_at(self, path: bytes) -> None:
        self.known.pop(path, None)
        folder = walk(os.path.dirname(path), RULES)
        for entry in next(folder).files:
            if joined(os.path.dirname(path), entry.name) == path:
                self.known[path] = (entry.stat.inode, entry.stat.mtime_ns)

    def _compare(self, path: bytes) -> None:
        self.known = {known: stat for known, stat in self.known.items() if not lies_in(known, path)}
        self.known |= self._seen(path)

    def _seen(self, top: bytes) -> dict[bytes, tuple[int, int]]:
        return {
            joined(folder.path, entry.name): (entry.stat.inode, entry.stat.mtime_ns)
            for folder in walk(top, RULES)
            for entry in folder.files
        }


def agree(mirror: Mirror) -> None:
    wait_until(lambda: mirror.known == mirror.truth())


def test_nothing_of_an_unpacked_archive_is_missed(root: Path, log: Log) -> None:
    mirror = Mirror(root)
    with closing(Watcher(RULES, mirror.apply, log.tell, settle_s=0.05)) as watcher:
        add(watcher, root)
        for number in range(2000):
            folder = root / "archive" / f"{number % 20}" / f"{number % 200}"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{number}").write_text("content")
        agree(mirror)
        assert len(mirror.known) == 2000
        assert watcher.watches == 1 + 1 + 20 + 200
        (root / "archive" / "7" / "107" / "later").touch()
        agree(mirror)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_wild_doings_of_two_programs_everything_is_known(root: Path, log: Log, seed: int) -> None:
    for name in ("a/b", "c"):
        (root / name).mkdir(parents=True)
    (root.parent / "outside").mkdir()
    mirror = Mirror(root)
    with closing(Watcher(RULES, mirror.apply, log.tell, settle_s=0.02)) as watcher:
        add(watcher, root)
        programs = [threading.Thread(target=run_wild, args=(root, random.Random(f"{seed} {n}"))) for n in range(2)]
        for program in programs:
            program.start()
        for program in programs:
            program.join()
        agree(mirror)
        folders = [folder.path for folder in walk(os.fsencode(root), RULES)]
        wait_until(lambda: watcher.watches == len(folders))
        for folder in folders:  # every one of them is still watched, under its right path
            os.close(os.open(joined(folder, b"last"), os.O_CREAT | os.O_WRONLY))
        agree(mirror)
        assert not log.troubles


@pytest.mark.parametrize("seed", range(4))
def test_after_any_wild_doings_every_file_is_known_though_few_folders_may_be_watched(
    root: Path, log: Log, seed: int
) -> None:
    for name in ("a/b", "c"):
        (root / name).mkdir(parents=True)
    (root.parent / "outside").mkdir()
    mirror = Mirror(root)
    with closing(Watcher(RULES, mirror.apply, log.tell, settle_s=0.02, limit=lambda: 6)) as watcher:
        add(watcher, root)
        doing = threading.Thread(target=run_wild, args=(root, random.Random(f"few {seed}")))
        doing.start()
        while doing.is_alive():
            watcher.poll()
        doing.join()
        for _ in range(2):  # what the first look found to follow may have changed before it was followed
            watcher.poll()
            wait_until(lambda: not watcher.pending(os.fsencode(root)))
        assert mirror.known.keys() == mirror.truth().keys()
        assert watcher.watches <= 3


def run_wild(root: Path, dice: random.Random) -> None:
    names = ["a", "b", "c", "d", ".h"]

    def any_path() -> Path:
        top = root if dice.random() < 0.9 else root.parent / "outside"
        return top.joinpath(*(dice.choice(names) for _ in range(dice.randint(1, 3))))

    for _ in range(300):
        path, other = any_path(), any_path()
        try:
            match dice.randrange(8):
                case 0 | 1:
                    path.mkdir(parents=dice.random() < 0.5)
                case 2:
                    path.write_text(str(dice.random()))
                case 3 | 4 | 5:
                    path.rename(other)
                case 6:
                    path.unlink()
                case 7 if dice.random() < 0.5:
                    shutil.rmtree(path, ignore_errors=True)
        except OSError:
            continue  # it does not exist, or not any more, or is of the wrong kind


def test_lost_events_are_told_and_what_came_meanwhile_is_watched(root: Path, log: Log) -> None:
    for name in ("old", "renamed"):
        (root / name).mkdir()
    notifier = Short()
    mirror = Mirror(root)
    with closing(Watcher(RULES, mirror.apply, log.tell, settle_s=0.05, open_notifier=lambda: notifier)) as watcher:
        add(watcher, root)
        for name in ("a", "b", "c"):
            (root / name).touch()
        (root / "old").rmdir()
        (root / "renamed").rename(root / "other")
        (root / "new" / "deep").mkdir(parents=True)
        notifier.deliver(most=2)
        agree(mirror)
        wait_until(lambda: mirror.overflows == 1)
        wait_until(lambda: watcher.watches == 4)
        (root / "new" / "deep" / "a").touch()
        (root / "other" / "a").touch()
        notifier.deliver()
        agree(mirror)
        wait_until(lambda: not watcher.pending(os.fsencode(root)))


def test_a_watcher_is_catching_up_from_the_loss_of_events_until_it_has_reported_it(root: Path, log: Log) -> None:
    notifier = Short()
    reported: list[tuple[Change, bool, bool]] = []

    def take(changes: Sequence[Change]) -> None:
        reported.extend((change, short.catching_up, short.pending(os.fsencode(root))) for change in changes)

    short = Watcher(RULES, take, log.tell, settle_s=3600, open_notifier=lambda: notifier)
    with closing(short):
        add(short, root)
        assert not short.catching_up
        (root / "a").touch()
        notifier.deliver(most=0)
        wait_until(lambda: bool(reported) and not short.catching_up)
        assert reported == [(Overflow(), True, True)]
        wait_until(lambda: not short.pending(os.fsencode(root)))


def test_a_large_tree_moved_out_does_not_drown_the_watcher_in_its_own_events(root: Path, log: Log) -> None:
    limit = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    for number in range(3000):
        (root / "d" / f"{number}").mkdir(parents=True)
    if watch_limit() < 3002:
        pytest.skip("too few watches allowed here")
    with closing(Watcher(RULES, log.take, log.tell, settle_s=0.05)) as watcher:
        assert add(watcher, root) == 3002
        (root / "d").rename(root.parent / "out")
        log.wait_for(folder_gone(root / "d"))
        sentinel(root, log)
        assert limit < 3000 or Overflow() not in log.changes
        assert watcher.watches == 1


# Limits, failures, the end


class Limited(INotify):  # type: ignore[misc]
    """Allows two watches, or as many as it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.allowed = 2
        self.held: set[int] = set()

    @override
    def add_watch(self, path: bytes, mask: int) -> int:
        watch: int = super().add_watch(path, mask)
        if watch not in self.held and len(self.held) >= self.allowed:
            super().rm_watch(watch)
            raise OSError(errno.ENOSPC, "No space left on device")
        self.held.add(watch)
        return watch

    @override
    def rm_watch(self, wd: int) -> None:
        super().rm_watch(wd)
        self.held.discard(wd)


def test_the_watch_limit_is_told_once_with_the_command_that_raises_it(root: Path, log: Log) -> None:
    for number in range(5):
        (root / f"{number}").mkdir()
    with closing(Watcher(RULES, log.take, log.tell, settle_s=0.05, open_notifier=Limited)) as watcher:
        assert not watcher.limited
        assert add(watcher, root) == 6
        wait_until(lambda: watcher.watches == 2)
        (root / "late").mkdir()
        log.wait_for(appeared(root / "late"))
        assert watcher.polled(os.fsencode(root))
        assert watcher.note == f"{log.troubles[0].message} {log.troubles[0].remedy}"
    (trouble,) = log.troubles
    assert "sudo sysctl fs.inotify.max_user_watches=" in trouble.remedy
    assert f"{watch_limit():,}" in trouble.message


def test_some_watches_are_left_to_other_programs(root: Path, log: Log) -> None:
    for number in range(9):
        (root / f"{number}").mkdir()
    with closing(Watcher(RULES, log.take, log.tell, settle_s=0.05, limit=lambda: 10)) as watcher:
        assert add(watcher, root) == 10
        assert watcher.watches == 6
        assert watcher.limited


def test_what_is_new_in_a_folder_that_is_not_watched_is_found_by_looking_and_the_folder_watched(
    root: Path, log: Log
) -> None:
    for number in range(8):
        (root / f"{number}").mkdir()
        os.utime(root / f"{number}", ns=(number, number))
    mirror = Mirror(root)
    with closing(Watcher(RULES, mirror.apply, log.tell, settle_s=0.05, limit=lambda: 5)) as watcher:
        add(watcher, root)
        wait_until(lambda: watcher.watches == 3)  # of the root and of those that changed last
        for number in (0, 7):
            (root / f"{number}" / "a").touch()
        wait_until(lambda: len(mirror.known) == 1)
        (root / "1" / "deep").mkdir()
        (root / "1" / "deep" / "a").touch()
        watcher.poll()
        agree(mirror)
        assert len(mirror.known) == 3
        wait_until(lambda: watcher.watches == 3)
        (root / "1" / "b").touch()  # where something happened last
        agree(mirror)
        assert not log.troubles[1:]


def test_folders_are_all_watched_once_the_limit_is_raised_and_compared_as_a_whole(root: Path, log: Log) -> None:
    for number in range(5):
        (root / f"{number}").mkdir()
        (root / f"{number}" / "a").touch()
    notifier = Limited()
    with closing(Watcher(RULES, log.take, log.tell, settle_s=0.05, open_notifier=lambda: notifier)) as watcher:
        add(watcher, root)
        assert watcher.polled(os.fsencode(root))
        notifier.allowed = 100
        watcher.poll()
        assert not watcher.polled(os.fsencode(root))
        assert watcher.note == ""
        assert watcher.watches == 6
        log.wait_for(appeared(root))
        (root / "4" / "b").touch()
        log.wait_for(changed(root / "4" / "b"))


def test_folders_left_to_polling_may_move_and_go(root: Path, log: Log) -> None:
    (root / "a" / "b").mkdir(parents=True)
    (root / "c").mkdir()
    mirror = Mirror(root)
    with closing(Watcher(RULES, mirror.apply, log.tell, settle_s=0.05, limit=lambda: 2)) as watcher:
        add(watcher, root)
        (root / "a").rename(root / "d")
        (root / "c").rmdir()
        (root / "d" / "b" / "file").touch()
        watcher.poll()
        agree(mirror)
        wait_until(lambda: not watcher.pending(os.fsencode(root)))
        (root / "d" / "b" / "other").touch()
        watcher.poll()
        agree(mirror)
        wait_until(lambda: watcher.watches == 1)


def test_the_watch_limit_is_read_from_the_system() -> None:
    assert watch_limit() == int(Path("/proc/sys/fs/inotify/max_user_watches").read_text())


@pytest.mark.parametrize(("code", "word"), [(errno.EMFILE, "max_user_instances"), (errno.ENOMEM, "")])
def test_where_the_system_gives_no_notifier_everything_is_polled_and_that_is_told(
    root: Path, log: Log, code: int, word: str
) -> None:
    def refuse() -> INotify:
        raise OSError(code, os.strerror(code))

    mirror = Mirror(root)
    with closing(Watcher(RULES, mirror.apply, log.tell, settle_s=0.05, open_notifier=refuse)) as watcher:
        add(watcher, root)
        assert watcher.watches == 0
        assert watcher.polled(os.fsencode(root))
        (root / "a").touch()
        watcher.poll()
        agree(mirror)
    (trouble,) = log.troubles
    assert "every 10 minutes" in trouble.message
    assert word in trouble.remedy


class Broken(Short):
    """Cannot be read."""

    @override
    def fileno(self) -> int:
        return self._folder

    def __init__(self) -> None:
        super().__init__()
        self._folder = os.open("/", os.O_RDONLY)

    @override
    def close(self) -> None:
        super().close()
        os.close(self._folder)


def test_a_watcher_that_fails_says_so_and_can_be_closed(root: Path, log: Log, caplog: pytest.LogCaptureFixture) -> None:
    with closing(Watcher(RULES, log.take, log.tell, settle_s=0.05, open_notifier=Broken)) as watcher:
        log.wait(lambda: bool(log.troubles))
        assert watcher.polled(os.fsencode(root))
    assert "no longer noticed" in log.troubles[0].message
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_closing_ends_the_thread_and_gives_everything_back(root: Path, log: Log) -> None:
    threads, descriptors = threading.active_count(), len(os.listdir("/proc/self/fd"))
    watcher = Watcher(RULES, log.take, log.tell, settle_s=3600)
    add(watcher, root)
    (root / "a").touch()
    started_s = time.monotonic()
    watcher.close()
    assert time.monotonic() - started_s < 30
    watcher.close()
    watcher.remove(os.fsencode(root))
    assert add(watcher, root) == 0
    assert threading.active_count() == threads
    assert len(os.listdir("/proc/self/fd")) == descriptors


def test_closing_while_a_root_is_being_added_stops_that(root: Path, log: Log) -> None:
    for number in range(500):
        (root / f"{number}").mkdir()
    watcher = Watcher(RULES, log.take, log.tell)
    adding = threading.Thread(target=lambda: [add(watcher, root) for _ in range(20)])
    adding.start()
    watcher.close()
    adding.join(PATIENCE_S)
    assert not adding.is_alive()
