"""The real command line in processes of its own, on a profile and files of the test's own."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import vexgui
from tests.waiting import output_of, put_down

ROOT = Path(vexgui.__file__).parents[1]
PATIENCE_S = 450.0
"""Models and decoders work only when nothing else wants the processor, and other tests may; a test may take 600 s."""
RECORD = "user.vexgui"

_ONE_MESSAGE = re.compile(r"vexgui: [^\n]+[.)] [^\n]+[.?]\n")
"""What happened, and what to do about it, on one line."""

_ROOT_IGNORES = "-dac_override,-dac_read_search"
"""The capabilities by which root passes permission bits: without them it is refused like anyone else."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Program:
    """The command line on one profile, and the files it is given.

    Attributes:
        profile: The profile's folder.
        files: A folder to index.
    """

    def __init__(self, folder: Path, module: str = "tests.end_to_end.program") -> None:
        self.profile = folder / "profile"
        self.files = folder / "files"
        self.files.mkdir(exist_ok=True)
        self._module = module
        self._ledger = folder / "ledger"

    @property
    def log(self) -> Path:
        return self.profile / "data" / "vexgui.log"

    @property
    def store(self) -> Path:
        return self.profile / "data" / "store"

    @property
    def config(self) -> Path:
        return self.profile / "config" / "config.toml"

    @property
    def embedded(self) -> int:
        """Passages and pictures embedded since the beginning, by any process."""
        return sum(int(count) for _, what, count in self.ledger() if what in ("texts", "pictures"))

    def ledger(self) -> list[list[str]]:
        """What was asked of embedders: process, what, how many."""
        return [line.split() for line in self._ledger.read_text().splitlines()] if self._ledger.exists() else []

    def write(self, name: str | bytes, content: str | bytes) -> Path:
        file = self.files / os.fsdecode(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def write_notes(self, count: int, folder: str = ".") -> list[Path]:
        """Write notes that differ in a number only."""
        return [
            self.write(f"{folder}/note {number:03}.txt", f"Fog over harbour number {number}.\n")
            for number in range(count)
        ]

    def start(self, *argv: str | bytes | Path, plain: bool = False, cwd: Path | None = None) -> subprocess.Popen[bytes]:
        """Start a command; with ``plain`` permission bits count for it even when the tests are run by root."""
        command = [sys.executable, "-m", self._module, "--profile", self.profile, *argv]
        if plain and os.geteuid() == 0:
            if shutil.which("setpriv") is None:
                pytest.skip("root is refused nothing, and setpriv is not here")
            command = ["setpriv", "--bounding-set", _ROOT_IGNORES, *command]
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.fspath(ROOT), "LEDGER": os.fspath(self._ledger)},
            cwd=cwd,
        )

    def run(self, *argv: str | bytes | Path, stdin: bytes = b"", plain: bool = False, cwd: Path | None = None) -> Ran:
        """Run a command to its end; whatever it meets, no traceback may reach the user."""
        process = self.start(*argv, plain=plain, cwd=cwd)
        try:
            out, err = output_of(process, f"{argv} has ended", PATIENCE_S, stdin)
        finally:
            put_down([process])
        ran = Ran(process.returncode, out.decode(), err.decode())
        assert "Traceback" not in ran.out + ran.err, ran.err
        assert "inside VexGUI" not in ran.err, ran.err
        return ran

    def refused(self, *argv: str | bytes | Path, code: int, plain: bool = False) -> str:
        """Run a command that must end with one sentence and its remedy, and return them."""
        ran = self.run(*argv, plain=plain)
        assert (ran.code, ran.out) == (code, ""), ran
        assert _ONE_MESSAGE.fullmatch(ran.err), ran.err
        return ran.err

    def index(self, *paths: Path, code: int = 0) -> Any:
        """Index paths, or everything, and return the report."""
        ran = self.run("index", "--json", *paths)
        assert ran.code == code, ran
        return ran.json

    def found(self, query: str) -> list[str]:
        """Return the paths of the hits below `files`, each followed by its copies."""
        ran = self.run("search", "--json", "--", query)
        assert ran.code == (0 if ran.json else 1), ran
        paths = [path for hit in ran.json for path in (hit["path"], *(copy["path"] for copy in hit["copies"]))]
        return [os.path.relpath(path, self.files) for path in paths]

    def inspected(self, file: Path) -> Any:
        return self.run("inspect", "--json", "--", file).json

    def verified(self) -> None:
        """See that store and records are as they should be."""
        ran = self.run("verify", "--json")
        assert (ran.code, ran.json["problems"]) == (0, []), ran


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """The program; after the test its log must tell of no mistake of ours."""
    program = Program(tmp_path)
    yield program
    if program.log.exists():
        assert " ERROR " not in program.log.read_text()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file's owner calls the file: contents, times of change, permissions, and others' attributes."""

    content: bytes
    mtime_ns: int
    mode: int
    attributes: tuple[tuple[str, bytes], ...]


def manifest(folder: Path) -> dict[str, Seen]:
    """Return all that a program which only looks at files must leave as it was."""
    return {
        os.fspath(path.relative_to(folder)): Seen(
            path.read_bytes(),
            path.stat().st_mtime_ns,
            path.stat().st_mode,
            tuple((name, os.getxattr(path, name)) for name in sorted(os.listxattr(path)) if name != RECORD),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def wait_until(condition: object, what: str) -> None:
    """Wait for something that another process does."""
    assert callable(condition)
    deadline_s = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline_s, f"waited in vain until {what}"
        time.sleep(0.02)
