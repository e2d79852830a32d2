"""Every kind of file is read by a decoder as it really runs: with its bounds, and without rights."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.extract.builders import encoded, written
from tests.extract.compound import doc, msg, ppt, xls
from tests.extract.extracting import prompt_decoders
from tests.extract.test_archive import tarred, zipped
from tests.extract.test_audio import flac, mp3
from tests.waiting import PATIENCE_S
from vexgui.core.files import Kind, PassageKind
from vexgui.core.settings import Settings
from vexgui.extract.available import OCR, VIDEO, is_installed
from vexgui.extract.extractor import Extractor
from vexgui.extract.process import ExtractorProcess

WORDS = "the old tram"
MAIL = b"From a@b Sun May 17 12:00:00 2020\nSubject: tickets\n\nthe old tram\n"
EVENT = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:the old tram\nEND:VEVENT\nEND:VCALENDAR\n"
CARD = b"BEGIN:VCARD\nFN:the old tram\nEND:VCARD\n"


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with prompt_decoders():
        process = ExtractorProcess(Settings().extractor_memory_bytes, PATIENCE_S, readers=1, worker="prompt")
        yield process
        process.close()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.doc", doc([WORDS]), Kind.DOCUMENT),
        ("a.ppt", ppt([WORDS], "x"), Kind.DOCUMENT),
        ("a.xls", xls("x", [[WORDS]]), Kind.DOCUMENT),
        ("a.msg", msg("x", "y", WORDS), Kind.DOCUMENT),
        ("a.rtf", rb"{\rtf1 the old tram}", Kind.DOCUMENT),
        ("a.mbox", MAIL, Kind.DOCUMENT),
        ("Inbox", MAIL, Kind.DOCUMENT),
        ("a.csv", b"1,the old tram\n", Kind.TEXT),
        ("a.ics", EVENT, Kind.TEXT),
        ("a.vcf", CARD, Kind.TEXT),
        ("a.desktop", b"[Desktop Entry]\nName=the old tram\n", Kind.OTHER),
        ("a.zip", zipped([WORDS]), Kind.ARCHIVE),
        ("a.tar.gz", gzip.compress(tarred([WORDS]), mtime=0), Kind.ARCHIVE),
        ("a.log.gz", gzip.compress(WORDS.encode(), mtime=0), Kind.ARCHIVE),
        ("a.mp3", mp3(TIT2=WORDS), Kind.AUDIO),
        ("a.flac", flac(1, lyrics=WORDS), Kind.AUDIO),
    ],
)
def test_what_is_in_a_file_is_said(extractor: Extractor, tmp_path: Path, name: str, data: bytes, kind: Kind) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found = extractor.extract(os.fsencode(path), 0)
    assert (found.kind, found.problem) == (kind, "")
    assert WORDS in " ".join(passage.text for passage in found.passages)


@pytest.mark.skipif(not is_installed(VIDEO), reason="av is not installed")
def test_a_video_is_said_and_shown(extractor: Extractor, tmp_path: Path) -> None:
    from tests.extract.test_video import film

    path = tmp_path / "a.mkv"
    path.write_bytes(film("matroska", seconds=20, title=WORDS))
    found = extractor.extract(os.fsencode(path), 64)
    assert (found.kind, found.problem) == (Kind.VIDEO, "")
    assert WORDS in found.passages[0].text
    assert [picture.shape for picture in found.pictures] == [(64, 85, 3)] * 2
    assert extractor.thumbnail(os.fsencode(path), 64).startswith(b"\x89PNG")


@pytest.mark.skipif(not is_installed(OCR), reason="rapidocr-onnxruntime is not installed")
def test_the_text_in_a_picture_is_said(extractor: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(encoded(written(*["The old tram climbs a hill"] * 4), "PNG"))
    found = extractor.extract(os.fsencode(path), 64)
    assert found.problem == ""
    (text,) = [passage.text for passage in found.passages if passage.kind is PassageKind.TEXT]
    assert "climbs" in text
    assert len(found.pictures) == 1
