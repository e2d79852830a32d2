"""Names are found in memory as the index finds them, and as a look at every name does, whatever changes."""

import os
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import waiting
from tests.store.builders import a_file
from vexgui.core.paths import decoded, folder_of, joined, name_of
from vexgui.store.catalog import Catalog, edits, folded, name_blob, name_keeper
from vexgui.store.catalog.among import marks
from vexgui.store.catalog.held_names import HeldNames, NameChanges
from vexgui.store.catalog.name_blob import NameBlob, TooManyLeapsError

ENDINGS = ("jpg", "pdf", "txt", "docx", "mp3", "é", "漢字", "/½")
STEMS = ("img", "IMG_2024", "report", "Über", "a", "invoice", "x y", "ß", "\N{PILE OF POO}", "%_")
PARTS = (
    "i",
    "im",
    "img",
    "jpg",
    "2024",
    "e",
    "pdf",
    "g_2",
    "uber",
    "ss",
    "漢",
    "1",
    "12",
    "zz",
    "\N{PILE OF POO}",
    ".",
)


def a_name(dice: random.Random) -> bytes:
    name = f"{dice.choice(STEMS)}{dice.choice(('_', ' ', ''))}{dice.randrange(40)}.{dice.choice(ENDINGS)}"
    return name.replace("/", "").encode()


def oracle(files: dict[bytes, int], parts: Sequence[str], limit: int, among: Sequence[int] | None) -> list[int]:
    """Look at every name."""
    wanted = [folded(part) for part in parts if folded(part)]
    names = [(folded(decoded(name_of(path))), number) for path, number in files.items()]
    found = [
        (len(name), name, number)
        for name, number in names
        if wanted and all(part in name for part in wanted) and (among is None or number in among)
    ]
    return [number for _, _, number in sorted(found)[:limit]]


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = Catalog(os.fsencode(tmp_path / "catalog.db"), writable=True)
    yield opened
    opened.close()


def keep(catalog: Catalog, paths: Sequence[bytes]) -> dict[bytes, int]:
    updates = [a_file(path, parts=[], texts=[""]) for path in dict.fromkeys(paths)]
    with catalog.writing() as db:
        return {
            update.path: number
            for update, number in zip(updates, edits.put_files(db, updates, 7, [0] * len(updates)), strict=True)
        }


def hold(catalog: Catalog) -> None:
    catalog.hold_names()
    catalog.wait_for_names()


def changed(catalog: Catalog, files: dict[bytes, int], dice: random.Random) -> dict[bytes, int]:
    """Change something in a catalog, and return the files there are now."""
    paths = list(files)
    match dice.randrange(5):
        case 0 if paths:
            gone = dice.sample(paths, min(len(paths), dice.randint(1, 20)))
            with catalog.writing() as db:
                edits.delete_files(db, gone)
            return {path: number for path, number in files.items() if path not in gone}
        case 1 if paths:
            old, new = dice.choice(paths), joined(b"/d", a_name(dice))
            with catalog.writing() as db:
                edits.rename_file(db, old, new, 8)
            number = files[old]
            return {path: kept for path, kept in files.items() if path not in (old, new)} | {new: number}
        case 2 if paths:
            with suppress(KeyError), catalog.writing() as db:
                edits.delete_files(db, paths)
                edits.put_files(db, [a_file(b"/d/img never.jpg")], 9, [0])
                raise KeyError
            return files
        case _:
            folder = dice.choice((b"/d", b"/e"))
            return files | keep(catalog, [joined(folder, a_name(dice)) for _ in range(dice.randint(1, 30))])


@pytest.mark.parametrize("seed", range(4))
def test_names_in_memory_follow_every_change_and_agree_with_a_look_at_all(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(name_keeper, "_FEWEST_CHANGES", 60)  # so that they are read again several times
    dice = random.Random(seed)
    files = keep(catalog, [joined(b"/d", a_name(dice)) for _ in range(100)])
    hold(catalog)
    for _ in range(40):
        files = changed(catalog, files, dice)
        parts = dice.choices(PARTS, k=dice.randint(1, 3))
        limit = dice.choice((1, 5, 1000))
        among = None if dice.random() < 0.5 else sorted(dice.sample(sorted(files.values()), len(files) // 2))
        with catalog.pinned() as view:
            found = view.with_names(parts, limit, None if among is None else np.array(among, np.int64))
        assert list(found) == oracle(files, parts, limit, among), (parts, limit, among)


def test_a_view_is_answered_from_memory_once_the_names_are_there(catalog: Catalog) -> None:
    (number,) = keep(catalog, [b"/d/apple.txt"]).values()
    hold(catalog)
    with catalog.writing() as db:
        db.execute("DELETE FROM names")  # the files stay, and nobody is told
    with catalog.pinned() as view:
        assert view.with_names(["apple"], 5) == (number,)


@pytest.mark.parametrize("held", [False, True])
def test_a_view_shows_the_names_of_its_own_moment(catalog: Catalog, held: bool) -> None:
    files = keep(catalog, [b"/d/apple.txt", b"/d/pear.txt", b"/d/plum.txt"])
    if held:
        hold(catalog)
    with catalog.pinned() as view:
        with catalog.writing() as db:
            edits.rename_file(db, b"/d/apple.txt", b"/d/quince.txt", 8)
            edits.delete_file(db, b"/d/pear.txt")
        new = keep(catalog, [b"/d/apple pear.txt"])[b"/d/apple pear.txt"]
        assert view.with_names(["apple"], 5) == (files[b"/d/apple.txt"],)
        assert view.with_names(["pear"], 5) == (files[b"/d/pear.txt"],)
        assert view.with_names(["quince"], 5) == ()
    with catalog.pinned() as view:
        assert view.with_names(["apple"], 5) == (new,)
        assert view.with_names(["pear"], 5) == (new,)
        assert view.with_names(["quince"], 5) == (files[b"/d/apple.txt"],)


def test_what_a_failed_change_would_have_named_is_not_found(catalog: Catalog) -> None:
    (number,) = keep(catalog, [b"/d/apple.txt"]).values()
    hold(catalog)
    with suppress(KeyError), catalog.writing() as db:
        edits.rename_file(db, b"/d/apple.txt", b"/d/pear.txt", 8)
        raise KeyError
    with catalog.pinned() as view:
        assert view.with_names(["apple"], 5) == (number,)
        assert view.with_names(["pear"], 5) == ()


def test_a_process_that_only_reads_holds_no_names(catalog: Catalog, tmp_path: Path) -> None:
    (number,) = keep(catalog, [b"/d/apple.txt"]).values()
    reader = Catalog(os.fsencode(tmp_path / "catalog.db"), writable=False)
    reader.hold_names()
    with reader.pinned() as view:
        assert view._held is None
        assert view.with_names(["app"], 5) == (number,)
    reader.close()


def test_closing_breaks_off_the_reading_of_names(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_keeper, "_STEPS_AT_ONCE", 1)
    keep(catalog, [b"/d/%d" % number for number in range(3000)])
    catalog.hold_names()
    catalog.close()
    assert not any(thread.name == "vexgui-reading-names" for thread in threading.enumerate())


def test_many_threads_search_while_names_change(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_keeper, "_FEWEST_CHANGES", 20)
    keep(catalog, [b"/d/steady %d.txt" % number for number in range(20)])
    hold(catalog)
    wrong: list[object] = []
    over = threading.Event()

    def search() -> None:
        while not over.is_set():
            with catalog.pinned() as view:
                paths = view.paths(view.with_names(["moving"], 50))
                known = [row.path for row in view.all_files() if b"moving" in row.path]
            if sorted(paths.values()) != sorted(known):
                wrong.append((paths, known))

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for turn in range(40):
            keep(catalog, [b"/d/moving %d.txt" % turn])
            with catalog.writing() as db:
                edits.rename_file(db, b"/d/moving %d.txt" % turn, b"/e/moving %d away.txt" % turn, 8)
                edits.delete_file(db, b"/e/moving %d away.txt" % (turn - 3))
    finally:
        over.set()
        for thread in threads:
            waiting.joined(thread)
    assert wrong == []


# The blob alone

FOUND_BY = st.text(st.sampled_from("ab1é漢"), min_size=1, max_size=3)


def best_first(names: Sequence[str]) -> list[tuple[int, str]]:
    return sorted(enumerate(names, 1), key=lambda row: (len(row[1]), row[1], row[0]))


@settings(max_examples=150, deadline=None)
@given(
    names=st.lists(st.text(st.sampled_from("ab1é漢"), max_size=6), max_size=30),
    parts=st.lists(FOUND_BY, min_size=1, max_size=3),
    among=st.none() | st.sets(st.integers(1, 40)),
    few=st.sampled_from((0, 1000)),
)
def test_going_through_all_names_finds_what_looking_at_each_finds(
    names: list[str], parts: list[str], among: set[int] | None, few: int
) -> None:
    rows = best_first(names)
    blob = NameBlob(rows)
    allowed = None if among is None else marks(np.array(sorted(among), np.int64))
    before, name_blob._FEW = name_blob._FEW, few
    try:
        places = list(blob.holding(parts, allowed, bounded=False))
    finally:
        name_blob._FEW = before
    expected = [
        place
        for place, (number, name) in enumerate(rows)
        if all(part in name for part in parts) and (among is None or number in among)
    ]
    assert places == expected
    assert [(blob.id(place), blob.name(place)) for place in range(len(blob))] == rows


def test_where_parts_are_in_many_names_and_never_in_one_the_trigram_index_is_asked() -> None:
    names = [f"{number:05}.{ending}" for number in range(6000) for ending in ("pdf", "txt")]
    blob = NameBlob(best_first(names))
    with pytest.raises(TooManyLeapsError):
        list(blob.holding(["pdf", "txt"], bounded=True))
    assert list(blob.holding(["pd", "tx"], bounded=False)) == []
    held = HeldNames(blob, NameChanges())
    nothing: Callable[[Sequence[int]], dict[int, str]] = lambda files: {}  # noqa: E731
    assert held.best(["pdf", "txt"], 5, None, nothing) is None
    assert held.best(["pd", "tx"], 5, None, nothing) == ()


def test_files_are_found_by_name_in_the_folder_they_were_moved_to(catalog: Catalog) -> None:
    files = keep(catalog, [b"/d/a/apple.txt"])
    hold(catalog)
    with catalog.writing() as db:
        edits.rename_folder(db, b"/d/a", b"/d/b", 8)
    with catalog.pinned() as view:
        found = view.with_names(["apple"], 5)
        assert found == tuple(files.values())
        assert [folder_of(path) for path in view.paths(found).values()] == [b"/d/b"]
