"""Where no record may lie none is written, and what the system refuses is told."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from tests.store.builders import KEY, RECIPE, of_space, vectors
from tests.store.keeper.records import HASH, PARTS, PATH, READING, value_on, write
from vexgui.core.files import FileStat
from vexgui.core.vectors import CodecName
from vexgui.store.record import keeper as keeper_module
from vexgui.store.record.keeper import RecordKeeper
from vexgui.system import attributes, filesystems
from vexgui.system.attributes import AttributeRefused
from vexgui.system.filesystems import Budget, FileSystem, record_budget
from vexgui.system.work_trees import WorkTrees


def test_switched_off_nothing_is_written_but_read_all_the_same(keeper: RecordKeeper, descriptor: int) -> None:
    off = RecordKeeper(KEY, CodecName.INT8, enabled=False)
    assert "switched off" in write(off, descriptor)
    assert value_on(descriptor) is None
    write(keeper, descriptor)
    assert off.read(descriptor).record is not None


def test_nothing_is_written_to_files_in_a_folder_without_records(keeper: RecordKeeper, descriptor: int) -> None:
    for folder, written in ((b"/pictures", False), (b"/", False), (b"/pict", True), (b"/pictures/photo.jpg.d", True)):
        partly = RecordKeeper(KEY, CodecName.INT8, enabled=True, unrecorded=(b"/elsewhere", folder))
        said = write(partly, descriptor)
        assert (said == "") is written, folder
        assert written or "switched off for this folder" in said
        assert partly.remove(descriptor) is written


def test_nothing_is_written_to_files_in_work_trees(keeper: RecordKeeper, descriptor: int, tmp_path: Path) -> None:
    (tmp_path / "code/.git").mkdir(parents=True)
    careful = RecordKeeper(KEY, CodecName.INT8, enabled=True, work_trees=WorkTrees([os.fsencode(tmp_path)], b""))
    assert "version control" in write(careful, descriptor, path=os.fsencode(tmp_path / "code/src/a.c"))
    assert value_on(descriptor) is None
    assert write(careful, descriptor, path=os.fsencode(tmp_path / "letter.txt")) == ""
    assert value_on(descriptor) is not None


def test_nothing_is_written_to_files_on_remote_file_systems(descriptor: int) -> None:
    away = RecordKeeper(KEY, CodecName.INT8, enabled=True, is_remote=lambda path: path.startswith(b"/pictures"))
    assert write(away, descriptor) == away.out_of_reach(PATH) != ""
    assert value_on(descriptor) is None
    assert away.out_of_reach(b"/elsewhere") == ""


def test_in_a_work_tree_a_record_of_an_older_content_goes_and_one_of_this_stays(
    keeper: RecordKeeper, descriptor: int, tmp_path: Path
) -> None:
    (tmp_path / ".git").mkdir()
    path = os.fsencode(tmp_path / "a.c")
    careful = RecordKeeper(KEY, CodecName.INT8, enabled=True, work_trees=WorkTrees([os.fsencode(tmp_path)], b""))
    write(keeper, descriptor)
    write(careful, descriptor, path=path)
    assert value_on(descriptor) is not None
    now = attributes.stat_of(descriptor)
    assert "version control" in careful.write(descriptor, path, now, bytes(16), RECIPE, READING, PARTS)
    assert value_on(descriptor) is None


def test_a_file_of_another_user_is_left_alone(keeper: RecordKeeper, descriptor: int) -> None:
    now = attributes.stat_of(descriptor)
    theirs = FileStat(now.device, now.inode, now.size, now.mtime_ns, now.ctime_ns, now.mode, now.uid + 1)
    assert "another user" in keeper.write(descriptor, PATH, theirs, HASH, RECIPE, READING, PARTS)
    assert value_on(descriptor) is None


def test_a_file_that_is_filled_up_says_so_and_keeps_what_others_wrote(keeper: RecordKeeper, descriptor: int) -> None:
    room = record_budget(descriptor, 0).total_bytes
    if room > 4000:
        attributes.write(descriptor, b"user.other", b"x" * 100)
        many = [of_space(vectors(400, 512))]
    else:
        attributes.write(descriptor, b"user.other", b"x" * (room - 150))
        many = [of_space(vectors(3, 512))]
    others = attributes.read(descriptor, b"user.other")
    said = write(keeper, descriptor, many)
    value = value_on(descriptor)
    assert (value is None) == bool(said)
    assert len(value or b"") <= room
    assert attributes.read(descriptor, b"user.other") == others


def test_vectors_that_may_not_be_used_make_no_record(keeper: RecordKeeper, descriptor: int) -> None:
    assert write(keeper, descriptor, [of_space(np.full((2, 16), np.nan, np.float32))]) != ""
    assert value_on(descriptor) is None


@pytest.mark.parametrize(
    "reason", [reason for reason in attributes.Refusal if reason is not attributes.Refusal.NO_ROOM_ATTRIBUTES]
)
def test_a_refusal_of_the_system_is_told(
    keeper: RecordKeeper, descriptor: int, monkeypatch: pytest.MonkeyPatch, reason: attributes.Refusal
) -> None:
    def refuse(*_: object) -> None:
        raise AttributeRefused(reason, 0)

    monkeypatch.setattr(attributes, "write", refuse)
    assert write(keeper, descriptor) == reason.value


def test_fat_is_told_to_keep_no_attributes_although_it_lists_none(
    keeper: RecordKeeper, descriptor: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filesystems, "kind_of", lambda _descriptor: FileSystem.FAT)
    assert write(keeper, descriptor) == "The file system keeps no attributes."
    assert value_on(descriptor) is None


def test_a_record_that_is_not_there_cannot_be_refused_to_be_removed(
    keeper: RecordKeeper, descriptor: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bool:
        raise AttributeRefused(attributes.Refusal.READ_ONLY, errno.EROFS)

    monkeypatch.setattr(attributes, "remove", refuse)
    assert not keeper.remove(descriptor)
    write(keeper, descriptor)
    with pytest.raises(AttributeRefused):
        keeper.remove(descriptor)


def test_a_file_system_that_does_not_answer_is_told(
    keeper: RecordKeeper, descriptor: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(116, "Stale file handle")

    monkeypatch.setattr(keeper_module, "record_budget", refuse)
    assert write(keeper, descriptor) == "The file system does not answer (Stale file handle)."


def test_a_file_whose_attributes_cannot_be_read_carries_nothing(
    keeper: RecordKeeper, descriptor: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise AttributeRefused(attributes.Refusal.NO_ACCESS, 0)

    write(keeper, descriptor)
    monkeypatch.setattr(attributes, "read", refuse)
    monkeypatch.setattr(attributes, "names", refuse)
    assert keeper.read(descriptor).bytes == 0
    assert keeper.foreign(descriptor) == ()


def test_a_file_system_that_takes_less_than_it_is_known_for_gets_a_smaller_record(
    keeper: RecordKeeper, descriptor: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = attributes.write

    def narrow(descriptor: int, name: bytes, value: bytes) -> None:
        if len(value) > 500:
            raise AttributeRefused(attributes.Refusal.NO_ROOM_ATTRIBUTES, errno.ENOSPC)
        really(descriptor, name, value)

    monkeypatch.setattr(attributes, "write", narrow)
    monkeypatch.setattr(keeper_module, "record_budget", lambda *_: Budget(1900, 1))
    assert write(keeper, descriptor, [of_space(vectors(200))]) == ""
    assert 300 < len(value_on(descriptor) or b"") <= 475
    monkeypatch.setattr(keeper_module, "record_budget", lambda *_: Budget(16_000, 1))
    assert "no room for a record" in write(keeper, descriptor, [of_space(vectors(900))])
