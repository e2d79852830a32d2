"""A file in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.core.durations import as_players_show
from vexgui.core.files import FileFacts
from vexgui.extract.about import about, date_in_words, name_in_words, position_in_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (b"IMG_2041.jpg", "IMG 2041"),
        (b"holidayPhoto_2021.jpg", "holiday Photo 2021"),
        (b"My-Holiday.photos.png", "My Holiday photos"),
        (b"parseURLQuickly.py", "parse URL Quickly"),
        (b"Trip2021lisbon.txt", "Trip 2021 lisbon"),
        (b"Canon80D manual.pdf", "Canon 80D manual"),
        (b"h264 notes.md", "h264 notes"),
        (b"notes.v2", "notes v2"),
        (b"README", "README"),
        (b".bashrc", "bashrc"),
        (b".jpg", "jpg"),
        (b"___.txt", "___"),
        ("Über-ÖlPreis_été.txt".encode(), "Über Öl Preis été"),
        ("東京の写真.jpg".encode(), "東京の写真"),
        (b"caf\xe9 menu.txt", "caf menu"),
    ],
)
def test_a_name_is_split_into_words(name: bytes, words: str) -> None:
    assert name_in_words(name) == words


def test_a_photo_in_words() -> None:
    facts = FileFacts(caption="Old tram climbing a steep street", taken="2021-07-14T10:11:12", camera="Canon EOS 80D")
    assert about(b"/home/ana/Travel/Lisbon/IMG_2041.jpg", "picture", facts) == (
        "IMG 2041. Picture in Travel, Lisbon. Old tram climbing a steep street. Taken 14 July 2021 with Canon EOS 80D."
    )


def test_a_document_in_words() -> None:
    facts = FileFacts(title="Trams of Lisbon", author="Ana Sousa", pages=12)
    assert about(b"/srv/papers/trams.pdf", "PDF document", facts) == (
        "trams. PDF document in srv, papers. Trams of Lisbon by Ana Sousa."
    )


def test_a_song_in_words() -> None:
    extra = {"bitrate": 128_000, "duration_s": 225.4, "genre": "Fado", "album": "Steep streets"}
    facts = FileFacts(title="Tram song", author="Ana Sousa", extra=extra)
    assert about(b"/01.mp3", "sound recording", facts) == (
        "01. Sound recording. Tram song by Ana Sousa. From the album Steep streets, Fado, 3:45 long."
    )


def test_a_position_in_words() -> None:
    facts = FileFacts(taken="2020-01-02T00:00:00", latitude=-33.86, longitude=151.21)
    assert about(b"/x.jpg", "picture", facts) == "x. Picture. Taken 2 January 2020 at 33.9° south, 151.2° east."
    assert position_in_words(38.71, -9.14) == "38.7° north, 9.1° west"


@pytest.mark.parametrize(
    ("path", "folders"),
    [
        (b"/home/ana/a.txt", ""),
        (b"/home/ana/Notes/a.txt", " in Notes"),
        (b"/media/ana/Stick/a/b/c/d/a.txt", " in b, c, d"),
        (b"/run/media/ana/Stick/a.txt", " in Stick"),
        (b"/home/a.txt", " in home"),
        (b"/homework/maths/a.txt", " in homework, maths"),
    ],
)
def test_the_last_folders_are_named_and_the_machines_own_are_not(path: bytes, folders: str) -> None:
    assert about(path, "text file", FileFacts()) == f"a. Text file{folders}."


def test_a_stop_is_not_doubled() -> None:
    assert about(b"/a.jpg", "picture", FileFacts(caption="What a view!")) == "a. Picture. What a view!"


@given(st.binary(min_size=1, max_size=60).filter(lambda name: b"/" not in name))
def test_any_name_gives_text_that_can_be_encoded(name: bytes) -> None:
    about(b"/folder/" + name, "file", FileFacts()).encode()


def test_a_day_in_words() -> None:
    assert date_in_words("1999-12-31T23:59:59") == "31 December 1999"


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "0:00"), (59.6, "1:00"), (225, "3:45"), (3753, "1:02:33")])
def test_a_stretch_of_time_is_told_as_players_show_it(seconds: float, words: str) -> None:
    assert as_players_show(seconds) == words
