"""Frames arrive as they were sent, and nothing that arrives does harm."""

import contextlib
import json
import os
import socket
import struct
import threading
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.waiting import PATIENCE_S, joined
from vexgui.system.frames import OUR_OWN, Bounds, Frame, FrameError, read_frame, write_frame


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
        joined(writer)
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

    def write() -> None:
        try:
            write_frame(pipe.sink, frame, timeout_s)
        finally:
            pipe.shut(pipe.sink)

    writer = threading.Thread(target=write)
    writer.start()
    assert read_frame(pipe.source, timeout_s) == frame
    joined(writer)


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
        struct.pack("<I", OUR_OWN.header_bytes + 1),
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
        packed({"blobs": [True]}),
        packed({"blobs": [0] * (OUR_OWN.blobs + 1)}),
        packed({"blobs": [[1]]}),
        packed({"blobs": [OUR_OWN.blob_bytes + 1]}),
        packed({"blobs": [OUR_OWN.blob_bytes // 2] * 3}),
        packed(b'{"blobs": [1' + b"0" * 5000 + b"]}"),
        packed(b'{"blobs": ' + b"[" * 200_000),
        packed(b'{"x":' * 200_000),
    ],
)
def test_nonsense_is_refused_before_anything_large_is_read(data: bytes) -> None:
    with pytest.raises(FrameError):
        sent(data)


@pytest.mark.parametrize(
    "frame", [Frame({"text": "x" * 100}), Frame({}, (b"", b"", b"")), Frame({}, (b"x" * 300, b"x" * 300))]
)
def test_more_than_the_bounds_of_a_frame_is_refused(pipe: Pipe, frame: Frame) -> None:
    write_frame(pipe.sink, frame)
    with pytest.raises(FrameError):
        read_frame(pipe.source, PATIENCE_S, bounds=Bounds(header_bytes=100, blobs=2, blob_bytes=500))


def test_a_frame_that_comes_a_byte_at_a_time_takes_no_more_memory() -> None:
    data = packed({"blobs": [200_000]}) + bytes(200_000)
    ours, theirs = socket.socketpair()

    def dribble() -> None:
        with contextlib.suppress(ConnectionError):
            for number in range(len(data)):
                theirs.send(data[number : number + 1])

    writer = threading.Thread(target=dribble)
    with theirs:
        tracemalloc.start()
        try:
            writer.start()
            with ours:  # closed before the writer is waited for, who else would write for ever what nobody reads
                assert len(read_frame(ours.fileno(), PATIENCE_S).blobs[0]) == 200_000
            _, peak_bytes = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
            joined(writer)
    assert peak_bytes < 1_000_000


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
