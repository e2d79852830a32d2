"""Whole searches: with nothing running, through a program that runs already, and as the window asks."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np

from vexgui.bench.conditions import Conditions
from vexgui.bench.figure import Figure, median_s
from vexgui.bench.made_up import text_file
from vexgui.bench.search.real import Originals, varied
from vexgui.core.arrays import Vectors
from vexgui.core.errors import ChildFailed
from vexgui.core.files import FileStat, Passage, PassageKind
from vexgui.core.paths import joined
from vexgui.core.vectors import CodecName, Space
from vexgui.store.record import SpaceVectors
from vexgui.store.rows import FileUpdate
from vexgui.store.store import Store
from vexgui.system.attributes import open_for_attributes
from vexgui.system.fingerprint import content_hash

_PASSAGES, _QUICK = 100_000, 500
_PASSAGES_A_FILE = 5
_FILES_A_FOLDER = 1000
_FILES_A_COMMIT = 2000
_STARTS = 7
_ASKED = 100
_WINDOW_HITS = 100
"""Come with an answer to the window; more when they are scrolled to."""
_ENDING_S = 60.0
"""A program that was told to end, and has not by then, hangs."""
_MOST_NAMES_S, _MOST_MEANING_S, _MOST_RUNNING_MS = 0.3, 0.8, 60.0


def measure(conditions: Conditions, real: Originals, space: Space) -> Iterator[Figure]:
    """Measure over real files that lie in the working folder.

    Args:
        conditions: With what and where.
        real: What vectors are made from; its queries are asked by their texts.
        space: That of the text model: whole searches encode their queries.

    Raises:
        ChildFailed: A search could not be done.
    """
    count = _QUICK if conditions.quick else _PASSAGES
    profile = joined(conditions.folder, b"profile")
    conditions.tell(f"Making files with {count:,} passages.")
    vectors = varied(real, count)
    _fill(joined(conditions.folder, b"files"), profile, vectors, real.texts, space)
    command = [*_program(profile), "search"]
    questions, others = real.asked[:_ASKED], real.asked[_ASKED : 2 * _ASKED]
    conditions.tell("Starting searches with nothing running.")
    among = f"among {count:,} passages"
    for what, query, aim in (("names", "name:paper-77", _MOST_NAMES_S), ("meaning", questions[0], _MOST_MEANING_S)):
        yield Figure(
            f"vexgui search with nothing running, to the answer: {what}, {among}",
            median_s(partial(_run, [*command, query]), 1 if conditions.quick else _STARTS),
            "s",
            aim=None if conditions.quick else aim,
        )
    conditions.tell("Asking a program that runs.")
    took_ms = _asked_running(profile, [*command, "-", "--json"], questions, beforehand=others)
    slow_ms = statistics.quantiles(took_ms, n=20)[-1]
    aim_ms = None if conditions.quick else _MOST_RUNNING_MS
    yield Figure(f"a query to hits with all that is said of them, 95 of 100, {among}", slow_ms, "ms", aim=aim_ms)
    yield Figure(f"the same, median, {among}", statistics.median(took_ms), "ms")
    yield from _as_the_window_asks(conditions, vectors, real, space)


def _as_the_window_asks(conditions: Conditions, vectors: Vectors, real: Originals, space: Space) -> Iterator[Figure]:
    """Measure an engine in a process of its own, over as many files as there are vectors."""
    profile, count = joined(conditions.folder, b"window"), len(vectors)
    conditions.tell(f"Making {count:,} files.")
    _fill(joined(conditions.folder, b"single"), profile, vectors, real.texts, space, passages_a_file=1)
    command = [sys.executable, "-m", "vexgui.bench.search.window_probe", os.fsdecode(profile), str(_WINDOW_HITS)]
    questions = real.asked[: 2 * _ASKED]
    conditions.tell("Asking as the window does.")
    lines = "".join(f"{' '.join(question.split())}\n" for question in questions)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if done.returncode:
        raise ChildFailed("An engine did not answer.", done.stderr[-300:])
    took_ms: list[float] = json.loads(done.stdout)[len(questions) // 2 :]  # answers are remembered, and models warm up
    yield Figure(
        f"a query as the window asks it, {_WINDOW_HITS} hits, 95 of 100, {count:,} files",
        statistics.quantiles(took_ms, n=20)[-1],
        "ms",
        peers={"the median of them": statistics.median(took_ms)},
        aim=None if conditions.quick else _MOST_RUNNING_MS,
    )


def _fill(
    folder: bytes,
    profile: bytes,
    vectors: Vectors,
    texts: Sequence[str],
    space: Space,
    *,
    passages_a_file: int = _PASSAGES_A_FILE,
) -> None:
    """Write files and a store that knows them."""
    os.makedirs(joined(profile, b"data"), mode=0o700)
    files = len(vectors) // passages_a_file
    with closing(Store(joined(joined(profile, b"data"), b"store"), CodecName.INT8, writable=True)) as store:
        store.ensure_space(space)
        for start in range(0, files, _FILES_A_COMMIT):
            numbers = range(start, min(start + _FILES_A_COMMIT, files))
            places = (range(number * passages_a_file, (number + 1) * passages_a_file) for number in numbers)
            store.commit([_file(folder, place, vectors, texts, space) for place in places])


def _file(folder: bytes, places: range, vectors: Vectors, texts: Sequence[str], space: Space) -> FileUpdate:
    number = places.start // len(places)
    parts = [texts[place % len(texts)] for place in places]
    path = Path(os.fsdecode(folder), str(number // _FILES_A_FOLDER), f"paper-{number}.txt")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{number}\n\n" + "\n\n".join(parts), "utf-8")
    stat = FileStat.of(path.stat())
    descriptor = open_for_attributes(bytes(path))
    try:
        digest = content_hash(descriptor, stat.size)
    finally:
        os.close(descriptor)
    passages = tuple(Passage(ordinal, PassageKind.TEXT, text) for ordinal, text in enumerate(parts))
    rows = SpaceVectors(space.id, np.arange(len(parts), dtype=np.uint32), vectors[places.start : places.stop])
    return replace(text_file(number, bytes(path), passages, (rows,)), stat=stat, content_hash=digest)


def _program(profile: bytes) -> list[str]:
    """Return the command for our own program; it keeps its compiled modules, as an installed one has them."""
    started = "import sys; sys.dont_write_bytecode = False; from vexgui.__main__ import main; sys.exit(main())"
    return [sys.executable, "-c", started, "--profile", os.fsdecode(profile)]


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own program
    if done.returncode:
        raise ChildFailed("A search found nothing.", done.stderr.decode(errors="replace")[-300:])


def _asked_running(
    profile: bytes, command: Sequence[str], questions: Sequence[str], *, beforehand: Sequence[str]
) -> list[float]:
    """Return what each question took, ms, through `vexgui watch`; others are asked first: answers are remembered."""
    with _running([*_program(profile), "watch"]) as owner, _running(command) as asking:
        assert asking.stdin is not None
        assert asking.stdout is not None
        took: list[float] = []
        for question in [*beforehand, *questions]:
            started_s = perf_counter()
            asking.stdin.write(question.replace("\n", " ").encode() + b"\n")
            asking.stdin.flush()
            answer = asking.stdout.readline()
            took.append((perf_counter() - started_s) * 1000)
            if owner.poll() is not None or not answer or not isinstance(json.loads(answer), list):
                raise ChildFailed("A program that runs did not answer.")
        return took[-len(questions) :]


@contextmanager
def _running(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.communicate(timeout=_ENDING_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
