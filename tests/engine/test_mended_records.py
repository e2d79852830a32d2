"""A record that comes onto a file whose content stays is found by the next scan: to set it moves ctime."""

import os
from collections.abc import Callable

import pytest

from tests.engine.conftest import Desk
from vexgui.core.vectors import CodecName
from vexgui.indexer.recording import write_again
from vexgui.store.format import RECORD_ATTRIBUTE
from vexgui.store.record import RecordFault
from vexgui.store.record.keeper import RecordKeeper
from vexgui.system import attributes

_STRANGE: dict[str, Callable[[bytes, bytes], bytes]] = {
    "another file's": lambda _own, other: other,
    "damaged": lambda own, _other: own[:-1] + bytes([own[-1] ^ 1]),
    "nonsense": lambda _own, _other: b"nonsense",
}


@pytest.mark.parametrize("strange", _STRANGE)
def test_it_is_replaced_by_the_files_own_without_embedding(desk: Desk, strange: str) -> None:
    path, another = desk.write("a.txt", "Fog over the water."), desk.write("b.txt", "A quiet violin.")
    desk.engine.index([desk.path("")])
    own, seen, embedded = os.getxattr(path, RECORD_ATTRIBUTE), os.stat(path), desk.embedded
    os.setxattr(path, RECORD_ATTRIBUTE, _STRANGE[strange](own, os.getxattr(another, RECORD_ATTRIBUTE)))
    report = desk.engine.index([])
    assert (report.unchanged, report.failed, desk.embedded) == (2, (), embedded)
    assert desk.engine.inspect(path).record_verified
    assert desk.engine.verify(repair=False).problems == ()
    now = os.stat(path)
    assert (now.st_size, now.st_mtime_ns, now.st_mode) == (seen.st_size, seen.st_mtime_ns, seen.st_mode)
    written_ns = now.st_ctime_ns
    desk.engine.index([])
    assert os.stat(path).st_ctime_ns == written_ns


def test_the_files_own_record_is_left_as_it_is_when_something_else_moved_ctime(desk: Desk) -> None:
    path = desk.write("a.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    os.chmod(path, 0o600)
    moved_ns = os.stat(path).st_ctime_ns
    assert desk.engine.index([]).unchanged == 1
    assert os.stat(path).st_ctime_ns == moved_ns


def test_one_that_another_computer_wrote_there_stays_for_it(desk: Desk) -> None:
    path = desk.write("a.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    keeper = RecordKeeper(bytes(32), CodecName.INT8, enabled=True)
    row = desk.engine._parts.store.catalog.file(path)
    assert row is not None
    descriptor = attributes.open_for_attributes(path)
    write_again(descriptor, row, desk.engine._parts.store, keeper, ())
    os.close(descriptor)
    desk.engine.index([])
    assert desk.engine.inspect(path).record_note == RecordFault.FOREIGN.value


def test_a_record_that_was_removed_stays_so(desk: Desk) -> None:
    path = desk.write("a.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    desk.engine.strip([path])
    desk.engine.index([])
    assert RECORD_ATTRIBUTE.decode() not in os.listxattr(path)
