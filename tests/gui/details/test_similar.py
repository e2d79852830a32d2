"""Similar files are looked for when the selection rests and the strip is in sight, and not before."""

from collections.abc import Callable
from threading import Event as Flag

from tests.gui.details.conftest import PanelBench
from tests.gui.fake_engine import FakeEngine
from vexgui.core.errors import PathProblem

Make = Callable[..., PanelBench]


def _to_the_strip(bench: PanelBench) -> None:
    bench.panel.ensureWidgetVisible(bench.panel.similar)


def test_nothing_is_asked_while_the_strip_is_out_of_sight(alone: Make) -> None:
    bench = alone()
    bench.add("b.jpg")
    bench.panel.resize(308, 260)
    bench.show(bench.add("a.jpg"))
    bench.settle()
    bench.panel.grab()
    bench.qtbot.waitUntil(lambda: bench.panel.similar.settled)
    assert bench.engine.called("similar") == []
    bench.panel.resize(308, 1400)
    bench.qtbot.waitUntil(lambda: len(bench.engine.called("similar")) == 1)


def test_similar_files_are_shown_and_one_can_be_gone_to(alone: Make) -> None:
    bench = alone()
    gone: list[bytes] = []
    bench.panel.go_asked.connect(gone.append)
    other = bench.add("b.jpg")
    hit = bench.add("a.jpg")
    bench.show(hit)
    _to_the_strip(bench)
    bench.qtbot.waitUntil(lambda: len(bench.panel.similar.strip.files) == 1)
    (file,) = bench.panel.similar.strip.files
    assert file.accessibleName().startswith("b.jpg, ")
    file.click()
    assert gone == [other.path]
    assert bench.engine.called("similar") == [(hit.path,)]


def test_what_is_asked_is_let_go_when_another_file_is_selected(alone: Make) -> None:
    engine = FakeEngine()
    bench = alone(engine)
    engine.gates["similar"] = Flag()
    first, second = bench.add("a.jpg"), bench.add("b.md")
    bench.show(first)
    _to_the_strip(bench)
    bench.qtbot.waitUntil(lambda: bool(engine.called("similar")))
    bench.show(second)
    engine.gates["similar"].set()
    bench.qtbot.waitUntil(lambda: bench.panel.similar.note == "No file is like this one.")
    assert engine.called("similar") == [(first.path,), (second.path,)]
    assert bench.panel.similar.strip.files == ()


def test_a_file_that_was_left_at_once_is_not_asked_about(alone: Make) -> None:
    bench = alone()
    bench.panel.similar.rest.setInterval(60_000)
    bench.show(bench.add("a.jpg"))
    _to_the_strip(bench)
    bench.qtbot.waitUntil(bench.panel.similar.rest.isActive)
    bench.panel.show_nothing()
    assert not bench.panel.similar.rest.isActive()
    assert bench.engine.called("similar") == []


def test_a_failure_is_told_in_place_of_files(alone: Make) -> None:
    class Broken(FakeEngine):
        def similar(self, *_: object, **__: object) -> None:  # type: ignore[override]
            raise PathProblem("There is no file a.jpg.", "Search again.")

    bench = alone(Broken())
    bench.show(bench.add("a.jpg"))
    _to_the_strip(bench)
    bench.qtbot.waitUntil(lambda: bench.panel.similar.note == "There is no file a.jpg. Search again.")


def test_two_lines_are_shown_at_most(alone: Make) -> None:
    bench = alone()
    for number in range(12):
        bench.add(f"{number}.jpg")
    bench.show(bench.add("a.jpg"))
    _to_the_strip(bench)
    bench.qtbot.waitUntil(lambda: len(bench.panel.similar.strip.files) == 12)
    strip = bench.panel.similar.strip
    bench.qtbot.waitUntil(lambda: sum(file.isVisibleTo(strip) for file in strip.files) == 6)
    bench.panel.resize(620, 700)
    bench.qtbot.waitUntil(lambda: sum(file.isVisibleTo(strip) for file in strip.files) == 12)
    assert all(strip.rect().contains(file.geometry()) for file in strip.files)
