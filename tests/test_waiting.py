"""Whoever waits in vain is told for what, and what is left is ended."""

import subprocess
import threading
from collections.abc import Callable, Iterator

import pytest

from tests.waiting import PATIENCE_S, joined, next_line, output_of, put_down

_SHORT_S = 0.2
Start = Callable[[str], "subprocess.Popen[bytes]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Return a function that starts a shell's script."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(script: str) -> "subprocess.Popen[bytes]":
        started.append(subprocess.Popen(["sh", "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE))
        return started[-1]

    yield begin
    put_down(started)
    assert all(process.poll() is not None for process in started)


def test_lines_come_one_by_one_and_then_none(start: Start) -> None:
    process = start("printf 'one\\ntwo\\n'")
    assert [next_line(process.stdout, "it speaks") for _ in range(3)] == ["one\n", "two\n", ""]


def test_a_line_that_does_not_come_is_named_with_what_there_is_of_it(start: Start) -> None:
    process = start("printf 'one\\nhalf'; exec sleep 60")
    assert next_line(process.stdout, "it speaks") == "one\n"
    looks: list[None] = []
    with pytest.raises(AssertionError, match=r"until it speaks; so far there is b'half'"):
        next_line(process.stdout, "it speaks", _SHORT_S, meanwhile=lambda: looks.append(None))
    assert looks


def test_input_is_given_and_output_taken(start: Start) -> None:
    assert output_of(start("cat"), "it has ended", given=b"said") == (b"said", b"")


def test_a_program_that_does_not_end_is_named(start: Start) -> None:
    with pytest.raises(AssertionError, match="until it has ended: it runs"):
        output_of(start("exec sleep 60"), "it has ended", _SHORT_S)


def test_one_that_has_ended_is_named_where_something_else_has_its_output(start: Start) -> None:
    process = start("sleep 5 &")
    process.wait(PATIENCE_S)
    with pytest.raises(AssertionError, match="until all is said: something that it started has its output"):
        output_of(process, "all is said", _SHORT_S)


def test_a_thread_without_an_end_is_named() -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait, name="endless", daemon=True)
    thread.start()
    with pytest.raises(AssertionError, match="until endless ended"):
        joined(thread, _SHORT_S)
    ended.set()
    joined(thread)
