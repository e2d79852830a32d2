"""An engine in another process does what one in this process does, and its end is noticed."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.beside import beside
from tests.cli.fake_engine import FakeEngine
from tests.waiting import PATIENCE_S, joined, until
from vexgui.core.errors import ChildFailed, EngineLost, StoreDamaged, VexError
from vexgui.core.events import Event, IndexChanged, Lost
from vexgui.core.hits import Answer
from vexgui.core.query import Mistake, QueryProblem
from vexgui.engine.apart import process
from vexgui.engine.apart.channel import Channel
from vexgui.engine.apart.host import Host
from vexgui.engine.apart.process import Apart, forked
from vexgui.engine.apart.proxy import EngineProxy
from vexgui.engine.api import EngineApi
from vexgui.system.ending import EndSignals

SIGNALS = EndSignals()


class Unreadable:
    """Can be packed, but not unpacked."""

    def __reduce__(self) -> tuple[object, ...]:
        return int, ("no number",)


class Engine(FakeEngine):
    """Tells its process's number, waits to be stopped, fails as it is told."""

    def inspect(self, path: bytes) -> object:  # type: ignore[override]
        if path == b"/mistake":
            raise QueryProblem(Mistake(3, 5, "This is none.", "Write another."))
        if path == b"/bug":
            raise ZeroDivisionError
        if path == b"/unpackable":
            return threading.Lock()
        if path == b"/unreadable":
            return Unreadable()
        if path == b"/die":
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    def search(self, query: str, limit: int, **options: object) -> Answer:  # type: ignore[override]
        stop = options["stop"]
        assert isinstance(stop, threading.Event)
        return Answer((), note="stopped" if stop.wait(PATIENCE_S) else "")


def serving(open_engine: Callable[[], EngineApi]) -> Callable[[Channel], None]:
    return lambda channel: Host(channel, lambda: True, open_engine).serve()


def engine() -> EngineApi:
    return Engine(writable=True)


@pytest.fixture(params=[beside, forked], ids=["thread", "process"])
def apart(request: pytest.FixtureRequest) -> Apart:
    found: Apart = request.param
    return found


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    with SIGNALS:
        yield


@pytest.fixture
def proxies() -> Iterator[list[EngineProxy]]:
    made: list[EngineProxy] = []
    yield made
    for proxy in made:
        proxy.close()


def opened(apart: Apart, proxies: list[EngineProxy], heard: list[Event] | None = None) -> EngineApi:
    proxy = apart(serving(engine), lambda *_: None, SIGNALS)
    proxies.append(proxy)
    if heard is not None:
        proxy.subscribe(heard.append)
    return proxy.opener()()


def test_calls_are_carried_out_in_the_other_process(proxies: list[EngineProxy]) -> None:
    there: object = opened(forked, proxies).inspect(b"/a")
    assert isinstance(there, int)
    assert there != os.getpid()


def test_an_error_comes_as_it_was_raised(apart: Apart, proxies: list[EngineProxy]) -> None:
    found = opened(apart, proxies)
    with pytest.raises(QueryProblem, match=r"This is none\. Write another\.") as raised:
        found.inspect(b"/mistake")
    assert raised.value.mistake.start == 3
    with pytest.raises(ChildFailed, match="inside VexGUI"):
        found.inspect(b"/bug")


def test_a_call_that_is_not_wanted_any_more_is_stopped_there(apart: Apart, proxies: list[EngineProxy]) -> None:
    stop = threading.Event()
    threading.Timer(0.1, stop.set).start()
    assert opened(apart, proxies).search("boat", 5, stop=stop).note == "stopped"


def test_calls_do_not_wait_for_each_other(apart: Apart, proxies: list[EngineProxy]) -> None:
    found, stop = opened(apart, proxies), threading.Event()
    answers: list[Answer] = []
    waiting = threading.Thread(target=lambda: answers.append(found.search("boat", 5, stop=stop)))
    waiting.start()
    assert found.roots()
    assert not answers
    stop.set()
    joined(waiting)
    assert [answer.note for answer in answers] == ["stopped"]


def test_events_come_from_there(proxies: list[EngineProxy]) -> None:
    engines: list[Engine] = []
    heard: list[Event] = []

    def open_engine() -> EngineApi:
        engines.append(Engine(writable=True))
        return engines[-1]

    proxy = beside(serving(open_engine), lambda *_: None, SIGNALS)
    proxies.append(proxy)
    proxy.subscribe(heard.append)
    proxy.opener()()
    engines[0].emit(IndexChanged(7))
    until(lambda: heard == [IndexChanged(7)], "the event came")


def test_an_engine_that_does_not_open_can_be_tried_again(apart: Apart, proxies: list[EngineProxy]) -> None:
    problems: list[VexError] = [StoreDamaged("The store is damaged.", "Run vexgui rebuild.")]

    def open_engine() -> EngineApi:
        if problems:
            raise problems.pop()
        return engine()

    proxy = apart(serving(open_engine), lambda *_: None, SIGNALS)
    proxies.append(proxy)
    open_it = proxy.opener()
    with pytest.raises(StoreDamaged, match="Run vexgui rebuild"):
        open_it()
    assert open_it().roots()


def test_an_engine_that_is_opened_too_late_is_closed(proxies: list[EngineProxy]) -> None:
    begun, go_on = threading.Event(), threading.Event()
    engines: list[Engine] = []

    def open_engine() -> EngineApi:
        engines.append(Engine(writable=True))
        begun.set()
        assert go_on.wait(PATIENCE_S)
        return engines[0]

    proxy = beside(serving(open_engine), lambda *_: None, SIGNALS)
    proxies.append(proxy)
    open_it = proxy.opener()
    assert begun.wait(PATIENCE_S)
    closing = threading.Thread(target=proxy.close, daemon=True)
    closing.start()
    with pytest.raises(EngineLost):
        open_it()
    go_on.set()
    joined(closing)
    assert engines[0].closed == 1


def test_the_end_of_its_process_fails_what_waits_and_is_told(proxies: list[EngineProxy]) -> None:
    heard: list[Event] = []
    found = opened(forked, proxies, heard)
    with pytest.raises(EngineLost):
        found.inspect(b"/die")
    until(lambda: heard == [Lost()], "the loss was told")
    with pytest.raises(EngineLost):
        found.roots()


def test_what_cannot_be_sent_is_told_as_a_mistake(apart: Apart, proxies: list[EngineProxy]) -> None:
    found = opened(apart, proxies)
    with pytest.raises(ChildFailed, match="inside VexGUI"):
        found.inspect(b"/unpackable")
    assert found.roots()


def test_what_cannot_be_read_is_the_end_and_leaves_nobody_waiting(proxies: list[EngineProxy]) -> None:
    heard: list[Event] = []
    found = opened(forked, proxies, heard)
    with pytest.raises(EngineLost):
        found.inspect(b"/unreadable")
    until(lambda: heard == [Lost()], "the loss was told")


def test_no_call_waits_though_all_threads_of_a_window_are_busy(proxies: list[EngineProxy]) -> None:
    found, stop = opened(beside, proxies), threading.Event()
    waiting = [threading.Thread(target=found.search, args=("boat", 5), kwargs={"stop": stop}) for _ in range(24)]
    for thread in waiting:
        thread.start()
    assert found.roots()
    stop.set()
    for thread in waiting:
        joined(thread)


def number_of_process(engine: EngineApi) -> int:
    number: object = engine.inspect(b"/a")
    assert isinstance(number, int)
    return number


def test_a_process_that_ended_leaves_nothing_behind(proxies: list[EngineProxy]) -> None:
    found = opened(forked, proxies)
    number = number_of_process(found)
    os.kill(number, signal.SIGKILL)
    until(lambda: not os.path.exists(f"/proc/{number}"), "nothing was left of the process")


def test_a_process_that_is_frozen_is_killed_when_it_is_closed(
    proxies: list[EngineProxy], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_PATIENCE_S", 0.1)
    number = number_of_process(opened(forked, proxies))
    os.kill(number, signal.SIGSTOP)
    proxies[0].close()
    assert not os.path.exists(f"/proc/{number}")


def test_nobody_waits_for_a_process_that_cannot_be_killed(
    proxies: list[EngineProxy], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(process, "_PATIENCE_S", 0.1)
    monkeypatch.setattr(process, "_DYING_S", 0.1)
    number = number_of_process(opened(forked, proxies))
    os.kill(number, signal.SIGSTOP)
    kill = os.kill
    with monkeypatch.context() as patch:
        patch.setattr(os, "kill", lambda *_: None)
        closing = threading.Thread(target=proxies[0].close, daemon=True)
        closing.start()
        joined(closing)
    assert "left behind" in caplog.text
    kill(number, signal.SIGKILL)
    until(lambda: os.waitpid(number, os.WNOHANG) != (0, 0), "the process had ended")


def test_a_window_that_is_gone_ends_the_process_and_closes_the_engine(tmp_path: Path) -> None:
    told = tmp_path / "closed"

    def serve(channel: Channel) -> None:
        serving(engine)(channel)
        told.write_text("closed")

    if (window := os.fork()) == 0:
        try:
            forked(serve, lambda *_: None, SIGNALS).opener()()
        finally:  # whatever happens, it is no second run of the tests
            os.kill(os.getpid(), signal.SIGKILL)
    until(lambda: os.waitpid(window, os.WNOHANG) != (0, 0), "the window had ended")
    until(lambda: told.exists() and told.read_text() == "closed", "the engine was closed")


def test_the_window_is_brought_to_the_front_from_there(proxies: list[EngineProxy]) -> None:
    hosts: list[Host] = []
    shown: list[tuple[str, bytes, str]] = []

    def serve(channel: Channel) -> None:
        hosts.append(Host(channel, lambda: True, engine))
        hosts[0].serve()

    proxy = beside(serve, lambda *wish: shown.append(wish), SIGNALS)
    proxies.append(proxy)
    proxy.opener()()
    hosts[0].present("boat", b"/a", "token")
    until(lambda: shown == [("boat", b"/a", "token")], "the window came to the front")


def test_what_is_no_method_of_an_engine_is_not_asked_for(proxies: list[EngineProxy]) -> None:
    found = opened(beside, proxies)
    with pytest.raises(AttributeError):
        found.no_such_thing  # type: ignore[attr-defined] # noqa: B018
