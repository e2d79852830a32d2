"""Answers: copies folded, remembered until the store changes, stopped, explained, of one state of the store."""

import os
import re
import threading

import numpy as np
import pytest
from typing_extensions import override

from tests.search.conftest import Shelf, asked
from tests.waiting import joined
from vexgui.core.arrays import Vectors
from vexgui.core.filters import Not, Under
from vexgui.core.query import Query
from vexgui.core.vectors import SpaceId
from vexgui.models.fake import FakeEmbedder
from vexgui.search.answers import MOST_FILES, Answers, Found, Key
from vexgui.search.ranking import listing_of
from vexgui.search.searcher import Searcher
from vexgui.store.catalog.outlines import Outlines

RED, BLUE = "#dc1414", "#1428dc"


class Watched(FakeEmbedder):
    """An embedder that does something before it encodes a query.

    Attributes:
        asked: How many queries were encoded.
    """

    def __init__(self) -> None:
        super().__init__(picture=True)
        self.asked = 0
        self.before = lambda: None

    @override
    def embed_query(self, space: SpaceId, text: str) -> Vectors:
        self.asked += 1
        self.before()
        return super().embed_query(space, text)


@pytest.fixture
def watched(shelf: Shelf) -> Watched:
    shelf.embedder = Watched()
    return shelf.embedder


# Copies


def test_files_of_one_content_are_one_hit_with_the_others_as_its_copies(shelf: Shelf) -> None:
    paths = [shelf.write(name, "lentil soup") for name in ("a.txt", "b.txt", "far/soup.txt")]
    shelf.index_files(*paths, shelf.write("c.txt", "more lentil soup"))
    hits = shelf.search("lentil soup").hits
    assert [(hit.path, hit.copies) for hit in hits if hit.copies] == [(paths[0], (paths[1], paths[2]))]
    assert len(hits) == 2


def test_the_copy_that_fits_best_stands_for_the_others(shelf: Shelf) -> None:
    paths = [shelf.write(name, "bees in a hive") for name in ("a.txt", "honey.txt", "z.txt")]
    shelf.index_files(*paths)
    (hit,) = shelf.search("honey").hits
    assert (hit.path, hit.score, hit.copies) == (paths[1], 1, (paths[0], paths[2]))


def test_copies_that_a_filter_leaves_out_are_none(shelf: Shelf) -> None:
    near, far = shelf.write("a.txt", "soup"), shelf.write("far/a.txt", "soup")
    shelf.index_files(near, far)
    (hit,) = shelf.search(Query(asked("soup").questions, Not(Under(shelf.path("far"))))).hits
    assert (hit.path, hit.copies) == (near, ())


def test_a_copy_that_is_gone_or_changed_is_none(shelf: Shelf) -> None:
    paths = [shelf.write(name, "lentil soup") for name in ("a.txt", "b.txt", "c.txt")]
    shelf.index_files(*paths)
    os.unlink(paths[0])
    shelf.write("b.txt", "something else")
    (hit,) = shelf.search("lentil soup").hits
    assert (hit.path, hit.copies) == (paths[2], ())


def test_no_more_hits_than_wanted_are_told_of_however_many_copies_there_are(shelf: Shelf) -> None:
    shelf.index_files(*[shelf.write(f"{name}{number}.txt", f"soup {name}") for name in "abc" for number in range(4)])
    hits = shelf.search("soup", 2).hits
    assert [len(hit.copies) for hit in hits] == [3, 3]


# Remembered


def test_the_same_is_not_looked_for_twice(shelf: Shelf, watched: Watched) -> None:
    shelf.index(soup_txt="lentil soup", one_png=RED)
    searcher = shelf.searcher
    first = searcher.search(asked("lentil"), 10, meaning=True)
    encoded = watched.asked
    again = searcher.search(asked("lentil"), 10, meaning=True)
    assert watched.asked == encoded
    assert (again.hits, again.exact, again.complete) == (first.hits, first.exact, first.complete)
    assert again.plan == ("The same was asked before, and nothing has changed in the store since.", *first.plan)


def test_what_changed_in_the_store_is_looked_for_anew(shelf: Shelf) -> None:
    shelf.index(a_txt="lentil soup")
    searcher = shelf.searcher
    assert shelf.names(searcher.search(asked("lentil"), 10, meaning=True)) == ["a.txt"]
    shelf.index(b_txt="lentil stew")
    assert set(shelf.names(searcher.search(asked("lentil"), 10, meaning=True))) == {"a.txt", "b.txt"}


def test_a_remembered_file_that_has_changed_on_the_disk_is_not_told_of(shelf: Shelf) -> None:
    shelf.index(a_txt="lentil soup", b_txt="lentil stew")
    searcher = shelf.searcher
    searcher.search(asked("lentil"), 10, meaning=True)
    os.unlink(shelf.path("a.txt"))
    assert shelf.names(searcher.search(asked("lentil"), 10, meaning=True)) == ["b.txt"]


def test_names_and_words_are_not_remembered_as_meaning(shelf: Shelf) -> None:
    shelf.index(one_png=RED, two_png=BLUE, three_png=BLUE, note_txt="red")
    searcher = shelf.searcher
    assert shelf.names(searcher.search(asked("red"), 10, meaning=False)) == ["note.txt"]
    assert set(shelf.names(searcher.search(asked("red"), 10, meaning=True))) == {"one.png", "note.txt"}


def found_of(files: int) -> Found:
    """Return so many files that were only listed."""
    outlines = Outlines(np.zeros(files, np.uint8), np.zeros(files, np.int64))
    return Found(listing_of(np.arange(files)), outlines, "", exact=True, plan=())


def test_what_was_asked_longest_ago_is_forgotten() -> None:
    def key(number: int) -> Key:
        return Key(asked(f"soup {number}"), 100, False, (), 1)

    kept, found = Answers(most=2), found_of(0)
    for number in range(2):
        kept.put(key(number), found)
    assert kept.get(key(0)) is found
    kept.put(key(2), found)
    assert [kept.get(key(number)) for number in range(3)] == [found, None, found]


def test_of_an_older_state_of_the_store_and_of_very_many_files_nothing_is_kept() -> None:
    def key(typed: str, epoch: int) -> Key:
        return Key(asked(typed), 100, False, (), epoch)

    kept, found = Answers(), found_of(0)
    kept.put(key("soup", 1), found)
    kept.put(key("stew", 2), found)
    assert (kept.get(key("soup", 1)), kept.get(key("stew", 2))) == (None, found)
    kept.put(key("all", 2), found_of(MOST_FILES + 1))
    assert kept.get(key("all", 2)) is None


# Stopped


def test_a_search_that_nobody_waits_for_ends_at_once_and_leaves_no_thread(shelf: Shelf, watched: Watched) -> None:
    shelf.index(soup_txt="lentil soup", one_png=RED)
    stop = threading.Event()
    watched.before = stop.set
    threads = set(threading.enumerate())
    answer = shelf.searcher.search(asked("lentil"), 10, meaning=True, stop=stop)
    assert (answer.hits, answer.complete) == ((), False)
    assert answer.note == "The search was stopped."
    assert set(threading.enumerate()) <= threads  # others' may end meanwhile
    watched.before = lambda: None
    assert shelf.found("lentil") == ["soup.txt"]


def test_a_stopped_search_is_not_remembered(shelf: Shelf) -> None:
    shelf.index(soup_txt="lentil soup")
    stop, searcher = threading.Event(), shelf.searcher
    stop.set()
    assert searcher.search(asked("lentil"), 10, meaning=True, stop=stop).hits == ()
    assert len(searcher.search(asked("lentil"), 10, meaning=True).hits) == 1


# One state of the store


def test_searches_see_whole_commits_while_files_are_indexed(shelf: Shelf) -> None:
    """Every commit holds as many soups as stews, and so must every answer."""

    def commit(number: int) -> None:
        names = [f"{kind}{number}.txt" for kind in ("soup", "stew")]
        shelf.index_files(*[shelf.write(name, f"lentil {name} number {number}") for name in names])

    commit(0)
    failures: list[object] = []
    done = threading.Event()

    def ask(searcher: Searcher) -> None:
        while not done.is_set():
            names = shelf.names(searcher.search(asked("lentil"), 100, meaning=True))
            soups = sum(name.startswith("soup") for name in names)
            if not names or 2 * soups != len(names):
                failures.append(names)

    threads = [threading.Thread(target=ask, args=(shelf.searcher,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for number in range(1, 6):
            commit(number)
    finally:
        done.set()
        for thread in threads:
            joined(thread)
    assert failures == []
    assert len(shelf.found("lentil", 100)) == 12


# Explained


def test_an_answer_tells_how_it_was_found(shelf: Shelf) -> None:
    shelf.index(soup_txt="lentil soup", stew_txt="lentil stew\n\nlentil", one_png=RED)
    answer = shelf.search("lentil soup plum type:text sort:name")
    told = "\n".join(answer.plan)
    assert answer.exact
    assert "The filters let 2 of 3 files through." in told
    assert "soup in " in told
    assert told.index("soup in ") < told.index("lentil in ")
    assert "No passage holds: plum." in told
    assert "No name holds all of: lentil, soup, plum." in told
    assert re.search(r"fake text: All \d+ vectors that pass the filter were compared", told)
    assert "Ordered by name; weak hits come last." in told
    assert "Ordered by name." in shelf.search("type:text sort:name").plan


def test_an_answer_carries_the_mistakes_of_its_query(shelf: Shelf) -> None:
    shelf.index(soup_txt="lentil soup")
    query = asked("soup size:huge")
    assert query.mistakes
    answer = shelf.search(query)
    assert (answer.mistakes, shelf.names(answer)) == (query.mistakes, ["soup.txt"])


# Away


def test_a_file_on_a_drive_that_is_away_is_answered_where_that_drive_is_asked_for(shelf: Shelf) -> None:
    path = shelf.write("drive/soup.txt", "lentil soup")
    drive = shelf.path("drive")
    shelf.store.set_roots([drive])
    shelf.index_files(path, shelf.write("near.txt", "more lentil soup"))
    os.rename(drive, shelf.path("elsewhere"))
    assert shelf.found("lentil") == ["near.txt"]
    shelf.stale.clear()
    there = Query(asked("lentil").questions, Under(drive))
    answer = shelf.search(there)
    assert shelf.names(answer) == ["drive/soup.txt"]
    assert answer.note == f"Some of these files lie where nothing is now: {os.fsdecode(drive)}."
    assert shelf.stale == []
    os.mkdir(drive)
    assert shelf.found(there) == []
    assert shelf.stale == [path]


def test_a_drive_that_is_only_left_out_is_not_asked_for(shelf: Shelf) -> None:
    drive = shelf.path("drive")
    shelf.store.set_roots([drive])
    shelf.index_files(shelf.write("drive/soup.txt", "lentil soup"), shelf.write("near.txt", "more lentil soup"))
    os.rename(drive, shelf.path("elsewhere"))
    without = Query(asked("lentil").questions, Not(Under(drive + b"/stews")))
    assert shelf.found(without) == ["near.txt"]


@pytest.mark.parametrize("typed", ["lentil", "type:text", "sort:name"])
def test_files_on_a_drive_that_is_away_take_no_place_from_others(shelf: Shelf, typed: str) -> None:
    drive = shelf.path("drive")
    shelf.store.set_roots([drive])
    there = [shelf.write(f"drive/lentil {number}.txt", f"lentil {number}") for number in range(120)]
    near = shelf.write("lentil z.txt", "peas, beans and a lentil")
    os.utime(near, (1, 1))
    shelf.index_files(*there, near)
    os.rename(drive, shelf.path("elsewhere"))
    answer = shelf.search(typed)
    assert shelf.names(answer) == ["lentil z.txt"]
    assert f"What lies in {os.fsdecode(drive)} was left out: it is not there now." in answer.plan


def test_many_copies_take_no_place_from_others(shelf: Shelf) -> None:
    copies = [shelf.write(f"a {number}.txt", "lentil soup") for number in range(130)]
    shelf.index_files(*copies, shelf.write("b.txt", "pea soup"), shelf.write("c.txt", "bean soup"))
    answer = shelf.search("sort:name", 10)
    assert shelf.names(answer) == ["a 0.txt", "b.txt", "c.txt"]
    assert len(answer.hits[0].copies) == 129
