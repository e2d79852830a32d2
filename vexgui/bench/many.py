"""Many files: how soon their words are found, and what it takes to keep them indexed.

The embedder needs no model: what is measured is all the rest.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from vexgui.bench.conditions import Conditions
from vexgui.bench.corpus import write_notes
from vexgui.bench.figure import Figure, median_s
from vexgui.bench.profiles import text_profile
from vexgui.bench.watched import WatchedEmbedder
from vexgui.core.errors import WorldProblem
from vexgui.core.paths import joined
from vexgui.engine.engine import Engine
from vexgui.models.fake import FakeEmbedder

_NEW, _QUICK_NEW = 10_000, 100
_KEPT, _QUICK_KEPT = 100_000, 200
_NEW_A_SECOND = 300.0
_SCAN_S = 2.0
_MEMORY_MB = 200.0
_IDLE_PERCENT = 0.1
_REST_S, _QUICK_REST_S = 180.0, 0.5
"""Sums are checked and room is given back, each half minute a little, after work has ended."""
_IDLE_S, _QUICK_IDLE_S = 60.0, 0.5


def measure(conditions: Conditions) -> Iterator[Figure]:
    """Measure with short notes in the benchmark's folder."""
    yield from _first_words(conditions)
    yield from _kept(conditions)


def _first_words(conditions: Conditions) -> Iterator[Figure]:
    count = _QUICK_NEW if conditions.quick else _NEW
    folder = joined(conditions.folder, b"new")
    write_notes(Path(os.fsdecode(folder)), count)
    known: list[int] = []
    embedder = WatchedEmbedder(FakeEmbedder(), lambda: known.append(engine.status().files))
    profile = text_profile(joined(conditions.folder, b"words"))
    with Engine(profile, writable=True, make_embedder=lambda *_: embedder) as engine:
        conditions.tell(f"Reading {count:,} new notes.")
        began_s = time.perf_counter()
        engine.index([folder])
    if known != [count]:
        raise WorldProblem("Notes were embedded before the words of all could be found.")
    yield Figure(
        f"first words of {count:,} new notes can be searched, before any is embedded",
        count / (embedder.first_s - began_s),
        "files/s",
        aim=None if conditions.quick else _NEW_A_SECOND,
        more_is_better=True,
    )


def _kept(conditions: Conditions) -> Iterator[Figure]:
    quick = conditions.quick
    count, times, rest_s, idle_s = (
        (_QUICK_KEPT, 1, _QUICK_REST_S, _QUICK_IDLE_S) if quick else (_KEPT, 3, _REST_S, _IDLE_S)
    )
    folder, profile = joined(conditions.folder, b"kept"), joined(conditions.folder, b"kept-profile")
    conditions.tell(f"Indexing {count:,} notes.")
    write_notes(Path(os.fsdecode(folder)), count)
    given = (os.fsdecode(profile), os.fsdecode(folder), str(times), str(rest_s), str(idle_s))
    command = [sys.executable, "-m", "vexgui.bench.many_probe", *given]
    result = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    told: dict[str, float] = json.loads(result.stdout)
    bare_s = median_s(lambda: _statted(folder), times)
    aims = (None, None, None) if quick else (_SCAN_S, _MEMORY_MB, _IDLE_PERCENT)
    peers = {"bare scandir and stat": bare_s}
    yield Figure(f"looking again at {count:,} unchanged files", told["scan_s"], "s", peers=peers, aim=aims[0])
    yield Figure(
        f"memory of the main process that keeps {count:,} files indexed", told["memory_bytes"] / 1e6, "MB", aim=aims[1]
    )
    yield Figure(
        f"processor it takes while nothing happens for {idle_s:g} s", told["idle_share"] * 100, "%", aim=aims[2]
    )


def _statted(folder: bytes) -> int:
    """Look at every file as `os.stat` does; return their bytes."""
    return sum(entry.stat().st_size for home in os.scandir(folder) for entry in os.scandir(home.path))
