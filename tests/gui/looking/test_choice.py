"""One of each group of duplicates stays, whatever is chosen, and nothing goes that is not what it was."""

import os
from pathlib import Path

from vexgui.core.files import Kind
from vexgui.core.looking import DuplicateFile, DuplicateGroup
from vexgui.gui.looking.choice import Choice, surely_leaving


def group(*paths: bytes, exact: bool = True) -> DuplicateGroup:
    return DuplicateGroup(tuple(DuplicateFile(path, Kind.TEXT, 10, 5) for path in paths), exact)


def test_of_the_same_content_all_but_one_go_and_of_what_looks_the_same_none_unasked() -> None:
    assert [file.path for file in Choice(group(b"/a", b"/b", b"/c")).leaving] == [b"/b", b"/c"]
    assert Choice(group(b"/a", b"/b", exact=False)).leaving == ()


def test_the_one_that_stays_never_goes() -> None:
    choice = Choice(group(b"/a", b"/b", b"/c"))
    choice.send(choice.keep, goes=True)
    assert [file.path for file in choice.leaving] == [b"/b", b"/c"]
    choice.keep_file(choice.group.files[1])
    assert [file.path for file in choice.leaving] == [b"/a", b"/c"]
    choice.send(choice.group.files[2], goes=False)
    choice.keep_file(choice.group.files[2])
    assert [file.path for file in choice.leaving] == [b"/a"]


def test_a_file_goes_only_while_it_and_the_one_that_stays_are_what_they_were(tmp_path: Path) -> None:
    def written(name: str) -> DuplicateFile:
        path = tmp_path / name
        path.write_text("the same")
        seen = path.stat()
        return DuplicateFile(os.fsencode(path), Kind.TEXT, seen.st_size, seen.st_mtime_ns)

    files = [written(name) for name in ("a", "b", "c")]
    choice = Choice(DuplicateGroup(tuple(files), exact=True))
    assert surely_leaving([choice]) == (files[1], files[2])
    (tmp_path / "b").write_text("another")
    assert surely_leaving([choice]) == (files[2],)
    (tmp_path / "a").unlink()
    assert surely_leaving([choice]) == ()
