"""The catalog tells what happened to a file: which model gave which vectors when, and what they replaced."""

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.store.builders import PICTURE, TEXT, a_file, of_space, vectors
from vexgui.core.files import FileFacts, FileState
from vexgui.core.vectors import CodecName, Source
from vexgui.store.catalog import Catalog, edits
from vexgui.store.format import HISTORY_ENTRIES
from vexgui.store.rows import Event, Extent, FileId, FileUpdate, HistoryEntry

SECOND_NS = 1_000_000_000


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    catalog.add_space(TEXT, CodecName.INT8)
    catalog.add_space(PICTURE, CodecName.INT8)
    return catalog


def keep(catalog: Catalog, update: FileUpdate, now_s: int) -> FileId:
    """Put a file and its extents, as a commit does: the new ones take the old ones' place."""
    numbers = {kept.space.id: kept.number for kept in catalog.spaces()}
    with catalog.writing() as db:
        file = edits.put_files(db, [update], now_s * SECOND_NS, [0])[0]
        edits.delete_extents(db, edits.extents_of(db, [file]), now_s)
        first = 100 * now_s
        for part in update.vectors:
            count = len(part.vectors)
            ordinals = np.asarray(part.ordinals)
            extent = Extent(numbers[part.space], first, count, file, ordinals, part.source, part.confidence, now_s)
            edits.insert_extents(db, [extent])
    return file


def told(entries: Sequence[HistoryEntry]) -> list[tuple[int, Event]]:
    return [(entry.at_ns // SECOND_NS, entry.event) for entry in entries]


def test_the_first_vectors_of_a_file_are_its_history(catalog: Catalog) -> None:
    parts = [of_space(vectors(2)), replace(of_space(vectors(1, PICTURE.dim), PICTURE, [1]), source=Source.RECORD)]
    file = keep(catalog, a_file(b"/a", parts=parts, texts=["one", "two"]), 5)
    text, picture = sorted(catalog.history(file), key=lambda entry: str(entry.space))
    assert text == HistoryEntry(5 * SECOND_NS, Event.VECTORS, TEXT.id, "words", 2, Source.EMBEDDED, b"h" * 16, "{}")
    assert (picture.space, picture.model, picture.vectors, picture.source) == (
        PICTURE.id,
        "pictures",
        1,
        Source.RECORD,
    )


def test_new_vectors_say_what_they_replaced(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", vectors(2)), 5)
    file = keep(catalog, a_file(b"/a", vectors(3)), 6)
    (entry,) = catalog.history(file)
    assert (entry.at_ns, entry.event, entry.space, entry.vectors) == (6 * SECOND_NS, Event.VECTORS, TEXT.id, 3)
    assert json.loads(entry.detail) == {
        "replaced": {"vectors": 2, "source": "embedded", "made_s": 5, "hash": (b"h" * 16).hex()}
    }


def test_vectors_of_a_second_model_stand_beside_the_firsts(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", vectors(1)), 5)
    both = [of_space(vectors(1)), of_space(vectors(1, PICTURE.dim), PICTURE)]
    file = keep(catalog, a_file(b"/a", parts=both), 6)
    entries = catalog.history(file)
    assert [(entry.space, json.loads(entry.detail).keys()) for entry in entries] == [
        (PICTURE.id, set()),
        (TEXT.id, {"replaced"}),
    ]


def test_vectors_that_a_record_gives_once_more_are_no_news(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", vectors(2)), 5)
    again = [replace(of_space(vectors(2)), source=Source.RECORD)]
    file = keep(catalog, a_file(b"/a", parts=again, texts=["one", "two"]), 6)
    (entry,) = catalog.history(file)
    assert (entry.event, entry.source, entry.at_ns) == (Event.VECTORS, Source.RECORD, 6 * SECOND_NS)
    assert json.loads(entry.detail) == {}


def test_new_content_and_new_facts_say_what_was_before(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", parts=[]), 5)
    facts = FileFacts(title="Another title", pages=3, extra={"iso": 200})
    file = keep(catalog, replace(a_file(b"/a", parts=[], content_hash=b"x" * 16), facts=facts), 6)
    content, changed = sorted(catalog.history(file), key=lambda entry: entry.event)
    assert (content.event, content.content_hash) == (Event.CONTENT, b"x" * 16)
    assert json.loads(content.detail) == {"replaced": (b"h" * 16).hex()}
    assert changed.event is Event.FACTS
    assert json.loads(changed.detail) == {"title": "A title", "pages": None, "extra": None}


def test_a_file_that_failed_says_why_once(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", vectors(1)), 5)
    keep(catalog, a_file(b"/a", parts=[], texts=["name"], reason="It is torn \udcff."), 6)
    file = keep(catalog, a_file(b"/a", parts=[], texts=["name"], reason="It is torn \udcff."), 7)
    (entry,) = catalog.history(file)
    assert (entry.event, entry.at_ns) == (Event.FAILED, 6 * SECOND_NS)
    assert json.loads(entry.detail) == {"reason": "It is torn ?."}


def test_renaming_says_where_files_were(catalog: Catalog) -> None:
    file = keep(catalog, a_file(b"/a/\xff", parts=[]), 5)
    with catalog.writing() as db:
        edits.rename_file(db, b"/a/\xff", b"/b/y", 6 * SECOND_NS)
        edits.rename_folder(db, b"/b", b"/c", 7 * SECOND_NS)
        edits.rename_folder(db, b"/c", b"/c", 8 * SECOND_NS)
        edits.rename_file(db, b"/c/y", b"/c/y", 8 * SECOND_NS)
    entries = catalog.history(file)
    assert told(entries) == [(7, Event.RENAMED), (6, Event.RENAMED)]
    assert [json.loads(entry.detail)["path"] for entry in entries] == ["/b/y", "/a/\N{REPLACEMENT CHARACTER}"]


def test_only_the_newest_events_are_kept(catalog: Catalog) -> None:
    for now_s in range(HISTORY_ENTRIES + 5):
        file = keep(catalog, a_file(b"/a", parts=[], content_hash=b"%016d" % now_s), now_s)
    kept = catalog.history(file)
    assert told(kept) == [(now_s, Event.CONTENT) for now_s in range(HISTORY_ENTRIES + 4, 4, -1)]


def test_reading_a_file_whose_record_was_taken_is_no_change(catalog: Catalog) -> None:
    part = replace(of_space(vectors(1)), source=Source.RECORD)
    unread = replace(a_file(b"/a", parts=[part]), facts=FileFacts(), passages=[], unread=True)
    file = keep(catalog, unread, 5)
    assert catalog.unread(10) == (b"/a",)
    keep(catalog, a_file(b"/a", parts=[part]), 6)
    assert catalog.unread(10) == ()
    assert told(catalog.history(file)) == [(6, Event.VECTORS)]
    assert catalog.files([file])[file].state is FileState.INDEXED


def test_a_removed_file_takes_its_history_along(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", parts=[]), 5)
    file = keep(catalog, a_file(b"/a", parts=[], content_hash=b"x" * 16), 6)
    with catalog.writing() as db:
        edits.delete_file(db, b"/a")
        assert db.execute("SELECT count(*) FROM history").fetchone() == (0,)
    assert catalog.history(file) == ()


def test_that_a_text_has_more_lines_is_no_news(catalog: Catalog) -> None:
    for now, extra in ((5, {"lines": 3, "iso": 100}), (6, {"lines": 4, "iso": 100}), (7, {"lines": 4, "iso": 200})):
        file = keep(catalog, replace(a_file(b"/a", parts=[]), facts=FileFacts(extra=extra)), now)
    assert [(entry.at_ns, entry.event) for entry in catalog.history(file)] == [(7 * SECOND_NS, Event.FACTS)]


def test_changed_facts_come_back(catalog: Catalog) -> None:
    facts = FileFacts(
        4000, 3000, "2021-07-14T10:11:12", "Canon \udcff", 46.5, -7.25, "caption", "title", "author", 3, "utf-8",
        "en", "2021-07-14T10:11:12", {"iso": 200, "lens": "50 mm", "aperture": 1.8},
    )  # fmt: skip
    file = keep(catalog, replace(a_file(b"/a", parts=[]), facts=facts), 5)
    assert catalog.files([file])[file].facts == replace(facts, camera="Canon ?")


def test_facts_that_no_column_can_hold_are_left_out(catalog: Catalog) -> None:
    facts = FileFacts(width=1 << 70, latitude=float("nan"), extra={"gain": float("inf"), "iso": 100})
    file = keep(catalog, replace(a_file(b"/a", parts=[]), facts=facts), 5)
    assert catalog.files([file])[file].facts == FileFacts(extra={"iso": 100})
    keep(catalog, replace(a_file(b"/a", parts=[]), facts=facts), 6)
    assert catalog.history(file) == ()
