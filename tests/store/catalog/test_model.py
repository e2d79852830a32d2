"""Whatever is done to the catalog, it holds what a dict would, and never contradicts itself."""

import os
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from typing_extensions import override

from tests.store.builders import TEXT, a_file
from vexgui.core.paths import decoded, folder_of, joined, lies_in, name_of
from vexgui.core.vectors import CodecName
from vexgui.store.catalog import Catalog, edits, folded
from vexgui.store.catalog.contradictions import contradictions
from vexgui.store.rows import Extent, FileId

FOLDERS = (b"/", b"/a", b"/a/b", b"/a/b/c", b"/a/bc", b"/z\xff")
PATHS = tuple(joined(folder, name) for folder in FOLDERS for name in (b"x", b"y"))
WORDS = ("apple", "pear", "plum")
LETTERS = st.text(st.sampled_from("abcABC é\u0301ß%_\"'*漢"), min_size=1, max_size=9)


@dataclass(slots=True)
class Kept:
    """What a dict would hold of a file."""

    file: FileId
    texts: Sequence[str]
    slots: Sequence[int]


class CatalogMachine(RuleBasedStateMachine):
    """Puts, removes and renames files and folders in a catalog and in a dict."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.catalog = Catalog(os.fsencode(Path(self.folder.name) / "catalog.db"), writable=True)
        self.space = self.catalog.add_space(TEXT, CodecName.INT8).number
        self.files: dict[bytes, Kept] = {}
        self.next_slot = 0
        self.dead: set[int] = set()

    @override
    def teardown(self) -> None:
        self.catalog.close()
        self.folder.cleanup()

    @rule(
        paths=st.lists(st.sampled_from(PATHS), min_size=1, max_size=4, unique=True),
        texts=st.lists(st.sampled_from(("", *WORDS, "apple pear")), max_size=3),
        extents=st.integers(0, 2),
    )
    def put(self, paths: list[bytes], texts: list[str], extents: int) -> None:
        updates = [a_file(path, parts=[], texts=texts or [""]) for path in paths]
        with self.catalog.writing() as db:
            files = edits.put_files(db, updates, 7, [0] * len(paths))
            self._delete(db, edits.extents_of(db, files))
            for path, file in zip(paths, files, strict=True):
                if path in self.files:
                    assert file == self.files[path].file
                slots = [self.next_slot + 2 * number for number in range(extents)]
                self.next_slot += 2 * extents
                edits.insert_extents(db, [Extent(self.space, slot, 1, file, np.zeros(1, np.uint32)) for slot in slots])
                self.files[path] = Kept(file, texts or [""], slots)

    @rule(paths=st.lists(st.sampled_from(PATHS), max_size=4, unique=True))
    def delete(self, paths: list[bytes]) -> None:
        with self.catalog.writing() as db:
            self._removed(db, edits.delete_files(db, paths), [path for path in paths if path in self.files])

    @rule(old=st.sampled_from(PATHS), new=st.sampled_from(PATHS))
    def rename_file(self, old: bytes, new: bytes) -> None:
        with self.catalog.writing() as db:
            removed, _ = edits.rename_file(db, old, new, 8)
            self._removed(db, removed, [new] if new in self.files and new != old else [])
        if old in self.files:
            self.files[new] = self.files.pop(old)

    @rule(old=st.sampled_from(FOLDERS[1:]), new=st.sampled_from(FOLDERS[1:]))
    def rename_folder(self, old: bytes, new: bytes) -> None:
        if old == new:
            return
        lifted = {path: self.files.pop(path) for path in list(self.files) if lies_in(path, old)}
        with self.catalog.writing() as db:
            removed, moved = edits.rename_folder(db, old, new, 9)
            self._removed(db, removed, [path for path in self.files if lies_in(path, new)])
        assert set(moved) == {kept.file for kept in lifted.values()}
        self.files |= {new + path.removeprefix(old): kept for path, kept in lifted.items()}

    @rule(folder=st.sampled_from(FOLDERS[1:]))
    def delete_folder(self, folder: bytes) -> None:
        with self.catalog.writing() as db:
            self._removed(db, edits.delete_folder(db, folder), [path for path in self.files if lies_in(path, folder)])

    @invariant()
    def it_holds_what_the_dict_holds(self) -> None:
        rows = {row.path: row.id for row in self.catalog.all_files()}
        assert rows == {path: kept.file for path, kept in self.files.items()}
        assert set(self.catalog.folders_under(b"/")) == {folder_of(path) for path in self.files}
        for kept in self.files.values():
            assert [passage.text for passage in self.catalog.passages_of(kept.file)] == kept.texts
            assert [extent.first for extent in self.catalog.extents(kept.file)] == kept.slots
        with self.catalog.reading() as db:
            assert {first for _, first, _, _ in edits.dead(db)} == self.dead

    @invariant()
    def words_and_names_are_found_where_they_are(self) -> None:
        for word in WORDS:
            hits = self.catalog.with_words([word], 100).hits
            expected = Counter({kept.file: sum(word in text for text in kept.texts) for kept in self.files.values()})
            assert Counter(hit.file_id for hit in hits) == +expected
        assert set(self.catalog.with_names(["x"], 100)) == {
            kept.file for path, kept in self.files.items() if name_of(path) == b"x"
        }

    @invariant()
    def it_does_not_contradict_itself(self) -> None:
        with self.catalog.reading() as db:
            assert contradictions(db) == ()
        with self.catalog.writing() as db:
            db.execute("INSERT INTO words(words, rank) VALUES ('integrity-check', 1)")

    def _removed(self, db: sqlite3.Connection, extents: Sequence[Extent], paths: Sequence[bytes]) -> None:
        """Compare the extents of files that went with those that went from the dict."""
        gone = [self.files.pop(path) for path in paths]
        assert {extent.first for extent in extents} == {slot for kept in gone for slot in kept.slots}
        self._delete(db, extents)

    def _delete(self, db: sqlite3.Connection, extents: Sequence[Extent]) -> None:
        edits.delete_extents(db, extents, 1)
        self.dead |= {extent.first for extent in extents}


TestCatalog = CatalogMachine.TestCase
TestCatalog.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)


@settings(max_examples=50, deadline=None)
@given(names=st.lists(LETTERS, min_size=1, max_size=6, unique=True), part=LETTERS)
def test_names_are_found_by_what_is_in_them_and_by_nothing_else(names: list[str], part: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        catalog = Catalog(os.fsencode(Path(folder) / "catalog.db"), writable=True)
        paths = [joined(b"/d", name.encode()) for name in names]
        with catalog.writing() as db:
            files = edits.put_files(db, [a_file(path) for path in paths], 7, [0] * len(paths))
        for wanted in (part, names[0], names[-1][1:], names[0][:-1]):
            expected = {
                file
                for file, path in zip(files, paths, strict=True)
                if folded(wanted) in folded(decoded(name_of(path)))
            }
            assert set(catalog.with_names([wanted], 99)) == (expected if folded(wanted) else set())
        catalog.close()
