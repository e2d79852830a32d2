"""Typing finds, at once by name and then by meaning, and late answers are dropped."""

import os
from dataclasses import replace
from threading import Event as Flag

import pytest
from PySide6.QtCore import Qt

from tests.gui.conftest import Bench
from tests.gui.fake_calls import PATIENCE_S
from tests.gui.fake_engine import FakeEngine, many_hits
from vexgui.core.errors import ModelUnavailable, PathProblem
from vexgui.core.events import IndexChanged
from vexgui.core.files import Kind
from vexgui.core.hits import Answer
from vexgui.core.query import Mistake, Order, Reading, SortBy
from vexgui.gui.results.reason import reason_line
from vexgui.gui.search.examples import Written
from vexgui.gui.search.searcher import FIRST_LIMIT, Narrowing, Reply


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


def test_another_question_selects_its_best_answer_unless_the_keyboard_is_among_them(
    bench: Bench, library: FakeEngine
) -> None:
    window = bench.open(library)
    bench.ask("lake")
    for takes_keyboard, row in ((False, 0), (True, 1)):
        bench.ask("lake")
        window.results.setCurrentIndex(window.found.model.index(1))
        chosen = bench.shown()[1]
        (window.results if takes_keyboard else window.field.edit).setFocus()
        bench.ask("the lake")
        assert chosen == bench.shown()[1]
        assert window.results.currentIndex().row() == row


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
    replies: list[Reply] = []
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


def test_what_is_not_found_is_quoted_as_the_field_has_it_though_that_is_read_after_the_answer(
    bench: Bench, library: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = bench.open(library)
    may_read, read = Flag(), library.read

    def read_late(text: str) -> Reading:
        may_read.wait(PATIENCE_S)
        return read(text)

    monkeypatch.setattr(library, "read", read_late)
    library.answers["zeppelin type:image"] = Answer(())
    window.ask("zeppelin type:image", b"")
    bench.qtbot.waitUntil(lambda: window.pages.currentWidget() is window.pages.nothing)
    assert window.pages.nothing.title == "Nothing found for “zeppelin type:image”"
    may_read.set()
    bench.settle()
    assert window.pages.nothing.title == "Nothing found for “type:image zeppelin”"


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

    def be_complete(reply: Reply) -> None:
        library.complete = reply.final

    window.searcher.replied.connect(be_complete)
    bench.ask("lake")
    assert library.called("search") == ["lake", "lake"]
    assert len(names(bench)) == 3


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
    mistake = Mistake(0, 4, "There is no field called sise.", "", meant="size:")
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


def test_files_that_change_while_an_answer_is_awaited_are_in_the_next_one(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    gate = library.gates["search"] = Flag()
    window.ask("lake", b"")
    bench.qtbot.waitUntil(lambda: bool(library.called("search")))
    with bench.qtbot.waitSignal(bench.bridge.index_changed):
        library.tell(IndexChanged(1))
    gate.set()
    bench.settle()
    assert library.called("search") == ["lake", "lake"]


def test_similar_files_are_found_and_named(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("evening")
    window.actions_on_files.find_similar()
    bench.settle()
    assert names(bench) == [b"noon.jpg"]
    assert "evening.jpg" in window.status.result
    bench.qtbot.keyClick(window.field.edit, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.pages.idle


def test_the_status_line_tells_how_many_files_there_are_and_not_how_many_came_at_once(
    bench: Bench, library: FakeEngine
) -> None:
    window = bench.open(library)
    library.answers["many"] = many_hits(900)
    bench.ask("many")
    assert len(bench.shown()) == FIRST_LIMIT
    assert window.status.result.startswith("900 results")


def test_a_narrowed_question_is_asked_again_and_the_next_one_is_for_all_kinds(
    bench: Bench, library: FakeEngine
) -> None:
    window = bench.open(library)
    order = Order(SortBy.NAME)
    bench.ask("lake")
    replies: list[Reply] = []
    window.searcher.replied.connect(replies.append)
    window.searcher.narrow(Kind.TEXT)
    window.searcher.sort(order)
    bench.settle()
    assert (replies[-1].narrowing, replies[-1].again) == (Narrowing(order, Kind.TEXT), False)
    assert [os.path.basename(hit.path) for hit in replies[-1].answer.hits] == [b"bread.md", b"trip.txt"]
    bench.ask("trip")
    assert replies[-1].narrowing == Narrowing(order)


def test_what_is_sorted_right_after_typing_is_for_all_kinds(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    window.found.narrowed.emit(Kind.TEXT)
    bench.settle()
    assert window.found.toolbar.chips.kind is Kind.TEXT
    replies: list[Reply] = []
    window.searcher.replied.connect(replies.append)
    window.field.set_text("evening")
    window.found.toolbar.choose_order(Order(SortBy.NAME))
    bench.settle()
    assert replies[-1].narrowing == Narrowing(Order(SortBy.NAME))
    assert names(bench) == [b"evening.jpg"]


def test_a_question_that_is_written_otherwise_is_not_asked_again(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake type:text")
    assert [chip.token.text for chip in window.field.editor.chips] == ["type:text"]
    assert window.searcher.question.text == window.field.text() == "type:text lake"
    assert library.called("search") == ["lake type:text"]


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


def test_more_like_some_file_keeps_what_similar_files_were_looked_for_by(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    evening, noon = (path for path in library.files if path.endswith(b".jpg"))
    window.find_similar([evening])
    bench.settle()
    window.actions_on_files.less_asked.emit([noon])
    bench.settle()
    assert window.field.text() == f"{Written(evening).text} {Written(noon, -1.0).text}"
    assert not window.searcher.question.like


def test_typing_anywhere_types_into_the_search_field(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    button = window.menu.button
    button.setFocus()
    assert button.hasFocus()
    bench.qtbot.keyClick(button, Qt.Key.Key_L)
    assert (window.field.text(), window.field.edit.hasFocus()) == ("l", True)
    button.setFocus()
    bench.qtbot.keyClick(button, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    assert (window.field.text(), window.field.edit.hasFocus()) == ("l", False)


def test_what_similar_files_are_looked_for_by_is_a_chip_that_is_left_with_backspace(
    bench: Bench, library: FakeEngine
) -> None:
    window = bench.open(library)
    window.find_similar([path for path in library.files if path.endswith(b".jpg")])
    bench.settle()
    chip = window.field.editor.similar
    assert chip is not None
    assert chip.accessibleName() == "Leave the search for files like evening.jpg and 1 other"
    window.field.take_focus()
    bench.qtbot.keyClick(window.field.edit, Qt.Key.Key_Left)
    assert chip.hasFocus()
    bench.qtbot.keyClick(chip, Qt.Key.Key_Right)
    bench.qtbot.keyClick(window.field.edit, Qt.Key.Key_Backspace)
    assert window.field.editor.similar is None
    assert not window.searcher.question
