"""The catalog links files to slots both ways, in one transaction, and shows each reader one state."""

from collections.abc import Sequence

import numpy as np

from tests.store.builders import PICTURE, TEXT, a_file, a_stat
from vexgui.core.files import Kind
from vexgui.core.vectors import CodecName, Source
from vexgui.store.catalog import Catalog, edits
from vexgui.store.catalog.schema import PAGE_CACHE_BYTES
from vexgui.store.rows import Extent, FileId, Stamp

TREE = (b"/a/x", b"/a/b/y", b"/a/b/c/z", b"/ab/x")


def keep(catalog: Catalog, *paths: bytes) -> list[FileId]:
    with catalog.writing() as db:
        return edits.put_files(db, [a_file(path) for path in paths], 77, [0] * len(paths))


def run_of(file: FileId, first: int, ordinals: Sequence[int] = (0,), space: int = 1) -> Extent:
    return Extent(space, first, len(ordinals), file, np.array(ordinals, np.uint32), Source.RECORD, 0.75, 123)


def link(catalog: Catalog, *extents: Extent) -> None:
    with catalog.writing() as db:
        edits.insert_extents(db, extents)


def plain(extents: Sequence[Extent]) -> list[tuple[int, int, int, list[int]]]:
    return [(extent.file, extent.space, extent.first, extent.ordinals.tolist()) for extent in extents]


# Ids


def test_a_file_keeps_its_id_when_it_changes_or_moves(catalog: Catalog) -> None:
    (file,) = keep(catalog, b"/a/x")
    assert keep(catalog, b"/a/x") == [file]
    with catalog.writing() as db:
        assert edits.rename_file(db, b"/a/x", b"/b/y", 78) == ([], [file])
        assert edits.rename_folder(db, b"/b", b"/c", 79) == ([], [file])
    assert catalog.paths([file]) == {file: b"/c/y"}


def test_the_id_of_a_file_that_is_gone_is_never_given_to_another(catalog: Catalog) -> None:
    (file,) = keep(catalog, b"/a")
    with catalog.writing() as db:
        edits.delete_file(db, b"/a")
    assert keep(catalog, b"/a")[0] > file


def test_many_files_at_once_are_each_new_or_changed(catalog: Catalog) -> None:
    first = keep(catalog, b"/d/0", b"/d/1", b"/e/0")
    second = keep(catalog, b"/d/2", b"/d/1", b"/f/0", b"/d/0")
    assert (second[1], second[3]) == (first[1], first[0])
    assert catalog.count_files() == (5, 0)
    assert catalog.count_passages() == 5


# Extents


def test_extents_come_back_as_they_were_kept(catalog: Catalog) -> None:
    one, two = keep(catalog, b"/1", b"/2")
    extents = [run_of(one, 9, (0, 1, 2)), run_of(one, 3, (4, 6), space=2), run_of(two, 5, (1,))]
    link(catalog, *extents)
    assert plain(catalog.extents(one)) == plain(extents[:2])
    assert plain(catalog.extents_of([two, one])) == plain(extents)
    kept = catalog.extents(two)[0]
    assert (kept.count, kept.source, kept.confidence, kept.made_s) == (1, Source.RECORD, 0.75, 123)
    assert catalog.extents(FileId(99)) == []


def test_all_extents_of_a_space_are_given_by_their_first_slots(catalog: Catalog) -> None:
    one, two = keep(catalog, b"/1", b"/2")
    link(catalog, run_of(one, 9, (0, 1)), run_of(two, 4), run_of(one, 2), run_of(one, 1, space=2))
    found = catalog.extents_in(1)
    assert (found.first.tolist(), found.count.tolist()) == ([2, 4, 9], [1, 1, 2])
    assert found.file.tolist() == [one, two, one]
    assert catalog.extents_in(7).first.shape == (0,)


def test_deleted_extents_are_dead_from_an_epoch_until_they_are_free(catalog: Catalog) -> None:
    (file,) = keep(catalog, b"/1")
    link(catalog, run_of(file, 9, (0, 1)), run_of(file, 20))
    with catalog.writing() as db:
        edits.delete_extents(db, edits.extents_of(db, [file])[:1], 6)
        edits.set_epoch(db, 6)
    assert catalog.epoch() == 6
    assert [extent.first for extent in catalog.extents(file)] == [20]
    assert (catalog.dead_in(1), catalog.dead_in(2)) == ([(9, 2)], [])
    with catalog.writing() as db:
        assert edits.dead(db) == [(1, 9, 2, 6)]
        edits.undead(db, [(1, 9, 2, 6)])
        assert edits.dead(db) == []


def test_a_removed_file_tells_its_extents(catalog: Catalog) -> None:
    one, two, three = keep(catalog, b"/d/1", b"/d/2", b"/e/3")
    extents = [run_of(one, 1), run_of(one, 2, space=2), run_of(two, 3), run_of(three, 4)]
    link(catalog, *extents)
    with catalog.writing() as db:
        removed = edits.delete_files(db, [b"/d/1", b"/e/3", b"/unknown"])
    assert plain(removed) == plain([extents[0], extents[1], extents[3]])
    with catalog.writing() as db:
        assert plain(edits.delete_folder(db, b"/d")) == plain([extents[2]])
    assert catalog.count_files() == (0, 0)
    assert catalog.folders_under(b"/") == ()


def test_what_a_renamed_file_or_folder_pushes_out_tells_its_extents(catalog: Catalog) -> None:
    old, there, inside = keep(catalog, b"/a/old", b"/b/new", b"/b/c/x")
    link(catalog, run_of(old, 1), run_of(there, 2), run_of(inside, 3))
    with catalog.writing() as db:
        removed, moved = edits.rename_file(db, b"/a/old", b"/b/new", 78)
        assert (plain(removed), moved) == (plain([run_of(there, 2)]), [old])
        removed, moved = edits.rename_folder(db, b"/b/c", b"/b", 79)
        assert (plain(removed), moved) == (plain([run_of(old, 1)]), [inside])


def test_compaction_gives_every_extent_of_its_space_a_new_place(catalog: Catalog) -> None:
    text = catalog.add_space(TEXT, CodecName.INT8)
    catalog.add_space(PICTURE, CodecName.INT8)
    one, two = keep(catalog, b"/1", b"/2")
    link(catalog, run_of(one, 9, (0, 1)), run_of(two, 4), run_of(one, 4, (2,), space=2))
    with catalog.writing() as db:
        edits.delete_extents(db, [run_of(two, 4)], 3)
        edits.insert_extents(db, [run_of(two, 6)])
        old, new = np.array([6, 9]), np.array([0, 6])
        edits.renumber(db, text.number, old, new, 2, CodecName.PRINCIPAL, b"learnt")
        assert edits.dead(db) == []
    assert plain(catalog.extents_of([one, two])) == plain(
        [run_of(one, 6, (0, 1)), run_of(one, 4, (2,), space=2), run_of(two, 0)]
    )
    kept = catalog.space(TEXT.id)
    assert kept is not None
    assert (kept.generation, kept.codec, kept.basis) == (2, CodecName.PRINCIPAL, b"learnt")


# Roots, and what columns mirror


def test_roots_keep_their_numbers_in_force_or_not(catalog: Catalog) -> None:
    with catalog.writing() as db:
        assert edits.set_roots(db, [b"/a", b"/a/b"]) == {b"/a": 1, b"/a/b": 2}
        assert edits.set_roots(db, [b"/z", b"/a"]) == {b"/a": 1, b"/z": 3}
        assert edits.set_roots(db, [b"/a/b", b"/z"]) == {b"/a/b": 2, b"/z": 3}
    assert catalog.roots() == {b"/a/b": 2, b"/z": 3}


def test_files_get_the_roots_of_their_folders_and_only_those_that_change_are_named(catalog: Catalog) -> None:
    x, y, z, other = keep(catalog, *TREE)
    with catalog.writing() as db:
        assert set(edits.assign_roots(db, lambda folder: 2 if folder == b"/a/b" else 1)) == {x, y, z, other}
        assert edits.assign_roots(db, lambda folder: 2 if folder.startswith(b"/a/b") else 1) == [z]
        assert set(edits.assign_roots(db, lambda _: 0, b"/a/b")) == {y, z}
    assert {row.path: row.root_id for row in catalog.all_files()} == dict(zip(TREE, (1, 0, 0, 1), strict=True))


def test_stamps_say_what_the_columns_mirror(catalog: Catalog) -> None:
    with catalog.writing() as db:
        file = edits.put_files(db, [a_file(b"/a", stat=a_stat(size=12))], 77, [5])[0]
    assert catalog.stamps([file, FileId(99)]) == {file: Stamp(Kind.TEXT, 5, 12, a_stat().mtime_ns)}


def test_only_files_whose_size_or_mtime_moved_need_new_stamps(catalog: Catalog) -> None:
    same, moved = keep(catalog, b"/same", b"/moved")
    with catalog.writing() as db:
        stats = [(b"/same", a_stat(inode=9)), (b"/moved", a_stat(size=11)), (b"/unknown", a_stat())]
        assert edits.update_stats(db, stats) == [moved]
    row = catalog.files([same])[same]
    assert row.stat.inode == 9


# Snapshots


def test_a_pinned_view_stays_as_it_was_while_the_catalog_changes(catalog: Catalog) -> None:
    (file,) = keep(catalog, b"/a")
    link(catalog, run_of(file, 1))
    with catalog.pinned() as view:
        keep(catalog, b"/b")
        with catalog.writing() as db:
            edits.delete_extents(db, edits.extents_of(db, [file]), 1)
            edits.set_epoch(db, 1)
        assert (view.count_files(), view.epoch(), len(view.extents(file))) == ((1, 0), 0, 1)
        assert (catalog.count_files(), catalog.epoch(), len(catalog.extents(file))) == ((2, 0), 1, 0)
    with catalog.pinned() as view:
        assert (view.count_files(), view.epoch()) == ((2, 0), 1)


def test_the_memory_a_connection_keeps_the_links_in_is_bounded(catalog: Catalog) -> None:
    with catalog.reading() as db:
        assert db.execute("PRAGMA cache_size").fetchone()[0] == -PAGE_CACHE_BYTES // 1024
    assert catalog._writer.execute("PRAGMA cache_size").fetchone()[0] == -PAGE_CACHE_BYTES // 1024


def test_a_rebuild_that_has_begun_is_known_until_it_has_ended(catalog: Catalog) -> None:
    assert not catalog.rebuilding()
    with catalog.writing() as db:
        edits.set_rebuilding(db, rebuilding=True)
    assert catalog.rebuilding()
    with catalog.writing() as db:
        edits.set_rebuilding(db, rebuilding=False)
    assert not catalog.rebuilding()
