"""Passages' texts are kept compressed, found by their words, and read again as they were."""

import sqlite3
from dataclasses import replace

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.store.builders import a_file
from vexgui.core.errors import StoreDamaged
from vexgui.core.files import Passage, PassageKind
from vexgui.store.catalog import Catalog, edits
from vexgui.store.catalog.texts import Compressor, TextReader
from vexgui.store.format import PASSAGE_BITS, TEXT_BLOCK_BYTES
from vexgui.store.rows import FileId, passage_id

LONG = [f"the quick brown fox {number} jumps over the lazy dog " * 400 for number in range(20)]


def keep(catalog: Catalog, path: bytes, *texts: str) -> FileId:
    with catalog.writing() as db:
        return edits.put_files(db, [a_file(path, texts=texts)], 77, [0])[0]


def texts_of(catalog: Catalog, file: FileId) -> list[str]:
    return [passage.text for passage in catalog.passages_of(file)]


@given(st.lists(st.text(max_size=40) | st.sampled_from([text[:30_000] for text in LONG]), max_size=12))
def test_any_texts_are_read_as_they_were_written(texts: list[str]) -> None:
    encoded = [text.encode("utf-8", "replace") for text in texts]
    blocks, places = Compressor().pack(encoded)
    reader = TextReader()
    read = [reader.text(blocks[at.block] if at.length else None, at.start, at.length) for at in places]
    assert read == [text.decode() for text in encoded]
    sizes = [sum(at.length for at in places if at.length and at.block == number) for number in range(len(blocks))]
    assert all(0 < size <= TEXT_BLOCK_BYTES for size in sizes)


def test_a_text_longer_than_a_block_has_one_of_its_own() -> None:
    blocks, places = Compressor().pack([b"a", b"b" * (TEXT_BLOCK_BYTES + 1), b"c"])
    assert [at.block for at in places] == [0, 1, 2]
    assert len(blocks) == 3


def test_every_flipped_bit_of_a_block_is_noticed() -> None:
    ((block,), (at,)) = Compressor().pack([b"a text of some length, some length indeed"])
    for bit in range(8 * len(block)):
        spoilt = bytearray(block)
        spoilt[bit // 8] ^= 1 << bit % 8
        try:
            read = TextReader().text(bytes(spoilt), at.start, at.length)
        except zstandard.ZstdError:
            continue
        assert read == "a text of some length, some length indeed", bit


def test_texts_are_kept_in_less_room_than_they_take(catalog: Catalog) -> None:
    file = keep(catalog, b"/a", *LONG)
    assert texts_of(catalog, file) == LONG
    with catalog.reading() as db:
        (kept, blocks) = db.execute("SELECT sum(length(block)), count(*) FROM texts").fetchone()
    assert kept < sum(map(len, LONG)) / 20
    assert blocks == -(-sum(map(len, LONG)) // TEXT_BLOCK_BYTES) + 1


def test_words_are_marked_in_compressed_texts(catalog: Catalog) -> None:
    file = keep(catalog, b"/a", "no match", "", "the Runners ran", *LONG)
    third = passage_id(file, 2)
    assert catalog.marked(["runner"], [third]) == {third: "the \x02Runners\x03 ran"}
    assert catalog.openings([file]) == {file: "no match"}


def test_a_text_that_did_not_change_is_left_as_it_is(catalog: Catalog) -> None:
    file = keep(catalog, b"/a", "one", "two")
    with catalog.reading() as db:
        before = db.execute("SELECT block FROM words_data ORDER BY id").fetchall()
    assert keep(catalog, b"/a", "one", "two") == file
    with catalog.reading() as db:
        assert db.execute("SELECT block FROM words_data ORDER BY id").fetchall() == before


def test_a_text_that_changed_is_found_by_its_new_words_only(catalog: Catalog) -> None:
    file = keep(catalog, b"/a", "apples", "pears", "")
    assert keep(catalog, b"/a", "pears", "plums") == file
    assert texts_of(catalog, file) == ["pears", "plums"]
    found = {term: [hit.passage_id for hit in catalog.with_words([term], 9).hits] for term in ("apples", "pears")}
    assert found == {"apples": [], "pears": [passage_id(file, 0)]}
    with catalog.writing() as db:
        db.execute("INSERT INTO words(words, rank) VALUES ('integrity-check', 1)")


def test_passages_beyond_what_ids_can_count_are_not_kept(catalog: Catalog) -> None:
    passages = [Passage(number, PassageKind.TEXT, "text") for number in (0, (1 << PASSAGE_BITS) - 1, 1 << PASSAGE_BITS)]
    with catalog.writing() as db:
        file = edits.put_files(db, [replace(a_file(b"/a"), passages=passages)], 77, [0])[0]
    assert [passage.ordinal for passage in catalog.passages_of(file)] == [0, (1 << PASSAGE_BITS) - 1]
    assert {row.file_id for row in catalog.passages_of(file)} == {file}


def test_a_damaged_text_is_told_and_spoils_no_other(catalog: Catalog) -> None:
    whole, torn = keep(catalog, b"/a", "a whole text"), keep(catalog, b"/b", "a torn text")
    with catalog.writing() as db:
        db.execute("UPDATE texts SET block = substr(block, 1, length(block) - 1) WHERE file_id = ?", (torn,))
    assert texts_of(catalog, whole) == ["a whole text"]
    with pytest.raises(StoreDamaged):
        catalog.passages_of(torn)


def test_the_text_index_finds_a_missing_text(catalog: Catalog) -> None:
    keep(catalog, b"/a", "unmistakable")
    with catalog.writing() as db:
        db.execute("DELETE FROM texts")
        with pytest.raises(sqlite3.DatabaseError, match="malformed"):
            db.execute("INSERT INTO words(words, rank) VALUES ('integrity-check', 1)")
