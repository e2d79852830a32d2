"""The folders that changed last are watched, as many as are ours to watch."""

from hypothesis import given
from hypothesis import strategies as st

from vexgui.indexer.polling import advised_limit, share_of, swaps


def test_two_fifths_of_the_watches_are_left_to_other_programs() -> None:
    assert share_of(192_536) == 115_521


def test_the_advised_limit_has_room_for_all_folders_and_is_a_raise() -> None:
    assert advised_limit(1_000, 8_192) == 524_288
    assert advised_limit(1_000, 524_288) == 1_048_576
    assert share_of(advised_limit(2_000_000, 524_288)) >= 2_000_000


def test_free_watches_go_to_the_folders_that_changed_last() -> None:
    chosen = swaps([], [(b"/a", 1), (b"/b", 3), (b"/c", 2)], 2)
    assert (chosen.taken_up, chosen.given_up) == ((b"/b", b"/c"), ())


def test_a_folder_that_changed_takes_the_watch_of_one_that_did_not() -> None:
    chosen = swaps([(b"/a", 1), (b"/b", 5)], [(b"/c", 3), (b"/d", 0)], 0)
    assert (chosen.taken_up, chosen.given_up) == ((b"/c",), (b"/a",))


def test_what_is_too_many_is_given_up_the_longest_unchanged_first() -> None:
    chosen = swaps([(b"/a", 1), (b"/b", 5), (b"/c", 3)], [], -2)
    assert (chosen.taken_up, chosen.given_up) == ((), (b"/a", b"/c"))


FOLDERS = st.dictionaries(st.binary(min_size=1, max_size=2), st.integers(0, 9), max_size=12)


@given(FOLDERS, FOLDERS, st.integers(-12, 12))
def test_no_folder_is_left_to_polling_that_changed_later_than_one_that_is_watched(
    watched: dict[bytes, int], polled: dict[bytes, int], free: int
) -> None:
    polled = {path: ns for path, ns in polled.items() if path not in watched}
    chosen = swaps(watched.items(), polled.items(), free)
    now_watched = {path: watched[path] for path in watched.keys() - set(chosen.given_up)}
    now_watched |= {path: polled[path] for path in chosen.taken_up}
    now_polled = (watched | polled).keys() - now_watched.keys()
    room = max(0, len(watched) + free)
    assert len(now_watched) <= room
    if now_polled:
        assert len(now_watched) == room
        assert max((watched | polled)[path] for path in now_polled) <= min(now_watched.values(), default=9)
