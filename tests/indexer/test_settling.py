"""What happens settles file by file, and in the end all of it has been told."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inotify_simple import flags

from tests.indexer.disk import RULES, STEPS, Disk, LateFollower, Step, do, event
from vexgui.indexer.coalesce import Change, FileChanged, FileGone, FolderAppeared, FolderGone, Moved, Overflow, RawEvent
from vexgui.indexer.settling import Patience, Settling, Told

WRITE = ("MODIFY", "CLOSE_WRITE")


def settling() -> Settling:
    return Settling(RULES, Patience())


def written(path: bytes) -> list[RawEvent]:
    return [event(kind, path) for kind in WRITE]


def told(things: Settling, until_s: float) -> Iterator[tuple[float, Change]]:
    """Yield what is told up to some time, and when, asking only when that is due."""
    while (due_s := things.due_s()) <= until_s:
        for change in things.tell(due_s).changes:
            yield due_s, change


def writing(path: bytes, every_s: float, until_s: float) -> Iterator[tuple[float, Change]]:
    """Yield what is told of a file that is written again and again, and later on, and when."""
    things = settling()
    at_s = 0.0
    while at_s < until_s:
        things.note(written(path), at_s)
        at_s += every_s
        yield from told(things, math.nextafter(at_s, 0))
    yield from told(things, 2 * until_s)


@pytest.mark.parametrize(
    ("level", "first_s", "last_s", "due_s"),
    [
        (0, 0, 0, 2),
        (0, 0, 7, 9),
        (0, 0, 9.5, 10),
        (1, 0, 0, 4),
        (1, 0, 19, 20),
        (4, 0, 0, 30),
        (6, 100, 699, 700),
    ],
)
def test_things_wait_for_quiet_but_not_forever(level: int, first_s: float, last_s: float, due_s: float) -> None:
    assert Patience().due_s(first_s, last_s, level) == due_s


@pytest.mark.parametrize(
    ("before", "since_s", "level"),
    [(0, 5, 1), (0, 19, 1), (0, 20, 0), (1, 39, 2), (1, 40, 0), (6, 1, 6), (6, 1199, 6), (6, 1200, 0)],
)
def test_a_file_that_changes_again_soon_waits_longer(before: int, since_s: float, level: int) -> None:
    assert Patience().level(before, since_s) == level


def test_a_file_is_told_when_it_was_quiet_for_two_seconds() -> None:
    things = settling()
    for at_s in (100.0, 101.0, 102.5):
        things.note(written(b"/r/a"), at_s)
    assert list(told(things, 500)) == [(104.5, FileChanged(b"/r/a"))]
    assert things.due_s() == math.inf


def test_a_busy_file_holds_up_no_other() -> None:
    things = settling()
    for tenth in range(30):
        things.note(written(b"/r/busy"), tenth / 10)
        if tenth == 5:
            things.note(written(b"/r/quiet"), tenth / 10)
    assert list(told(things, 3)) == [(2.5, FileChanged(b"/r/quiet"))]


def test_a_log_that_is_written_every_second_is_told_ever_more_rarely() -> None:
    times_s = [at_s for at_s, _ in writing(b"/r/log", 1, 3600)]
    gaps_s = [round(after - before) for before, after in pairwise(times_s)]
    assert times_s[0] == 10
    assert gaps_s[:6] == [21, 41, 81, 161, 321, 601]
    assert set(gaps_s[6:-1]) == {601}
    assert times_s[-1] <= 3600 + 30  # once it has come to rest


def test_a_file_that_is_saved_now_and_then_is_told_each_time() -> None:
    assert [at_s for at_s, _ in writing(b"/r/a", 60, 300)] == [2, 62, 122, 182, 242]


def test_what_is_due_at_about_the_same_time_is_told_at_once() -> None:
    things = settling()
    for number in range(1000):
        things.note(written(b"/r/%d" % number), 100 + number / 100)
    times_s = {at_s for at_s, _ in told(things, 500)}
    assert len(times_s) <= 21


def test_both_ends_of_a_move_wait_for_each_other() -> None:
    things = settling()
    things.note([event("MOVED_FROM", b"/r/a", 7)], 0)
    things.note([event("MOVED_TO", b"/r/b", 7)], 1)
    things.note(written(b"/r/b"), 2)
    assert list(told(things, 500)) == [
        (4, Moved(b"/r/a", b"/r/b", folder=False)),
        (4, FileChanged(b"/r/b")),
    ]


def test_a_slow_save_by_another_name_is_one_change() -> None:
    things = settling()
    things.note([event("MOVED_FROM", b"/r/a", 7), event("MOVED_TO", b"/r/a.bak", 7)], 0)
    things.note([event("CREATE", b"/r/a")], 1)
    things.note(written(b"/r/a"), 2.5)
    things.note([event("DELETE", b"/r/a.bak")], 4)
    assert [at_s for at_s, _ in told(things, 500)] == [6, 6, 6]


def test_a_new_folder_takes_in_what_waits_beneath_it() -> None:
    things = settling()
    things.note([event("CREATE", b"/r/d/early"), event("CREATE", b"/r/dd")], 0)
    things.note([event("CREATE/", b"/r/d")], 1)
    things.note([event("CREATE", b"/r/d/late")], 2)
    assert list(told(things, 500)) == [(2, FileChanged(b"/r/dd")), (4, FolderAppeared(b"/r/d"))]


def test_a_tree_that_is_deleted_is_one_loss() -> None:
    things = settling()
    for number in range(100):
        things.note([event("DELETE", b"/r/d/%d/a" % number), event("DELETE/", b"/r/d/%d" % number)], number / 50)
    things.note([event("DELETE/", b"/r/d")], 2)
    assert list(told(things, 500)) == [(4, FolderGone(b"/r/d"))]


def test_a_large_archive_is_told_piece_by_piece() -> None:
    things = settling()
    things.note([event("CREATE/", b"/r/d")], 0)
    found: list[tuple[float, Change]] = []
    for second in range(30):
        things.note([event("CREATE", b"/r/d/%d" % second)], second)
        found += told(things, second)
    assert found[0] == (10.0, FolderAppeared(b"/r/d"))
    assert (13.0, FileChanged(b"/r/d/11")) in found


def test_lost_events_are_told_at_once_and_make_all_others_pointless() -> None:
    things = settling()
    things.note(written(b"/r/a"), 0)
    things.note([RawEvent(b"", b"", int(flags.Q_OVERFLOW)), *written(b"/r/b")], 1)
    assert things.due_s() == -math.inf
    assert things.since_s(b"/r") == 1
    assert things.tell(1).changes == (Overflow(),)
    assert things.due_s() == math.inf


def test_too_much_to_be_kept_is_told_without_quiet() -> None:
    things = settling()
    things.note([event("CREATE", b"/r/%d" % number) for number in range(50_000)], 0)
    assert things.due_s() <= 0
    assert len(things.tell(0).changes) == 50_000
    assert things.due_s() == math.inf


def test_a_file_written_for_hours_does_not_pile_up() -> None:
    things = settling()
    for number in range(60_000):
        things.note([event("MODIFY", b"/r/a")], number / 10_000)
    assert list(told(things, 7)) == []


def test_since_when_something_waits_is_known_of_each_folder() -> None:
    things = settling()
    things.note(written(b"/r/a/file"), 1)
    things.note([event("CREATE/", b"/r/b/new")], 3)
    assert {path: things.since_s(path) for path in (b"/", b"/r", b"/r/a", b"/r/b", b"/r/b/new/x", b"/r/aa", b"/s")} == {
        b"/": 1,
        b"/r": 1,
        b"/r/a": 1,
        b"/r/b": 3,
        b"/r/b/new/x": 3,
        b"/r/aa": None,
        b"/s": None,
    }
    assert things.tell(100).since_s == 1
    assert things.since_s(b"/") is None


def test_what_is_heard_of_late_waits_from_then_on_and_is_known_to_be_older() -> None:
    things = settling()
    things.note([event("CREATE/", b"/r/d")], 7, 5)
    things.note(written(b"/r/d/a"), 8, 3)
    things.note(written(b"/r/b"), 8)
    assert [things.since_s(path) for path in (b"/r", b"/r/d", b"/r/b")] == [3, 3, 8]
    assert things.tell(9.9) == Told((), 9.9)
    assert things.tell(10).since_s == 3
    things.note([RawEvent(b"", b"", int(flags.Q_OVERFLOW))], 12, 11)
    assert things.tell(12) == Told((Overflow(),), 11)


def test_a_file_gone_is_told_like_a_change() -> None:
    things = settling()
    things.note([event("DELETE", b"/r/a")], 0)
    assert list(told(things, 500)) == [(2, FileGone(b"/r/a"))]


def happenings(steps: Sequence[tuple[Step, float]]) -> tuple[Disk, LateFollower, list[Change]]:
    """Do the steps, time passing between them; return the disk, who followed it at once, and all that was told."""
    disk = Disk()
    follower = LateFollower(disk.seen)
    things = settling()
    changes: list[Change] = []

    def tell(now_s: float) -> None:
        if things.due_s() <= now_s:
            now = things.tell(now_s).changes
            follower.apply(now)
            changes.extend(now)

    for folder in (b"/r/a", b"/r/a/b", b"/r/c", b"/r/.h"):
        disk.mkdir(folder)
        disk.write(folder + b"/a")
    now_s = 0.0
    for step, pause_s in steps:
        things.note(disk.follow(), now_s)
        now_s += pause_s
        tell(now_s)
        do(disk, step)
    things.note(disk.follow(), now_s)
    while things.due_s() < math.inf:
        tell(things.due_s())
    return disk, follower, changes


@given(st.lists(st.tuples(STEPS, st.sampled_from([0.0, 0.1, 1.0, 2.5, 7.0])), max_size=30))
@settings(deadline=None, max_examples=300)
def test_whatever_settles_when_in_the_end_all_is_known(steps: list[tuple[Step, float]]) -> None:
    disk, follower, changes = happenings(steps)
    assert follower.known == disk.seen()
    late = LateFollower(disk.seen)
    late.apply(changes)
    assert late.known == disk.seen()
