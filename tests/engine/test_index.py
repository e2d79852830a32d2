"""Bringing files into the index: what is counted, what is left out, what fails and why."""

import os
import random
import threading

import pytest

from tests.engine.conftest import Desk
from vexgui.core.errors import PathProblem, UsageProblem
from vexgui.core.events import Activity, Event, Progress
from vexgui.core.files import FileState, Kind
from vexgui.core.reports import Freshness
from vexgui.indexer import telling


def test_every_file_ends_somewhere_and_is_counted(desk: Desk) -> None:
    desk.write("note.txt", "Fog over the water.")
    desk.write("empty.txt", "")
    junk = random.Random(1).randbytes
    desk.write("junk.pdf", junk(5000))
    desk.write("photo.jpg", b"\xff\xd8\xff" + junk(100))
    desk.write("data.bin", junk(100))
    desk.write(".hidden.txt", "Fog.")
    desk.write("node_modules/thing.js", "fog()")
    os.symlink(desk.path("note.txt"), desk.path("link.txt"))
    os.symlink(desk.path(""), desk.path("loop"))
    os.mkfifo(desk.path("pipe"))
    report = desk.engine.index([desk.path("")])
    assert report.files == report.indexed == 5
    assert report.skipped >= 3
    failed = {os.path.basename(failure.path): failure.reason for failure in report.failed}
    assert set(failed) == {b"junk.pdf", b"photo.jpg"}
    assert all(reason.endswith(".") for reason in failed.values())


def test_a_failed_file_is_found_by_name_and_says_why(desk: Desk) -> None:
    path = desk.write("broken invoice.pdf", b"%PDF-1.4\ngarbage")
    desk.engine.index([desk.path("")])
    assert desk.found("broken invoice") == ["broken invoice.pdf"]
    inspection = desk.engine.inspect(path)
    assert inspection.state is FileState.FAILED
    assert inspection.reason
    assert desk.engine.status().last_errors[0].path == path


def test_names_that_are_not_utf_8_are_indexed_and_found(desk: Desk) -> None:
    path = os.path.join(desk.path(""), b"caf\xe9 notes\n.txt")
    with open(path, "wb") as file:
        file.write(b"Fog over the water.")
    desk.engine.index([desk.path("")])
    assert [hit.path for hit in desk.engine.search("fog", 5).hits] == [path]
    assert [hit.path for hit in desk.engine.search("notes", 5, meaning=False).hits] == [path]


def test_a_single_file_outside_every_root_is_indexed_by_itself(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    desk.write("other.txt", "Fog on the hill.")
    report = desk.engine.index([path])
    assert (report.files, report.indexed) == (1, 1)
    assert desk.engine.roots() == ()
    assert desk.found("fog") == ["note.txt"]


def test_a_file_that_is_gone_is_forgotten_by_the_next_run(desk: Desk) -> None:
    path = desk.write("sub/note.txt", "Fog over the water.")
    desk.write("other.txt", "Rye bread.")
    desk.engine.index([desk.path("")])
    os.unlink(path)
    os.rmdir(desk.path("sub"))
    desk.engine.index([])
    assert desk.engine.status().files == 1
    assert desk.found("fog") == []


def test_force_embeds_again(desk: Desk) -> None:
    desk.write("note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    before = desk.embedded
    assert desk.engine.index([], force=True).indexed == 1
    assert desk.embedded > before


def test_a_chmod_embeds_nothing(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    before = desk.embedded
    os.chmod(path, 0o600)
    assert desk.found("fog") == ["note.txt"]
    assert desk.engine.index([]).unchanged == 1
    assert desk.embedded == before
    assert desk.engine.inspect(path).freshness is Freshness.FRESH


def test_an_inner_folder_is_no_root_of_its_own_and_an_outer_one_takes_it_in(desk: Desk) -> None:
    desk.write("a/b/note.txt", "Fog.")
    desk.engine.add_roots([desk.path("a/b")])
    desk.engine.add_roots([desk.path("a")])
    desk.engine.add_roots([desk.path("a/b")])
    assert [root.path for root in desk.engine.roots()] == [desk.path("a")]


def test_a_missing_folder_adds_nothing(desk: Desk) -> None:
    desk.write("a/note.txt", "Fog.")
    with pytest.raises(PathProblem, match="does not exist"):
        desk.engine.add_roots([desk.path("a"), desk.path("nowhere")])
    assert desk.engine.roots() == ()


def test_a_file_is_no_root(desk: Desk) -> None:
    with pytest.raises(PathProblem, match="not a folder"):
        desk.engine.add_roots([desk.write("note.txt", "Fog.")])


def test_without_any_root_there_is_nothing_to_index(desk: Desk) -> None:
    with pytest.raises(UsageProblem, match="No folder"):
        desk.engine.index([])


def test_progress_reaches_the_total_and_ends_idle(desk: Desk) -> None:
    for number in range(150):
        desk.write(f"note {number}.txt", f"Fog {number}.")
    events: list[Event] = []
    desk.engine.subscribe(events.append)
    desk.engine.index([desk.path("")])
    steps = [event for event in events if isinstance(event, Progress)]
    assert steps[-1].activity is Activity.IDLE
    for activity in (Activity.INDEXING, Activity.FILLING):
        done = [step.done for step in steps if step.activity is activity]
        assert done == sorted(done)
    assert (steps[-2].activity, steps[-2].done, steps[-2].total) == (Activity.FILLING, 150, 150)
    assert max(step.waiting for step in steps) == ((Kind.TEXT, 150),)


def test_a_stopped_run_keeps_what_it_committed_and_loses_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "_TELL_EVERY_S", 0.0)  # or a quick computer is through before it tells
    for number in range(400):
        desk.write(f"note {number}.txt", f"Fog {number}.")
    stop = threading.Event()
    unsubscribe = desk.engine.subscribe(
        lambda event: stop.set() if isinstance(event, Progress) and event.done > 100 else None
    )
    report = desk.engine.index([desk.path("")], stop=stop)
    unsubscribe()
    assert 100 < report.indexed < 400
    assert desk.engine.status().files == report.indexed
    assert desk.engine.index([]).files == 400


def test_a_link_to_a_folder_is_the_folder(desk: Desk) -> None:
    desk.write("real/note.txt", "Fog.")
    os.symlink(desk.path("real"), desk.path("link"))
    desk.engine.index([desk.path("link")])
    assert [root.path for root in desk.engine.roots()] == [desk.path("real")]
