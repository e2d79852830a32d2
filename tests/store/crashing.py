"""Changes stores in processes that die in the middle, as by ``kill -9``: ``python -m tests.store.crashing``.

A frame on standard input is a `Death`; it is answered with the exit code of the process that made the change: a
fork of this one, because a new interpreter takes longer than all the rest.
"""

import os
import random
import shutil
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.deaths import dying, serve, told_of
from tests.store.builders import PICTURE, TEXT, a_file, a_stat, of_space, vectors
from vexgui.core.arrays import Vectors
from vexgui.core.vectors import CodecName
from vexgui.store import compaction, spaces, upgrade, writing
from vexgui.store.catalog import catalog as catalogs
from vexgui.store.catalog import edits
from vexgui.store.columns import ColumnFile
from vexgui.store.spaces import OpenSpaces
from vexgui.store.store import Store

GOLDEN = Path(__file__).parent / "golden" / "store-1"
OLD = vectors(40)
NEW = vectors(3000, seed=1)
"""More than the columns have room for."""
PAGE = 4096
_CUT_OFF = "be cut off"
_REPEATED = 12
"""Steps of a kind count so many times."""
_KIND_CHARACTERS = 28
"""What a step's kind is told by: a statement begins with what it does to which table."""


@dataclass(frozen=True, slots=True)
class Death:
    """Which change to make where, and when to die of it.

    Attributes:
        folder: Where the store lies.
        change: The name of a change, see `CHANGES`.
        log: The file to which each step is written before it is made.
        step: The step to die before, counted from 1; 0 for none.
        after_s: When to be killed from outside; 0 for never.
    """

    folder: str
    change: str
    log: str
    step: int = 0
    after_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a store.

    Attributes:
        prepare: Makes the store, in a folder that is not there.
        make: Makes the change.
        codec: The codec the store is opened with.
        opening: Whether opening the store is part of the change.
    """

    prepare: Callable[[str], None]
    make: Callable[[Store], object]
    codec: CodecName = CodecName.INT8
    opening: bool = False


def opened(folder: str, codec: CodecName = CodecName.INT8) -> Store:
    """Open the store."""
    return Store(os.fsencode(folder), codec, writable=True, page_bytes=PAGE)


def prepare(folder: str) -> None:
    """Make the store that most changes begin with: some files, of two spaces, and a gap where one was forgotten."""
    store = opened(folder)
    store.ensure_space(TEXT)
    store.ensure_space(PICTURE)
    store.set_roots([b"/r"])
    both = [of_space(OLD[3:6]), of_space(vectors(2, PICTURE.dim), PICTURE)]
    store.commit([a_file(b"/gone", OLD[:2]), a_file(b"/a", OLD[:2]), a_file(b"/b", OLD[2:3])])
    store.commit([a_file(b"/d/both", parts=both, texts=list("abc")), a_file(b"/d/e", OLD[6:7])])
    store.forget([b"/gone"])
    store.close()


def prepare_cut_off(folder: str) -> None:
    """Leave what a commit does that is cut off before its end, beside a change before it whose slots are not erased."""
    prepare(folder)
    with dying("tests.store.crashing") as die:  # a test's own process has threads, whose locks a fork of it would miss
        assert not die(Death(folder, _CUT_OFF, ""))


def be_cut_off(folder: str) -> None:
    """Die in a commit, beside a change before it whose slots are not erased."""
    store = opened(folder)
    with store.snapshot():  # so that what is replaced is not erased at once
        store.commit([a_file(b"/a", OLD[7:9])])
        die_at("set_epoch")
        store.commit([a_file(b"/n%d" % number, OLD[number : number + 3]) for number in range(20)])


def prepare_version_1(folder: str) -> None:
    """Copy what version 1 wrote."""
    shutil.copytree(GOLDEN, folder)


def commit(store: Store) -> None:
    """Replace a file by one of many vectors, and add another one."""
    store.commit([a_file(b"/a", NEW), a_file(b"/c", NEW[:1], texts=["word " * 400])])


def commit_held(store: Store) -> None:
    """Replace a file's vectors in one space, and have those in the other stay where they are; its size is another."""
    parts = [of_space(OLD[3:6]), of_space(vectors(2, PICTURE.dim, seed=9), PICTURE)]
    update = a_file(b"/d/both", parts=parts, texts=list("abc"), stat=a_stat(77))
    store.commit([replace(update, held=frozenset({TEXT.id}))])


def nothing(_: Store) -> None:
    """Open the store: that is all."""


CHANGES: dict[str, Change] = {
    "commit": Change(prepare, commit),
    "commit what is held": Change(prepare, commit_held),
    "drop a space": Change(prepare, lambda store: store.drop_space(PICTURE.id)),
    "forget": Change(prepare, lambda store: store.forget([b"/a", b"/d/both"])),
    "rename": Change(prepare, lambda store: store.rename(b"/d/both", b"/b", folder=False)),
    "rename folder": Change(prepare, lambda store: store.rename(b"/d", b"/r/d", folder=True)),
    "look again": Change(prepare, lambda store: store.update_stats([(b"/a", a_stat(99)), (b"/d/both", a_stat(98))])),
    "set roots": Change(prepare, lambda store: store.set_roots([b"/r", b"/d"])),
    "compact": Change(prepare, lambda store: store.compact()),
    "recode": Change(prepare, lambda store: store.compact(), CodecName.FLOAT16),
    "add a space": Change(
        lambda folder: shutil.copytree(_with_one_space(folder + ".one"), folder),
        lambda store: store.ensure_space(PICTURE),
    ),
    "recover": Change(prepare_cut_off, nothing, opening=True),
    "upgrade": Change(prepare_version_1, nothing, opening=True),
}


def _with_one_space(folder: str) -> str:
    store = opened(folder)
    store.ensure_space(TEXT)
    store.commit([a_file(b"/a", OLD[:2]), a_file(b"/b", OLD[2:3])])
    store.close()
    return folder


# Deeds in a loop


def deed(number: int) -> tuple[str, dict[bytes, Vectors]]:
    """Return what the endless change does at each turn: its kind, and the files concerned with their vectors."""
    luck = random.Random(number)
    kind = luck.choices(["commit", "forget", "compact"], [6, 3, 1])[0]
    files: dict[bytes, Vectors] = {}
    for _ in range(luck.randrange(1, 8)):
        count = luck.choice([1, 1, 2, 5, 40, 400])
        files[b"/f%d" % luck.randrange(30)] = vectors(count, seed=luck.randrange(1 << 30))
    return kind, files


def do(store: Store, number: int) -> None:
    """Do a deed."""
    kind, files = deed(number)
    if kind == "commit":
        store.commit([a_file(path, rows) for path, rows in files.items()])
    elif kind == "forget":
        store.forget(list(files))
    else:
        store.compact()


def live(folder: str, log: str) -> None:
    """Do one deed after the other, for ever, noting each that is done; go on where the last life ended."""
    descriptor = os.open(log, os.O_RDWR | os.O_CREAT | os.O_APPEND)
    number = int(Path(log).read_text().splitlines()[-1])
    store = opened(folder)
    while True:
        number += 1
        do(store, number)
        os.write(descriptor, b"%d\n" % number)


# Dying

_WATCHED: Sequence[tuple[Any, str]] = (
    *((ColumnFile, name) for name in ("reserve", "write", "erase", "flush")),
    *((edits, name) for name in ("put_files", "insert_extents", "delete_extents", "set_slots", "set_epoch", "undead")),
    *(
        (edits, name)
        for name in ("delete_files", "rename_file", "rename_folder", "update_stats", "renumber", "drop_space")
    ),
    (OpenSpaces, "make"),
    (OpenSpaces, "settle"),
    (OpenSpaces, "sweep"),
    (spaces, "flush_folder"),
    (upgrade, "flush_folder"),
    (compaction, "recoded"),
    (writing, "copy"),
    (shutil, "rmtree"),
    (os, "replace"),
)


def die_at(function: str) -> None:
    """Have this process killed when a function of `edits` is called."""
    setattr(edits, function, lambda *_: os.kill(os.getpid(), signal.SIGKILL))


def watch(told: Callable[[str], None]) -> None:
    """Have a function be told of every step of a change, before it is made: calls, returns, and statements."""
    for owner, name in _WATCHED:
        setattr(owner, name, told_of(getattr(owner, name), name, told))
    open_catalog = catalogs.open_catalog

    def open_watched(path: bytes, *, writable: bool) -> sqlite3.Connection:
        connection = open_catalog(path, writable=writable)
        if writable:
            connection.set_trace_callback(lambda statement: told(f"SQL {statement[:60]!r}"))
        return connection

    catalogs.open_catalog = open_watched  # type: ignore[assignment]


def _make(death: Death) -> None:
    """Make a change; die of it where that is wanted."""
    if death.change == "live":
        live(death.folder, death.log)
    if death.change == _CUT_OFF:
        be_cut_off(death.folder)
        return
    change = CHANGES[death.change]
    descriptor = os.open(death.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    steps = 0
    seen: Counter[str] = Counter()

    def told(step: str) -> None:
        nonlocal steps
        kind = step[:_KIND_CHARACTERS]
        seen[kind] += 1
        if seen[kind] > _REPEATED:
            return
        steps += 1
        os.write(descriptor, step.replace("\n", " ").encode() + b"\n")
        if steps == death.step:
            os.kill(os.getpid(), signal.SIGKILL)

    watched = False
    watch(lambda step: told(step) if watched else None)
    watched = change.opening
    store = opened(death.folder, change.codec)
    watched = True
    change.make(store)
    told("done")


if __name__ == "__main__":
    serve(lambda given: _make(Death(**given)))
