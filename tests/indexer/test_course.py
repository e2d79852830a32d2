"""How far a list of files is: what is done, what waits by kind, and how long it takes still."""

import time

import pytest

from vexgui.core.events import Activity
from vexgui.core.files import Kind
from vexgui.indexer.course import Course

FILES = [b"/a/one.txt", b"/a/two.txt", b"/a/red.png", b"/a/thing"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_what_waits_is_told_by_kind_the_most_first(clock: list[float]) -> None:
    course = Course(Activity.INDEXING, FILES, "new files")
    assert course.progress().waiting[0] == (Kind.TEXT, 2)
    course.finish(FILES[:1])
    course.add([b"/a/green.png", b"/a/blue.png"])
    told = course.progress(b"/a/two.txt")
    assert (told.activity, told.done, told.total, told.current) == (Activity.INDEXING, 1, 6, b"/a/two.txt")
    assert dict(told.waiting) == {Kind.IMAGE: 3, Kind.TEXT: 1, Kind.OTHER: 1}
    assert told.why == "new files"
    assert clock == [100.0]


def test_what_is_done_waits_no_longer() -> None:
    course = Course(Activity.FILLING, FILES)
    course.finish(FILES)
    assert (course.progress().waiting, course.done) == ((), 4)


def test_the_time_that_is_left_is_told_once_the_rate_says_something(clock: list[float]) -> None:
    course = Course(Activity.FILLING, [b"/a/%d.txt" % number for number in range(100)])
    clock[0] += 1
    course.finish([b"/a/%d.txt" % number for number in range(10)])
    assert (course.progress().rate, course.progress().eta_s) == (10.0, None)
    clock[0] += 1
    course.finish([b"/a/%d.txt" % number for number in range(10, 20)])
    assert (course.progress().rate, course.progress().eta_s) == (10.0, 8.0)
