"""What many files are like: however it is looked up, kinds are right and copies are told from others."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.store.builders import a_file, a_stat
from tests.store.catalog.keeping import keep
from vexgui.core.files import Kind
from vexgui.store.catalog import Catalog, outlines
from vexgui.store.catalog.outlines import KINDS
from vexgui.system.fingerprint import UNKNOWN_HASH

FILES = (
    ("a.png", Kind.IMAGE, 10, b"a" * 16),
    ("b.txt", Kind.TEXT, 10, b"b" * 16),
    ("c.png", Kind.IMAGE, 10, b"a" * 16),
    ("same size.txt", Kind.TEXT, 20, b"d" * 16),
    ("same hash.txt", Kind.TEXT, 30, b"d" * 16),
    ("empty 1", Kind.OTHER, 0, b"e" * 16),
    ("empty 2", Kind.OTHER, 0, b"e" * 16),
    ("unread 1", Kind.OTHER, 40, UNKNOWN_HASH),
    ("unread 2", Kind.OTHER, 40, UNKNOWN_HASH),
    ("d.png", Kind.IMAGE, 10, b"a" * 16),
)


@pytest.fixture
def ids(catalog: Catalog) -> NDArray[np.int64]:
    """The ids of the files, backwards."""
    for number, (name, kind, size, content) in enumerate(FILES):
        file = a_file(b"/d/" + name.encode(), stat=a_stat(inode=number + 1))
        keep(catalog, replace(file, kind=kind, stat=replace(file.stat, size=size), content_hash=content))
    rows = [catalog.file(b"/d/" + name.encode()) for name, *_ in reversed(FILES)]
    return np.array([row.id for row in rows if row is not None], np.int64)


@pytest.mark.parametrize("few", [0, 100])
def test_kinds_and_copies_are_told_whether_few_or_many_are_asked_for(
    catalog: Catalog, ids: NDArray[np.int64], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outlines, "_FEW", few)
    found = catalog.outlines(ids)
    assert [KINDS[kind] for kind in found.kinds] == [kind for _, kind, *_ in reversed(FILES)]
    twins = found.twins.tolist()
    d, c, a = twins[0], twins[7], twins[9]
    assert d == c == a != 0
    others = [twin for place, twin in enumerate(twins) if place not in (0, 7, 9) and twin]
    assert len(set(others)) == len(others)
    assert a not in others


def test_of_no_files_there_is_nothing_to_tell(catalog: Catalog) -> None:
    found = catalog.outlines(np.array([], np.int64))
    assert len(found.kinds) == len(found.twins) == 0
