"""Tags and ratings lie on files as Dolphin and Baloo have them, and nothing else about the files changes."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from vexgui.core.errors import UsageProblem
from vexgui.core.files import NO_LABELS, Labels
from vexgui.system.attributes import stat_of
from vexgui.system.birth import birth_of
from vexgui.system.labels import RATING, TAGS, change_tags, insist_on_rating, insist_on_tag, read_labels, set_rating


@pytest.fixture
def file(tmp_path: Path) -> Iterator[int]:
    path = tmp_path / "a.txt"
    path.write_bytes(b"content")
    descriptor = os.open(path, os.O_RDWR)
    yield descriptor
    os.close(descriptor)


def test_tags_and_a_rating_are_written_as_the_desktop_writes_them(file: int) -> None:
    change_tags(file, ["red", "Été 東京"], [])
    set_rating(file, 7)
    assert os.getxattr(file, TAGS) == "red,Été 東京".encode()
    assert os.getxattr(file, RATING) == b"7"
    assert read_labels(file) == Labels(("red", "Été 東京"), 7)


def test_where_nothing_is_left_the_attributes_go(file: int) -> None:
    change_tags(file, ["red"], [])
    set_rating(file, 7)
    change_tags(file, [], ["red", "never there"])
    set_rating(file, None)
    assert os.listxattr(file) == []
    assert read_labels(file) == NO_LABELS
    set_rating(file, 0)
    assert os.listxattr(file) == []


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        (b"b,a", ("a", "b")),
        (b"a, b", ("a", "b")),  # Baloo, before 2015
        (b",a,,a, ,", ("a",)),
        (b"caf\xe9", ("caf\ufffd",)),
        (b"a/b,with blanks", ("a/b", "with blanks")),
        (b"", ()),
    ],
)
def test_what_others_wrote_as_tags_is_read(file: int, value: bytes, tags: tuple[str, ...]) -> None:
    os.setxattr(file, TAGS, value)
    assert read_labels(file) == Labels(tags)


@pytest.mark.parametrize(
    ("value", "rating"),
    [
        (b"10", 10),
        (b"1", 1),
        (b" 4\n", 4),
        (b"0", None),
        (b"11", None),
        (b"-3", None),
        (b"five", None),
        (b"9" * 99, None),
    ],
)
def test_what_others_wrote_as_a_rating_is_read(file: int, value: bytes, rating: int | None) -> None:
    os.setxattr(file, RATING, value)
    assert read_labels(file) == Labels((), rating)


def test_tags_that_stay_keep_their_order_and_their_bytes(file: int) -> None:
    os.setxattr(file, TAGS, b"z,caf\xe9,a")
    change_tags(file, ["new", "z", "new"], ["a"])
    assert os.getxattr(file, TAGS) == b"z,caf\xe9,new"


def test_labels_that_are_there_already_are_not_written_again(file: int) -> None:
    change_tags(file, ["red"], [])
    set_rating(file, 3)
    before = stat_of(file)
    change_tags(file, ["red"], ["blue"])
    set_rating(file, 3)
    assert stat_of(file) == before


def test_content_mtime_and_mode_stay(file: int) -> None:
    os.fchmod(file, 0o640)
    os.utime(file, ns=(5, 7))
    before = os.fstat(file)
    change_tags(file, ["red"], [])
    set_rating(file, 2)
    after = os.fstat(file)
    assert (after.st_mtime_ns, after.st_mode, after.st_size) == (7, before.st_mode, before.st_size)
    assert os.pread(file, 99, 0) == b"content"


def test_a_file_whose_attributes_cannot_be_read_has_no_labels(tmp_path: Path) -> None:
    assert read_labels(os.fsencode(tmp_path / "missing")) == NO_LABELS


@pytest.mark.parametrize("tag", ["", " ", "a,b", " a", "a ", "a\nb", "a\0", "\ud800"])
def test_what_cannot_be_a_tag_is_refused(tag: str) -> None:
    with pytest.raises(UsageProblem, match="cannot be a tag"):
        insist_on_tag(tag)


def test_a_tag_cannot_be_added_and_removed_at_once() -> None:
    insist_on_tag("a", ["b"])
    with pytest.raises(UsageProblem, match="at once"):
        insist_on_tag("a", ["b", "a"])


@pytest.mark.parametrize("rating", [-1, 11])
def test_what_cannot_be_a_rating_is_refused(rating: int) -> None:
    with pytest.raises(UsageProblem, match="cannot be a rating"):
        insist_on_rating(rating)


def test_a_file_was_made_between_its_folder_and_its_last_change(file: int, tmp_path: Path) -> None:
    descriptor = os.open(tmp_path, os.O_RDONLY)
    try:
        folder = birth_of(descriptor)
    finally:
        os.close(descriptor)
    made = birth_of(file)
    if made is None or folder is None:
        pytest.skip("this file system does not say when a file was made")
    os.utime(file, ns=(5, 7))
    assert folder <= made
    assert birth_of(file) == made


def test_of_what_is_not_open_no_birth_is_known() -> None:
    assert birth_of(-1) is None
