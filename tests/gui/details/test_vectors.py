"""The card about vectors is a line until it is opened; the history is asked for only then."""

import dataclasses
from collections.abc import Callable

import pytest

from tests.gui.details.conftest import PanelBench
from tests.gui.fake_engine import TEXT_SPACE, FakeEngine, FakeFile
from vexgui.core.files import FileState
from vexgui.core.reports import Freshness, Happening, Inspection, VectorFacts
from vexgui.core.vectors import CodecName, Source
from vexgui.gui.details.card import reason, rows_of, state_of, summary_of
from vexgui.gui.details.history import told
from vexgui.gui.theme import palette_for

Make = Callable[..., PanelBench]


@pytest.fixture
def inspection() -> Inspection:
    return FakeEngine([FakeFile(b"/a.jpg")]).inspect(b"/a.jpg")


def test_a_line_stands_for_all_until_the_card_is_opened(alone: Make) -> None:
    bench = alone()
    bench.show(bench.add("a.jpg"))
    card = bench.panel.card
    assert not card.is_open
    assert card.summary == "2 passages by ViT-B-32-256\nOn the file, in its inode, 1.2 kB"
    card.fold.click()
    assert card.is_open
    assert card.fold.accessibleName() == "Show less about the vectors"
    bench.show(bench.add("b.jpg"))
    assert card.is_open


def test_of_a_file_whose_drive_is_away_nobody_says_that_it_has_changed(alone: Make) -> None:
    bench = alone()
    hit = bench.add("a.jpg")
    bench.engine.files[hit.path] = dataclasses.replace(bench.engine.files[hit.path], freshness=Freshness.STALE)
    bench.show(dataclasses.replace(hit, offline=True))
    assert (bench.panel.card.state, bench.panel.card.reason) == ("Not connected", "")
    assert bench.panel.notice.words.startswith("Its drive is not connected.")
    bench.show(hit)
    assert bench.panel.card.state == "Out of date"
    assert not bench.panel.notice.isVisibleTo(bench.panel)


def test_the_history_is_asked_for_only_when_it_is_to_be_read(alone: Make) -> None:
    bench = alone()
    hit = bench.add("a.jpg")
    bench.show(hit)
    bench.panel.card.fold.click()
    assert bench.engine.called("history") == []
    bench.panel.card.history.button.click()
    bench.settle()
    assert bench.engine.called("history") == [hit.path]
    bench.show(bench.add("b.jpg"))
    assert not bench.panel.card.history.button.isChecked()
    assert bench.panel.card.history.rows == ()


@pytest.mark.parametrize(
    ("happening", "words"),
    [
        (Happening(1, "vectors", "M", 3, Source.EMBEDDED, "", "{}"), "3 vectors of M, computed"),
        (Happening(1, "vectors", "M", 1, Source.RECORD, "", "{}"), "1 vector of M, taken from the file"),
        (
            Happening(1, "vectors", "M", 1, Source.COPY, "", '{"replaced": {"vectors": 2}}'),
            "1 vector of M, taken from a file of the same content, in place of older ones",
        ),
        (Happening(1, "content", detail="{}"), "The content became another one"),
        (
            Happening(1, "facts", detail='{"title": null, "pages": 3}'),
            "What the file says of itself changed: title was not said, pages was 3",
        ),
        (Happening(1, "facts", detail='{"extra": "{}"}'), "What the file says of itself changed"),
        (Happening(1, "renamed", detail='{"path": "/old"}'), "It was /old"),
        (Happening(1, "failed", detail='{"reason": "It is encrypted."}'), "It could not be read: It is encrypted."),
        (Happening(1, "moulted"), "moulted"),
    ],
)
def test_what_happened_is_told_in_words(happening: Happening, words: str) -> None:
    assert told(happening) == words


def test_where_a_file_was_is_told_as_other_places_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    assert told(Happening(1, "renamed", detail='{"path": "/home/ann/a.jpg"}')) == "It was ~/a.jpg"


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"freshness": Freshness.FRESH}, "Up to date"),
        ({"freshness": Freshness.STALE}, "Out of date"),
        ({"freshness": Freshness.ABSENT}, "Not indexed"),
        ({"state": FileState.FAILED}, "Contents unreadable"),
    ],
)
def test_the_state_has_its_word(inspection: Inspection, changes: dict[str, object], word: str, qapp: object) -> None:
    changed = dataclasses.replace(inspection, **changes)
    assert state_of(changed, palette_for(dark=False))[0] == word


def test_a_failure_is_told_with_what_helps(inspection: Inspection) -> None:
    failed = dataclasses.replace(inspection, state=FileState.FAILED, reason="The file is encrypted.")
    assert reason(failed) == ("The file is encrypted. It is found by its name only. Re-index it once it can be read.")


def test_a_record_that_cannot_be_trusted_says_so(inspection: Inspection) -> None:
    foreign = dataclasses.replace(inspection, record_verified=False, record_note="made with another key")
    assert dict(rows_of(foreign))["Verified"].startswith("No")
    assert reason(foreign) == "Record: made with another key."


def test_vectors_are_told_in_full(inspection: Inspection) -> None:
    vectors = VectorFacts(TEXT_SPACE, 3, CodecName.INT8, 3 * 384, 2, CodecName.INT4, Source.RECORD, 0.99871)
    full = dataclasses.replace(inspection, vectors=(vectors,), foreign=("user.vectorvfs",))
    assert dict(rows_of(full))["Model"].split("\n") == [
        "all-MiniLM-L6-v2 (text, 384 numbers)",
        f"3 passages as {CodecName.INT8.value}, 1.1 kB",
        "Taken from the file's record",
        "0.9987 like the model's own",
        f"2 in the record as {CodecName.INT4.value}",
    ]
    assert dict(rows_of(full))["Also found"] == "user.vectorvfs"


def test_a_file_without_vectors_says_so(inspection: Inspection) -> None:
    assert summary_of(dataclasses.replace(inspection, vectors=())) == "VexGUI has no vectors of this file."
