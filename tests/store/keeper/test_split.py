"""A record that is split over several attributes is one whole, whatever happens on the way."""

import errno
import time
from collections.abc import Callable

import pytest

from tests.store.builders import KEY, a_record, a_section, of_space, vectors
from tests.store.keeper.records import PARTS, write
from vexgui.store.format import RECORD_ATTRIBUTE
from vexgui.store.record import RecordFault, SpaceVectors, pack_record
from vexgui.store.record import keeper as keeper_module
from vexgui.store.record.keeper import RecordKeeper
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused
from vexgui.system.filesystems import Budget


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
