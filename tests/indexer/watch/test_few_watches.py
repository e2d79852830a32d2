"""Where the system gives few watches or none, the rest is polled, and that is told."""

import errno
import os
from contextlib import closing
from pathlib import Path

import pytest
from inotify_simple import INotify
from typing_extensions import override

from tests.indexer.watch.watching import RULES, Log, Mirror, add, agree, appeared, changed, wait_until
from vexgui.indexer.watch import Watcher, watch_limit


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


def test_a_notifier_that_the_system_gives_later_is_used_and_nothing_is_missed(root: Path, log: Log) -> None:
    (root / "inner").mkdir()
    is_free = False

    def offer() -> INotify:
        if not is_free:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return INotify()

    with closing(Watcher(RULES, log.take, log.tell, settle_s=0.05, open_notifier=offer)) as watcher:
        add(watcher, root)
        watcher.poll()
        assert watcher.watches == 0
        is_free = True
        watcher.poll()
        assert watcher.watches == 2
        assert not watcher.polled(os.fsencode(root))
        assert watcher.note == ""
        log.wait_for(appeared(root))
        (root / "inner" / "note.txt").touch()
        log.wait_for(changed(root / "inner" / "note.txt"))
    assert len(log.troubles) == 1
