"""Somebody at a screen of its own: a window of the program, keyboard, pointer, and eyes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import vexgui
from tests.desktop.small_window import PLACE
from tests.waiting import next_line, output_of, put_down
from vexgui.core.settings import Settings
from vexgui.engine.settings_file import SettingsFile
from vexgui.system.lock import WriterLock
from vexgui.system.profile import Profile, open_profile

ROOT = Path(vexgui.__file__).parents[1]
PATIENCE_S = 300.0
"""Files are read only when nothing else wants the processor, as other tests do; a test may take 600 s."""
_LOOK_S = 0.02
_STEPS = 8
_OF_NO_SCREEN = "This plugin does not support propagateSizeHints()"
"""What Qt says of windows that nobody sees."""
State = dict[str, Any]
"""See `tests.desktop.telling`."""


def wait_until(fact: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    """Wait for something that another process does."""
    deadline_s = time.monotonic() + patience_s
    while not fact():
        assert time.monotonic() < deadline_s, f"waited in vain until {what}"
        time.sleep(_LOOK_S)


@contextmanager
def a_screen() -> Iterator[str]:
    """Start an X server with a window manager, and give its display's name."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with open(reading, "rb", buffering=0) as pipe:
            display = f":{next_line(pipe, 'the X server has started').strip()}"
        manager = subprocess.Popen(["evilwm", "--display", display, "--fn", "fixed"], stderr=subprocess.DEVNULL)
        try:
            yield display
        finally:
            manager.terminate()
            manager.wait(PATIENCE_S)
    finally:
        server.terminate()  # a killed one would leave its lock behind
        server.wait(PATIENCE_S)


class Home:
    """A user's home with files, a profile that keeps them indexed, and a desktop that knows one program.

    Attributes:
        files: The folder that is kept indexed.
        profile: The profile.
        environment: What programs of this user have around them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files = folder / "files"
        self.files.mkdir()
        self._profile_folder = folder / "profile"
        self.profile: Profile = open_profile(os.fsencode(self._profile_folder), {})
        SettingsFile(self.profile.config).save(Settings(roots=(os.fsencode(self.files),), picture_model=None))
        self._told = folder / "told.json"
        runtime = folder / "runtime"
        runtime.mkdir(mode=0o700)
        left_out = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP", "DESKTOP_SESSION", "LANGUAGE")
        self.environment = {key: value for key, value in os.environ.items() if key not in left_out} | {
            "HOME": os.fspath(folder),
            "XDG_CONFIG_HOME": os.fspath(folder / "config"),
            "XDG_DATA_HOME": os.fspath(folder / "data"),
            "XDG_CACHE_HOME": os.fspath(folder / "cache"),
            "XDG_RUNTIME_DIR": os.fspath(runtime),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime}/none",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": os.fspath(ROOT),
            "TOLD": os.fspath(self._told),
        }

    def write(self, name: str, text: str) -> Path:
        file = self.files / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    @property
    def opened(self) -> list[str]:
        """The files that were opened in the desktop's program."""
        noted = self._folder / "opened"
        return noted.read_text().splitlines() if noted.exists() else []

    @property
    def log(self) -> str:
        """The program's log."""
        log = Path(os.fsdecode(self.profile.log))
        return log.read_text() if log.exists() else ""

    @property
    def slow_calls(self) -> int:
        """How many calls of the slow embedder were begun."""
        begun = Path(f"{self._told}.begun")
        return len(begun.read_text().splitlines()) if begun.exists() else 0

    def install_program(self, *types: str) -> None:
        """Have the desktop open files of some types in a program that notes their paths."""
        script = self._folder / "note"
        script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >>{self._folder}/opened\n')
        script.chmod(0o755)
        applications = self._folder / "data" / "applications"
        applications.mkdir(parents=True)
        (applications / "note.desktop").write_text(
            f"[Desktop Entry]\nType=Application\nName=Notes\nExec={script} %f\nMimeType={';'.join(types)};\n"
        )
        (self._folder / "config").mkdir(exist_ok=True)
        (self._folder / "config" / "mimeapps.list").write_text(
            "[Default Applications]\n" + "".join(f"{each}=note.desktop\n" for each in types)
        )

    def command(self, *argv: str, module: str = "tests.desktop.watched_program") -> list[str]:
        """Return the command line of the program."""
        return [sys.executable, "-m", module, "--profile", os.fspath(self._profile_folder), *argv]

    def run(self, *argv: str) -> Any:
        """Run a command to its end, and return the JSON that it prints."""
        done = subprocess.run(
            self.command(*argv), env=self.environment, capture_output=True, timeout=PATIENCE_S, check=False
        )
        assert done.returncode in (0, 1), done.stderr
        return json.loads(done.stdout) if done.stdout else None

    def is_free(self) -> bool:
        """Whether nobody owns the profile."""
        with WriterLock(self.profile.lock) as lock:
            return lock.acquire()

    def state(self) -> State:
        """Return what the window shows; nothing before it is there."""
        return json.loads(self._told.read_text()) if self._told.exists() else {}

    def processes(self) -> list[str]:
        """Return all processes that belong to this user's session, as their command lines."""
        mine = f"TOLD={self._told}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and mine in (entry / "environ").read_bytes().split(b"\0"):
                    found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
            except OSError:
                continue  # it has ended meanwhile, or is another user's
        return found


class Session:
    """The program's window, and somebody who works with it.

    Args:
        home: The user's.
        display: The screen's name; "" for a window that nobody sees.
        argv: What the window is asked for at once.
        slow: What takes very long, see `tests.desktop.watched_program`.
        module: The program.
    """

    def __init__(
        self,
        home: Home,
        display: str = "",
        argv: Sequence[str] = (),
        slow: str = "",
        module: str = "tests.desktop.watched_program",
    ) -> None:
        self.home = home
        self._trembles = False
        screen = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"} if display else {"QT_QPA_PLATFORM": "offscreen"}
        self._environment = {**home.environment, **screen, "SLOW": slow}
        command = home.command("gui", *argv, module=module)
        self.process = subprocess.Popen(command, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def end(self) -> None:
        """End the program whatever it does."""
        put_down([self.process])

    def state(self) -> State:
        return self.home.state()

    def until(self, what: str, at: Sequence[int] = (), **wanted: Any) -> State:
        """Wait until the window shows some things, and return all that it shows.

        Args:
            what: What is waited for.
            at: Where the pointer is held meanwhile; as a hand does, it never rests there quite.
            wanted: Each a value or a condition.
        """

        def holds(state: State, name: str, value: Any) -> bool:
            return name in state and (value(state[name]) if callable(value) else state[name] == value)

        def fact() -> bool:
            assert self.process.poll() is None, f"the program has ended before {what}"
            if at:
                self._tremble(at)
            state = self.state()
            return all(holds(state, name, value) for name, value in wanted.items())

        try:
            wait_until(fact, what)
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.state()}") from None
        return self.state()

    def ended(self) -> int:
        """Wait until the program has ended, and return its exit code."""
        out, err = output_of(self.process, "the window has ended", PATIENCE_S)
        said = [line for line in (out + err).decode().splitlines() if _OF_NO_SCREEN not in line]
        assert said == [], said
        return self.process.returncode

    def run(self, *argv: str) -> int:
        """Run another command of the program on the same screen."""
        done = subprocess.run(self.home.command(*argv), env=self._environment, timeout=PATIENCE_S, check=False)
        return done.returncode

    def type(self, text: str) -> None:
        self._do("type", "--delay", "15", text)

    def press(self, *keys: str) -> None:
        self._do("key", "--delay", "30", *keys)

    def point(self, at: list[int]) -> None:
        self._do("mousemove", str(at[0]), str(at[1]))

    def click(self, at: list[int], button: int = 1) -> None:
        self.point(at)
        self._do("click", str(button))

    @contextmanager
    def dragged(self, file: Path) -> Iterator[None]:
        """Have a file from another program under the pointer, over the first result; it is dropped at the end."""
        with self._beside("drag_source", os.fspath(file)) as pipe:
            assert next_line(pipe, "a file can be dragged") == "ready\n"
            self._drag(PLACE, self.state()["cells"][0])
            yield
            self._do("mouseup", "1")
            assert next_line(pipe, "it is dropped") == "dropped CopyAction\n"
            self.until("the window has what was dropped", zone="")  # until then it asks the other program for it

    def paste(self) -> dict[str, str]:
        """Return what another program finds on the clipboard, by its format."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.desktop.taker", "paste"],
            env=self._environment,
            capture_output=True,
            timeout=PATIENCE_S,
            check=True,
        )
        return dict(json.loads(done.stdout))

    def drag_out(self, start: Sequence[int]) -> dict[str, str]:
        """Drag what is under a place of the screen onto another program, and return what that got, by its format."""
        with self._beside("taker") as pipe:
            assert next_line(pipe, "something can be dropped") == "ready\n"
            self._drag(start, PLACE)
            over = next_line(pipe, "it is held over the other program", meanwhile=lambda: self._tremble(PLACE))
            assert over == "over\n"
            self._do("mouseup", "1")
            return dict(json.loads(next_line(pipe, "it is dropped")))

    @contextmanager
    def _beside(self, program: str, *argv: str) -> Iterator[IO[bytes]]:
        """Run another program of this folder on the same screen, and lend what it says."""
        command = [sys.executable, "-m", f"tests.desktop.{program}", *argv]
        process = subprocess.Popen(command, env=self._environment, stdout=subprocess.PIPE)
        try:
            assert process.stdout is not None
            yield process.stdout
        finally:
            put_down([process])

    def _drag(self, start: Sequence[int], end: Sequence[int]) -> None:
        """Go from one place to another with the button held down, and hold it."""
        self.point(list(start))
        self._do("mousedown", "1")
        for step in range(1, _STEPS + 1):
            share = step / _STEPS
            self.point([round(a + (b - a) * share) for a, b in zip(start, end, strict=True)])

    def _tremble(self, at: Sequence[int]) -> None:
        """Hold the pointer at a place as a hand does, never quite still."""
        self._trembles = not self._trembles
        self.point([at[0] + self._trembles, at[1]])

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment, check=True, timeout=PATIENCE_S)
