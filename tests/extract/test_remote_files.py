"""Files on disks and servers that may hang are opened by another process."""

import errno
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.extract.builders import encoded, two_colours
from tests.extract.extracting import MEMORY_BYTES, extracted, hurry, prompt_decoders, texts
from tests.waiting import PATIENCE_S, joined, until
from vexgui.core.errors import ChildFailed
from vexgui.core.files import FileStat
from vexgui.extract import process as process_module
from vexgui.extract.opener import passed_on
from vexgui.extract.process import ExtractorProcess
from vexgui.extract.wire import stat_in
from vexgui.system.frames import Frame


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[ExtractorProcess]:
    """A process whose opener never answers; it is asked to open files that hang."""
    monkeypatch.setattr(process_module, "OPENER", "hanging")
    monkeypatch.setenv("PYTHONPATH", os.path.dirname(__file__))
    process = ExtractorProcess(MEMORY_BYTES, PATIENCE_S, is_remote=lambda path: b"hangs" in path, worker="prompt")
    yield process
    process.close()


@pytest.fixture
def remote() -> Iterator[ExtractorProcess]:
    """A process for which every file lies on a file system that may hang."""
    with prompt_decoders():
        process = ExtractorProcess(MEMORY_BYTES, PATIENCE_S, is_remote=lambda _: True, worker="prompt")
        yield process
        process.close()


def test_a_remote_file_is_opened_by_another_process(remote: ExtractorProcess, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(encoded(two_colours((400, 200)), "PNG"))

    def opened_here(path: bytes) -> int:
        raise AssertionError(path)

    with patch.object(process_module, "open_regular", opened_here):
        found = extracted(remote, tmp_path / "a.txt", b"words")
        assert found.passages[1].text == "words"
        assert found.stat == FileStat.of((tmp_path / "a.txt").stat())
        assert remote.thumbnail(os.fsencode(tmp_path / "a.png"), 100)


def test_a_remote_file_that_cannot_be_opened_is_told_and_costs_nothing(
    remote: ExtractorProcess, tmp_path: Path
) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    for name, number in (("gone.txt", errno.ENOENT), ("link.txt", errno.ELOOP)):
        with pytest.raises(OSError, match=name) as caught:
            remote.extract(os.fsencode(tmp_path / name), 0)
        assert caught.value.errno == number
    assert texts(extracted(remote, tmp_path / "a.txt", b"words")) == [("words", "line 1")]


def test_a_decoder_that_is_gone_is_no_error_of_a_remote_file(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("notes")
    ours, theirs = socket.socketpair()
    ours.close()
    with theirs:
        request = Frame({"do": "describe"}, (os.fsencode(path),), (theirs.fileno(),))
        assert stat_in(passed_on(request)) == FileStat.of(path.stat())


def test_a_server_that_does_not_answer_is_told_and_the_next_file_is_read(
    hanging: ExtractorProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch, lambda child, _: child is hanging._opener)
    with pytest.raises(TimeoutError):
        extracted(hanging, tmp_path / "hangs.txt", b"words")
    assert texts(extracted(hanging, tmp_path / "a.txt", b"words")) == [("words", "line 1")]


def test_closing_does_not_wait_for_a_server_that_does_not_answer(
    hanging: ExtractorProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hanging, "_timeout_s", 600.0)
    failures: list[ChildFailed] = []

    def ask() -> None:
        try:
            extracted(hanging, tmp_path / "hangs.txt", b"words")
        except ChildFailed as failure:
            failures.append(failure)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    until(lambda: hanging._opener._process is not None, "the server is asked")
    closing = threading.Thread(target=hanging.close, daemon=True)
    closing.start()
    joined(closing)
    joined(asking)
    assert len(failures) == 1
