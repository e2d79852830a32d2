"""What the map, the timeline and the duplicates have in common in the window, and what keeps them apart."""

from dataclasses import replace
from threading import Event as Flag

import pytest
from PySide6.QtWidgets import QAbstractButton

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from tests.gui.looking.conftest import map_page
from vexgui.core.errors import WorldProblem
from vexgui.core.looking import MonthCount
from vexgui.gui.looking.timeline_page import TimelinePage
from vexgui.gui.pages.message import MessagePage
from vexgui.gui.side.look import Place


@pytest.mark.parametrize("place", list(Place))
def test_a_place_leads_the_keyboard_to_what_it_shows_and_not_back(
    bench: Bench, mapped: FakeEngine, doubled: FakeEngine, place: Place
) -> None:
    doubled.months = (MonthCount(2023, 7, 3, 1),)
    path = next(iter(doubled.files))
    doubled.files[path] = replace(doubled.files[path], failed="It is damaged.")
    window = bench.open(doubled)
    bench.ask("water")
    for _ in range(2):
        window.results.setFocus()
        window.side.look_asked.emit(place)
        bench.settle()
        focused, page = window.focusWidget(), window.pages.currentWidget()
        assert page is not None
        assert focused is not None
        assert page.isAncestorOf(focused)
        assert not isinstance(focused, QAbstractButton)
        window.side.look_asked.emit(place)
        bench.settle()


@pytest.mark.parametrize(
    ("place", "call"),
    [(Place.MAP, "collection_map"), (Place.TIMELINE, "timeline"), (Place.DUPLICATES, "duplicates")],
)
def test_who_types_a_query_keeps_the_keyboard_there_when_a_place_has_something_to_show(
    bench: Bench, mapped: FakeEngine, doubled: FakeEngine, place: Place, call: str
) -> None:
    doubled.months = (MonthCount(2023, 7, 3, 1),)
    window = bench.open(doubled)
    window.field.take_focus()
    gate = doubled.gates[call] = Flag()
    window.side.look_asked.emit(place)
    bench.qtbot.keyClicks(window.field.edit, "lak")
    gate.set()
    bench.settle()
    assert window.focusWidget() is window.field.edit


def test_a_place_that_failed_says_nothing_of_the_others(
    bench: Bench, mapped: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise WorldProblem("The months cannot be counted.")

    monkeypatch.setattr(mapped, "timeline", refuse)
    window = bench.open(mapped)
    gate = mapped.gates["collection_map"] = Flag()
    window.side.look_asked.emit(Place.MAP)
    page = map_page(bench)
    window.side.look_asked.emit(Place.TIMELINE)
    timeline = window.pages.currentWidget()
    assert isinstance(timeline, TimelinePage)
    bench.qtbot.waitUntil(lambda: timeline.findChild(MessagePage).title == "The months cannot be counted.")
    assert page.message.title in {"", "Drawing the map…"}
    gate.set()
    bench.settle()
    assert page.shows_map
