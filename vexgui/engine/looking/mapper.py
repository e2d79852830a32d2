"""The process that makes maps: reads a store, and lays its files out when nothing else wants the processor.

Run as ``python -m vexgui.engine.looking.mapper``. A request's header names what to ``do``: "begin" a map of the store
in a ``folder``, beside what is kept of an older one in two blobs where there are any; then "go_on", over and over. The
answer says what ``share`` is done; with the last one come the files' ids, int64, and their places, float32, as blobs.
"""

import os
import resource
import time

import numpy as np

from vexgui.core.vectors import CodecName
from vexgui.engine.looking.kept_map import Places
from vexgui.engine.looking.mapping import Mapping, completed
from vexgui.engine.looking.points import continents
from vexgui.models.failures import answered
from vexgui.store.store import Store
from vexgui.system.child import serve
from vexgui.system.frames import Frame
from vexgui.system.priority import give_memory_first

MOST_BYTES = 4 << 30
"""Of addresses, maps of columns included; half of that was used for a million files."""
_AT_A_TIME_S = 0.2


def main() -> None:
    """Bound this process, and answer until the other side closes; not in the idle class: somebody waits for a map."""
    give_memory_first()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    serve(Mapper().handle)


class Mapper:
    """Makes one map after another."""

    def __init__(self) -> None:
        self._mapping = Mapping(())

    def handle(self, request: Frame) -> Frame:
        """Return the answer to a request; every failure becomes an answer too."""
        act = self._begin if request.header["do"] == "begin" else self._go_on
        return answered(lambda: act(request), "The process that draws maps")

    def _begin(self, request: Frame) -> Frame:
        # A reader's codec is of no account: each space says its own.
        store = Store(os.fsencode(request.header["folder"]), CodecName.INT8, writable=False)
        try:
            with store.snapshot() as snapshot:
                found = continents(snapshot)
        finally:
            store.close()
        if request.blobs:
            files, xy = np.frombuffer(request.blobs[0], np.int64), np.frombuffer(request.blobs[1], np.float32)
            return _whole(completed(Places(files, xy.reshape(-1, 2)), found))
        self._mapping = Mapping(found)
        return Frame({"share": 0.0})

    def _go_on(self, _: Frame) -> Frame:
        until_s = time.monotonic() + _AT_A_TIME_S
        while not self._mapping.is_done and time.monotonic() < until_s:
            self._mapping.advance()
        return _whole(self._mapping.places()) if self._mapping.is_done else Frame({"share": self._mapping.share})


def _whole(places: Places) -> Frame:
    return Frame({"share": 1.0}, (places.files.tobytes(), places.xy.tobytes()))


if __name__ == "__main__":
    main()
