"""A process killed at any step leaves a store that opens clean, with all of a change or nothing of it."""

import os
import random
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tests.deaths import Dying, dying
from tests.store.builders import PICTURE, as_kept, column_folders, rows_of, slots, vectors
from tests.store.crashing import CHANGES, PAGE, Death, deed
from vexgui.core.arrays import Vectors
from vexgui.core.files import Kind
from vexgui.core.vectors import CodecName, SpaceId
from vexgui.store.catalog.upgrade import is_version_1
from vexgui.store.codecs import codec_named
from vexgui.store.columns.rows import blank
from vexgui.store.store import Store

Contents = Mapping[bytes, tuple[Kind, int, int, Mapping[SpaceId, Vectors]]]
SAMPLE = 1
"""Kills of each change in an ordinary run, beside those around COMMIT."""


@dataclass(frozen=True, slots=True)
class Course:
    """A change as it goes when nothing dies: the store before it, its steps, what the store holds before and after."""

    name: str
    folder: Path
    steps: tuple[str, ...]
    before: Contents
    after: Contents


def contents(store: Store) -> Contents:
    """Return what a store holds: of each path kind, size, root, and its vectors by space."""
    return {
        row.path: (
            row.kind,
            row.stat.size,
            row.root_id,
            {part.space: part.vectors for part in store.vectors_of(row.id)},
        )
        for row in store.catalog.all_files()
    }


def alike(one: Contents, other: Contents) -> bool:
    """Tell whether two stores hold the same, as far as a change of codec lets them."""
    if {path: file[:3] for path, file in one.items()} != {path: file[:3] for path, file in other.items()}:
        return False
    for path, (*_, parts) in one.items():
        others = other[path][3]
        if parts.keys() != others.keys():
            return False
        if any(len(parts[space]) != len(others[space]) for space in parts):
            return False
        if any(not np.allclose(parts[space], others[space], atol=0.002) for space in parts):
            return False
    return True


def opened(folder: Path, change: str, *, writable: bool = True) -> Store:
    return Store(os.fsencode(folder), CHANGES[change].codec, writable=writable, page_bytes=PAGE)


def of(folder: Path, change: str) -> Contents:
    """Return what a copy of a store holds, so that the store itself is not opened."""
    copy = folder.with_name(folder.name + ".looked at")
    shutil.copytree(folder, copy)
    with closing(opened(copy, change)) as store:
        found = contents(store)
    shutil.rmtree(copy)
    return found


@pytest.fixture(scope="module")
def die() -> Iterator[Dying]:
    with dying("tests.store.crashing") as process:
        yield process


@pytest.fixture(scope="module", params=CHANGES)
def course(request: pytest.FixtureRequest, die: Dying, tmp_path_factory: pytest.TempPathFactory) -> Course:
    place = tmp_path_factory.mktemp("course")
    name = request.param
    before, after, log = place / "before", place / "after", place / "log"
    CHANGES[name].prepare(str(before))
    shutil.copytree(before, after)
    assert die(Death(str(after), name, str(log)))
    return Course(name, before, tuple(log.read_text().splitlines()), of(before, name), of(after, name))


def test_a_killed_change_is_made_or_not(course: Course, die: Dying, tmp_path: Path) -> None:
    commits = [number for number, step in enumerate(course.steps, 1) if "COMMIT" in step]
    luck = random.Random(1)
    chosen = {*commits[:1], *(number + 1 for number in commits[:1]), *luck.sample(range(1, len(course.steps)), SAMPLE)}
    for step in sorted(chosen):
        killed(course, die, tmp_path, step)


@pytest.mark.slow
def test_a_change_killed_at_any_step_is_made_or_not(course: Course, die: Dying, tmp_path: Path) -> None:
    for step in range(1, len(course.steps) + 1):
        killed(course, die, tmp_path, step)


def killed(course: Course, die: Dying, place: Path, step: int) -> None:
    """Kill a change at a step, and look at what is left."""
    folder, log = place / "store", place / "log"
    shutil.copytree(course.folder, folder)
    assert not die(Death(str(folder), course.name, str(log), step))
    made = log.read_text().splitlines()
    assert (len(made), made[-1]) == (step, course.steps[step - 1])
    lasting = any("COMMIT" in line for line in made[:-1])
    expected = course.after if lasting else course.before

    if course.name != "upgrade":  # a reader that comes first, while no owner is there, answers as the next owner will
        with closing(opened(folder, course.name, writable=False)) as reader:
            assert alike(contents(reader), expected), made[-1]
    with closing(opened(folder, course.name)) as store:
        assert not is_version_1(os.fsencode(folder))
        assert alike(contents(store), expected), made[-1]
        sound(store, folder)
        if not lasting:  # the change can be made again
            CHANGES[course.name].make(store)
            assert alike(contents(store), course.after), made[-1]
            sound(store, folder)
    shutil.rmtree(folder)
    log.unlink()


def sound(store: Store, folder: Path) -> None:
    """Assert that nothing is damaged and that nothing was left behind."""
    assert store.check().problems == ()
    store.tidy()
    assert store.catalog.dead() == []
    spaces = store.spaces()
    assert column_folders(os.fsencode(folder)) == {f"{kept.space.id}.{kept.generation}" for kept in spaces}
    for kept in spaces:
        free = store._spaces.get(kept).slots.free_slots
        assert free == len(rows_of(store, kept.space)) - len(slots(store, kept.space))
        assert free == np.count_nonzero(blank(rows_of(store, kept.space)))


# At random


def lives(die: Dying, place: Path, kills: int, seed: int) -> None:
    """Kill a process that changes a store without end, again and again, and compare with what it said it had done."""
    luck = random.Random(seed)
    folder, log = place / "store", place / "log"
    CHANGES["commit"].prepare(str(folder))
    with closing(Store(os.fsencode(folder), CodecName.INT8, writable=True)) as store:
        store.forget_folder(b"/")
    log.write_text("0\n")
    known: dict[bytes, Vectors] = {}
    done = 0
    longest_s = 0.25
    for _ in range(kills):
        assert not die(Death(str(folder), "live", str(log), after_s=luck.uniform(0.005, longest_s)))
        acknowledged = int(log.read_text().splitlines()[-1])
        if acknowledged == done:
            longest_s *= 2  # a busy computer has hardly opened the store by then
        for number in range(done + 1, acknowledged + 1):
            known = after_deed(known, number)
        with closing(Store(os.fsencode(folder), CodecName.INT8, writable=True)) as store:
            found = {path: parts for path, (*_, parts) in contents(store).items()}
            ahead = after_deed(known, acknowledged + 1)
            assert any(holds(found, state) for state in (known, ahead)), acknowledged
            if not holds(found, known):
                known, acknowledged = ahead, acknowledged + 1
                with log.open("a") as file:
                    file.write(f"{acknowledged}\n")
            sound(store, folder)
        done = acknowledged
    assert done > kills / 10


def after_deed(known: Mapping[bytes, Vectors], number: int) -> dict[bytes, Vectors]:
    kind, files = deed(number)
    if kind == "commit":
        return {**known, **files}
    return {path: rows for path, rows in known.items() if kind == "compact" or path not in files}


def holds(found: Mapping[bytes, Mapping[SpaceId, Vectors]], known: Mapping[bytes, Vectors]) -> bool:
    codec = codec_named(CodecName.INT8)
    return found.keys() == known.keys() and all(
        np.allclose(np.concatenate(list(found[path].values())), as_kept(codec, rows), atol=1e-5)
        if found[path] and sum(map(len, found[path].values())) == len(rows)
        else False
        for path, rows in known.items()
    )


def test_a_process_killed_at_random_loses_nothing_it_said_was_done(die: Dying, tmp_path: Path) -> None:
    lives(die, tmp_path, 8, seed=1)


@pytest.mark.slow
def test_a_process_killed_a_hundred_times_loses_nothing_it_said_was_done(die: Dying, tmp_path: Path) -> None:
    lives(die, tmp_path, 100, seed=2)


def test_vectors_of_one_deed_differ_from_those_of_another() -> None:
    """What the tests above rest on: a state that is one deed behind is told from one that is not."""
    assert deed(1)[1].keys() != deed(2)[1].keys()
    assert not np.allclose(vectors(1, PICTURE.dim, 1), vectors(1, PICTURE.dim, 2))
