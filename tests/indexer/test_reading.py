"""Reading ahead in a thread: what goes wrong there is told where the files are taken."""

import errno
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from typing_extensions import override

from vexgui.core.errors import ChildFailed
from vexgui.core.files import Extraction
from vexgui.core.vectors import CodecName
from vexgui.extract.fake import FakeExtractor
from vexgui.indexer.reading import Reader
from vexgui.models.fake import FAKE_TEXT
from vexgui.store.store import Store


class Failing(FakeExtractor):
    """Fails on a file with an error."""

    readers = 1

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    @override
    def extract(self, path: bytes, picture_px: int, known: Extraction | None = None) -> Extraction:
        if path.endswith(b"bad.txt"):
            raise self._error
        return super().extract(path, picture_px)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(os.fsencode(tmp_path / "store"), CodecName.INT8, writable=True)
    yield opened
    opened.close()


@pytest.mark.parametrize("error", [ChildFailed("It died."), ZeroDivisionError("our own mistake")])
def test_an_error_in_the_thread_is_raised_after_what_was_read_before(
    store: Store, tmp_path: Path, error: Exception
) -> None:
    paths = [os.fsencode(tmp_path / name) for name in ("good.txt", "bad.txt", "never.txt")]
    for path in paths:
        Path(os.fsdecode(path)).write_text("words")
    extractor = Failing(error)
    reads = Reader(store, extractor, [FAKE_TEXT]).read_ahead(paths, threading.Event(), whole=False)
    seen: list[bytes] = []
    with pytest.raises(type(error), match=str(error)):
        seen.extend(read.path for read in reads if read is not None)
    assert seen == extractor.read == paths[:1]
    assert not any(thread.name == "vexgui-reading" for thread in threading.enumerate())


def test_a_file_that_is_gone_is_handed_over_as_gone(store: Store) -> None:
    read = Reader(store, Failing(FileNotFoundError()), [FAKE_TEXT]).words(b"/bad.txt")
    assert read.is_nothing


def test_a_file_that_may_not_be_read_keeps_its_name(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "secret plan, bad.txt"
    file.write_text("Fog.")
    refusing = Failing(PermissionError(13, "Permission denied"))
    read = Reader(store, refusing, [FAKE_TEXT]).words(os.fsencode(file))
    assert read.extraction is not None
    assert read.extraction.problem == "You may not read this file."
    assert "secret plan" in read.extraction.passages[0].text


def test_an_abandoned_stage_ends_its_thread(store: Store) -> None:
    paths = [b"/%d bad.txt" % number for number in range(10_000)]
    reads = Reader(store, Failing(FileNotFoundError()), [FAKE_TEXT]).read_ahead(paths, threading.Event(), whole=False)
    next(reads)
    reads.close()
    assert not any(thread.name == "vexgui-reading" for thread in threading.enumerate())


@pytest.mark.parametrize(("number", "again"), [(errno.EAGAIN, True), (errno.ETIMEDOUT, True), (errno.EIO, False)])
def test_what_keeps_a_file_from_being_read_for_a_while_only_has_it_read_again(
    store: Store, tmp_path: Path, number: int, again: bool
) -> None:
    path = tmp_path / "bad.txt"
    path.write_text("words")
    read = Reader(store, Failing(OSError(number, "The decoder rests.")), [FAKE_TEXT]).words(os.fsencode(path))
    assert read.extraction is not None
    assert ("rests" in read.extraction.problem, read.again) == (True, again)
