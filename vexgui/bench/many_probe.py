"""A program that keeps many files indexed, and tells how that goes: ``python -m vexgui.bench.many_probe``.

Arguments: the profile, the folder, how often it is scanned again, for how many seconds it is left alone until it has
looked after its store, and for how many after that. It prints a JSON object with ``scan_s``, ``memory_bytes`` and
``idle_share``. Its embedder needs no model: that would be in another process.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

from vexgui.bench.figure import taken_s
from vexgui.bench.profiles import text_profile
from vexgui.core.errors import WorldProblem
from vexgui.core.reports import RootState
from vexgui.engine.engine import Engine
from vexgui.models.fake import FakeEmbedder

_PATIENCE_S = 600.0
_LOOK_EVERY_S = 0.05


def main() -> None:
    """Index, scan, be left alone, and tell."""
    profile, folder = map(os.fsencode, sys.argv[1:3])
    times, rest_s, idle_s = int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5])
    with Engine(text_profile(profile), writable=True, make_embedder=lambda *_: FakeEmbedder()) as engine:
        engine.index([folder])
        engine.index([])
        scan_s = statistics.median(taken_s(lambda: engine.index([])) for _ in range(times))
        engine.watch()
        _await_current(engine)
        time.sleep(rest_s)
        told = {"scan_s": scan_s, "memory_bytes": _memory_bytes(), "idle_share": _processor_share(idle_s)}
        if engine.status().queue:
            raise WorldProblem("There was still something to do.")
    sys.stdout.write(json.dumps(told))


def _await_current(engine: Engine) -> None:
    """Return when it has looked at all files again; how long that takes depends on what else the computer does."""
    due_s = time.monotonic() + _PATIENCE_S
    while engine.status().queue or any(root.state is not RootState.CURRENT for root in engine.roots()):
        if time.monotonic() > due_s:
            raise WorldProblem("The folder did not become current.")
        time.sleep(_LOOK_EVERY_S)


def _processor_share(seconds: float) -> float:
    """Return the share of a processor that this process takes while it is left alone for so long."""
    before_s = time.process_time()
    time.sleep(seconds)
    return (time.process_time() - before_s) / seconds


def _memory_bytes() -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmRSS:"))


if __name__ == "__main__":
    main()
