"""Runs commands with an engine in memory, and keeps what they print."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Flag

from tests.beside import beside
from tests.cli.fake_engine import FakeEngine
from vexgui.app import Parts, main
from vexgui.core.errors import VexError
from vexgui.engine.terminal import Terminal
from vexgui.gui.opening import Opening
from vexgui.system.profile import Profile


@dataclass
class Screen:
    """A terminal that keeps what is written to it."""

    cwd: bytes = b"/pictures"
    lines: Sequence[str] = ()
    bold: bool = False
    columns: int = 0
    typed: str | None = None
    """What its user types when asked; None when nobody can be asked."""
    out: str = ""
    err: str = ""
    stop: Flag = field(default_factory=Flag)

    @property
    def terminal(self) -> Terminal:
        ask = None if self.typed is None else self._ask
        return Terminal(
            self._write_out, self._write_err, iter(self.lines), self.cwd, self.bold, self.columns, self.stop, ask=ask
        )

    def _ask(self, question: str) -> str:
        self.err += question
        return self.typed or ""

    def _write_out(self, text: str) -> None:
        self.out += text

    def _write_err(self, text: str) -> None:
        self.err += text


@dataclass
class Runner:
    """Runs command lines in this process against fake engines."""

    profile: Path
    screen: Screen = field(default_factory=Screen)
    engines: list[FakeEngine] = field(default_factory=list)
    problem: VexError | None = None
    unmeasurable: str = ""
    """A model that is found to be broken when it is measured."""
    shown: list[Opening] = field(default_factory=list)
    """What the window was asked to show."""

    def __call__(self, *argv: str) -> int:
        parts = Parts(self.open_engine, self.run_window, os.environb, beside)
        return main(["--profile", os.fspath(self.profile), *argv], parts, self.screen.terminal)

    def open_engine(self, profile: Profile, *, writable: bool) -> FakeEngine:
        if self.problem is not None:
            raise self.problem
        engine = FakeEngine(writable=writable)
        engine.unmeasurable = self.unmeasurable
        self.engines.append(engine)
        return engine

    def run_window(self, opening: Opening) -> int:
        self.shown.append(opening)
        opening.open_engine().close()
        return 0

    @property
    def engine(self) -> FakeEngine:
        """The engine of the last command."""
        return self.engines[-1]
