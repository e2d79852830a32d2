"""The catalog and the columns answer every filter alike, and as its words mean, for every file."""

import sqlite3
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.store.builders import a_file
from tests.store.filter_draws import FILES, TREE
from tests.store.filter_meanings import NOW_NS, ROOTS, matched, root_of, wanted
from vexgui.core.errors import UsageProblem
from vexgui.core.filters import (
    And,
    Compare,
    Extra,
    Field,
    Filter,
    Has,
    Holds,
    Matches,
    Near,
    Not,
    OneOf,
    Op,
    Or,
    Standing,
    Stands,
    Under,
)
from vexgui.store.catalog import schema
from vexgui.store.catalog.conditions import condition, register
from vexgui.store.catalog.patterns import fits
from vexgui.store.catalog.put import put_files
from vexgui.store.columns import Rows
from vexgui.store.columns.masks import mask
from vexgui.store.format import Column, KindCode
from vexgui.store.rows import FileUpdate


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


@given(st.text("ab", max_size=7), st.text("ab*?", max_size=7))
def test_a_star_fits_any_letters_and_a_question_mark_one(text: str, pattern: str) -> None:
    assert fits(text, pattern) == matched(text, pattern)


def test_a_pattern_of_many_stars_takes_no_time_on_a_text_that_repeats_itself() -> None:
    assert not fits("a" * 255, "*a" * 20 + "*b")
    assert fits("a" * 255 + "b", "*a" * 20 + "*b")


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
