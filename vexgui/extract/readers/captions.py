"""What people wrote into a picture, and programs for them: title, author, caption, keywords, stars."""

import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from lxml import etree
from PIL import ExifTags, ImageFile

from vexgui.extract.contents import one_line
from vexgui.extract.readers.flow import xml_root

BROKEN = (ArithmeticError, LookupError, OSError, SyntaxError, TypeError, ValueError, struct.error)
"""What Pillow raises on metadata that breaks its own rules; such metadata is left out."""

_BOILERPLATE = re.compile(
    r"(olympus|konica|minolta|samsung|sony|kodak|pentax|digital camera|dsc|dcim|exif_.*|screenshot|untitled|default"
    r"|created with (the )?gimp|file written by adobe|creator: gd-jpeg|lead technologies|lavc|optimized by"
    r"|handmade software|intel\(r\) jpeg|jpeg encoder|charset=)\b.*|[\W\d_]*"
    # "Created by" alone may well be a person's: a program names its version or its address beside itself.
    r"|(created|generated|made|produced|processed|encoded|converted|compressed|exported|rendered)"
    r" (by|with|using|in|from) .{0,60}?(\bversion\b|\bv?\d+\.\d|https?:|\bwww\.|\.(com|org|net|io)\b"
    r"|\b(openjpeg|imagemagick|graphicsmagick|inkscape|photoshop|paint\.net|krita|ffmpeg|libjpeg|matplotlib)\b).*",
    re.IGNORECASE | re.DOTALL,
)
"""Captions that cameras and programs write by themselves."""

_XMP = {
    "d": "http://purl.org/dc/elements/1.1/",
    "r": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "x": "http://ns.adobe.com/xap/1.0/",
}
_IPTC_TITLE, _IPTC_KEYWORDS, _IPTC_AUTHOR, _IPTC_CAPTION = (2, 5), (2, 25), (2, 80), (2, 120)
"""IPTC-NAA Information Interchange Model, version 4.2, application record."""
_EXIF_STARS = 0x4746
_MOST_STARS = 5
_PNG_CAPTIONS = ("Description", "Comment", "Subject")
_USER_COMMENT_CODES = {
    b"ASCII\0\0\0": "ascii",
    b"UNICODE\0": "utf-16",
    b"JIS\0\0\0\0\0": "iso2022_jp",
    b"\0" * 8: "utf-8",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What was written into a picture, or into one of the places where that is done.

    Attributes:
        titles: All that may be its title, the most deliberate first.
        authors: All that may be who made it.
        captions: All that describes it.
        keywords: Words it is filed under, separated by commas.
        stars: 1 to 5; None where nobody gave any.
    """

    titles: tuple[str | None, ...] = ()
    authors: tuple[str | None, ...] = ()
    captions: tuple[str | None, ...] = ()
    keywords: tuple[str | None, ...] = ()
    stars: int | None = None

    @property
    def title(self) -> str | None:
        """The title, or None."""
        return next(_meant(self.titles), None)

    @property
    def author(self) -> str | None:
        """Who made it, or None."""
        return next(_meant(self.authors), None)

    @property
    def keyword_line(self) -> str | None:
        """The keywords as one line, each once, or None."""
        words = (word.strip() for line in _meant(self.keywords) for word in re.split("[,;]", line))
        return one_line(", ".join(dict.fromkeys(filter(None, words))))

    @property
    def caption(self) -> str | None:
        """What describes it, the title not repeated, and the keywords; each once, as one text; or None."""
        found: list[str] = []
        for line in _meant((*self.captions, self.keyword_line)):
            if not any(line in other for other in (*found, self.title or "")):
                found.append(line)
        *first, last = found or [""]
        return one_line(" ".join([*(line if line[-1] in ".!?…" else f"{line}." for line in first), last]))


def said_in(image: ImageFile.ImageFile, first: Mapping[int, object], details: Mapping[int, object]) -> Said:
    """Return what was written into a picture, the most deliberate first.

    Args:
        image: The opened picture.
        first: The first part of its EXIF.
        details: The part of its EXIF that tells how it was taken.
    """
    places = (_xmp(image), _iptc(image), _exif(first, details), _texts(image))
    return Said(
        titles=tuple(chain.from_iterable(place.titles for place in places)),
        authors=tuple(chain.from_iterable(place.authors for place in places)),
        captions=tuple(chain.from_iterable(place.captions for place in places)),
        keywords=tuple(chain.from_iterable(place.keywords for place in places)),
        stars=next((place.stars for place in places if place.stars), None),
    )


def _meant(lines: Iterable[str | None]) -> Iterator[str]:
    """Yield the lines that say something."""
    for text in lines:
        line = one_line(text)
        if line and not _BOILERPLATE.fullmatch(line):
            yield line


def _xmp(image: ImageFile.ImageFile) -> Said:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    data = packet.encode() if isinstance(packet, str) else bytes(packet or b"")
    root = xml_root(data.strip(b"\0 \r\n"))
    if root is None:
        return Said()

    def listed(name: str) -> tuple[str | None, ...]:
        return tuple(node.text for node in root.iterfind(f".//d:{name}//r:li", _XMP))

    subjects = tuple(filter(None, listed("subject")))
    return Said(
        listed("title"), listed("creator"), listed("description"), (", ".join(subjects),), _stars(_xmp_rating(root))
    )


def _xmp_rating(root: etree._Element) -> str | None:
    """Return the rating, which is written as an attribute or as an element."""
    name = f"{{{_XMP['x']}}}Rating"
    attributes = (node.get(name) for node in root.iterfind(".//r:Description", _XMP))
    return next(filter(None, attributes), None) or root.findtext(f".//{name}")


def _iptc(image: ImageFile.ImageFile) -> Said:
    from PIL import IptcImagePlugin

    try:
        fields = IptcImagePlugin.getiptcinfo(image) or {}
    except BROKEN:
        return Said()

    def listed(field: tuple[int, int]) -> tuple[str | None, ...]:
        value = fields.get(field, [])
        return tuple(map(text_of, value if isinstance(value, list) else [value]))

    keywords = tuple(filter(None, listed(_IPTC_KEYWORDS)))
    return Said(listed(_IPTC_TITLE), listed(_IPTC_AUTHOR), listed(_IPTC_CAPTION), (", ".join(keywords),))


def _exif(first: Mapping[int, object], details: Mapping[int, object]) -> Said:
    base = ExifTags.Base
    return Said(
        titles=(_wide_text(first.get(base.XPTitle)),),
        authors=(text_of(first.get(base.Artist)), _wide_text(first.get(base.XPAuthor))),
        captions=(
            text_of(first.get(base.ImageDescription)),
            _user_comment(details.get(base.UserComment)),
            _wide_text(first.get(base.XPSubject)),
            _wide_text(first.get(base.XPComment)),
        ),
        keywords=(_wide_text(first.get(base.XPKeywords)),),
        stars=_stars(first.get(_EXIF_STARS)),
    )


def _texts(image: ImageFile.ImageFile) -> Said:
    """Return the comment of a JPEG or GIF and the texts of a PNG."""
    comment = text_of(image.info.get("comment"))
    if image.format != "PNG":
        return Said(captions=(comment,))

    def listed(*names: str) -> tuple[str | None, ...]:
        return tuple(text_of(image.info.get(name)) for name in names)

    return Said(listed("Title"), listed("Author"), (*listed(*_PNG_CAPTIONS), comment), listed("Keywords"))


def _stars(value: object) -> int | None:
    """Return stars from 1 to 5; None for none, and for a picture that was rejected."""
    try:
        stars = round(float(value))  # type: ignore[arg-type]
    except BROKEN:
        return None
    return stars if 1 <= stars <= _MOST_STARS else None


def _user_comment(value: object) -> str | None:
    """Return an EXIF UserComment, which starts with 8 bytes that name its character set (EXIF 2.32, 4.6.5)."""
    if not isinstance(value, bytes) or value[:8] not in _USER_COMMENT_CODES:
        return text_of(value)
    encoding = _USER_COMMENT_CODES[value[:8]]
    if encoding == "utf-16" and not value[8:].startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16-le" if value[9:10] == b"\0" else "utf-16-be"
    return value[8:].decode(encoding, "replace").strip("\0 ")


def _wide_text(value: object) -> str | None:
    """Return a Windows XP tag: UTF-16 little-endian, ended by a zero."""
    return value.decode("utf-16-le", "replace").strip("\0 ") if isinstance(value, bytes) else text_of(value)


def text_of(value: object) -> str | None:
    """Return a tag's text; Pillow gives EXIF as Latin-1 although most programs write UTF-8."""
    if isinstance(value, str):
        try:
            value = value.encode("latin-1")
        except UnicodeEncodeError:
            return str(value).strip("\0 ")
    if not isinstance(value, bytes):
        return None
    try:
        return value.decode("utf-8").strip("\0 ")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace").strip("\0 ")
