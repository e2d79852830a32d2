"""Folders that come, move and go are reported, and watched as long as they are beneath a root and not left out.

That something is not reported is proved by a later event that is: the kernel keeps their order.
"""

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

from tests.indexer.watch.watching import RULES, Log, add, appeared, changed, folder_gone, moved, sentinel, wait_until
from vexgui.indexer.coalesce import FolderAppeared, FolderGone
from vexgui.indexer.watch import Watcher


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
    sentinel(root, log)  # it was made and closed, and either has all looked at
    assert watcher.watches == 2
    log.clear()
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
