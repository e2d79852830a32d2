"""The catalog finds files, names and words again, whatever their bytes."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tests.store.builders import PICTURE, RECIPE, TEXT, a_file, a_stat, vectors
from vexgui.core.errors import DiskFull, PermissionProblem, ProfileBusy, StoreDamaged, StoreTooNew
from vexgui.core.files import FileFacts, FileStat, FileState, PassageKind
from vexgui.core.paths import joined
from vexgui.core.vectors import CodecName
from vexgui.store.catalog import Catalog, KeptSpace, edits, folded
from vexgui.store.format import CATALOG_VERSION
from vexgui.store.rows import Extent, FileId, FileUpdate, PassageId

ODD = b"/d/\xff\xfe\xe4.txt"


@pytest.fixture
def path(tmp_path: Path) -> bytes:
    return os.fsencode(tmp_path / "catalog %?#.db")


@pytest.fixture
def catalog(path: bytes) -> Iterator[Catalog]:
    opened = Catalog(path, writable=True)
    yield opened
    opened.close()


def keep(catalog: Catalog, *updates: FileUpdate) -> None:
    with catalog.writing() as db:
        edits.put_files(db, updates, 77, [0] * len(updates))


def named(catalog: Catalog, *parts: str, limit: int = 100) -> list[bytes]:
    ids = catalog.with_names(parts, limit)
    files = catalog.files(ids)
    return [files[number].path for number in ids]


def worded(catalog: Catalog, *terms: str, limit: int = 100) -> dict[str, int]:
    hits = catalog.with_words(terms, limit).hits
    passages = catalog.passages([hit.passage_id for hit in hits])
    return {passages[hit.passage_id].text: len(hit.held) for hit in hits}


# Files


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
    assert catalog.failures(5) == ((b"/a/b/torn", "torn"),)


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


# Folders that move

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


# Names


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("report 100%.txt", "100%"),
        ("100 percent.txt", "100"),
        ("a_b.txt", "a_b"),
        ("back\\slash.txt", "k\\s"),
        ('quo"te.txt', 'o"t'),
        ("it's.txt", "t's"),
        ("(1) AND (2).txt", ") AND ("),
        ("Ärger.txt", "ÄRGER"),
        ("ÄRGER.TXT", "ärger"),
        ("A\u0308rger.txt", "\u00e4rg"),
        ("Café.txt", "cafe"),
        ("Straße.txt", "STRASSE"),
        ("Ñandú.txt", "ñA"),
        ("ab.txt", "B"),
        ("%.txt", "%"),
        ("_.txt", "_"),
        ("\\.txt", "\\"),
        ("漢字.txt", "字"),
        ("photo-2024.jpg", "-20"),
    ],
)
def test_a_name_is_found_by_any_stretch_of_it(catalog: Catalog, name: str, part: str) -> None:
    keep(catalog, a_file(joined(b"/d", name.encode())), a_file(b"/d/something else entirely"))
    assert named(catalog, part) == [joined(b"/d", name.encode())]


@pytest.mark.parametrize("part", ["%", "_", "a%c", "a_c", "100%", "\\", "*", "^", '"', "NEAR"])
def test_signs_with_a_meaning_elsewhere_stand_for_themselves(catalog: Catalog, part: str) -> None:
    keep(catalog, a_file(b"/d/abc 1000"))
    assert named(catalog, part) == []


def test_every_part_must_be_in_the_name(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/d/summer at sea.jpg"), a_file(b"/d/summer.jpg"), a_file(b"/d/sea.jpg"))
    assert named(catalog, "summer", "sea") == [b"/d/summer at sea.jpg"]
    assert named(catalog, "summer", "at") == [b"/d/summer at sea.jpg"]
    assert named(catalog, "su", "se") == [b"/d/summer at sea.jpg"]


def test_the_shortest_names_come_first_up_to_a_limit(catalog: Catalog) -> None:
    keep(catalog, *[a_file(b"/d/x" + b"y" * number) for number in (3, 1, 2)])
    assert named(catalog, "x", limit=2) == [b"/d/xy", b"/d/xyy"]


def test_parts_without_letters_find_nothing(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/d/a"))
    assert named(catalog) == named(catalog, "") == named(catalog, "\u0301") == []


def test_a_name_that_is_not_text_is_found_by_what_is_text_in_it(catalog: Catalog) -> None:
    keep(catalog, a_file(ODD))
    assert named(catalog, ".txt") == [ODD]


def test_only_the_name_counts_not_the_folder(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/folder/file"))
    assert named(catalog, "folder") == []


def test_folding_is_the_same_for_all_spellings_of_a_name() -> None:
    assert {folded(name) for name in ("CAFÉ", "café", "cafe\u0301", "Cafe", "CAFE\u0301")} == {"cafe"}
    assert folded("\u2121\u1e9eİ") == "telssi"


# Words


def test_words_are_found_by_their_stems_whatever_their_case_and_accents(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", texts=["Two runners were RUNNING near the Café"]))
    for term in ("run", "running", "runner", "cafe", "CAFÉ", "were"):
        assert len(worded(catalog, term)) == 1, term
    assert worded(catalog, "ru") == {}


def test_a_phrase_is_found_as_it_stands(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", texts=["a red house by the sea", "a house, red like the sea"]))
    assert worded(catalog, "red house") == {"a red house by the sea": 1}


def test_passages_say_how_many_of_the_terms_they_hold(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", texts=["apples", "apples and pears", "plums"]))
    assert worded(catalog, "apple", "pear") == {"apples and pears": 2, "apples": 1}


def test_the_best_passages_come_first_up_to_a_limit(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", texts=["apple pie", "apple apple", "bread and butter and jam and an apple"]))
    keep(catalog, a_file(b"/b", texts=["nothing of the kind"] * 9))
    hits = catalog.with_words(["apple"], 2).hits
    assert len(hits) == 2
    assert hits[0].closeness == 1 >= hits[1].closeness > 0


@pytest.mark.parametrize("term", ['"', "*", "a*", "NOT", "AND", "a OR b", "text:", "-", "(", "^a", "'", "日本"])
def test_no_term_is_taken_for_an_operator(catalog: Catalog, term: str) -> None:
    keep(catalog, a_file(b"/a", texts=["words of no interest"]))
    assert worded(catalog, term) == {}


def test_words_of_a_removed_file_are_found_no_more(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", texts=["unmistakable"]), a_file(b"/b", texts=["unmistakable too"]))
    with catalog.writing() as db:
        edits.delete_file(db, b"/a")
        db.execute("INSERT INTO words(words, rank) VALUES ('integrity-check', 1)")
    assert worded(catalog, "unmistakable") == {"unmistakable too": 1}
    assert named(catalog, "a") == []


def test_text_with_a_nul_in_it_is_kept_and_removed_again(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", texts=["before\0after"]))
    with catalog.writing() as db:
        edits.delete_file(db, b"/a")
        db.execute("INSERT INTO words(words, rank) VALUES ('integrity-check', 1)")
    assert catalog.count_passages() == 0


# Spaces and vectors


def test_a_space_comes_back_as_it_was_kept(catalog: Catalog) -> None:
    first = catalog.add_space(TEXT, CodecName.INT8)
    second = catalog.add_space(PICTURE, CodecName.FLOAT16)
    assert catalog.spaces() == (first, second)
    assert catalog.space(PICTURE.id) == KeptSpace(second.number, PICTURE, CodecName.FLOAT16, 1)
    assert catalog.space(TEXT.id) == first


def test_files_that_lack_vectors_are_those_with_passages_of_the_kind_and_none_in_the_space(catalog: Catalog) -> None:
    text = catalog.add_space(TEXT, CodecName.INT8)
    keep(catalog, a_file(b"/has"), a_file(b"/lacks"))
    row = catalog.file(b"/has")
    assert row is not None
    (passage,) = catalog.passages_of(row.id)
    assert passage.kind is PassageKind.TEXT
    with catalog.writing() as db:
        edits.insert_extents(db, [Extent(text.number, 7, 1, row.id, np.array([0], np.uint32))])
    assert list(catalog.lacking_vectors(text.number, TEXT.modality)) == [b"/lacks"]
    assert not catalog.lacks_vectors(row.id, text.number, TEXT.modality)
    assert not catalog.lacks_vectors(row.id, 99, PICTURE.modality)
    assert catalog.lacks_vectors(row.id, 99, TEXT.modality)


def test_a_file_with_fewer_vectors_than_passages_lacks_some(catalog: Catalog) -> None:
    text = catalog.add_space(TEXT, CodecName.INT8)
    keep(catalog, a_file(b"/long", texts=["one", "two", "three", "four"]))
    row = catalog.file(b"/long")
    assert row is not None
    for first, ordinals in [(0, [0, 2]), (8, [3])]:
        with catalog.writing() as db:
            extent = Extent(text.number, first, len(ordinals), row.id, np.array(ordinals, np.uint32))
            edits.insert_extents(db, [extent])
        assert list(catalog.lacking_vectors(text.number, TEXT.modality)) == [b"/long"]
        assert catalog.lacks_vectors(row.id, text.number, TEXT.modality)
    with catalog.writing() as db:
        edits.insert_extents(db, [Extent(text.number, 16, 1, row.id, np.array([1], np.uint32))])
    assert not catalog.lacking_vectors(text.number, TEXT.modality)
    assert not catalog.lacks_vectors(row.id, text.number, TEXT.modality)


# Opening, failing, sharing


def _insert_and_fail(db: sqlite3.Connection) -> None:
    edits.put_files(db, [a_file(b"/a")], 1, [0])[0]
    raise PermissionProblem("No.")


def test_a_failed_transaction_leaves_nothing_behind(catalog: Catalog) -> None:
    with pytest.raises(PermissionProblem), catalog.writing() as db:
        _insert_and_fail(db)
    assert catalog.file(b"/a") is None
    keep(catalog, a_file(b"/b"))
    assert catalog.count_files() == (1, 0)


def test_a_full_disk_is_told_and_leaves_nothing_behind(catalog: Catalog) -> None:
    pages = catalog._writer.execute("PRAGMA page_count").fetchone()[0]
    catalog._writer.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DiskFull):
        keep(catalog, *[a_file(b"/%d" % number, texts=["word " * 500]) for number in range(100)])
    assert catalog.count_files() == (0, 0)
    catalog._writer.execute("PRAGMA max_page_count = 1000000")
    keep(catalog, a_file(b"/a"))
    assert catalog.count_files() == (1, 0)


def test_a_catalog_kept_locked_by_another_is_busy_not_damaged(catalog: Catalog, path: bytes) -> None:
    other = sqlite3.connect(os.fsdecode(path), isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        catalog._writer.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(ProfileBusy):
            keep(catalog, a_file(b"/a"))
    finally:
        other.close()
    keep(catalog, a_file(b"/a"))


def test_a_reader_sees_each_commit_and_writes_nothing(catalog: Catalog, path: bytes) -> None:
    reader = Catalog(path, writable=False)
    try:
        assert reader.count_files() == (0, 0)
        keep(catalog, a_file(b"/a"))
        assert reader.count_files() == (1, 0)
        with pytest.raises(PermissionProblem), reader.writing() as db:
            db.execute("DELETE FROM files")
    finally:
        reader.close()


def test_a_commit_is_on_the_disk_when_it_returns(catalog: Catalog) -> None:
    assert catalog._writer.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert catalog._writer.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_threads_read_while_one_writes(catalog: Catalog) -> None:
    def read(_: int) -> bool:
        return catalog.count_files()[0] % 2 == 0 and len(catalog.with_names(["fil"], 5)) <= 5

    with ThreadPoolExecutor(3) as pool:
        answers = [pool.submit(read, number) for number in range(150)]
        for number in range(30):
            keep(catalog, a_file(b"/file %d" % number), a_file(b"/fill %d" % number))
        assert all(answer.result() for answer in answers)


def test_a_newer_catalog_is_named(catalog: Catalog, path: bytes) -> None:
    catalog._writer.execute(f"PRAGMA user_version = {CATALOG_VERSION + 1}")
    for writable in (True, False):
        with pytest.raises(StoreTooNew):
            Catalog(path, writable=writable)


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE spaces(id)")
    other.commit()
    other.close()
    before = file.read_bytes()
    with pytest.raises(StoreDamaged):
        Catalog(os.fsencode(file), writable=True)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"not a database, and longer than its header would be" * 100, b"SQLite format 3\0"]
)
def test_what_is_no_database_is_damage(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "catalog.db"
    file.write_bytes(content)
    for writable in (True, False):
        with pytest.raises(StoreDamaged):
            Catalog(os.fsencode(file), writable=writable)


def test_a_missing_catalog_is_damage_to_a_reader_and_is_not_created(path: bytes) -> None:
    with pytest.raises(StoreDamaged):
        Catalog(path, writable=False)
    assert not os.path.exists(path)


def test_unused_pages_are_given_back(catalog: Catalog, path: bytes) -> None:
    keep(catalog, *[a_file(b"/%d" % number, vectors(3), texts=["word " * 200] * 3) for number in range(200)])
    catalog.vacuum()
    before = os.stat(path).st_size
    with catalog.writing() as db:
        for number in range(200):
            edits.delete_file(db, b"/%d" % number)
    catalog.vacuum()
    assert os.stat(path).st_size < before / 2
