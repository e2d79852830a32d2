"""Vectors are written to files indexed before that was allowed, when there is nothing else to do."""

import os
from collections.abc import Callable, Sequence
from threading import Event
from typing import Any

import pytest
from typing_extensions import override

from tests.engine.conftest import Desk, eventually
from vexgui.core.errors import StoreDamaged
from vexgui.core.events import Activity, Progress
from vexgui.core.paths import joined, shown
from vexgui.core.settings import Settings
from vexgui.core.vectors import CodecName, SpaceId
from vexgui.engine.care import write_record
from vexgui.engine.engine import Engine
from vexgui.engine.inscribing import Inscribing
from vexgui.engine.roots import owed_records
from vexgui.indexer.manners import Sensed
from vexgui.indexer.memory import Memory
from vexgui.models.fake import fake_embedder
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.rows import FileRow
from vexgui.system.pressure import NO_STALL


def test_they_are_written_without_embedding_and_not_in_work_trees(desk: Desk) -> None:
    path, tracked = desk.write("note.txt", "Fog over the water."), desk.write("work/kept.txt", "A quiet violin.")
    (desk.files / "work" / ".git").mkdir()
    root = desk.path("").rstrip(b"/")
    desk.engine.index([root])
    embedded = desk.embedded
    desk.engine.change(write_records=False)
    desk.engine.strip([root])
    desk.engine.close()
    with Engine(desk.profile, writable=True, make_embedder=fake_embedder, housekeeping_s=0.05) as desk.engine:
        desk.engine.watch()
        desk.engine.change(write_records=True)
        eventually(lambda: desk.engine.inspect(path).record_verified)
        desk.engine.set_records(root, records=False)
        desk.engine.strip([root])
        desk.engine.set_records(root, records=True)
        eventually(lambda: desk.engine.inspect(path).record_verified)
        eventually(lambda: desk.engine._drives.memory.owed() == {})
    desk.reopen()
    assert os.listxattr(tracked) == []
    assert desk.engine.index([]).unchanged == 2
    assert desk.embedded == embedded


def test_what_is_owed_when_the_engine_is_closed_is_written_by_the_next_and_only_once(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    root = desk.path("").rstrip(b"/")
    desk.engine.index([root])
    desk.engine.change(write_records=False)
    desk.engine.strip([root])
    desk.engine.change(write_records=True)
    desk.reopen()
    assert desk.engine._drives.memory.owed().keys() == {root}
    parts, memory = desk.engine._parts, desk.engine._drives.memory
    assert not Inscribing().step(parts, desk.engine._models.active, Event())
    assert desk.engine.inspect(path).record_verified
    assert memory.owed() == {}
    desk.engine.strip([root])
    assert not Inscribing().step(parts, desk.engine._models.active, Event())
    assert os.listxattr(path) == []


class Interruption(Event):
    """When it is asked whether to stop, does something once, after so many files; without it, it says yes."""

    def __init__(self, after: int, then: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._left = after
        self._then = then

    @override
    def is_set(self) -> bool:
        self._left -= 1
        if self._left == -1:
            (self._then or self.set)()
        return super().is_set()


def owing(desk: Desk, files: int) -> tuple[bytes, list[bytes]]:
    """Have an engine that owes records to so many files; return their root and them."""
    paths = [desk.write(f"folder/fog {number}.txt", f"Fog number {number}.") for number in range(files)]
    root = desk.path("folder")
    desk.engine.index([root])
    owe_again(desk, root)
    return root, paths


def owe_again(desk: Desk, root: bytes) -> None:
    desk.engine.change(write_records=False)
    desk.engine.strip([root])
    desk.engine.change(write_records=True)


def step(desk: Desk, inscribing: Inscribing, stop: Event, then: Callable[[], object] = int) -> bool:
    """Take a step; something can happen when it begins."""

    def active() -> frozenset[SpaceId]:
        then()
        return desk.engine._models.active()

    return inscribing.step(desk.engine._parts, active, stop)


class Edited(RecordKeeper):
    """Writes records to files that somebody else writes to at the same time."""

    @override
    def write(self, *arguments: Any, **named: Any) -> str:
        note = super().write(*arguments, **named)
        with open(arguments[1], "ab") as file:
            file.write(b" And rye bread.")
        return note


def written(paths: Sequence[bytes]) -> int:
    """Return how many files carry records."""
    return sum(bool(os.listxattr(path)) for path in paths)


def test_what_is_owed_to_a_drive_that_is_away_waits_for_it(desk: Desk) -> None:
    root, paths = owing(desk, 2)
    os.rename(root, root + b".away")
    assert not step(desk, Inscribing(), Event())
    assert set(desk.engine._drives.memory.owed()) == {root}
    os.rename(root + b".away", root)
    assert not step(desk, Inscribing(), Event())
    assert written(paths) == 2
    assert not desk.engine._drives.memory.owed()


def test_a_drive_that_goes_meanwhile_gets_all_when_it_is_back(desk: Desk) -> None:
    root, paths = owing(desk, 3)
    inscribing = Inscribing()
    assert not step(desk, inscribing, Event(), lambda: os.rename(root, root + b".away"))
    assert set(desk.engine._drives.memory.owed()) == {root}
    os.rename(root + b".away", root)
    assert not step(desk, inscribing, Event())
    assert written(paths) == 3


def test_a_drive_that_is_away_when_the_command_allows_records_gets_them_later(desk: Desk) -> None:
    root, paths = owing(desk, 1)
    desk.engine.set_records(root, records=False)
    os.rename(root, root + b".away")
    desk.engine.set_records(root, records=True)
    os.rename(root + b".away", root)
    assert not step(desk, Inscribing(), Event())
    assert written(paths) == 1


def test_it_goes_on_where_it_was_and_begins_anew_when_records_were_removed_meanwhile(desk: Desk) -> None:
    root, paths = owing(desk, 3)
    inscribing = Inscribing()
    assert step(desk, inscribing, Interruption(1))
    assert written(paths) == 1
    owe_again(desk, root)
    assert not step(desk, inscribing, Event())
    assert written(paths) == 3


def test_what_was_looked_at_while_records_were_still_denied_is_not_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, paths = owing(desk, 2)
    inscribing, pipeline = Inscribing(), desk.engine._parts.pipeline
    use_keeper = pipeline.use_keeper

    def use_late(keeper: RecordKeeper) -> None:
        step(desk, inscribing, Event())
        use_keeper(keeper)

    desk.engine.change(write_records=False)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "use_keeper", use_late)
        desk.engine.change(write_records=True)
    assert not step(desk, inscribing, Event())
    assert written(paths) == 2


def test_when_it_is_told_that_all_is_done_it_is(desk: Desk) -> None:
    """Or what waits for that, as the writing of records does, would look too early, and not again."""
    idle: list[bool] = []
    desk.write("note.txt", "Fog over the water.")
    desk.engine.subscribe(
        lambda event: (
            idle.append(desk.engine._parts.indexer.idle)
            if isinstance(event, Progress) and event.activity is Activity.IDLE
            else None
        )
    )
    desk.engine.index([desk.path("")])
    assert idle
    assert all(idle)


def test_it_ends_with_the_file_in_hand_when_records_are_denied(desk: Desk) -> None:
    root, paths = owing(desk, 3)
    assert not step(desk, Inscribing(), Interruption(1, lambda: desk.engine.set_records(root, records=False)))
    assert written(paths) == 1


def test_it_rests_while_indexing_does(desk: Desk) -> None:
    _, paths = owing(desk, 2)
    assert step(desk, Inscribing(), Interruption(1, desk.engine.pause))
    assert written(paths) == 1
    assert not step(desk, Inscribing(), Event())  # what ends a pause has it go on
    assert written(paths) == 1
    desk.engine.resume()
    desk.engine.close()
    sensed = Sensed(on_battery=True, memory=NO_STALL, disk=NO_STALL)
    with Engine(desk.profile, writable=True, make_embedder=fake_embedder, sense=lambda: sensed) as desk.engine:
        assert step(desk, Inscribing(), Event())  # nothing tells of a plug: it looks again
        assert written(paths) == 1
    desk.reopen()


def test_a_file_on_which_it_fails_keeps_no_other_from_its_record(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _, paths = owing(desk, 3)
    inscribing = Inscribing()

    def fail(row: FileRow, *_: object) -> None:
        raise StoreDamaged(f"The vectors of {shown(row.path)} are damaged.", "Mend them.")

    with monkeypatch.context() as patch:
        patch.setattr("vexgui.engine.care.write_record", fail)
        with pytest.raises(StoreDamaged):
            step(desk, inscribing, Event())
    assert not step(desk, inscribing, Event())
    assert written(paths) == 2


def test_a_crash_when_settings_have_just_been_saved_forgets_no_debt(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, _ = owing(desk, 1)
    desk.engine.change(write_records=False)
    save = desk.engine._settings_file.save

    def crash(settings: Settings) -> None:
        save(settings)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(desk.engine._settings_file, "save", crash)
        with pytest.raises(KeyboardInterrupt):
            desk.engine.change(write_records=True)
    assert set(Memory(joined(desk.profile.data, b"index.json")).owed()) == {root}


def test_a_file_that_is_edited_while_its_record_is_written_is_read_again(desk: Desk) -> None:
    _, (path,) = owing(desk, 1)
    parts = desk.engine._parts
    row = parts.store.catalog.file(path)
    assert row is not None
    write_record(row, parts.store, Edited(desk.engine._key, CodecName.INT8, enabled=True), ())
    assert desk.engine.index([]).indexed == 1


def test_why_a_file_carries_no_record_is_said_as_it_is_since(desk: Desk) -> None:
    desk.engine.change(write_records=False)
    path, tracked = desk.write("note.txt", "Fog over the water."), desk.write("work/kept.txt", "A quiet violin.")
    (desk.files / "work" / ".git").mkdir()
    desk.engine.index([desk.path("")])
    assert {desk.engine.inspect(each).reason for each in (path, tracked)} == {
        "Writing vectors to files is switched off."
    }
    desk.engine.change(write_records=True)
    assert not step(desk, Inscribing(), Event())
    desk.engine.strip([path])
    assert desk.engine.inspect(path).reason == ""
    assert "version control" in desk.engine.inspect(tracked).reason


_INNER_DENIED = Settings(roots=(b"/a/in", b"/a"), unrecorded=(b"/a/in",))


@pytest.mark.parametrize(
    ("owed", "before", "after", "expected"),
    [
        ((), Settings(roots=(b"/a",)), Settings(roots=(b"/a",)), set()),
        ((), Settings(roots=(b"/a",), write_records=False), Settings(roots=(b"/a", b"/b")), {b"/a"}),
        ((b"/a",), Settings(roots=(b"/a",)), Settings(roots=(b"/a",), write_records=False), set()),
        ((b"/a/in",), Settings(roots=(b"/a/in",)), Settings(roots=(b"/a",)), {b"/a"}),
        ((), _INNER_DENIED, _INNER_DENIED, set()),
        ((b"/a",), Settings(roots=(b"/a",)), Settings(), set()),
    ],
)  # fmt: skip
def test_records_are_owed_where_they_are_allowed_now_and_were_not_or_not_yet_written(
    owed: Sequence[bytes], before: Settings, after: Settings, expected: set[bytes]
) -> None:
    assert owed_records(owed, before, after) == expected
