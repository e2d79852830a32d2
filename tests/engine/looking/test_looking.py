"""The engine lays the collection out, counts its months, and finds what is there twice."""

import os
import pickle  # noqa: TID251 - as the window and its engine's process do
from threading import Event as Flag

import numpy as np
import pytest

from tests.engine.conftest import Desk
from vexgui.core.events import Event, MapProgress
from vexgui.core.files import Kind
from vexgui.core.looking import CollectionMap, MonthCount
from vexgui.core.query import Order, SortBy
from vexgui.engine.looking.alike import SAME_BITS, groups_alike
from vexgui.engine.looking.mapper import Mapper
from vexgui.engine.looking.maps import Maps
from vexgui.engine.parts import store_folder
from vexgui.extract.looks import bits_apart
from vexgui.system.frames import Frame

SUMMER_S = 1_720_000_000  # July 2024


def written(desk: Desk, *names: str) -> list[bytes]:
    paths = [desk.write(name, f"A text called {name}, of its own.") for name in names]
    desk.engine.index([desk.path("")])
    return paths


class Here:
    """Makes maps in this process: one of idle priority waits as long as other tests are at work."""

    def __init__(self) -> None:
        self._mapper = Mapper()

    def call(self, request: Frame, timeout_s: float) -> Frame:
        return self._mapper.handle(request)

    def unload(self) -> bool:
        return True

    def close(self) -> None:
        pass


class Drawn:
    """Maps of a desk's files.

    Attributes:
        heard: What was told of how far a map is.
    """

    def __init__(self, desk: Desk) -> None:
        self.heard: list[Event] = []
        self._desk = desk
        self._maps = Maps(desk.profile.cache, store_folder(desk.profile), self.heard.append, Here())

    def get(self, *, anew: bool = False, stop: Flag | None = None) -> CollectionMap:
        found = self.asked(anew=anew, stop=stop)
        assert found is not None
        return found

    def asked(self, *, anew: bool = False, stop: Flag | None = None) -> CollectionMap | None:
        return self._maps.get(self._desk.engine._parts.store, anew=anew, stop=stop)


def test_every_file_with_vectors_has_a_place_and_the_map_is_kept(desk: Desk) -> None:
    drawn = Drawn(desk)
    assert drawn.asked() is None
    paths = written(desk, *(f"{number}.txt" for number in range(12)), "a.py")
    found = drawn.get()
    assert sorted(found.path(row) for row in range(len(found))) == sorted(paths)
    assert found.kind(found.paths(range(len(found))).index(paths[-1])) is Kind.CODE
    assert found.complete
    assert MapProgress(0.0) in drawn.heard
    again = Drawn(desk)
    assert (again.get().xy == found.xy).all()
    assert not again.heard


def test_new_files_get_a_place_at_once_and_the_map_is_laid_out_anew_only_when_that_is_wanted(desk: Desk) -> None:
    drawn = Drawn(desk)
    written(desk, *(f"{number}.txt" for number in range(30)))
    first = drawn.get()
    written(desk, "new.txt")
    second = drawn.get()
    assert (len(second), second.complete) == (31, True)
    old = [row for row in range(31) if not second.path(row).endswith(b"new.txt")]
    assert (second.xy[old] == first.xy).all()
    written(desk, *(f"more {number}.txt" for number in range(5)))
    third = drawn.get()
    assert (len(third), third.complete) == (36, False)
    anew = drawn.get(anew=True)
    assert (len(anew), anew.complete) == (36, True)


def test_a_file_that_is_gone_leaves_the_map_and_the_others_stay(desk: Desk) -> None:
    drawn = Drawn(desk)
    written(desk, *(f"{number}.txt" for number in range(30)))
    first = drawn.get()
    os.unlink(desk.path("7.txt"))
    desk.engine.index([desk.path("")])
    second = drawn.get()
    left = [row for row in range(30) if not first.path(row).endswith(b"/7.txt")]
    assert [second.path(row) for row in range(len(second))] == [first.path(row) for row in left]
    assert (second.xy == first.xy[left]).all()


def test_a_map_that_nobody_wants_any_more_is_not_finished(desk: Desk) -> None:
    written(desk, "a.txt")
    stop = Flag()
    stop.set()
    assert Drawn(desk).asked(stop=stop) is None


def test_the_engine_has_maps_made_by_a_process_of_its_own(desk: Desk) -> None:
    paths = written(desk, "a.txt", "b.txt")
    found = desk.engine.collection_map()
    assert found is not None
    assert sorted(found.paths(range(2))) == paths


def test_a_map_of_many_files_is_taken_out_of_its_pickle_at_once() -> None:
    names = [b"/home/ann/%d.jpg" % number for number in range(1000)]
    ends = np.cumsum([len(name) for name in names]).astype(np.int64)
    zeros = np.zeros(1000, np.int64)
    sent = CollectionMap(b"".join(names), ends, zeros.astype(np.uint8), zeros, np.zeros((1000, 2), np.float32))
    data = pickle.dumps(sent, pickle.HIGHEST_PROTOCOL)
    assert len(data) < 1000 * 60
    assert pickle.loads(data).paths([0, 500, 999]) == (names[0], names[500], names[999])


def test_files_themselves_are_an_answer_that_can_be_gone_through(desk: Desk) -> None:
    paths = written(desk, "b.txt", "a.txt", "c.py")
    answer = desk.engine.hits_for([*paths, b"/nowhere"], 2)
    assert ([hit.path for hit in answer.hits], answer.total) == (paths[:2], 3)
    assert answer.kinds == ((Kind.TEXT, 2), (Kind.CODE, 1))
    assert [hit.path for hit in desk.engine.hits_of(answer.token, 2, 5)] == paths[2:]
    by_name = desk.engine.hits_for(paths, 9, order=Order(SortBy.NAME), kind=Kind.TEXT)
    assert [hit.path for hit in by_name.hits] == [paths[1], paths[0]]


def test_files_count_for_the_month_they_were_changed_in(desk: Desk) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        path = desk.write(name, name)
        os.utime(path, (SUMMER_S, SUMMER_S + (400 * 86400 if name == "c.txt" else 0)))
    desk.engine.index([desk.path("")])
    assert desk.engine.timeline() == (MonthCount(2024, 7, 2, 0), MonthCount(2025, 8, 1, 0))


def test_files_of_the_same_content_are_duplicates_and_the_oldest_is_the_one_to_keep(desk: Desk) -> None:
    for name, age_s in (("new copy.txt", 0), ("old.txt", 9999), ("other.txt", 5)):
        path = desk.write(name, "other" if name == "other.txt" else "the same")
        os.utime(path, (SUMMER_S, SUMMER_S - age_s))
    desk.write("empty.txt", "")
    desk.write("as empty.txt", "")
    os.link(desk.path("other.txt"), desk.path("another name.txt"))
    desk.engine.index([desk.path("")])
    (group,) = desk.engine.duplicates()
    assert (group.exact, group.paths) == (True, (desk.path("old.txt"), desk.path("new copy.txt")))
    assert group.spare_bytes == len("the same")


@pytest.mark.parametrize("seed", [1, 2])
def test_all_pictures_that_look_the_same_are_found_and_no_others(seed: int) -> None:
    rng = np.random.default_rng(seed)
    looks = rng.integers(0, 1 << 63, (400, 2), np.int64).astype(np.uint64)
    for row in range(0, 120, 3):  # near ones, up to the last bit that counts, and one beyond
        for beside, bits in ((1, SAME_BITS), (2, SAME_BITS + 1)):
            flips = rng.choice(128, bits, replace=False)
            looks[row + beside] = looks[row]
            for bit in flips.tolist():
                looks[row + beside, bit // 64] ^= np.uint64(1) << np.uint64(bit % 64)
    looks[300:310] = looks[200]
    groups = groups_alike(looks)
    assert sum(map(len, groups)) == len(set(np.concatenate(groups).tolist())), "nobody is in two groups"
    for group in groups:
        assert (bits_apart(looks[group[0]], looks[group]) <= SAME_BITS).all()
    together = [set(group.tolist()) for group in groups]
    assert {200, *range(300, 310)} in together
    for row in range(0, 120, 3):
        assert any({row, row + 1} <= group or {row + 1, row + 2} <= group for group in together)
