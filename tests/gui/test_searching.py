"""Typing finds, at once by name and then by meaning, and late answers are dropped."""

import os
from dataclasses import replace
from threading import Event as Flag

from PySide6.QtCore import Qt

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine, many_hits
from vexgui.core.errors import ModelUnavailable, PathProblem
from vexgui.core.events import IndexChanged
from vexgui.core.hits import Answer
from vexgui.core.query import Mistake
from vexgui.gui.results.reason import reason_line


def names(bench: Bench) -> list[bytes]:
    return [os.path.basename(path) for path in bench.shown()]


def test_typing_finds_by_name_and_words_and_then_by_meaning(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.qtbot.keyClicks(window.field.edit, "lake")
    bench.qtbot.waitUntil(lambda: window.searcher.settled)
    assert sorted(names(bench)) == [b"bread.md", b"lease.pdf", b"trip.txt"]
    assert library.called("names") == ["lake"]
    assert library.called("search") == ["lake"]


def test_each_letter_is_not_a_question_of_its_own(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.qtbot.keyClicks(window.field.edit, "water at dusk")
    bench.qtbot.waitUntil(lambda: window.searcher.settled)
    assert library.called("search") == ["water at dusk"]


def test_what_no_file_contains_is_found_by_meaning_best_first(bench: Bench, library: FakeEngine) -> None:
    bench.open(library)
    bench.ask("water at dusk")
    assert names(bench) == [b"evening.jpg", b"noon.jpg"]


def test_enter_asks_without_waiting_for_the_typing_to_rest(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    window.field.set_text("trip")
    assert window.searcher._meaning_timer.isActive()
    bench.qtbot.keyClick(window.field.edit, Qt.Key.Key_Return)
    assert not window.searcher._meaning_timer.isActive()
    bench.qtbot.waitUntil(lambda: library.called("search") == ["trip"])


def test_an_answer_to_an_older_question_is_dropped(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    library.gates["search"] = Flag()
    window.ask("lake", b"")
    bench.qtbot.waitUntil(lambda: library.called("search") == ["lake"])
    window.field.set_text("levels")
    replies = []
    window.searcher.replied.connect(replies.append)
    library.gates["search"].set()
    bench.settle()
    assert {reply.question.text for reply in replies} == {"levels"}
    assert names(bench) == [b"levels.py"]


def test_old_results_stay_until_new_ones_come(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    before = names(bench)
    library.gates["names"] = library.gates["search"] = Flag()
    window.field.set_text("trip")
    bench.qtbot.waitUntil(lambda: "trip" in library.called("names"))
    assert names(bench) == before
    library.gates["search"].set()
    bench.settle()
    assert names(bench) == [b"trip.txt"]


def test_names_are_shown_while_meaning_is_still_computed(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    library.gates["search"] = Flag()
    window.field.set_text("evening")
    bench.qtbot.waitUntil(lambda: names(bench) == [b"evening.jpg"])
    assert "by name and words" in window.status.result
    library.gates["search"].set()
    bench.settle()
    assert "by name and words" not in window.status.result


def test_what_was_asked_before_the_engine_is_open_is_answered_by_names_first(bench: Bench, library: FakeEngine) -> None:
    library.gates["search"] = Flag()
    bench.engine = library
    bench.window.show()
    bench.window.ask("evening", b"")
    bench.window.take_engine(library)
    bench.qtbot.waitUntil(lambda: names(bench) == [b"evening.jpg"])
    assert "by name and words" in bench.window.status.result
    library.gates["search"].set()
    bench.settle()
    assert "by name and words" not in bench.window.status.result


def test_an_incomplete_answer_is_asked_for_again(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    library.complete = False
    window.ask("lake", b"")
    bench.qtbot.waitUntil(lambda: len(names(bench)) == 3)
    library.complete = True
    bench.qtbot.waitUntil(lambda: window.searcher.settled, timeout=3000)
    assert library.called("search") == ["lake", "lake"]


def test_an_empty_field_has_no_results(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    bench.qtbot.keyClick(window.field.edit, Qt.Key.Key_Escape)
    assert bench.shown() == []
    assert window.pages.currentWidget() is window.pages.idle
    assert window.details.hit is None


def test_nothing_found_says_so(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("zzz")
    assert window.pages.currentWidget() is window.pages.nothing
    assert "zzz" in window.pages.nothing.title


def test_a_search_that_fails_tells_why_and_leaves_the_window_usable(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    library.error = ModelUnavailable("The model cannot be loaded.", "Install it again.")
    bench.ask("lake")
    assert window.banner.message == "The model cannot be loaded. Install it again."
    library.error = None
    bench.ask("trip")
    assert names(bench) == [b"trip.txt"]


def test_what_cannot_be_read_is_said_below_the_field_once_it_is_finished(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    mistake = Mistake(0, 4, "There is no field called sise.", "Did you mean size:?")
    library.answers["sise:3"] = Answer((), mistakes=(mistake,))
    library.answers["type:"] = Answer((), mistakes=(replace(mistake, unfinished=True),))
    bench.ask("sise:3")
    assert window.mistakes.text == "There is no field called sise. Did you mean size:?"
    assert window.mistakes.isVisible()
    bench.ask("type:")
    assert (window.mistakes.text, window.mistakes.isVisible()) == ("", False)
    bench.ask("sise:3")
    bench.qtbot.keyClick(window.field.edit, Qt.Key.Key_Escape)
    assert window.mistakes.text == ""


def test_a_query_that_cannot_be_meant_is_told_below_the_field_and_not_as_trouble(
    bench: Bench, library: FakeEngine
) -> None:
    window = bench.open(library)
    library.error = PathProblem("/gone.jpg does not exist.", "Check the spelling.")
    bench.ask("like:/gone.jpg")
    assert window.mistakes.text == "/gone.jpg does not exist. Check the spelling."
    assert not window.banner.isVisible()


def test_a_newer_question_stops_the_search_for_an_older_one(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    library.gates["search"] = Flag()
    window.ask("lake", b"")
    bench.qtbot.waitUntil(lambda: library.called("search") == ["lake"])
    (stop,) = library.stops
    assert stop is not None
    assert not stop.is_set()
    window.field.set_text("trip")
    assert stop.is_set()
    library.gates["search"].set()
    bench.settle()


def test_a_hit_tells_how_many_copies_it_has(bench: Bench, library: FakeEngine) -> None:
    bench.open(library)
    (hit,) = many_hits(1).hits
    library.answers["copies"] = Answer((replace(hit, copies=(b"/a", b"/b")),))
    bench.ask("copies")
    assert reason_line(bench.window.found.model.hits[0]).text.startswith("and 2 copies · ")


def test_a_question_asked_before_the_engine_is_open_is_answered_then(bench: Bench, library: FakeEngine) -> None:
    bench.window.ask("trip", b"")
    bench.open(library)
    bench.settle()
    assert names(bench) == [b"trip.txt"]


def test_changed_files_are_searched_again_in_the_same_place(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    library.answers["many"] = many_hits(90)
    bench.ask("many")
    window.results.verticalScrollBar().setValue(300)
    library.answers["many"] = many_hits(89)
    library.tell(IndexChanged(1))
    bench.qtbot.waitUntil(lambda: len(bench.shown()) == 89)
    assert window.results.verticalScrollBar().value() == 300


def test_similar_files_are_found_and_named(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("evening")
    window.actions_on_files.find_similar()
    bench.settle()
    assert names(bench) == [b"noon.jpg"]
    assert "evening.jpg" in window.status.result
    bench.qtbot.keyClick(window.field.edit, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.pages.idle


def test_scrolling_to_the_end_of_a_cut_off_answer_brings_the_rest(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    library.answers["many"] = many_hits(900)
    bench.ask("many")
    assert len(bench.shown()) == 100
    assert window.status.result.startswith("100 best results")

    def all_there() -> bool:
        window.results.scrollToBottom()
        return len(bench.shown()) == 900

    bench.qtbot.waitUntil(all_there)
    bench.settle()
    assert window.status.result.startswith("900 results")


def test_recent_queries_are_offered(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    window.field.set_text("trip")
    bench.qtbot.keyClick(window.field.edit, Qt.Key.Key_Return)
    bench.settle()
    assert bench.memory.recent == ("trip",)
    window.field.clear()
    window.pages.idle.query_chosen.emit(bench.memory.recent[0])
    bench.settle()
    assert names(bench) == [b"trip.txt"]
