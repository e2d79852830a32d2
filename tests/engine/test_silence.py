"""Whoever names a path on a file system that does not answer is told so, within seconds."""

import os
import stat
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from tests.engine.conftest import Desk
from tests.engine.silence import silent
from tests.waiting import PATIENCE_S, joined
from vexgui.core.errors import VexError, WorldProblem
from vexgui.core.reports import Freshness
from vexgui.engine.given import given_root
from vexgui.system import remote
from vexgui.system.attributes import AttributeRefused, Refusal
from vexgui.system.labels import NO_CHANGE
from vexgui.system.remote_labels import labelled_anywhere

_T = TypeVar("_T")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_WAITING_S", 0.5)


def in_time(ask: Callable[[], _T]) -> _T:
    """Return an answer that is given on another thread: a look at such a folder never ends."""
    answers: list[_T] = []
    problems: list[VexError] = []

    def answer() -> None:
        try:
            answers.append(ask())
        except VexError as problem:
            problems.append(problem)

    asking = threading.Thread(target=answer, daemon=True)
    asking.start()
    joined(asking)
    if problems:
        raise problems[0]
    return answers[0]


ASKED: tuple[Callable[[Desk, bytes], object], ...] = (
    lambda desk, path: desk.engine.inspect(path),
    lambda desk, path: desk.engine.tag([path], add=["red"]),
    lambda desk, path: desk.engine.rate([path], 8),
    lambda desk, path: desk.engine.index([path]),
    lambda desk, path: desk.engine.strip([path]),
    lambda desk, path: desk.engine.similar([path], 5),
    lambda desk, path: desk.engine.add_roots([path]),
    lambda desk, path: desk.engine.search(f'like:"{os.fsdecode(path)}"', 5, strict=True),
)


def test_a_path_on_one_is_told_to_be_there(desk: Desk) -> None:
    os.mkdir(desk.path("far"))
    os.symlink(desk.path("far"), desk.path("link"))
    asked = [partial(ask, desk, desk.path(name)) for ask in ASKED for name in ("far/a.txt", "link/a.txt")]
    with silent(desk.path("far")):
        for ask in asked:
            with pytest.raises(WorldProblem, match=r"does not answer .*Try again when it is back"):
                in_time(ask)


def test_it_is_asked_again_soon_for_whoever_tries_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_REST_WAITING_S", 0.0)
    path = desk.write("far/a.txt", "Fog over the water.")
    with silent(desk.path("far")), pytest.raises(WorldProblem):
        in_time(lambda: desk.engine.inspect(path))
    assert desk.engine.inspect(path).size == 19


def test_what_the_store_knows_of_a_file_on_one_is_told_with_that(desk: Desk) -> None:
    path = desk.write("far/a.txt", "Fog over the water.")
    desk.engine.index([desk.path("far")])
    desk.engine.tag([path], add=["red"])
    with silent(desk.path("far")):
        found = in_time(lambda: desk.engine.inspect(path))
    assert "does not answer" in found.reason
    assert (found.known, found.freshness, found.tags) == (True, Freshness.STALE, ("red",))
    assert [passage.text for passage in found.passages][-1] == "Fog over the water."


def test_records_are_removed_around_one(desk: Desk) -> None:
    desk.write("a.txt", "Fog over the water.")
    os.mkdir(desk.path("far"))
    desk.engine.index([desk.path("")])
    with silent(desk.path("far")):
        report = in_time(lambda: desk.engine.strip([desk.path("")]))
    assert (report.files, report.stripped, report.failed) == (1, 1, ())


def test_a_root_is_meant_by_its_name_and_by_a_link_to_it_also_on_one(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "link").symlink_to("far")
    root, link = os.fsencode(tmp_path / "far"), os.fsencode(tmp_path / "link")
    with silent(root):
        assert in_time(lambda: [given_root(path, {root}) for path in (root, link, root + b"/a")]) == [root, root, None]


@pytest.fixture
def far(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A folder that counts as one on a remote file system, and answers."""
    folder = desk.path("far")
    os.mkdir(folder)
    monkeypatch.setattr(remote, "_WAITING_S", PATIENCE_S)
    monkeypatch.setattr(desk.engine._mounts, "is_remote", lambda path: path.startswith(folder))
    return folder


def test_files_on_one_that_answers_are_labelled_and_inspected_by_another_process(desk: Desk, far: bytes) -> None:
    path = desk.write("far/a.txt", "Fog over the water.")
    assert desk.engine.tag([path], add=["red"]).labelled[0].tags == ("red",)
    assert desk.engine.rate([path], 8).labelled[0].rating == 8
    found = desk.engine.inspect(path)
    assert (found.tags, found.rating, found.size) == (("red",), 8, 19)
    assert desk.engine.inspect(far).reason == "It lies in no folder kept indexed."
    report = desk.engine.index([far])
    assert (report.indexed, desk.found("fog")) == (1, ["far/a.txt"])
    assert desk.engine.inspect(path).freshness is Freshness.FRESH
    assert stat.S_ISDIR(desk.engine.inspect(far).mode)


def test_what_keeps_a_file_on_one_from_being_labelled_is_told(desk: Desk, far: bytes) -> None:
    with pytest.raises(AttributeRefused) as refused:
        labelled_anywhere(far + b"/gone", NO_CHANGE, desk.engine._drives.remote)
    assert refused.value.reason is Refusal.GONE
