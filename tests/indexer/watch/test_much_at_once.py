"""Whatever happens at once or is lost on the way, in the end everything is known."""

import os
import random
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from inotify_simple import Event

from tests import waiting
from tests.indexer.watch.watching import (
    RULES,
    Log,
    Mirror,
    Short,
    add,
    agree,
    folder_gone,
    run_wild,
    sentinel,
    wait_until,
)
from vexgui.core.paths import joined
from vexgui.indexer.coalesce import Change, Overflow, RawEvent
from vexgui.indexer.walk import walk
from vexgui.indexer.watch import Watcher, watch_limit

_LATE_NS = 100_000_000


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
            waiting.joined(program)
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
        waiting.joined(doing)
        for _ in range(2):  # what the first look found to follow may have changed before it was followed
            watcher.poll()
            wait_until(lambda: not watcher.pending(os.fsencode(root)))
        assert mirror.known.keys() == mirror.truth().keys()
        assert watcher.watches <= 3


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


def test_what_is_understood_late_is_pending_since_it_happened(
    root: Path, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever follows thousands of new folders on a slow disk takes seconds."""
    top = os.fsencode(root)
    pending_ns: list[int | None] = []

    def take(changes: Sequence[Change]) -> None:
        pending_ns.extend(watcher.pending_since_ns(top) for _ in changes)

    watcher = Watcher(RULES, take, log.tell, settle_s=0.05)
    with closing(watcher):
        add(watcher, root)
        translate = watcher._following.translate

        def translate_late(events: Iterable[Event]) -> list[RawEvent]:
            changed_ns = (root / "a").stat().st_ctime_ns
            wait_until(lambda: time.time_ns() > changed_ns + _LATE_NS)
            return translate(events)

        monkeypatch.setattr(watcher._following, "translate", translate_late)
        (root / "a").touch()
        wait_until(lambda: bool(pending_ns))
        assert pending_ns[0] is not None
        assert pending_ns[0] <= (root / "a").stat().st_ctime_ns


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
