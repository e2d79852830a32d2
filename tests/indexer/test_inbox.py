"""Events are taken from the kernel at once, in their order, and are accounted for until they are done with."""

import fcntl
import os
import socket
import struct
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from inotify_simple import INotify, flags

from tests.waiting import PATIENCE_S, until
from vexgui.indexer.inbox import Inbox


@pytest.fixture
def line() -> Iterator[tuple[socket.socket, socket.socket]]:
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with here, there:
        yield here, there


def send(there: socket.socket, number: int) -> None:
    there.send(struct.pack("iIII", number, int(flags.MODIFY), 0, 0))


def unread(descriptor: int) -> int:
    (count,) = struct.unpack("i", fcntl.ioctl(descriptor, termios.FIONREAD, bytes(4)))
    return int(count)


def test_events_are_read_while_nobody_takes_them(tmp_path: Path) -> None:
    with INotify() as notifier:
        inbox = Inbox(notifier.fileno())
        notifier.add_watch(tmp_path, flags.CREATE)
        for number in range(100):
            (tmp_path / f"{number}").touch()
        until(lambda: unread(notifier.fileno()) == 0, "all is read")
        names: list[str] = []
        while len(names) < 100:
            names += [event.name for event in inbox.take(PATIENCE_S)]
        inbox.close()
    assert names == [f"{number}" for number in range(100)]


def test_what_is_taken_is_not_done_with_before_the_next_call(line: tuple[socket.socket, socket.socket]) -> None:
    here, there = line
    inbox = Inbox(here.fileno())
    before_s = time.monotonic()
    waits = [inbox.waiting_since_s]
    send(there, 1)
    waits.append(inbox.waiting_since_s)
    assert [event.wd for event in inbox.take(PATIENCE_S)] == [1]
    waits.append(inbox.waiting_since_s)
    assert inbox.take(0) == []
    waits.append(inbox.waiting_since_s)
    inbox.close()
    assert [waited is not None and before_s <= waited for waited in waits] == [False, True, True, False]


def test_what_is_read_late_may_have_happened_at_any_time_since_there_was_nothing(
    line: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = line
    lent, read = threading.Event(), os.read

    def read_late(descriptor: int, size: int) -> bytes:
        assert lent.wait(PATIENCE_S)
        return read(descriptor, size)

    monkeypatch.setattr("vexgui.indexer.inbox.os", SimpleNamespace(**{**vars(os), "read": read_late}))
    inbox = Inbox(here.fileno())
    assert inbox.waiting_since_s is None
    before_s = time.monotonic()
    send(there, 1)
    told_s = time.monotonic()
    waits = [inbox.waiting_since_s, inbox.waiting_since_s]
    lent.set()
    assert inbox.take(PATIENCE_S)
    waits += [inbox.in_hand_since_s, inbox.waiting_since_s]
    assert inbox.take(0) == []
    assert inbox.in_hand_since_s is None
    send(there, 2)
    assert inbox.take(PATIENCE_S)
    later_s = inbox.in_hand_since_s
    inbox.close()
    assert len(set(waits)) == 1
    assert waits[0] is not None
    assert waits[0] <= before_s
    assert later_s is not None
    assert later_s >= told_s


def test_more_than_can_be_kept_is_said_to_be_lost(line: tuple[socket.socket, socket.socket]) -> None:
    here, there = line
    inbox = Inbox(here.fileno(), most_bytes=64)
    for number in range(6):
        send(there, number)
    until(lambda: unread(here.fileno()) == 0, "all is read")
    inbox.close()  # which ends the reading, and leaves what was read
    (first, *others) = inbox.take(PATIENCE_S)
    assert first.mask == flags.Q_OVERFLOW
    assert [event.wd for event in others] == [5]


def test_a_nudge_ends_the_waiting(line: tuple[socket.socket, socket.socket]) -> None:
    inbox = Inbox(line[0].fileno())
    inbox.nudge()
    assert inbox.take(None) == []
    inbox.close()


def test_a_descriptor_that_cannot_be_read_is_a_failure_for_who_takes() -> None:
    descriptor = os.open("/", os.O_RDONLY)
    inbox = Inbox(descriptor)
    with pytest.raises(IsADirectoryError):
        inbox.take(PATIENCE_S)
    inbox.close()
    inbox.close()
    os.close(descriptor)
