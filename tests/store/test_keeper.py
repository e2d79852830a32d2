"""Records on real files: written once, read by their owner only, and nothing else about a file is touched."""

import errno
import os
import stat
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.store.builders import KEY, PICTURE, RECIPE, TEXT, a_record, a_section, of_space, vectors
from vexgui.core.files import FileStat
from vexgui.core.reports import RecordPlace
from vexgui.core.vectors import CodecName
from vexgui.store.format import FOREIGN_ATTRIBUTES, RECORD_ATTRIBUTE
from vexgui.store.record import Fingerprint, RecordFault, SpaceVectors, is_of, pack_record
from vexgui.store.record import keeper as keeper_module
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.record.place import record_place
from vexgui.system import attributes, filesystems
from vexgui.system.attributes import AttributeRefused
from vexgui.system.filesystems import Budget, FileSystem, record_budget
from vexgui.system.work_trees import WorkTrees

PATH = b"/pictures/photo.jpg"
HASH = bytes(range(16))
READING = 7
PARTS = [of_space(vectors(3)), of_space(vectors(1, PICTURE.dim), PICTURE, [3])]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"content")
    file.chmod(0o640)
    os.utime(file, ns=(1_000_000_000, 2_000_000_000))
    return file


@pytest.fixture
def descriptor(path: Path) -> Iterator[int]:
    opened = attributes.open_for_attributes(os.fsencode(path))
    yield opened
    os.close(opened)


@pytest.fixture
def keeper() -> RecordKeeper:
    return RecordKeeper(KEY, CodecName.INT8, enabled=True)


def write(keeper: RecordKeeper, descriptor: int, parts: list[SpaceVectors] | None = None, path: bytes = PATH) -> str:
    parts = PARTS if parts is None else parts
    return keeper.write(descriptor, path, attributes.stat_of(descriptor), HASH, RECIPE, READING, parts)


def value_on(descriptor: int) -> bytes | None:
    return attributes.read(descriptor, RECORD_ATTRIBUTE)


def test_a_record_is_read_back(keeper: RecordKeeper, descriptor: int) -> None:
    assert write(keeper, descriptor) == ""
    found = keeper.read(descriptor)
    assert found.fault is None
    assert found.record is not None
    assert found.bytes == len(value_on(descriptor) or b"")
    now = attributes.stat_of(descriptor)
    assert found.record.fingerprint == Fingerprint(now.size, now.mtime_ns, HASH)
    assert is_of(found.record, now, HASH, RECIPE, READING)
    assert found.parts == 1
    sections = {section.space: section for section in found.record.sections}
    assert sections[TEXT.id].ordinals.tolist() == [0, 1, 2]
    assert sections[PICTURE.id].ordinals.tolist() == [3]
    np.testing.assert_allclose(sections[TEXT.id].vectors, vectors(3), atol=0.01)


def test_a_record_is_read_by_path_as_well_but_not_through_a_link(
    keeper: RecordKeeper, descriptor: int, path: Path
) -> None:
    write(keeper, descriptor)
    assert keeper.read(os.fsencode(path)).bytes == keeper.read(descriptor).bytes > 0
    link = path.with_name("link.jpg")
    link.symlink_to(path)
    for elsewhere in (link, path.with_name("missing.jpg")):
        assert keeper.read(os.fsencode(elsewhere)).bytes == 0


def test_writing_touches_neither_content_nor_mtime_nor_mode(keeper: RecordKeeper, descriptor: int, path: Path) -> None:
    before = path.stat()
    write(keeper, descriptor)
    keeper.remove(descriptor)
    write(keeper, descriptor)
    after = path.stat()
    assert path.read_bytes() == b"content"
    for item in ("st_mtime_ns", "st_mode", "st_uid", "st_gid", "st_size", "st_ino", "st_nlink"):
        assert getattr(after, item) == getattr(before, item)


def test_the_same_record_is_not_written_twice(
    keeper: RecordKeeper, descriptor: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AttributeRefused(attributes.Refusal.OTHER, 0)

    write(keeper, descriptor)
    then = attributes.stat_of(descriptor)
    monkeypatch.setattr(time, "time", lambda: 4e9)
    monkeypatch.setattr(attributes, "write", refuse)
    assert write(keeper, descriptor) == ""
    assert attributes.stat_of(descriptor) == then


def test_another_content_recipe_reading_or_vectors_are_written_anew(keeper: RecordKeeper, descriptor: int) -> None:
    now = attributes.stat_of(descriptor)
    seen = set()
    for content_hash, recipe, reading, parts in (
        (HASH, RECIPE, READING, PARTS),
        (HASH[::-1], RECIPE, READING, PARTS),
        (HASH[::-1], RECIPE + 1, READING, PARTS),
        (HASH[::-1], RECIPE + 1, READING + 1, PARTS),
        (HASH[::-1], RECIPE + 1, READING + 1, PARTS[:1]),
    ):
        assert keeper.write(descriptor, PATH, now, content_hash, recipe, reading, parts) == ""
        seen.add(value_on(descriptor))
    assert len(seen) == 5


def test_a_file_without_a_record_carries_none(keeper: RecordKeeper, descriptor: int) -> None:
    found = keeper.read(descriptor)
    assert (found.record, found.fault, found.bytes, found.parts) == (None, None, 0, 0)
    assert keeper.remove(descriptor) is False


def test_a_record_made_with_another_key_is_not_used_but_replaced(keeper: RecordKeeper, descriptor: int) -> None:
    write(RecordKeeper(bytes(32), CodecName.INT8, enabled=True), descriptor)
    found = keeper.read(descriptor)
    assert (found.record, found.fault) == (None, RecordFault.FOREIGN)
    assert found.bytes > 0
    assert write(keeper, descriptor) == ""
    assert keeper.read(descriptor).record is not None


def test_a_damaged_record_is_not_used_but_replaced(keeper: RecordKeeper, descriptor: int) -> None:
    attributes.write(descriptor, RECORD_ATTRIBUTE, b"VexR and then nothing of the kind")
    assert keeper.read(descriptor).fault is RecordFault.DAMAGED
    assert write(keeper, descriptor) == ""
    assert keeper.read(descriptor).record is not None


def test_a_record_of_a_newer_version_is_left_alone(keeper: RecordKeeper, descriptor: int) -> None:
    newer = bytearray(pack_record(a_record(a_section(vectors(1))), KEY)[:-4])
    newer[4] = 3
    value = bytes(newer) + zlib.crc32(newer).to_bytes(4, "little")
    attributes.write(descriptor, RECORD_ATTRIBUTE, value)
    assert keeper.read(descriptor).fault is RecordFault.NEWER
    assert "newer VexGUI" in write(keeper, descriptor)
    assert value_on(descriptor) == value


def test_a_removed_record_is_gone(keeper: RecordKeeper, descriptor: int) -> None:
    write(keeper, descriptor)
    assert keeper.remove(descriptor) is True
    assert value_on(descriptor) is None


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


def test_a_long_text_keeps_its_most_telling_passages(keeper: RecordKeeper, descriptor: int) -> None:
    assert write(keeper, descriptor, [of_space(vectors(400, 384))]) == ""
    record = keeper.read(descriptor).record
    assert record is not None
    (section,) = record.sections
    assert section.passages == 400
    assert 0 < len(section.ordinals) < 400


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


def test_attributes_of_kindred_programs_are_named_and_left_alone(keeper: RecordKeeper, descriptor: int) -> None:
    assert keeper.foreign(descriptor) == ()
    attributes.write(descriptor, b"user.vectorvfs", b"a pickle, never read")
    attributes.write(descriptor, b"user.comment", b"of no interest")
    write(keeper, descriptor)
    assert keeper.foreign(descriptor) == ("user.vectorvfs",)
    keeper.remove(descriptor)
    assert attributes.read(descriptor, b"user.vectorvfs") == b"a pickle, never read"
    assert b"user.vexfs.embedding" in FOREIGN_ATTRIBUTES


def test_a_pickle_is_never_opened(keeper: RecordKeeper, descriptor: int, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    # What pickle.dumps makes of an object whose __reduce__ is (os.system, ("touch …",)).
    hostile = b"\x80\x04cos\nsystem\n(Vtouch %s\ntR." % os.fsencode(trap)
    for name in (b"user.vectorvfs", b"user.vexfs.embedding", RECORD_ATTRIBUTE):
        attributes.write(descriptor, name, hostile)
    assert keeper.foreign(descriptor) == ("user.vectorvfs", "user.vexfs.embedding")
    assert keeper.read(descriptor).fault is RecordFault.DAMAGED
    assert write(keeper, descriptor) == ""
    assert attributes.read(descriptor, b"user.vectorvfs") == hostile
    assert not trap.exists()


def test_where_a_record_lies_is_told(keeper: RecordKeeper, descriptor: int) -> None:
    assert record_place(descriptor, 0, 0) is RecordPlace.STORE_ONLY
    assert record_place(descriptor, 5000, 3) is RecordPlace.SPLIT
    write(keeper, descriptor)
    assert record_place(descriptor, 600, 1) in {RecordPlace.INODE, RecordPlace.BLOCK, RecordPlace.ATTRIBUTES}


def test_a_record_follows_a_renamed_file_and_not_a_name(keeper: RecordKeeper, descriptor: int, path: Path) -> None:
    path.rename(path.with_name("renamed.jpg"))
    path.write_bytes(b"another file of the old name")
    assert write(keeper, descriptor) == ""
    assert os.listxattr(path) == []
    assert RECORD_ATTRIBUTE.decode() in os.listxattr(path.with_name("renamed.jpg"))
    assert stat.S_ISREG(path.stat().st_mode)


@pytest.fixture
def splitting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every file a budget of several small attributes."""
    monkeypatch.setattr(keeper_module, "record_budget", lambda *_: Budget(256, 6))


MANY = [of_space(vectors(60))]
OTHERS = [of_space(vectors(60, seed=1))]


def ours(descriptor: int) -> list[bytes]:
    return sorted(name for name in attributes.names(descriptor) if name.startswith(RECORD_ATTRIBUTE))


@pytest.mark.usefixtures("splitting")
def test_a_split_record_is_read_back_and_removed_whole(keeper: RecordKeeper, descriptor: int) -> None:
    assert write(keeper, descriptor, MANY) == ""
    found = keeper.read(descriptor)
    assert found.record is not None
    assert (found.parts, len(found.record.sections[0].ordinals)) == (len(ours(descriptor)), 60)
    assert found.bytes == sum(len(attributes.read(descriptor, name) or b"") for name in ours(descriptor))
    assert 3 < found.parts <= 6
    assert keeper.remove(descriptor)
    assert ours(descriptor) == []
    assert not keeper.remove(descriptor)


@pytest.mark.usefixtures("splitting")
def test_a_split_record_is_not_written_twice(
    keeper: RecordKeeper, descriptor: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(keeper, descriptor, MANY)
    then = attributes.stat_of(descriptor)
    monkeypatch.setattr(time, "time", lambda: 4e9)
    assert write(keeper, descriptor, MANY) == ""
    assert attributes.stat_of(descriptor) == then


@pytest.mark.usefixtures("splitting")
def test_a_replaced_record_leaves_no_part_behind(keeper: RecordKeeper, descriptor: int) -> None:
    for parts in (MANY, OTHERS, PARTS, MANY):
        assert write(keeper, descriptor, parts) == ""
        assert len(ours(descriptor)) == keeper.read(descriptor).parts


@pytest.mark.usefixtures("splitting")
def test_a_split_record_with_a_part_missing_or_changed_is_damaged_and_mended(
    keeper: RecordKeeper, descriptor: int
) -> None:
    write(keeper, descriptor, MANY)
    name = ours(descriptor)[1]
    good = attributes.read(descriptor, name)
    assert good
    for value in (None, b"", b"x", good[:-1] + bytes([good[-1] ^ 1])):
        attributes.remove(descriptor, name)
        if value is not None:
            attributes.write(descriptor, name, value)
        assert keeper.read(descriptor).fault is RecordFault.DAMAGED
        assert write(keeper, descriptor, MANY) == ""
        assert keeper.read(descriptor).record is not None
        assert attributes.read(descriptor, name) == good or len(ours(descriptor)) == keeper.read(descriptor).parts


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.usefixtures("splitting")
@pytest.mark.parametrize("before", [None, PARTS, OTHERS])
def test_a_crash_at_any_step_leaves_the_old_record_or_the_new_one_and_the_next_write_clears_up(
    keeper: RecordKeeper, descriptor: int, monkeypatch: pytest.MonkeyPatch, before: list[SpaceVectors] | None
) -> None:
    def bytes_now() -> bytes | None:
        record = keeper.read(descriptor).record
        return None if record is None else pack_record(record, KEY)

    monkeypatch.setattr(time, "time", lambda: 1e9)
    write(keeper, descriptor, MANY)
    new = bytes_now()
    seen = set()
    for step in range(30):
        keeper.remove(descriptor)
        if before is not None:
            write(keeper, descriptor, before)
        old = bytes_now()
        left = step
        with monkeypatch.context() as patch:

            def dying(call: Callable[..., object]) -> Callable[..., object]:
                def counted(*arguments: object) -> object:
                    nonlocal left
                    left -= 1
                    if left < 0:
                        raise Killed
                    return call(*arguments)

                return counted

            patch.setattr(attributes, "write", dying(attributes.write))
            patch.setattr(attributes, "remove", dying(attributes.remove))
            try:
                write(keeper, descriptor, MANY)
            except Killed:
                now = bytes_now()
                seen.add(now == new)
                assert now in {old, new}, step
            else:
                break
        assert write(keeper, descriptor, MANY) == ""
        assert bytes_now() == new
        assert len(ours(descriptor)) == keeper.read(descriptor).parts
    assert 4 < step < 29
    assert seen == ({False, True} if before is OTHERS else {False})  # the others leave nothing to clear up


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


@pytest.mark.usefixtures("splitting")
def test_a_refused_part_leaves_the_old_record_and_nothing_of_the_new_one(
    keeper: RecordKeeper, descriptor: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(keeper, descriptor, OTHERS)
    before = ours(descriptor)
    really = attributes.write
    left = 2

    def full(descriptor: int, name: bytes, value: bytes) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise AttributeRefused(attributes.Refusal.NO_ROOM_DISK, errno.ENOSPC)
        really(descriptor, name, value)

    monkeypatch.setattr(attributes, "write", full)
    assert write(keeper, descriptor, MANY) == "The disk is full."
    assert ours(descriptor) == before
    assert keeper.read(descriptor).record is not None


@pytest.mark.parametrize("parts", [2, 255])
def test_a_head_that_claims_parts_costs_no_more_than_a_record(
    keeper: RecordKeeper, descriptor: int, monkeypatch: pytest.MonkeyPatch, parts: int
) -> None:
    head = bytearray(pack_record(a_record(a_section(vectors(1))), KEY))
    head[9] = parts
    attributes.write(descriptor, RECORD_ATTRIBUTE, bytes(head))
    assert keeper.read(descriptor).fault is RecordFault.DAMAGED
    really = attributes.read
    reads = 0

    def plenty(descriptor: int, name: bytes) -> bytes | None:
        nonlocal reads
        reads += 1
        return really(descriptor, name) or bytes(60_000)

    monkeypatch.setattr(attributes, "read", plenty)
    assert keeper.read(descriptor).fault is RecordFault.DAMAGED
    assert reads <= 4
