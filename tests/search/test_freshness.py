"""Whether a file is still the one that was indexed, on real files."""

import errno
import os

import pytest

from tests.search.conftest import Shelf
from vexgui.search.freshness import Look, holds_content, is_fresh, look_at
from vexgui.store.rows import FileRow
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused, Refusal

NAME = "note.txt"


@pytest.fixture
def row(shelf: Shelf) -> FileRow:
    shelf.index(note_txt="some words")
    found = shelf.store.catalog.file(shelf.path(NAME))
    assert found is not None
    shelf.tick(found.path)
    return found


def rewrite(row: FileRow, text: str, *, restore_mtime: bool) -> None:
    with open(row.path, "r+", encoding="utf-8") as file:
        file.write(text)
        file.truncate()
    if restore_mtime:
        os.utime(row.path, ns=(row.stat.mtime_ns, row.stat.mtime_ns))
    else:
        os.utime(row.path, ns=(row.stat.mtime_ns + 10**9, row.stat.mtime_ns + 10**9))


def test_an_untouched_file_is_the_same(row: FileRow) -> None:
    assert look_at(row) is Look.SAME
    assert is_fresh(row)


def test_another_size_is_another_content(row: FileRow) -> None:
    rewrite(row, "some words and more", restore_mtime=True)
    assert look_at(row) is Look.CHANGED
    assert not is_fresh(row)


def test_an_edit_of_the_same_length_is_seen(row: FileRow) -> None:
    rewrite(row, "some swrod", restore_mtime=False)
    assert look_at(row) is Look.CHANGED


def test_an_edit_of_the_same_length_with_its_time_set_back_is_seen(row: FileRow) -> None:
    rewrite(row, "some swrod", restore_mtime=True)
    now = os.stat(row.path)
    assert (now.st_size, now.st_mtime_ns) == (row.stat.size, row.stat.mtime_ns)
    assert look_at(row) is Look.CHANGED


def test_a_file_that_took_the_place_of_another_of_the_same_size_and_time_is_seen(row: FileRow, shelf: Shelf) -> None:
    other = shelf.write("other", "same words")
    os.utime(other, ns=(row.stat.mtime_ns, row.stat.mtime_ns))
    os.replace(other, row.path)
    assert look_at(row) is Look.CHANGED


def test_a_copy_that_took_the_place_of_the_file_is_only_touched(row: FileRow, shelf: Shelf) -> None:
    os.replace(shelf.write("other", "some words"), row.path)
    assert look_at(row) is Look.TOUCHED
    assert is_fresh(row)


def test_other_rights_and_other_times_leave_a_file_fresh(row: FileRow) -> None:
    os.chmod(row.path, 0o600)
    assert look_at(row) is Look.TOUCHED
    os.utime(row.path, ns=(1, 1))
    assert look_at(row) is Look.TOUCHED
    assert is_fresh(row)


def test_a_file_that_is_gone_is_not_fresh(row: FileRow) -> None:
    os.unlink(row.path)
    assert look_at(row) is Look.GONE
    assert not is_fresh(row)


@pytest.mark.parametrize("replacement", ["folder", "link", "pipe"])
def test_what_is_no_file_any_more_is_not_fresh(row: FileRow, shelf: Shelf, replacement: str) -> None:
    os.rename(row.path, shelf.path("moved"))
    if replacement == "folder":
        os.mkdir(row.path)
    elif replacement == "link":
        os.symlink(shelf.path("moved"), row.path)
    else:
        os.mkfifo(row.path)
    assert look_at(row) is Look.CHANGED


def test_content_that_cannot_be_read_is_not_held(row: FileRow, shelf: Shelf) -> None:
    assert holds_content(row.path, row.stat.size, row.content_hash)
    assert not holds_content(row.path, row.stat.size, bytes(16))
    assert not holds_content(shelf.path("missing"), row.stat.size, row.content_hash)
    os.mkfifo(shelf.path("pipe"))
    assert not holds_content(shelf.path("pipe"), row.stat.size, row.content_hash)


def test_a_file_that_may_not_be_read_any_more_is_not_fresh(row: FileRow, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: bytes) -> int:
        raise AttributeRefused(Refusal.NO_ACCESS, errno.EACCES)

    os.chmod(row.path, 0)
    monkeypatch.setattr(attributes, "open_for_attributes", denied)
    assert look_at(row) is Look.CHANGED
