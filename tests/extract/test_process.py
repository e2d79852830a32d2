"""Files read in a child process: what is found, what is refused, and that a broken file breaks nothing else."""

import errno
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pytest
from PIL import Image

from tests.extract.builders import DESCRIPTION, docx, encoded, epub, huge_png, pdf, two_colours
from vexgui.core.errors import ChildFailed
from vexgui.core.events import Trouble
from vexgui.core.files import Extraction, Kind, PassageKind
from vexgui.extract import process as process_module
from vexgui.extract.breaker import Breaker
from vexgui.extract.extractor import Extractor
from vexgui.extract.opener import passed_on
from vexgui.extract.process import ExtractorProcess
from vexgui.system.fingerprint import content_hash
from vexgui.system.frames import Frame

MEMORY_BYTES = 1 << 30


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    process = ExtractorProcess(MEMORY_BYTES, timeout_s=30)
    yield process
    process.close()


@pytest.fixture
def misbehaving(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ExtractorProcess]:
    """A process whose decoder breaks as a file's name asks; its time-out in seconds may be given as parameter."""
    here = os.path.dirname(__file__)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([here, os.environ.get("PYTHONPATH", "")]).strip(os.pathsep))
    process = ExtractorProcess(MEMORY_BYTES, timeout_s=getattr(request, "param", 60), worker="misbehaving")
    yield process
    process.close()


def extracted(extractor: Extractor, path: Path, data: bytes, picture_px: int = 64) -> Extraction:
    path.write_bytes(data)
    return extractor.extract(os.fsencode(path), picture_px)


def texts(extraction: Extraction) -> list[tuple[str, str]]:
    return [(passage.text, passage.place) for passage in extraction.passages if passage.kind is PassageKind.TEXT]


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


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("segfault.txt", "The decoder was ended by signal SIGSEGV."),
        ("exit.txt", "The decoder ended with status 3."),
        ("lies.txt", "The decoder answered nonsense."),
    ],
)
def test_a_file_that_breaks_the_decoder_costs_only_its_contents(
    misbehaving: ExtractorProcess, tmp_path: Path, name: str, problem: str
) -> None:
    found = extracted(misbehaving, tmp_path / name, b"words")
    assert found.problem == problem
    assert [passage.kind for passage in found.passages] == [PassageKind.ABOUT]
    assert found.stat.size == 5
    assert texts(extracted(misbehaving, tmp_path / "next.txt", b"words")) == [("words", "line 1")]


@pytest.mark.parametrize("misbehaving", [4], indirect=True)
def test_a_file_that_takes_too_long_is_given_up(misbehaving: ExtractorProcess, tmp_path: Path) -> None:
    found = extracted(misbehaving, tmp_path / "stall.txt", b"words")
    assert found.problem == "The decoder took longer than 4 s."
    assert texts(extracted(misbehaving, tmp_path / "next.txt", b"words")) == [("words", "line 1")]


@pytest.mark.parametrize("misbehaving", [4], indirect=True)
def test_a_file_is_read_at_normal_priority_when_the_idle_decoder_starves(
    misbehaving: ExtractorProcess, tmp_path: Path
) -> None:
    found = extracted(misbehaving, tmp_path / "starves.txt", b"words")
    assert (found.problem, texts(found)) == ("", [("words", "line 1")])


@pytest.mark.parametrize("name", ["dies-once.txt", "hungry.txt"])
def test_a_file_at_which_a_decoder_failed_is_tried_once_more_in_a_fresh_one(
    misbehaving: ExtractorProcess, tmp_path: Path, name: str
) -> None:
    found = extracted(misbehaving, tmp_path / name, b"words")
    assert (found.problem, texts(found)) == ("", [("words", "line 1")])


def test_a_file_that_changes_while_it_is_read_is_read_again(misbehaving: ExtractorProcess, tmp_path: Path) -> None:
    path = tmp_path / "changes-once.txt"
    found = extracted(misbehaving, path, b"before ")
    assert [text for text, _ in texts(found)] == [path.read_text()] != ["before"]
    assert (found.problem, found.stat.size) == ("", path.stat().st_size)


def test_a_file_that_never_rests_is_found_by_name(misbehaving: ExtractorProcess, tmp_path: Path) -> None:
    found = extracted(misbehaving, tmp_path / "never-rests.txt", b"before ")
    assert found.problem == "It kept changing while it was read."
    assert [passage.kind for passage in found.passages] == [PassageKind.ABOUT]


def test_a_file_that_breaks_even_its_description_is_an_error_of_the_system(
    misbehaving: ExtractorProcess, tmp_path: Path
) -> None:
    with pytest.raises(OSError, match="ended with status 3") as caught:
        extracted(misbehaving, tmp_path / "always-exit.txt", b"words")
    assert caught.value.errno == errno.EIO


def test_a_thumbnail_that_breaks_the_decoder_is_none(misbehaving: ExtractorProcess, tmp_path: Path) -> None:
    for name in ("segfault.txt", "lies.png"):
        (tmp_path / name).write_bytes(b"words")
        assert misbehaving.thumbnail(os.fsencode(tmp_path / name), 100) == b""


def test_too_little_memory_costs_only_the_file_that_needs_it(tmp_path: Path) -> None:
    process = ExtractorProcess(250 << 20, timeout_s=30)
    try:
        big = encoded(Image.new("RGB", (6000, 6000), (200, 0, 0)), "PNG")
        found = extracted(process, tmp_path / "big.png", big)
        assert found.problem
        assert not found.pictures
        assert extracted(process, tmp_path / "small.png", encoded(two_colours(), "PNG")).pictures
    finally:
        process.close()


def stalled(process: ExtractorProcess, folder: Path) -> tuple[threading.Thread, list[ChildFailed]]:
    """Return a thread that waits for a file that is never read, and what its call will have raised."""
    (folder / "stall.txt").write_text("words")
    failures: list[ChildFailed] = []

    def wait_for_ever() -> None:
        try:
            process.extract(os.fsencode(folder / "stall.txt"), 0)
        except ChildFailed as failure:
            failures.append(failure)

    thread = threading.Thread(target=wait_for_ever)
    thread.start()
    while process._readers._children[0]._process is None:
        time.sleep(0.01)
    return thread, failures


def test_closing_ends_a_running_call_and_refuses_later_ones(misbehaving: ExtractorProcess, tmp_path: Path) -> None:
    thread, failures = stalled(misbehaving, tmp_path)
    misbehaving.close()
    thread.join(10)
    assert not thread.is_alive()
    assert len(failures) == 1
    with pytest.raises(ChildFailed):
        misbehaving.extract(os.fsencode(tmp_path / "stall.txt"), 0)
    with pytest.raises(ChildFailed):
        misbehaving.thumbnail(os.fsencode(tmp_path / "stall.txt"), 10)


def test_thumbnails_do_not_wait_for_reading(misbehaving: ExtractorProcess, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(encoded(two_colours(), "PNG"))
    thread, _ = stalled(misbehaving, tmp_path)
    assert misbehaving.thumbnail(os.fsencode(tmp_path / "a.png"), 40)
    assert thread.is_alive()
    misbehaving.close()
    thread.join(10)


def test_thumbnails_of_pictures_and_documents(extractor: Extractor, tmp_path: Path) -> None:
    for name, data, size in (
        ("a.jpg", encoded(two_colours((400, 200)), "JPEG"), (100, 50)),
        ("a.pdf", pdf(["hello"]), (100, 67)),
    ):
        (tmp_path / name).write_bytes(data)
        image = Image.open(BytesIO(extractor.thumbnail(os.fsencode(tmp_path / name), 100)))
        assert (image.format, image.size) == ("PNG", size)


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
        thread.join()
    assert found == {number: f"text {number}" for number in range(8)}


def test_files_are_read_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.path.dirname(__file__))
    process = ExtractorProcess(MEMORY_BYTES, timeout_s=60, readers=2, worker="misbehaving")
    os.mkfifo(tmp_path / "meeting")
    found: dict[str, Extraction] = {}

    def read(name: str) -> None:
        found[name] = extracted(process, tmp_path / name, b"words")

    threads = [threading.Thread(target=read, args=(name,)) for name in ("meet-hears.txt", "meet-says.txt")]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert [each.problem for each in found.values()] == ["", ""]
    finally:
        process.close()


def test_only_as_many_readers_are_started_as_are_needed(extractor: ExtractorProcess, tmp_path: Path) -> None:
    process = ExtractorProcess(MEMORY_BYTES, timeout_s=30, readers=3)
    try:
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
    told = subprocess.run([sys.executable, "-P", "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert told.stdout == "(64, 64) (50, 50)\n"


def test_a_kind_at_which_decoders_die_over_and_over_rests_and_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.path.dirname(__file__))
    told: list[Trouble] = []
    now_s = 0.0
    breaker = Breaker(lambda: now_s)
    process = ExtractorProcess(MEMORY_BYTES, 60, worker="misbehaving", tell=told.append, breaker=breaker)
    try:
        for _ in range(3):  # twice each
            assert extracted(process, tmp_path / "exit.txt", b"words").problem
        with pytest.raises(BlockingIOError, match="kind text: they are left alone for 5 minutes"):
            extracted(process, tmp_path / "next.txt", b"words")
        assert extracted(process, tmp_path / "next.png", encoded(two_colours(), "PNG")).pictures
        assert [trouble.message for trouble in told] == [
            (
                "Decoders broke again and again at files of the kind text: "
                "they are left alone for 5 minutes and read at the next scan after that."
            )
        ]
        now_s = 301.0
        assert texts(extracted(process, tmp_path / "next.txt", b"words")) == [("words", "line 1")]
    finally:
        process.close()


@pytest.fixture
def remote() -> Iterator[ExtractorProcess]:
    """A process for which every file lies on a file system that may hang."""
    process = ExtractorProcess(MEMORY_BYTES, timeout_s=20, is_remote=lambda _: True)
    yield process
    process.close()


def test_a_remote_file_is_opened_by_another_process(remote: ExtractorProcess, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(encoded(two_colours((400, 200)), "PNG"))

    def opened_here(path: bytes) -> int:
        raise AssertionError(path)

    with patch.object(process_module, "open_regular", opened_here):
        assert extracted(remote, tmp_path / "a.txt", b"words").passages[1].text == "words"
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
        assert passed_on(request) == Frame({})


def test_a_server_that_does_not_answer_is_told_and_the_next_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process_module, "OPENER", "hanging")
    monkeypatch.setenv("PYTHONPATH", os.path.dirname(__file__))
    process = ExtractorProcess(MEMORY_BYTES, 3, is_remote=lambda path: b"hangs" in path)
    try:
        with pytest.raises(TimeoutError):
            extracted(process, tmp_path / "hangs.txt", b"words")
        assert texts(extracted(process, tmp_path / "a.txt", b"words")) == [("words", "line 1")]
    finally:
        process.close()
