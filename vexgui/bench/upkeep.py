"""Upkeep: a scan of files that did not change, and the store made again from the records on them.

Neither embeds anything, so both are measured with the embedder that needs no model.
"""

import os
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vexgui.bench.conditions import Conditions
from vexgui.bench.corpus import write_notes
from vexgui.bench.figure import Figure, median_s
from vexgui.bench.profiles import text_profile
from vexgui.core.errors import WorldProblem
from vexgui.core.paths import joined
from vexgui.engine.engine import Engine
from vexgui.models.fake import FakeEmbedder
from vexgui.store.format import RECORD_ATTRIBUTE

_FILES = 20_000
_QUICK = 200
_MOST_TIMES_BARE = 3.0


@dataclass(frozen=True, slots=True)
class _Notes:
    """Indexed files to measure with: how many, where, by which engine, and how often a measurement is repeated."""

    count: int
    folder: bytes
    engine: Engine
    times: int


def measure(conditions: Conditions) -> Iterator[Figure]:
    """Measure over short notes in the benchmark's folder."""
    count, times = (_QUICK, 1) if conditions.quick else (_FILES, 3)
    folder = joined(conditions.folder, b"notes")
    conditions.tell(f"Writing {count:,} notes.")
    paths = write_notes(Path(os.fsdecode(folder)), count)
    profile = text_profile(joined(conditions.folder, b"upkeep"))
    embedder = FakeEmbedder()
    with Engine(profile, writable=True, make_embedder=lambda _model, _former, _cache: embedder) as engine:
        conditions.tell(f"Indexing {count:,} notes.")
        first = engine.index([folder])
        _insist_on_record(engine, os.fsencode(paths[0]))
        yield Figure(
            f"first run over {count:,} short notes, with an embedder that costs nothing",
            first.indexed / first.seconds,
            "files/s",
            more_is_better=True,
        )
        notes = _Notes(count, folder, engine, times)
        conditions.tell(f"Scanning {count:,} notes that did not change.")
        yield from _rescan(notes)
        embedded = embedder.texts_embedded
        conditions.tell(f"Making the store again from {count:,} records.")
        yield from _rebuild(notes)
        yield Figure("passages embedded by these rebuilds", embedder.texts_embedded - embedded, "", aim=0)


def _rescan(notes: _Notes) -> Iterator[Figure]:
    bare_s = median_s(lambda: _statted(notes.folder), 3)
    ours_s = median_s(lambda: notes.engine.index([]), notes.times)
    what = f"re-scan of {notes.count:,} unchanged files"
    yield from _against_bare(what, notes.count, ours_s, "bare scandir and stat", bare_s)


def _rebuild(notes: _Notes) -> Iterator[Figure]:
    bare_s = median_s(lambda: _records_read(notes.folder), 3)
    reports = [notes.engine.rebuild() for _ in range(notes.times)]
    searchable_s = statistics.median(report.restoring_s for report in reports)
    whole_s = statistics.median(report.seconds for report in reports)
    what = f"rebuild from {notes.count:,} records, until searchable"
    yield from _against_bare(what, notes.count, searchable_s, "bare scandir, stat and getxattr", bare_s)
    what = f"rebuild from {notes.count:,} records, texts read again as well"
    yield Figure(what, notes.count / whole_s, "files/s", more_is_better=True)


def _against_bare(what: str, files: int, ours_s: float, bare: str, bare_s: float) -> Iterator[Figure]:
    """Yield files a second beside the bare loop's, and how many times its time ours is."""
    yield Figure(what, files / ours_s, "files/s", peers={bare: files / bare_s}, more_is_better=True)
    of_what = what.partition(" ")[0]
    yield Figure(f"time of the {of_what}, in times of {bare}", ours_s / bare_s, "×", aim=_MOST_TIMES_BARE)


def _insist_on_record(engine: Engine, path: bytes) -> None:
    """Make sure that files here can carry records at all."""
    if not engine.inspect(path).record_bytes:
        raise WorldProblem(
            "Files here cannot carry records.", "Name a folder on another disk to measure in: --folder DIR."
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
