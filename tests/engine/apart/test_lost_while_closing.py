"""A window that is closed while its engine's process ends does not come back."""

import socket
import threading

from typing_extensions import override

from tests.waiting import PATIENCE_S, joined
from vexgui.core.errors import EngineLost
from vexgui.engine.apart.channel import Channel
from vexgui.engine.apart.proxy import EngineProxy


class NotingChannel(Channel):
    """Notes that this end closes it."""

    def __init__(self, end: socket.socket) -> None:
        super().__init__(end)
        self.closed = threading.Event()

    @override
    def close(self) -> None:
        self.closed.set()
        super().close()


def test_a_window_that_is_closed_before_it_has_begun_anew_stays_closed() -> None:
    ours, theirs = socket.socketpair()
    channel, gone, begun_anew = NotingChannel(ours), threading.Event(), list[str]()
    proxy = EngineProxy(
        channel, lambda *_: None, lambda: joined_with(gone), lambda: begun_anew.append(threading.current_thread().name)
    )
    ends: list[str] = []

    def open_twice() -> None:
        opened = proxy.opener()
        for _ in range(2):  # the second is what the button on the page about it does
            try:
                opened()
            except EngineLost:
                ends.append("lost")

    theirs.close()
    opening = threading.Thread(target=open_twice)
    opening.start()
    closing = threading.Thread(target=proxy.close)
    closing.start()
    assert channel.closed.wait(PATIENCE_S)
    gone.set()
    joined(closing)
    joined(opening)
    assert begun_anew == []
    assert ends == ["lost", "lost"]


def joined_with(gone: threading.Event) -> None:
    """Wait for a process to end."""
    assert gone.wait(PATIENCE_S)
