"""What in the catalog contradicts itself is told, a sentence each."""

import numpy as np
import pytest

from tests.store.builders import TEXT, a_file
from vexgui.core.vectors import CodecName
from vexgui.store.catalog import Catalog, edits
from vexgui.store.catalog.contradictions import contradictions
from vexgui.store.rows import Extent

LOST = "passages that have lost their texts"


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    number = catalog.add_space(TEXT, CodecName.INT8).number
    with catalog.writing() as db:
        files = edits.put_files(
            db, [a_file(b"/d/%d" % name, content_hash=b"%16d" % name) for name in range(3)], 7, [0] * 3
        )
        edits.put_files(db, [a_file(b"/d/%d" % name) for name in range(3)], 8, [0] * 3)
        edits.insert_extents(db, [Extent(number, file, 1, file, np.zeros(1, np.uint32)) for file in files])
    return catalog


def found(catalog: Catalog) -> tuple[str, ...]:
    with catalog.reading() as db:
        return contradictions(db)


def test_a_catalog_that_was_only_used_does_not_contradict_itself(catalog: Catalog) -> None:
    assert found(catalog) == ()
    with catalog.writing() as db:
        edits.delete_extents(db, edits.delete_file(db, b"/d/1"), 1)
        edits.rename_folder(db, b"/d", b"/e", 9)
    assert found(catalog) == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("DELETE FROM folders", {"files that lie in no folder"}),
        ("DELETE FROM names WHERE rowid = 1", {"files that have no name to be found by"}),
        ("INSERT INTO names(rowid, name) VALUES (99, 'x')", {"names without a file"}),
        ("UPDATE passages SET id = 99 << 20 WHERE id = 1 << 20", {"passages without a file", LOST}),
        ("DELETE FROM texts WHERE file_id = 1", {LOST}),
        ("UPDATE passages SET block = 5 WHERE id = 1 << 20", {LOST}),
        ("UPDATE texts SET file_id = 99 WHERE file_id = 1", {"texts without a file", LOST}),
        ("UPDATE history SET file_id = 99 WHERE file_id = 1 AND number = 1", {"events without a file"}),
        ("UPDATE extents SET file_id = 99 WHERE file_id = 1", {"runs of slots without a file"}),
        ("UPDATE extents SET space_id = 99 WHERE file_id = 1", {"runs of slots without a space"}),
    ],
)  # fmt: skip
def test_rows_that_lead_nowhere_are_counted(catalog: Catalog, change: str, told: set[str]) -> None:
    catalog._writer.execute("PRAGMA foreign_keys = OFF")
    with catalog.writing() as db:
        db.execute(change)
    sentences = {sentence.removeprefix("The catalog has ").rstrip(".") for sentence in found(catalog)}
    assert {sentence.split(" ", 1)[1] for sentence in sentences} == told
    assert {sentence.split(" ", 1)[0] for sentence in sentences} == ({"3"} if "folders" in change else {"1"})


def test_a_damaged_text_names_its_file(catalog: Catalog) -> None:
    with catalog.writing() as db:
        db.execute("UPDATE texts SET block = substr(block, 1, length(block) - 1) WHERE file_id = 2")
    assert found(catalog) == ("The text of /d/1 is damaged in the catalog.",)
