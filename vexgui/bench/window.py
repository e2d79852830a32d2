"""The window: its first paint, its stalls in a session with the real engine at work, and its memory.

The session is played in a process of its own, `vexgui.probe`: nothing here knows the window.
"""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from vexgui.bench.conditions import Conditions
from vexgui.bench.corpus import write_notes
from vexgui.bench.figure import Figure
from vexgui.core.errors import WorldProblem
from vexgui.core.paths import joined
from vexgui.engine.engine import Engine
from vexgui.system.profile import open_profile

_KEPT, _QUICK_KEPT = 100_000, 200
_NEW, _QUICK_NEW = 5_000, 20
_FILES_A_FOLDER = 100
_STARTS, _PATIENCE_S = 5, 1800.0
_ENDING = "dat"
"""No reader knows it: such files are found by their names."""
_TYPED = (b"holiday by the lake", b"import return value", b"reading 77")
_P99_MS, _MOST_MS = 16.0, 50.0
_FIRST_PAINT_S, _MEMORY_MB = 0.5, 150.0


def measure(conditions: Conditions) -> Iterator[Figure]:
    """Measure without a screen, in the benchmark's folder."""
    kept, new = (_QUICK_KEPT, _QUICK_NEW) if conditions.quick else (_KEPT, _NEW)
    profile = _indexed(kept, conditions)
    write_notes(Path(os.fsdecode(joined(conditions.folder, b"new"))), new)
    conditions.tell(f"Playing a session in a window with {kept:,} files, while {new:,} more are indexed.")
    opened = [_played(conditions, profile)["first_paint_s"] for _ in range(1 + _STARTS)]
    aimed = not conditions.quick
    yield Figure(
        f"first paint after the process began, median of {_STARTS} starts",
        statistics.median(opened[1:]),  # at the first one Python compiles the program
        "s",
        aim=_FIRST_PAINT_S if aimed else None,
    )
    told = _played(conditions, profile, joined(conditions.folder, b"new"), f"ext:{_ENDING}".encode(), *_TYPED)
    for part, ticks in told["ticks"].items():
        yield from stalls(part, ticks, aimed=aimed)
    for name, share in told["idle_share"].items():
        yield Figure(f"processor the window's process takes while nothing happens, {name}", share * 100, "%")
    listed = told["listed"]
    for name, what in (("Rss", "all that it has mapped"), ("Pss", "its share")):
        yield Figure(
            f"memory of the window's process with {listed:,} results, {what}",
            told["memory_mb"][name],
            "MB",
            aim=_MEMORY_MB if aimed and name == "Pss" else None,
        )


def stalls(part: str, ticks: dict[str, list[float]], *, aimed: bool) -> Iterator[Figure]:
    """Yield how late the ticks of a part were; beside it, what of it was not for want of a processor."""
    late, kept = np.array(ticks["late"] or [0.0]), np.array(ticks["kept"] or [0.0])
    for name, share, aim in (("median", 50, None), ("99th percentile", 99, _P99_MS), ("longest", 100, _MOST_MS)):
        yield Figure(
            f"stalls, {part}, {name} of {len(late):,} ticks",
            float(np.percentile(late, share)),
            "ms",
            peers={"but for waiting for a processor": float(np.percentile(kept, share))},
            aim=aim if aimed else None,
        )


def _indexed(count: int, conditions: Conditions) -> bytes:
    """Return a profile that has many files indexed."""
    profile, folder = joined(conditions.folder, b"profile"), joined(conditions.folder, b"kept")
    for number in range(count):
        home = Path(os.fsdecode(folder)) / f"{number // _FILES_A_FOLDER:04d}"
        if number % _FILES_A_FOLDER == 0:
            home.mkdir(parents=True)
        (home / f"reading {number}.{_ENDING}").write_bytes(b"%d\0" % number)
    conditions.tell(f"Indexing {count:,} files.")
    with closing(Engine(open_profile(profile, {}), writable=True)) as engine:
        engine.index([folder])
    return profile


def _played(conditions: Conditions, *given: bytes) -> dict[str, Any]:
    """Play a session in a window of its own, and return what it tells."""
    command = [os.fsencode(sys.executable), b"-m", b"vexgui.probe", *given]
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CACHE_HOME": os.fsdecode(joined(conditions.folder, b"cache")),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": os.fsdecode(joined(conditions.folder, b"bytecode")),
    }
    result = subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=_PATIENCE_S)  # noqa: S603
    if result.returncode:
        raise WorldProblem(f"The window cannot be measured: {result.stderr.strip() or 'it ended early'}.")
    told: dict[str, Any] = json.loads(result.stdout)
    return told
