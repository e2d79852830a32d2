"""What happens to files beneath a watched folder is reported; what is none of our business is not.

That something is not reported is proved by a later event that is: the kernel keeps their order.
"""

import os
from contextlib import closing
from pathlib import Path

import pytest

from tests.indexer.watch.watching import RULES, Log, add, changed, gone, moved, sentinel
from vexgui.core.paths import joined
from vexgui.indexer.coalesce import FileChanged
from vexgui.indexer.watch import Watcher
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused


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
