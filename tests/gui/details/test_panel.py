"""The panel says what is known of the selected file, and how its vectors stand."""

import dataclasses
from collections.abc import Callable
from threading import Event as Flag

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from tests.gui.conftest import Bench
from tests.gui.details.conftest import PanelBench
from tests.gui.fake_engine import FakeEngine
from vexgui.core.events import IndexChanged
from vexgui.core.files import Kind
from vexgui.core.reports import Freshness, RecordPlace
from vexgui.gui.details.facts import breakable
from vexgui.gui.thumbnails.loader import Wanted


def test_the_panel_shows_facts_reasons_and_vectors(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("water at dusk")
    bench.settle()
    facts = dict(window.details.facts)
    assert facts["Kind"] == "Picture (image/jpeg)"
    assert facts["Dimensions"] == "640 × 400, 0.3 megapixels"
    assert facts["Taken"] == "14 Jul 2023, 18:22"
    assert facts["Camera"] == "Fujifilm X-T4"
    assert window.details.reasons == ["What the picture shows"]
    card = dict(window.details.card.rows)
    assert "ViT-B-32-256" in card["Model"]
    assert "2 passages as int8, 1.0 kB" in card["Model"]
    assert card["Record"] == "On the file, in its inode, 1.2 kB"
    assert card["Verified"].startswith("Yes")
    assert window.details.card.state == "Up to date"


def test_matched_words_are_marked_in_the_panel(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("tenant")
    assert any("<span" in text and ">tenant</span>" in text for text in window.details.reasons)


def test_a_passage_found_twice_is_shown_once(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("tenant")
    (hit,) = window.found.model.hits
    twice = dataclasses.replace(hit, why=(hit.why[0], dataclasses.replace(hit.why[0], space="name")))
    window.details.show_hit(twice)
    assert len(window.details.reasons) == 1


def test_markup_in_a_file_is_shown_and_not_obeyed(bench: Bench, library: FakeEngine) -> None:
    path = next(iter(library.files))
    library.files[path] = dataclasses.replace(library.files[path], text="a <b>bold</b> tenant")
    window = bench.open(library)
    bench.ask("bold")
    assert any("&lt;b&gt;" in text for text in window.details.reasons)


def test_a_failed_file_says_why(bench: Bench, library: FakeEngine) -> None:
    path = next(iter(library.files))
    library.files[path] = dataclasses.replace(
        library.files[path], failed="The file is encrypted.", place=RecordPlace.STORE_ONLY
    )
    window = bench.open(library)
    bench.ask("bread")
    assert window.details.card.state == "Contents unreadable"
    assert window.details.card.reason.startswith("The file is encrypted. ")
    assert dict(window.details.card.rows)["Record"] == "In VexGUI's store only"


def test_selecting_another_file_shows_that_one(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    bench.qtbot.keyClick(window.results, Qt.Key.Key_Right)
    bench.settle()
    assert window.details.hit == window.found.model.hits[1]
    assert library.called("inspect")[-1] == window.found.model.hits[1].path


def test_a_file_that_vanished_keeps_what_the_answer_said(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    inspected = library.gates["inspect"] = Flag()
    window.ask("trip", b"")
    bench.qtbot.waitUntil(lambda: window.details.hit is not None)
    library.files.clear()
    inspected.set()
    bench.settle()
    assert dict(window.details.facts)["Kind"] == "Text"
    assert window.banner.message == ""


def test_a_change_on_disk_is_inspected_again(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("trip")
    path = window.found.model.hits[0].path
    library.files[path] = dataclasses.replace(library.files[path], freshness=Freshness.STALE)
    library.tell(IndexChanged(1))
    bench.qtbot.waitUntil(lambda: window.details.card.state == "Out of date")


def test_long_names_can_break() -> None:
    assert breakable("a_b/c") == "a_\u200bb/\u200bc"
    assert max(map(len, breakable("x" * 60).split("\u200b"))) <= 6
    joined = "\u0645\u062f\u0646" * 20
    assert breakable(joined) == joined, "letters of Arabic are joined"
    assert breakable("plain words") == "plain words"


def test_several_selected_files_are_summed_up(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    window.results.selectAll()
    bench.settle()
    assert window.details.several
    assert window.details.title == f"{len(window.found.model.hits)} files selected"
    window.results.setCurrentIndex(window.found.model.index(1))
    bench.settle()
    assert window.details.hit == window.found.model.hits[1]
    assert "Kinds" not in dict(window.details.facts)


def test_a_similar_file_among_the_results_is_gone_to_and_another_is_looked_for(
    bench: Bench, library: FakeEngine
) -> None:
    window = bench.open(library)
    bench.ask("lake")
    last = window.found.model.hits[-1]
    window.details.go_asked.emit(last.path)
    bench.settle()
    assert window.details.hit == last
    other = next(path for path in library.files if path.endswith(b"noon.jpg"))
    window.details.go_asked.emit(other)
    bench.settle()
    assert (other,) in library.called("similar")


def test_a_tag_asks_for_the_files_that_have_it(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    window.details.tag_chosen.emit("red wine")
    bench.settle()
    assert library.called("search")[-1] == 'tag:"red wine"'
    window.details.tag_chosen.emit('12" singles')
    bench.settle()
    assert library.called("search")[-1] == 'tag:“12" singles”'


def test_the_selected_file_is_indexed_anew_from_the_panel(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("trip")
    window.details.reindex.click()
    bench.settle()
    assert library.called("index")[-1] == ((window.found.model.hits[0].path,), True)


def test_what_changes_while_a_file_is_inspected_is_told_too(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("trip")
    before = len(library.called("inspect"))
    gate = library.gates["inspect"] = Flag()
    for _ in range(3):
        window.inspector.look_again()
        bench.qtbot.waitUntil(lambda: len(library.called("inspect")) > before)
        bench.qtbot.wait(120)
    assert len(library.called("inspect")) == before + 1
    gate.set()
    bench.qtbot.waitUntil(lambda: len(library.called("inspect")) == before + 2)
    bench.settle()
    assert len(library.called("inspect")) == before + 2


def test_the_preview_is_drawn_anew_only_for_its_own_thumbnail(alone: Callable[..., PanelBench]) -> None:
    bench = alone()
    hit = bench.add("a.md", text="# Words")
    bench.show(hit)
    painted: list[QEvent.Type] = []

    class Noting(QObject):
        @override
        def eventFilter(self, _: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                painted.append(event.type())
            return False

    def rests() -> bool:
        settled, drawn = bench.panel.settled, len(painted)
        bench.qtbot.wait(50)  # longer than drawing is put off
        return settled and 0 < drawn == len(painted)

    noting = Noting()
    bench.panel.preview.installEventFilter(noting)
    bench.qtbot.waitUntil(rests)  # it is laid out twice at first
    painted.clear()
    bench.loader.arrived.emit([Wanted(b"/other.jpg", 1, Kind.IMAGE, 128)])
    QApplication.processEvents()
    assert painted == []
    bench.loader.arrived.emit([Wanted(hit.path, 1, hit.kind, 128)])
    QApplication.processEvents()
    assert painted
