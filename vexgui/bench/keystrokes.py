"""Typing: how long names and words take to answer each letter, in a catalog of many files."""

import statistics
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import islice

from vexgui.bench.conditions import Conditions
from vexgui.bench.figure import Figure, taken_s
from vexgui.bench.made_up import text_file
from vexgui.bench.made_up_names import made_up_names
from vexgui.core.files import Passage, PassageKind
from vexgui.core.paths import joined, shown
from vexgui.store.catalog import Catalog, CatalogView, edits
from vexgui.store.catalog.words import QUICK
from vexgui.store.rows import FileUpdate

_USUAL, _QUICK = 100_000, 2_000
_FILES_A_FOLDER = 1000
_FILES_A_COMMIT = 10_000
_BEST = 100
_TIMES = 3
_MOST_MS = 10.0
TYPED = (
    "img_2024", "jpg", "2024 invoice", "invoice pdf 2023", "müller", "Москва", "写真", "report final docx", "main.py",
    "whatsapp image", "holiday paris", "zzq", "pdf docx", "img pdf", "x q", "12 34 56", "q",
)  # fmt: skip
"""Common and rare, one part and several, in any order, and what is in no name."""


def measure(conditions: Conditions) -> Iterator[Figure]:
    """Measure with the usual number of files, and with as many as vectors were asked for."""
    counts = (_QUICK if conditions.quick else _USUAL, conditions.vectors)
    for count in dict.fromkeys(count for count in counts if count):
        with closing(Catalog(joined(conditions.folder, b"names %d.db" % count), writable=True)) as catalog:
            _fill(catalog, count, conditions)
            conditions.tell(f"Typing, with {count:,} names.")
            yield from _measured(catalog, count)


def _measured(catalog: Catalog, count: int) -> Iterator[Figure]:
    prefixes = [text[:length] for text in TYPED for length in range(1, len(text) + 1)]
    with catalog.pinned() as view:
        by_index = _slowest_ms(view, lambda view, typed: view.with_names(typed.split(), _BEST), prefixes[::8])
    catalog.hold_names()
    catalog.wait_for_names()
    with catalog.pinned() as view:
        names = _slowest_ms(view, lambda view, typed: view.with_names(typed.split(), _BEST), prefixes)
        words = _slowest_ms(view, lambda view, typed: view.with_words(typed.split(), _BEST, effort=QUICK), prefixes)
        thorough = _slowest_ms(view, lambda view, typed: view.with_words(typed.split(), _BEST), prefixes[::8])
    yield Figure(
        f"names for a keystroke, slowest of {len(prefixes)}, {count:,} files",
        names,
        "ms",
        peers={"by the trigram index": by_index},
        aim=_MOST_MS,
    )
    yield Figure(
        f"words for a keystroke, slowest of {len(prefixes)}, {count:,} files",
        words,
        "ms",
        peers={"as for a whole query": thorough},
        aim=_MOST_MS,
    )


def _slowest_ms(view: CatalogView, ask: Callable[[CatalogView, str], object], queries: list[str]) -> float:
    """Return the longest that a query takes, each the median of some times."""
    asked = [partial(ask, view, typed) for typed in queries]
    return max(statistics.median(taken_s(once) for _ in range(_TIMES)) for once in asked) * 1000


def _fill(catalog: Catalog, count: int, conditions: Conditions) -> None:
    names = enumerate(made_up_names(count))
    done = 0
    while files := [_file(number, name) for number, name in islice(names, _FILES_A_COMMIT)]:
        conditions.tell(f"Making up names: {done:,} of {count:,}.")
        with catalog.writing() as db:
            edits.put_files(db, files, 0, [0] * len(files))
        catalog.relieve()
        done += len(files)


def _file(number: int, name: bytes) -> FileUpdate:
    """Return a file whose only passage has its name in words; two of one name lie in different folders."""
    path = b"/bench/%d/%d/%b" % (number // _FILES_A_FOLDER, number, name)
    about = Passage(0, PassageKind.ABOUT, shown(name).replace("_", " ").replace(".", " "))
    return text_file(number, path, (about,))
