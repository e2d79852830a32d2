"""What pictures say about themselves."""

from io import BytesIO

import pytest
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import IFDRational

from tests.extract.builders import (
    DESCRIPTION,
    EXIF_PART,
    GPS_PART,
    MAKE,
    MODEL,
    RATING,
    SOFTWARE,
    TAKEN,
    USER_COMMENT,
    XP_TITLE,
    encoded,
    iptc_block,
    two_colours,
    with_segment,
    xmp,
)
from vexgui.core.files import FileFacts
from vexgui.extract.readers.picture import read_picture


def facts_in(data: bytes) -> FileFacts:
    return read_picture(BytesIO(data), 0).facts


def exif_facts(tags: dict[int, object], part: int = 0, form: str = "JPEG") -> FileFacts:
    exif = Image.Exif()
    exif[SOFTWARE] = "test"  # Pillow writes no EXIF into a PNG that has nothing in its first part
    (exif.get_ifd(part) if part else exif).update(tags)
    return facts_in(encoded(two_colours(), form, exif=exif))


def gps(latitude: tuple[float, ...], ns: str, longitude: tuple[float, ...], ew: str) -> dict[int, object]:
    def parts(value: tuple[float, ...]) -> tuple[IFDRational, ...]:
        return tuple(IFDRational(int(part * 100), 100) for part in value)

    return {1: ns, 2: parts(latitude), 3: ew, 4: parts(longitude)}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_moment_is_the_one_it_was_taken(form: str) -> None:
    assert exif_facts({TAKEN: "2021:07:14 10:11:12"}, EXIF_PART, form).taken == "2021-07-14T10:11:12"


def test_lens_exposure_and_program_are_told() -> None:
    tags: dict[int, object] = {
        ExifTags.Base.LensModel: "EF 50 mm f/1.8",
        ExifTags.Base.FNumber: IFDRational(18, 10),
        ExifTags.Base.ExposureTime: IFDRational(1, 250),
        ExifTags.Base.ISOSpeedRatings: 200,
        ExifTags.Base.FocalLength: IFDRational(50, 1),
    }
    assert exif_facts(tags, EXIF_PART).extra == {
        "lens": "EF 50 mm f/1.8",
        "aperture": 1.8,
        "exposure_s": 0.004,
        "iso": 200,
        "focal_mm": 50,
        "software": "test",
    }


@pytest.mark.parametrize("value", [IFDRational(0, 0), IFDRational(1, 0), IFDRational(0, 1), "fast", b"\0\1"])
def test_a_measurement_that_is_none_is_left_out(value: object) -> None:
    assert exif_facts({ExifTags.Base.ExposureTime: value}, EXIF_PART).extra == {"software": "test"}


def test_a_picture_that_says_nothing_more_has_no_further_facts() -> None:
    assert facts_in(encoded(two_colours(), "PNG")).extra is None


@pytest.mark.parametrize("value", ["0000:00:00 00:00:00", "    :  :     :  :  ", "yesterday", "2021:02:30 10:00:00"])
def test_a_clock_that_was_not_set_gives_no_moment(value: str) -> None:
    assert exif_facts({TAKEN: value}, EXIF_PART).taken is None


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Canon", "Canon EOS 80D", "Canon EOS 80D"),
        ("NIKON CORPORATION", "NIKON D750", "NIKON D750"),
        ("Google", "Pixel 7", "Google Pixel 7"),
        ("SONY\0\0", "ILCE-7M3 ", "SONY ILCE-7M3"),
        ("", "Scanner", "Scanner"),
        ("Leica", "", "Leica"),
    ],
)
def test_the_camera_is_named_once(make: str, model: str, camera: str) -> None:
    assert exif_facts({MAKE: make, MODEL: model}).camera == camera


def test_the_position_is_in_signed_degrees() -> None:
    facts = exif_facts(gps((38, 42, 36), "N", (9, 8, 24), "W"), GPS_PART)
    assert (facts.latitude, facts.longitude) == (38.71, -9.14)
    facts = exif_facts(gps((33, 51.6, 0), "S", (151, 12.6, 0), "E"), GPS_PART)
    assert (facts.latitude, facts.longitude) == (-33.86, 151.21)


@pytest.mark.parametrize(
    "tags",
    [
        gps((91, 0, 0), "N", (9, 0, 0), "W"),
        gps((0, 0, 0), "N", (0, 0, 0), "E"),
        gps((38, 42), "N", (9, 8), "W"),
        {1: "N", 2: tuple(IFDRational(0, 0) for _ in range(3)), 3: "W", 4: tuple(IFDRational(0, 0) for _ in range(3))},
        {1: "N"},
    ],
)
def test_what_is_no_position_is_left_out(tags: dict[int, object]) -> None:
    facts = exif_facts(tags, GPS_PART)
    assert (facts.latitude, facts.longitude) == (None, None)


@pytest.mark.parametrize(
    ("tags", "part"),
    [
        ({DESCRIPTION: "Old tram"}, 0),
        ({DESCRIPTION: "Old tram".encode("ascii") + b"\0\0"}, 0),
        ({USER_COMMENT: b"ASCII\0\0\0Old tram"}, EXIF_PART),
        ({USER_COMMENT: b"UNICODE\0" + "Old tram".encode("utf-16-le")}, EXIF_PART),
        ({USER_COMMENT: b"UNICODE\0" + "Old tram".encode("utf-16-be")}, EXIF_PART),
        ({USER_COMMENT: b"\0" * 8 + b"Old tram"}, EXIF_PART),
    ],
)
def test_exif_captions_are_found(tags: dict[int, object], part: int) -> None:
    assert exif_facts(tags, part).caption == "Old tram"


def test_title_author_keywords_and_stars_of_exif_are_told() -> None:
    tags: dict[int, object] = {
        XP_TITLE: "Old tram\0".encode("utf-16-le"),
        ExifTags.Base.Artist: "Ana Reis",
        ExifTags.Base.XPKeywords: "lisbon;tram;lisbon\0".encode("utf-16-le"),
        RATING: 4,
    }
    facts = exif_facts(tags)
    assert (facts.title, facts.author, facts.caption) == ("Old tram", "Ana Reis", "lisbon, tram")
    assert facts.extra == {"keywords": "lisbon, tram", "stars": 4, "software": "test"}


@pytest.mark.parametrize("value", [0, 9, "many", b"4\0"])
def test_stars_that_are_none_are_left_out(value: object) -> None:
    assert exif_facts({RATING: value}).extra == {"software": "test"}


def test_captions_in_utf_8_are_read_as_such() -> None:
    assert exif_facts({DESCRIPTION: "Elétrico à chuva".encode()}).caption == "Elétrico à chuva"


@pytest.mark.parametrize(
    "text",
    [
        "OLYMPUS DIGITAL CAMERA",
        "SONY DSC",
        "Created with GIMP",
        "  ",
        "0",
        "DCIM\\100",
        "Created by OpenJPEG version 2.5.0",
        "Generated by matplotlib",
        "Created with Inkscape (http://www.inkscape.org/)",
        "Compressed by jpeg-recompress v2.2",
        "Converted using tinypng.com",
    ],
)
def test_what_programs_write_by_themselves_is_no_caption(text: str) -> None:
    assert exif_facts({DESCRIPTION: text}).caption is None


@pytest.mark.parametrize("text", ["Created by Anna in 2019", "Made with love in Porto", "Produced in 1904 by hand"])
def test_what_people_made_is_a_caption(text: str) -> None:
    assert exif_facts({DESCRIPTION: text}).caption == text


def test_png_text_is_a_caption() -> None:
    info = PngInfo()
    info.add_text("Title", "Old tram")
    info.add_itxt("Description", "Climbing in Lisbon, Łódź")
    facts = facts_in(encoded(two_colours(), "PNG", pnginfo=info))
    assert (facts.title, facts.caption) == ("Old tram", "Climbing in Lisbon, Łódź")


def test_a_jpeg_comment_is_a_caption() -> None:
    assert facts_in(encoded(two_colours(), "JPEG", comment=b"Old tram")).caption == "Old tram"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_title_description_subjects_and_rating_of_xmp_are_told(form: str) -> None:
    packet = xmp("Tram 28", "It climbs", ["lisbon", "tram"], rating="5")
    if form == "PNG":
        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", packet.decode())
        data = encoded(two_colours(), "PNG", pnginfo=info)
    else:
        data = encoded(two_colours(), form, xmp=packet)
    facts = facts_in(data)
    assert (facts.title, facts.caption) == ("Tram 28", "It climbs. lisbon, tram")
    assert facts.extra == {"keywords": "lisbon, tram", "stars": 5}


def test_a_rating_in_xmp_may_be_an_element() -> None:
    packet = xmp("Tram 28", "", []).replace(b"<rdf:Description>", b"<rdf:Description><x:Rating>-1</x:Rating>")
    packet = packet.replace(b"<rdf:RDF", b'<rdf:RDF xmlns:x="http://ns.adobe.com/xap/1.0/"')
    assert facts_in(encoded(two_colours(), "JPEG", xmp=packet)).extra is None
    rated = packet.replace(b">-1<", b">3<")
    assert facts_in(encoded(two_colours(), "JPEG", xmp=rated)).extra == {"stars": 3}


def test_iptc_title_caption_and_keywords_are_told() -> None:
    block = iptc_block("It climbs.", ["lisbon", "tram"], title="Tram 28", author="Ana Reis")
    facts = facts_in(with_segment(encoded(two_colours(), "JPEG"), 0xED, block))
    assert (facts.title, facts.author, facts.caption) == ("Tram 28", "Ana Reis", "It climbs. lisbon, tram")
    assert facts.extra == {"keywords": "lisbon, tram"}


def test_the_same_caption_in_two_places_is_said_once() -> None:
    exif = Image.Exif()
    exif[DESCRIPTION] = "Old tram"
    assert facts_in(encoded(two_colours(), "JPEG", exif=exif, comment=b"Old tram")).caption == "Old tram"


@pytest.mark.parametrize(
    "junk", [b"Exif\0\0", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\xff" * 40]
)
def test_broken_exif_costs_neither_picture_nor_facts(junk: bytes) -> None:
    data = with_segment(encoded(two_colours(), "JPEG"), 0xE1, junk)
    contents = read_picture(BytesIO(data), 40)
    assert contents.facts.width == 80
    assert contents.shown[0].raster is not None


@pytest.mark.parametrize("packet", [b"<x", b"\0\0", b"<?xpacket begin=''?>", b"plain"])
def test_broken_xmp_is_left_out(packet: bytes) -> None:
    assert facts_in(encoded(two_colours(), "JPEG", xmp=packet)).caption is None
