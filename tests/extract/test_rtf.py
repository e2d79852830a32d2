"""Rich Text Format gives title, author and the text."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.extract.contents import Contents, Unreadable
from vexgui.extract.readers.rtf import MAX_RTF_BYTES, read_rtf

FONTS = rb"{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fswiss\fcharset204{\*\falt Arial}Arial Cyr;}}"
INFO = rb"{\info{\title Trams of Lisbon}{\author Ana Sousa}{\creatim\yr2020}}"


def read(body: bytes) -> Contents:
    return read_rtf(BytesIO(rb"{\rtf1\ansi\ansicpg1252\deff0" + body + b"}"))


def text(body: bytes) -> str:
    return read(body).sections[0].text


def test_title_and_author_are_facts_and_no_text() -> None:
    contents = read(FONTS + INFO + rb"{\colortbl;\red0;}\pard The old tram climbs.\par")
    assert (contents.facts.title, contents.facts.author) == ("Trams of Lisbon", "Ana Sousa")
    assert contents.sections[0].text == "The old tram climbs."


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (rb"one\par two\line three\tab four", "one\n\ntwo\nthree\tfour"),
        (rb"a {\b bold} word\~and caf\'e9", "a bold word and café"),
        (rb"\u321?\'f3d\u378\'3f", "Łódź"),
        (rb"\uc2\u8364 \'45\'55 due", "€ due"),
        (rb"\u-10179?\u-8704?", "\U0001f600"),
        (rb"{\f1\'cf\'f0\'e8\'e2\'e5\'f2}, \f0 caf\'e9", "Привет, café"),
        (rb'{\field{\*\fldinst HYPERLINK "x"}{\fldrslt the page}}', "the page"),
        (rb"{\*\unknown {nested} words}{\pict\pngblip 89504e47}after", "after"),
        (rb"braces \{ and \\", "braces { and \\"),
        (rb"cell\cell next\cell\row", "cell | next |"),
        (b"data\\bin5 }}}}} after", "data after"),
    ],
)
def test_what_is_shown_is_read(body: bytes, shown: str) -> None:
    assert text(FONTS + body) == shown


def test_a_picture_written_out_does_not_hide_what_follows() -> None:
    assert text(b"{\\pict " + b"00" * (1 << 20) + b"\n" * (1 << 16) + b"}The old tram") == "The old tram"


def test_braces_without_end_are_refused_by_name() -> None:
    with pytest.raises(Unreadable, match="damaged"):
        read(b"{" * 1_000_000)


def test_an_endless_document_is_cut() -> None:
    assert len(text(b"word " * (MAX_RTF_BYTES // 8))) <= MAX_RTF_BYTES
    assert len(text(rb"\par word " * 1_000_000)) < 1 << 20


@given(
    st.lists(st.sampled_from([b"{", b"}", rb"\u1?", rb"\'", rb"\'e9", rb"\bin9999999999 ", rb"\uc-5", rb"\f7", b"x"]))
)
def test_any_tokens_are_read(tokens: list[bytes]) -> None:
    text(b"".join(tokens)).encode()
