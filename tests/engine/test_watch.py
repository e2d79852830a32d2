"""While the engine watches, the index follows the disk."""

import os
import threading
import time

import pytest

from tests.engine.conftest import Desk, eventually
from tests.waiting import PATIENCE_S, joined
from vexgui.core.events import Activity, Event, Progress, Trouble
from vexgui.engine.engine import Engine
from vexgui.indexer import telling
from vexgui.indexer.manners import Sensed
from vexgui.models.fake import FakeEmbedder
from vexgui.system.pressure import NO_STALL


@pytest.fixture
def watching(desk: Desk) -> Desk:
    desk.write("first.txt", "A quiet violin.")
    desk.engine.add_roots([desk.path("")])
    desk.engine.watch()
    eventually(lambda: desk.found("violin") == ["first.txt"])
    return desk


def embedded_at_rest(desk: Desk) -> int:
    """Return how much was embedded once that is all: files are found by their words before they have vectors."""
    eventually(lambda: desk.engine._parts.indexer.idle)
    return desk.embedded


def unwatch(desk: Desk) -> None:
    """Have nothing more be told of the folder, as if its events were lost."""
    watcher = desk.engine._parts.indexer._watcher
    assert watcher is not None
    watcher.remove(desk.path("").rstrip(b"/"))


def test_a_new_file_is_found(watching: Desk) -> None:
    watching.write("note.txt", "Fog over the water.")
    eventually(lambda: watching.found("fog") == ["note.txt"])


def test_a_new_folder_of_folders_is_found_whole(watching: Desk) -> None:
    for number in range(40):
        watching.write(f"a/b{number % 4}/c/note {number}.txt", f"Fog number {number}.")
    eventually(lambda: len(watching.found("fog")) == 40)


def test_a_changed_file_is_found_by_what_it_says_now(watching: Desk) -> None:
    watching.write("first.txt", "Rye bread.")
    eventually(lambda: watching.found("rye") == ["first.txt"] and not watching.found("violin"))


def test_an_atomic_save_is_a_change(watching: Desk) -> None:
    watching.write("first.txt.new~", "Rye bread.")
    os.replace(watching.path("first.txt.new~"), watching.path("first.txt"))
    eventually(lambda: watching.found("rye") == ["first.txt"] and not watching.found("violin"))


def test_a_renamed_file_keeps_its_vectors(watching: Desk) -> None:
    before = embedded_at_rest(watching)
    os.rename(watching.path("first.txt"), watching.path("second.txt"))
    eventually(lambda: watching.found("violin") == ["second.txt"])
    assert watching.engine.status().files == 1
    assert watching.embedded == before


def test_a_moved_folder_keeps_its_vectors(watching: Desk) -> None:
    watching.write("a/note.txt", "Fog over the water.")
    watching.write("ab/other.txt", "Fog over the hill.")
    eventually(lambda: len(watching.found("fog")) == 2)
    before = embedded_at_rest(watching)
    os.mkdir(watching.path("z"))
    os.rename(watching.path("a"), watching.path("z/moved"))
    eventually(lambda: set(watching.found("fog")) == {"z/moved/note.txt", "ab/other.txt"})
    assert watching.embedded == before
    watching.write("z/moved/later.txt", "Fog again.")
    eventually(lambda: len(watching.found("fog")) == 3)


def test_a_deleted_file_and_folder_are_forgotten(watching: Desk) -> None:
    watching.write("a/b/note.txt", "Fog over the water.")
    eventually(lambda: watching.engine.status().files == 2)
    os.unlink(watching.path("a/b/note.txt"))
    os.removedirs(watching.path("a/b"))
    os.unlink(watching.path("first.txt"))
    eventually(lambda: watching.engine.status().files == 0)


def test_a_new_root_is_followed_and_a_removed_one_is_not(
    watching: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "note.txt").write_text("Fog over the water.")
    watching.engine.add_roots([os.fsencode(other)])
    eventually(lambda: len(watching.found("fog")) == 1)
    watching.engine.remove_root(os.fsencode(other))
    (other / "more.txt").write_text("Fog over the hill.")
    watching.write("after.txt", "Rye bread.")
    eventually(lambda: watching.found("rye") == ["after.txt"])
    assert watching.found("fog") == []


def test_a_paused_indexer_waits_and_goes_on(watching: Desk) -> None:
    watching.engine.pause()
    assert watching.engine.status().progress.activity is Activity.PAUSED
    watching.write("note.txt", "Fog over the water.")
    time.sleep(2.5)  # longer than a change needs to settle; nothing may have happened
    assert watching.found("fog") == []
    watching.engine.resume()
    eventually(lambda: watching.found("fog") == ["note.txt"])


def test_writing_records_wakes_nobody(watching: Desk) -> None:
    """The indexer's own writes to attributes must not look like changes, or it would run for ever."""
    events: list[Event] = []
    path = watching.write("note.txt", "Fog over the water.")
    indexer = watching.engine._parts.indexer
    watcher = indexer._watcher
    assert watcher is not None
    eventually(lambda: watching.engine.inspect(path).record_verified and indexer.idle)
    watching.engine.subscribe(events.append)
    eventually(lambda: not watcher.pending(b"/"))
    eventually(lambda: indexer.idle)
    assert events == []


def test_an_overflow_leads_to_a_scan(watching: Desk) -> None:
    from vexgui.indexer.coalesce import Overflow

    events: list[Event] = []
    watching.engine.subscribe(events.append)
    indexer = watching.engine._parts.indexer
    indexer.set_roots(indexer._roots.kept)
    unwatch(watching)
    watching.write("unseen.txt", "Fog over the water.")
    indexer._follow([Overflow()])
    eventually(lambda: watching.found("fog") == ["unseen.txt"])
    assert any(isinstance(event, Trouble) for event in events)


def test_a_change_found_by_a_search_is_looked_at_again(watching: Desk) -> None:
    """Whatever inotify missed, an answer that has to leave a file out has it indexed anew."""
    unwatch(watching)
    watching.write("first.txt", "Rye bread.")
    assert watching.found("violin") == []
    eventually(lambda: watching.found("rye") == ["first.txt"])


def test_a_root_that_vanishes_is_not_forgotten(watching: Desk) -> None:
    root = watching.path("").rstrip(b"/")
    watching.write("note.txt", "Fog over the water.")
    eventually(lambda: watching.found("fog") == ["note.txt"])
    before = embedded_at_rest(watching)
    os.rename(root, root + b".away")
    eventually(lambda: not watching.engine.roots()[0].present)
    time.sleep(1.5)
    assert watching.engine.status().files == 2
    assert watching.found("fog") == []  # not answered with while it is away
    os.rename(root + b".away", root)
    watching.engine.index([])
    assert watching.found("fog") == ["note.txt"]
    assert watching.embedded == before


def test_closing_while_indexing_leaves_the_rest_for_later_and_loses_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "_TELL_EVERY_S", 0.0)
    for number in range(2000):
        desk.write(f"note {number}.txt", f"Fog {number}.")
    begun, go_on = threading.Event(), threading.Event()

    def hear(event: Event) -> None:
        if isinstance(event, Progress) and event.activity is Activity.INDEXING and event.done:
            begun.set()
            assert go_on.wait(PATIENCE_S)

    desk.engine.subscribe(hear)
    desk.engine.add_roots([desk.path("")])
    desk.engine.watch()
    assert begun.wait(PATIENCE_S)
    closing = threading.Thread(target=desk.engine.close, daemon=True)
    closing.start()
    eventually(desk.engine._parts.indexer._stop.is_set)
    go_on.set()
    joined(closing)
    desk.reopen()
    assert 0 < desk.engine.status().files < 2000
    assert desk.engine.verify(repair=False).problems == ()
    assert desk.engine.index([]).files == 2000


def test_a_root_that_comes_back_is_followed_again(watching: Desk) -> None:
    root = watching.path("").rstrip(b"/")
    os.rename(root, root + b".away")
    with open(root + b".away/meanwhile.txt", "w") as file:
        file.write("Fog over the water.")
    os.rename(root + b".away", root)
    eventually(lambda: watching.found("fog") == ["meanwhile.txt"])
    watching.write("after.txt", "Rye bread.")
    eventually(lambda: watching.found("rye") == ["after.txt"])


def test_a_root_that_was_not_there_at_the_start_is_followed_when_it_is(desk: Desk) -> None:
    desk.write("drive/first.txt", "A quiet violin.")
    desk.engine.add_roots([desk.path("drive")])
    os.rename(desk.path("drive"), desk.path("away"))
    desk.engine.watch()
    os.rename(desk.path("away"), desk.path("drive"))
    eventually(lambda: desk.found("violin") == ["drive/first.txt"])


def test_a_pause_outlasts_the_program_and_ends_when_it_is_resumed(desk: Desk) -> None:
    desk.write("first.txt", "A quiet violin.")
    desk.engine.add_roots([desk.path("")])
    desk.engine.pause()
    desk.reopen().watch()
    eventually(lambda: desk.engine.status().progress.activity is Activity.PAUSED)
    assert desk.engine.status().progress.why == "until resumed"
    assert desk.engine.index([]).files == 1  # what is asked for is done
    desk.engine.resume()
    eventually(lambda: desk.engine.status().progress.activity is Activity.IDLE)
    desk.reopen().watch()
    eventually(lambda: desk.engine.status().progress.activity is Activity.IDLE)


def test_on_battery_words_are_found_and_vectors_wait_for_the_plug(desk: Desk) -> None:
    plugged_in = threading.Event()

    def sense() -> Sensed:
        return Sensed(not plugged_in.is_set(), NO_STALL, NO_STALL)

    desk.write("first.txt", "A quiet violin.")
    desk.engine.add_roots([desk.path("")])
    desk.engine.close()
    embedder = FakeEmbedder()
    with Engine(desk.profile, writable=True, make_embedder=lambda *_: embedder, sense=sense) as desk.engine:
        desk.engine.watch()
        eventually(lambda: desk.found("violin", meaning=False) == ["first.txt"])
        eventually(lambda: desk.engine.status().progress.why == "on battery")
        assert embedder.texts_embedded == 0
        desk.write("later.txt", "Fog over the water.")
        eventually(lambda: desk.found("fog", meaning=False) == ["later.txt"])
        assert embedder.texts_embedded == 0
        plugged_in.set()
        desk.engine.resume()  # it is looked at twice a minute only
        eventually(lambda: desk.engine.status().progress.activity is Activity.IDLE)
        assert embedder.texts_embedded > 0
    desk.reopen()
