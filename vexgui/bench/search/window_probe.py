"""Asks an engine as the window does: ``python -m vexgui.bench.search.window_probe``, in a process of its own.

Arguments: the profile, and how many hits come with an answer. Standard input has a query on each line; it
prints as JSON what each took from the question to the answer, in milliseconds.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from threading import Event as Flag
from time import perf_counter

from vexgui.engine.apart.channel import Channel
from vexgui.engine.apart.host import Host
from vexgui.engine.apart.process import forked
from vexgui.engine.api import EngineApi
from vexgui.system.ending import EndSignals
from vexgui.system.profile import open_profile


def main() -> None:
    """Ask, and tell."""
    profile, limit = os.fsencode(sys.argv[1]), int(sys.argv[2])

    def open_engine() -> EngineApi:
        from vexgui.engine.engine import Engine

        return Engine(open_profile(profile, {}), writable=True)

    def serve(channel: Channel) -> None:
        Host(channel, lambda: True, open_engine).serve()

    with EndSignals() as ended, closing(forked(serve, lambda *_: None, ended)) as proxy:
        took_ms = list(_took_ms(proxy.opener()(), sys.stdin.read().splitlines(), limit))
    sys.stdout.write(json.dumps(took_ms))


def _took_ms(engine: EngineApi, queries: list[str], limit: int) -> Iterator[float]:
    for query in queries:
        began_s = perf_counter()
        engine.search(query, limit, meaning=True, stop=Flag())
        yield (perf_counter() - began_s) * 1000


if __name__ == "__main__":
    main()
