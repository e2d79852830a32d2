"""Files read in a child process: what is found, and what is refused."""

import errno
import os
import subprocess
import sys
import threading
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.extract.builders import DESCRIPTION, docx, encoded, epub, huge_png, pdf, two_colours
from tests.extract.extracting import MEMORY_BYTES, extracted, prompt_decoders, texts
from tests.waiting import PATIENCE_S, joined
from vexgui.core.files import Extraction, Kind, PassageKind
from vexgui.extract.extractor import Extractor
from vexgui.extract.process import ExtractorProcess
from vexgui.system.fingerprint import content_hash


def test_a_text_file(extractor: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "holidayNotes_2021.txt"
    found = extracted(extractor, path, "\nCafé in Lisbon.\n".encode())
    assert (found.kind, found.mime, found.problem) == (Kind.TEXT, "text/plain", "")
    assert found.passages[0].kind is PassageKind.ABOUT
    assert found.passages[0].text.startswith("holiday Notes 2021. Text file in ")
    assert texts(found) == [("Café in Lisbon.", "line 2")]
    assert [passage.ordinal for passage in found.passages] == [0, 1]
    seen = path.stat()
    assert (found.stat.device, found.stat.inode, found.stat.size) == (seen.st_dev, seen.st_ino, seen.st_size)
    assert (found.stat.mtime_ns, found.stat.ctime_ns) == (seen.st_mtime_ns, seen.st_ctime_ns)
    with path.open("rb") as file:
        assert found.content_hash == content_hash(file.fileno(), seen.st_size)


def test_a_picture(extractor: Extractor, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[DESCRIPTION] = "Old tram"
    found = extracted(extractor, tmp_path / "IMG_1.jpg", encoded(two_colours((400, 200)), "JPEG", exif=exif))
    assert found.kind is Kind.IMAGE
    assert found.pictures
    assert found.pictures[0].shape == (64, 128, 3)
    assert "Old tram." in found.passages[0].text
    assert [passage.kind for passage in found.passages] == [PassageKind.ABOUT, PassageKind.PICTURE]


def test_a_picture_whose_pixels_are_not_wanted(extractor: Extractor, tmp_path: Path) -> None:
    found = extracted(extractor, tmp_path / "IMG_1.jpg", encoded(two_colours(), "JPEG"), picture_px=0)
    assert not found.pictures
    assert [passage.kind for passage in found.passages] == [PassageKind.ABOUT, PassageKind.PICTURE]
    assert found.facts.width == 80


@pytest.mark.parametrize(
    ("name", "data", "text", "place"),
    [
        ("a.pdf", pdf(["Old tram."]), "Old tram.", "page 1"),
        ("a.html", b"<p>Old tram.", "Old tram.", ""),
        ("a.docx", docx(["Old tram."]), "Old tram.", ""),
        ("a.epub", epub(["Old tram."], "T", "A"), "Old tram.", "chapter 1"),
        ("a.py", b"def tram():\n    climb()\n", "def tram():\n    climb()", "line 1"),
        ("a.ipynb", b'{"cells": [{"source": "Old tram."}]}', "Old tram.", ""),
        ("a.svg", b"<svg><text>Old tram.</text></svg>", "Old tram.", ""),
    ],
)
def test_every_reader_is_reached(
    extractor: Extractor, tmp_path: Path, name: str, data: bytes, text: str, place: str
) -> None:
    assert texts(extracted(extractor, tmp_path / name, data)) == [(text, place)]


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.txt", bytes(range(256)), "It looks like text but is not in any known encoding."),
        ("a.pdf", b"%PDF-1.4 junk", "The PDF is damaged."),
        ("a.pdf", pdf(["x"], encrypted=True), "The PDF is encrypted."),
        ("a.docx", b"junk", "The document is damaged."),
        ("a.png", encoded(two_colours(), "PNG")[:60], "The picture is damaged (truncated)."),
        ("a.png", huge_png(60_000, 60_000), "The picture has too many pixels."),
        ("a.png", huge_png(12_000, 12_000), "The picture is damaged (truncated)."),
    ],
)
def test_what_cannot_be_decoded_is_found_by_name(
    extractor: Extractor, tmp_path: Path, name: str, data: bytes, problem: str
) -> None:
    found = extracted(extractor, tmp_path / name, data)
    assert found.problem == problem
    assert [passage.kind for passage in found.passages] == [PassageKind.ABOUT]


@pytest.mark.parametrize("name", ["empty", "empty.txt", "empty.jpg", "empty.pdf", "empty.docx"])
def test_an_empty_file_has_a_name_and_no_problem(extractor: Extractor, tmp_path: Path, name: str) -> None:
    found = extracted(extractor, tmp_path / name, b"")
    assert (len(found.passages), found.problem, found.stat.size) == (1, "", 0)


def test_a_kind_that_nothing_reads_has_a_name_and_no_problem(extractor: Extractor, tmp_path: Path) -> None:
    found = extracted(extractor, tmp_path / "disk.qcow2", b"QFI\xfb" + b"\0" * 100)
    assert (found.kind, len(found.passages), found.problem) == (Kind.OTHER, 1, "")


def test_a_name_that_is_not_utf_8(extractor: Extractor, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9 menu.txt"
    with open(path, "wb") as file:
        file.write(b"words")
    found = extractor.extract(path, 0)
    assert found.passages[0].text.startswith("caf menu. Text file")
    assert texts(found) == [("words", "line 1")]


def test_a_missing_file_is_reported_as_missing(extractor: Extractor, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path / "gone.txt")
    with pytest.raises(FileNotFoundError) as caught:
        extractor.extract(path, 0)
    assert caught.value.filename == path
    with pytest.raises(FileNotFoundError):
        extractor.thumbnail(path, 100)


def test_links_pipes_and_folders_are_refused_without_waiting(extractor: Extractor, tmp_path: Path) -> None:
    (tmp_path / "target.txt").write_text("secret")
    (tmp_path / "link.txt").symlink_to(tmp_path / "target.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    for name, number in (("link.txt", errno.ELOOP), ("pipe.txt", errno.EINVAL), ("folder.txt", errno.EISDIR)):
        with pytest.raises(OSError, match=r"levels|Invalid|directory") as caught:
            extractor.extract(os.fsencode(tmp_path / name), 0)
        assert caught.value.errno == number
        with pytest.raises(OSError, match=r"levels|Invalid|directory"):
            extractor.thumbnail(os.fsencode(tmp_path / name), 100)


def test_too_little_memory_costs_only_the_file_that_needs_it(tmp_path: Path) -> None:
    process = ExtractorProcess(250 << 20, PATIENCE_S, worker="prompt")
    try:
        with prompt_decoders():
            big = encoded(Image.new("RGB", (6000, 6000), (200, 0, 0)), "PNG")
            found = extracted(process, tmp_path / "big.png", big)
            assert found.problem
            assert not found.pictures
            assert extracted(process, tmp_path / "small.png", encoded(two_colours(), "PNG")).pictures
    finally:
        process.close()


def test_thumbnails_of_pictures_and_documents(extractor: Extractor, tmp_path: Path) -> None:
    for name, data, size in (
        ("a.jpg", encoded(two_colours((400, 200)), "JPEG"), (100, 50)),
        ("a.pdf", pdf(["hello"]), (100, 67)),
    ):
        (tmp_path / name).write_bytes(data)
        image = Image.open(BytesIO(extractor.thumbnail(os.fsencode(tmp_path / name), 100)))
        assert (image.format, image.size) == ("PNG", size)


def test_any_page_of_a_document_is_drawn_and_others_there_are_none(extractor: Extractor, tmp_path: Path) -> None:
    for name, data in (
        ("a.pdf", pdf(["", encoded(Image.new("RGB", (90, 60), "red"), "JPEG")])),
        ("a.png", encoded(two_colours((400, 200)), "PNG")),
    ):
        (tmp_path / name).write_bytes(data)
    document, picture = (os.fsencode(tmp_path / name) for name in ("a.pdf", "a.png"))
    first, second = (extractor.thumbnail(document, 100, page) for page in (0, 1))
    assert first != second
    assert Image.open(BytesIO(second)).size == (100, 67)
    assert [extractor.thumbnail(document, 100, page) for page in (2, -1)] == [b"", b""]
    assert extractor.thumbnail(picture, 100, 1) == b""


def test_what_has_no_picture_has_no_thumbnail(extractor: Extractor, tmp_path: Path) -> None:
    for name, data in (("a.txt", b"words"), ("a.pdf", b"%PDF-1.4 junk"), ("a.png", b""), ("a.mp3", b"ID3\x03")):
        (tmp_path / name).write_bytes(data)
        assert extractor.thumbnail(os.fsencode(tmp_path / name), 100) == b""


def test_several_threads_may_ask_at_once(extractor: Extractor, tmp_path: Path) -> None:
    found: dict[int, str] = {}

    def read(number: int) -> None:
        path = tmp_path / f"{number}.txt"
        found[number] = texts(extracted(extractor, path, f"text {number}".encode()))[0][0]

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        joined(thread)
    assert found == {number: f"text {number}" for number in range(8)}


def test_files_are_read_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.path.dirname(__file__))
    process = ExtractorProcess(MEMORY_BYTES, PATIENCE_S, readers=2, worker="misbehaving")
    os.mkfifo(tmp_path / "meeting")
    found: dict[str, Extraction] = {}

    def read(name: str) -> None:
        found[name] = extracted(process, tmp_path / name, b"words")

    threads = [threading.Thread(target=read, args=(name,)) for name in ("meet-hears.txt", "meet-says.txt")]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            joined(thread)
        assert [each.problem for each in found.values()] == ["", ""]
    finally:
        process.close()


def test_only_as_many_readers_are_started_as_are_needed(tmp_path: Path) -> None:
    process = ExtractorProcess(MEMORY_BYTES, PATIENCE_S, readers=3, worker="prompt")
    try:
        with prompt_decoders():
            for number in range(4):
                extracted(process, tmp_path / f"{number}.txt", b"words")
        assert [child._process is not None for child in process._readers._children] == [True, False, False]
    finally:
        process.close()


def test_a_decoder_keeps_the_tighter_limits_that_it_is_started_with() -> None:
    code = (
        "import resource, sys; from vexgui.extract.decoder import confined;"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)); resource.setrlimit(resource.RLIMIT_CPU, (50, 50));"
        "sys.argv[1:] = ['1000000000', '60', 'normal']; confined(lambda request: request)(None);"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE), resource.getrlimit(resource.RLIMIT_CPU))"
    )
    told = subprocess.run(
        [sys.executable, "-P", "-c", code], check=True, capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert told.stdout == "(64, 64) (50, 50)\n"
