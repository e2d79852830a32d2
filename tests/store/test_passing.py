"""What a filter lets through is asked of the catalog once in each state of the store."""

import numpy as np
from numpy.typing import NDArray

from tests.store.builders import TEXT, a_file, vectors
from vexgui.core.filters import Field, Filter, Has, Matches
from vexgui.store.passing import Passing
from vexgui.store.rows import file_of
from vexgui.store.store import Store

NAMED: Filter = Matches(Field.NAME, "a")


def asked(passing: Passing, *questions: tuple[int, Filter]) -> list[bool]:
    """Return of each question, an epoch and a filter, whether it had to be asked."""
    calls: list[None] = []

    def ask() -> NDArray[np.int64]:
        calls.append(None)
        return np.array([len(calls)], np.int64)

    answers: list[bool] = []
    for epoch, where in questions:
        before = len(calls)
        passing.files(epoch, where, ask)
        answers.append(len(calls) > before)
    return answers


def test_a_filter_is_asked_again_in_another_state_alone() -> None:
    other = Has(Field.TITLE)
    assert asked(Passing(), (1, NAMED), (1, NAMED), (1, other), (2, NAMED), (1, NAMED)) == [
        True, False, True, True, False,
    ]  # fmt: skip


def test_the_filters_asked_last_are_remembered() -> None:
    fields = (Field.TITLE, Field.AUTHOR, Field.CAMERA, Field.CAPTION)
    passing = Passing()
    asked(passing, (1, NAMED), *((1, Has(field)) for field in fields[:3]))
    assert asked(passing, (1, NAMED), (1, Has(fields[3])), (1, NAMED), (1, Has(fields[0]))) == [
        False, True, False, True,
    ]  # fmt: skip


def test_a_filter_follows_every_commit_and_older_snapshots_do_not(store: Store) -> None:
    store.ensure_space(TEXT)
    store.commit([a_file(b"/f/a1", vectors(1))])
    with store.snapshot() as before:
        assert len(before.files_where(NAMED)) == 1
        store.commit([a_file(b"/f/a2", vectors(1, seed=2))])
        assert len(store.scan(TEXT.id, vectors(1)[0], 9, NAMED).passages) == 2
        assert len(before.files_where(NAMED)) == 1
    store.forget([b"/f/a1"])
    row = store.catalog.file(b"/f/a2")
    assert row is not None
    found = store.scan(TEXT.id, vectors(1)[0], 9, NAMED).passages
    assert [file_of(passage) for passage in found] == [row.id]
