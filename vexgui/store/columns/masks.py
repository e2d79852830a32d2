"""A filter as a mask over the slots of a space: from the columns what they hold, the rest from the catalog."""

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vexgui.core.files import Kind
from vexgui.core.filters import (
    And,
    Compare,
    Field,
    Filter,
    Has,
    Holds,
    Leaf,
    Matches,
    Near,
    Not,
    OneOf,
    Op,
    Or,
    Stands,
    Under,
)
from vexgui.core.paths import lies_in
from vexgui.store.catalog.patterns import fits
from vexgui.store.columns.rows import Rows
from vexgui.store.format import PASSAGE_BITS, KindCode

Mask = NDArray[np.bool_]
"""Which slots a filter lets through, [n] bool; of a free slot it says nothing."""

FileIds = Callable[[Filter], NDArray[np.int64]]
"""Asks the catalog which files a filter lets through; int64, ascending."""

_CHUNK_ROWS = 1 << 15
"""Of so many rows the files stay in the processor's cache."""

_MIRRORED = frozenset((Field.KIND, Field.ROOT, Field.SIZE, Field.MTIME))

_Mirrored: TypeAlias = Compare | OneOf | Matches | Under | Has
"""Conditions that columns may answer."""


def mask(tree: Filter, rows: Rows, roots: Mapping[bytes, int], file_ids: FileIds) -> Mask:
    """Return which slots belong to files that a filter lets through.

    Args:
        tree: The filter.
        rows: The slots.
        roots: The numbers of the roots in force; every file that lies in one has the number of the innermost.
        file_ids: Asks the catalog, in the state that the slots are of, for what the columns do not hold.
    """
    if not _has_columns(tree, roots):
        return _belonging(rows.owner, file_ids(tree))
    match tree:
        case And(()) | Or(()):
            return np.full(len(rows.owner), isinstance(tree, And))
        case And(parts) | Or(parts):
            first, *others = (mask(part, rows, roots, file_ids) for part in _asked_once(type(tree), parts, roots))
            for other in others:
                first = first & other if isinstance(tree, And) else first | other
            return first
        case Not(part):
            return ~mask(part, rows, roots, file_ids)
        case Holds() | Near() | Stands():
            raise AssertionError("the columns hold nothing of that")
        case _:
            return _of_columns(tree, rows, roots)


def _belonging(owners: NDArray[np.int64], files: NDArray[np.int64]) -> Mask:
    """Return which passages, [n], belong to some files, ascending: a look into a table, a tenth of what a search takes.

    What a damaged row names is bounded: before the first file or behind the last there is none.
    """
    table = np.zeros(int(files[-1]) + 2 if len(files) else 1, np.bool_)
    table[files] = True
    found = np.empty(len(owners), np.bool_)
    for start in range(0, len(owners), _CHUNK_ROWS):
        chunk = slice(start, start + _CHUNK_ROWS)
        table.take(owners[chunk] >> PASSAGE_BITS, mode="clip", out=found[chunk])
    return found


def _of_columns(leaf: _Mirrored, rows: Rows, roots: Mapping[bytes, int]) -> Mask:
    match leaf:
        case Under(path):
            return _looked_up(rows.root, {number: lies_in(root, path) for root, number in roots.items()})
        case Compare(Field.ROOT) | OneOf(Field.ROOT) | Matches(Field.ROOT) | Has(Field.ROOT):
            return _looked_up(rows.root, {number: _holds(leaf, root) for root, number in roots.items()})
        case Compare(Field.KIND) | OneOf(Field.KIND) | Matches(Field.KIND) | Has(Field.KIND):
            return _looked_up(rows.kind, {code: _holds(leaf, Kind[code.name].value) for code in KindCode})
        case Compare(field) | OneOf(field) | Matches(field) | Has(field):
            return _of_numbers(leaf, rows.size if field is Field.SIZE else rows.mtime)


def _looked_up(column: NDArray[np.unsignedinteger[Any]], answers: Mapping[int, bool]) -> Mask:
    """Return each slot's answer by the small number it holds; false for numbers without one."""
    table = np.zeros(1 << 8 * column.itemsize, np.bool_)
    table[list(answers)] = list(answers.values())
    found: Mask = table[column]
    return found


def _has_columns(tree: Filter, roots: Mapping[bytes, int]) -> bool:
    """Tell whether any part of a filter can be answered without the catalog."""
    match tree:
        case And(parts) | Or(parts):
            return not parts or any(_has_columns(part, roots) for part in parts)
        case Not(part):
            return _has_columns(part, roots)
        case Under(path):
            return path in roots
        case Compare(field) | OneOf(field) | Matches(field) | Has(field):
            return field in _MIRRORED
        case Holds() | Near() | Stands():
            return False


def _asked_once(join: type[And | Or], parts: tuple[Filter, ...], roots: Mapping[bytes, int]) -> list[Filter]:
    """Return parts with those joined that are for the catalog alone."""
    ours = [part for part in parts if _has_columns(part, roots)]
    theirs = tuple(part for part in parts if not _has_columns(part, roots))
    return [*ours, join(theirs)] if theirs else ours


def _of_numbers(leaf: Leaf, column: NDArray[np.int64]) -> Mask:
    match leaf:
        case Compare(_, op, int(value)):
            found: Mask = op.holds(column, value)
            return found
        case Compare(_, op, float(value)):
            return _of_fraction(op, column, value)
        case OneOf(_, values):
            whole = [int(value) for value in values if int(value) == value and -(1 << 63) <= value < 1 << 63]
            return np.isin(column, np.array(whole, np.int64))
        case _:
            return np.ones(len(column), np.bool_)  # no file lacks them


def _of_fraction(op: Op, column: NDArray[np.int64], value: float) -> Mask:
    """Compare whole numbers with any, exactly: turned into floats, those above 2**53 would be others."""
    below = math.floor(value)
    if below == value:
        found: Mask = op.holds(column, below)
        return found
    match op:
        case Op.EQ | Op.NE:
            return np.full(len(column), op is Op.NE)
        case Op.LT | Op.LE:
            return column <= below
        case Op.GT | Op.GE:
            return column > below


def _holds(leaf: Leaf, value: Any) -> bool:
    """Tell whether a condition is true of a value that is not missing."""
    match leaf:
        case Compare(_, op, wanted):
            return bool(op.holds(value, wanted))
        case OneOf(_, values):
            return value in values
        case Matches(_, pattern):
            return fits(value, pattern)
        case _:
            return True
