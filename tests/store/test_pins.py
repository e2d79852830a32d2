"""The writer learns what readers of any process look at, and a reader that dies lets go."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.waiting import PATIENCE_S, joined, next_line, output_of, put_down
from vexgui.core.errors import PermissionProblem, ProfileBusy
from vexgui.store.pins import Pins

READER = """
import sys
from vexgui.store.pins import Pins
pins = [Pins(sys.argv[1].encode(), writable=False).pin(int(epoch)) for epoch in sys.argv[2:]]
print("pinned", flush=True)
sys.stdin.read()
"""

WRITER = """
import sys
from vexgui.core.errors import ProfileBusy
from vexgui.store.pins import Pins
try:
    Pins(sys.argv[1].encode(), writable=True).claim()
except ProfileBusy:
    print("busy")
else:
    print("claimed")
"""


@pytest.fixture
def path(tmp_path: Path) -> bytes:
    return os.fsencode(tmp_path / "pins")


@pytest.fixture
def writer(path: bytes) -> Iterator[Pins]:
    pins = Pins(path, writable=True)
    pins.claim()
    yield pins
    pins.close()


class Reader:
    """A process that pins epochs until it is ended."""

    def __init__(self, path: bytes, *epochs: int) -> None:
        command = [sys.executable, "-c", READER, os.fsdecode(path), *map(str, epochs)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            assert next_line(self._process.stdout, "a reader has its pins") == "pinned\n"
        except AssertionError:
            self.kill()
            raise

    def kill(self) -> int:
        put_down([self._process])
        return self._process.returncode

    def end(self) -> int:
        output_of(self._process, "a reader ends with its input")
        return self._process.returncode


def test_nothing_is_pinned_at_first(writer: Pins) -> None:
    assert writer.oldest(1000) is None


def test_the_lowest_pin_is_found_among_many(path: bytes, writer: Pins) -> None:
    readers = Pins(path, writable=False)
    pins = [readers.pin(epoch) for epoch in (7, 300, 5, 2**32 - 1, 6, 5)]
    assert writer.oldest(2**32) == 5
    assert writer.oldest(6) == 5
    assert writer.oldest(5) is None
    for pin in pins:
        pin.close()
    assert writer.oldest(2**32) is None


def test_an_epoch_is_held_until_its_last_pin_is_closed(path: bytes, writer: Pins) -> None:
    readers = Pins(path, writable=False)
    first, second = readers.pin(3), readers.pin(3)
    first.close()
    first.close()
    assert writer.oldest(10) == 3
    second.close()
    assert writer.oldest(10) is None


def test_epoch_zero_can_be_pinned(path: bytes, writer: Pins) -> None:
    with Pins(path, writable=False).pin(0) as pin:
        assert (pin.epoch, writer.oldest(1), writer.oldest(0)) == (0, 0, None)


def test_a_pin_of_the_writer_itself_counts(writer: Pins) -> None:
    with writer.pin(4):
        assert writer.oldest(10) == 4
    assert writer.oldest(10) is None


def test_threads_of_one_process_do_not_undo_each_others_pins(path: bytes, writer: Pins) -> None:
    readers = Pins(path, writable=False)
    pinned, finish = threading.Event(), threading.Event()

    def read() -> None:
        with readers.pin(2):
            pinned.set()
            finish.wait(PATIENCE_S)

    thread = threading.Thread(target=read)
    thread.start()
    assert pinned.wait(PATIENCE_S)
    with readers.pin(2), readers.pin(1):
        assert writer.oldest(10) == 1
    assert writer.oldest(10) == 2
    finish.set()
    joined(thread)
    assert writer.oldest(10) is None


def test_pins_of_other_processes_are_seen_and_vanish_when_they_end(path: bytes, writer: Pins) -> None:
    old, new = Reader(path, 8, 9), Reader(path, 12)
    assert writer.oldest(100) == 8
    assert old.end() == 0
    assert writer.oldest(100) == 12
    assert new.end() == 0
    assert writer.oldest(100) is None


def test_a_killed_reader_leaves_no_pin(path: bytes, writer: Pins) -> None:
    reader = Reader(path, 5)
    assert writer.oldest(100) == 5
    assert reader.kill() == -signal.SIGKILL
    assert writer.oldest(100) is None


def test_a_second_writer_is_refused_in_this_process_and_in_another(path: bytes, writer: Pins) -> None:
    writer.claim()
    with pytest.raises(ProfileBusy):
        Pins(path, writable=True).claim()
    command = [sys.executable, "-c", WRITER, os.fsdecode(path)]
    assert subprocess.run(command, capture_output=True, check=True).stdout == b"busy\n"
    writer.close()
    assert subprocess.run(command, capture_output=True, check=True).stdout == b"claimed\n"


def test_a_writer_does_not_hinder_readers_nor_they_it(path: bytes) -> None:
    Path(os.fsdecode(path)).touch()
    with Pins(path, writable=False).pin(1):
        writer = Pins(path, writable=True)
        writer.claim()
        assert writer.oldest(2) == 1
        writer.close()


def test_a_reader_that_may_only_read_the_file_can_pin(path: bytes, writer: Pins) -> None:
    os.chmod(path, 0o400)
    with Pins(path, writable=False).pin(6):
        assert writer.oldest(10) == 6


def test_a_reader_without_a_file_pins_for_itself_and_makes_none(path: bytes) -> None:
    with Pins(path, writable=False).pin(6) as pin:
        assert pin.epoch == 6
    assert not os.path.lexists(path)


def test_a_folder_that_is_missing_stops_the_writer_with_a_sentence(path: bytes) -> None:
    with pytest.raises(PermissionProblem, match="cannot be written"):
        Pins(path + b"/missing/pins", writable=True).claim()


def test_a_link_in_place_of_the_file_is_not_followed(path: bytes, tmp_path: Path) -> None:
    (tmp_path / "target").touch()
    os.symlink(tmp_path / "target", path)
    with pytest.raises(PermissionProblem):
        Pins(path, writable=True).claim()


def test_without_locks_the_writer_still_knows_its_own_pins(path: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    writer = Pins(path, writable=True)
    writer.claim()
    with writer.pin(9), writer.pin(4) as older, writer.pin(4):
        assert (writer.oldest(100), writer.oldest(4)) == (4, None)
        older.close()
        assert writer.oldest(100) == 4
    assert writer.oldest(100) is None
    writer.close()
