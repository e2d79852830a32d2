"""The panel says what is known of the selected file, and how its vectors stand."""

import dataclasses
import os

import pytest
from PySide6.QtCore import Qt

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from vexgui.core.events import IndexChanged
from vexgui.core.files import FileState
from vexgui.core.reports import Freshness, Inspection, RecordPlace
from vexgui.gui.details.card import reason, rows_of, state_of
from vexgui.gui.details.facts import breakable
from vexgui.gui.theme import palette_for


@pytest.fixture
def inspection(library: FakeEngine) -> Inspection:
    path = next(path for path in library.files if path.endswith(b"evening.jpg"))
    return library.inspect(path)


def test_the_panel_shows_facts_reasons_and_vectors(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("water at dusk")
    bench.settle()
    facts = dict(window.details.facts)
    assert facts["Kind"] == "Picture (image/jpeg)"
    assert facts["Dimensions"] == "640 × 400"
    assert facts["Taken"] == "14 Jul 2023, 18:22"
    assert facts["Camera"] == "Fujifilm X-T4"
    assert window.details.reasons == ["What the picture shows"]
    card = dict(window.details.card.rows)
    assert "ViT-B-32-256" in card["Model"]
    assert "2 passages as int8, 1.0 kB" in card["Model"]
    assert card["Record"] == "On the file, in its inode, 1.2 kB"
    assert card["Verified"].startswith("Yes")
    assert window.details.card.state == "Up to date"


def test_matched_words_are_marked_in_the_panel(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("tenant")
    assert any("<span" in text and ">tenant</span>" in text for text in window.details.reasons)


def test_a_passage_found_twice_is_shown_once(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("tenant")
    (hit,) = window.found.model.hits
    twice = dataclasses.replace(hit, why=(hit.why[0], dataclasses.replace(hit.why[0], space="name")))
    window.details.show_hit(twice)
    assert len(window.details.reasons) == 1


def test_markup_in_a_file_is_shown_and_not_obeyed(bench: Bench, library: FakeEngine) -> None:
    path = next(iter(library.files))
    library.files[path] = dataclasses.replace(library.files[path], text="a <b>bold</b> tenant")
    window = bench.open(library)
    bench.ask("bold")
    assert any("&lt;b&gt;" in text for text in window.details.reasons)


def test_a_failed_file_says_why(bench: Bench, library: FakeEngine) -> None:
    path = next(iter(library.files))
    library.files[path] = dataclasses.replace(
        library.files[path], failed="The file is encrypted.", place=RecordPlace.STORE_ONLY
    )
    window = bench.open(library)
    bench.ask("bread")
    assert window.details.card.state == "Contents unreadable"
    assert window.details.card.reason == "The file is encrypted."
    assert dict(window.details.card.rows)["Record"] == "In VexGUI's store only"


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"freshness": Freshness.STALE}, "Out of date"),
        ({"freshness": Freshness.ABSENT}, "Not indexed"),
        ({"state": FileState.FAILED}, "Contents unreadable"),
    ],
)
def test_the_state_has_its_word(inspection: Inspection, changes: dict[str, object], word: str, qapp: object) -> None:
    changed = dataclasses.replace(inspection, **changes)
    assert state_of(changed, palette_for(dark=False))[0] == word


def test_a_record_that_cannot_be_trusted_says_so(inspection: Inspection) -> None:
    foreign = dataclasses.replace(inspection, record_verified=False, record_note="made with another key")
    assert dict(rows_of(foreign))["Verified"].startswith("No")
    assert reason(foreign) == "Record: made with another key."


def test_selecting_another_file_shows_that_one(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    bench.qtbot.keyClick(window.results, Qt.Key.Key_Right)
    bench.settle()
    assert window.details.hit == window.found.model.hits[1]
    assert library.called("inspect")[-1] == window.found.model.hits[1].path


def test_a_file_that_vanished_keeps_what_the_answer_said(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    window.ask("trip", b"")
    bench.qtbot.waitUntil(lambda: window.details.hit is not None)
    library.files.clear()
    bench.settle()
    assert dict(window.details.facts)["Kind"] == "Text"
    assert window.banner.message == ""


def test_a_change_on_disk_is_inspected_again(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("trip")
    path = window.found.model.hits[0].path
    library.files[path] = dataclasses.replace(library.files[path], freshness=Freshness.STALE)
    library.tell(IndexChanged(1))
    bench.qtbot.waitUntil(lambda: window.details.card.state == "Out of date")


def test_space_shows_a_large_preview_that_follows_the_arrows(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    window.activateWindow()
    window.results.setFocus()
    bench.qtbot.waitUntil(window.results.hasFocus)
    bench.qtbot.keyClick(window.results, Qt.Key.Key_Space)
    assert window.large_preview.isVisible()
    bench.qtbot.keyClick(window.large_preview, Qt.Key.Key_Right)
    second = os.path.basename(window.found.model.hits[1].path).decode()
    assert window.large_preview.windowTitle() == second
    bench.settle()
    assert window.large_preview.words == window.details.preview.words != ""
    bench.qtbot.keyClick(window.large_preview, Qt.Key.Key_Space)
    assert not window.large_preview.isVisible()


def test_long_names_can_break() -> None:
    assert breakable("a_b/c") == "a_\u200bb/\u200bc"
    assert "\u200b" in breakable("x" * 60)
    assert breakable("plain words") == "plain words"
