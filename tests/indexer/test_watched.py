"""Watches and paths stay joined one to one, however folders move."""

from hypothesis import given
from hypothesis import strategies as st

from vexgui.core.paths import lies_in
from vexgui.indexer.watched import WatchedFolders


def filled(*paths: bytes) -> WatchedFolders:
    folders = WatchedFolders()
    for watch, path in enumerate(paths):
        folders.put(path, watch)
    return folders


def test_a_watch_has_the_path_it_was_put_on() -> None:
    folders = filled(b"/", b"/r", b"/r/a/b")
    assert [folders.path_of(watch) for watch in range(4)] == [b"/", b"/r", b"/r/a/b", None]
    assert len(folders) == 3


def test_a_moved_folder_takes_all_beneath_it_along() -> None:
    folders = filled(b"/r/a", b"/r/a/b", b"/r/a/b/c", b"/r/ab")
    assert folders.move(b"/r/a", b"/r/d/e") == []
    assert [folders.path_of(watch) for watch in range(4)] == [b"/r/d/e", b"/r/d/e/b", b"/r/d/e/b/c", b"/r/ab"]


def test_a_move_gives_up_the_watches_of_what_it_replaces() -> None:
    folders = filled(b"/r/a", b"/r/b", b"/r/b/c")
    assert sorted(folders.move(b"/r/a", b"/r/b")) == [1, 2]
    assert folders.path_of(0) == b"/r/b"
    assert folders.path_of(2) is None


def test_moving_what_is_not_known_changes_nothing() -> None:
    folders = filled(b"/r/b")
    assert folders.move(b"/r/a", b"/r/b") == []
    assert folders.path_of(0) == b"/r/b"


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
    assert (folders.path_of(0), folders.path_of(7)) == (None, b"/r/a")


def test_a_watch_that_turns_up_elsewhere_is_there_only() -> None:
    folders = filled(b"/r/a")
    folders.put(b"/r/b", 0)
    assert folders.path_of(0) == b"/r/b"
    assert folders.take(b"/r/a") == []


def test_a_dropped_watch_leaves_those_beneath() -> None:
    folders = filled(b"/r/a", b"/r/a/b")
    folders.drop(0)
    folders.drop(0)
    assert folders.path_of(1) == b"/r/a/b"
    assert list(folders.watches()) == [1]


PATHS = st.lists(st.sampled_from([b"a", b"b"]), min_size=1, max_size=4).map(lambda names: b"/" + b"/".join(names))
STEPS = st.one_of(
    st.tuples(st.just("put"), PATHS, st.integers(0, 9)),
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
                assert folders.put(path, watch) == (table.get(path) if table.get(path) != watch else None)
                table = {p: w for p, w in table.items() if w != watch} | {path: watch}
            case ("move", bytes(old), bytes(new)) if not lies_in(new, old) and not lies_in(old, new):
                if not any(lies_in(path, old) for path in table):
                    continue  # it may remember the names of folders that have no watch any more
                folders.move(old, new)
                table = {p: w for p, w in table.items() if not lies_in(p, new)}
                table = {new + p[len(old) :] if lies_in(p, old) else p: w for p, w in table.items()}
            case ("take", bytes(path)):
                assert sorted(folders.take(path)) == sorted(w for p, w in table.items() if lies_in(p, path))
                table = {p: w for p, w in table.items() if not lies_in(p, path)}
            case ("drop", int(watch)):
                folders.drop(watch)
                table = {p: w for p, w in table.items() if w != watch}
        assert {folders.path_of(watch): watch for watch in folders.watches()} == table
        assert len(folders) == len(table)
