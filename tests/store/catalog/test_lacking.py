"""The catalog keeps spaces, and tells which files lack vectors in them."""

import numpy as np

from tests.store.builders import PICTURE, TEXT, a_file
from tests.store.catalog.keeping import keep
from vexgui.core.files import PassageKind
from vexgui.core.vectors import CodecName
from vexgui.store.catalog import Catalog, KeptSpace, edits
from vexgui.store.rows import Extent


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
