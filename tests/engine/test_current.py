"""Since when each root is current is known, and never said falsely; what is away or silent loses nothing."""

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any, Never

import pytest

from tests.engine.conftest import Desk, eventually
from tests.engine.silence import silent
from tests.waiting import PATIENCE_S, joined
from vexgui.core.errors import ChildFailed
from vexgui.core.reports import RootInfo, RootState
from vexgui.indexer import bringing
from vexgui.indexer.coalesce import Change, FolderAppeared, FolderGone, Moved
from vexgui.indexer.forgetting import Forgetter
from vexgui.indexer.scan import Work


def root(desk: Desk, name: str = "") -> RootInfo:
    path = desk.path(name).rstrip(b"/")
    return next(info for info in desk.engine.roots() if info.path == path)


@contextmanager
def mounted(desk: Desk, name: str, drive: bytes = b"") -> Iterator[bytes]:
    """Mount a drive that lies ready in a folder, or else a file system of its own, where the system lets us."""
    point = desk.path(name)
    os.makedirs(point, exist_ok=True)
    what = ["--bind", drive] if drive else ["-t", "tmpfs", "none"]
    if subprocess.run(["mount", *what, point], capture_output=True, check=False, timeout=PATIENCE_S).returncode:
        pytest.skip("mounting needs root")
    try:
        yield point
    finally:
        # A file may be open still.
        subprocess.run(["umount", "-q", "--lazy", point], check=False, timeout=PATIENCE_S)


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


def test_a_strange_drive_takes_nothing_however_often_it_is_seen_and_however_much_is_on_it(desk: Desk) -> None:
    with mounted(desk, "drive") as point:
        desk.write("drive/fog.txt", "Fog over the water.")
        desk.write("drive/folder/harbour.txt", "A harbour.")
        desk.engine.index([point])
    with mounted(desk, "drive"):
        for number in range(5):
            desk.write(f"drive/rye {number}.txt", f"Rye number {number}.")
        for _ in range(2):
            desk.reopen()
            assert "Another drive" in desk.engine.index([]).failed[0].reason
        assert desk.engine.status().files == 7


def test_a_rebuild_while_a_strange_drive_is_there_takes_nothing_from_the_one_before(desk: Desk) -> None:
    with mounted(desk, "drive") as point:
        for number in range(3):
            desk.write(f"drive/fog {number}.txt", f"Fog number {number}.")
        desk.engine.index([point])
    with mounted(desk, "drive"):
        for number in range(5):
            desk.write(f"drive/rye {number}.txt", f"Rye number {number}.")
        desk.engine.index([])
        for _ in range(2):
            assert "Another drive" in desk.engine.rebuild().failed[0].reason
            assert desk.engine.status().files == 8
    assert len(desk.found("is:offline fog", meaning=False)) == 3


def test_a_strange_drive_is_taken_for_the_one_before_soon_after_half_of_that_was_copied_onto_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vexgui.indexer.schedule._CALM_S", 0.1)
    with mounted(desk, "drive") as point:
        desk.write("drive/note.txt", "Fog over the water.")
        desk.engine.index([point])
    with mounted(desk, "other drive") as other:
        desk.write("other drive/rye.txt", "Rye bread.")
        with mounted(desk, "drive", other):
            desk.engine.watch()
            eventually(lambda: desk.found("rye", meaning=False) == ["drive/rye.txt"])
            eventually(lambda: root(desk, "drive").state is RootState.OFFLINE)
            desk.write("drive/note.txt", "Fog over the water.")
            eventually(lambda: root(desk, "drive").state is RootState.CURRENT)
            assert desk.engine.status().files == 2


@pytest.fixture
def strange(desk: Desk) -> bytes:
    """A root with two notes of a stranger's in a folder where the drive before had eight, and a watching engine."""
    for number in range(8):
        desk.write(f"drive/notes/fog {number}.txt", f"Fog number {number}.")
    desk.write("drive/last.txt", "A harbour.")
    place = desk.path("drive")
    desk.engine.index([place])
    desk.engine._drives.memory.remember(place, "the drive before")
    for number in range(2, 8):
        os.unlink(desk.path(f"drive/notes/fog {number}.txt"))
    os.unlink(desk.path("drive/last.txt"))
    desk.engine.watch()
    eventually(lambda: root(desk, "drive").state is RootState.OFFLINE)
    return place


@pytest.mark.parametrize(
    "change", [FolderGone, FolderAppeared, lambda path: Moved(path, path + b" of old", folder=True)]
)
def test_what_happens_to_a_folder_on_a_strange_drive_says_nothing_of_the_one_before(
    desk: Desk, strange: bytes, change: Callable[[bytes], Change]
) -> None:
    folder = strange + b"/notes"
    if isinstance(change(folder), Moved):
        os.rename(folder, folder + b" of old")
    for number in range(2, 6):  # more than half of what was in it
        desk.write(f"drive/notes/fog {number}.txt", f"Fog number {number}.")
    indexer = desk.engine._parts.indexer
    before = desk.engine._parts.store.catalog.folder_stats(folder).keys()
    indexer._applier.apply([change(folder)], indexer._background())
    assert desk.engine._parts.store.catalog.folder_stats(folder).keys() == before
    assert root(desk, "drive").state is RootState.OFFLINE


def test_what_an_answer_misses_on_a_strange_drive_is_not_forgotten(desk: Desk, strange: bytes) -> None:
    before = desk.engine.status().files
    assert sorted(desk.found("fog", meaning=False)) == ["drive/notes/fog 0.txt", "drive/notes/fog 1.txt"]
    eventually(lambda: desk.engine._parts.indexer.idle)
    assert desk.engine.status().files == before


def test_files_that_are_asked_for_on_a_strange_drive_are_no_evidence_either(desk: Desk) -> None:
    desk.write("drive/fog.txt", "Fog over the water.")
    place = desk.path("drive")
    desk.engine.index([place])
    desk.engine._drives.memory.remember(place, "the drive before")
    os.unlink(desk.path("drive/fog.txt"))
    desk.engine.index([desk.write(f"drive/rye {number}.txt", f"Rye number {number}.") for number in range(3)])
    assert "Another drive" in desk.engine.index([]).failed[0].reason
    assert desk.engine.status().files == 4


def test_a_root_on_a_drive_in_another_root_does_not_make_that_one_strange(desk: Desk) -> None:
    os.mkdir(desk.path("outer"))
    desk.engine.index([desk.path("outer")])
    with mounted(desk, "outer/inner") as inner:
        desk.write("outer/inner/rye.txt", "Rye bread.")
        desk.engine.index([inner])
        fog = desk.write("outer/fog.txt", "Fog over the water.")
        desk.engine.index([fog])
        desk.engine._drives.memory._file_systems[desk.path("outer")] = "the drive before"
        os.unlink(fog)
        assert "Another drive" in desk.engine.index([desk.path("outer")]).failed[0].reason
        assert desk.engine.status().files == 2


def test_what_something_is_mounted_over_is_out_of_sight_and_not_gone(desk: Desk) -> None:
    desk.write("over/note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    with mounted(desk, "over"):
        desk.engine.index([])
        assert desk.engine.status().files == 1
    assert desk.found("fog") == ["over/note.txt"]


def test_a_drive_that_goes_is_offline_and_current_when_it_is_back(desk: Desk) -> None:
    with mounted(desk, "drive's own place") as drive:
        desk.write("drive's own place/note.txt", "Fog over the water.")
        with mounted(desk, "drive", drive) as point:
            desk.engine.add_roots([point])
            desk.engine.watch()
            eventually(lambda: root(desk, "drive").state is RootState.CURRENT)
        eventually(lambda: root(desk, "drive").state is RootState.OFFLINE)
        assert root(desk, "drive").files == 1
        assert desk.found("is:offline fog") == ["drive/note.txt"]
        with mounted(desk, "drive", drive):
            eventually(lambda: root(desk, "drive").state is RootState.CURRENT)


def test_a_root_of_whose_loss_is_told_when_it_is_back_is_current_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vexgui.indexer.roots._MISSING_EVERY_S", 3600.0)
    desk.write("folder/note.txt", "Fog over the water.")
    desk.engine.add_roots([desk.path("folder")])
    desk.engine.watch()
    eventually(lambda: root(desk, "folder").state is RootState.CURRENT)
    desk.engine._parts.indexer._follow([FolderGone(desk.path("folder"))])
    told_ns = time.time_ns()  # until that is dealt with it is current up to a moment before this one

    def is_current() -> bool:
        info = root(desk, "folder")
        return info.state is RootState.CURRENT and info.current_ns > told_ns

    eventually(is_current)


def test_the_cost_of_a_look_is_not_that_of_what_was_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    embed, passed_s = desk.embedders[0].embed_texts, [0.0]

    def embed_slowly(*arguments: Any, **named: Any) -> Any:
        passed_s[0] += 3600
        return embed(*arguments, **named)

    monkeypatch.setattr(desk.embedders[0], "embed_texts", embed_slowly)
    monkeypatch.setattr(bringing, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + passed_s[0]))
    desk.write("folder/note.txt", "Fog over the water.")
    desk.engine.watch()
    desk.engine.index([desk.path("folder")])
    visit = desk.engine._parts.indexer._roots._roots[desk.path("folder")].visit
    assert visit is not None
    assert 0 < visit.took_s < passed_s[0]


def test_a_file_system_that_does_not_answer_holds_up_nobody(desk: Desk) -> None:
    desk.write("remote/far.txt", "Fog over the water.")
    desk.write("near/near.txt", "A quiet violin.")
    desk.engine.add_roots([desk.path("remote"), desk.path("near")])
    desk.engine.watch()
    eventually(lambda: {info.state for info in desk.engine.roots()} == {RootState.CURRENT})
    eventually(lambda: desk.engine._parts.indexer.idle)  # who opens a file as this is mounted on its folder is held up
    desk.engine._drives.remote._answer_s = 0.5
    with silent(desk.path("remote")):
        eventually(lambda: root(desk, "remote").state is RootState.NOT_RESPONDING)
        desk.write("near/later.txt", "A quiet cello.")
        eventually(lambda: desk.found("cello", meaning=False) == ["near/later.txt"])
        assert root(desk, "near").state is RootState.CURRENT
        assert desk.found("fog") == []
        assert desk.found("is:offline fog") == ["remote/far.txt"]
    eventually(lambda: root(desk, "remote").state is RootState.CURRENT)
    eventually(lambda: desk.found("fog") == ["remote/far.txt"])  # half a second may be too short for an answer


def test_a_folder_that_does_not_answer_is_forgotten_without_a_look_at_it(desk: Desk) -> None:
    desk.write("remote/note.txt", "Fog over the water.")
    desk.engine.index([desk.path("remote")])
    store = desk.engine._parts.store
    with silent(desk.path("remote")) as point:
        work = Work(gone_folders=[point])
        forgetting = Thread(target=Forgetter(store, desk.engine._keeper).forget, args=(work, Event()), daemon=True)
        forgetting.start()
        joined(forgetting)  # to look at it would take for ever
    assert desk.engine.status().files == 0
