"""Frames arrive as they were sent, and nothing that arrives does harm."""

import contextlib
import json
import os
import struct
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vexgui.system import frames
from vexgui.system.frames import Frame, FrameError, read_frame, write_frame

PATIENCE_S = 60.0


class Pipe:
    """Two ends that are closed in the end."""

    def __init__(self) -> None:
        self.source, self.sink = os.pipe()
        self._open = {self.source, self.sink}

    def shut(self, descriptor: int) -> None:
        if descriptor in self._open:
            self._open.discard(descriptor)
            os.close(descriptor)

    def close(self) -> None:
        for descriptor in tuple(self._open):
            self.shut(descriptor)


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    made = Pipe()
    yield made
    made.close()


def sent(data: bytes) -> Frame:
    """Read a frame from a pipe into which these bytes were written, and which was then closed."""
    pipe = Pipe()

    def write() -> None:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(pipe.sink, view) :]
        except BrokenPipeError:
            pass
        pipe.shut(pipe.sink)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        return read_frame(pipe.source, PATIENCE_S)
    finally:
        pipe.shut(pipe.source)
        writer.join()
        pipe.close()


def packed(header: object) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<I", len(text)) + text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.text().filter(lambda key: key != "blobs"), JSON, max_size=4),
    st.lists(st.binary(max_size=200), max_size=4).map(tuple),
)
@settings(deadline=None)
def test_a_frame_arrives_as_it_was_sent(header: dict[str, object], blobs: tuple[bytes, ...]) -> None:
    pipe = Pipe()
    try:
        write_frame(pipe.sink, Frame(header, blobs))
        assert read_frame(pipe.source, PATIENCE_S) == Frame(header, blobs)
    finally:
        pipe.close()


@pytest.mark.parametrize("timeout_s", [None, PATIENCE_S])
def test_a_frame_larger_than_the_pipe_arrives_whole(pipe: Pipe, timeout_s: float | None) -> None:
    frame = Frame({"text": "ü" * 100_000}, (os.urandom(3_000_000), b"", os.urandom(5)))
    writer = threading.Thread(target=write_frame, args=(pipe.sink, frame, timeout_s))
    writer.start()
    assert read_frame(pipe.source, timeout_s) == frame
    writer.join()


def test_frames_follow_each_other(pipe: Pipe) -> None:
    for number in range(3):
        write_frame(pipe.sink, Frame({"number": number}, (bytes([number]),)))
    assert [read_frame(pipe.source).header["number"] for _ in range(3)] == [0, 1, 2]


@pytest.mark.parametrize("cut", [0, 3, 4, 10, -1])
def test_the_other_side_closing_is_told_wherever_it_happens(cut: int) -> None:
    data = packed({"blobs": [100]}) + b"x" * 100
    with pytest.raises(FrameError):
        sent(data[:cut])


@pytest.mark.parametrize(
    "data",
    [
        struct.pack("<I", frames.MAX_HEADER_BYTES + 1),
        b"\xff\xff\xff\xff",
        b"Traceback (most recent call last):",
        packed(b"not JSON"),
        packed(b"\xff\xfe\xfd"),
        packed(b""),
        packed([]),
        packed(None),
        packed("text"),
        packed({}),
        packed({"blobs": None}),
        packed({"blobs": 5}),
        packed({"blobs": "12"}),
        packed({"blobs": {"1": 1}}),
        packed({"blobs": [-1]}),
        packed({"blobs": [1.5]}),
        packed({"blobs": [[1]]}),
        packed({"blobs": [frames.MAX_BLOB_BYTES + 1]}),
        packed({"blobs": [frames.MAX_BLOB_BYTES // 2] * 3}),
        packed(b'{"blobs": [1' + b"0" * 5000 + b"]}"),
        packed(b'{"blobs": ' + b"[" * 200_000),
        packed(b'{"x":' * 200_000),
    ],
)
def test_nonsense_is_refused_before_anything_large_is_read(data: bytes) -> None:
    with pytest.raises(FrameError):
        sent(data)


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_no_bytes_do_anything_but_arrive_or_be_refused(data: bytes) -> None:
    with contextlib.suppress(FrameError):
        assert isinstance(sent(data), Frame)


@given(st.binary(max_size=60))
@settings(deadline=None)
def test_no_header_does_anything_but_arrive_or_be_refused(header: bytes) -> None:
    with contextlib.suppress(FrameError):
        assert isinstance(sent(packed(header) + b"blob"), Frame)


@pytest.mark.parametrize("begun", [b"", b"\x05\0", packed({"blobs": [4]}), packed({"blobs": [4]}) + b"xyz"])
def test_a_frame_that_does_not_come_to_its_end_in_time_is_given_up(pipe: Pipe, begun: bytes) -> None:
    os.write(pipe.sink, begun)
    with pytest.raises(TimeoutError):
        read_frame(pipe.source, 0.05)


def test_a_frame_that_nobody_takes_in_time_is_given_up(pipe: Pipe) -> None:
    with pytest.raises(TimeoutError):
        write_frame(pipe.sink, Frame({}, (bytes(1_000_000),)), 0.05)


def test_writing_to_a_side_that_is_gone_is_an_os_error(pipe: Pipe) -> None:
    pipe.shut(pipe.source)
    for timeout_s in (None, PATIENCE_S):
        with pytest.raises(BrokenPipeError):
            write_frame(pipe.sink, Frame({}), timeout_s)
