"""What is left out is not found, and what of it was indexed goes with every trace; the files stay as they are."""

import os
from pathlib import Path

import pytest

from tests.engine.conftest import Desk, eventually
from vexgui.core.errors import UsageProblem
from vexgui.core.exclusions import Weight
from vexgui.core.settings import Settings
from vexgui.engine.settings_file import SettingsFile
from vexgui.store.format import RECORD_ATTRIBUTE

NAME = os.fsdecode(RECORD_ATTRIBUTE)


def filled(desk: Desk) -> None:
    """Index two files, one of them in a folder."""
    desk.write("keep.txt", "Fog over the harbour.")
    desk.write("inner/drop.txt", "Fog over the mountains.")
    desk.engine.index([desk.path("")])
    assert set(desk.found("fog")) == {"keep.txt", "inner/drop.txt"}


def standing(path: bytes) -> tuple[int, int, bytes]:
    seen = os.stat(path)
    return seen.st_mtime_ns, seen.st_mode, Path(os.fsdecode(path)).read_bytes()


@pytest.mark.parametrize("pattern", ["inner/", "drop.txt", "inner/*.txt", "*op.txt"])
def test_a_pattern_that_is_added_purges_at_once(desk: Desk, pattern: str) -> None:
    filled(desk)
    drop, vectors = desk.path("inner/drop.txt"), desk.engine.status().spaces[0].vectors
    before = standing(drop)
    report = desk.engine.exclude(add=[pattern])
    assert (report.forgotten, report.patterns[-1]) == (1, pattern)
    assert desk.found("fog") == ["keep.txt"]
    status = desk.engine.status()
    assert (status.files, status.spaces[0].vectors < vectors) == (1, True)
    assert NAME not in os.listxattr(drop)
    assert NAME in os.listxattr(desk.path("keep.txt"))
    assert standing(drop) == before
    assert desk.engine.verify(repair=False).problems == ()


@pytest.mark.parametrize(("pattern", "forgotten"), [("inner/", 1), ("*.txt", 2), ("*.iso", 0), ("!*.txt", 0)])
def test_what_a_pattern_would_take_is_told_and_nothing_changed(desk: Desk, pattern: str, forgotten: int) -> None:
    filled(desk)
    before = desk.engine.exclusions()
    assert desk.engine.weigh_exclusion([pattern]) == Weight(forgotten, 2)
    assert desk.engine.exclusions() == before
    desk.engine.index([])
    assert desk.engine.status().files == 2
    assert desk.engine.exclude(add=[pattern]).forgotten == forgotten


def test_a_pattern_that_is_taken_back_lets_files_in_with_the_next_look(desk: Desk) -> None:
    filled(desk)
    desk.engine.exclude(add=["inner/"])
    assert desk.engine.exclude(remove=["inner/"]).patterns == Settings().exclude
    desk.engine.index([])
    assert set(desk.found("fog")) == {"keep.txt", "inner/drop.txt"}


def test_patterns_are_kept(desk: Desk) -> None:
    desk.engine.exclude(add=["*.iso", "*.iso", "!x.iso"])
    assert desk.reopen().exclusions().patterns == (*Settings().exclude, "*.iso", "!x.iso")


def test_a_list_that_was_written_before_keeps_its_meaning(desk: Desk) -> None:
    SettingsFile(desk.profile.config).save(Settings(picture_model=None, exclude=("*.txt",)))
    desk.reopen()
    desk.write(".notes.md", "Fog.")
    desk.write("a.txt", "Fog.")
    desk.write("private.key", "Fog.")
    desk.engine.index([desk.path("")])
    assert desk.found("fog") == [".notes.md"]


@pytest.mark.parametrize(("add", "remove"), [(["[x"], []), (["# a"], []), ([], ["*.iso"]), ([], ["*.key"])])
def test_what_cannot_be_meant_changes_nothing(desk: Desk, add: list[str], remove: list[str]) -> None:
    with pytest.raises(UsageProblem):
        desk.engine.exclude(add=["*.good", *add], remove=remove)
    assert desk.engine.exclusions().patterns == Settings().exclude


@pytest.mark.parametrize("marker", [".nosearch", "CACHEDIR.TAG"])
def test_a_marker_purges_with_the_next_look(desk: Desk, marker: str) -> None:
    filled(desk)
    desk.write(f"inner/{marker}", "Signature: 8a477f597d28d172789f06886806bc55")
    desk.engine.index([])
    assert desk.found("fog") == ["keep.txt"]
    assert NAME not in os.listxattr(desk.path("inner/drop.txt"))


def test_a_file_put_in_the_place_of_a_known_one_keeps_its_record(desk: Desk) -> None:
    filled(desk)
    desk.write("inner/other.txt", "Fog.")
    desk.engine.index([desk.path("")])
    os.replace(desk.path("inner/other.txt"), desk.path("inner/drop.txt"))  # with its record, which is good still
    desk.engine.exclude(add=["inner/"])
    assert NAME in os.listxattr(desk.path("inner/drop.txt"))
    assert desk.found("fog") == ["keep.txt"]


def test_while_watching_a_pattern_purges_and_taken_back_lets_in_again(desk: Desk) -> None:
    filled(desk)
    desk.engine.watch()
    eventually(lambda: desk.engine.status().watches == 2)
    desk.engine.exclude(add=["inner/"])
    assert desk.found("fog") == ["keep.txt"]
    eventually(lambda: desk.engine.status().watches == 1)
    desk.engine.exclude(remove=["inner/"])
    eventually(lambda: desk.engine.status().watches == 2)
    eventually(lambda: set(desk.found("fog")) == {"keep.txt", "inner/drop.txt"})


def test_while_watching_a_marker_purges_and_taken_away_lets_in_again(desk: Desk) -> None:
    filled(desk)
    desk.engine.watch()
    eventually(lambda: desk.engine.status().watches == 2)
    desk.write("inner/.nosearch", "")
    eventually(lambda: desk.found("fog") == ["keep.txt"])
    os.unlink(desk.path("inner/.nosearch"))
    eventually(lambda: set(desk.found("fog")) == {"keep.txt", "inner/drop.txt"})


def test_inspect_says_why_a_file_is_not_indexed(desk: Desk) -> None:
    filled(desk)
    files = desk.files
    desk.write("private.key", "a")
    desk.write(".hidden/a.txt", "a")
    desk.write("new.txt", "a")
    desk.write("../outside.txt", "a")
    os.symlink("keep.txt", desk.path("link.txt"))
    os.mkfifo(desk.path("fifo"))
    expected = {
        "keep.txt": "",
        "new.txt": "",
        "private.key": f'{files}/private.key fits "*.key" in what VexGUI leaves out by itself.',
        ".hidden/a.txt": f'{files}/.hidden fits ".*" in the patterns to exclude.',
        "link.txt": "It is a symbolic link, and these are not followed.",
        "fifo": "It is neither a file nor a folder.",
    }
    assert {name: desk.engine.inspect(desk.path(name)).reason for name in expected} == expected
    outside = os.fsencode(files.parent / "outside.txt")
    assert desk.engine.inspect(outside).reason == "It lies in no folder kept indexed."


def test_files_in_work_trees_have_their_vectors_in_the_store_alone_unless_asked(desk: Desk) -> None:
    desk.write("code/.git/HEAD", "ref: refs/heads/main\n")
    desk.write("code/notes.txt", "Fog over the harbour.")
    desk.engine.index([desk.path("")])
    assert desk.found("fog") == ["code/notes.txt"]
    assert NAME not in os.listxattr(desk.path("code/notes.txt"))
    assert "version control" in desk.engine.inspect(desk.path("code/notes.txt")).reason
    asked = Settings(picture_model=None, roots=(desk.path("").rstrip(b"/"),), records_in_work_trees=True)
    SettingsFile(desk.profile.config).save(asked)
    desk.reopen().index([], force=True)
    assert NAME in os.listxattr(desk.path("code/notes.txt"))


def test_what_is_left_out_is_not_indexed_by_name_either_and_the_report_says_why(desk: Desk) -> None:
    filled(desk)
    hidden, inside = desk.write(".notes.txt", "Fog."), desk.write("build/a.txt", "Fog.")
    desk.write("CMakeLists.txt", "")
    report = desk.engine.index([hidden, desk.path("build"), desk.path("keep.txt")])
    assert [failure.path for failure in report.failed] == [desk.path("build"), hidden]
    assert report.unchanged == 1
    assert set(desk.found("fog")) == {"keep.txt", "inner/drop.txt"}
    assert "CMakeLists.txt" in desk.engine.inspect(inside).reason
