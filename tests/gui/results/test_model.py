"""The model: any number of rows, few of them held, what is looked at asked for first."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.gui.fake_engine import FakeEngine, many_hits
from vexgui.core.hits import Answer, Hit
from vexgui.gui.operations import Operations
from vexgui.gui.results.model import ResultsModel
from vexgui.gui.results.pages import PAGE, HitPages


@pytest.fixture
def engine() -> FakeEngine:
    made = FakeEngine()
    made.answers["many"] = many_hits(5_000)
    return made


@pytest.fixture
def model(operations: Operations, engine: FakeEngine) -> ResultsModel:
    made = ResultsModel(operations)
    made.connect_engine(engine)
    return made


def asked(engine: FakeEngine) -> list[int]:
    """Return the first rows of the pages that were asked for."""
    return [call[1] for call in engine.called("hits_of") if isinstance(call, tuple)]


def test_the_model_keeps_qts_contract(model: ResultsModel, engine: FakeEngine, qtmodeltester: ModelTester) -> None:
    model.replace(engine.search("many", 100))
    qtmodeltester.check(model, force_py=True)
    model.replace(Answer(()))
    qtmodeltester.check(model, force_py=True)


def test_all_rows_are_there_and_only_what_is_looked_at_is_asked_for(
    model: ResultsModel, engine: FakeEngine, qtbot: QtBot
) -> None:
    model.replace(engine.search("many", PAGE))
    assert model.rowCount() == 5_000
    assert len(model.hits) == PAGE
    assert model.hit(model.index(3_010)) is None
    model.look_at(range(3_000, 3_030))
    qtbot.waitUntil(lambda: model.settled)
    hit = model.hit(model.index(3_010))
    assert hit is not None
    assert hit.path == b"/nowhere/file 003010.txt"
    assert asked(engine) == [3_000]


def test_a_row_that_is_awaited_says_so(model: ResultsModel, engine: FakeEngine) -> None:
    model.replace(engine.search("many", PAGE))
    assert model.data(model.index(200), Qt.ItemDataRole.AccessibleTextRole) == "Loading…"
    assert model.data(model.index(200), Qt.ItemDataRole.ToolTipRole) is None


def test_what_has_gone_out_of_sight_is_not_asked_for(model: ResultsModel, engine: FakeEngine, qtbot: QtBot) -> None:
    model.replace(engine.search("many", PAGE))
    for start in range(1_000, 4_000, 20):
        model.look_at(range(start, start + 20))
    qtbot.waitUntil(lambda: model.settled)
    # The first page was on its way when the others came and went.
    assert asked(engine) == [1_000, 3_900, 4_000]


def test_the_next_page_is_there_before_it_is_reached(model: ResultsModel, engine: FakeEngine, qtbot: QtBot) -> None:
    model.replace(engine.search("many", PAGE))
    model.look_at(range(60, 80))
    qtbot.waitUntil(lambda: model.settled)
    assert model.hit(model.index(PAGE)) is not None


def test_few_pages_are_kept(model: ResultsModel, engine: FakeEngine, qtbot: QtBot) -> None:
    model.replace(engine.search("many", PAGE))
    for start in range(0, 5_000, PAGE):
        model.look_at(range(start, start + 20))
        qtbot.waitUntil(lambda: model.settled)
    assert len(model.hits) <= 24 * PAGE
    assert model.hit(model.index(0)) is None
    assert model.hit(model.index(4_999)) is not None


def test_selected_files_are_known_however_many_are_looked_at_meanwhile(
    model: ResultsModel, engine: FakeEngine, qtbot: QtBot
) -> None:
    model.replace(engine.search("many", PAGE))
    model.choose([range(5), range(2_000, 2_010)])
    qtbot.waitUntil(lambda: model.settled)
    for start in range(0, 5_000, PAGE):
        model.look_at(range(start, start + 20))
        qtbot.waitUntil(lambda: model.settled)
    assert [hit.path[-10:-4] for hit in model.picked] == [b"%06d" % row for row in [*range(5), *range(2_000, 2_010)]]


def test_of_everything_selected_only_as_many_are_fetched_as_can_be_copied(
    model: ResultsModel, engine: FakeEngine, qtbot: QtBot
) -> None:
    model.replace(engine.search("many", PAGE))
    model.choose([range(5_000)])
    qtbot.waitUntil(lambda: model.settled)
    assert len(model.picked) == 1_000
    assert asked(engine) == list(range(PAGE, 1_000, PAGE))


def test_an_answer_that_is_not_kept_any_more_is_asked_for_anew(
    model: ResultsModel, engine: FakeEngine, qtbot: QtBot
) -> None:
    model.replace(engine.search("many", PAGE))
    for _ in range(20):
        engine.search("many", PAGE)
    with qtbot.waitSignal(model.lost):
        model.look_at(range(300, 310))
    model.look_at(range(400, 410))
    assert model.settled
    assert len(asked(engine)) == 1


def test_a_selected_row_that_an_answer_lacks_is_not_asked_for_without_end(
    model: ResultsModel, engine: FakeEngine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    model.replace(engine.search("many", PAGE))
    asked_for: list[int] = []

    def lack(_token: int, start: int, _count: int) -> tuple[Hit, ...]:
        asked_for.append(start)
        return ()

    monkeypatch.setattr(engine, "hits_of", lack)
    model.choose([range(150, 160)])
    qtbot.waitUntil(lambda: model.settled or len(asked_for) > 5)
    assert asked_for == [PAGE]


def test_old_hits_stand_in_for_new_ones_of_the_same_question_and_are_not_taken_for_them() -> None:
    hits = many_hits(300).hits
    before = HitPages(Answer(hits, total=300))
    after = HitPages(Answer(hits[:PAGE], total=300), before)
    assert after.hit(150) == hits[150]
    assert after.sure(150) is None
    assert after.missing(range(120, 150)) == 1
    after.take(1, hits[200:300])
    assert after.hit(150) == hits[250]


def test_a_page_that_was_cut_off_is_shown_and_asked_for() -> None:
    pages = HitPages(Answer(many_hits(30).hits, total=80))
    assert pages.hit(20) is not None
    assert pages.hit(40) is None
    assert pages.missing(range(10)) == 0
