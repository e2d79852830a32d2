"""Recordings tell who plays what on which album, how long it takes, and what is sung."""

import wave
from io import BytesIO

import pytest
from mutagen.flac import FLAC
from mutagen.id3 import ID3, TALB, TCON, TDRC, TIT2, TPE1, USLT

from vexgui.extract.contents import Contents, Section, Unreadable
from vexgui.extract.readers.audio import read_audio


def mp3(**tags: str) -> bytes:
    """Return a recording of some frames of silence (MPEG 1, layer III, 128 kbit/s) with ID3 tags."""
    sink = BytesIO()
    found = ID3()
    for frame in (TIT2, TPE1, TALB, TCON, TDRC, USLT):
        if frame.__name__ in tags:
            found.add(frame(encoding=3, text=tags[frame.__name__]))
    found.save(sink)
    return sink.getvalue() + (b"\xff\xfb\x90\x64" + bytes(413)) * 80


def flac(seconds: int, **tags: str) -> bytes:
    """Return a recording that claims a length and holds none (RFC 9639)."""
    rate, samples = 44100, 44100 * seconds
    properties = (rate << 44 | 1 << 41 | 15 << 36 | samples).to_bytes(8, "big")
    info = (4096).to_bytes(2, "big") * 2 + bytes(6) + properties + bytes(16)
    sink = BytesIO(b"fLaC\x80" + len(info).to_bytes(3, "big") + info)
    made = FLAC(sink)
    for name, value in tags.items():
        made[name] = value
    sink.seek(0)
    made.save(sink)
    return sink.getvalue()


def read(data: bytes) -> Contents:
    return read_audio(BytesIO(data))


def test_the_tags_of_an_mp3_file_are_facts_and_its_words_are_text() -> None:
    tags = {"TIT2": "Tram song", "TPE1": "Ana Sousa", "TALB": "Steep streets", "TCON": "Fado", "TDRC": "1999-05"}
    contents = read(mp3(**tags, USLT="Climb the hill\nonce more"))
    facts = contents.facts
    assert (facts.title, facts.author, facts.created) == ("Tram song", "Ana Sousa", "1999-05-01T00:00:00")
    assert facts.extra is not None
    assert (facts.extra["album"], facts.extra["genre"]) == ("Steep streets", "Fado")
    assert facts.extra["duration_s"] == pytest.approx(2.1, abs=0.1)
    assert contents.sections == (Section("Climb the hill\nonce more", "lyrics"),)


def test_the_comments_of_a_flac_file_are_facts() -> None:
    contents = read(flac(225, title="Tram song", artist="Ana", album="Streets", date="1999", lyrics="Climb"))
    assert (contents.facts.title, contents.facts.author) == ("Tram song", "Ana")
    assert contents.facts.created == "1999-01-01T00:00:00"
    assert contents.facts.extra == {"album": "Streets", "duration_s": 225.0}
    assert contents.sections == (Section("Climb", "lyrics"),)


def test_a_recording_without_tags_tells_its_length() -> None:
    sink = BytesIO()
    with wave.open(sink, "wb") as made:
        made.setparams((1, 2, 8000, 0, "NONE", ""))
        made.writeframes(bytes(16000))
    contents = read(sink.getvalue())
    assert contents.facts.title is None
    assert contents.facts.extra is not None
    assert contents.facts.extra["duration_s"] == 1.0


@pytest.mark.parametrize("data", [b"ID3\x03" + bytes(100), b"fLaC" + bytes(50)])
def test_a_damaged_recording_is_said_to_be(data: bytes) -> None:
    with pytest.raises(Unreadable, match="The recording is damaged"):
        read(data)


def test_what_is_no_recording_tells_nothing() -> None:
    assert read(b"MThd? no.") == Contents()


@pytest.mark.parametrize("made", [mp3(TIT2="x", USLT="y"), flac(1, title="x")])
def test_a_recording_that_is_cut_short_is_read_or_refused(made: bytes) -> None:
    for length in range(0, min(len(made), 2000), 7):
        try:
            read(made[:length])
        except Unreadable:
            continue


def test_a_recording_of_more_than_four_gigabytes_is_not_called_damaged() -> None:
    assert read_audio(BytesIO(b"RF64\xff\xff\xff\xffWAVEds64" + bytes(64))) == Contents()
