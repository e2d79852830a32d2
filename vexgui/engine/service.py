"""The owner's side of a shared profile: runs the commands of other processes with the one engine.

Frames on the socket: a client sends ``{"argv", "cwd", "bold", "columns", "activation", "asks"}``, later perhaps
``{"stop": true}``; the owner sends ``{"out": text}`` and ``{"err": text}`` as they arise, at last ``{"exit": code}``.
To a client that ``asks`` its user it may send ``{"ask": question}``, and waits for ``{"typed": line}``. Arguments and
paths are text as `os.fsdecode` makes it; JSON keeps its surrogates. A client that closes the connection stops its
command; an owner that closes it without ``exit`` has gone, and the client may ask someone else.
"""

import contextlib
import logging
import os
import queue
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Self

from vexgui.core.errors import PermissionProblem, not_made
from vexgui.core.paths import shown
from vexgui.engine.terminal import Terminal
from vexgui.system import sockets
from vexgui.system.frames import Frame, FrameError, read_frame, write_frame
from vexgui.system.profile import Profile

_log = logging.getLogger(__name__)
_REQUEST_TIMEOUT_S = 5.0
_PATIENCE_S = 1.0

Answer = Callable[[Sequence[str], Terminal], int]
"""Runs a command line on a terminal and returns its exit code."""


class Listener:
    """The owner's socket: clients may call from now on, and wait until a `Service` answers."""

    def __init__(self, profile: Profile) -> None:
        """Take the place of any listener before.

        Raises:
            PermissionProblem: The socket cannot be made.
            DiskFull: There is no room for it.
        """
        self._path = os.path.join(profile.runtime, profile.socket_name)
        try:
            self.socket = sockets.listen(profile.runtime, profile.socket_name)
        except OSError as error:
            refused = PermissionProblem(
                f"The socket {shown(self._path)} cannot be made ({error.strerror}).",
                "Change the folder's permissions, or choose another place with --profile.",
            )
            raise not_made(self._path, error, refused) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        with contextlib.suppress(OSError):
            os.unlink(self._path)
        self.socket.close()


class Service:
    """Answers clients, each on threads of its own, until closed.

    Args:
        listener: Where they call.
        answer: Runs a client's command; its errors are its own business.
    """

    def __init__(self, listener: Listener, answer: Answer) -> None:
        self._listener = listener.socket
        self._answer = answer
        self._clients: dict[_Client, threading.Thread] = {}
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._accept, name="vexgui-service")
        self._thread.start()

    def close(self) -> None:
        """Accept no one any more; commands get a moment to finish, then they are stopped and their clients let go."""
        self._closing.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        with self._changed:
            self._changed.wait_for(lambda: not self._clients, _PATIENCE_S)
            left = dict(self._clients)
        for client in left:
            client.abandon()
        for thread in left.values():
            thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                channel = sockets.accept(self._listener)
            except OSError:
                if not self._closing.is_set():
                    _log.exception("a client could not be accepted")
                    self._closing.wait(_REQUEST_TIMEOUT_S)  # out of descriptors, most likely
                continue
            client = _Client(channel)
            thread = threading.Thread(target=self._serve, args=(client,), name="vexgui-client")
            with self._changed:
                self._clients[client] = thread
            try:
                thread.start()
            except RuntimeError:  # out of threads; it may ask again
                _log.exception("a client could not be answered")
                self._let_go(client)

    def _serve(self, client: "_Client") -> None:
        try:
            client.run(self._answer)
        except Exception:  # noqa: BLE001 - the top of a thread
            _log.exception("a client's command failed")
        finally:
            self._let_go(client)

    def _let_go(self, client: "_Client") -> None:
        client.close()
        with self._changed:
            del self._clients[client]
            self._changed.notify_all()


class _Client:
    """One connection: a command, its output, and the wish to stop it."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._sending = threading.Lock()
        self._stop = threading.Event()
        self._typed: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._gone = False

    def run(self, answer: Answer) -> None:
        """Read the request and carry it out."""
        if not sockets.is_ours(self._channel):
            return
        try:
            request = read_frame(self._channel.fileno(), _REQUEST_TIMEOUT_S).header
            argv = [str(argument) for argument in request["argv"]]
            terminal = Terminal(
                out=lambda text: self._send({"out": text}),
                err=self._err,
                cwd=os.fsencode(request["cwd"]),
                bold=bool(request["bold"]),
                columns=int(request["columns"]),
                activation=str(request.get("activation", "")),
                stop=self._stop,
                ask=self._ask if request.get("asks") else None,
            )
        except (FrameError, OSError, LookupError, TypeError, ValueError):
            return
        ear = threading.Thread(target=self._hear, name="vexgui-client-ear")
        ear.start()
        try:
            code = answer(argv, terminal)
            with contextlib.suppress(BrokenPipeError):
                self._send({"exit": code})
        finally:
            self._shut()
            ear.join()

    def abandon(self) -> None:
        """Stop the command and tell the client nothing more: it will ask someone else."""
        self._gone = True
        self._stop.set()
        self._shut()

    def close(self) -> None:
        """Let the connection go."""
        with self._sending:
            self._gone = True
        self._channel.close()

    def _shut(self) -> None:
        with contextlib.suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)

    def _hear(self) -> None:
        """Take what is typed, until the client wants its command stopped, says what we do not know, or is gone."""
        with contextlib.suppress(FrameError, OSError):
            while isinstance(line := read_frame(self._channel.fileno()).header.get("typed"), str):
                self._typed.put(line)
        self._stop.set()
        self._typed.put("")

    def _ask(self, question: str) -> str:
        with contextlib.suppress(BrokenPipeError):
            self._send({"ask": question})
        # The end of what is typed is told once, and a client that takes nothing may not have hung up.
        return "" if self._stop.is_set() else self._typed.get()

    def _err(self, text: str) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._send({"err": text})

    def _send(self, header: dict[str, object]) -> None:
        with self._sending:
            if self._gone:
                raise BrokenPipeError
            try:
                write_frame(self._channel.fileno(), Frame(header))
            except OSError as error:
                self._gone = True
                self._stop.set()
                raise BrokenPipeError from error
