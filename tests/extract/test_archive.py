"""Archives give the names in them; a single compressed file gives its text."""

import bz2
import gzip
import lzma
import struct
import tarfile
from io import BytesIO
from zipfile import ZipFile

import pytest
import zstandard

from vexgui.extract.contents import Contents, Section, Unreadable
from vexgui.extract.readers import archive
from vexgui.extract.readers.archive import MAX_NAMES, read_archive

NAMES = ["photos/2021/tram.jpg", "letters/To the landlord.txt", "Łódź.md"]
PACKERS = [lambda data: data, gzip.compress, bz2.compress, lzma.compress, zstandard.compress]


def read(data: bytes) -> Contents:
    return read_archive(BytesIO(data))


def zipped(names: list[str]) -> bytes:
    sink = BytesIO()
    with ZipFile(sink, "w") as made:
        for name in names:
            made.writestr(name, b"content")
    return sink.getvalue()


def tarred(names: list[str], size: int = 7) -> bytes:
    sink = BytesIO()
    with tarfile.open(fileobj=sink, mode="w") as made:
        folder = tarfile.TarInfo("photos")
        folder.type = tarfile.DIRTYPE
        made.addfile(folder)
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = size
            made.addfile(member, BytesIO(bytes(size)))
    return sink.getvalue()


def test_the_names_in_a_zip_file_are_read_and_folders_are_not() -> None:
    contents = read(zipped(["photos/", *NAMES]))
    assert contents.sections == (Section("\n".join(NAMES), "names"),)
    assert contents.facts.extra == {"files": 3}


@pytest.mark.parametrize("pack", PACKERS)
def test_the_names_in_a_tar_file_are_read_however_it_is_compressed(pack: object) -> None:
    contents = read(pack(tarred(NAMES)))  # type: ignore[operator]
    assert contents.sections == (Section("\n".join(NAMES), "names"),)
    assert contents.facts.extra == {"files": 3}


@pytest.mark.parametrize("pack", PACKERS[1:])
def test_a_compressed_text_is_read(pack: object) -> None:
    assert read(pack("The old tram climbs – slowly.\n".encode())).sections[0].text == "The old tram climbs – slowly.\n"  # type: ignore[operator]


def test_a_program_with_a_zip_file_behind_it_is_read() -> None:
    data = zipped(NAMES)
    assert read(b"PK" + b"program" * 1000 + data).sections[0].text.split("\n") == NAMES


@pytest.mark.parametrize("is_large", [True, False])
def test_a_zip_file_of_more_than_four_gigabytes_is_read_and_one_that_is_written_as_if_it_were(is_large: bool) -> None:
    data = zipped(NAMES)
    end = data.rfind(b"PK\5\6")
    start, length = struct.unpack_from("<LL", data, end + 12)[::-1]
    wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 3, 3, length, start)
    place = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    tail = (
        struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0) if is_large else data[end:]
    )
    assert read(data[:end] + wide + place + tail).sections[0].text.split("\n") == NAMES


def test_names_in_an_old_character_set_are_read() -> None:
    made = zipped(["cafe.txt"]).replace(b"cafe", b"caf\x82")
    assert read(made).sections[0].text == "café.txt"


def test_an_archive_of_a_million_names_is_bounded() -> None:
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0) + b"a.txt"
    directory = entry * 1_000_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, len(directory), 0, 0)
    contents = read(b"PK" + directory + end)
    assert contents.sections[0].text.count("a.txt") == MAX_NAMES
    assert contents.facts.extra is None


def test_a_bomb_is_unpacked_no_further_than_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED_BYTES", 1 << 20)
    assert len(read(gzip.compress(b"a" * (64 << 20))).sections[0].text) <= 2 << 20
    huge = gzip.compress(tarred(["first.txt", "second.txt"], size=16 << 20))
    assert read(huge).sections[0].text == "first.txt"


def test_folders_without_end_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_NAMES", 3)
    assert read(tarred(NAMES)).sections[0].text.split("\n") == NAMES[:2]


@pytest.mark.parametrize(
    "data", [b"PK\3\4 and no more", b"\x1f\x8b\x08junk", b"BZh9junk", b"\xfd7zXZ\0junk", b"junk" * 300]
)
def test_a_damaged_archive_is_said_to_be(data: bytes) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        read(data)


@pytest.mark.parametrize(
    "made", [zipped(NAMES), tarred(NAMES), gzip.compress(tarred(NAMES), mtime=0), lzma.compress(tarred(NAMES))]
)
def test_an_archive_that_is_cut_short_gives_some_names_or_is_refused(made: bytes) -> None:
    for length in range(1, len(made), max(1, len(made) // 50)):
        try:
            found = read(made[:length])
        except Unreadable:
            continue
        assert all(line in NAMES for section in found.sections for line in section.text.split("\n") if line)
