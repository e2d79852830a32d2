"""An extraction survives the way out of the decoder, and nothing else does."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.core.files import Extraction, FileFacts, FileStat, Kind, Passage, PassageKind
from vexgui.extract.contents import MAX_SHOWN, Raster
from vexgui.extract.passages import MAX_PASSAGES, PROSE_CHARS
from vexgui.extract.wire import (
    DECODERS_BOUNDS,
    MAX_PASSAGE_CHARS,
    answer,
    extraction_in,
    opened,
    raise_refusal,
    refusal,
    stat_in,
    thumbnail_beside,
    thumbnail_in,
)
from vexgui.system.fingerprint import HASH_BYTES
from vexgui.system.frames import Frame, FrameError

STAT = FileStat(device=1, inode=2**63 + 5, size=3, mtime_ns=-4, ctime_ns=5, mode=0o100644, uid=7)
ABOUT = Passage(0, PassageKind.ABOUT, "about é漢")
FOUND = Extraction(
    stat=STAT,
    content_hash=b"0123456789abcdef",
    kind=Kind.IMAGE,
    mime="image/png",
    facts=FileFacts(
        width=3,
        height=2,
        latitude=-38.5,
        longitude=9.0,
        caption="é",
        extra={"lens": "50 mm", "iso": 200, "aperture": 1.8},
    ),
    passages=(ABOUT, Passage(1, PassageKind.TEXT, "words", "page 1"), Passage(2, PassageKind.PICTURE, "")),
    problem="Something.",
)
RASTER = Raster(3, 2, bytes(range(18)))


def travelled(frame: Frame) -> Frame:
    return Frame(json.loads(json.dumps(frame.header)), frame.blobs)


def test_an_extraction_arrives_as_it_was_sent() -> None:
    arrived = extraction_in(travelled(answer(FOUND, [RASTER])), STAT, 2)
    assert arrived == FOUND
    (picture,) = arrived.pictures
    assert picture.shape == (2, 3, 3)
    assert picture.tobytes() == RASTER.rgb
    assert picture.dtype == np.uint8


def test_an_extraction_without_a_picture_arrives_without_one() -> None:
    found = replace(FOUND, passages=FOUND.passages[:2])
    arrived = extraction_in(travelled(answer(found, [])), STAT, 256)
    assert arrived == found
    assert arrived.pictures == ()


def test_a_thumbnail_arrives_beside_an_extraction() -> None:
    frame = travelled(answer(FOUND, [RASTER], Raster(2, 1, b"abcdef")))
    assert extraction_in(frame, STAT, 2) == FOUND
    thumbnail = thumbnail_beside(frame, 2)
    assert thumbnail is not None
    assert thumbnail.tolist() == [[[97, 98, 99], [100, 101, 102]]]
    assert thumbnail_beside(answer(FOUND, [RASTER]), 2) is None


@pytest.mark.parametrize("thumbnail", [Raster(3, 1, bytes(9)), Raster(0, 0, b""), Raster(2, 2, bytes(3))])
def test_a_hostile_thumbnail_is_refused(thumbnail: Raster) -> None:
    with pytest.raises(FrameError):
        thumbnail_beside(answer(FOUND, [RASTER], thumbnail), 2)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "virus"},
        {"kind": 3},
        {"mime": None},
        {"mime": "x" * 10_000},
        {"facts": []},
        {"facts": {"width": -1}},
        {"facts": {"width": "3"}},
        {"facts": {"width": 1e3}},
        {"facts": {"latitude": float("nan")}},
        {"facts": {"latitude": 91}},
        {"facts": {"longitude": float("inf")}},
        {"facts": {"title": 3}},
        {"facts": {"title": "\ud800"}},
        {"facts": {"shell": "rm"}},
        {"facts": {"extra": ["lens"]}},
        {"facts": {"extra": {"iso": None}}},
        {"facts": {"extra": {"iso": float("nan")}}},
        {"facts": {"extra": {"lens": "x" * 100_000}}},
        {"facts": {"extra": {"x" * 100_000: "lens"}}},
        {"facts": {"extra": {"lens": {"nested": 1}}}},
        {"facts": {"extra": {str(number): number for number in range(100)}}},
        {"passages": []},
        {"passages": [["text", "no about", ""]]},
        {"passages": [["about", "a", ""], ["about", "b", ""], ["picture", "", ""]]},
        {"passages": [["about", "a", ""]]},
        {"passages": [["about", "a", ""], ["picture", "", ""], ["picture", "", ""]]},
        {"passages": [["about", "a", ""], ["picture", "", ""], ["text", "b", ""]]},
        {"passages": [["about", "a"], ["picture", "", ""]]},
        {"passages": [["about", "a\udcff", ""], ["picture", "", ""]]},
        {"passages": [["about", "a" * 100_000, ""], ["picture", "", ""]]},
        {"passages": [["about", "", ""], *[["text", "x", ""]] * (MAX_PASSAGES + 2), ["picture", "", ""]]},
        {"passages": {"0": "about"}},
        {"pictures": None},
        {"thumbnail": None},
        {"thumbnail": [[2, 3]]},
        {"pictures": [[2, 4]]},
        {"pictures": [[-2, -3]]},
        {"pictures": [[3, 3]]},
        {"pictures": [[10**6, 10**6]]},
        {"pictures": [[0, 3]]},
        {"pictures": [[2.0, 3]]},
        {"problem": 3},
        {"problem": "x" * 10_000},
    ],
)
def test_a_hostile_answer_is_refused(changes: dict[str, Any]) -> None:
    frame = answer(FOUND, [RASTER])
    with pytest.raises(FrameError):
        extraction_in(Frame({**frame.header, **changes}, frame.blobs), STAT, 2)


@pytest.mark.parametrize("blobs", [(), (b"short", b""), (b"0" * 16,), (b"0" * 16, b"", b""), (b"0" * 16, b"x" * 17)])
def test_wrong_blobs_are_refused(blobs: tuple[bytes, ...]) -> None:
    with pytest.raises(FrameError):
        extraction_in(Frame(answer(FOUND, [RASTER]).header, blobs), STAT, 2)


def test_a_picture_larger_than_asked_for_is_refused() -> None:
    with pytest.raises(FrameError):
        extraction_in(answer(FOUND, [RASTER]), STAT, 1)


@pytest.mark.parametrize("missing", ["kind", "mime", "facts", "passages", "pictures", "problem"])
def test_an_incomplete_answer_is_refused(missing: str) -> None:
    frame = answer(FOUND, [RASTER])
    with pytest.raises(FrameError):
        extraction_in(
            Frame({key: value for key, value in frame.header.items() if key != missing}, frame.blobs), STAT, 2
        )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(answer(FOUND, [RASTER]).header)), json_values)
def test_any_value_in_any_place_is_taken_or_refused(key: str, value: Any) -> None:
    frame = answer(FOUND, [RASTER])
    try:
        extraction_in(Frame({**frame.header, key: value}, frame.blobs), STAT, 2)
    except FrameError:
        return


def test_an_error_of_the_system_is_raised_with_its_number() -> None:
    with pytest.raises(PermissionError) as caught:
        raise_refusal(refusal(PermissionError(13, "no")), b"/x")
    assert caught.value.filename == b"/x"
    raise_refusal(answer(FOUND, [RASTER]), b"/x")


def test_a_decoder_cannot_say_that_a_file_is_gone() -> None:
    with pytest.raises(OSError, match="Input/output") as caught:
        raise_refusal(refusal(FileNotFoundError(2, "gone")), b"/x")
    assert not isinstance(caught.value, FileNotFoundError)


def test_the_largest_extraction_there_may_be_is_within_the_bounds_of_an_answer() -> None:
    """Its characters are of those that JSON takes twelve bytes for, its pictures as long as pages may be."""
    text = "\U0001f68b" * PROSE_CHARS
    passages = [Passage(number, PassageKind.TEXT, text, "chapter 1") for number in range(1, MAX_PASSAGES + 1)]
    about = Passage(0, PassageKind.ABOUT, "\U0001f68b" * MAX_PASSAGE_CHARS)
    facts = FileFacts(caption=text, title=text, author=text)
    frame = answer(replace(FOUND, facts=facts, passages=(about, *passages)), ())
    assert len(json.dumps(frame.header)) < DECODERS_BOUNDS.header_bytes
    pixels = MAX_SHOWN * 4096 * 512 + 512 * 512
    assert pixels * 3 + HASH_BYTES < DECODERS_BOUNDS.blob_bytes


def test_the_stat_of_a_file_that_was_opened_arrives_as_it_was() -> None:
    assert stat_in(travelled(opened(STAT))) == STAT


@pytest.mark.parametrize("stat", [None, [1, 2, 3], [1, 2, 3, 4, 5, 6, True], [1.5] * 7, [10**40] * 7])
def test_a_stat_that_is_none_is_refused(stat: object) -> None:
    with pytest.raises(FrameError):
        stat_in(Frame({"stat": stat}))


@pytest.mark.parametrize("number", ["2", -1, 10**9, None, 2.0, True])
def test_a_hostile_error_number_is_refused(number: object) -> None:
    with pytest.raises(FrameError):
        raise_refusal(Frame({"errno": number}), b"/x")


def test_a_thumbnail_is_a_png_or_nothing() -> None:
    assert thumbnail_in(Frame({}, (b"",))) == b""
    assert thumbnail_in(Frame({}, (b"\x89PNG\r\n\x1a\nrest",))).endswith(b"rest")
    for blobs in ((), (b"GIF89a",), (b"", b"")):
        with pytest.raises(FrameError):
            thumbnail_in(Frame({}, blobs))
