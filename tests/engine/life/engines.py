"""Engines that watch in processes of their own, which can be stopped, frozen and killed.

Each is forked from one, ``python -m tests.engine.life.engines``, because a new interpreter takes longer than all the
rest. It is asked in frames and answers so, until one says with which code it ended; paths are hexadecimal. One that
neither answers nor ends for long tells where it hangs, and ends.
"""

import faulthandler
import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from tests.deaths import PATIENCE_S, ask, forking, told_by
from vexgui.core.events import Event, Trouble
from vexgui.core.reports import RootState
from vexgui.core.settings import Settings
from vexgui.engine.engine import Engine
from vexgui.engine.settings_file import SettingsFile
from vexgui.extract.fake import FakeExtractor
from vexgui.models.fake import fake_embedder
from vexgui.system.child import die_with_parent
from vexgui.system.frames import Frame, FrameError, read_frame, write_frame
from vexgui.system.profile import open_profile

QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """How an engine is opened.

    Attributes:
        profile: Its profile's folder.
        roots: The folders that it keeps indexed, hexadecimal.
        told: The file to which it appends what a user or we should know: troubles, and what is logged as a warning.
        settle_s: How long changes settle.
        real_decoders: Whether files are read as in earnest, or only by the extractor for tests.
        queue: How many events the kernel keeps for it; 0 for as many as usual. Else root alone can open it.
    """

    profile: str
    roots: tuple[str, ...]
    told: str
    settle_s: float = 0.05
    real_decoders: bool = False
    queue: int = 0


class Known(NamedTuple):
    """What the index holds of a file: the hash of its content, size and mtime, and its vectors and passages."""

    content: bytes
    size: int
    mtime_ns: int
    is_read: bool
    vectors: int
    passages: int


class Running:
    """An engine that watches in another process.

    Attributes:
        pid: The process's.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", plan: Plan) -> None:
        self._process = process
        self._frozen = False
        self._ended: int | None = None
        self.pid = int(self._ask("open", asdict(plan)))

    def current_ns(self) -> int:
        """Return up to when it says that all roots are current; 0 where it says that of none."""
        stands = self._ask("stands")
        return min(at_ns if state == RootState.CURRENT else 0 for state, at_ns in stands)

    def await_current(self, since_ns: int) -> None:
        """Wait until it says that what happened up to a time is in the index."""
        self.thaw()
        deadline_s = time.monotonic() + PATIENCE_S
        while self.current_ns() <= since_ns:
            assert time.monotonic() < deadline_s, self._ask("stands")
            time.sleep(0.005)  # it has more to do than to answer

    def await_meaning(self) -> None:
        """Wait until all passages have vectors, and there is nothing more to do."""
        deadline_s = time.monotonic() + PATIENCE_S
        while lacking := self._lacking():
            assert time.monotonic() < deadline_s, lacking
            time.sleep(0.02)

    def known(self) -> dict[bytes, Known]:
        """Return what it knows of all files."""
        return {
            bytes.fromhex(path): Known(bytes.fromhex(content), *rest) for path, content, *rest in self._ask("known")
        }

    def found(self, words: list[str]) -> list[set[bytes]]:
        """Return which files are found by each of some words."""
        return [{bytes.fromhex(path) for path in paths} for paths in self._ask("found", words)]

    def problems(self) -> list[str]:
        """Return what is amiss with the store, when its sums are checked."""
        return list(self._ask("problems"))

    def freeze(self) -> None:
        """Give it no time, until it is thawed: what happens meanwhile it hears of late."""
        os.kill(self.pid, signal.SIGSTOP)
        self._frozen = True

    def thaw(self) -> None:
        """Let it go on."""
        if self._frozen:
            os.kill(self.pid, signal.SIGCONT)
            self._frozen = False

    def close(self) -> None:
        """End it in good order."""
        self.thaw()
        self._send("close")
        assert self._end() == 0

    def kill(self) -> None:
        """End it as by ``kill -9``, unless it has ended."""
        if self._ended is None:
            os.kill(self.pid, signal.SIGKILL)
            assert self._end() == -signal.SIGKILL

    def _lacking(self) -> list[bytes]:
        """Return the files that lack vectors; none of them only if nothing is done any more."""
        lacking = [path for path, known in self.known().items() if known.vectors != known.passages]
        return lacking or ([] if self._ask("idle") else [b"busy"])

    def _ask(self, what: str, given: Any = None) -> Any:
        self._send(what, given)
        told = self._told()
        assert self._ended is None, f"asked {what!r}, the engine's process ended with {self._ended}: see what it logged"
        return told["answer"]

    def _end(self) -> int | None:
        """Return the code it ends with; None where it answers."""
        self._told()
        return self._ended

    def _send(self, what: str, given: Any = None) -> None:
        assert self._ended is None, f"the engine's process has ended with {self._ended}"
        ask(self._process, {"what": what, "given": given})

    def _told(self) -> dict[str, Any]:
        told = told_by(self._process)
        self._ended = told.get("ended")
        return told


@contextmanager
def engines() -> Iterator[Callable[[Plan], Running]]:
    """Lend what opens engines, one after the other."""
    with forking("tests.engine.life.engines") as process:
        yield partial(Running, process)


def _serve() -> None:
    die_with_parent()
    for what, given in _asked():
        if what == "open":  # else it is meant for an engine that has ended
            pid = os.fork()
            if not pid:
                _be(Plan(**given))
            _say({"ended": os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])})


def _asked() -> Iterator[tuple[str, Any]]:
    """Yield what is asked, and what is given with it, until nobody asks any more."""
    with suppress(FrameError):
        while True:
            header = read_frame(0).header
            yield header["what"], header["given"]


def _say(told: dict[str, Any]) -> None:
    write_frame(1, Frame(told))


def _be(plan: Plan) -> NoReturn:
    die_with_parent()
    try:
        _live(plan)
    except BaseException as error:  # noqa: BLE001 - told to the test
        _log.exception("the engine's process failed")
        os.write(2, f"{error!r}\n".encode())
        os._exit(1)
    os._exit(0)


def _live(plan: Plan) -> None:
    faulthandler.dump_traceback_later(PATIENCE_S, exit=True)
    logging.basicConfig(filename=plan.told, level=logging.WARNING, force=True)

    def hear(event: Event) -> None:
        if isinstance(event, Trouble):
            _log.warning("%s", event.message)

    profile = open_profile(os.fsencode(plan.profile), {})
    roots = tuple(bytes.fromhex(root) for root in plan.roots)
    SettingsFile(profile.config).save(Settings(roots=roots, exclude=("*.tmp",), picture_model=None))
    extractor = None if plan.real_decoders else FakeExtractor()
    with Engine(
        profile, writable=True, make_embedder=fake_embedder, settle_s=plan.settle_s, extractor=extractor
    ) as engine:
        engine.subscribe(hear)
        with _short_queue(plan.queue):
            engine.watch()
        _say({"answer": os.getpid()})
        faulthandler.cancel_dump_traceback_later()
        for what, given in _asked():
            faulthandler.dump_traceback_later(PATIENCE_S, exit=True)
            if what == "close":
                break
            _say({"answer": _ANSWERS[what](engine, given)})
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _short_queue(events: int) -> Iterator[None]:
    before = QUEUE.read_text()
    if events:
        QUEUE.write_text(str(events))
    try:
        yield
    finally:
        if events:
            QUEUE.write_text(before)


def _stands(engine: Engine, _given: None) -> list[tuple[str, int]]:
    return [(info.state, info.current_ns) for info in engine.roots()]


def _known(engine: Engine, _given: None) -> list[tuple[Any, ...]]:
    store = engine._parts.store
    return [
        (
            row.path.hex(),
            row.content_hash.hex(),
            row.stat.size,
            row.stat.mtime_ns,
            row.state == "indexed",
            sum(extent.count for extent in store.catalog.extents(row.id)),
            len(store.catalog.passages_of(row.id)),
        )
        for row in store.catalog.all_files()
    ]


def _found(engine: Engine, words: list[str]) -> list[list[str]]:
    hits = [engine.search(word, 100_000, meaning=False).hits for word in words]
    return [[path.hex() for hit in found for path in (hit.path, *hit.copies)] for found in hits]


_ANSWERS: dict[str, Callable[[Engine, Any], Any]] = {
    "stands": _stands,
    "known": _known,
    "found": _found,
    "idle": lambda engine, _given: engine._parts.indexer.idle,
    "problems": lambda engine, _given: engine.verify(repair=False).problems,
}

if __name__ == "__main__":
    _serve()
