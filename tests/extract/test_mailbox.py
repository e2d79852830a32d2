"""Mailboxes give their messages, the newest when there are many."""

from io import BytesIO

import pytest

from tests.extract.test_mail import message
from vexgui.extract.contents import Contents, Section, Unreadable
from vexgui.extract.passages import MAX_PASSAGES
from vexgui.extract.readers.mailbox import MAX_MAILBOX_BYTES, read_mailbox

START = b"From ana@example.org Sun May 17 12:00:00 2020\n"


def mbox(*messages: bytes) -> bytes:
    return b"".join(START + each.rstrip(b"\n") + b"\n\n" for each in messages)


def read(data: bytes) -> Contents:
    return read_mailbox(BytesIO(data))


def test_each_message_is_a_section_with_sender_and_subject() -> None:
    dated = message(plain="Two tickets, please.\n")
    dated["Date"] = "Sun, 17 May 2020 12:00:00 -0000"
    with_file = message(plain="See the picture.\n")
    with_file.add_attachment(b"\0", maintype="image", subtype="png", filename="tram.png")
    contents = read(mbox(dated.as_bytes(), with_file.as_bytes()))
    head = "Tram tickets – Łódź\nFrom Ana Sousa <ana@example.org>\n\n"
    assert contents.sections == (
        Section(f"{head}Two tickets, please.", "message of 17 May 2020"),
        Section(f"{head}See the picture.\n\nAttached: tram.png", "message"),
    )
    assert contents.facts.extra == {"messages": 2}


def test_a_line_that_begins_with_from_within_a_paragraph_starts_no_message() -> None:
    assert len(read(mbox(b"Subject: a\n\nI came\nFrom Lisbon by tram.")).sections) == 1


def test_of_many_messages_the_newest_are_read_with_their_share() -> None:
    sections = read(
        mbox(*(b"Subject: number %d\n\n%b" % (n, b"word " * 1000) for n in range(MAX_PASSAGES + 50)))
    ).sections
    assert len(sections) == MAX_PASSAGES
    assert sections[0].text.startswith("number 50\n")
    assert sections[-1].text.startswith(f"number {MAX_PASSAGES + 49}\n")
    assert {len(section.text) for section in sections} == {1000}


def test_a_million_messages_are_bounded() -> None:
    data = START + b"\n" + b"From x\n\n" * 1_000_000 + b"x" * MAX_MAILBOX_BYTES + b"\n\nFrom x\nSubject: last\n\nEnd."
    sections = read(data).sections
    assert 0 < len(sections) <= MAX_PASSAGES
    assert sections[-1].text == "last\n\nEnd."


def test_what_holds_no_message_is_refused() -> None:
    with pytest.raises(Unreadable, match="no message"):
        read(b"Nothing of the kind.\n")


def test_a_message_that_is_nested_too_deeply_hides_no_other() -> None:
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (number, number) for number in range(2000)
    )
    sections = read(mbox(b"Subject: Trams\n\nFour to Lisbon", nested, b"From: " + b"(" * 5000 + b"\n\nx")).sections
    assert [section.text for section in sections][:1] == ["Trams\n\nFour to Lisbon"]
