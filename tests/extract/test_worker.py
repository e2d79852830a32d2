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
from PIL import Image

from tests.extract.builders import GPS_PART, pdf, two_colours
from tests.waiting import PATIENCE_S
from vexgui.core.files import Extraction
from vexgui.extract import worker
from vexgui.extract.contents import Contents, Raster, Section
from vexgui.extract.wire import identity
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


def photo(path: Path, size: tuple[int, int] = (900, 600), **options: object) -> Path:
    two_colours(size).save(path, **options)  # type: ignore[arg-type]
    return path


def read(
    path: Path, picture_px: int, thumbnail_px: int = 0, known: Extraction | None = None
) -> tuple[Extraction, tuple[Raster, ...], Raster | None]:
    with opened(path) as file:
        named = None if known is None else identity(known)
        found = worker.extracted(os.fsencode(path), file, picture_px, thumbnail_px, named)
    assert found is not None
    return found


def test_a_picture_gives_a_thumbnail_and_colours_of_the_pixels_that_a_model_sees(tmp_path: Path) -> None:
    extraction, rasters, thumbnail = read(photo(tmp_path / "a.jpg"), 256, 256)
    assert [(raster.width, raster.height) for raster in rasters] == [(384, 256)]
    assert thumbnail is not None
    assert (thumbnail.width, thumbnail.height) == (256, 171)
    colours = str((extraction.facts.extra or {})["colours"]).split()
    assert len(colours) == 2
    assert {colour[1] for colour in colours} == {"d", "1"}


def test_none_is_made_of_what_is_small_or_clear_or_no_picture_or_not_looked_at(tmp_path: Path) -> None:
    photo(tmp_path / "small.jpg", (120, 80))
    Image.new("RGBA", (900, 600), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    (tmp_path / "scan.pdf").write_bytes(pdf([""]))
    for name in ("small.jpg", "clear.png", "scan.pdf"):
        assert read(tmp_path / name, 256, 256)[2] is None
    photo(tmp_path / "a.jpg")
    assert read(tmp_path / "a.jpg", 256, 0)[2] is None
    assert read(tmp_path / "a.jpg", 0, 256)[2] is None


def test_a_file_that_is_as_it_was_is_not_read_whole_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = photo(tmp_path / "a.jpg")
    known, _, _ = read(path, 0)
    monkeypatch.setattr(worker, "content_hash", lambda *_: b"read once more..")
    assert read(path, 64, known=known)[0].content_hash == known.content_hash
    os.utime(path, (1, 1))
    assert read(path, 64, known=known)[0].content_hash == b"read once more.."


@pytest.mark.parametrize("picture_px", [0, 64])
def test_a_position_is_told_in_words(tmp_path: Path, picture_px: int) -> None:
    exif = Image.Exif()
    exif.get_ifd(GPS_PART).update({1: "N", 2: (38.0, 42.0, 30.0), 3: "W", 4: (9.0, 8.0, 10.0)})
    extraction, _, _ = read(photo(tmp_path / "a.jpg", exif=exif), picture_px)
    assert (extraction.facts.extra or {})["place"] == "Baixa, Lisbon, Portugal"
    assert "Taken near Baixa, Lisbon, Portugal." in extraction.passages[0].text
    exif.get_ifd(GPS_PART).update({2: (0.0, 30.0, 0.0), 4: (30.0, 0.0, 0.0)})
    extraction, _, _ = read(photo(tmp_path / "sea.jpg", exif=exif), picture_px)
    assert "place" not in (extraction.facts.extra or {})
    assert "Taken at 0.5° north, 30.0° west." in extraction.passages[0].text


def run(code: str, priority: str = "normal") -> subprocess.CompletedProcess[str]:
    """Run code in a process that is confined as decoders are: the session that makes way, if it is idle, is its own."""
    confine = f"import sys; sys.argv = ['decoder', str(1 << 30), '20', {priority!r}]\n"
    confine += "from vexgui.extract import decoder\n"
    call = f"decoder.confined(lambda _: exec({code!r}))(None)\n"
    return subprocess.run(
        [sys.executable, "-c", confine + call],
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE_S,
        check=False,
        start_new_session=True,
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
    code = "import os; print(os.sched_getscheduler(0) == os.SCHED_IDLE, os.getpriority(os.PRIO_PROCESS, 0))"
    result = run(code, "idle")
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
    assert subprocess.run([sys.executable, "-c", code], timeout=PATIENCE_S, check=False).returncode == -signal.SIGXCPU
