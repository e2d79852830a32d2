"""The catalog and the columns answer every filter alike, and as its words mean, for every file."""

import math
import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.store.builders import a_file, a_stat
from vexgui.core.errors import UsageProblem
from vexgui.core.files import RECIPE, FileFacts, FileState, Kind, Labels, Passage, PassageKind
from vexgui.core.filters import (
    And,
    Compare,
    Extra,
    Field,
    Filter,
    Has,
    Holds,
    Known,
    Matches,
    Near,
    Not,
    OneOf,
    Op,
    Or,
    Sort,
    Standing,
    Stands,
    Under,
    Value,
)
from vexgui.core.paths import folder_of, lies_in, name_of, shown
from vexgui.store.catalog import folded, schema
from vexgui.store.catalog.conditions import condition, register
from vexgui.store.catalog.put import put_files
from vexgui.store.columns import Rows
from vexgui.store.columns.masks import mask
from vexgui.store.format import Column, KindCode
from vexgui.store.rows import FileUpdate
from vexgui.system.fingerprint import UNKNOWN_HASH

NOW_NS = 1_700_000_000_000_000_000
LARGEST = (1 << 63) - 1
ROOTS = {b"/r": 3, b"/r/s": 7, b"/x/\xff": 8}
FOLDERS = [b"/", b"/r", b"/r/s", b"/r/s/t", b"/r!", b"/r0", b"/rs", b"/x", b"/x/\xff"]
NAMES = [
    b"a.PDF", b"a.pdf", b"A", b".profile", b"a.", b"..a", b"a.tar.gz", b"100%_x[1]*?.Md", "Été.txt".encode(),
    b"\xff\xe4.jpg", "ﬁle…x".encode(), "ＡＢ．ＴＸＴ＊".encode(), "Straße.o".encode(), b"'\";--.sql", b"a\n.b\nc",
]  # fmt: skip
TEXTS = [
    "",
    "a",
    "A",
    "é",
    "É",
    "e\u0301",
    "ß",
    "100%_x[1]*?",
    "Canon EOS",
    "2020-01-01T00:00:00",
    "\U0001f600",
    "z\0a",
]
NUMBERS: list[int | float] = [
    0, 1, -1, 2, 0.5, -0.5, 2**53, 2**53 + 1, 2.0**53, 2.0**63, -(2.0**63), 1e300, -1e300, LARGEST, LARGEST - 1,
    -LARGEST, 0.0, -0.0,
]  # fmt: skip
DATES = ["2019-12-31T23:59:59", "2020-01-01T00:00:00", "2024-02-29T12:00:00"]
STEMS = {
    "cats": "cat", "cat": "cat", "sleeping": "sleep", "sleeps": "sleep", "red": "red", "cafe": "cafe", "a": "a",
    "pdf": "pdf", "東京": "東京",
}  # fmt: skip
"""Words, and what is left of them without their endings and accents."""
SENTENCES = ["", "Cats sleeping", "a cat sleeps; a CAFÉ", "red", "red cats, red", "東京 sleeps", "pdf"]
PHRASES = [
    *STEMS, "cat sleep",
    "sleep cat", "red cat red", "café", "a-cat", "東", "", "!?", "*", "[1]*?", '"', "a.pdf", "'\";",
    "ss", "red NOT cat", "red*",
]  # fmt: skip
PATTERNS = [
    "",
    "a",
    "?",
    "*",
    "**",
    "a*",
    "*.pdf",
    "a?pdf",
    "É",
    "%_",
    "[1]",
    "*[*",
    "fi",
    "…",
    "ss",
    "＊",
    "\ufffd",
    "\n",
]

WHOLE = st.sampled_from([number for number in NUMBERS if isinstance(number, int)])
MAYBE_TEXT = st.none() | st.sampled_from(TEXTS)
MAYBE_WHOLE = st.none() | WHOLE
FACTS = st.builds(
    FileFacts,
    width=MAYBE_WHOLE,
    height=MAYBE_WHOLE,
    taken=MAYBE_TEXT,
    camera=MAYBE_TEXT,
    latitude=st.none() | st.sampled_from([0.5, -90.0, 48.2, 48.9, 1e300]),
    longitude=st.none() | st.sampled_from([16.4, 2.4, -179.9, 180.0, 1e300]),
    caption=MAYBE_TEXT,
    title=MAYBE_TEXT,
    pages=MAYBE_WHOLE,
    language=st.none() | st.sampled_from(["en", "de"]),
    created=st.none() | st.sampled_from(DATES),
    extra=st.none() | st.dictionaries(st.sampled_from(["a", 'a"b', "é", ""]), WHOLE | st.sampled_from([*TEXTS, 0.5])),
)
LABELS = st.builds(
    lambda tags, rating: Labels(tuple(sorted(tags)), rating),
    st.frozensets(st.sampled_from(TEXTS), max_size=3),
    st.none() | st.integers(0, 10),
)
SAID = st.lists(st.sampled_from(SENTENCES), max_size=2)
NAME = st.sampled_from(NAMES) | st.binary(min_size=1, max_size=9).map(lambda name: re.sub(rb"[/\0]", b".", name))
FILE = st.builds(
    lambda folder, name, kind, size, mtime, facts, failed, labels, said, birth, content_hash, recipe, unread: replace(
        a_file(folder.rstrip(b"/") + b"/" + name, stat=replace(a_stat(abs(size)), mtime_ns=mtime)),
        kind=kind, facts=facts, vectors=(), state=FileState.FAILED if failed else FileState.INDEXED, labels=labels,
        passages=tuple(Passage(number, PassageKind.TEXT, text) for number, text in enumerate(said)), birth=birth,
        content_hash=content_hash, recipe=recipe, unread=unread,
    ),
    st.sampled_from(FOLDERS), NAME, st.sampled_from(Kind), WHOLE, WHOLE, FACTS, st.booleans(), LABELS, SAID,
    st.none() | st.sampled_from(DATES), st.sampled_from([b"a" * 16, b"b" * 16, UNKNOWN_HASH]),
    st.sampled_from([RECIPE, RECIPE - 1]), st.booleans(),
)  # fmt: skip
FILES = st.lists(FILE, min_size=1, max_size=8, unique_by=lambda file: file.path)
KNOWN: st.SearchStrategy[Known] = st.sampled_from([*Field] + [Field.KIND, Field.ROOT, Field.SIZE, Field.MTIME] * 4) | (
    st.builds(Extra, st.sampled_from(["a", 'a"b', "é", "", "none"]))
)
PATHS = [*FOLDERS, *NAMES, b"", b"/r/s/a.pdf", b"/nowhere"]
VALUES: dict[Sort, Sequence[Value]] = {
    Sort.NUMBER: NUMBERS,
    Sort.TEXT: [*TEXTS, *Kind, *FileState, "pdf", "PDF", "txt", "gz", "tar.gz", "txt*", "[1]*?", "md", "text/plain"],
    Sort.PATH: PATHS,
}


def value_of(field: Known) -> st.SearchStrategy[Value]:
    if isinstance(field, Extra):
        return st.sampled_from([*NUMBERS, *TEXTS])
    return st.sampled_from(VALUES[field.sort])


LEAF: st.SearchStrategy[Filter] = st.one_of(
    KNOWN.flatmap(lambda field: st.builds(Compare, st.just(field), st.sampled_from(Op), value_of(field))),
    KNOWN.flatmap(lambda field: st.builds(OneOf, st.just(field), st.lists(value_of(field), max_size=3).map(tuple))),
    st.builds(
        Matches,
        KNOWN.filter(lambda field: isinstance(field, Extra) or field.sort is not Sort.NUMBER),
        st.sampled_from([*PATTERNS, *map(shown, NAMES)]),
    ),
    st.builds(Under, st.sampled_from(FOLDERS)),
    st.builds(Has, KNOWN),
    st.builds(Holds, st.sampled_from(PHRASES)),
    st.builds(
        Near,
        st.sampled_from([0.0, 48.2, -90.0, 90.0]),
        st.sampled_from([16.4, 180.0, -180.0]),
        st.sampled_from([0, 20, 1035.0, 1030.0, 12_000, 30_000, math.inf]),
    ),
    st.builds(Stands, st.sampled_from(Standing)),
)
TREE: st.SearchStrategy[Filter] = st.recursive(
    LEAF,
    lambda parts: st.one_of(
        st.builds(And, st.lists(parts, max_size=3).map(tuple)),
        st.builds(Or, st.lists(parts, max_size=3).map(tuple)),
        st.builds(Not, parts),
    ),
    max_leaves=8,
)


def root_of(path: bytes) -> bytes | None:
    return max((root for root in ROOTS if lies_in(folder_of(path), root)), key=len, default=None)


def known(file: FileUpdate, field: Known) -> Any:
    """Return what is known of a file, None where it is missing."""
    if isinstance(field, Extra):
        return (file.facts.extra or {}).get(field.key)
    name = folded(shown(name_of(file.path)))
    _, dot, suffix = name[1:].rpartition(".")
    direct = {
        Field.KIND: file.kind,
        Field.SUFFIX: (suffix or None) if dot else None,
        Field.NAME: name_of(file.path),
        Field.PATH: file.path,
        Field.ROOT: root_of(file.path),
        Field.SIZE: file.stat.size,
        Field.MTIME: file.stat.mtime_ns,
        Field.MIME: file.mime,
        Field.STATE: file.state,
        Field.INDEXED: NOW_NS,
        Field.CREATED: file.facts.created or file.facts.taken or file.birth,
        Field.RATING: file.labels.rating,
    }
    return direct[field] if field in direct else getattr(file.facts, field)


def wanted(tree: Filter, file: FileUpdate, files: Sequence[FileUpdate]) -> bool:  # noqa: PLR0911 - a line for each
    """Tell what the words in `vexgui.core.filters` say of one of some files."""
    match tree:
        case And(parts):
            return all(wanted(part, file, files) for part in parts)
        case Or(parts):
            return any(wanted(part, file, files) for part in parts)
        case Not(part):
            return not wanted(part, file, files)
        case Under(path):
            return lies_in(folder_of(file.path), path)
        case Holds(text):
            return is_in_name(text, file) or any(says(passage.text, text) for passage in file.passages)
        case Near(latitude, longitude, km):
            place = (file.facts.latitude, file.facts.longitude)
            return None not in place and is_near(place, (latitude, longitude), km)
        case Stands(Standing.DUPLICATE):
            same = [other for other in files if content_of(other) == content_of(file)]
            return file.content_hash != UNKNOWN_HASH and len(same) > 1
        case Stands(Standing.STALE):
            return file.unread or file.recipe != RECIPE
        case Compare(Field.TAG) | OneOf(Field.TAG) | Matches(Field.TAG) | Has(Field.TAG):
            return any(holds(tree, tag) for tag in file.labels.tags)
        case _:
            value = known(file, tree.field)
            return value is not None and holds(tree, value)


def is_in_name(text: str, file: FileUpdate) -> bool:
    name, part = folded(shown(name_of(file.path))), folded(text)
    kinds = ("abcdefghijklmnopqrstuvwxyz", "0123456789")

    def goes_on(outer: str, beside: str) -> bool:
        return any(outer in kind and beside in kind for kind in kinds if outer and beside)

    return any(
        name.startswith(part, at)
        and not goes_on(part[:1], name[max(at - 1, 0) : at])
        and not goes_on(part[-1:], name[at + len(part) : at + len(part) + 1])
        for at in range(len(name) + 1)
    )


def holds(leaf: Compare | OneOf | Matches | Has, value: Any) -> bool:
    match leaf:
        case Compare(_, op, other):
            return isinstance(value, str) == isinstance(other, str) and bool(op.holds(value, other))
        case OneOf(_, values):
            return value in values
        case Matches(_, pattern):
            text = shown(value) if isinstance(value, bytes) else value
            return isinstance(text, str) and matched(folded(text), pattern)
        case Has():
            return True


def content_of(file: FileUpdate) -> tuple[int, bytes]:
    return file.stat.size, file.content_hash


def says(text: str, wanted_text: str) -> bool:
    """Tell whether the words of one text stand one after another in another, whatever their endings."""
    inside, outside = (
        [STEMS.get(folded(word), word) for word in re.findall(r"\w+", part)] for part in (wanted_text, text)
    )
    ends = range(len(inside), len(outside) + 1)
    return bool(inside) and any(outside[end - len(inside) : end] == inside for end in ends)


def is_near(place: tuple[Any, Any], other: tuple[float, float], km: float) -> bool:
    """Tell it by the angle between two vectors from the middle of the Earth."""
    if abs(place[0]) > 90 or abs(place[1]) > 180:
        return False
    here, there = on_the_sphere(*place), on_the_sphere(*other)
    angle = math.atan2(math.hypot(*np.cross(here, there)), float(np.dot(here, there)))
    return angle * 6371.0088 <= km + 1e-6


def on_the_sphere(latitude: float, longitude: float) -> tuple[float, float, float]:
    north, east = math.radians(latitude), math.radians(longitude)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


def matched(text: str, pattern: str) -> bool:
    if "*" not in pattern and "?" not in pattern:
        return folded(pattern) in text
    return matched_whole(text, pattern)


def matched_whole(text: str, pattern: str) -> bool:
    if not pattern:
        return not text
    head, rest = pattern[0], pattern[1:]
    if head == "*":
        return any(matched_whole(text[start:], rest) for start in range(len(text) + 1))
    if head == "?":
        return text != "" and matched_whole(text[1:], rest)
    literal = folded(head)
    return text.startswith(literal) and matched_whole(text[len(literal) :], rest)


def kept(files: Sequence[FileUpdate]) -> tuple[sqlite3.Connection, NDArray[np.int64]]:
    """Return a catalog with these files, and their ids."""
    db = sqlite3.connect(":memory:")
    schema._set_up(db)
    register(db)
    db.executescript(schema.TABLES)
    db.executemany("INSERT INTO roots(path, id) VALUES (?, ?)", ROOTS.items())
    roots = [ROOTS.get(root_of(file.path) or b"", 0) for file in files]
    return db, np.array(put_files(db, files, NOW_NS, roots), np.int64)


def file_ids(db: sqlite3.Connection, tree: Filter) -> NDArray[np.int64]:
    text, values = condition(tree)
    return np.array([row[0] for row in db.execute(f"SELECT f.id FROM files f WHERE {text} ORDER BY f.id", values)], int)


def slots(files: Sequence[FileUpdate], owners: NDArray[np.int64]) -> Rows:
    """Return what the columns of a space mirror of files."""
    columns = {
        Column.OWNER: owners,
        Column.KIND: np.array([KindCode[file.kind.name] for file in files], np.uint8),
        Column.ROOT: np.array([ROOTS.get(root_of(file.path) or b"", 0) for file in files], np.uint16),
        Column.SIZE: np.array([file.stat.size for file in files], np.int64),
        Column.MTIME: np.array([file.stat.mtime_ns for file in files], np.int64),
    }
    return Rows(*(columns.get(column, np.zeros(len(files), np.uint8)) for column in Column))


@settings(max_examples=150, deadline=None)
@given(FILES, st.lists(TREE, min_size=1, max_size=8))
def test_catalog_and_columns_answer_every_filter_alike(files: list[FileUpdate], trees: list[Filter]) -> None:
    db, ids = kept(files)
    rows = slots(files, ids << 20 | 5)
    for tree in trees:
        expected = [wanted(tree, file, files) for file in files]
        assert np.isin(ids, file_ids(db, tree)).tolist() == expected, tree
        assert mask(tree, rows, ROOTS, lambda part: file_ids(db, part)).tolist() == expected, tree
    db.close()


def test_what_the_columns_hold_is_not_asked_of_the_catalog() -> None:
    def ask(part: Filter) -> NDArray[np.int64]:
        raise AssertionError(part)

    file = a_file(b"/r/s/a.pdf")
    rows = slots([file], np.array([1 << 20], np.int64))
    tree = And((Under(b"/r"), Not(Compare(Field.SIZE, Op.GT, 10)), OneOf(Field.KIND, ("text",)), Has(Field.MTIME)))
    assert mask(tree, rows, ROOTS, ask).tolist() == [True]


def test_what_the_columns_do_not_hold_is_asked_at_once() -> None:
    asked: list[Filter] = []

    def ask(part: Filter) -> NDArray[np.int64]:
        asked.append(part)
        return np.array([1], np.int64)

    rows = slots([a_file(b"/r/a"), a_file(b"/r/b")], np.array([1 << 20, 2 << 20 | 3], np.int64))
    title, camera = Has(Field.TITLE), Not(Has(Field.CAMERA))
    assert mask(And((title, Has(Field.SIZE), camera)), rows, ROOTS, ask).tolist() == [True, False]
    assert asked == [And((title, camera))]


def test_damaged_owners_belong_to_no_file() -> None:
    owners = np.array([2 << 20, -(5 << 20), (1 << 63) - 1, 0, 3 << 20 | 7], np.int64)
    rows = slots([a_file(b"/r/%d" % number) for number in range(5)], owners)
    for files, expected in (([2, 3], [True, False, False, False, True]), ([], [False] * 5)):
        assert mask(Has(Field.TITLE), rows, ROOTS, lambda _, ids=files: np.array(ids, np.int64)).tolist() == expected


@pytest.mark.parametrize(
    ("name", "text", "is_held"),
    [
        ("Education.pdf", "cat", False),
        ("my_cat-2.jpg", "cat", True),
        ("cat2024.jpg", "cat", True),
        ("cat2024.jpg", "2024", True),
        ("20240311.jpg", "2024", False),
        ("Catalog cat.txt", "cat", True),
        ("report.pdf", "report.p", False),
        ("report.pdf", ".pdf", True),
        ("кот и котёл.txt", "кот", True),
        ("東京都.txt", "京", True),
    ],
)
def test_a_name_holds_whole_words(name: str, text: str, is_held: bool) -> None:
    db, ids = kept([a_file(f"/r/{name}".encode())])
    assert file_ids(db, Holds(text)).tolist() == (ids.tolist() if is_held else [])


@pytest.mark.parametrize("pattern", ["京", "東京", "東京*.txt", "?京都*", "*.txt", "東京都", "*東京*都*"])
def test_names_in_scripts_of_several_bytes_a_letter_fit_short_patterns(pattern: str) -> None:
    db, ids = kept([a_file("/r/東京都.txt".encode()), a_file(b"/r/a.pdf")])
    assert file_ids(db, Matches(Field.NAME, pattern)).tolist() == [ids[0]]


def test_a_suffix_may_be_a_letter_of_several_bytes() -> None:
    db, ids = kept([a_file("/r/a.京".encode()), a_file(b"/r/a.pdf")])
    assert file_ids(db, OneOf(Field.SUFFIX, ("京", "txt"))).tolist() == [ids[0]]


def test_a_text_longer_than_any_name_is_looked_for_all_the_same() -> None:
    letter = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}"  # 18 letters once it is folded
    db, ids = kept([a_file(f"/r/{letter}{letter}".encode())])
    assert file_ids(db, Holds(letter)).tolist() == ids.tolist()
    assert file_ids(db, Holds(letter * 10_000)).tolist() == []


@pytest.mark.parametrize(
    "made",
    [
        lambda: Compare(Field.SIZE, Op.LT, "large"),
        lambda: Compare(Field.SIZE, Op.LT, True),
        lambda: Compare(Field.SIZE, Op.LT, 1 << 63),
        lambda: Compare(Field.SIZE, Op.LT, float("nan")),
        lambda: Compare(Field.TITLE, Op.EQ, b"bytes"),
        lambda: Compare(Field.TITLE, Op.EQ, "\ud800"),
        lambda: Compare(Field.NAME, Op.EQ, "text"),
        lambda: OneOf(Field.KIND, ("image", 3)),
        lambda: Matches(Field.PAGES, "3"),
        lambda: Matches(Field.TITLE, "x" * 1001),
        lambda: Has(Extra("\ud800")),
        lambda: Holds("a\0"),
        lambda: Holds("\ud800"),
        lambda: Near(90.1, 0, 1),
        lambda: Near(0, 180.1, 1),
        lambda: Near(0, 0, -1),
        lambda: Near(0, 0, float("nan")),
        lambda: Compare(Field.RATING, Op.EQ, "5"),
    ],
)
def test_what_cannot_be_meant_is_no_filter(made: Callable[[], Filter]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each has its own words
        made()


def nested(leaf: Filter, levels: int) -> Filter:
    tree = leaf
    for level in range(levels):
        tree = Not(tree) if level % 2 else And((Has(Field.SIZE), tree, Has(Field.SIZE)))
    return tree


def test_large_filters_are_answered_and_larger_ones_refused() -> None:
    db, ids = kept([a_file(b"/r/a.pdf")])
    everything = ids.tolist()
    assert file_ids(db, OneOf(Field.SIZE, tuple(range(20_000)))).tolist() == everything
    leaves: tuple[Filter, ...] = (
        OneOf(Field.SUFFIX, ("pdf", "txt")),
        Compare(Field.PATH, Op.EQ, b"/r/a.pdf"),
        Not(Has(Extra("a"))),
        Holds("a.pdf"),
        Not(Near(48.2, 16.4, 20)),
        Not(Compare(Field.TAG, Op.NE, "x")),
        Not(Stands(Standing.DUPLICATE)),
    )
    for leaf in leaves:
        assert file_ids(db, nested(leaf, 14)).size in {0, 1}
        ands: Filter = leaf
        for _ in range(14):
            ands = And((Has(Field.SIZE), ands))
        assert file_ids(db, ands).tolist() == everything
        with pytest.raises(UsageProblem):
            file_ids(db, nested(leaf, 16))
    sizes = [Compare(Field.SIZE, Op.EQ, size) for size in range(501)]
    assert file_ids(db, Or(tuple(sizes[:500]))).tolist() == everything
    with pytest.raises(UsageProblem):
        file_ids(db, Or(tuple(sizes)))
    db.close()
