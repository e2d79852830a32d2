"""The catalog finds files again, whatever their bytes, and takes along what lies in a folder that moves."""

from collections.abc import Sequence

import numpy as np
import pytest

from tests.store.builders import RECIPE, TEXT, a_file, a_stat
from tests.store.catalog.keeping import ODD, keep, named
from vexgui.core.files import FileFacts, FileStat, FileState
from vexgui.core.vectors import CodecName
from vexgui.store.catalog import Catalog, edits
from vexgui.store.rows import Extent, FileId, PassageId


def test_a_file_comes_back_as_it_was_kept(catalog: Catalog) -> None:
    update = a_file(b"/d/a.txt", reason="It is torn.", stat=FileStat(7, 8, 9, -10, 11, 0o100600, 12))
    keep(catalog, update)
    row = catalog.file(b"/d/a.txt")
    assert row is not None
    assert (row.path, row.stat, row.content_hash) == (update.path, update.stat, update.content_hash)
    assert (row.kind, row.mime, row.state, row.reason) == (update.kind, "text/plain", FileState.FAILED, "It is torn.")
    assert (row.recipe, row.facts, row.indexed_ns, row.record_note) == (RECIPE, FileFacts(title="A title"), 77, "")


@pytest.mark.parametrize("file", [ODD, b"/a", b"/d/line\nbreak", "/d/\N{PILE OF POO}".encode(), b"/d/ "])
def test_any_path_comes_back_byte_for_byte(catalog: Catalog, file: bytes) -> None:
    keep(catalog, a_file(file))
    row = catalog.file(file)
    assert row is not None
    assert row.path == file
    assert [found.path for found in catalog.all_files()] == [file]


@pytest.mark.parametrize("inode", [0, 2**63 - 1, 2**63, 2**64 - 1])
def test_inode_numbers_use_all_64_bits(catalog: Catalog, inode: int) -> None:
    keep(catalog, a_file(b"/a", stat=a_stat(inode=inode)))
    row = catalog.file(b"/a")
    assert row is not None
    assert row.stat.inode == inode
    with catalog.writing() as db:
        edits.update_stats(db, [(b"/a", a_stat(inode=2**64 - 1 - inode))])
    row = catalog.file(b"/a")
    assert row is not None
    assert row.stat.inode == 2**64 - 1 - inode


def test_text_that_is_not_unicode_is_kept_as_far_as_it_is(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", texts=["half a pair \udc80 of letters"], reason="Cannot read \udcff."))
    row = catalog.file(b"/a")
    assert row is not None
    assert row.reason == "Cannot read ?."
    assert [passage.text for passage in catalog.passages_of(row.id)] == ["half a pair ? of letters"]


def test_a_file_of_the_same_content_is_found_only_if_it_was_read_well_and_alike(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", reason="torn"), a_file(b"/b", content_hash=b"x" * 16))
    assert catalog.twin(b"h" * 16, 10, RECIPE, b"/z") is None
    keep(catalog, a_file(b"/c"))
    assert catalog.twin(b"h" * 16, 10, RECIPE, b"/z") is None, "it has no vectors"
    number = catalog.add_space(TEXT, CodecName.INT8).number
    row = catalog.file(b"/c")
    assert row is not None
    with catalog.writing() as db:
        edits.insert_extents(db, [Extent(number, 0, 1, row.id, np.zeros(1, np.uint32))])
    twin = catalog.twin(b"h" * 16, 10, RECIPE, b"/z")
    assert twin is not None
    assert twin.path == b"/c"
    assert catalog.twin(b"h" * 16, 11, RECIPE, b"/z") is None
    assert catalog.twin(b"h" * 16, 10, RECIPE + 1, b"/z") is None
    assert catalog.twin(b"h" * 16, 10, RECIPE, b"/c") is None, "it is the file itself"


def test_files_are_listed_by_folder_and_counted_beneath_it(catalog: Catalog) -> None:
    keep(catalog, *[a_file(path) for path in (b"/a/x", b"/a/y", b"/a/b/x", b"/ab/x", b"/a0/x")])
    keep(catalog, a_file(b"/a/b/torn", reason="torn"))
    assert set(catalog.folder(b"/a")) == {b"x", b"y"}
    assert set(catalog.folders_under(b"/a")) == {b"/a", b"/a/b"}
    assert set(catalog.folders_under(b"/")) == {b"/a", b"/a/b", b"/ab", b"/a0"}
    assert catalog.count_files(b"/a") == (4, 1)
    assert catalog.count_files() == (6, 1)
    assert catalog.count_passages() == 6
    assert [(file.path, file.reason) for file in catalog.failures(5)] == [(b"/a/b/torn", "torn")]


def test_files_in_the_root_folder_are_known(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a"))
    assert set(catalog.folder(b"/")) == {b"a"}
    assert catalog.count_files(b"/") == (1, 0)


def test_all_files_are_gone_through_once_however_many(catalog: Catalog) -> None:
    keep(catalog, *[a_file(b"/%d" % number) for number in range(2001)])
    assert len({row.path for row in catalog.all_files()}) == 2001


def test_unknown_ids_are_left_out(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a"))
    row = catalog.file(b"/a")
    assert row is not None
    assert set(catalog.files([row.id, FileId(99)])) == {row.id}
    assert catalog.passages([PassageId(99)]) == {}


TREE = (b"/a/b/x", b"/a/b/c/x", b"/a/bc/x", b"/a/b0/x", b"/a/b.d/x", b"/a/b/\xff/x", b"/a/x")


def moved(catalog: Catalog, old: bytes, new: bytes, tree: Sequence[bytes] = TREE) -> set[bytes]:
    keep(catalog, *[a_file(path) for path in tree])
    with catalog.writing() as db:
        edits.rename_folder(db, old, new, 78)
    return {row.path for row in catalog.all_files()}


def test_a_moved_folder_takes_along_what_lies_in_it_and_nothing_else(catalog: Catalog) -> None:
    assert moved(catalog, b"/a/b", b"/z") == {
        b"/z/x", b"/z/c/x", b"/z/\xff/x", b"/a/bc/x", b"/a/b0/x", b"/a/b.d/x", b"/a/x",
    }  # fmt: skip


def test_a_folder_that_takes_anothers_place_pushes_it_out(catalog: Catalog) -> None:
    assert moved(catalog, b"/a/b", b"/a/bc") == {
        b"/a/bc/x", b"/a/bc/c/x", b"/a/bc/\xff/x", b"/a/b0/x", b"/a/b.d/x", b"/a/x",
    }  # fmt: skip
    assert len(named(catalog, "x")) == 6


def test_a_folder_may_move_into_one_that_takes_its_place(catalog: Catalog) -> None:
    tree = (b"/a/x", b"/a/b/x", b"/a/b/b/x")
    assert moved(catalog, b"/a", b"/a/b", tree) == {b"/a/b/x", b"/a/b/b/x", b"/a/b/b/b/x"}


def test_a_folder_may_take_the_place_of_the_one_it_lies_in(catalog: Catalog) -> None:
    assert moved(catalog, b"/a/b", b"/a", (b"/a/x", b"/a/y", b"/a/b/x", b"/a/b/b/x")) == {b"/a/x", b"/a/b/x"}


def test_a_folder_moved_onto_itself_stays(catalog: Catalog) -> None:
    assert moved(catalog, b"/a/b", b"/a/b") == set(TREE)


def test_a_folder_with_odd_bytes_in_its_name_moves(catalog: Catalog) -> None:
    tree = (b"/\xff\n/x", b"/\xff\n/\xfe/x")
    assert moved(catalog, b"/\xff\n", b"/\x80%_\\", tree) == {b"/\x80%_\\/x", b"/\x80%_\\/\xfe/x"}


def test_a_moved_file_is_found_by_its_new_name_only(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a/old.txt"), a_file(b"/b/new.txt"))
    with catalog.writing() as db:
        edits.rename_file(db, b"/a/old.txt", b"/b/new.txt", 78)
    assert named(catalog, "new") == [b"/b/new.txt"]
    assert named(catalog, "old") == []
