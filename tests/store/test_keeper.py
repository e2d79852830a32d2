"""Records on real files: written once, read by their owner only, and nothing else about a file is touched."""

import errno
import os
import stat
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.store.builders import KEY, PICTURE, RECIPE, TEXT, a_record, a_section, of_space, vectors
from vexgui.core.files import FileStat
from vexgui.core.reports import RecordPlace
from vexgui.core.vectors import CodecName
from vexgui.store.format import FOREIGN_ATTRIBUTES, RECORD_ATTRIBUTE
from vexgui.store.record import Fingerprint, Record, RecordFault, SpaceVectors, pack_record
from vexgui.store.record import keeper as keeper_module
from vexgui.store.record.keeper import RecordKeeper, is_of, record_place
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused
from vexgui.system.filesystems import FileSystem, record_budget

HASH = bytes(range(16))
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


def write(keeper: RecordKeeper, descriptor: int, parts: list[SpaceVectors] | None = None) -> str:
    return keeper.write(descriptor, attributes.stat_of(descriptor), HASH, RECIPE, PARTS if parts is None else parts)


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
    assert is_of(found.record, now, HASH, RECIPE)
    sections = {section.space: section for section in found.record.sections}
    assert sections[TEXT.id].ordinals.tolist() == [0, 1, 2]
    assert sections[PICTURE.id].ordinals.tolist() == [3]
    np.testing.assert_allclose(sections[TEXT.id].vectors, vectors(3), atol=0.01)


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


def test_another_content_recipe_or_vectors_are_written_anew(keeper: RecordKeeper, descriptor: int) -> None:
    now = attributes.stat_of(descriptor)
    seen = set()
    for content_hash, recipe, parts in (
        (HASH, RECIPE, PARTS),
        (HASH[::-1], RECIPE, PARTS),
        (HASH[::-1], RECIPE + 1, PARTS),
        (HASH[::-1], RECIPE + 1, PARTS[:1]),
    ):
        assert keeper.write(descriptor, now, content_hash, recipe, parts) == ""
        seen.add(value_on(descriptor))
    assert len(seen) == 4


def test_a_record_describes_its_content_whatever_the_mtime() -> None:
    record = Record(RECIPE, 0, Fingerprint(10, 5, HASH), ())
    same = FileStat(1, 2, 10, 999, 4, 0o644, 0)
    assert is_of(record, same, HASH, RECIPE)
    assert not is_of(record, same, HASH[::-1], RECIPE)
    assert not is_of(record, same, HASH, RECIPE + 1)
    assert not is_of(record, FileStat(1, 2, 11, 5, 4, 0o644, 0), HASH, RECIPE)


def test_a_file_without_a_record_carries_none(keeper: RecordKeeper, descriptor: int) -> None:
    found = keeper.read(descriptor)
    assert (found.record, found.fault, found.bytes) == (None, None, 0)
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
    newer[4] = 2
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


def test_a_file_of_another_user_is_left_alone(keeper: RecordKeeper, descriptor: int) -> None:
    now = attributes.stat_of(descriptor)
    theirs = FileStat(now.device, now.inode, now.size, now.mtime_ns, now.ctime_ns, now.mode, now.uid + 1)
    assert "another user" in keeper.write(descriptor, theirs, HASH, RECIPE, PARTS)
    assert value_on(descriptor) is None


def test_a_file_that_is_filled_up_says_so_and_keeps_what_others_wrote(keeper: RecordKeeper, descriptor: int) -> None:
    room = record_budget(descriptor, 0)
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


@pytest.mark.parametrize("reason", attributes.Refusal)
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
    monkeypatch.setattr(keeper_module, "kind_of", lambda _descriptor: FileSystem.FAT)
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


def test_where_a_record_lies_is_told(keeper: RecordKeeper, descriptor: int) -> None:
    assert record_place(descriptor, 0) is RecordPlace.STORE_ONLY
    assert record_place(descriptor, 600) in {RecordPlace.BLOCK, RecordPlace.ATTRIBUTES}


def test_a_record_follows_a_renamed_file_and_not_a_name(keeper: RecordKeeper, descriptor: int, path: Path) -> None:
    path.rename(path.with_name("renamed.jpg"))
    path.write_bytes(b"another file of the old name")
    assert write(keeper, descriptor) == ""
    assert os.listxattr(path) == []
    assert RECORD_ATTRIBUTE.decode() in os.listxattr(path.with_name("renamed.jpg"))
    assert stat.S_ISREG(path.stat().st_mode)
