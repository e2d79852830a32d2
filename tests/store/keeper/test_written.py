"""Records on real files: written once, read by their owner only, and nothing else about a file is touched."""

import os
import stat
import time
import zlib
from pathlib import Path

import numpy as np
import pytest

from tests.store.builders import KEY, PICTURE, RECIPE, TEXT, a_record, a_section, of_space, vectors
from tests.store.keeper.records import HASH, PARTS, PATH, READING, value_on, write
from vexgui.core.reports import RecordPlace
from vexgui.core.vectors import CodecName
from vexgui.store.format import FOREIGN_ATTRIBUTES, RECORD_ATTRIBUTE
from vexgui.store.record import Fingerprint, RecordFault, is_of, pack_record
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.record.place import record_place
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused


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


def test_a_long_text_keeps_its_most_telling_passages(keeper: RecordKeeper, descriptor: int) -> None:
    assert write(keeper, descriptor, [of_space(vectors(400, 384))]) == ""
    record = keeper.read(descriptor).record
    assert record is not None
    (section,) = record.sections
    assert section.passages == 400
    assert 0 < len(section.ordinals) < 400


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
