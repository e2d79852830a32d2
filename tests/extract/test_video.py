"""Videos tell what they are, and show some of their frames."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from vexgui.extract.contents import Contents, Raster, Unreadable
from vexgui.extract.readers import video
from vexgui.extract.readers.video import MAX_FRAMES, read_video, video_thumbnail

av = pytest.importorskip("av", reason="av is not installed")

RED, BLUE = (220, 20, 20), (20, 20, 220)
CORNER_PX = 10


def film(form: str = "mp4", seconds: int = 40, rotation: int | None = None, **metadata: str) -> bytes:
    """Return a video of 160 by 120, 5 frames a second, a key frame each 5 s: its left half is red, the other blue."""
    picture = np.zeros((120, 160, 3), np.uint8)
    picture[:, :80], picture[:, 80:] = RED, BLUE
    sink = BytesIO()
    with av.open(sink, "w", format=form) as container:
        container.metadata.update(metadata)
        stream: Any = container.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = 160, 120, "yuv420p", 25
        if rotation is not None:
            stream.set_display_rotation(rotation)
        for _ in range(seconds * 5):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return sink.getvalue()


def read(data: bytes, short_px: int = 0) -> Contents:
    return read_video(BytesIO(data), short_px)


def colour(raster: Raster | None, left: int, top: int) -> tuple[int, int, int]:
    assert raster is not None
    start = 3 * (top * raster.width + left)
    red, green, blue = raster.rgb[start : start + 3]
    return red, green, blue


@pytest.mark.parametrize("form", ["mp4", "matroska", "avi", "mov"])
def test_length_size_and_rate_are_facts(form: str) -> None:
    facts = read(film(form)).facts
    assert (facts.width, facts.height) == (160, 120)
    assert facts.extra is not None
    assert facts.extra["duration_s"] == pytest.approx(40, abs=0.5)
    assert (facts.extra["fps"], facts.extra["codec"]) == (5.0, "mpeg4")


def test_what_a_telephone_says_of_a_video_are_facts() -> None:
    made = film(
        seconds=5, title="Tram ride", artist="Ana", comment="Uphill", location="+38.7139-009.1394/",
        creation_time="2021-07-14T10:11:12Z",
    )  # fmt: skip
    facts = read(made).facts
    assert (facts.title, facts.author, facts.caption) == ("Tram ride", "Ana", "Uphill")
    assert (facts.latitude, facts.longitude) == (38.7139, -9.1394)
    assert facts.taken is not None
    assert facts.taken.startswith("2021-07-14T")


def test_frames_are_spread_over_the_video_and_named_by_their_time() -> None:
    made = film(seconds=40)
    places = [shown.place for shown in read(made).shown]
    assert places == ["at 0:05", "at 0:15", "at 0:25", "at 0:35"]
    contents = read(made, 60)
    assert [shown.place for shown in contents.shown] == places
    for shown in contents.shown:
        assert shown.raster is not None
        assert (shown.raster.width, shown.raster.height) == (80, 60)
        assert colour(shown.raster, CORNER_PX, 30) == pytest.approx(RED, abs=12)
        assert colour(shown.raster, 80 - CORNER_PX, 30) == pytest.approx(BLUE, abs=12)


def test_a_short_video_shows_one_frame_and_a_long_one_no_more_than_eight() -> None:
    assert len(read(film(seconds=2)).shown) == 1
    assert len(read(film(seconds=200)).shown) == MAX_FRAMES


def test_a_video_that_was_recorded_sideways_is_turned_upright() -> None:
    contents = read(film(seconds=2, rotation=90), 60)
    assert (contents.facts.width, contents.facts.height) == (120, 160)
    raster = contents.shown[0].raster
    assert raster is not None
    assert (raster.width, raster.height) == (60, 80)
    assert colour(raster, 30, 80 - CORNER_PX) == pytest.approx(RED, abs=12)


def test_the_thumbnail_is_a_frame() -> None:
    image = Image.open(BytesIO(video_thumbnail(BytesIO(film(seconds=10)), 100)))
    assert (image.format, image.size) == ("PNG", (100, 75))


def test_a_recording_without_pictures_shows_nothing() -> None:
    sink = BytesIO()
    with av.open(sink, "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=8000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 8000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    contents = read(sink.getvalue(), 60)
    assert contents.shown == ()
    assert contents.facts.width is None
    assert video_thumbnail(BytesIO(sink.getvalue()), 60) == b""


@pytest.mark.parametrize(
    "data",
    [
        b"junk" * 100,
        b"\0\0\0\x18ftypisom" + bytes(200),
        b"\x1a\x45\xdf\xa3" + bytes(200),
        b"#EXTM3U\n#EXTINF:10,\n/etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
    ],
)
def test_what_is_no_whole_video_or_names_other_files_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="The video is damaged"):
        read(data)


@pytest.mark.parametrize("form", ["mp4", "matroska", "avi"])
def test_a_video_that_is_cut_short_is_read_in_part_or_refused(form: str) -> None:
    made = film(form, seconds=20)
    for length in range(1, len(made), len(made) // 25):
        try:
            read(made[:length], 30)
        except Unreadable:
            continue


def test_a_stream_that_nothing_decodes_is_not_shown() -> None:
    made = film("avi", seconds=2).replace(b"FMP4", b"XYZW")
    contents = read(made, 60)
    assert contents.shown == ()
    assert contents.facts.extra == {"duration_s": 2.0}


def test_frames_that_are_broken_are_left_out() -> None:
    made = bytearray(film("matroska", seconds=20))
    middle = len(made) // 2
    made[middle : middle + 4000] = bytes(4000)
    assert len(read(bytes(made), 30).shown) <= 2


def test_without_the_library_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "is_installed", lambda _: False)
    assert read(film(seconds=2), 60) == Contents()
    assert video_thumbnail(BytesIO(film(seconds=2)), 60) == b""
