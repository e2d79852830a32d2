"""Files of the same content are found among those that a filter lets through."""

from tests.store.builders import a_file
from tests.store.catalog.keeping import keep
from vexgui.core.filters import Field, Matches
from vexgui.store.catalog import Catalog

_FILES = 500
_STEPS = 50
"""Steps of SQLite's machine between two calls."""
_DATA = Matches(Field.NAME, "?*.dat")


def content(number: int) -> bytes:
    return number.to_bytes(16, "big")


def test_files_of_a_content_that_a_filter_lets_through(catalog: Catalog) -> None:
    paths = [b"/d/one.dat", b"/d/two.dat", b"/d/three.txt", b"/d/other.dat"]
    keep(catalog, *(a_file(path, content_hash=content(1 + (path == paths[-1]))) for path in paths))
    rows = {row.path: row for row in catalog.all_files()}
    one = rows[paths[0]]
    asked = (one.stat.size, one.content_hash)
    assert catalog.with_contents([asked], _DATA) == {asked: tuple(sorted(rows[path].id for path in paths[:2]))}
    assert catalog.with_contents([asked]) == {asked: tuple(sorted(rows[path].id for path in paths[:3]))}


def test_no_content_is_looked_for_among_all_that_a_filter_lets_through(catalog: Catalog) -> None:
    keep(catalog, *(a_file(b"/d/%d.dat" % number, content_hash=content(number + 1)) for number in range(_FILES)))
    asked = [(row.stat.size, row.content_hash) for row in catalog.all_files()][:100]
    calls = 0

    def count() -> int:
        nonlocal calls
        calls += 1
        return 0

    with catalog.reading() as db:
        db.set_progress_handler(count, _STEPS)
    assert len(catalog.with_contents(asked, _DATA)) == len(asked)
    assert 0 < calls * _STEPS < _FILES * len(asked)
