"""Files restored by the thousand are the files their records tell of, and no record counts that does not elsewhere."""

import os
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.builders import (
    KEY,
    PICTURE,
    RECIPE,
    TEXT,
    OpenStore,
    a_file,
    a_record,
    a_section,
    held,
    of_space,
    vectors,
)
from vexgui.core.arrays import Vectors
from vexgui.core.files import FileStat, FileState, Kind
from vexgui.core.vectors import CodecName, Source, Space, SpaceId
from vexgui.store.codecs import codec_named
from vexgui.store.record import Record, RecordRefused, Section, pack_record, unpack_record
from vexgui.store.record.bulk import Block, RecordSieve
from vexgui.store.rows import RecordedFile, file_of
from vexgui.store.store import Store

RECORDED = [name for name in CodecName if name not in {CodecName.TRUNCATED, CodecName.PRINCIPAL}]
SMALL = pack_record(a_record(a_section(vectors(2, 4), passages=3)), KEY)


def seen(number: int = 7, size: int = 10, time_ns: int = 5) -> os.stat_result:
    """Return the stat of a file by its inode; the last three of the fields are the times in ns."""
    return os.stat_result((0o100644, number, 1, 1, 1000, 0, size, 0, 0, 0, 0.0, 0.0, 0.0, time_ns, time_ns, time_ns))


def recorded(path: bytes, stat: os.stat_result | None = None) -> RecordedFile:
    folder, _, name = path.rpartition(b"/")
    return RecordedFile(folder, name, stat or seen(), bytes(range(16)), RECIPE, Kind.TEXT, "text/plain")


def blocks(records: Sequence[Record]) -> list[Block]:
    """Return the sections of records, of the files 0 and on."""
    sieve = RecordSieve(KEY)
    for number, record in enumerate(records):
        value = pack_record(record, KEY)
        assert sieve.head(value) is not None
        sieve.take(number, value)
    return sieve.blocks()


def restored(store: Store, paths: Sequence[bytes], records: Sequence[Record], unwanted: Sequence[bytes] = ()) -> int:
    return store.restore([recorded(path) for path in paths], blocks(records), unwanted)


def the_vectors(store: Store, path: bytes) -> dict[SpaceId, Vectors]:
    row = store.catalog.file(path)
    assert row is not None
    return {part.space: part.vectors for part in store.vectors_of(row.id)}


def with_ordinals(section: Section, ordinals: Sequence[int]) -> Section:
    return Section(section.space, section.codec, section.dim, 10_000, np.array(ordinals, np.uint32), section.packed)


# The sieve


@settings(deadline=None)
@given(st.binary(max_size=300) | st.integers(0, 8 * len(SMALL) - 1))
def test_what_the_sieve_takes_is_what_unpacking_takes(change: bytes | int) -> None:
    """Random bytes, and a record with any one bit flipped."""
    value = change
    if isinstance(change, int):
        flipped = bytearray(SMALL)
        flipped[change // 8] ^= 1 << change % 8
        value = bytes(flipped)
    assert isinstance(value, bytes)
    try:
        unpack_record(value, KEY)
    except RecordRefused:
        assert RecordSieve(KEY).head(value) is None
    else:
        assert RecordSieve(KEY).head(value) is not None


def test_a_head_tells_what_the_record_says() -> None:
    record = unpack_record(SMALL, KEY)
    head = RecordSieve(KEY).head(SMALL)
    assert head is not None
    assert (head.recipe, head.size, head.mtime_ns, head.content_hash) == (
        record.recipe,
        record.fingerprint.size,
        record.fingerprint.mtime_ns,
        record.fingerprint.content_hash,
    )


def test_a_record_of_another_key_is_not_taken() -> None:
    assert RecordSieve(bytes(32)).head(SMALL) is None


@pytest.mark.parametrize("ordinals", [[1, 0], [0, 0], [0, 1 << 20]])
def test_vectors_whose_passages_cannot_be_are_left_out(ordinals: list[int]) -> None:
    record = a_record(with_ordinals(a_section(vectors(2)), ordinals))
    assert blocks([record]) == []


def test_vectors_that_are_not_of_unit_length_are_left_out() -> None:
    assert blocks([a_record(a_section(np.zeros((1, 16), np.float32))), a_record(a_section(vectors(1)))])[0].files == [1]


# The store


@pytest.mark.parametrize("kept", [CodecName.INT8, CodecName.FLOAT32, CodecName.BIT])
@pytest.mark.parametrize("codec", RECORDED)
def test_a_restored_file_has_the_vectors_of_its_record(
    open_store: OpenStore, codec: CodecName, kept: CodecName
) -> None:
    store = open_store(kept)
    store.ensure_space(TEXT)
    record = unpack_record(pack_record(a_record(a_section(vectors(3), codec=codec)), KEY), KEY)
    assert restored(store, [b"/a/one"], [record]) == 1
    store.commit([a_file(b"/a/two", parts=[record.sections[0].taken()], texts="abc")])
    first, second = the_vectors(store, b"/a/one")[TEXT.id], the_vectors(store, b"/a/two")[TEXT.id]
    np.testing.assert_allclose(first, second, atol=0.02)
    assert store.check().problems == ()


def test_a_restored_file_is_known_by_its_stat_and_name_and_still_to_be_read(store: Store) -> None:
    store.ensure_space(TEXT)
    store.set_roots([b"/a"])
    restored(store, [b"/a/Note.txt"], [a_record(a_section(vectors(1), codec=CodecName.INT4))])
    row = store.catalog.file(b"/a/Note.txt")
    assert row is not None
    assert row.stat == FileStat.of(seen())
    assert (row.kind, row.mime, row.state, row.recipe) == (Kind.TEXT, "text/plain", FileState.INDEXED, RECIPE)
    assert (row.content_hash, row.unread, row.root_id) == (bytes(range(16)), True, store.catalog.roots()[b"/a"])
    assert store.catalog.with_names(["note"], 5) == (row.id,)
    (extent,) = store.catalog.extents(row.id)
    assert (extent.source, extent.confidence) == (Source.RECORD, codec_named(CodecName.INT4).fidelity)
    (passage,) = store.scan(TEXT.id, vectors(1)[0], 1).passages
    assert file_of(passage) == row.id


def test_many_files_of_many_layouts_are_restored_together(store: Store) -> None:
    for space in (TEXT, PICTURE):
        store.ensure_space(space)
    random = np.random.default_rng(3)
    paths, records, expected = [], [], {}
    for number in range(300):
        count = int(random.integers(1, 5))
        ordinals = np.sort(random.choice(40, count, replace=False)).tolist()
        sections = [with_ordinals(a_section(vectors(count, seed=number)), ordinals)]
        if number % 3 == 0:
            sections.append(with_ordinals(a_section(vectors(1, PICTURE.dim, seed=number), PICTURE), [50]))
        paths.append(b"/%d/file %d" % (number % 7, number))
        records.append(a_record(*sections))
        expected[paths[-1]] = {section.space: len(section.ordinals) for section in sections}
    assert restored(store, paths, records) == 300
    assert held(store) == expected
    for number in (0, 1, 299):
        row = store.catalog.file(paths[number])
        assert row is not None
        parts = {part.space: part for part in store.vectors_of(row.id)}
        for section in records[number].sections:
            assert parts[section.space].ordinals.tolist() == section.ordinals.tolist()
            np.testing.assert_allclose(parts[section.space].vectors, section.vectors, atol=1e-6)
    assert store.check().problems == ()


def test_vectors_go_to_gaps_and_are_found_there(store: Store) -> None:
    store.ensure_space(TEXT)
    store.commit([a_file(b"/old/%d" % number, vectors(2, seed=number)) for number in range(2000)])
    store.forget([b"/old/%d" % number for number in range(0, 2000, 2)])
    records = [a_record(a_section(vectors(3, seed=number))) for number in range(900)]
    assert restored(store, [b"/new/%d" % number for number in range(900)], records) == 900
    for number in (0, 450, 899):
        kept = the_vectors(store, b"/new/%d" % number)[TEXT.id]
        np.testing.assert_allclose(kept, records[number].sections[0].vectors, atol=1e-6)
    assert store.check().problems == ()
    assert sum(spaces[TEXT.id] for spaces in held(store).values()) == 2 * 1000 + 3 * 900


def test_files_that_are_known_stay_as_they_are(store: Store) -> None:
    store.ensure_space(TEXT)
    store.commit([a_file(b"/a/known", vectors(2))])
    before = store.catalog.file(b"/a/known")
    records = [a_record(a_section(vectors(1, seed=1))), a_record(a_section(vectors(1, seed=2)))]
    assert restored(store, [b"/a/known", b"/a/new"], records) == 1
    assert store.catalog.file(b"/a/known") == before
    assert held(store) == {b"/a/known": {TEXT.id: 2}, b"/a/new": {TEXT.id: 1}}


def test_files_of_folders_that_were_given_up_are_left_out(store: Store) -> None:
    store.ensure_space(TEXT)
    records = [a_record(a_section(vectors(1))), a_record(a_section(vectors(1)))]
    assert restored(store, [b"/a/one", b"/b/two"], records, unwanted=[b"/a"]) == 1
    assert held(store) == {b"/b/two": {TEXT.id: 1}}


def test_vectors_of_spaces_that_are_not_known_are_left_out(store: Store) -> None:
    store.ensure_space(Space(TEXT.id, TEXT.model, TEXT.modality, 32))
    assert restored(store, [b"/a/one"], [a_record(a_section(vectors(1)))]) == 1
    assert held(store) == {b"/a/one": {}}


@pytest.mark.parametrize("name", [b"\xff\xfe", b"two\nlines", "é".encode(), b'"quoted"', b" "])
def test_names_are_kept_byte_for_byte(store: Store, name: bytes) -> None:
    store.ensure_space(TEXT)
    restored(store, [b"/a/x", b"/a/" + name], [a_record(a_section(vectors(1))), a_record(a_section(vectors(1)))])
    assert held(store).keys() == {b"/a/x", b"/a/" + name}


def test_numbers_beyond_63_bits_are_kept_as_a_scan_compares_them(store: Store) -> None:
    store.ensure_space(TEXT)
    far = seen((1 << 64) - 3, time_ns=1 << 64)
    store.restore([recorded(b"/a/far", far)], blocks([a_record(a_section(vectors(1)))]))
    row = store.catalog.file(b"/a/far")
    assert row is not None
    assert row.stat == FileStat.of(far)


def test_a_file_that_is_read_later_keeps_its_id_and_loses_its_mark(store: Store) -> None:
    store.ensure_space(TEXT)
    restored(store, [b"/a/one"], [a_record(a_section(vectors(1)))])
    before = store.catalog.file(b"/a/one")
    store.commit([a_file(b"/a/one", parts=[of_space(vectors(1))])])
    after = store.catalog.file(b"/a/one")
    assert before is not None
    assert after is not None
    assert (after.id, after.unread) == (before.id, False)
