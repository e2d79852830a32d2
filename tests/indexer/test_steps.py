"""A file is brought in in two steps: its words are found before its meaning is known, and nothing is made twice."""

import os
import sqlite3
import threading
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np
import pytest

from tests.indexer.desk import Desk
from vexgui.core.events import Activity
from vexgui.core.files import RECIPE, FileState
from vexgui.core.vectors import SpaceId
from vexgui.indexer import pipeline as pipelines
from vexgui.indexer.filling import Filling
from vexgui.indexer.runs import Run
from vexgui.indexer.tally import Tally
from vexgui.models.fake import FAKE_PICTURE, FAKE_TEXT

RED = "#dc1414"


@pytest.fixture
def desk(tmp_path: Path, stack: ExitStack) -> Desk:
    return Desk(tmp_path, stack)


def test_all_words_are_found_before_anything_is_embedded(desk: Desk) -> None:
    for number in range(10):
        desk.write(f"{number}.txt", f"Fog in town {number}.")
    desk.write("red.png", RED)
    found: list[int] = []
    desk.embedder.before = lambda: found.append(len(desk.store.catalog.with_words(["fog"], 99).hits))
    assert desk.index().indexed == 11
    assert found[0] == 10
    assert desk.store.catalog.file(os.fsencode(desk.files / "red.png")) is not None


def test_a_picture_is_decoded_once_and_a_text_is_read_once(desk: Desk) -> None:
    desk.write("note.txt", "Fog over the water.")
    desk.write("red.png", RED)
    desk.index()
    assert sorted(desk.extractor.asked) == [("note.txt", 0), ("red.png", 0), ("red.png", FAKE_PICTURE.picture_px)]
    assert desk.vectors("red.png") == {FAKE_TEXT.id: 1, FAKE_PICTURE.id: 1}
    assert (desk.row("red.png").unseen, desk.row("red.png").facts.extra is None) == (False, False)
    assert desk.index().unchanged == 2
    assert len(desk.extractor.asked) == 3


def test_a_record_is_written_once_and_with_all_vectors(desk: Desk) -> None:
    path = desk.write("red.png", RED)
    (lacking,) = desk.read(path)
    assert desk.keeper.written == 0
    assert "user.vexgui" not in os.listxattr(path)
    assert desk.give(lacking) == []
    assert desk.keeper.written == 1
    record = desk.keeper.read(path).record
    assert record is not None
    assert {section.space for section in record.sections} == {FAKE_TEXT.id, FAKE_PICTURE.id}


def test_first_vectors_are_no_event_of_a_files_history(desk: Desk) -> None:
    desk.write("red.png", RED)
    desk.index()
    with desk.store.catalog.reading() as db:
        assert db.execute("SELECT count(*) FROM history").fetchone() == (0,)


def test_what_a_killed_program_left_without_vectors_is_known(desk: Desk) -> None:
    paths = [desk.write("note.txt", "Fog over the water."), desk.write("red.png", RED)]
    desk.read(*paths)
    desk.store.close()
    desk.use_store("store")
    assert sorted(desk.pipeline.lacking()) == sorted(paths)
    assert desk.index().indexed == 2
    assert desk.pipeline.lacking() == []
    assert desk.vectors("red.png") == {FAKE_TEXT.id: 1, FAKE_PICTURE.id: 1}


@pytest.mark.parametrize("batch", [1, 64])
def test_a_content_is_embedded_once_within_batches_and_across_them(
    desk: Desk, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipelines, "_BATCH_FILES", batch)
    for number in range(12):
        desk.write(f"{number}.txt", "Fog over the water.\n\nRye bread.")
    report = desk.index()
    assert (report.indexed, report.reused) == (1, 11)
    assert desk.embedder.texts_embedded == 3
    assert {tuple(desk.vectors(f"{number}.txt").values()) for number in range(12)} == {(3,)}


def test_a_long_document_keeps_what_it_got_when_it_was_broken_off(desk: Desk) -> None:
    passages = 200
    desk.write("long.txt", "\n\n".join(f"Fog in town {number}." for number in range(passages)))
    stop = threading.Event()
    calls: list[int] = []

    def end() -> None:
        calls.append(1)
        if len(calls) == 2:
            stop.set()

    desk.embedder.before = end
    desk.index(stop=stop)
    got = desk.vectors("long.txt")[FAKE_TEXT.id]
    assert 0 < got < passages
    assert desk.keeper.written == 0
    desk.index()
    assert desk.vectors("long.txt") == {FAKE_TEXT.id: passages + 1}
    assert desk.embedder.texts_embedded == passages + 1
    assert desk.keeper.written == 1


def test_a_picture_that_cannot_be_decoded_keeps_its_words_and_is_not_tried_for_ever(desk: Desk) -> None:
    desk.write("red.png", RED)
    desk.extractor.breaks = True
    (failure,) = desk.index().failed
    assert failure.reason == "It cannot be read: the decoder ended."
    assert (desk.row("red.png").state, desk.vectors("red.png")) == (FileState.FAILED, {FAKE_TEXT.id: 1})
    asked = len(desk.extractor.asked)
    assert desk.index().unchanged == 1
    assert len(desk.extractor.asked) == asked


def test_pictures_whose_vectors_came_from_records_are_looked_at(desk: Desk) -> None:
    desk.write("red.png", RED)
    desk.index()
    facts = desk.row("red.png").facts
    embedded = desk.embedder.pictures_embedded
    desk.use_store("store made anew")
    report = desk.index()
    assert (report.indexed, report.reused) == (0, 1)
    assert (desk.row("red.png").facts, desk.row("red.png").unseen) == (facts, False)
    assert desk.embedder.pictures_embedded == embedded


def test_a_newer_way_of_reading_costs_no_vector_of_a_text_that_it_leaves_as_it_was(desk: Desk, tmp_path: Path) -> None:
    desk.write("note.txt", "Fog over the water.\n\nRye bread.")
    desk.index()
    embedded = desk.embedder.texts_embedded
    desk.store.close()
    with closing(sqlite3.connect(tmp_path / "store" / "catalog.db")) as db, db:
        db.execute("UPDATE files SET recipe = ?", (RECIPE - 1,))
    desk.use_store("store")
    assert desk.index().reused == 1
    assert desk.row("note.txt").recipe == RECIPE
    assert desk.embedder.texts_embedded == embedded


def test_old_vectors_answer_until_forced_ones_are_there(desk: Desk) -> None:
    desk.write("red.png", RED)
    desk.index()
    held: list[dict[SpaceId, int]] = []
    desk.embedder.before = lambda: held.append(desk.vectors("red.png"))
    desk.index(force=True)
    assert held == [{FAKE_TEXT.id: 1, FAKE_PICTURE.id: 1}] * 2


def test_progress_tells_what_waits_by_kind(desk: Desk) -> None:
    paths = [desk.write(f"{number}.txt", f"Fog {number}.") for number in range(3)] + [desk.write("red.png", RED)]
    desk.give(*desk.read(*paths))
    steps = [(step.activity, step.done, step.total) for step in desk.told]
    assert steps[0] == (Activity.INDEXING, 4, 4)
    assert steps[-1] == (Activity.FILLING, 4, 4)
    begun = next(step for step in desk.told if step.activity is Activity.FILLING)
    assert [(kind.value, count) for kind, count in begun.waiting] == [("text", 3), ("image", 1)]
    assert desk.told[-1].waiting == ()


def test_files_just_read_get_their_vectors_before_those_that_wait_and_the_store_is_not_asked_of_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = [desk.write(f"{number}.txt", f"Fog {number}.") for number in range(3)]
    new = desk.write("new.txt", "Rye bread.")
    asked: list[bool] = []
    lacking = desk.pipeline.lacking

    def asking() -> list[bytes]:
        asked.append(True)
        return lacking()

    monkeypatch.setattr(desk.pipeline, "lacking", asking)
    filling = Filling(desk.pipeline)
    filling.add(desk.read(*waiting))
    filling.add(desk.read(new))
    done: list[bytes] = []

    def is_wanted(path: bytes) -> bool:
        done.append(path)
        return True

    run = Run(threading.Event(), Tally(), is_wanted, force=False, patient=True)
    assert filling.pending
    assert filling.run(run, lambda: False, desk.told.append) == 4
    assert list(dict.fromkeys(done)) == [new, *waiting]
    assert (filling.pending, asked) == (False, [])
    filling.renew()
    filling.add([new])
    assert filling.run(run, lambda: False, desk.told.append) == 0
    assert asked


def test_vectors_of_copies_are_those_of_the_first(desk: Desk) -> None:
    for name in ("a.png", "b.png"):
        desk.write(name, RED)
    desk.index()
    assert desk.embedder.pictures_embedded == 1
    one, other = (
        next(part.vectors for part in desk.store.vectors_of(desk.row(name).id) if part.space == FAKE_PICTURE.id)
        for name in ("a.png", "b.png")
    )
    assert np.allclose(one, other)
