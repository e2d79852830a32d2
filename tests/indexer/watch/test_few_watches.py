"""Where the system gives few watches or none, the rest is polled, and that is told."""

import errno
import os
import time
from contextlib import closing
from pathlib import Path

import pytest
from inotify_simple import INotify
from typing_extensions import override

from tests.indexer.watch.watching import RULES, Log, Mirror, Short, add, agree, appeared, changed, wait_until
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


def set_times(*folders: Path, seconds: int) -> None:
    """Have folders be changed last so many seconds after the epoch."""
    for folder in folders:
        os.utime(folder, (seconds, seconds))


def room_for_two() -> int:
    """Return a limit of which our share is two."""
    return 4


def test_the_watch_of_a_folder_that_went_from_one_that_is_polled_is_given_back(root: Path, log: Log) -> None:
    (root / "a" / "b").mkdir(parents=True)
    set_times(root / "a", seconds=1)
    with closing(Watcher(RULES, log.take, log.tell, settle_s=0.05, limit=room_for_two)) as watcher:
        add(watcher, root)
        assert watcher.watches == 2
        (root / "a" / "b").rename(root.parent / "outside")
        wait_until(lambda: watcher.watches == 1)


def test_what_takes_the_place_of_a_folder_that_is_polled_is_followed_as_itself(root: Path, log: Log) -> None:
    """It may be as old, and hold folders of the same names."""
    places = [root / "p", root / "p" / "a", root / "p" / "z"]
    for place in places[1:]:
        (place / "b").mkdir(parents=True)
    set_times(root / "p" / "z" / "b", *places, seconds=1)
    set_times(root / "p" / "a" / "b", seconds=1 << 32)
    mirror = Mirror(root)
    with closing(Watcher(RULES, mirror.apply, log.tell, settle_s=0.05, limit=room_for_two)) as watcher:
        add(watcher, root)
        assert watcher.watches == 2  # of the root and p/a/b
        (root / "p" / "a").rename(root.parent / "outside")
        (root / "p" / "z").rename(root / "p" / "a")
        watcher.poll()
        agree(mirror)
        wait_until(lambda: not watcher.pending(os.fsencode(root)))
        (root / "p" / "a" / "b" / "file").touch()
        watcher.poll()
        agree(mirror)


def test_a_folder_is_not_watched_again_before_all_is_told_that_its_first_watch_heard(root: Path, log: Log) -> None:
    for name in ("a", "b"):
        (root / name).mkdir()
    set_times(root / "a", seconds=2)
    set_times(root / "b", seconds=1)
    notifier = Short()
    mirror = Mirror(root)
    with closing(
        Watcher(RULES, mirror.apply, log.tell, settle_s=0.05, open_notifier=lambda: notifier, limit=room_for_two)
    ) as watcher:
        add(watcher, root)  # a is watched, and b is not
        (root / "a" / "file").touch()
        set_times(root / "a", seconds=4)
        set_times(root / "b", seconds=3)
        watcher.poll()
        watcher.poll()
        notifier.deliver()
        agree(mirror)


def test_what_changed_in_a_folder_that_is_polled_is_found_though_it_was_followed_once_more(
    root: Path, log: Log
) -> None:
    (root / "a" / "b").mkdir(parents=True)
    set_times(root / "a", seconds=1)
    set_times(root / "a" / "b", seconds=2)
    mirror = Mirror(root)
    with closing(Watcher(RULES, mirror.apply, log.tell, settle_s=0.05, limit=room_for_two)) as watcher:
        add(watcher, root)
        (root / "a" / "file").touch()
        set_times(root / "a", seconds=1)
        (root / "a" / "other").touch()
        set_times(root / "a", seconds=3)
        add(watcher, root)
        watcher.poll()
        agree(mirror)


def test_what_changes_twice_in_a_moment_is_found_the_second_time_though_the_clock_stood_still(
    root: Path, log: Log
) -> None:
    (root / "a" / "b").mkdir(parents=True)
    mirror = Mirror(root)
    with closing(Watcher(RULES, mirror.apply, log.tell, settle_s=0.05, limit=room_for_two)) as watcher:
        set_times(root / "a", seconds=1)
        set_times(root / "a" / "b", seconds=1 << 32)
        add(watcher, root)
        moment = int(time.time()) + 1
        for name in ("file", "other"):
            (root / "a" / name).touch()
            set_times(root / "a", seconds=moment)
            watcher.poll()
            agree(mirror)
