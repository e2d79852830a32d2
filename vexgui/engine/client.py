"""The client's side of a shared profile: has the owner run a command here; see `vexgui.engine.service`."""

import contextlib
import os
import socket
from collections.abc import Sequence
from typing import Self

from vexgui.core.errors import ChildFailed
from vexgui.engine.terminal import Terminal
from vexgui.system import sockets
from vexgui.system.frames import Frame, FrameError, read_frame, write_frame
from vexgui.system.profile import Profile


class Connection:
    """A line to the owner of a profile, good for one command."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel

    def ask(self, argv: Sequence[str], terminal: Terminal) -> int | None:
        """Have a command run, its output written here; return its exit code, or None if no one took it.

        Raises:
            ChildFailed: The owner went away in the middle of its answer.
        """
        request: dict[str, object] = {
            "argv": list(argv),
            "cwd": os.fsdecode(terminal.cwd),
            "bold": terminal.bold,
            "columns": terminal.columns,
            "activation": terminal.activation,
            "asks": terminal.ask is not None,
        }
        self._send(request)
        answered = False
        while True:
            try:
                answer = read_frame(self._channel.fileno()).header
            except (FrameError, OSError) as error:
                if answered:
                    raise ChildFailed("The other vexgui ended in the middle of its answer.", "Try again.") from error
                return None
            if "exit" in answer:
                return int(answer["exit"])
            if "out" in answer:
                answered = True
                terminal.out(answer["out"])
            elif "err" in answer:
                terminal.err(answer["err"])
            elif "ask" in answer and terminal.ask is not None:
                self._send({"typed": terminal.ask(answer["ask"])})

    def stop(self) -> None:
        """Ask the owner to end the command in good order."""
        self._send({"stop": True})

    def _send(self, header: dict[str, object]) -> None:
        with contextlib.suppress(OSError):  # when the owner is gone already, reading says so
            write_frame(self._channel.fileno(), Frame(header))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._channel.close()


def connect(profile: Profile) -> Connection | None:
    """Return a line to the process that owns a profile, or None when none answers."""
    channel = sockets.connect(profile.runtime, profile.socket_name)
    return Connection(channel) if channel is not None else None
