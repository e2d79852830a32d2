"""Changes models in processes that die in the middle, as by ``kill -9``: ``python -m tests.engine.dying``.

A line of JSON on standard input is a `Death`; it is answered with the exit code of a fork of this process that died it.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

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
_FINISHED = 77
"""What a process exits with that did its deed and lives."""


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
        step: The step to die at, counted from 1; 0 for none.
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
            setattr(owner, name, _told_of(getattr(owner, name), name, told))
        DEEDS[death.deed](engine)


def _told_of(function: Any, name: str, told: Callable[[str], None]) -> Any:
    def watched(*args: Any, **kwargs: Any) -> Any:
        told(f"before {name}")
        result = function(*args, **kwargs)
        told(f"after {name}")
        return result

    return watched


def main() -> None:
    """Die as often as it is asked for."""
    for line in sys.stdin:
        death = Death(**json.loads(line))
        pid = os.fork()
        if not pid:
            try:
                _die(death)
            except BaseException as error:  # noqa: BLE001 - told to the test
                os.write(2, f"{death}: {error!r}\n".encode())
                os._exit(1)
            os._exit(_FINISHED)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        print(json.dumps(code), flush=True)


class Dying:
    """Has deeds done by processes that die of them."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def __call__(self, death: Death) -> bool:
        """Return whether the deed was done to its end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(death)) + "\n")
        self._process.stdin.flush()
        code = json.loads(self._process.stdout.readline())
        assert code in (-signal.SIGKILL, _FINISHED), code
        return bool(code == _FINISHED)


@contextmanager
def dying() -> Iterator[Dying]:
    """Lend a process whose forks do deeds and die."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "tests.engine.dying"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    )
    try:
        yield Dying(process)
    finally:
        with suppress(OSError):
            process.communicate()


if __name__ == "__main__":
    main()
