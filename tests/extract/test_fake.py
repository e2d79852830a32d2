"""The extractor for tests keeps the promises of the real one, and does what it says itself."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.extract.extracting import prompt_decoders
from tests.waiting import PATIENCE_S
from vexgui.core.errors import ChildFailed
from vexgui.core.files import Kind, PassageKind
from vexgui.extract.extractor import Extractor
from vexgui.extract.fake import FakeExtractor
from vexgui.extract.process import ExtractorProcess
from vexgui.system import attributes


@pytest.fixture(params=["fake", "processes"])
def extractor(request: pytest.FixtureRequest) -> Iterator[Extractor]:
    with prompt_decoders():
        is_fake = request.param == "fake"
        made: Extractor = FakeExtractor() if is_fake else ExtractorProcess(3 << 30, PATIENCE_S, worker="prompt")
        yield made
        made.close()


@pytest.fixture
def note(tmp_path: Path) -> bytes:
    file = tmp_path / "My note.txt"
    file.write_text("Some words.")
    return os.fsencode(file)


def test_a_text_has_a_passage_on_itself_and_its_words(extractor: Extractor, note: bytes) -> None:
    found = extractor.extract(note, 0)
    assert [(passage.ordinal, passage.kind) for passage in found.passages] == [
        (0, PassageKind.ABOUT),
        (1, PassageKind.TEXT),
    ]
    assert found.passages[0].text.startswith("My note. ")
    assert found.passages[1].text == "Some words."
    assert (found.kind, found.problem, found.pictures) == (Kind.TEXT, "", ())


def test_what_was_read_is_proved(extractor: Extractor, note: bytes) -> None:
    found = extractor.extract(note, 0)
    assert found.stat == attributes.stat_path(note)
    assert found.content_hash == hashlib.blake2b(b"Some words.", digest_size=16).digest()


def test_a_missing_file_and_a_link_are_refused(extractor: Extractor, note: bytes, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(os.fsdecode(note))
    with pytest.raises(FileNotFoundError):
        extractor.extract(note + b"x", 0)
    with pytest.raises(OSError, match="link"):
        extractor.extract(os.fsencode(tmp_path / "link"), 0)
    with pytest.raises(FileNotFoundError):
        extractor.thumbnail(note + b"x", 100)


def test_a_text_has_no_thumbnail(extractor: Extractor, note: bytes) -> None:
    assert extractor.thumbnail(note, 100) == b""


def test_nothing_is_read_once_it_is_closed(extractor: Extractor, note: bytes) -> None:
    extractor.close()
    with pytest.raises(ChildFailed):
        extractor.extract(note, 0)


def test_the_fake_takes_a_colour_for_a_picture(tmp_path: Path) -> None:
    file = tmp_path / "one.png"
    file.write_text("#dc1414\n")
    found = FakeExtractor().extract(os.fsencode(file), 32)
    assert found.kind is Kind.IMAGE
    assert [passage.kind for passage in found.passages] == [PassageKind.ABOUT, PassageKind.PICTURE]
    assert found.pictures
    assert found.pictures[0][0, 0].tolist() == [0xDC, 0x14, 0x14]
    assert FakeExtractor().extract(os.fsencode(file), 0).pictures == ()


def test_the_fake_takes_paragraphs_for_passages(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one\n\ntwo\nthree\n\n\n\n")
    texts = [passage.text for passage in FakeExtractor().extract(os.fsencode(file), 0).passages[1:]]
    assert texts == ["one", "two\nthree"]
