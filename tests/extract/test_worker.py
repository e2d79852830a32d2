"""The decoder's own bounds, and files that change while they are read."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from vexgui.core.files import PassageKind
from vexgui.extract import worker
from vexgui.extract.contents import Contents, Section
from vexgui.system.frames import Frame


def test_a_file_that_changes_once_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before")
    calls = []

    def changing(*_: object) -> Contents:
        calls.append(1)
        text = path.read_text()
        if len(calls) == 1:
            path.write_text("after it changed")
        return Contents(sections=(Section(text),))

    monkeypatch.setattr(worker, "contents_of", changing)
    extraction, _ = worker.extracted(os.fsencode(path), 0)
    assert extraction.passages[1].text == "after it changed"
    assert extraction.stat.size == len("after it changed")
    assert not extraction.problem


def test_a_file_that_is_replaced_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before")
    calls = []

    def replacing(_: object, file: object, __: object) -> Contents:
        calls.append(1)
        if len(calls) == 1:
            (tmp_path / "new").write_text("new file")
            (tmp_path / "new").rename(path)
        return Contents(sections=(Section(file.read().decode()),))  # type: ignore[attr-defined]

    monkeypatch.setattr(worker, "contents_of", replacing)
    extraction, _ = worker.extracted(os.fsencode(path), 0)
    assert extraction.passages[1].text == "new file"
    assert extraction.stat.inode == path.stat().st_ino


def test_a_file_that_never_rests_is_found_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")

    def growing(*_: object) -> Contents:
        with path.open("a") as file:
            file.write("x")
        return Contents(sections=(Section("text"),))

    monkeypatch.setattr(worker, "contents_of", growing)
    extraction, rasters = worker.extracted(os.fsencode(path), 0)
    assert extraction.problem == "It kept changing while it was read."
    assert [passage.kind for passage in extraction.passages] == [PassageKind.ABOUT]
    assert rasters == ()


def test_a_file_that_may_not_be_read_is_reported_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> int:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(worker.os, "open", denied)
    answer = worker.handle(Frame({"do": "extract", "picture_px": 0}, (b"/private.txt",)))
    assert answer.header == {"errno": errno.EACCES}


def run(code: str) -> subprocess.CompletedProcess[str]:
    prelude = "import sys; sys.argv = ['worker', str(1 << 30), 'idle']\nfrom vexgui.extract import worker\n"
    patch = f"worker.serve = lambda handle: exec({code!r})\nworker.main()\n"
    return subprocess.run(
        [sys.executable, "-c", prelude + patch], capture_output=True, text=True, timeout=60, check=False
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
    result = run("import os; print(os.sched_getscheduler(0) == os.SCHED_IDLE, os.nice(0))")
    assert result.stdout.split() == ["True", "19"]


def test_the_decoder_starts_without_the_libraries_it_may_never_need() -> None:
    result = run("import sys; print([n for n in ('PIL', 'lxml', 'pypdfium2', 'torch', 'zipfile') if n in sys.modules])")
    assert result.stdout.strip() == "[]", result.stderr
