"""Saved messages give subject, sender and text."""

import time
from email.message import EmailMessage
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.extract.contents import Unreadable
from vexgui.extract.readers.mail import read_mail


def message(**bodies: str) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "Tram tickets – Łódź"
    made["From"] = "Ana Sousa <ana@example.org>"
    for subtype, body in bodies.items():
        if made.get_body() is None:
            made.set_content(body, subtype=subtype)
        else:
            made.add_alternative(body, subtype=subtype)
    return made


def test_subject_and_sender_are_facts() -> None:
    facts = read_mail(BytesIO(message(plain="x").as_bytes())).facts
    assert (facts.title, facts.author) == ("Tram tickets – Łódź", "Ana Sousa <ana@example.org>")


def test_the_day_it_was_written_is_a_fact() -> None:
    made = message(plain="x")
    made["Date"] = "Sun, 17 May 2020 12:00:00 -0000"
    assert read_mail(BytesIO(made.as_bytes())).facts.created == "2020-05-17T12:00:00"
    assert read_mail(BytesIO(message(plain="x").as_bytes())).facts.created is None


def test_attachments_are_left_out() -> None:
    made = message(plain="See the café.\n")
    made.add_attachment(b"\0\1\2" * 1000, maintype="image", subtype="png", filename="secret.png")
    assert read_mail(BytesIO(made.as_bytes())).sections[0].text == "See the café.\n"


def test_plain_text_is_preferred_to_a_page() -> None:
    assert read_mail(BytesIO(message(plain="plain\n", html="<p>page").as_bytes())).sections[0].text == "plain\n"


def test_a_page_gives_its_visible_text() -> None:
    made = message(html="<html><body><style>p{}</style><p>one<p>two</body></html>")
    assert read_mail(BytesIO(made.as_bytes())).sections[0].text == "one\n\ntwo"


def test_a_message_without_text_has_none() -> None:
    assert read_mail(BytesIO(b"Subject: x\nContent-Type: image/png\n\n")).sections[0].text == ""


def test_text_that_is_no_text_is_refused_by_name() -> None:
    with pytest.raises(Unreadable, match="not in any known encoding"):
        read_mail(BytesIO(b"Subject: x\n\n" + bytes(range(256)) * 4))


@given(st.binary(max_size=200), st.sampled_from([b"", b"From: ", b"Subject: =?", b"Content-Type: multipart/mixed; b"]))
def test_any_bytes_are_read_or_refused(data: bytes, start: bytes) -> None:
    try:
        contents = read_mail(BytesIO(start + data))
    except Unreadable:
        return
    contents.sections[0].text.encode()


@pytest.mark.parametrize("charset", ["no-such-charset", "utf-8", "latin-1"])
def test_a_wrong_charset_is_survived(charset: str) -> None:
    data = b"Subject: x\nContent-Type: text/plain; charset=" + charset.encode() + b"\n\ncaf\xe9\n"
    assert read_mail(BytesIO(data)).sections[0].text.startswith("caf")


@pytest.mark.parametrize(
    "header",
    [
        b"From: " + b"ana@b," * 100_000,
        b"Content-Type: multipart/mixed; " + b'a="b"; ' * 50_000,
        b'Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Disposition: attachment; filename="'
        + b'a"' * 99_999,
    ],
)
def test_headers_without_end_take_no_time(header: bytes) -> None:
    began_s = time.process_time()
    read_mail(BytesIO(header + b"\n\nx"))
    assert time.process_time() - began_s < 3
