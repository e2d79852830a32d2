"""Messages between the window's process and its engine's, which trust each other: they are one program in two."""

import contextlib
import pickle  # noqa: TID251 - the other end is this program itself, see `Channel`
import socket
import struct
import threading
from dataclasses import dataclass, field

from vexgui.core.errors import VexError
from vexgui.core.events import Event

OWN, OPEN = "own", "open"
"""What is called beside the methods of `vexgui.engine.api.EngineApi`: become the profile's owner, and open it."""

_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class Call:
    """A method of the engine is to be called."""

    number: int
    method: str
    arguments: tuple[object, ...] = ()
    options: dict[str, object] = field(default_factory=dict)
    stoppable: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """What a call does is not wanted any more."""

    number: int


@dataclass(frozen=True, slots=True)
class Done:
    """What a call returned."""

    number: int
    value: object


@dataclass(frozen=True, slots=True)
class Failed:
    """What a call raised."""

    number: int
    error: VexError


@dataclass(frozen=True, slots=True)
class Told:
    """The engine tells something."""

    event: Event


@dataclass(frozen=True, slots=True)
class Present:
    """The window is wanted in front, with an answer where one of these is not empty."""

    query: str
    similar: bytes
    activation: str


Message = Call | Stop | Done | Failed | Told | Present


class ChannelClosed(Exception):
    """The other end is gone."""


class Channel:
    """Sends and receives messages over a socket; sending may be done from any thread, receiving from one.

    Messages are pickles. They come from nobody else: the other end is the same program, which has the same rights, and
    the pair of sockets between has no name.

    Args:
        end: This end of the pair.
    """

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._source = end.makefile("rb")
        self._sending = threading.Lock()

    def send(self, message: Message) -> None:
        """Send a message.

        Raises:
            ChannelClosed: Nobody is there to take it.
            Exception: It cannot be packed, and nothing was sent.
        """
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        try:
            with self._sending:
                self._end.sendall(_LENGTH.pack(len(data)))
                self._end.sendall(data)
        except OSError as error:
            raise ChannelClosed from error

    def receive(self) -> Message:
        """Wait for the next message.

        Raises:
            ChannelClosed: There will be none.
        """
        message: Message = pickle.loads(self._read(_LENGTH.unpack(self._read(_LENGTH.size))[0]))  # noqa: S301
        return message

    def close(self) -> None:
        """Have both ends notice that there is no more; from any thread."""
        with contextlib.suppress(OSError):
            self._end.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        """Let this end go, once nothing sends or receives here any more."""
        self._source.close()
        self._end.close()

    def _read(self, size: int) -> bytes:
        try:
            data = self._source.read(size)
        except OSError as error:
            raise ChannelClosed from error
        if len(data) < size:
            raise ChannelClosed
        return data
