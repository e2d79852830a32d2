"""What goes into a record fits its budget, and is the best that does."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.builders import KEY, PICTURE, TEXT, a_record, of_space, unit, vectors
from vexgui.core.vectors import CodecName, Modality, Space, SpaceId
from vexgui.store.codecs import codec_named
from vexgui.store.record import (
    FRAME_BYTES,
    Section,
    SpaceVectors,
    fitted,
    pack_record,
    record_bytes,
    representatives,
    unpack_record,
)

INT8, INT4, BIT, FLOAT16 = CodecName.INT8, CodecName.INT4, CodecName.BIT, CodecName.FLOAT16


def bytes_of(count: int, space: Space, codec: CodecName = INT8) -> int:
    return record_bytes(space.dim, count, codec_named(codec))


def kept(sections: Sequence[Section]) -> list[tuple[CodecName, int]]:
    return [(section.codec.name, len(section.ordinals)) for section in sections]


@st.composite
def parts(draw: st.DrawFn) -> list[SpaceVectors]:
    spaces = draw(st.integers(0, 3))
    return [
        of_space(
            vectors(draw(st.integers(0, 30)), dim := draw(st.integers(1, 60)), number),
            Space(SpaceId(f"{number:016x}"), "m", Modality.TEXT, dim),
        )
        for number in range(spaces)
    ]


@settings(deadline=None)
@given(parts(), st.integers(0, 4000), st.sampled_from(CodecName))
def test_a_record_never_exceeds_its_budget_and_can_be_read(
    given_parts: list[SpaceVectors], budget: int, codec: CodecName
) -> None:
    sections = fitted(given_parts, codec, budget)
    if sections:
        value = pack_record(a_record(*sections), KEY)
        assert len(value) <= budget
        unpack_record(value, KEY)


@settings(deadline=None)
@given(parts(), st.integers(0, 4000))
def test_a_record_is_empty_only_where_no_vector_fits(given_parts: list[SpaceVectors], budget: int) -> None:
    sections = fitted(given_parts, FLOAT16, budget)
    least = [record_bytes(part.vectors.shape[1], 1, codec_named(BIT)) for part in given_parts if len(part.vectors)]
    assert bool(sections) == any(FRAME_BYTES + each <= budget for each in least)


@settings(deadline=None)
@given(parts(), st.integers(0, 4000))
def test_what_is_kept_keeps_its_ordinal_and_the_number_of_all(given_parts: list[SpaceVectors], budget: int) -> None:
    by_space = {part.space: part for part in given_parts}
    for section in fitted(given_parts, INT8, budget):
        part = by_space[section.space]
        assert section.passages == len(part.vectors)
        assert np.all(np.diff(section.ordinals.astype(int)) > 0)
        rows = part.vectors[np.searchsorted(part.ordinals, section.ordinals)]
        near = 0.95 if section.codec.name is not BIT else 0
        assert np.all(np.einsum("nd,nd->n", rows, section.vectors) > near)


def test_all_vectors_are_kept_in_the_wanted_codec_where_they_fit() -> None:
    budget = FRAME_BYTES + bytes_of(5, TEXT, FLOAT16)
    assert kept(fitted([of_space(vectors(5))], FLOAT16, budget)) == [(FLOAT16, 5)]


def test_one_byte_less_and_all_are_kept_a_step_lower() -> None:
    parts = [of_space(vectors(5))]
    steps = [(FLOAT16, 5), (INT8, 5), (INT4, 5), (INT4, 4)]
    for codec, then in pairwise(steps):
        budget = FRAME_BYTES + bytes_of(codec[1], TEXT, codec[0])
        assert kept(fitted(parts, FLOAT16, budget)) == [codec]
        assert kept(fitted(parts, FLOAT16, budget - 1)) == [then]


@pytest.mark.parametrize(
    "wanted", [name for name in CodecName if name not in {CodecName.TRUNCATED, CodecName.PRINCIPAL}]
)
def test_where_there_is_room_all_are_kept_as_wanted(wanted: CodecName) -> None:
    assert kept(fitted([of_space(vectors(5))], wanted, 4000)) == [(wanted, 5)]


@pytest.mark.parametrize("wanted", [CodecName.TRUNCATED, CodecName.PRINCIPAL])
def test_a_codec_that_says_nothing_without_its_space_is_kept_as_int8(wanted: CodecName) -> None:
    assert kept(fitted([of_space(vectors(5))], wanted, 4000)) == [(INT8, 5)]


def test_nothing_is_kept_in_more_bytes_than_wanted() -> None:
    for wanted in (INT4, BIT):
        budget = FRAME_BYTES + bytes_of(5, TEXT, wanted) - 1
        assert kept(fitted([of_space(vectors(5))], wanted, budget)) == [(wanted, 4)]


def test_in_one_bit_only_where_not_one_vector_fits_in_int4() -> None:
    parts = [of_space(vectors(5, PICTURE.dim), PICTURE)]
    least = FRAME_BYTES + bytes_of(1, PICTURE, INT4)
    assert kept(fitted(parts, INT8, least)) == [(INT4, 1)]
    assert kept(fitted(parts, INT8, least - 1)) == [(BIT, 1)]
    assert kept(fitted(parts, INT8, FRAME_BYTES + bytes_of(1, PICTURE, BIT) - 1)) == []


def test_vectors_that_came_through_a_codec_are_kept_in_none_that_is_better() -> None:
    rows = vectors(3)
    for codec in (FLOAT16, INT8, INT4, BIT):
        part = replace(of_space(rows), confidence=codec_named(codec).fidelity)
        assert kept(fitted([part], FLOAT16, 4000)) == [(codec, 3)]
    assert kept(fitted([replace(of_space(rows), confidence=0.1)], FLOAT16, 4000)) == [(BIT, 3)]


def test_what_a_record_gave_fills_a_record_of_the_same_size() -> None:
    """Else vectors would lose a little each time a file's record is made again from the store."""
    for wanted in (FLOAT16, INT8, INT4, BIT):
        (section,) = fitted([of_space(vectors(3, 64))], wanted, 4000)
        (again,) = fitted([section.taken()], FLOAT16, 4000)
        assert (again.codec, len(again.packed)) == (section.codec, len(section.packed))
        np.testing.assert_allclose(again.vectors, section.vectors, atol=1e-3)


def test_the_room_left_is_used_up() -> None:
    budget = FRAME_BYTES + bytes_of(7, TEXT, INT4) + 3
    assert kept(fitted([of_space(vectors(40))], FLOAT16, budget)) == [(INT4, 7)]


@settings(deadline=None)
@given(st.integers(2, 400), st.integers(0, 2000), st.booleans())
def test_a_long_text_never_pushes_out_a_picture(texts: int, spare: int, picture_first: bool) -> None:
    given_parts = [of_space(vectors(texts)), of_space(vectors(1, PICTURE.dim), PICTURE, [texts])]
    budget = FRAME_BYTES + bytes_of(1, PICTURE, INT4) + spare
    sections = fitted(given_parts[::-1] if picture_first else given_parts, FLOAT16, budget)
    assert PICTURE.id in {section.space for section in sections}


def test_vectors_that_are_not_of_unit_length_are_left_out() -> None:
    rows = vectors(5)
    rows[0] = 0
    rows[1, 0] = np.nan
    rows[2] *= 1.2
    rows[3, 3] = np.inf
    (section,) = fitted([of_space(rows)], INT8, 4000)
    assert (section.ordinals.tolist(), section.passages) == ([4], 1)
    assert fitted([of_space(rows[:4])], INT8, 4000) == ()


@settings(deadline=None)
@given(st.integers(1, 40), st.integers(1, 50), st.integers(0, 50))
def test_as_many_representatives_as_wanted_all_different_ascending(count: int, wanted: int, seed: int) -> None:
    rows = vectors(count, 6, seed)
    chosen = representatives(rows, wanted).tolist()
    assert chosen == sorted(set(chosen))
    assert len(chosen) == min(count, wanted)


def test_equal_vectors_are_chosen_once_each() -> None:
    rows = np.repeat(vectors(1), 10, axis=0)
    assert len(set(representatives(rows, 4).tolist())) == 4


def test_the_first_representative_is_the_best_for_all_and_the_next_speaks_for_the_rest() -> None:
    crowd = unit(np.array([[1, 0.1, 0], [1, 0, 0], [1, -0.1, 0]], np.float32))
    loner = np.array([[0, 0, 1]], np.float32)
    rows = np.concatenate([loner, crowd])
    assert representatives(rows, 1).tolist() == [2]
    assert representatives(rows, 2).tolist() == [0, 2]


@settings(deadline=None, max_examples=30)
@given(st.integers(2, 12), st.integers(1, 11), st.integers(0, 1000))
def test_representatives_come_near_the_best_choice(count: int, wanted: int, seed: int) -> None:
    """The greedy choice reaches 1 - 1/e of the best (Nemhauser, Wolsey and Fisher 1978), on a gain that starts at 0."""
    wanted = min(wanted, count - 1)
    rows = vectors(count, 4, seed)
    likeness = rows @ rows.T

    def gain(chosen: tuple[int, ...]) -> float:
        return float((likeness[:, list(chosen)].max(axis=1) + 1).sum())

    best = max(gain(chosen) for chosen in combinations(range(count), wanted))
    assert gain(tuple(representatives(rows, wanted).tolist())) >= (1 - 1 / np.e) * best - 1e-4
