"""A decoder that an enemy has taken over reads, changes and reaches nothing, and the files beside are read."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.extract.extracting import hurry
from tests.extract.hostile import BREAKING, REFUSED, SECRET
from tests.waiting import PATIENCE_S
from vexgui.core.files import Extraction, PassageKind
from vexgui.extract.breaker import Breaker
from vexgui.extract.process import ExtractorProcess
from vexgui.system.landlock import landlock_version
from vexgui.system.seccomp import seccomp_works

SLOW = ("compute", "recurse", "stall", "start-threads")
SLOW_S = 5.0
"""What they do is waited for so long: it never ends."""
confined = pytest.mark.skipif(
    not (landlock_version() and seccomp_works()), reason="this kernel confines no process as it ought to"
)


@pytest.fixture(scope="module")
def taken_over() -> Iterator[ExtractorProcess]:
    """Decoders that do what a file's name says; however many die, none rests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.path.dirname(__file__))
        hours = count(0.0, 3600.0)
        never_resting = Breaker(lambda: next(hours))
        process = ExtractorProcess(1 << 30, PATIENCE_S, readers=1, worker="hostile", breaker=never_resting)
        yield process
        process.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (SECRET, "neighbour.txt"):
        (tmp_path / name).write_text("words")
    return tmp_path


def extracted(process: ExtractorProcess, path: Path) -> Extraction:
    return process.extract(os.fsencode(path), 0)


def text_of(extraction: Extraction) -> list[str]:
    return [passage.text for passage in extraction.passages if passage.kind is PassageKind.TEXT]


def see_that_the_neighbour_is_read(process: ExtractorProcess, folder: Path) -> None:
    neighbour = extracted(process, folder / "neighbour.txt")
    assert (neighbour.problem, text_of(neighbour)) == ("", ["words"])


@confined
@pytest.mark.parametrize("name", REFUSED)
def test_what_a_decoder_may_not_do_fails(taken_over: ExtractorProcess, folder: Path, name: str) -> None:
    path = folder / f"{name}.txt"
    path.write_text("words")
    before = {entry.name: entry.stat() for entry in folder.iterdir()}
    found = extracted(taken_over, path)
    assert found.problem == ""
    assert text_of(found) == ["OSError" if name == "open-many" else "PermissionError"]
    after = {entry.name: entry.stat() for entry in folder.iterdir()}
    kept = ("st_mode", "st_size", "st_mtime_ns", "st_ctime_ns", "st_nlink")
    assert [[getattr(each, field) for field in kept] for each in after.values()] == [
        [getattr(each, field) for field in kept] for each in before.values()
    ]
    see_that_the_neighbour_is_read(taken_over, folder)


def test_files_that_one_leaves_open_are_no_matter_to_those_read_next(
    taken_over: ExtractorProcess, folder: Path
) -> None:
    (folder / "open-many.txt").write_text("words")
    taken_over.unload_idle(0)  # one that has loaded nothing has to open more
    extracted(taken_over, folder / "open-many.txt")
    see_that_the_neighbour_is_read(taken_over, folder)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in SLOW else ()) for name in BREAKING]
)
def test_a_decoder_that_breaks_costs_its_file_the_contents_and_no_other_file_anything(
    taken_over: ExtractorProcess, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = folder / f"{name}.txt"
    path.write_text("words")
    if name in SLOW:
        asked = os.fsencode(path)
        hurry(monkeypatch, lambda _, request: (request.header["do"], *request.blobs) == ("extract", asked), SLOW_S)
    found = extracted(taken_over, path)
    assert found.problem.startswith("The decoder ")
    assert [passage.kind for passage in found.passages] == [PassageKind.ABOUT]
    see_that_the_neighbour_is_read(taken_over, folder)
