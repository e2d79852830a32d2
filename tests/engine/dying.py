"""Changes models in processes that die in the middle, as by ``kill -9``: ``python -m tests.engine.dying``.

A frame on standard input is a `Death`; it is answered with the exit code of a fork of this process that died it.
"""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.deaths import serve, told_of
from vexgui.core.settings import PictureModel
from vexgui.engine.engine import Engine
from vexgui.engine.models import CurrentEmbedder
from vexgui.engine.settings_file import SettingsFile
from vexgui.models.fake import FakeEmbedder, fake_embedder
from vexgui.store.catalog import edits
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.store import Store
from vexgui.system.profile import open_profile

ROOT = Path(__file__).parents[2]
FIRST, SECOND = PictureModel("first"), PictureModel("second")


def switch(engine: Engine) -> None:
    """Choose another model, and give all files vectors of it: then the one before retires."""
    engine._choice.put_to_use(SECOND)
    engine.index([])


def forget(engine: Engine) -> None:
    """Remove the vectors of the model before."""
    engine.forget_model("first")


DEEDS: dict[str, Callable[[Engine], None]] = {"switch": switch, "forget": forget}

_WATCHED: tuple[tuple[Any, str], ...] = (
    (SettingsFile, "save"),
    (CurrentEmbedder, "replace"),
    (CurrentEmbedder, "retire"),
    (FakeEmbedder, "embed_pictures"),
    (Store, "ensure_space"),
    (Store, "commit"),
    (Store, "update_stats"),
    (Store, "drop_space"),
    (RecordKeeper, "write"),
    (RecordKeeper, "leave_out"),
    (edits, "drop_space"),
    (edits, "set_epoch"),
)


@dataclass(frozen=True, slots=True)
class Death:
    """What to do on which profile, and when to die of it.

    Attributes:
        profile: The profile's folder.
        deed: The name of one of `DEEDS`.
        log: The file to which each step is written before it is made.
        step: The step to die at, counted from 1, or at the end where there are fewer: on a busy machine files come in
            more batches or fewer. 0 for none.
    """

    profile: str
    deed: str
    log: str
    step: int = 0


def _die(death: Death) -> None:
    descriptor = os.open(death.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    steps = 0

    def told(step: str) -> None:
        nonlocal steps
        steps += 1
        os.write(descriptor, step.encode() + b"\n")
        if steps == death.step:
            os.kill(os.getpid(), signal.SIGKILL)

    with Engine(open_profile(os.fsencode(death.profile), {}), writable=True, make_embedder=fake_embedder) as engine:
        for owner, name in _WATCHED:
            setattr(owner, name, told_of(getattr(owner, name), name, told))
        DEEDS[death.deed](engine)
        if death.step:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    serve(lambda given: _die(Death(**given)))
