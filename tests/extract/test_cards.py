"""Appointments and people, in words."""

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from vexgui.extract.contents import Contents, Section, Unreadable
from vexgui.extract.passages import MAX_PASSAGES
from vexgui.extract.readers.cards import read_calendar, read_contacts


def calendar(text: str) -> Contents:
    return read_calendar(BytesIO(text.encode()))


def contacts(text: str) -> Contents:
    return read_contacts(BytesIO(text.encode()))


def test_an_appointment_in_words() -> None:
    contents = calendar(
        "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Private\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe/Lisbon:20210714T100000\r\n"
        "SUMMARY:Dentist\\, again\r\nLOCATION:Weaver Stre\r\n et 14\r\nDESCRIPTION:Bring\\nthe card\r\n"
        'ORGANIZER;CN="Dr. Brandt":mailto:b@example.org\r\nBEGIN:VALARM\r\nDESCRIPTION:Beep\r\nEND:VALARM\r\n'
        "END:VEVENT\r\nBEGIN:VTODO\r\nSUMMARY:Buy tickets\r\nDUE;VALUE=DATE:20210801\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
    )
    assert contents.facts.title == "Private"
    assert contents.sections == (
        Section("Dentist, again\n14 July 2021, 10:00\nWeaver Street 14\nBring\nthe card\nDr. Brandt", "14 July 2021"),
        Section("Buy tickets\n1 August 2021", "1 August 2021"),
    )


def test_a_person_in_words() -> None:
    contents = contacts(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ana Sousa\nN:Sousa;Ana;;;\nORG:Trams;Repairs\n"
        "item1.EMAIL;TYPE=work:ana@example.org\nTEL;TYPE=CELL:+351 123\nADR:;;Rua 1;Lisbon;;1100;Portugal\n"
        "BDAY:1980-05-17\nPHOTO;ENCODING=b:AAAA\nEND:VCARD\n"
    )
    assert contents.facts.title == "Ana Sousa"
    assert contents.sections == (
        Section(
            "Ana Sousa\nTrams, Repairs\nana@example.org\n+351 123\nRua 1, Lisbon, 1100, Portugal\nBorn 17 May 1980",
            "Ana Sousa",
        ),
    )


def test_the_quoted_printable_of_old_phones_is_decoded() -> None:
    contents = contacts(
        "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=81ukasz =\nKowalski\nEND:VCARD\n"
    )
    assert contents.facts.title == "Łukasz Kowalski"


def test_a_photo_beside_quoted_printable_hides_nobody() -> None:
    quoted = "FN;ENCODING=QUOTED-PRINTABLE:Ana=20=\n=53ousa\n"
    photo = "PHOTO;ENCODING=BASE64;JPEG:/9j/4AA=\n"
    found = contacts(f"BEGIN:VCARD\n{quoted}{photo}END:VCARD\nBEGIN:VCARD\nFN:Rui\nEND:VCARD\n").sections
    assert [section.place for section in found] == ["Ana Sousa", "Rui"]


def test_a_large_address_book_is_read_whole() -> None:
    count = MAX_PASSAGES * 3
    sections = contacts("".join(f"BEGIN:VCARD\nFN:Person {n}\nEND:VCARD\n" for n in range(count))).sections
    assert len(sections) == MAX_PASSAGES
    assert sections[-1] == Section(
        f"Person {count - 3}\n\nPerson {count - 2}\n\nPerson {count - 1}", f"Person {count - 3}"
    )


@given(st.text(max_size=200), st.sampled_from(["", "BEGIN:VEVENT\nDTSTART:", "BEGIN:VCARD\nFN;", "END:VCARD\n"]))
def test_any_text_is_read(text: str, start: str) -> None:
    data = (start + text + "\nEND:VEVENT\nEND:VCARD").encode()
    for read in (read_calendar, read_contacts):
        try:
            for section in read(BytesIO(data)).sections:
                section.text.encode()
        except Unreadable:
            continue


def test_begins_without_an_end_are_bounded() -> None:
    assert calendar("BEGIN:VEVENT\n" * 100_000).sections == ()
