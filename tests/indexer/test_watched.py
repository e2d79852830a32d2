"""Watches and paths stay joined one to one, however folders move."""

from hypothesis import given
from hypothesis import strategies as st

from vexgui.core.paths import lies_in
from vexgui.indexer.watched import Look, WatchedFolders


def filled(*paths: bytes) -> WatchedFolders:
    folders = WatchedFolders()
    for watch, path in enumerate(paths):
        folders.put(path, watch)
    return folders


def test_a_watch_has_the_path_it_was_put_on() -> None:
    folders = filled(b"/", b"/r", b"/r/a/b")
    assert [folders.paths_of(watch) for watch in range(4)] == [[b"/"], [b"/r"], [b"/r/a/b"], []]
    assert len(folders) == 3


def test_a_moved_folder_takes_all_beneath_it_along() -> None:
    folders = filled(b"/r/a", b"/r/a/b", b"/r/a/b/c", b"/r/ab")
    assert folders.move(b"/r/a", b"/r/d/e") == []
    assert [folders.paths_of(watch) for watch in range(4)] == [[b"/r/d/e"], [b"/r/d/e/b"], [b"/r/d/e/b/c"], [b"/r/ab"]]


def test_a_move_gives_up_the_watches_of_what_it_replaces() -> None:
    folders = filled(b"/r/a", b"/r/b", b"/r/b/c")
    assert sorted(folders.move(b"/r/a", b"/r/b")) == [1, 2]
    assert folders.paths_of(0) == [b"/r/b"]
    assert folders.paths_of(2) == []


def test_moving_what_is_not_known_changes_nothing() -> None:
    folders = filled(b"/r/b")
    assert folders.move(b"/r/a", b"/r/b") == []
    assert folders.paths_of(0) == [b"/r/b"]


def test_taking_a_folder_forgets_all_beneath_it_only() -> None:
    folders = filled(b"/r/a", b"/r/a/b", b"/r/ab")
    assert sorted(folders.take(b"/r/a")) == [0, 1]
    assert list(folders.watches()) == [2]
    assert folders.take(b"/r/a") == []


def test_taking_the_systems_root_forgets_everything() -> None:
    folders = filled(b"/", b"/r/a")
    assert sorted(folders.take(b"/")) == [0, 1]
    assert len(folders) == 0


def test_a_path_that_gets_another_watch_gives_up_the_first() -> None:
    folders = filled(b"/r/a")
    assert folders.put(b"/r/a", 0) is None
    assert folders.put(b"/r/a", 7) == 0
    assert (folders.paths_of(0), folders.paths_of(7)) == ([], [b"/r/a"])


def test_a_watch_that_turns_up_elsewhere_is_there_only() -> None:
    folders = filled(b"/r/a")
    folders.put(b"/r/b", 0)
    assert folders.paths_of(0) == [b"/r/b"]
    assert folders.take(b"/r/a") == []


def test_a_dropped_watch_leaves_those_beneath() -> None:
    folders = filled(b"/r/a", b"/r/a/b")
    folders.drop(0)
    folders.drop(0)
    assert folders.paths_of(1) == [b"/r/a/b"]
    assert list(folders.watches()) == [1]


def test_a_folder_seen_in_two_places_is_in_both_until_both_are_forgotten() -> None:
    folders = filled(b"/r/a")
    assert folders.put(b"/r/b", 0, beside=True) is None
    assert folders.put(b"/r/c", 0, beside=True) is None
    assert folders.paths_of(0) == [b"/r/a", b"/r/b", b"/r/c"]
    assert folders.take(b"/r/a") == []
    assert sorted(folders.paths_of(0)) == [b"/r/b", b"/r/c"]
    folders.move(b"/r/b", b"/r/d")
    assert folders.take(b"/r/c") == []
    assert folders.paths_of(0) == [b"/r/d"]
    assert folders.take(b"/r/d") == [0]
    assert len(folders) == 0


def test_a_folder_that_is_polled_is_known_and_not_watched_and_moves_along() -> None:
    folders = filled(b"/r/a")
    folders.poll(b"/r/a/b", Look(5))
    assert (folders.knows(b"/r/a/b"), folders.is_watched(b"/r/a/b")) == (True, False)
    folders.move(b"/r/a", b"/r/c")
    assert list(folders.polled()) == [(b"/r/c/b", Look(5))]
    assert folders.polled_count == 1
    assert folders.take(b"/r/c/b") == []
    assert list(folders.polled()) == []


def test_a_watch_given_up_is_known_until_it_is_dropped_and_no_event_of_it_counts() -> None:
    folders = filled(b"/r/a")
    folders.changed(0, 3)
    assert list(folders.watched()) == [(b"/r/a", 3)]
    folders.poll(b"/r/a", Look(7))
    folders.changed(0, 9)
    assert list(folders.watched()) == []
    assert (folders.paths_of(0), list(folders.polled())) == ([b"/r/a"], [(b"/r/a", Look(7))])
    folders.drop(0)
    assert (folders.paths_of(0), list(folders.polled())) == ([], [(b"/r/a", Look(7))])


def test_a_polled_folder_that_gets_a_watch_is_no_longer_polled() -> None:
    folders = filled()
    folders.poll(b"/r/a", Look(7))
    assert folders.put(b"/r/a", 1) is None
    assert folders.is_watched(b"/r/a")
    assert folders.polled_count == 0


PATHS = st.lists(st.sampled_from([b"a", b"b"]), min_size=1, max_size=4).map(lambda names: b"/" + b"/".join(names))
STEPS = st.one_of(
    st.tuples(st.just("put"), PATHS, st.integers(0, 9)),
    st.tuples(st.just("beside"), PATHS, st.integers(0, 9)),
    st.tuples(st.just("move"), PATHS, PATHS),
    st.tuples(st.just("take"), PATHS),
    st.tuples(st.just("drop"), st.integers(0, 9)),
)


@given(st.lists(STEPS, max_size=30))
def test_it_behaves_like_a_plain_table_of_paths(steps: list[tuple[object, ...]]) -> None:
    folders = WatchedFolders()
    table: dict[bytes, int] = {}
    for step in steps:
        match step:
            case ("put", bytes(path), int(watch)):
                before = table.get(path)
                if before == watch:
                    assert folders.put(path, watch) is None
                    continue
                held = [p for p in folders.paths_of(watch)[:1] if p != path]
                del_first = {p: w for p, w in table.items() if p not in (path, *held)}
                replaced = before if before is not None and before not in {*del_first.values(), watch} else None
                assert folders.put(path, watch) == replaced
                table = del_first | {path: watch}
            case ("beside", bytes(path), int(watch)):
                others = {p: w for p, w in table.items() if p != path}
                before = table.get(path)
                gone = before if before is not None and before != watch and before not in others.values() else None
                assert folders.put(path, watch, beside=True) == gone
                table = others | {path: watch}
            case ("move", bytes(old), bytes(new)) if not lies_in(new, old) and not lies_in(old, new):
                if not any(lies_in(path, old) for path in table):
                    continue  # it may remember the names of folders that have no watch any more
                folders.move(old, new)
                table = {p: w for p, w in table.items() if not lies_in(p, new)}
                table = {new + p[len(old) :] if lies_in(p, old) else p: w for p, w in table.items()}
            case ("take", bytes(path)):
                left = {p: w for p, w in table.items() if not lies_in(p, path)}
                assert sorted(folders.take(path)) == sorted(set(table.values()) - set(left.values()))
                table = left
            case ("drop", int(watch)):
                folders.drop(watch)
                table = {p: w for p, w in table.items() if w != watch}
        assert {path: watch for watch in folders.watches() for path in folders.paths_of(watch)} == table
        assert len(folders) == len(set(table.values()))
