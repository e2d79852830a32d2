"""Changes a store and dies in the middle, as by ``kill -9``: ``python -m tests.store.crashing FOLDER CHANGE STEP``."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.store.builders import PICTURE, TEXT, a_file, vectors
from vexgui.core.vectors import CodecName
from vexgui.store import spaces
from vexgui.store.catalog import Catalog, edits
from vexgui.store.columns import ColumnFile, SpaceColumns
from vexgui.store.store import Store

OLD = vectors(3)
NEW = vectors(5000, seed=1)
"""More than the columns have room for."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where to die: before or after a call of a function, counted from 1; ``lasting`` if the change is made by then."""

    owner: Any
    function: str
    after: bool
    lasting: bool
    call: int = 1


CHANGES: dict[str, Callable[[Store], None]] = {
    "commit": lambda store: store.commit([a_file(b"/a", NEW), a_file(b"/c", NEW[:1])]),
    "forget": lambda store: store.forget([b"/a"]),
    "rename": lambda store: store.rename(b"/a", b"/b", folder=False),
    "compact": lambda store: store.compact(),
    "add": lambda store: store.ensure_space(PICTURE),
}

STEPS: dict[str, dict[str, Step]] = {
    "commit": {
        "1 grown": Step(SpaceColumns, "reserve", after=True, lasting=False),
        "2 half written": Step(ColumnFile, "write", after=True, lasting=False),
        "2 written": Step(SpaceColumns, "write", after=True, lasting=False),
        "3 flushed": Step(SpaceColumns, "flush", after=True, lasting=False),
        "4 transaction begun": Step(edits, "insert_file", after=True, lasting=False),
        "4 transaction complete": Step(edits, "insert_vectors", after=True, lasting=False),
        "4 committed": Step(SpaceColumns, "clear", after=False, lasting=True),
        "5 freed": Step(SpaceColumns, "clear", after=True, lasting=True),
    },
    "forget": {
        "deleted": Step(edits, "delete_file", after=True, lasting=False),
        "committed": Step(SpaceColumns, "clear", after=False, lasting=True),
    },
    "rename": {
        "renamed": Step(edits, "rename_file", after=True, lasting=False),
        "committed": Step(SpaceColumns, "clear", after=False, lasting=True),
    },
    "compact": {
        "1 half written": Step(ColumnFile, "write", after=True, lasting=False),
        "1 written": Step(SpaceColumns, "copy", after=True, lasting=False),
        "2 flushed": Step(spaces, "flush_folder", after=True, lasting=False, call=2),
        "3 transaction complete": Step(edits, "renumber_slots", after=True, lasting=False),
        "3 committed": Step(SpaceColumns, "close", after=False, lasting=True),
        "4 removed": Step(shutil, "rmtree", after=True, lasting=True, call=2),
        "5 before the catalog shrinks": Step(Catalog, "vacuum", after=False, lasting=True),
    },
    "add": {
        "written": Step(spaces, "flush_folder", after=True, lasting=False, call=2),
        "committed": Step(Catalog, "add_space", after=True, lasting=True),
    },
}


def prepare(folder: bytes) -> None:
    """Make the store that every change begins with: /a has the slots 1 and 2, /b has slot 3."""
    store = Store(folder, CodecName.INT8, writable=True)
    store.ensure_space(TEXT)
    store.commit([a_file(b"/gone", OLD[:1]), a_file(b"/a", OLD[:2]), a_file(b"/b", OLD[2:3])])
    store.forget([b"/gone"])
    store.close()


def die_at(step: Step) -> None:
    """Have this process killed at a step."""
    function = getattr(step.owner, step.function)
    calls = 0

    def deadly(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == step.call and not step.after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **kwargs)
        if calls == step.call:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(step.owner, step.function, deadly)


def main() -> None:
    """Open the store, then die while it is changed."""
    folder, change, step = sys.argv[1:]
    store = Store(os.fsencode(folder), CodecName.INT8, writable=True)
    die_at(STEPS[change][step])
    CHANGES[change](store)
    sys.exit("still alive")


if __name__ == "__main__":
    main()
