"""One process writes, others read: each reads what its snapshot holds, and none can hold the writer up for ever."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.builders import TEXT, OpenStore, a_file, rows_of, slots, vectors
from tests.store.damage import column_path
from tests.waiting import next_line, output_of, put_down
from vexgui.core.errors import ProfileBusy
from vexgui.store.format import Column
from vexgui.store.store import Store

ROOT = Path(__file__).parents[2]
ROWS = vectors(9)


class Partner:
    """Another process that has the store open."""

    def __init__(self, role: str, folder: bytes) -> None:
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.sharing", role, os.fsdecode(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=environment,
        )  # fmt: skip
        try:
            said = next_line(self.process.stdout, f"a process has the store open to {role}")
            assert said == "ready\n", output_of(self.process, "it ends")[1].decode()
        except AssertionError:
            self.killed()
            raise

    def ended(self) -> None:
        """Have it end, and see that it found nothing wrong."""
        _, errors = output_of(self.process, "a process that has the store open ends")
        assert self.process.returncode == 0, errors.decode()

    def killed(self) -> None:
        """Kill it."""
        put_down([self.process])


@pytest.fixture
def partners() -> Iterator[list[Partner]]:
    """Processes that are ended with the test."""
    made: list[Partner] = []
    yield made
    for partner in made:
        if partner.process.poll() is None:
            partner.killed()


def share(folder: bytes, partners: list[Partner], seconds: float) -> None:
    partners.append(Partner("write", folder))
    partners += [Partner("read", folder), Partner("read", folder)]
    time.sleep(seconds)
    for partner in partners:
        partner.ended()


def test_snapshots_of_other_processes_stay_as_they_are(
    folder: bytes, partners: list[Partner], open_store: OpenStore
) -> None:
    share(folder, partners, seconds=2)
    store = open_store()
    assert store.check().problems == ()
    assert store.catalog.dead() == []


@pytest.mark.slow
def test_snapshots_of_other_processes_stay_as_they_are_for_long(folder: bytes, partners: list[Partner]) -> None:
    share(folder, partners, seconds=120)


def test_a_second_writer_is_refused_until_the_first_has_ended(
    folder: bytes, partners: list[Partner], open_store: OpenStore
) -> None:
    partners.append(Partner("write", folder))
    with pytest.raises(ProfileBusy):
        open_store()
    partners[0].killed()
    assert open_store().check().problems == ()


@pytest.mark.parametrize("compacted", [False, True], ids=["", "compacted"])
def test_what_is_forgotten_is_gone_from_the_disk_once_no_reader_has_it(
    store: Store, folder: bytes, partners: list[Partner], compacted: bool
) -> None:
    store.ensure_space(TEXT)
    store.commit([a_file(b"/%d" % number, ROWS[number : number + 1]) for number in range(9)])
    row = rows_of(store).at(slice(4, 5))
    traces = {Column.CODES: row.codes.tobytes(), Column.OWNER: row.owner.tobytes(), Column.SIGNS: row.signs.tobytes()}

    def lies_on_the_disk() -> list[Column]:
        paths = [(column, column_path(folder, column, generation=n)) for column in traces for n in (1, 2)]
        return [
            column
            for column, path in paths
            if os.path.exists(path) and traces[column] in Path(os.fsdecode(path)).read_bytes()
        ]

    partners.append(Partner("hold", folder))
    store.forget([b"/4"])
    if compacted:
        store.compact()
    store.commit([a_file(b"/new", vectors(1, seed=9))])
    assert lies_on_the_disk() == [Column.CODES, Column.OWNER, Column.SIGNS]
    partners[0].killed()
    store.tidy()
    store.forget([b"/unknown"])
    assert lies_on_the_disk() == []
    assert store.catalog.dead() == []
    assert store.check().problems == ()


def test_slots_that_a_killed_reader_had_are_used_again(store: Store, folder: bytes, partners: list[Partner]) -> None:
    store.ensure_space(TEXT)
    store.commit([a_file(b"/%d" % number, ROWS[number : number + 1]) for number in range(5)])
    partners.append(Partner("hold", folder))
    for number in range(5, 9):
        store.commit([a_file(b"/0", ROWS[number : number + 1])])
    assert slots(store) == [1, 2, 3, 4, 8]
    assert len(store.catalog.dead()) == 4
    partners[0].killed()
    store.tidy()
    store.commit([a_file(b"/n%d" % number, ROWS[number : number + 1]) for number in range(4)])
    assert slots(store) == [*range(9)]
