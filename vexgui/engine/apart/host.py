"""The engine's process: calls the engine for the window, and tells it what the engine tells."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from vexgui.core.errors import ChildFailed, VexError
from vexgui.core.events import Event
from vexgui.engine.apart.channel import (
    OPEN,
    OWN,
    Call,
    Channel,
    ChannelClosed,
    Done,
    Failed,
    Present,
    Stop,
    Told,
)
from vexgui.engine.api import EngineApi

_log = logging.getLogger(__name__)
_CALLS_AT_ONCE = 64
"""More than the window makes, whose threads wait for them: no call waits for another."""


class Host:
    """Serves the window at the other end of a channel until it closes it or is gone.

    Args:
        channel: To the window.
        own: Becomes the profile's owner, and tells whether that went well.
        open_engine: Opens the engine; once more after it failed.
    """

    def __init__(self, channel: Channel, own: Callable[[], bool], open_engine: Callable[[], EngineApi]) -> None:
        self._channel = channel
        self._own = own
        self._open_engine = open_engine
        self._engine: EngineApi | None = None
        self._stops: dict[int, threading.Event] = {}

    def serve(self) -> None:
        """Answer calls; when this returns the engine is closed."""
        with ThreadPoolExecutor(_CALLS_AT_ONCE, thread_name_prefix="vexgui-call") as pool:
            with suppress(ChannelClosed):
                while True:
                    self._take(self._channel.receive(), pool)
            for stop in list(self._stops.values()):
                stop.set()
            self._close()
        self._close()  # one that was being opened
        self._channel.release()

    def present(self, query: str, similar: bytes, activation: str = "") -> None:
        """Have the window come to the front, from any thread, with an answer where one of these is not empty."""
        self._channel.send(Present(query, similar, activation))

    def _close(self) -> None:
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def _take(self, message: object, pool: ThreadPoolExecutor) -> None:
        match message:
            case Call() as call:
                if call.stoppable:
                    self._stops[call.number] = threading.Event()
                pool.submit(self._answer, call)
            case Stop(number) if stop := self._stops.get(number):
                stop.set()

    def _answer(self, call: Call) -> None:
        outcome = self._outcome(call)
        self._stops.pop(call.number, None)
        with suppress(ChannelClosed):
            try:
                self._channel.send(outcome)
            except ChannelClosed:
                raise
            except Exception as error:  # noqa: BLE001 - what cannot be packed is told as any other mistake
                self._channel.send(_mistake(call, error))

    def _outcome(self, call: Call) -> Done | Failed:
        try:
            return Done(call.number, self._called(call))
        except VexError as error:
            return Failed(call.number, error)
        except Exception as error:  # noqa: BLE001 - the process's edge
            return _mistake(call, error)

    def _called(self, call: Call) -> object:
        if call.method == OWN:
            return self._own()
        if call.method == OPEN:
            self._engine = self._open_engine()
            self._engine.subscribe(self._tell)
            return None
        if self._engine is None:
            raise ChildFailed("VexGUI is not ready.", "Try again in a moment.")
        stop = {"stop": self._stops[call.number]} if call.stoppable else {}
        return getattr(self._engine, call.method)(*call.arguments, **call.options, **stop)

    def _tell(self, event: Event) -> None:
        with suppress(ChannelClosed):
            self._channel.send(Told(event))


def _mistake(call: Call, error: Exception) -> Failed:
    """Return what the window is told of an error that nobody foresaw; called while it is handled."""
    _log.exception("a call of the window failed: %s", call.method)
    told = ChildFailed(f"Something went wrong inside VexGUI: {error}.", "The log has the details.")
    return Failed(call.number, told)
