"""Videos: what they say of themselves, and some of their key frames (FFmpeg, by PyAV)."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from PIL import Image

from vexgui.core.durations import as_players_show
from vexgui.core.files import FileFacts
from vexgui.core.told import told
from vexgui.extract.available import VIDEO, is_installed
from vexgui.extract.contents import Contents, Raster, Shown, Unreadable, one_line
from vexgui.extract.moments import iso_moment
from vexgui.extract.png import png_of

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

MAX_FRAMES = 8
_SECONDS_A_FRAME = 10
_MICROSECONDS = 1_000_000
_MAX_PACKETS = 2000
"""So many packets are looked at for a key frame, and no more."""

_MOST_PX = 1 << 26
_HALF_TURN = 180
_DEMUXERS = "mov,matroska,webm,avi,asf,mpeg,mpegvideo,mpegts,ogg,flv,live_flv"
"""What is opened: others read lists of further files, or what hardly anybody has."""

_POSITION = re.compile(r"([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)")
"""ISO 6709, as telephones write it: +38.7139-009.1394/."""

_LEAST_MOMENT = "1990"
"""Muxers that know no time write the first second of their calendar."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A key frame, still coded, and when it is shown."""

    packet: "Packet[VideoStream]"
    seconds: float


def read_video(file: BinaryIO, short_px: int) -> Contents:
    """Read a video's facts, and key frames spread over it: where they are, and their pixels unless ``short_px`` is 0.

    Where PyAV is not installed, nothing is read.

    Raises:
        Unreadable: It is damaged.
    """
    if not is_installed(VIDEO):
        return Contents()
    with _opened(file) as (container, stream):
        facts = _facts(container, stream)
        if stream is None:
            return Contents(facts)
        shown: list[Shown] = []
        for frame in _key_frames(container, stream, _wanted(container)):
            place = told(f"at {as_players_show(frame.seconds)}")
            image = _decoded(stream, frame, short_px) if short_px else None
            if image is not None:
                shown.append(Shown(place, Raster(image.width, image.height, image.tobytes())))
            elif not short_px:
                shown.append(Shown(place))
        return Contents(facts, shown=tuple(shown))


def video_thumbnail(file: BinaryIO, longest_px: int) -> bytes:
    """Return a frame from the first third as PNG, longest side at most ``longest_px``; b"" if there is none.

    Raises:
        Unreadable: It is damaged.
    """
    if not is_installed(VIDEO):
        return b""
    with _opened(file) as (container, stream):
        if stream is None:
            return b""
        for frame in _key_frames(container, stream, [(container.duration or 0) / _MICROSECONDS / 3, 0.0]):
            image = _decoded(stream, frame, longest_px)
            if image is not None:
                image.thumbnail((longest_px, longest_px))
                return png_of(np.asarray(image))
    return b""


@contextmanager
def _opened(file: BinaryIO) -> "Iterator[tuple[InputContainer, VideoStream | None]]":
    """Open a video with its first stream of pictures that is not the cover of an album."""
    import av
    from av.stream import Disposition

    try:
        with av.open(file, "r", metadata_errors="replace", options={"format_whitelist": _DEMUXERS}) as container:
            seen = [each for each in container.streams.video if not each.disposition & Disposition.attached_pic]
            found = [each for each in seen if _decoder(each) is not None]
            for stream in found:
                stream.codec_context.thread_count = 1
            yield container, found[0] if found else None
    except av.FFmpegError as error:
        raise Unreadable("The video is damaged.") from error


def _decoder(stream: "VideoStream") -> "VideoCodecContext | None":
    """Return what decodes a stream: FFmpeg has nothing for some, whatever PyAV's types say."""
    return stream.codec_context


def _facts(container: "InputContainer", stream: "VideoStream | None") -> FileFacts:
    said = {key.lower(): value for key, value in container.metadata.items()}
    latitude, longitude = _position(_first(said, "location", "com.apple.quicktime.location.iso6709"))
    made = iso_moment(_first(said, "creation_time", "com.apple.quicktime.creationdate"))
    maker = (_first(said, "com.apple.quicktime.make", "com.android.manufacturer"),
             _first(said, "com.apple.quicktime.model", "com.android.model"))  # fmt: skip
    width, height = (None, None) if stream is None else _size(container, stream)
    return FileFacts(
        width=width,
        height=height,
        taken=made if made and made > _LEAST_MOMENT else None,
        camera=one_line(" ".join(filter(None, maker)), 200),
        latitude=latitude,
        longitude=longitude,
        title=one_line(_first(said, "title"), 300),
        author=one_line(_first(said, "artist", "author", "director"), 200),
        caption=one_line(_first(said, "description", "synopsis", "comment")),
        created=iso_moment(_first(said, "date")),
        extra=_measures(container, stream) or None,
    )


def _first(said: Mapping[str, str], *names: str) -> str | None:
    return next((said[name] for name in names if said.get(name)), None)


def _size(container: "InputContainer", stream: "VideoStream") -> tuple[int | None, int | None]:
    """Return width and height as they are shown: telephones turn what they record."""
    width, height = stream.codec_context.width, stream.codec_context.height
    if not width or not height:
        return None, None
    first = next((_picture(stream, frame) for frame in _key_frames(container, stream, [0.0])), None)
    is_turned = first is not None and first.rotation % _HALF_TURN
    return (height, width) if is_turned else (width, height)


def _position(text: str | None) -> tuple[float | None, float | None]:
    found = _POSITION.match(text or "")
    if found is None or not (abs(latitude := float(found[1])) <= 90 and abs(longitude := float(found[2])) <= 180):  # noqa: PLR2004 - degrees
        return None, None
    return latitude, longitude


def _measures(container: "InputContainer", stream: "VideoStream | None") -> dict[str, str | int | float]:
    found: dict[str, str | int | float] = {}
    if container.duration and container.duration > 0:
        found["duration_s"] = round(container.duration / _MICROSECONDS, 1)
    if stream is not None and stream.average_rate:
        found["fps"] = round(float(stream.average_rate), 2)
    if stream is not None:
        found["codec"] = stream.codec_context.name
    return found


def _wanted(container: "InputContainer") -> list[float]:
    """Return the seconds to look at: one each ten seconds, evenly spread, and at most eight."""
    seconds = max(0.0, (container.duration or 0) / _MICROSECONDS)
    count = max(1, min(MAX_FRAMES, round(seconds / _SECONDS_A_FRAME)))
    return [seconds * (number + 0.5) / count for number in range(count)]


def _key_frames(container: "InputContainer", stream: "VideoStream", wanted: list[float]) -> Iterator[_Frame]:
    """Yield the key frame before each of some moments, each once."""
    seen = set()
    for seconds in wanted:
        container.seek(round(seconds * _MICROSECONDS))
        packet = _key_packet(container, stream)
        if packet is None or packet.pts in seen:
            continue
        seen.add(packet.pts)
        since = (packet.pts or 0) - (stream.start_time or 0)
        yield _Frame(packet, max(0.0, float(since * (packet.time_base or 0))))


def _key_packet(container: "InputContainer", stream: "VideoStream") -> "Packet[VideoStream] | None":
    for number, packet in enumerate(container.demux(stream)):
        if packet.is_keyframe and packet.size:
            return packet
        if number == _MAX_PACKETS:
            break
    return None


def _picture(stream: "VideoStream", frame: _Frame) -> "VideoFrame | None":
    import av

    coder = stream.codec_context
    try:
        found: list[VideoFrame] = coder.decode(frame.packet) or coder.decode(None)
    except av.FFmpegError:
        found = []
    coder.flush_buffers()
    return found[0] if found and found[0].width * found[0].height <= _MOST_PX else None


def _decoded(stream: "VideoStream", frame: _Frame, short_px: int) -> Image.Image | None:
    """Return a frame, upright, its short side at most so long; None if it cannot be decoded."""
    picture = _picture(stream, frame)
    if picture is None:
        return None
    factor = min(1.0, short_px / min(picture.width, picture.height))
    size = [max(1, round(side * factor)) for side in (picture.width, picture.height)]
    pixels = picture.reformat(width=size[0], height=size[1], format="rgb24").to_ndarray()
    small = Image.fromarray(pixels)
    return small.rotate(picture.rotation, expand=True) if picture.rotation else small
