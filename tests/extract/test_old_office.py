"""Documents from before 2007, and messages saved by Outlook."""

import struct
from io import BytesIO

import pytest

from tests.extract.compound import compound, doc, msg, ppt, xls
from vexgui.extract.contents import Contents, Section, Unreadable
from vexgui.extract.readers.old_office import read_old_office


def read(data: bytes) -> Contents:
    return read_old_office(BytesIO(data))


def test_the_pieces_of_a_text_document_are_put_in_order() -> None:
    assert read(doc(["The old tram – ", "climbs. Café", "\rLissabon: Łódź"])).sections == (
        Section("The old tram – climbs. Café\n\nLissabon: Łódź", ""),
    )


def test_of_a_document_that_is_one_long_piece_the_beginning_is_read() -> None:
    (section,) = read(doc(["The old tram climbs. " * 60_000])).sections
    assert section.text.startswith("The old tram climbs. The old tram")


def test_of_a_field_what_it_shows_is_read() -> None:
    text = '\x13HYPERLINK "http://example.org" \x14the \x13REF x\x14old \x15page\x15, \x13PAGE\x15a cell\x07'
    assert read(doc([text])).sections == (Section("the old page, a cell", ""),)


def test_slides_are_read_and_their_master_is_not() -> None:
    slides = read(ppt(["Old trams\rof Lisbon", "Łódź", "Old trams\rof Lisbon"], "Click to edit")).sections
    assert slides == (Section("Old trams\nof Lisbon\n\nŁódź", ""),)


def test_a_title_in_utf_8_is_read() -> None:
    def property_set(*values: tuple[int, int, bytes]) -> bytes:
        at, places, data = 8 + 8 * len(values), b"", b""
        for number, kind, value in values:
            places += struct.pack("<LL", number, at + len(data))
            data += struct.pack("<L", kind) + value
        stream = struct.pack("<LL", at + len(data), len(values)) + places + data
        return struct.pack("<HHL16sL16sL", 0xFFFE, 0, 0, bytes(16), 1, bytes(16), 48) + stream

    title = "Café in Łódź".encode() + b"\0"
    told = property_set((1, 2, struct.pack("<Hxx", 65001)), (2, 30, struct.pack("<L", len(title)) + title))
    contents = read(compound({"PowerPoint Document": bytes(8), "\x05SummaryInformation": told}))
    assert contents.facts.title == "Café in Łódź"


def test_a_sheet_is_read_row_by_row() -> None:
    made = xls("Budget", [["Rent", 900.0], ["Trams", 49.5]])
    assert read(made).sections == (Section("Rent 900\nTrams 49.5", "sheet Budget"),)


def test_a_message_gives_subject_sender_text_and_the_names_of_what_is_attached() -> None:
    contents = read(msg("Tram tickets", "Ana Sousa", "See below.\r\nAna", ["ticket.pdf"]))
    assert (contents.facts.title, contents.facts.author) == ("Tram tickets", "Ana Sousa")
    assert contents.sections == (Section("See below.\nAna", ""), Section("Attached: ticket.pdf", "attachments"))


def test_what_is_encrypted_is_said_to_be() -> None:
    for made in (doc(["secret"], flags=0x1300), compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})):
        with pytest.raises(Unreadable, match="encrypted"):
            read(made)


def test_a_compound_file_of_another_program_has_no_text_and_no_problem() -> None:
    assert read(compound({"Catalog": b"thumbnails"})) == Contents()


@pytest.mark.parametrize("made", [doc(["The old tram"]), xls("a", [["b"]]), ppt(["a"], "b"), msg("a", "b", "c")])
def test_what_is_cut_short_is_read_in_part_or_refused(made: bytes) -> None:
    for length in range(0, len(made), 509):
        try:
            read(made[:length])
        except Unreadable:
            continue


def test_pieces_that_name_the_same_bytes_without_end_are_bounded() -> None:
    main = bytearray(1 << 20)
    struct.pack_into("<HH6xH", main, 0, 0xA5EC, 0xC1, 0x1200)
    count = 50_000
    table = (
        struct.pack(f"<{count + 1}L", *range(0, 1000 * (count + 1), 1000)) + struct.pack("<HLH", 0, 1 << 30, 0) * count
    )
    clx = b"\2" + struct.pack("<L", len(table)) + table
    struct.pack_into("<LL", main, 0x01A2, 0, len(clx))
    (section,) = read(compound({"WordDocument": bytes(main), "1Table": clx})).sections
    assert len(section.text) <= 1 << 20
