"""A child process answers, is replaced when it fails, and never outlives its parent."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.descriptors import open_files
from tests.waiting import PATIENCE_S, joined, until
from vexgui.core.errors import ChildFailed
from vexgui.system import child as child_module
from vexgui.system.child import Child
from vexgui.system.frames import Frame

ASK = Frame({})


@pytest.fixture
def path(monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.path.dirname(__file__)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([here, os.getcwd(), os.environ.get("PYTHONPATH", "")]).strip(":"))


@pytest.fixture
def child(path: None) -> Iterator[Child]:
    child = Child("parrot", ["a", "b"], "The parrot")
    yield child
    child.close()


def test_a_child_answers_with_what_it_was_sent(child: Child) -> None:
    answer = child.call(Frame({"x": 1}, (b"\0blob", b"")), 60)
    assert answer.header["arguments"] == ["a", "b"]
    assert answer.blobs == (b"\0blob", b"")


def test_one_process_answers_many_calls(child: Child) -> None:
    assert len({child.call(ASK, 60).header["pid"] for _ in range(3)}) == 1


def test_what_a_library_prints_does_not_spoil_the_answer(child: Child) -> None:
    assert child.call(Frame({"do": "chatter"}), 60).header["pid"]


def test_a_child_that_died_is_replaced(child: Child) -> None:
    with pytest.raises(ChildFailed, match=r"^The parrot ended with status 4\.$"):
        child.call(Frame({"do": "exit"}), 60)
    assert child.call(ASK, 60).header["pid"]


def test_a_child_that_is_slow_to_end_is_told_by_its_status_all_the_same(child: Child) -> None:
    with pytest.raises(ChildFailed, match=r"^The parrot ended with status 4\.$"):
        child.call(Frame({"do": "exit", "after_s": 0.5}), 60)


def test_a_child_that_stalls_is_ended(child: Child) -> None:
    before = child.call(ASK, 60).header["pid"]
    with pytest.raises(ChildFailed, match=r"^The parrot took longer than 0.2 s\.$"):
        child.call(Frame({"do": "stall"}), 0.2)
    assert child.call(ASK, 60).header["pid"] != before


def test_a_process_that_cannot_be_killed_is_left_behind_until_it_ends(
    child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_module, "_DYING_S", 0.1)
    monkeypatch.setattr(child_module, "_MOST_ABANDONED", 2)
    hanging = []
    for _ in range(2):
        child.call(ASK, 60)
        process = child._process
        assert process is not None
        monkeypatch.setattr(process, "kill", lambda: None)  # as in the kernel, waiting for a disk
        hanging.append(process)
        with pytest.raises(ChildFailed, match="took longer"):
            child.call(Frame({"do": "stall"}), 0.2)
    with pytest.raises(ChildFailed, match="hangs in the kernel"):
        child.call(ASK, 60)
    assert child._abandoned == hanging
    for process in hanging:
        os.kill(process.pid, signal.SIGKILL)
        process.wait(PATIENCE_S)
    assert child.call(ASK, 60).header["pid"]
    assert child._abandoned == []


def test_a_process_that_is_slow_to_die_is_waited_for_also_when_nobody_knows_it_any_more(
    path: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_module, "_DYING_S", 0.1)
    child = Child("parrot", [], "The parrot")
    child.call(ASK, 60)
    process = child._process
    assert process is not None
    monkeypatch.setattr(process, "kill", lambda: os.kill(process.pid, signal.SIGSTOP))
    child.close()  # the thread that started it ends, and with that it, too
    until(lambda: process.returncode == -signal.SIGKILL, "somebody waited for it")


def test_an_open_file_goes_to_a_child_and_is_closed_there(child: Child, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("words")
    for _ in range(3):
        with open(tmp_path / "a", "rb") as file:
            answer = child.call(Frame({"do": "read"}, (), (file.fileno(),)), 60)
        assert answer.blobs == (b"words",)
    assert child.call(Frame({"do": "count files"}), 60).header["files"] == answer.header["files"] - 1


def test_an_open_file_that_a_child_sends_is_not_taken(child: Child) -> None:
    before = open_files()
    child.call(ASK, 60)
    started = open_files()
    assert child.call(Frame({"do": "send file"}), 60).header["pid"]
    assert open_files() == started > before


def test_a_child_is_not_misled_by_modules_where_the_program_is_started(
    child: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "parrot.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert child.call(ASK, 60).header["pid"]


def test_a_child_that_crashed_is_told_by_its_signal_and_replaced(child: Child) -> None:
    with pytest.raises(ChildFailed, match=r"^The parrot was ended by signal SIGSEGV\.$"):
        child.call(Frame({"do": "crash"}), 60)
    assert child.call(ASK, 60).header["pid"]


def test_an_exception_in_a_child_ends_it_and_it_is_replaced(child: Child) -> None:
    with pytest.raises(ChildFailed, match=r"^The parrot ended with status 1\.$"):
        child.call(Frame({"do": "fail"}), 60)
    assert child.call(ASK, 60).header["pid"]


def test_a_child_killed_between_calls_is_replaced_unnoticed(child: Child) -> None:
    before = child.call(ASK, 60).header["pid"]
    os.kill(before, signal.SIGKILL)
    until(lambda: not _runs(before), "it is dead")
    assert child.call(ASK, 60).header["pid"] != before


def test_a_child_that_does_not_listen_is_ended(path: None) -> None:
    child = Child("parrot", ["deaf"], "The parrot")
    try:
        with pytest.raises(ChildFailed, match=r"^The parrot took longer than 0.3 s\.$"):
            child.call(Frame({}, (bytes(1_000_000),)), 0.3)  # more than fits into a pipe
    finally:
        child.close()


@pytest.mark.parametrize("manner", ["nonsense", "endless"])
def test_a_child_that_does_not_speak_our_language_is_ended(path: None, manner: str) -> None:
    child = Child("parrot", [manner], "The parrot")
    try:
        with pytest.raises(ChildFailed, match=r"^The parrot answered nonsense\.$"):
            child.call(ASK, 60)
    finally:
        child.close()


def test_a_large_request_and_a_large_answer_arrive_whole(child: Child) -> None:
    blob = os.urandom(5_000_000)
    assert child.call(Frame({}, (blob,)), 60).blobs == (blob,)


def test_calls_from_many_threads_get_their_own_answers(child: Child) -> None:
    def ask(number: int) -> bool:
        blob = bytes([number]) * 1000 * number
        return child.call(Frame({}, (blob,)), 60).blobs == (blob,)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(40)))


def test_unloading_does_not_disturb_a_running_call(child: Child) -> None:
    child.call(ASK, 60)
    with ThreadPoolExecutor(1) as threads:
        answers = [threads.submit(child.call, Frame({"do": "think"}), 60) for _ in range(3)]
        while not all(answer.done() for answer in answers):
            child.unload()
        assert all(answer.result().header["pid"] for answer in answers)


def test_nothing_is_left_of_a_closed_child(path: None) -> None:
    before = open_files()
    for _ in range(3):
        child = Child("parrot", [], "The parrot")
        pid = child.call(ASK, 60).header["pid"]
        child.close()
        assert not os.path.exists(f"/proc/{pid}")
    assert open_files() == before


def test_a_child_outlives_the_thread_that_first_called_it(child: Child) -> None:
    pids: list[int] = []
    thread = threading.Thread(target=lambda: pids.append(child.call(ASK, 60).header["pid"]))
    thread.start()
    joined(thread)
    pids += [child.call(ASK, 60).header["pid"] for _ in range(2)]
    assert len(set(pids)) == 1


def test_an_unloaded_child_is_started_again(child: Child) -> None:
    before = child.call(ASK, 60).header["pid"]
    assert child.unload()
    assert child.call(ASK, 60).header["pid"] != before


def test_a_child_that_is_being_called_is_not_idle_however_long_that_takes(child: Child) -> None:
    child.call(ASK, 60)
    child._used_s -= 1000
    assert child.idle_s >= 1000
    with child._lock:  # as a call has it
        assert child.idle_s == 0
        assert not child.unload()


@pytest.mark.parametrize(
    ("command", "reason"), [("/nowhere/python", "No such file or directory"), ("/etc/passwd", "Permission denied")]
)
def test_a_child_that_cannot_be_started_is_told_with_a_remedy(child: Child, command: str, reason: str) -> None:
    child._command[0] = command
    with pytest.raises(ChildFailed) as caught:
        child.call(ASK, 60)
    assert caught.value.message == f"The parrot could not be started ({reason})."
    assert caught.value.remedy
    child._command[0] = sys.executable
    assert child.call(ASK, 60).header["pid"]


def test_a_closed_child_refuses_calls(child: Child) -> None:
    child.close()
    child.close()
    with pytest.raises(ChildFailed, match=r"^The parrot has been stopped\.$"):
        child.call(ASK, 60)


def test_closing_ends_a_running_call_whenever_it_comes(path: None) -> None:
    for delay_s in (0.0, 0.001, 0.1):
        child = Child("parrot", [], "The parrot")
        failures: list[ChildFailed] = []

        def call(child: Child = child, failures: list[ChildFailed] = failures) -> None:
            try:
                child.call(Frame({"do": "stall"}), 60)
            except ChildFailed as failure:
                failures.append(failure)

        thread = threading.Thread(target=call)
        thread.start()
        time.sleep(delay_s)
        child.close()
        joined(thread)
        assert len(failures) == 1


def test_a_child_ends_with_its_parent(path: None) -> None:
    code = (
        "import os, threading; from vexgui.system.child import Child; from vexgui.system.frames import Frame;"
        "child = Child('parrot', [], 'x'); print(child.call(Frame({}), 60).header['pid'], flush=True);"
        "threading.Thread(target=child.call, args=(Frame({'do': 'stall'}), 60)).start(); os._exit(0)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    pid = int(result.stdout)
    until(lambda: not _runs(pid), "it has ended with its parent")


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_child_that_was_idle_is_ended_and_comes_back_with_the_next_call(child: Child) -> None:
    assert not child.unload_idle(0)
    before = child.call(ASK, 60).header["pid"]
    assert child.unload_idle(3600)
    assert not child.unload_idle(0)
    assert child.call(ASK, 60).header["pid"] != before
