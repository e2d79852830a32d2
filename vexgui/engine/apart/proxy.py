"""The engine as the window has it: every call goes to the engine's process, and every event comes from there."""

import itertools
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, cast

from vexgui.core.errors import EngineLost, VexError
from vexgui.core.events import Lost
from vexgui.engine.apart.channel import (
    OPEN,
    OWN,
    Call,
    Channel,
    ChannelClosed,
    Done,
    Failed,
    Message,
    Present,
    Stop,
    Told,
)
from vexgui.engine.api import EngineApi, Listener
from vexgui.engine.listeners import Listeners

_log = logging.getLogger(__name__)
_LOOK_EVERY_S = 0.05
"""How soon a stop that is set is passed on."""


class EngineProxy:
    """Has the methods of `EngineApi`, which are carried out in the other process.

    They are passed on by their names, so that nothing here changes with the engine.

    Args:
        channel: To the engine's process.
        present: Is told that the window is wanted in front: a query, a file others are to be like,
            and what the desktop gave the program that asks; it may wait.
        wait: Returns when the process has ended; called once, when nothing comes from it any more.
        start_again: Starts the program anew, once the engine's process has ended.
    """

    def __init__(
        self,
        channel: Channel,
        present: Callable[[str, bytes, str], None],
        wait: Callable[[], None],
        start_again: Callable[[], None],
    ) -> None:
        self._channel = channel
        self._present = present
        self._wait = wait
        self._start_again = start_again
        self._listeners = Listeners()
        self._numbers = itertools.count(1)
        self._pending: dict[int, Future[Any]] = {}
        self._lock = threading.Lock()
        self._closing = False
        self._lost = False
        self._ear = threading.Thread(target=self._hear, name="vexgui-engine-ear", daemon=True)
        self._ear.start()

    def own(self) -> bool:
        """Have the engine's process become the owner of its profile, and tell whether it is."""
        return bool(self._call(OWN))

    def opener(self) -> Callable[[], EngineApi]:
        """Begin to open the engine; return what waits until it is open, and when called again opens it again."""
        pool = ThreadPoolExecutor(1, thread_name_prefix="vexgui-opening")
        begun: Future[Any] | None = pool.submit(self._call, OPEN)
        pool.shutdown(wait=False)

        def opened() -> EngineApi:
            nonlocal begun
            opening, begun = begun, None
            if opening is not None:
                opening.result()
            else:
                if self._lost:
                    self._ear.join()
                    if self._closing:  # meanwhile
                        raise EngineLost
                    self._start_again()
                self._call(OPEN)
            return cast("EngineApi", self)

        return opened

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have a listener called with every event; return how to end that."""
        return self._listeners.add(listener)

    def close(self) -> None:
        """Have the engine closed, and return when its process has ended."""
        if self._closing:
            return
        self._closing = True
        self._channel.close()  # which ends it, as the end of this process would
        self._ear.join()
        self._channel.release()

    def __getattr__(self, method: str) -> Callable[..., Any]:
        if method.startswith("_") or not hasattr(EngineApi, method):
            raise AttributeError(method)
        return partial(self._call, method)

    def _call(self, method: str, *arguments: object, stop: threading.Event | None = None, **options: object) -> Any:
        answer: Future[Any] = Future()
        number = next(self._numbers)
        with self._lock:
            if self._lost:
                raise EngineLost
            self._pending[number] = answer
        try:
            self._send(Call(number, method, arguments, options, stop is not None))
            if stop is not None:
                self._wait_unless(stop, number, answer)
            return answer.result()
        finally:
            with self._lock:
                del self._pending[number]

    def _wait_unless(self, stop: threading.Event, number: int, answer: "Future[Any]") -> None:
        """Wait for an answer, or pass on that it is not wanted any more."""
        while not answer.done():
            if stop.is_set():
                self._send(Stop(number))
                return
            with suppress(TimeoutError):
                answer.exception(_LOOK_EVERY_S)

    def _send(self, message: Message) -> None:
        with suppress(ChannelClosed):  # the ear hears that, too, and fails what waits
            self._channel.send(message)

    def _hear(self) -> None:
        try:
            while True:
                self._take(self._channel.receive())
        except ChannelClosed:
            pass
        except Exception:  # noqa: BLE001 - the top of a thread
            # Somebody may wait for this message for ever: without a way to tell who, all are told.
            _log.exception("a message of the engine's process cannot be read")
            self._channel.close()
        with self._lock:
            self._lost = True
            left = [answer for answer in self._pending.values() if not answer.done()]
        for answer in left:
            answer.set_exception(EngineLost())
        if not self._closing:
            self._listeners.emit(Lost())
        self._wait()

    def _take(self, message: Message) -> None:
        match message:
            case Done(number, value):
                if answer := self._pending.get(number):
                    answer.set_result(value)
            case Failed(number, error):
                if answer := self._pending.get(number):
                    answer.set_exception(error)
            case Told(event):
                self._listeners.emit(event)
            case Present() as wish:
                threading.Thread(target=self._show, args=(wish,), name="vexgui-present", daemon=True).start()

    def _show(self, wish: Present) -> None:
        try:
            self._present(wish.query, wish.similar, wish.activation)
        except VexError:
            _log.exception("the window did not come to the front")
