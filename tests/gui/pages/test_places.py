"""A place to look is left for what is asked while it is in sight, and for nothing else."""

from threading import Event as Flag

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from vexgui.gui.side.look import Place
from vexgui.gui.window import MainWindow


@pytest.fixture
def window(bench: Bench, library: FakeEngine) -> MainWindow:
    """A window that has answered, and shows the failures."""
    made = bench.open(library)
    made.activateWindow()
    bench.ask("lake")
    look(bench)
    return made


def look(bench: Bench) -> None:
    bench.window.side.look_asked.emit(Place.FAILURES)
    bench.settle()
    assert bench.window.pages.place == Place.FAILURES


def test_what_was_asked_before_is_answered_behind_the_place(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    gate = library.gates["search"] = library.gates["names"] = Flag()
    window.ask("lake", b"")
    window.side.look_asked.emit(Place.FAILURES)
    gate.set()
    bench.settle()
    assert window.pages.place == Place.FAILURES
    window.pages.leave_place()
    assert window.pages.shows_results


def test_what_is_asked_once_more_is_shown(bench: Bench, window: MainWindow) -> None:
    bench.ask("lake")
    assert window.pages.shows_results
    paths = [bench.shown()[0]]
    for _ in range(2):
        look(bench)
        window.find_similar(paths)
        bench.settle()
        assert window.pages.shows_results


def test_enter_leads_to_what_stands_in_the_field_and_down_to_what_is_in_sight(bench: Bench, window: MainWindow) -> None:
    window.field.take_focus()
    QTest.keyClick(window.field.edit, Qt.Key.Key_Down)
    assert window.failures.hasFocus()
    window.field.take_focus()
    QTest.keyClick(window.field.edit, Qt.Key.Key_Return)
    assert (window.pages.place, window.results.hasFocus()) == ("", True)


@pytest.mark.parametrize("leaves", [False, True])
def test_a_place_is_in_sight_until_there_is_an_answer_and_can_be_left_before(
    bench: Bench, library: FakeEngine, window: MainWindow, leaves: bool
) -> None:
    gate = library.gates["search"] = Flag()
    with bench.qtbot.waitSignal(window.searcher.replied) as by_name:
        window.ask("zeppelin", b"")
        window.searcher._ask_names()
    assert not by_name.args[0].tells
    assert window.pages.place == Place.FAILURES
    if leaves:
        window.pages.leave_place()
        assert window.pages.currentWidget() is window.pages.idle
    gate.set()
    bench.settle()
    assert window.pages.currentWidget() is window.pages.nothing
