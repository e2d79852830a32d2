"""Tags and stars are shown as wished at once, written one after another, and mended where they could not be written."""

from collections.abc import Callable, Sequence
from threading import Event as Flag

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.gui.details.conftest import PanelBench
from tests.gui.fake_engine import FakeEngine
from vexgui.core.errors import PathProblem, VexError
from vexgui.core.files import Labels
from vexgui.core.labels import LabelReport
from vexgui.core.reports import Failure
from vexgui.gui.controls import Button
from vexgui.gui.details.labels import Shared, shared

Make = Callable[..., PanelBench]


class ReadOnly(FakeEngine):
    """Its files lie where nothing can be written, but for those that are named."""

    writable: tuple[bytes, ...] = ()

    def tag(self, paths: Sequence[bytes], *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> LabelReport:
        if not add and not remove:
            return super().tag(paths)
        done = super().tag([path for path in paths if path in self.writable], add=add, remove=remove)
        refused = [path for path in paths if path not in self.writable]
        failed = tuple(Failure(path, "The file system is read-only.") for path in refused)
        return LabelReport(len(paths), done.labelled, failed)

    def rate(self, paths: Sequence[bytes], rating: int | None) -> LabelReport:
        raise PathProblem("The file is no longer there.", "Search again.")


def test_a_tag_is_shown_before_it_is_written_and_then_written(alone: Make) -> None:
    bench = alone()
    hit = bench.add("a.jpg", tags=("lake",))
    bench.show(hit)
    bench.engine.gates["tag"] = Flag()
    bench.panel.labels.tags.field.setText("summer, lake , Ana")
    bench.qtbot.keyClick(bench.panel.labels.tags.field, Qt.Key.Key_Return)
    assert bench.panel.labels.tags.tags == ("Ana", "lake", "summer")
    assert bench.engine.files[hit.path].tags == ("lake",)
    bench.engine.gates["tag"].set()
    bench.settle()
    assert bench.engine.files[hit.path].tags == ("Ana", "lake", "summer")
    assert bench.panel.labels.tags.tags == ("Ana", "lake", "summer")


def test_what_the_engine_knew_before_does_not_undo_what_was_just_asked_for(alone: Make) -> None:
    bench = alone()
    hit = bench.add("a.jpg", tags=("lake",))
    bench.show(hit)
    before = bench.engine.inspect(hit.path)
    bench.engine.gates["tag"] = Flag()
    bench.panel.labels.tags.removed.emit("lake")
    bench.panel.show_inspection(before)
    assert bench.panel.labels.tags.tags == ()
    bench.engine.gates["tag"].set()
    bench.settle()
    assert bench.panel.labels.tags.tags == ()


def test_of_two_ratings_the_later_stays(alone: Make) -> None:
    bench = alone()
    hit = bench.add("a.jpg")
    bench.show(hit)
    bench.engine.gates["rate"] = Flag()
    for rating in (4, 10, 6):
        bench.panel.labels.stars.rated.emit(rating)
    bench.engine.gates["rate"].set()
    bench.settle()
    assert [rating for _, rating in bench.engine.called("rate")] == [4, 10, 6]  # type: ignore[misc]
    assert bench.engine.files[hit.path].rating == bench.panel.labels.stars.rating == 6


@pytest.mark.parametrize("wish", ["tag", "rate"])
def test_what_could_not_be_written_is_taken_back_and_told(alone: Make, wish: str) -> None:
    bench = alone(ReadOnly())
    bench.show(bench.add("a.jpg", tags=("lake",)))
    if wish == "tag":
        bench.panel.labels.tags.added.emit("summer")
    else:
        bench.panel.labels.stars.rated.emit(8)
    bench.settle()
    assert bench.panel.labels.tags.tags == ("lake",)
    assert bench.panel.labels.stars.rating == 0
    told = {
        "tag": "This could not be written to the file: The file system is read-only.",
        "rate": "The file is no longer there. Search again.",
    }
    assert bench.panel.labels.note == told[wish]


def test_a_wish_about_a_file_that_was_left_is_still_written_and_its_failure_told(alone: Make) -> None:
    bench = alone(ReadOnly())
    told: list[Exception] = []
    bench.panel.missed.connect(told.append)
    bench.show(bench.add("a.jpg"))
    bench.panel.labels.tags.added.emit("summer")
    bench.show(bench.add("b.jpg", tags=("lake",)))
    bench.settle()
    assert [str(error) for error in told] == ["This could not be written to the file: The file system is read-only."]
    assert bench.panel.labels.tags.tags == ("lake",)
    assert bench.panel.labels.note == ""


def test_several_files_get_a_tag_together_and_those_that_cannot_are_told(alone: Make) -> None:
    engine = ReadOnly()
    bench = alone(engine)
    hits = [bench.add("a.jpg", tags=("lake", "red")), bench.add("b.jpg", tags=("lake",))]
    engine.writable = (hits[0].path,)
    bench.panel.show_several(hits, 2)
    bench.settle()
    assert bench.panel.labels.tags.tags == ("lake",)
    bench.panel.labels.tags.added.emit("summer")
    assert bench.panel.labels.tags.tags == ("lake", "summer")
    bench.settle()
    assert bench.panel.labels.tags.tags == ("lake",)
    assert bench.panel.labels.note == "1 file could not be labelled, b.jpg for one: The file system is read-only."


def test_known_tags_are_offered_when_the_keyboard_comes(alone: Make) -> None:
    bench = alone()
    bench.add("b.jpg", tags=("winter",))
    bench.show(bench.add("a.jpg", tags=("lake",)))
    assert bench.panel.labels.tags.field.offers == []
    bench.panel.labels.tags.wanted.emit()
    bench.settle()
    assert bench.panel.labels.tags.field.offers == ["lake", "winter"]


def test_the_keyboard_takes_a_tag_away_and_looks_for_another(alone: Make) -> None:
    bench = alone()
    chosen: list[str] = []
    bench.panel.tag_chosen.connect(chosen.append)
    bench.show(bench.add("a.jpg", tags=("lake", "red")))
    lake, red = bench.panel.labels.tags.chips
    bench.qtbot.keyClick(red, Qt.Key.Key_Return)
    bench.qtbot.keyClick(lake, Qt.Key.Key_Delete)
    bench.settle()
    assert chosen == ["red"]
    assert bench.panel.labels.tags.tags == ("red",)


def test_labels_in_common_are_told_from_those_of_some() -> None:
    labels = (Labels(("a", "b"), 8), Labels(("b", "c"), 8))
    assert shared(labels) == Shared(("b",), ("a", "c"), 8)
    assert shared((*labels, Labels(("b",), None))) == Shared(("b",), ("a", "c"), 0)
    assert shared(()) == Shared()


def test_of_many_tags_the_first_few_are_shown_until_more_are_asked_for(alone: Make) -> None:
    bench = alone()
    many = tuple(f"tag {number:02}" for number in range(25))
    bench.show(bench.add("a.jpg", tags=many))
    row = bench.panel.labels.tags
    more = row.findChild(Button)
    assert ([chip.tag for chip in row.chips], more.text()) == (list(many[:12]), "13 more")
    assert row.tags == many
    more.click()
    assert ([chip.tag for chip in row.chips], more.text()) == (list(many), "Fewer")
    bench.show(bench.add("b.jpg", tags=many))
    assert len(row.chips) == 12
    row.field.entered.emit("tag 99")
    assert row.chips[-1].tag == "tag 99", "whoever adds one sees it"
    bench.show(bench.add("c.jpg", tags=many[:12]))
    assert not more.isVisible()


def test_of_many_tags_that_only_some_files_have_the_first_few_are_named(alone: Make) -> None:
    bench = alone()
    tags = tuple(f"t{number:03}" for number in range(300))
    bench.panel.labels.show_labels({b"/a": Labels(tags), b"/b": Labels()})
    told = next(label.text() for label in bench.panel.labels.findChildren(QLabel) if "Some have" in label.text())
    assert told.endswith(", t011, and 288 more")


def test_a_failure_is_told_also_when_no_file_is_selected_any_more(alone: Make) -> None:
    bench = alone(ReadOnly())
    missed: list[VexError] = []
    bench.panel.missed.connect(missed.append)
    bench.show(bench.add("a.jpg"))
    bench.engine.gates["tag"] = Flag()
    bench.panel.labels.tags.added.emit("lake")
    bench.panel.show_nothing()
    bench.engine.gates["tag"].set()
    bench.settle()
    assert [error.message for error in missed] == [
        "This could not be written to the file: The file system is read-only."
    ]
