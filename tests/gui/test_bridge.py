"""What the engine tells reaches the window, the newest of it, however much there is."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from tests.waiting import joined
from vexgui.core.events import Activity, IndexChanged, Progress, RootsChanged, Trouble
from vexgui.gui.bridge import EngineBridge

EVENTS = 10_000


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


def test_of_a_flood_of_events_the_last_is_shown_and_few_others(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    seen: list[Progress] = []
    bench.bridge.progressed.connect(seen.append)

    def flood() -> None:
        for number in range(EVENTS):
            library.tell(Progress(Activity.INDEXING, number + 1, EVENTS, b"/tmp/a"))
            library.tell(IndexChanged(1))
            library.tell(RootsChanged())

    telling = threading.Thread(target=flood)
    telling.start()
    bench.qtbot.waitUntil(lambda: bool(seen) and seen[-1].done == EVENTS)
    joined(telling)
    assert window.status.progress.done == EVENTS
    assert len(seen) < EVENTS / 20


def test_what_is_told_in_an_order_is_heard_in_it(qtbot: QtBot, engine: FakeEngine) -> None:
    bridge = EngineBridge()
    heard: list[object] = []
    bridge.progressed.connect(heard.append)
    bridge.troubled.connect(heard.append)
    bridge.listen(engine)
    told = (Progress(Activity.INDEXING, 1, 2), Trouble("The disk is full."), Trouble("It is full again."))
    for event in told:
        engine.tell(event)
    qtbot.waitUntil(lambda: len(heard) == len(told))
    assert heard == [*told]


def test_of_an_engine_that_was_replaced_nothing_is_heard(qtbot: QtBot, engine: FakeEngine) -> None:
    bridge = EngineBridge()
    heard: list[object] = []
    bridge.troubled.connect(heard.append)
    bridge.listen(engine)
    other = FakeEngine()
    bridge.listen(other)
    engine.tell(Trouble("Of before."))
    other.tell(Trouble("Of now."))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [Trouble("Of now.")]
