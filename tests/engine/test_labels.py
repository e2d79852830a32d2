"""Tags and ratings are given through the engine, and taken up where other programs gave them; nothing is embedded."""

import os
from pathlib import Path

import pytest
from typing_extensions import override

from tests.engine.conftest import Desk, eventually
from vexgui.core.errors import PathProblem, UsageProblem
from vexgui.core.events import Event, IndexChanged
from vexgui.core.files import Labels
from vexgui.core.labels import LabelledFile, TagCount
from vexgui.core.reports import Freshness
from vexgui.engine.labelling import label
from vexgui.engine.retiring import leave_out
from vexgui.system.labels import RATING, TAGS, LabelChange, change_tags


def tag_counts(desk: Desk) -> dict[str, int]:
    return {count.tag: count.files for count in desk.engine.tags()}


def known(desk: Desk, path: bytes) -> Labels:
    catalog = desk.engine._parts.store.catalog
    row = catalog.file(path)
    assert row is not None
    return catalog.labels([row.id]).get(row.id, Labels())


def test_what_is_said_of_files_is_on_them_and_in_the_store_at_once(desk: Desk) -> None:
    first, second = desk.write("a.txt", "one"), desk.write("b.txt", "two")
    desk.engine.index([desk.path("")])
    heard: list[Event] = []
    desk.engine.subscribe(heard.append)
    report = desk.engine.tag([first, second], add=["red", "blue"])
    assert report.labelled == (LabelledFile(first, ("blue", "red"), None), LabelledFile(second, ("blue", "red"), None))
    assert (desk.engine.rate([first], 8).labelled, IndexChanged(2) in heard) == (
        (LabelledFile(first, ("blue", "red"), 8),),
        True,
    )
    desk.engine.tag([second], remove=["red"])
    assert os.getxattr(first, TAGS) == b"red,blue"
    assert os.getxattr(first, RATING) == b"8"
    assert desk.engine.tags() == (TagCount("blue", 2), TagCount("red", 1))
    assert known(desk, first) == Labels(("blue", "red"), 8)


def test_the_tags_of_some_files_are_told_at_once(desk: Desk) -> None:
    first, second, other = (desk.write(f"{name}.txt", name) for name in "abc")
    desk.engine.index([desk.path("")])
    desk.engine.tag([first, second], add=["red"])
    desk.engine.tag([second, other], add=["blue"])
    assert desk.engine.tags([first, second, b"/nowhere"]) == (TagCount("blue", 1), TagCount("red", 2))
    assert desk.engine.tags([]) == ()


def test_a_file_that_was_labelled_needs_no_look_and_keeps_its_record(desk: Desk) -> None:
    path = desk.write("a.txt", "one")
    desk.engine.index([desk.path("")])
    embedded = desk.embedded
    desk.engine.tag([path], add=["red"])
    report = desk.engine.index([])
    assert (report.unchanged, report.reused, desk.embedded) == (1, 0, embedded)
    inspection = desk.engine.inspect(path)
    assert (inspection.tags, inspection.record_verified, inspection.freshness) == (("red",), True, Freshness.FRESH)


def test_a_file_that_has_changed_before_it_is_labelled_is_still_read_again(desk: Desk) -> None:
    path = desk.write("a.txt", "one")
    desk.engine.index([desk.path("")])
    desk.write("a.txt", "something else")
    desk.engine.tag([path], add=["red"])
    assert desk.engine.index([]).indexed == 1
    assert known(desk, path) == Labels(("red",))


def test_a_file_that_changes_while_it_is_labelled_is_read_again(desk: Desk) -> None:
    path = desk.write("a.txt", "one")
    desk.engine.index([desk.path("")])

    class Slow(LabelChange):
        @override
        def apply(self, descriptor: int) -> None:
            desk.write("a.txt", "two words")
            change_tags(descriptor, ["red"], [])

    change = Slow(add=("red",))
    label([path], change, desk.engine._parts.store, desk.engine._drives.remote, lambda _: None)
    assert desk.engine.index([]).indexed == 1
    assert known(desk, path) == Labels(("red",))


def test_labels_of_other_programs_are_taken_up_by_the_next_look_without_embedding(desk: Desk) -> None:
    path = desk.write("a.txt", "one")
    os.setxattr(path, TAGS, b"early")
    desk.engine.index([desk.path("")])
    assert tag_counts(desk) == {"early": 1}
    embedded = desk.embedded
    os.setxattr(path, TAGS, b"late")
    os.setxattr(path, RATING, b"4")
    assert desk.engine.index([]).unchanged == 1
    assert known(desk, path) == Labels(("late",), 4)
    os.removexattr(path, TAGS)
    desk.engine.index([])
    assert (tag_counts(desk), desk.embedded) == ({}, embedded)


def test_labels_given_before_a_record_is_written_or_changed_are_taken_up_with_it(desk: Desk) -> None:
    path = desk.write("a.txt", "one")
    desk.engine.add_roots([desk.path("").rstrip(b"/")], records=False)
    desk.engine.index([])
    os.setxattr(path, TAGS, b"early")
    desk.engine.set_records(desk.engine.roots()[0].path, records=True)
    assert desk.engine.index([]).unchanged == 1
    assert tag_counts(desk) == {"early": 1}
    os.setxattr(path, TAGS, b"late")
    parts = desk.engine._parts
    leave_out(parts.store.spaces()[0].space.id, parts.store, parts.pipeline, lambda: False, lambda _: None)
    desk.engine.index([])
    assert tag_counts(desk) == {"late": 1}


def test_a_rebuild_takes_labels_up_again(desk: Desk) -> None:
    path = desk.write("a.txt", "one")
    desk.engine.index([desk.path("")])
    desk.engine.tag([path], add=["red"])
    desk.engine.rebuild()
    assert tag_counts(desk) == {"red": 1}


def test_labels_are_noticed_while_files_are_watched(desk: Desk) -> None:
    path = desk.write("a.txt", "one")
    desk.engine.index([desk.path("")])
    desk.engine.watch()
    eventually(lambda: desk.engine.status().watches > 0)
    os.setxattr(path, TAGS, b"red")
    eventually(lambda: tag_counts(desk) == {"red": 1})


def test_labels_go_with_what_is_known_of_their_file(desk: Desk) -> None:
    path = desk.write("a.txt", "one")
    desk.engine.index([desk.path("")])
    desk.engine.tag([path], add=["red"])
    Path(os.fsdecode(path)).unlink()
    desk.engine.index([])
    assert tag_counts(desk) == {}


def test_files_that_are_not_indexed_can_be_labelled_too(desk: Desk) -> None:
    path = desk.write("a.txt", "one")
    assert desk.engine.rate([path, path], 10).files == 1
    assert desk.engine.inspect(path).rating == 10
    assert desk.engine.tags() == ()


def test_nothing_is_labelled_where_something_cannot_be_meant(desk: Desk) -> None:
    path = desk.write("a.txt", "one")
    with pytest.raises(PathProblem):
        desk.engine.tag([path, desk.path("missing")], add=["red"])
    with pytest.raises(PathProblem):
        desk.engine.rate([path, desk.path("")], 3)
    with pytest.raises(UsageProblem):
        desk.engine.tag([path], add=["red", "a,b"])
    with pytest.raises(UsageProblem):
        desk.engine.rate([path], 11)
    assert desk.engine.tag([path]).labelled == (LabelledFile(path, (), None),)


def test_what_cannot_be_labelled_is_told_of(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.write("a.txt", "one")
    many = [f"{number}" + "x" * 200 for number in range(400)]
    report = desk.engine.tag([path], add=many)
    assert [failure.path for failure in report.failed] == [path]
    assert report.failed[0].reason.endswith(".")
    assert desk.engine.tag([path]).labelled == (LabelledFile(path, (), None),)


def test_when_a_file_was_made_is_known_once_it_is_read(desk: Desk) -> None:
    path = desk.write("a.txt", "one")
    desk.engine.index([desk.path("")])
    row = desk.engine._parts.store.catalog.file(path)
    assert row is not None
    assert row.birth == desk.engine.inspect(path).birth
