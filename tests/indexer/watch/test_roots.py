"""Roots come and go, lie in each other and are mounted, and each is watched as long as it is one."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.indexer.watch.watching import Log, add, changed, folder_gone, sentinel
from tests.namespaces import as_root
from vexgui.indexer.watch import Watcher


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
    done = as_root(sys.executable, "-c", UNMOUNT, str(root), able="mounted")
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
    done = as_root(sys.executable, "-c", BIND, str(root), able="mounted")
    assert done.stdout.split() == ["mounted", "2", "True", "True", "True", "True"], done.stderr


def test_a_missing_root_has_no_watches(root: Path, watcher: Watcher) -> None:
    assert add(watcher, root / "missing") == 0
    watcher.remove(os.fsencode(root / "missing"))
