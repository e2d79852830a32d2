"""What an open engine does for its store, and what it tells of files: mending, scrubbing, compaction, histories."""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.engine.conftest import Desk, eventually
from tests.engine.test_care import columns_of, flip
from vexgui.core.errors import PathProblem
from vexgui.core.events import Activity, Event, Progress, Trouble
from vexgui.core.vectors import CodecName, Source
from vexgui.engine.engine import Engine
from vexgui.models.fake import FakeEmbedder

ROW_0 = 65536 + 3
"""A byte of the first row of a column of codes."""


def noted(desk: Desk, count: int = 5) -> list[bytes]:
    paths = [desk.write(f"note {number}.txt", f"Fog over harbour {number}.") for number in range(count)]
    desk.engine.index([desk.path("").rstrip(b"/")])
    return paths


@contextmanager
def busy_with_chores(desk: Desk) -> Iterator[Engine]:
    """Open an engine on a desk's profile that does its chores all the time."""
    desk.engine.close()
    with Engine(
        desk.profile,
        writable=True,
        make_embedder=lambda _model, _former, _cache: FakeEmbedder(),
        housekeeping_s=0.05,
        quiet_s=0.05,
    ) as engine:
        yield engine
    desk.reopen()


# Mending


def test_a_truncated_column_is_reported_and_repaired_without_embedding(desk: Desk) -> None:
    noted(desk)
    embedded = desk.embedded
    desk.engine.close()
    os.truncate(columns_of(desk, "codes"), 65536)
    report = desk.reopen().verify(repair=False)
    assert len(report.problems) == 1
    report = desk.engine.verify(repair=True)
    assert (report.repaired, report.unrepaired, desk.embedded) == (1, (), embedded)
    assert len(desk.found("fog")) == 5
    assert desk.engine.verify(repair=False).problems == ()


def test_a_column_that_is_cut_short_while_the_store_is_open_is_repaired(desk: Desk) -> None:
    noted(desk)
    os.truncate(columns_of(desk, "owner"), 65536)
    assert desk.engine.verify(repair=False).problems
    assert desk.engine.verify(repair=True).unrepaired == ()
    assert len(desk.found("fog")) == 5


def test_what_is_written_to_a_free_slot_is_reported_and_erased(desk: Desk) -> None:
    noted(desk)
    flip(columns_of(desk, "codes"), 65536 + 64 * 900)
    report = desk.engine.verify(repair=False)
    assert any("not empty" in problem for problem in report.problems)
    assert desk.engine.verify(repair=True).unrepaired == ()
    assert desk.engine.verify(repair=False).problems == ()


def test_what_cannot_be_repaired_is_said_and_kept(desk: Desk) -> None:
    first, *_ = noted(desk)
    with open(columns_of(desk, "codes"), "r+b") as column:
        column.seek(65536)
        column.write(b"\x55" * 64 * 10)
    os.rename(first, first + b".elsewhere")
    report = desk.engine.verify(repair=True)
    assert len(report.problems) == 5
    assert report.repaired == 4
    assert report.unrepaired == (f"The vectors of {os.fsdecode(first)} are damaged in the store.",)
    assert desk.engine.inspect(first).known
    os.rename(first + b".elsewhere", first)
    desk.engine.index([])
    assert desk.engine.verify(repair=False).problems == ()


def test_a_record_that_cannot_be_written_anew_is_said(desk: Desk) -> None:
    first, *_ = noted(desk)
    os.setxattr(first, "user.vexgui", os.getxattr(first, "user.vexgui")[:-1])
    desk.engine.set_records(desk.path("").rstrip(b"/"), records=False)
    report = desk.engine.verify(repair=True)
    assert report.repaired == 0
    assert report.unrepaired == report.problems


# Scrubbing


def test_an_idle_engine_finds_and_mends_damage_by_itself(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    noted(desk)
    column = columns_of(desk, "codes")
    with busy_with_chores(desk) as engine:
        engine.watch()
        flip(column, ROW_0)
        eventually(lambda: "damaged vectors" in caplog.text)
        eventually(lambda: engine.verify(repair=False).problems == ())
        assert engine.status().damage == ()
    caplog.clear()
    assert len(desk.found("fog")) == 5


def test_damage_that_cannot_be_mended_is_shown(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    noted(desk, 1)
    column = columns_of(desk, "codes")
    told: list[Event] = []
    with busy_with_chores(desk) as engine:
        engine.subscribe(told.append)
        os.rename(desk.files, desk.files.with_name("away"))
        engine.watch()
        flip(column, ROW_0)
        flip(column, ROW_0 + 64)
        eventually(lambda: engine.status().damage != ())
        assert "note 0.txt are damaged" in engine.status().damage[0]
        eventually(lambda: any(isinstance(event, Trouble) for event in told))
    os.rename(desk.files.with_name("away"), desk.files)
    caplog.clear()


# Compaction


def test_a_compaction_tells_how_far_it_is_and_takes_the_codec_that_is_set(desk: Desk) -> None:
    noted(desk)
    before = desk.engine.inspect(desk.path("note 0.txt")).vectors[0]
    desk.engine.close()
    config = Path(os.fsdecode(desk.profile.config)) / "config.toml"
    config.write_text(config.read_text() + 'codec = "int4"\n')
    engine = desk.reopen()
    steps: list[int] = []
    engine.subscribe(
        lambda event: (
            steps.append(event.done) if isinstance(event, Progress) and event.activity is Activity.COMPACTING else None
        )
    )
    assert engine.compact().complete
    assert steps[-1] == 100
    after = engine.inspect(desk.path("note 0.txt")).vectors[0]
    assert (before.codec, after.codec) == (CodecName.INT8, CodecName.INT4)
    assert after.bytes < before.bytes
    assert len(desk.found("fog")) == 5


def test_a_compaction_that_is_stopped_leaves_everything_as_it_was(desk: Desk) -> None:
    noted(desk)
    stop = threading.Event()
    stop.set()
    assert not desk.engine.compact(stop=stop).complete
    assert len(desk.found("fog")) == 5
    assert desk.engine.verify(repair=False).problems == ()


# Telling


def test_a_file_tells_its_history_the_latest_first(desk: Desk) -> None:
    (path,) = noted(desk, 1)
    (first,) = desk.engine.history(path)
    assert (first.event, first.model, first.source, first.detail) == ("vectors", "fake text", Source.EMBEDDED, "")
    desk.write("note 0.txt", "A quiet violin, and another one.")
    desk.engine.index([])
    latest, *earlier = desk.engine.history(path)
    events = [happening.event for happening in (latest, *earlier)]
    assert sorted(events[:3]) == ["content", "facts", "vectors"]  # its language has become clear
    content = next(happening for happening in (latest, *earlier) if happening.event == "content")
    (lost,) = json.loads(content.detail)["vectors"]
    assert (lost["model"], lost["vectors"], lost["hash"]) == ("fake text", 2, first.content)
    assert content.content != first.content


def test_a_history_of_an_unknown_file_is_a_usage_error(desk: Desk) -> None:
    with pytest.raises(PathProblem, match="not indexed"):
        desk.engine.history(desk.write("new.txt", "Fog."))


def test_inspection_tells_where_vectors_came_from_and_when(desk: Desk) -> None:
    (path,) = noted(desk, 1)
    (facts,) = desk.engine.inspect(path).vectors
    assert (facts.source, facts.confidence) == (Source.EMBEDDED, 1.0)
    assert facts.made_ns > 0
    assert facts.bytes == 2 * (64 + 8 + 39)
    copy = desk.write("copy.txt", Path(os.fsdecode(path)).read_bytes())
    desk.engine.index([])
    (facts,) = desk.engine.inspect(copy).vectors
    assert facts.source is Source.COPY
