"""A record too large for one attribute is cut into parts, and only its own parts make it whole again."""

import zlib

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.builders import KEY, a_record, a_section, vectors
from tests.store.record_draws import fault_of, records
from vexgui.store.format import RECORD_ATTRIBUTE
from vexgui.store.record import (
    Record,
    RecordFault,
    cut,
    joined,
    pack_record,
    part_names,
    unpack_record,
)


@settings(deadline=None)
@given(records, st.integers(256, 3000))
def test_what_is_cut_is_joined_and_no_part_is_larger_than_allowed(record: Record, part_bytes: int) -> None:
    value = pack_record(record, KEY, part_bytes)
    pieces = cut(value)
    assert [len(pieces.others)] == [-(-len(value) // part_bytes) - 1]
    assert max(len(pieces.head), *(len(piece) for _, piece in pieces.others), 0) <= part_bytes
    assert part_names(pieces.head) == tuple(name for name, _ in pieces.others)
    assert joined(pieces.head, [piece for _, piece in pieces.others]) == value
    assert pack_record(unpack_record(value, KEY), KEY, part_bytes) == value


SPLIT = cut(pack_record(a_record(a_section(vectors(40))), KEY, 256))


def test_parts_are_named_after_the_one_code_over_all_of_them() -> None:
    names = [name for name, _ in SPLIT.others]
    code = SPLIT.head[-20:-4]
    prefix = RECORD_ATTRIBUTE + b"." + code[:4].hex().encode()
    assert names == [prefix + b".%d" % number for number in range(1, len(names) + 1)]
    other = cut(pack_record(a_record(a_section(vectors(40, seed=1))), KEY, 256))
    assert not set(names) & {name for name, _ in other.others}


def test_parts_that_are_missing_swapped_doubled_or_of_another_record_are_refused() -> None:
    pieces = [piece for _, piece in SPLIT.others]
    assert fault_of(joined(SPLIT.head, pieces)) is None
    other = [piece for _, piece in cut(pack_record(a_record(a_section(vectors(40, seed=1))), KEY, 256)).others]
    for wrong in (
        [],
        pieces[:-1],
        pieces[1:],
        pieces[::-1],
        [*pieces, pieces[-1]],
        [other[0], *pieces[1:]],
        [pieces[0][:-1], *pieces[1:]],
    ):
        assert fault_of(joined(SPLIT.head, wrong)) is RecordFault.DAMAGED


def test_a_split_record_of_a_newer_version_is_named() -> None:
    value = bytearray(joined(SPLIT.head, [piece for _, piece in SPLIT.others]))
    value[4] = 3
    value[-4:] = zlib.crc32(value[:-4]).to_bytes(4, "little")
    pieces = cut(bytes(value))
    again = joined(pieces.head, [piece for _, piece in pieces.others])
    assert len(part_names(pieces.head)) == len(SPLIT.others)
    assert fault_of(again) is RecordFault.NEWER


@settings(deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_make_part_names_fail(noise: bytes, begins_well: bool) -> None:
    assert len(part_names(b"VexR" + noise if begins_well else noise)) < 256
