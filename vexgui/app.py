"""The one place that builds the objects and joins them: whose engine answers, and who asks it."""

import gc
import logging
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, Self

from vexgui.cli import arguments as args
from vexgui.cli.console import console
from vexgui.cli.guard import DONE, NOT_ALL, guarded, told
from vexgui.cli.owner import OpenEngine, Owner, take_profile
from vexgui.cli.parser import parse
from vexgui.core.errors import EngineLost, ProfileBusy, UsageProblem, WorldProblem
from vexgui.core.paths import joined
from vexgui.engine.client import connect
from vexgui.engine.service import Service
from vexgui.engine.terminal import Terminal
from vexgui.system.ending import EndSignals
from vexgui.system.profile import Profile, open_profile, recently_used_file
from vexgui.system.thumbnails import thumbnails_folder

if TYPE_CHECKING:
    from vexgui.engine.apart.process import Apart, Serve
    from vexgui.engine.apart.proxy import EngineProxy
    from vexgui.engine.api import EngineApi
    from vexgui.gui.opening import Opening, RunWindow

_NO_HITS = "[]\n"
_BENCH_FOLDER = b"VEXGUI_BENCH_DIR"
_LOG_BYTES = 1 << 20
_LOCK_TRIES = 100
"""Not a time: an owner may have been at work for long for who asked it, before it ended."""
_LOCK_EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class Parts:
    """What the program is made of behind the command line; tests put others in."""

    open_engine: OpenEngine
    run_window: "RunWindow"
    environment: Mapping[bytes, bytes]
    apart: "Apart"


def real_parts() -> Parts:
    """Return the engine and the window; neither is loaded before it is needed, so that a short command stays short."""

    def open_engine(profile: Profile, *, writable: bool) -> "EngineApi":
        from vexgui.engine.engine import Engine
        from vexgui.indexer.manners import sensed

        _look_for_garbage()
        return Engine(
            profile,
            writable=writable,
            recently_used_file=recently_used_file(os.environb),
            thumbnails_folder=thumbnails_folder(os.environb),
            sense=sensed,
        )

    def run_window(opening: "Opening") -> int:
        _insist_on_screen(opening.screenshot)
        try:
            from vexgui.gui.application import run_window
        except ImportError as error:
            raise WorldProblem(
                f"The window cannot be opened: {error}.", "Run make setup, which installs what it needs."
            ) from error
        return run_window(opening)

    def apart(serve: "Serve", present: Callable[[str, bytes, str], None], ended: EndSignals) -> "EngineProxy":
        from vexgui.engine.apart.process import forked

        return forked(serve, present, ended)

    return Parts(open_engine, run_window, os.environb, apart)


def _look_for_garbage() -> None:
    """Have garbage looked for from now on, where it is not yet, but never among what is loaded: all of that stays."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _insist_on_screen(screenshot: bytes) -> None:
    """Let a picture be taken without a screen; a window needs one, and Qt would abort without it."""
    if any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        return
    if not screenshot:
        raise WorldProblem(
            "There is no screen to open a window on.", "Use the commands (vexgui --help), or gui --screenshot PNG."
        )
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


def main(argv: Sequence[str], parts: Parts | None = None, terminal: Terminal | None = None) -> int:
    """Carry out a command line, without the program's name, and return the exit code."""
    terminal = terminal or console()
    return guarded(lambda: _start(argv, parts or real_parts(), terminal), terminal)


def _start(argv: Sequence[str], parts: Parts, terminal: Terminal) -> int:
    invocation = parse(argv, terminal.cwd)
    if isinstance(invocation.arguments, args.ShowText):
        terminal.out(invocation.arguments.text)
        return DONE
    if isinstance(invocation.arguments, args.Bench):
        return _measure(invocation.arguments, invocation.profile, parts, terminal)
    profile = open_profile(invocation.profile, parts.environment)
    with _log_to(profile.log), _Session(profile, parts, terminal) as session:
        return guarded(lambda: session.run(argv, invocation.arguments), terminal, profile.log)


def _measure(arguments: args.Bench, directory: bytes | None, parts: Parts, terminal: Terminal) -> int:
    """Measure in this process, whoever owns the profile; what is measured lies in folders of its own."""
    from vexgui.bench.benchmarks import measured
    from vexgui.cli.bench import bench

    _look_for_garbage()

    def end() -> None:
        raise KeyboardInterrupt

    def own_profile() -> Profile:
        return open_profile(directory, parts.environment)

    place = arguments.folder or parts.environment.get(_BENCH_FOLDER, b"")
    with _stopped_by_signals(arguments, end):
        return bench(arguments, terminal, measured, own_profile, place)


@contextmanager
def _log_to(path: bytes) -> Iterator[None]:
    handler = RotatingFileHandler(os.fsdecode(path), maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()


class _Session:
    """One run of the program: asks the profile's owner, or becomes it, or reads beside it."""

    def __init__(self, profile: Profile, parts: Parts, terminal: Terminal) -> None:
        self._profile = profile
        self._parts = parts
        self._terminal = terminal
        self._open = ExitStack()
        self._reader: EngineApi | None = None

    def run(self, argv: Sequence[str], arguments: args.Arguments) -> int:
        """Carry out a command, wherever the engine for it is."""
        if isinstance(arguments, args.SearchLines):
            return self._answer_lines(arguments)
        return self._answer(argv, arguments)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._open.close()

    def _answer_lines(self, arguments: args.SearchLines) -> int:
        """Answer each line as a search of its own, so that the owner may come and go in between."""
        _look_for_garbage()  # there may be no end of lines
        found = False
        for query in self._terminal.lines:
            code = UsageProblem.exit_code
            if query.strip():
                search = args.Search(query=query, limit=arguments.limit, json=True)
                try:
                    code = self._answer(["search", "--json", "-n", str(search.limit), "--", query], search)
                except UsageProblem as problem:
                    told(problem, self._terminal)
            if code == UsageProblem.exit_code:
                self._terminal.out(_NO_HITS)
            elif code > UsageProblem.exit_code:
                return code
            found = found or code == 0
        return DONE if found else NOT_ALL

    def _answer(self, argv: Sequence[str], arguments: args.Arguments) -> int:
        for _ in range(_LOCK_TRIES):
            code = self._ask_owner(argv, arguments)
            if code is not None:
                return code
            if not arguments.writes:
                return self._read(arguments)
            code = self._show(arguments) if isinstance(arguments, args.Gui) else self._own(arguments)
            if code is not None:
                return code
            time.sleep(_LOCK_EVERY_S)  # it is starting or ending
        raise ProfileBusy(
            "Another vexgui owns this profile and does not answer.", "Wait until it has ended, or end it."
        )

    def _ask_owner(self, argv: Sequence[str], arguments: args.Arguments) -> int | None:
        connection = connect(self._profile)
        if connection is None:
            return None

        def stop() -> None:
            self._terminal.stop.set()
            connection.stop()

        with connection, _stopped_by_signals(arguments, stop):
            code = connection.ask(argv, self._terminal)
        return NOT_ALL if code is None and self._terminal.stop.is_set() else code

    def _read(self, arguments: args.Arguments) -> int:
        from vexgui.cli.commands import run

        if self._reader is None:
            engine = self._parts.open_engine(self._profile, writable=False)
            self._reader = self._open.enter_context(closing(engine))
        return run(arguments, self._reader, self._terminal)

    def _own(self, arguments: args.Arguments) -> int | None:
        """Carry out a command as the profile's owner; None when another process is."""
        from vexgui.cli.commands import run
        from vexgui.cli.desk import Desk

        with ExitStack() as owned:
            listener = take_profile(self._profile, owned)
            if listener is None:
                return None
            engine = owned.enter_context(closing(self._parts.open_engine(self._profile, writable=True)))
            desk = Desk(
                self._profile, engine, step_aside=self._step_aside if isinstance(arguments, args.Watch) else None
            )
            with Service(listener, desk.answer), _stopped_by_signals(arguments, self._terminal.stop.set):
                return run(arguments, engine, self._terminal)

    def _step_aside(self) -> None:
        self._terminal.err("A window takes over.\n")
        self._terminal.stop.set()

    def _show(self, arguments: args.Gui) -> int | None:
        """Show the window, over an engine in a process of its own; None when another process owns the profile."""
        with EndSignals() as ended:
            code = self._shown(arguments, ended)
            return DONE if code is None and ended.waiting else code

    def _shown(self, arguments: args.Gui, ended: EndSignals) -> int | None:
        from vexgui.cli.presenter import Window
        from vexgui.gui.opening import Opening

        window = Window()
        owner = Owner(self._profile, self._parts.open_engine)
        with closing(self._parts.apart(owner.serve, window.present, ended)) as engine:
            try:
                owns = engine.own()
            except EngineLost:
                if not ended.waiting:  # which came to the engine's process, too
                    raise
                owns = False
            if not owns or ended.waiting:
                return None
            opening = Opening(
                engine.opener(),
                query=arguments.query,
                similar=arguments.similar,
                screenshot=arguments.screenshot,
                state_file=joined(self._profile.config, b"window.ini"),
                on_ready=window.set,
                give_up=engine.close,
                ended=ended,
            )
            return self._parts.run_window(opening)


@contextmanager
def _stopped_by_signals(arguments: args.Arguments, stop: Callable[[], None]) -> Iterator[None]:
    """Let the first signal to end stop a command in good order, and the second one break it off."""
    if not arguments.stoppable:
        yield
        return
    asked = False

    def handle(_number: int, _frame: object) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        stop()

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, handle) for number in signals]
    try:
        yield
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)
