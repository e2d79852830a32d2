"""Upkeep: a scan of files that did not change, and the store made again from the records on them.

Neither embeds anything, so both are measured with the embedder that needs no model.
"""

import os
import statistics
from collections.abc import Iterator
from pathlib import Path

from vexgui.bench.conditions import Conditions
from vexgui.bench.corpus import write_notes
from vexgui.bench.figure import Figure, median_s, taken_s
from vexgui.core.errors import WorldProblem
from vexgui.core.paths import joined, shown
from vexgui.core.reports import IndexReport
from vexgui.engine.engine import Engine
from vexgui.models.fake import FakeEmbedder
from vexgui.store.format import RECORD_ATTRIBUTE
from vexgui.system.profile import open_profile

_FILES = 20_000
_QUICK = 200
_MOST_TIMES_BARE = 3.0


def measure(conditions: Conditions) -> Iterator[Figure]:
    """Measure over short notes in the benchmark's folder."""
    count, times = (_QUICK, 1) if conditions.quick else (_FILES, 3)
    files = joined(conditions.folder, b"notes")
    conditions.tell(f"Writing {count:,} notes.")
    write_notes(Path(os.fsdecode(files)), count)
    profile = open_profile(joined(conditions.folder, b"profile"), {})
    embedder = FakeEmbedder()
    with Engine(profile, writable=True, make_embedder=lambda _model, _cache: embedder) as engine:
        conditions.tell(f"Indexing {count:,} notes.")
        first = engine.index([files])
        _insist_on_records(engine, files)
        conditions.tell(f"Scanning {count:,} notes that did not change.")
        yield Figure(
            f"first run over {count:,} short notes, with an embedder that costs nothing",
            first.indexed / first.seconds,
            "files/s",
            more_is_better=True,
        )
        bare_s = median_s(lambda: _statted(files), 3)
        yield from _against_bare(
            f"re-scan of {count:,} unchanged files",
            count,
            median_s(lambda: engine.index([]), times),
            "bare scandir and stat",
            bare_s,
        )
        conditions.tell(f"Making the store again from {count:,} records.")
        bare_s = median_s(lambda: _records_read(files), 3)
        embedded = embedder.texts_embedded
        reports: list[IndexReport] = []
        rebuilt_s = statistics.median(taken_s(lambda: reports.append(engine.rebuild())) for _ in range(times))
        yield from _against_bare(
            f"rebuild from {count:,} records", count, rebuilt_s, "bare scandir, stat and getxattr", bare_s
        )
        yield Figure("passages embedded by the rebuild", embedder.texts_embedded - embedded, "", aim=0)


def _against_bare(what: str, files: int, ours_s: float, bare: str, bare_s: float) -> Iterator[Figure]:
    """Yield files a second beside the bare loop's, and how many times its time ours is."""
    yield Figure(what, files / ours_s, "files/s", peers={bare: files / bare_s}, more_is_better=True)
    yield Figure(f"{what}: time, in that of {bare}", ours_s / bare_s, "×", aim=_MOST_TIMES_BARE)


def _insist_on_records(engine: Engine, files: bytes) -> None:
    """Make sure that files here can carry records at all."""
    path = next(_paths(files))
    if not engine.inspect(path).record_bytes:
        raise WorldProblem(
            f"Files in {shown(files)} cannot carry records.",
            "Name a folder on another disk to measure in: --folder DIR.",
        )


def _statted(folder: bytes) -> int:
    """Look at every file as `os.stat` does; return their bytes."""
    return sum(entry.stat().st_size for home in os.scandir(folder) for entry in os.scandir(home.path))


def _records_read(folder: bytes) -> int:
    """Look at every file and its record; return the bytes of both."""
    total = 0
    for home in os.scandir(folder):
        for entry in os.scandir(home.path):
            total += entry.stat().st_size + len(os.getxattr(entry.path, RECORD_ATTRIBUTE))
    return total


def _paths(folder: bytes) -> Iterator[bytes]:
    for home in os.scandir(folder):
        for entry in os.scandir(home.path):
            yield entry.path
