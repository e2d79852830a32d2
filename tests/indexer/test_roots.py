"""When the folders kept indexed are scanned again."""

import os
import time
from pathlib import Path

import pytest

from vexgui.core.reports import RootState
from vexgui.indexer.drives import Drives
from vexgui.indexer.roots import Roots
from vexgui.indexer.scan import Outlook
from vexgui.indexer.standing import Standing


class Ear:
    """A watcher that watches nothing and hears everything."""

    catching_up = False

    def add(self, _root: bytes) -> int:
        return 1

    def remove(self, _root: bytes) -> None:
        pass

    def polled(self, _root: bytes) -> bool:
        return False

    def pending_since_ns(self, _root: bytes) -> int | None:
        return None


class Kept:
    """One root, which is there and was scanned."""

    def __init__(self, root: bytes, outlook: Outlook) -> None:
        self.root = root
        self.ear = Ear()
        self.standing = Standing()
        self.roots = Roots(Drives(), self.standing, lambda: False, lambda: 0.5)
        self.roots.keep([root], self.ear)
        self.roots.hasten(None, "new")
        assert self.roots.take_up(root, self.ear)
        self.scan(outlook)

    def scan(self, outlook: Outlook) -> None:
        assert self.roots.take_due()
        with self.standing.scanning([self.root]) as incomplete:
            incomplete.update(self.roots.visited({self.root: outlook}, 0.0))

    def state(self) -> RootState:
        return self.standing.of(self.root, self.ear).state


@pytest.fixture
def root(tmp_path: Path) -> bytes:
    return os.fsencode(tmp_path)


def test_a_root_of_which_a_folder_could_not_be_read_is_not_current_and_is_soon_scanned_again(root: bytes) -> None:
    kept = Kept(root, Outlook.BROKEN)
    assert kept.state() is RootState.CATCHING_UP
    assert kept.roots.next_s() - time.monotonic() < 60
    kept.roots.hasten(None, "due")
    kept.scan(Outlook.WHOLE)
    assert kept.state() is RootState.CURRENT


def test_an_empty_place_of_a_drive_is_judged_again_as_soon_as_something_comes_into_it(root: bytes) -> None:
    kept = Kept(root, Outlook.ABSENT)
    kept.roots.heard_of([root + b"/note.txt"])
    assert set(kept.roots.take_due()) == {root}


def test_a_strange_drive_is_not_scanned_at_each_change_but_when_no_more_come(root: bytes) -> None:
    kept = Kept(root, Outlook.STRANGE)
    before_s = 0.0
    for number in range(3):
        kept.roots.heard_of([root + b"/note %d.txt" % number])
        assert kept.roots.take_due() == {}
        assert before_s < kept.roots.next_s() < time.monotonic() + 30
        before_s = kept.roots.next_s()
    kept.roots.hasten([root], "asked for")
    kept.scan(Outlook.WHOLE)
    assert kept.roots.next_s() > time.monotonic() + 1_000


def test_changes_elsewhere_say_nothing_of_a_root_that_is_away(root: bytes) -> None:
    kept = Kept(root, Outlook.ABSENT)
    kept.roots.heard_of([b"/elsewhere/note.txt"])
    assert kept.roots.take_due() == {}


def test_changes_in_a_root_that_lies_in_one_that_is_away_say_nothing_of_that(root: bytes) -> None:
    kept = Kept(root, Outlook.ABSENT)
    kept.roots.keep([root, root + b"/inner"], kept.ear)
    kept.roots.heard_of([root + b"/inner/note.txt"])
    assert kept.roots.take_due() == {}


def test_a_strange_drive_is_not_judged_while_something_is_on_its_way_to_it(root: bytes) -> None:
    kept = Kept(root, Outlook.STRANGE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vexgui.indexer.schedule._CALM_S", 0.0)
        kept.roots.heard_of([root + b"/note.txt"])
    assert kept.roots.take_due(lambda path: path == root) == {}
    assert time.monotonic() < kept.roots.next_s() < time.monotonic() + 30
    kept.roots.hasten([root], "asked for")
    assert set(kept.roots.take_due(lambda path: path == root)) == {root}
