"""An engine in another process does what one in this process does, and its end is noticed."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.beside import beside
from tests.deaths import Dying, dying
from tests.engine.apart import scenes
from tests.engine.apart.scenes import Engine, Scene, Stage, engine, serving
from tests.waiting import PATIENCE_S, joined, until
from vexgui.core.errors import EngineLost
from vexgui.core.events import Event, IndexChanged
from vexgui.engine.apart.channel import Channel
from vexgui.engine.apart.host import Host
from vexgui.engine.api import EngineApi

Play = Callable[[Callable[[Stage], None]], None]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Where engines are put apart in threads."""
    with Stage(beside, tmp_path) as stage:
        yield stage


@pytest.fixture(scope="module")
def program() -> Iterator[Dying]:
    with dying("tests.engine.apart.scenes") as program:
        yield program


@pytest.fixture
def in_process(program: Dying, tmp_path: Path) -> Play:
    """Has a scene played where the engine has a process of its own."""

    def play(scene: Callable[[Stage], None]) -> None:
        assert program(Scene(scene.__name__, str(tmp_path)))

    return play


@pytest.fixture(params=["thread", "process"])
def play(request: pytest.FixtureRequest) -> Play:
    """Has a scene played here and there."""
    if request.param == "process":
        there: Play = request.getfixturevalue("in_process")
        return there
    here: Stage = request.getfixturevalue("stage")
    return lambda scene: scene(here)


def test_calls_are_carried_out_in_the_other_process(in_process: Play) -> None:
    in_process(scenes.calls)


def test_an_error_comes_as_it_was_raised(play: Play) -> None:
    play(scenes.errors)


def test_a_call_that_is_not_wanted_any_more_is_stopped_there(play: Play) -> None:
    play(scenes.a_call_not_wanted)


def test_calls_do_not_wait_for_each_other(play: Play) -> None:
    play(scenes.two_calls)


def test_events_come_from_there(stage: Stage) -> None:
    engines: list[Engine] = []
    heard: list[Event] = []

    def open_engine() -> EngineApi:
        engines.append(Engine(writable=True))
        return engines[-1]

    proxy = stage.proxy(serving(open_engine))
    proxy.subscribe(heard.append)
    proxy.opener()()
    engines[0].emit(IndexChanged(7))
    until(lambda: heard == [IndexChanged(7)], "the event came")


def test_an_engine_that_does_not_open_can_be_tried_again(play: Play) -> None:
    play(scenes.a_second_opening)


def test_an_engine_that_is_opened_too_late_is_closed(stage: Stage) -> None:
    begun, go_on = threading.Event(), threading.Event()
    engines: list[Engine] = []

    def open_engine() -> EngineApi:
        engines.append(Engine(writable=True))
        begun.set()
        assert go_on.wait(PATIENCE_S)
        return engines[0]

    proxy = stage.proxy(serving(open_engine))
    open_it = proxy.opener()
    assert begun.wait(PATIENCE_S)
    closing = threading.Thread(target=proxy.close, daemon=True)
    closing.start()
    with pytest.raises(EngineLost):
        open_it()
    go_on.set()
    joined(closing)
    assert engines[0].closed == 1


def test_the_end_of_its_process_fails_what_waits_and_is_told(in_process: Play) -> None:
    in_process(scenes.a_loss)


def test_what_cannot_be_sent_is_told_as_a_mistake(play: Play) -> None:
    play(scenes.what_cannot_be_sent)


def test_what_cannot_be_read_is_the_end_and_leaves_nobody_waiting(in_process: Play) -> None:
    in_process(scenes.what_cannot_be_read)


def test_no_call_waits_though_all_threads_of_a_window_are_busy(stage: Stage) -> None:
    found, stop = stage.opened(), threading.Event()
    waiting = [threading.Thread(target=found.search, args=("boat", 5), kwargs={"stop": stop}) for _ in range(24)]
    for thread in waiting:
        thread.start()
    assert found.roots()
    stop.set()
    for thread in waiting:
        joined(thread)


def test_a_process_that_ended_leaves_nothing_behind(in_process: Play) -> None:
    in_process(scenes.nothing_left_behind)


def test_a_process_that_is_frozen_is_killed_when_it_is_closed(in_process: Play) -> None:
    in_process(scenes.a_frozen_process)


def test_nobody_waits_for_a_process_that_cannot_be_killed(in_process: Play) -> None:
    in_process(scenes.one_that_cannot_be_killed)


def test_a_window_that_is_gone_ends_the_process_and_closes_the_engine(in_process: Play) -> None:
    in_process(scenes.a_window_that_is_gone)


def test_the_window_is_brought_to_the_front_from_there(stage: Stage) -> None:
    hosts: list[Host] = []
    shown: list[tuple[str, bytes, str]] = []

    def serve(channel: Channel) -> None:
        hosts.append(Host(channel, lambda: True, engine))
        hosts[0].serve()

    stage.proxy(serve, lambda *wish: shown.append(wish)).opener()()
    hosts[0].present("boat", b"/a", "token")
    until(lambda: shown == [("boat", b"/a", "token")], "the window came to the front")


def test_what_is_no_method_of_an_engine_is_not_asked_for(stage: Stage) -> None:
    found = stage.opened()
    with pytest.raises(AttributeError):
        found.no_such_thing  # type: ignore[attr-defined] # noqa: B018
