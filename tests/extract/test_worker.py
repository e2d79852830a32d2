"""The decoder's own bounds, and files that change while they are read."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from vexgui.extract import worker
from vexgui.extract.contents import Contents, Section
from vexgui.system.frames import Frame
from vexgui.system.opening import open_regular


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    with open(open_regular(os.fsencode(path)), "rb") as file:
        yield file


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before")

    def changing(*_: object) -> Contents:
        path.write_text("after it changed")
        return Contents(sections=(Section("text"),))

    monkeypatch.setattr(worker, "contents_of", changing)
    with opened(path) as file:
        assert worker.extracted(os.fsencode(path), file, 0) is None


def test_a_file_that_is_replaced_while_it_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before")

    def replacing(*_: object) -> Contents:
        (tmp_path / "new").write_text("new file")
        (tmp_path / "new").rename(path)
        return Contents(sections=(Section("text"),))

    monkeypatch.setattr(worker, "contents_of", replacing)
    with opened(path) as file:
        assert worker.extracted(os.fsencode(path), file, 0) is None


def test_a_file_that_cannot_be_read_from_its_disk_is_reported_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("text")

    def failing(*_: object) -> Contents:
        raise OSError(errno.EIO, "no")

    monkeypatch.setattr(worker, "contents_of", failing)
    with opened(path) as file:
        request = Frame({"do": "extract", "picture_px": 0}, (os.fsencode(path),), (file.fileno(),))
        assert worker.handle(request).header == {"errno": errno.EIO}


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process that is confined as decoders are."""
    confine = "import sys; sys.argv = ['decoder', str(1 << 30), '20', 'idle']\nfrom vexgui.extract import decoder\n"
    call = f"decoder.confined(lambda _: exec({code!r}))(None)\n"
    return subprocess.run(
        [sys.executable, "-c", confine + call], capture_output=True, text=True, timeout=60, check=False
    )


def test_the_decoder_cannot_write_files(tmp_path: Path) -> None:
    path = tmp_path / "out"
    result = run(f"open({str(path)!r}, 'wb', buffering=0).write(b'data')")
    assert result.returncode != 0
    assert not path.exists() or path.stat().st_size == 0


def test_the_decoder_cannot_take_more_memory_than_allowed() -> None:
    result = run("bytearray(1 << 30)")
    assert "MemoryError" in result.stderr


def test_the_decoder_runs_when_nothing_else_wants_to() -> None:
    result = run("import os; print(os.sched_getscheduler(0) == os.SCHED_IDLE, os.getpriority(os.PRIO_PROCESS, 0))")
    assert result.stdout.split() == ["True", "19"]


def test_the_decoder_starts_without_the_libraries_it_may_never_need() -> None:
    unneeded = ("PIL", "lxml", "pypdfium2", "torch", "zipfile")
    result = run(f"import sys, vexgui.extract.worker; print([n for n in {unneeded} if n in sys.modules])")
    assert result.stdout.strip() == "[]", result.stderr


def test_a_decoder_that_computes_without_end_is_ended(tmp_path: Path) -> None:
    code = (
        "import resource, sys, vexgui.extract.decoder as decoder; sys.argv = ['decoder', str(1 << 30), '1', 'normal']\n"
        "def endless(_):\n    while True: pass\n"
        "decoder.confined(endless)(None)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == -signal.SIGXCPU
