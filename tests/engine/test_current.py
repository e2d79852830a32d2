"""Since when each root is current is known, and never said falsely; what is away or silent loses nothing."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Never

import pytest

from tests.engine.conftest import Desk, eventually
from vexgui.core.errors import ChildFailed
from vexgui.core.reports import RootInfo, RootState
from vexgui.indexer.forgetting import forget
from vexgui.indexer.scan import Work


def root(desk: Desk, name: str = "") -> RootInfo:
    path = desk.path(name).rstrip(b"/")
    return next(info for info in desk.engine.roots() if info.path == path)


@contextmanager
def mounted(desk: Desk, name: str) -> Iterator[bytes]:
    """Mount a file system of its own on a folder, where the system lets us."""
    point = desk.path(name)
    os.makedirs(point, exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "none", point], capture_output=True, check=False).returncode:
        pytest.skip("mounting needs root")
    try:
        yield point
    finally:
        subprocess.run(["umount", "-q", point], check=False)


@contextmanager
def silent(desk: Desk, name: str) -> Iterator[bytes]:
    """Mount a file system that never answers on a folder: a FUSE whose program never reads what it is asked."""
    point = desk.path(name)
    try:
        program = os.open("/dev/fuse", os.O_RDWR)
    except OSError:
        pytest.skip("there is no FUSE")
    options = f"fd={program},rootmode=40000,user_id=0,group_id=0"
    command = [b"mount", b"-i", b"-t", b"fuse", b"-o", options.encode(), b"silent", point]
    try:
        if subprocess.run(command, pass_fds=[program], capture_output=True, check=False).returncode:
            pytest.skip("mounting needs root")
        yield point
    finally:
        os.close(program)  # whoever waits for an answer is told that there will be none
        subprocess.run(["umount", "-q", "-l", point], check=False)


def fail(*_: object) -> Never:
    raise ChildFailed("The model process died.")


def test_without_a_watching_engine_nothing_is_said_of_currency(desk: Desk) -> None:
    desk.engine.add_roots([desk.path("")])
    assert (root(desk).state, root(desk).current_ns) == (RootState.UNWATCHED, 0)


def test_once_a_root_is_current_every_change_before_that_moment_is_found(desk: Desk) -> None:
    desk.write("first.txt", "A quiet violin.")
    desk.engine.add_roots([desk.path("")])
    desk.engine.watch()
    for number in range(2):
        path = desk.write(f"note {number}.txt", f"Fog number {number}.")
        written_ns = max(time.time_ns(), os.stat(path).st_mtime_ns)
        eventually(lambda since=written_ns: root(desk).current_ns > since)  # type: ignore[misc]
        assert root(desk).state is RootState.CURRENT
        assert len(desk.found("fog", meaning=False)) == number + 1


def test_a_root_given_to_a_run_is_current_when_the_run_has_ended(desk: Desk) -> None:
    desk.write("folder/note.txt", "Fog over the water.")
    desk.engine.watch()
    desk.engine.index([desk.path("folder")])
    assert root(desk, "folder").state is RootState.CURRENT


@pytest.mark.parametrize("end", ["stopped", "failed"])
def test_a_root_of_which_a_run_came_to_no_end_is_soon_scanned_once_more(
    desk: Desk, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vexgui.indexer.schedule._AGAIN_FIRST_S", 0.1)
    desk.write("folder/note.txt", "Fog over the water.")
    desk.engine.watch()
    stop = Event()
    if end == "stopped":
        stop.set()
        desk.engine.index([desk.path("folder")], stop=stop)
    else:
        with monkeypatch.context() as patch:
            patch.setattr(desk.embedders[0], "embed_texts", fail)
            with pytest.raises(ChildFailed):
                desk.engine.index([desk.path("folder")], stop=stop)
    eventually(lambda: root(desk, "folder").state is RootState.CURRENT)


def test_a_file_moved_between_roots_while_nobody_looked_keeps_its_history(desk: Desk) -> None:
    old, new = desk.write("a/note.txt", "Fog over the water."), desk.path("b/other name.txt")
    os.mkdir(desk.path("b"))
    desk.engine.index([desk.path("a"), desk.path("b")])
    before = desk.embedded
    os.rename(old, new)
    desk.engine.index([])
    assert desk.embedded == before
    assert [happening.event for happening in desk.engine.history(new)].count("renamed") == 1
    assert desk.engine.status().files == 1


def test_a_folder_moved_while_nobody_looked_is_not_read_again(desk: Desk) -> None:
    for number in range(3):
        desk.write(f"a/inner/note {number}.txt", f"Fog number {number}.")
    desk.write("a/inner/later gone.txt", "Rye bread.")
    desk.engine.index([desk.path("")])
    before = desk.embedded
    os.unlink(desk.path("a/inner/later gone.txt"))
    os.rename(desk.path("a"), desk.path("moved"))
    report = desk.engine.index([])
    assert (desk.embedded, report.indexed, report.reused, report.unchanged) == (before, 0, 0, 3)
    assert {name.split("/")[0] for name in desk.found("fog")} == {"moved"}
    assert desk.engine.history(desk.path("moved/inner/note 1.txt"))[0].event == "renamed"
    assert desk.engine.status().files == 3


def test_another_file_in_place_of_one_that_is_gone_is_no_move(desk: Desk) -> None:
    old = desk.write("old.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    os.unlink(old)
    desk.write("new.txt", "Fog over the waves.")
    desk.engine.index([])
    assert "renamed" not in [happening.event for happening in desk.engine.history(desk.path("new.txt"))]


def test_after_an_unclean_stop_what_was_touched_last_is_compared_by_content(desk: Desk) -> None:
    desk.write("new.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    desk.reopen()
    assert desk.engine.index([]).unchanged == 1
    desk.reopen()
    note = os.path.join(desk.profile.data, b"index.json")
    with open(note) as file:
        kept = json.load(file)
    assert kept["running"] == ""
    with open(note, "w") as file:
        json.dump({**kept, "running": "another start of the computer"}, file)
    desk.reopen()
    before = desk.embedded
    assert desk.engine.index([]).unchanged == 0
    assert desk.embedded == before


def test_another_drive_in_the_place_of_one_takes_nothing_from_it(desk: Desk) -> None:
    with mounted(desk, "drive") as point:
        for number in range(3):
            desk.write(f"drive/fog {number}.txt", f"Fog number {number}.")
        desk.engine.index([point])
    with mounted(desk, "drive"):
        desk.write("drive/other.txt", "Rye bread.")
        desk.engine.watch()
        eventually(lambda: root(desk, "drive").state is RootState.OFFLINE)
        report = desk.engine.index([])
        assert "Another drive" in report.failed[0].reason
        assert desk.found("rye") == ["drive/other.txt"]
        assert desk.engine.status().files == 4


def test_what_something_is_mounted_over_is_out_of_sight_and_not_gone(desk: Desk) -> None:
    desk.write("over/note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    with mounted(desk, "over"):
        desk.engine.index([])
        assert desk.engine.status().files == 1
    assert desk.found("fog") == ["over/note.txt"]


def test_a_drive_that_goes_is_offline_and_current_when_it_is_back(desk: Desk) -> None:
    with mounted(desk, "drive") as point:
        desk.write("drive/note.txt", "Fog over the water.")
        desk.engine.add_roots([point])
        desk.engine.watch()
        eventually(lambda: root(desk, "drive").state is RootState.CURRENT)
    eventually(lambda: root(desk, "drive").state is RootState.OFFLINE)
    assert root(desk, "drive").files == 1
    assert desk.found("is:offline fog") == ["drive/note.txt"]
    with mounted(desk, "drive"):
        desk.write("drive/note.txt", "Fog over the water.")
        eventually(lambda: root(desk, "drive").state is RootState.CURRENT)


def test_a_file_system_that_does_not_answer_holds_up_nobody(desk: Desk) -> None:
    desk.write("remote/far.txt", "Fog over the water.")
    desk.write("near/near.txt", "A quiet violin.")
    desk.engine.add_roots([desk.path("remote"), desk.path("near")])
    desk.engine.watch()
    eventually(lambda: {info.state for info in desk.engine.roots()} == {RootState.CURRENT})
    desk.engine._drives.remote._answer_s = 0.5
    with silent(desk, "remote"):
        eventually(lambda: root(desk, "remote").state is RootState.NOT_RESPONDING)
        desk.write("near/later.txt", "A quiet cello.")
        eventually(lambda: desk.found("cello", meaning=False) == ["near/later.txt"])
        assert root(desk, "near").state is RootState.CURRENT
        assert desk.found("fog") == []
        assert desk.found("is:offline fog") == ["remote/far.txt"]
    eventually(lambda: root(desk, "remote").state is RootState.CURRENT)
    assert desk.found("fog") == ["remote/far.txt"]


def test_a_folder_that_does_not_answer_is_forgotten_without_a_look_at_it(desk: Desk) -> None:
    desk.write("remote/note.txt", "Fog over the water.")
    desk.engine.index([desk.path("remote")])
    store = desk.engine._parts.store
    with silent(desk, "remote") as point:
        work = Work(gone_folders=[point])
        forgetting = Thread(target=forget, args=(work, store, desk.engine._keeper(), Event()), daemon=True)
        forgetting.start()
        forgetting.join(10)
        assert not forgetting.is_alive()
    assert desk.engine.status().files == 0
