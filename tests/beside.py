"""An engine apart from its window in a thread instead of a process: what it does can be looked at."""

import socket
import threading
from collections.abc import Callable
from functools import partial

from tests.waiting import joined
from vexgui.engine.apart.channel import Channel
from vexgui.engine.apart.process import Serve
from vexgui.engine.apart.proxy import EngineProxy
from vexgui.system.ending import EndSignals


def beside(serve: Serve, present: Callable[[str, bytes, str], None], _ended: EndSignals) -> EngineProxy:
    """Have a thread serve."""
    ours, theirs = (Channel(end) for end in socket.socketpair())

    def run() -> None:
        try:
            serve(theirs)
        finally:
            theirs.close()  # as the end of a process would: nobody waits for what has failed

    thread = threading.Thread(target=run, name="engine-beside", daemon=True)
    thread.start()

    def start_again() -> None:
        raise AssertionError("a thread is not lost")

    return EngineProxy(ours, present, partial(joined, thread), start_again)
