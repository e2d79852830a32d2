"""A scan under a filter finds the best of the files that the filter lets through, and no others."""

from dataclasses import replace

import numpy as np
import pytest

from tests.store.builders import TEXT, a_file, a_stat, vectors
from vexgui.core.files import Kind
from vexgui.core.filters import And, Compare, Field, Filter, Matches, Not, OneOf, Op, Under
from vexgui.store.rows import file_of
from vexgui.store.store import Store

ROWS = vectors(120)
FILTERS: dict[str, Filter] = {
    "kind": Compare(Field.KIND, Op.EQ, "code"),
    "size": Compare(Field.SIZE, Op.GE, 60),
    "root": Under(b"/one"),
    "folder": Under(b"/one/3"),
    "name": Matches(Field.NAME, "7"),
    "mixed": And((OneOf(Field.KIND, ("code", "image")), Not(Matches(Field.NAME, "*5*")), Under(b"/two"))),
    "nothing": Compare(Field.SIZE, Op.LT, 0),
}


@pytest.fixture(autouse=True)
def _files(store: Store) -> None:
    store.set_roots([b"/one", b"/two"])
    store.ensure_space(TEXT)
    kinds = (Kind.CODE, Kind.IMAGE, Kind.TEXT)
    updates = []
    for number in range(120):
        path = b"/%s/%d/%d.x" % ((b"one", b"two")[number % 2], number % 5, number)
        update = a_file(path, ROWS[number : number + 1], stat=a_stat(size=number, inode=number + 1))
        updates.append(replace(update, kind=kinds[number % 3]))
    store.commit(updates)


@pytest.mark.parametrize("name", FILTERS)
def test_what_passes_the_filter_is_found_exactly(store: Store, name: str) -> None:
    with store.snapshot() as snapshot:
        allowed = set(snapshot.files_where(FILTERS[name]).tolist())
        found = snapshot.scan(TEXT.id, ROWS[33], 200, FILTERS[name])
        assert {file_of(passage) for passage in found.passages} == allowed
        rows = snapshot.catalog.files(list(allowed))
    exact = [float(ROWS[rows[file_of(passage)].stat.size] @ ROWS[33]) for passage in found.passages]
    np.testing.assert_allclose(found.scores, exact, atol=0.02)
    assert np.all(np.diff(found.scores) <= 0)
    assert (found.passing, found.vectors, found.exact) == (len(allowed), 120, True)


def test_a_filter_follows_what_the_columns_mirror(store: Store) -> None:
    row = store.catalog.file(b"/one/0/0.x")
    assert row is not None
    store.update_stats([(row.path, a_stat(size=5000, inode=1))])
    large = Compare(Field.SIZE, Op.EQ, 5000)
    assert [file_of(passage) for passage in store.scan(TEXT.id, ROWS[0], 9, large).passages] == [row.id]
    store.rename(b"/one/0/0.x", b"/two/moved", folder=False)
    both = And((large, Under(b"/two")))
    assert [file_of(passage) for passage in store.scan(TEXT.id, ROWS[0], 9, both).passages] == [row.id]
    assert np.all(store.scan(TEXT.id, ROWS[0], 9, And((large, Under(b"/one")))).scores.shape == (0,))
