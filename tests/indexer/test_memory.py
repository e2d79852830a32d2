"""What one run leaves for the next."""

import os
import threading
from pathlib import Path

import pytest

from tests.waiting import joined
from vexgui.indexer.memory import Memory
from vexgui.store.rows import FileId


@pytest.fixture
def path(tmp_path: Path) -> bytes:
    return os.fsencode(tmp_path / "index.json")


def test_a_first_run_and_one_after_a_clean_end_begin_without_a_doubt(path: bytes) -> None:
    first = Memory(path)
    assert not first.begin()
    first.end()
    assert not Memory(path).begin()


def test_a_run_that_did_not_end_is_told_of_once(path: bytes) -> None:
    Memory(path).begin()
    second = Memory(path)
    assert second.begin()
    assert not second.begin()


def test_a_file_that_cannot_be_read_is_a_run_that_did_not_end(path: bytes) -> None:
    for content in (b"", b"[]", b'{"version": 1}', b"\xff"):
        with open(path, "wb") as file:
            file.write(content)
        assert Memory(path).begin()


def test_file_systems_are_known_of_the_innermost_root(path: bytes) -> None:
    memory = Memory(path)
    memory.remember(b"/a", "one")
    memory.remember(b"/a/\xff", "two")
    again = Memory(path)
    assert [again.file_system(p) for p in (b"/a", b"/a/b", b"/a/\xff/c", b"/ab")] == ["one", "one", "two", ""]


def test_of_folders_that_were_given_up_nothing_is_kept(path: bytes) -> None:
    memory = Memory(path)
    memory.remember(b"/a", "one")
    memory.remember(b"/a/b", "two")
    memory.keep([b"/a", b"/new"])
    assert [known.file_system(b"/a/b") for known in (memory, Memory(path))] == ["one", "one"]


def test_since_when_something_strange_lies_in_a_root_is_known_until_it_does_no_more(path: bytes) -> None:
    memory = Memory(path)
    memory.remember(b"/a", "one")
    assert memory.since_strange(b"/a", FileId(6)) == 6
    again = Memory(path)
    assert again.since_strange(b"/a/b", FileId(7)) == 7
    assert again.since_strange(b"/a", FileId(7)) == 6
    again.keep([b"/a"])
    assert again.since_strange(b"/a/b", FileId(8)) == 8
    again.remember(b"/a", "one")
    assert [known.since_strange(b"/a", FileId(8)) for known in (again, Memory(path))] == [8, 8]
    again.keep([])
    again.remember(b"/a", "two")
    assert again.since_strange(b"/a", FileId(9)) == 9
    again.renumber(FileId(3))
    assert Memory(path).since_strange(b"/a", FileId(10)) == 3


def test_where_nothing_can_be_noted_work_goes_on(tmp_path: Path) -> None:
    memory = Memory(os.fsencode(tmp_path / "no folder" / "index.json"))
    assert not memory.begin()
    memory.remember(b"/a", "one")
    assert memory.file_system(b"/a") == "one"


def test_roots_are_noted_while_others_are_looked_up() -> None:
    memory, failures, ended = Memory(b""), list[RuntimeError](), threading.Event()

    def look() -> None:
        try:
            while not ended.is_set():
                memory.root_of(b"/999/file")
        except RuntimeError as error:
            failures.append(error)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        for number in range(3000):
            memory.remember(b"/%d" % number, "one")
    finally:
        ended.set()
    joined(looking)
    assert not failures
