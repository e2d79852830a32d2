"""A rebuild finds files by their records at once, reads their texts later, and goes on where it was broken off."""

import os
import shutil
import threading
from pathlib import Path

import pytest
from PIL import Image

from tests.engine.conftest import Desk, eventually
from vexgui.core.events import Activity, Event, Progress
from vexgui.core.vectors import Source
from vexgui.engine.engine import Engine
from vexgui.models.fake import FakeEmbedder
from vexgui.store.store import Store


def noted(desk: Desk, count: int = 12) -> None:
    """Index some notes in two folders of a root."""
    for number in range(count):
        desk.write(f"home/{'ab'[number % 2]}/note {number}.txt", f"The harbour of town {number} lies in fog.")
    desk.engine.index([desk.path("home")])


def stopped_at(desk: Desk, activity: Activity) -> threading.Event:
    """Return a flag that is set as soon as the engine does something."""
    stop = threading.Event()

    def hear(event: Event) -> None:
        if isinstance(event, Progress) and event.activity is activity:
            stop.set()

    desk.engine.subscribe(hear)
    return stop


def store_of(desk: Desk) -> Path:
    return Path(os.fsdecode(desk.profile.data)) / "store"


def test_after_the_first_pass_files_are_found_by_name_and_meaning_and_no_text_was_read(desk: Desk) -> None:
    noted(desk)
    embedded = desk.embedded
    report = desk.engine.rebuild(stop=stopped_at(desk, Activity.SCANNING))
    assert (report.restored, report.reused, desk.embedded) == (12, 0, embedded)
    assert desk.found("note 7", meaning=False)[0] == "home/b/note 7.txt"
    assert len(desk.found("fog in the harbour")) == 12
    assert desk.engine.status().rebuilding
    assert desk.engine.inspect(desk.path("home/a/note 0.txt")).passages == ()


def test_the_second_pass_reads_the_texts_and_embeds_nothing(desk: Desk) -> None:
    noted(desk)
    embedded, before = desk.embedded, desk.engine.inspect(desk.path("home/a/note 0.txt"))
    report = desk.engine.rebuild()
    assert (report.restored, report.reused, report.indexed, desk.embedded) == (12, 12, 0, embedded)
    after = desk.engine.inspect(desk.path("home/a/note 0.txt"))
    assert (after.passages, after.facts, after.mime) == (before.passages, before.facts, before.mime)
    assert after.vectors[0].source is Source.RECORD
    assert 0.99 < after.vectors[0].confidence < 1
    assert not desk.engine.status().rebuilding
    assert desk.engine.verify(repair=False).problems == ()


def test_a_rebuild_that_is_broken_off_goes_on_where_it_was(desk: Desk) -> None:
    noted(desk)
    desk.engine.rebuild(stop=stopped_at(desk, Activity.SCANNING))
    opened = os.stat(store_of(desk) / "catalog.db").st_ino
    report = desk.reopen().rebuild()
    assert (report.restored, report.reused) == (0, 12)
    assert os.stat(store_of(desk) / "catalog.db").st_ino == opened
    desk.engine.rebuild()
    assert os.stat(store_of(desk) / "catalog.db").st_ino != opened


def test_a_watching_engine_ends_a_rebuild_that_was_broken_off(desk: Desk) -> None:
    noted(desk)
    embedded = desk.embedded
    desk.engine.rebuild(stop=stopped_at(desk, Activity.SCANNING))
    desk.reopen().watch()
    eventually(lambda: not desk.engine.status().rebuilding)
    assert len(desk.found("harbour", meaning=False)) == 12
    assert desk.embedded == embedded


@pytest.mark.parametrize("moment", ["old store aside", "taking over", "old store done with"])
def test_a_crash_between_the_stores_loses_nothing(desk: Desk, moment: str) -> None:
    noted(desk)
    away = desk.write("away/far.txt", "A quiet violin.")
    desk.engine.index([desk.path("away")])
    embedded = desk.embedded
    shutil.move(desk.path("away"), desk.path("hidden"))
    desk.engine.close()
    store = store_of(desk)
    if moment == "old store aside":
        store.rename(f"{store}.old")
    elif moment == "taking over":
        store.rename(f"{store}.old")
        Store(os.fsencode(store), desk.engine._settings.codec, writable=True).close()
    else:
        shutil.copytree(store, f"{store}.done")
    desk.reopen().rebuild()
    shutil.move(desk.path("hidden"), desk.path("away"))
    desk.engine.index([])
    assert desk.found("violin") == [os.path.relpath(os.fsdecode(away), desk.files)]
    assert len(desk.found("harbour")) == 12
    assert desk.embedded == embedded
    assert not Path(f"{store}.old").exists()
    assert not Path(f"{store}.done").exists()


def test_what_a_store_alone_knows_of_a_root_that_is_away_is_kept(desk: Desk) -> None:
    noted(desk)
    desk.write("drive/far.txt", "A quiet violin.")
    desk.engine.add_roots([desk.path("drive")], records=False)
    desk.engine.index([])
    desk.engine.tag([desk.path("drive/far.txt")], add=["far"])
    embedded = desk.embedded
    os.rename(desk.path("drive"), desk.path("elsewhere"))
    desk.engine.rebuild()
    os.rename(desk.path("elsewhere"), desk.path("drive"))
    assert desk.found("violin") == desk.found("tag:far") == ["drive/far.txt"]
    assert desk.embedded == embedded


def test_what_is_gone_is_not_kept(desk: Desk) -> None:
    noted(desk)
    shutil.rmtree(desk.path("home/a"))
    assert desk.engine.rebuild().files == 6
    assert desk.engine.status().files == 6


def test_a_record_of_other_content_is_not_taken(desk: Desk) -> None:
    noted(desk)
    changed = desk.path("home/a/note 0.txt")
    with open(changed, "a", encoding="utf-8") as file:
        file.write("Rye bread.")
    report = desk.engine.rebuild()
    assert (report.restored, report.reused, report.indexed) == (11, 11, 1)
    assert "home/a/note 0.txt" in desk.found("rye")


def test_a_record_that_lies_of_its_content_is_found_out_by_the_second_pass(desk: Desk) -> None:
    """Same size, same time, other words: only the content's hash tells."""
    noted(desk)
    path = desk.path("home/a/note 0.txt")
    seen = os.stat(path)
    with open(path, "r+b") as file:
        file.write(b"Rye bread is what this is")
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    report = desk.engine.rebuild()
    assert (report.restored, report.reused, report.indexed) == (12, 11, 1)
    assert "home/a/note 0.txt" in desk.found("rye")


def test_a_root_given_up_during_the_first_pass_leaves_nothing_behind(desk: Desk) -> None:
    noted(desk)
    root = desk.path("home")
    removing = threading.Event()

    def hear(event: Event) -> None:
        if isinstance(event, Progress) and event.activity is Activity.RESTORING and not removing.is_set():
            removing.set()
            desk.engine.remove_root(root)

    desk.engine.subscribe(hear)
    desk.engine.rebuild()
    assert removing.is_set()
    assert desk.engine.status().files == 0


def test_an_old_store_that_cannot_be_read_is_rebuilt_from_the_records_alone(desk: Desk) -> None:
    noted(desk)
    embedded = desk.embedded
    desk.engine.close()
    (store_of(desk) / "catalog.db").write_bytes(b"no database")
    report = desk.reopen().rebuild()
    assert (report.restored, desk.embedded) == (12, embedded)


def test_vectors_of_a_model_that_is_no_longer_in_force_are_kept_as_far_as_their_space_is_known(
    desk: Desk,
) -> None:
    Image.new("RGB", (40, 40), "red").save(desk.files / "red.png")
    desk.engine.close()
    with Engine(
        desk.profile, writable=True, make_embedder=lambda _model, _former, _cache: FakeEmbedder(picture=True)
    ) as both:
        both.index([desk.path("").rstrip(b"/")])
    engine = desk.reopen()
    engine.rebuild(stop=stopped_at(desk, Activity.SCANNING))
    assert {facts.space.model: facts.passages for facts in engine.inspect(desk.path("red.png")).vectors} == {
        "fake text": 1,
        "fake picture": 1,
    }
