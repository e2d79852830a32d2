"""Files with bytes changed, lost or doubled are read, or refused in a sentence: no reader stumbles over them."""

import gzip
import random
from io import BytesIO

import pytest

from tests.extract.compound import doc, msg, ppt, xls
from tests.extract.test_archive import tarred, zipped
from tests.extract.test_audio import flac, mp3
from tests.extract.test_seven_zip import USUAL
from vexgui.extract import decode
from vexgui.extract.contents import Unreadable
from vexgui.extract.formats import BY_SUFFIX

WHOLE = {
    "doc": doc(["The old tram – ", "climbs"]),
    "ppt": ppt(["The old tram", "Łódź"], "master"),
    "xls": xls("Budget", [["Rent", 900.0], ["Trams", 49.5]]),
    "msg": msg("Tickets", "Ana", "See below", ["ticket.pdf"]),
    "rtf": rb"{\rtf1\ansi{\fonttbl{\f0\fcharset204 A;}}{\info{\title T}}\f0 \u321?\'e9\par{\*\x y}\bin3 abc}",
    "mbox": b"From a@b Sun May 17 12:00:00 2020\nSubject: =?utf-8?q?x?=\nFrom: Ana <a@b>\n\nwords\n\n" * 3,
    "csv": b'Name,"City, old"\nAna,"Lis""bon"\nMarta,Oslo\n',
    "ics": b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20210714T100000\nSUMMARY:x\n folded\nEND:VEVENT\nEND:VCALENDAR\n",
    "vcf": b"BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:=C5=81\nORG:a;b\nBDAY:1980-05-17\nEND:VCARD\n",
    "desktop": b"[Desktop Entry]\nName=a\nName[de]=b\nKeywords=c;d\\s;\n[Desktop Action x]\nName=e\n",
    "zip": zipped(["a/b.txt", "Łódź.md"]),
    "tar": tarred(["a.txt", "b.txt"]),
    "tgz": gzip.compress(tarred(["a.txt", "b.txt"]), mtime=0),
    "7z": USUAL,
    "mp3": mp3(TIT2="a", TPE1="b", USLT="c"),
    "flac": flac(3, title="a", lyrics="b"),
}


def mutated(data: bytes, seed: int) -> bytes:
    """Return bytes with a few of them changed, lost or doubled."""
    chance = random.Random(seed)
    made = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 40))):
        place = chance.randrange(len(made) or 1)
        match chance.randrange(4):
            case 0:
                made[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                made[place : place + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"))
            case 2:
                del made[place : place + chance.randrange(1, 60)]
            case _:
                made[place:place] = made[place : place + chance.randrange(1, 60)]
    return bytes(made)


def read_mutated(suffix: str, seeds: range) -> None:
    for seed in seeds:
        try:
            contents = decode._read(BY_SUFFIX[suffix].reader, BytesIO(mutated(WHOLE[suffix], seed)), 0)
        except Unreadable as refused:
            assert refused.reason.endswith(".")  # noqa: PT017 - most seeds are not refused
            continue
        for section in contents.sections:
            section.text.encode()


@pytest.mark.parametrize("suffix", WHOLE)
def test_a_damaged_file_is_read_or_refused_in_a_sentence(suffix: str) -> None:
    read_mutated(suffix, range(20))


@pytest.mark.slow
@pytest.mark.parametrize("suffix", WHOLE)
def test_however_a_file_is_damaged_it_is_read_or_refused(suffix: str) -> None:
    read_mutated(suffix, range(1000))
