"""What happens to an engine apart from its window; in another process: ``python -m tests.engine.apart.scenes``.

A process is forked only where there are no threads, which the one that runs the tests may have, of tests before and for
its own: so a frame on standard input is a `Scene`, see `tests.deaths.serve`.
"""

import logging
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Self

import pytest

from tests.cli.fake_engine import FakeEngine
from tests.deaths import serve
from tests.waiting import PATIENCE_S, joined, until
from vexgui.core.errors import ChildFailed, EngineLost, StoreDamaged, VexError
from vexgui.core.events import Event, Lost
from vexgui.core.hits import Answer
from vexgui.core.query import Mistake, QueryProblem
from vexgui.engine.apart import process
from vexgui.engine.apart.channel import Channel
from vexgui.engine.apart.host import Host
from vexgui.engine.apart.process import Apart, Serve, forked
from vexgui.engine.apart.proxy import EngineProxy
from vexgui.engine.api import EngineApi
from vexgui.system.ending import EndSignals


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to happen where the engine has a process of its own.

    Attributes:
        name: The name of one of `SCENES`.
        folder: One in which it may write.
    """

    name: str
    folder: str = ""


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


def engine() -> EngineApi:
    return Engine(writable=True)


def serving(open_engine: Callable[[], EngineApi]) -> Serve:
    return lambda channel: Host(channel, lambda: True, open_engine).serve()


class Stage:
    """Where windows get their engines, which are closed at the end.

    Args:
        apart: Puts them apart.
        folder: One in which the scene may write.
    """

    def __init__(self, apart: Apart, folder: Path) -> None:
        self.folder = folder
        self.signals = EndSignals()
        self._apart = apart
        self._proxies: list[EngineProxy] = []

    def proxy(self, serve: Serve, present: Callable[[str, bytes, str], None] = lambda *_: None) -> EngineProxy:
        self._proxies.append(self._apart(serve, present, self.signals))
        return self._proxies[-1]

    def opened(self, heard: list[Event] | None = None) -> EngineApi:
        proxy = self.proxy(serving(engine))
        if heard is not None:
            proxy.subscribe(heard.append)
        return proxy.opener()()

    def close(self) -> None:
        for proxy in self._proxies:
            proxy.close()

    def __enter__(self) -> Self:
        self.signals.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()
        self.signals.__exit__()


# In a thread or in a process


def errors(stage: Stage) -> None:
    found = stage.opened()
    with pytest.raises(QueryProblem, match=r"This is none\. Write another\.") as raised:
        found.inspect(b"/mistake")
    assert raised.value.mistake.start == 3
    with pytest.raises(ChildFailed, match="inside VexGUI"):
        found.inspect(b"/bug")


def a_call_not_wanted(stage: Stage) -> None:
    stop = threading.Event()
    stopping = threading.Timer(0.1, stop.set)
    stopping.start()
    assert stage.opened().search("boat", 5, stop=stop).note == "stopped"
    joined(stopping)


def two_calls(stage: Stage) -> None:
    found, stop = stage.opened(), threading.Event()
    answers: list[Answer] = []
    waiting = threading.Thread(target=lambda: answers.append(found.search("boat", 5, stop=stop)))
    waiting.start()
    assert found.roots()
    assert not answers
    stop.set()
    joined(waiting)
    assert [answer.note for answer in answers] == ["stopped"]


def a_second_opening(stage: Stage) -> None:
    problems: list[VexError] = [StoreDamaged("The store is damaged.", "Run vexgui rebuild.")]

    def open_engine() -> EngineApi:
        if problems:
            raise problems.pop()
        return engine()

    open_it = stage.proxy(serving(open_engine)).opener()
    with pytest.raises(StoreDamaged, match="Run vexgui rebuild"):
        open_it()
    assert open_it().roots()


def what_cannot_be_sent(stage: Stage) -> None:
    found = stage.opened()
    with pytest.raises(ChildFailed, match="inside VexGUI"):
        found.inspect(b"/unpackable")
    assert found.roots()


# In a process


def calls(stage: Stage) -> None:
    assert number_of_process(stage.opened()) != os.getpid()


def a_loss(stage: Stage) -> None:
    heard: list[Event] = []
    found = stage.opened(heard)
    with pytest.raises(EngineLost):
        found.inspect(b"/die")
    until(lambda: heard == [Lost()], "the loss was told")
    with pytest.raises(EngineLost):
        found.roots()


def what_cannot_be_read(stage: Stage) -> None:
    heard: list[Event] = []
    found = stage.opened(heard)
    with pytest.raises(EngineLost):
        found.inspect(b"/unreadable")
    until(lambda: heard == [Lost()], "the loss was told")


def nothing_left_behind(stage: Stage) -> None:
    number = number_of_process(stage.opened())
    os.kill(number, signal.SIGKILL)
    until(lambda: not os.path.exists(f"/proc/{number}"), "nothing was left of the process")


def a_frozen_process(stage: Stage) -> None:
    process._PATIENCE_S = 0.1
    number = number_of_process(stage.opened())
    os.kill(number, signal.SIGSTOP)
    stage.close()
    assert not os.path.exists(f"/proc/{number}")


def one_that_cannot_be_killed(stage: Stage) -> None:
    process._PATIENCE_S = process._DYING_S = 0.1
    logged = StringIO()
    logging.basicConfig(stream=logged)
    number = number_of_process(stage.opened())
    os.kill(number, signal.SIGSTOP)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "kill", lambda *_: None)
        closing = threading.Thread(target=stage.close, daemon=True)
        closing.start()
        joined(closing)
    assert "left behind" in logged.getvalue()
    os.kill(number, signal.SIGKILL)
    until(lambda: os.waitpid(number, os.WNOHANG) != (0, 0), "the process had ended")


def a_window_that_is_gone(stage: Stage) -> None:
    told = stage.folder / "closed"

    def serve(channel: Channel) -> None:
        serving(engine)(channel)
        told.write_text("closed")

    if (window := os.fork()) == 0:
        try:
            stage.proxy(serve).opener()()
        finally:  # whatever happens, it is not a second one that plays the scene
            os.kill(os.getpid(), signal.SIGKILL)
    until(lambda: os.waitpid(window, os.WNOHANG) != (0, 0), "the window had ended")
    until(lambda: told.exists() and told.read_text() == "closed", "the engine was closed")


def number_of_process(engine: EngineApi) -> int:
    number: object = engine.inspect(b"/a")
    assert isinstance(number, int)
    return number


SCENES = {
    scene.__name__: scene
    for scene in (
        errors,
        a_call_not_wanted,
        two_calls,
        a_second_opening,
        what_cannot_be_sent,
        calls,
        a_loss,
        what_cannot_be_read,
        nothing_left_behind,
        a_frozen_process,
        one_that_cannot_be_killed,
        a_window_that_is_gone,
    )
}


def _play(scene: Scene) -> None:
    with Stage(forked, Path(scene.folder)) as stage:
        SCENES[scene.name](stage)


if __name__ == "__main__":
    serve(lambda given: _play(Scene(**given)))
