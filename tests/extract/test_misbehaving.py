"""A file that breaks its decoder, stalls it or changes under it costs its own contents and no other file anything."""

import errno
import os
import threading
from pathlib import Path

import pytest

from tests.extract.builders import encoded, two_colours
from tests.extract.extracting import HURRIED_S, MEMORY_BYTES, extracted, hurry, texts
from tests.waiting import PATIENCE_S, joined, until
from vexgui.core.errors import ChildFailed
from vexgui.core.events import Trouble
from vexgui.core.files import PassageKind
from vexgui.extract.breaker import Breaker
from vexgui.extract.process import ExtractorProcess


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


def test_a_file_that_takes_too_long_is_given_up(
    misbehaving: ExtractorProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch, lambda _, request: request.header["do"] == "extract" and request.blobs[0].endswith(b"stall.txt"))
    found = extracted(misbehaving, tmp_path / "stall.txt", b"words")
    assert found.problem == f"The decoder took longer than {HURRIED_S} s."
    assert texts(extracted(misbehaving, tmp_path / "next.txt", b"words")) == [("words", "line 1")]


def test_a_file_is_read_at_normal_priority_when_the_idle_decoder_starves(
    misbehaving: ExtractorProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch, lambda child, _: child is not misbehaving._second)
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


def test_whether_a_file_changed_while_it_was_read_is_not_left_to_the_decoder(
    misbehaving: ExtractorProcess, tmp_path: Path
) -> None:
    found = extracted(misbehaving, tmp_path / "changes-unsaid.txt", b"before ")
    assert found.problem == "It kept changing while it was read."


def test_a_decoder_cannot_make_a_file_vanish(misbehaving: ExtractorProcess, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Input/output"):
        extracted(misbehaving, tmp_path / "denies.txt", b"words")


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
    until(lambda: process._readers._children[0]._process is not None, "its decoder is started")
    return thread, failures


def test_closing_ends_a_running_call_and_refuses_later_ones(misbehaving: ExtractorProcess, tmp_path: Path) -> None:
    thread, failures = stalled(misbehaving, tmp_path)
    misbehaving.close()
    joined(thread)
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
    joined(thread)


def test_a_format_at_which_decoders_die_over_and_over_rests_and_its_neighbours_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.path.dirname(__file__))
    told: list[Trouble] = []
    now_s = 0.0
    breaker = Breaker(lambda: now_s)
    process = ExtractorProcess(MEMORY_BYTES, PATIENCE_S, worker="misbehaving", tell=told.append, breaker=breaker)
    try:
        for _ in range(3):  # twice each
            assert extracted(process, tmp_path / "exit.txt", b"words").problem
        with pytest.raises(BlockingIOError, match="format text/plain: they are left alone for 5 minutes"):
            extracted(process, tmp_path / "next.txt", b"words")
        assert texts(extracted(process, tmp_path / "next.md", b"words")) == [("words", "line 1")]
        assert [trouble.message for trouble in told] == [
            (
                "Decoders broke again and again at files of the format text/plain: "
                "they are left alone for 5 minutes and read at the next scan after that."
            )
        ]
        now_s = 301.0
        assert texts(extracted(process, tmp_path / "next.txt", b"words")) == [("words", "line 1")]
    finally:
        process.close()
