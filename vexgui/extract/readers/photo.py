"""What a picture says about itself: when, where and with what it was taken, and its caption."""

import math
import re
import struct
from collections.abc import Iterable, Iterator
from datetime import datetime

from PIL import ExifTags, Image, ImageFile

from vexgui.core.files import FileFacts
from vexgui.extract.contents import one_line

_BROKEN = (ArithmeticError, LookupError, OSError, SyntaxError, TypeError, ValueError, struct.error)
"""What Pillow raises on metadata that breaks its own rules; such metadata is left out."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_FIRST_SIDEWAYS = 5
_MOST = 10_000_000
"""No camera measures more of anything."""

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

_XMP_NAMES = {
    "d": "http://purl.org/dc/elements/1.1/",
    "r": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_IPTC_CAPTION = (2, 120)
_IPTC_KEYWORDS = (2, 25)
_PNG_CAPTIONS = ("Title", "Description", "Comment", "Subject", "Keywords")
_USER_COMMENT_CODES = {
    b"ASCII\0\0\0": "ascii",
    b"UNICODE\0": "utf-16",
    b"JIS\0\0\0\0\0": "iso2022_jp",
    b"\0" * 8: "utf-8",
}


def facts_of(image: ImageFile.ImageFile) -> FileFacts:
    """Return the facts of an opened picture; reads no pixels."""
    width, height = image.size
    exif = _exif(image)
    if image.format != "TIFF" and exif.get(ExifTags.Base.Orientation, 1) in range(_FIRST_SIDEWAYS, 9):
        width, height = height, width  # Pillow turns TIFF itself
    details = _part(exif, ExifTags.IFD.Exif)
    latitude, longitude = _position(_part(exif, ExifTags.IFD.GPSInfo))
    return FileFacts(
        width=width,
        height=height,
        taken=_moment(details.get(ExifTags.Base.DateTimeOriginal) or details.get(ExifTags.Base.DateTimeDigitized)),
        camera=_camera(exif.get(ExifTags.Base.Make), exif.get(ExifTags.Base.Model)),
        latitude=latitude,
        longitude=longitude,
        caption=_joined(_captions(image, exif, details)),
        extra=_shot(exif, details) or None,
    )


def turn_of(image: ImageFile.ImageFile, orientation: int | None = None) -> Image.Transpose | None:
    """Return what puts a loaded picture upright, or None if it is; it says itself how it lies unless that is given."""
    return _TURNS.get(orientation or _exif(image).get(ExifTags.Base.Orientation, 1))


def _exif(image: ImageFile.ImageFile) -> Image.Exif:
    try:
        return image.getexif()
    except _BROKEN:
        return Image.Exif()


def _part(exif: Image.Exif, part: ExifTags.IFD) -> dict[int, object]:
    try:
        return dict(exif.get_ifd(part))
    except _BROKEN:
        return {}


def _moment(value: object) -> str | None:
    """Return an EXIF date as ISO 8601; cameras without a set clock write zeros or spaces."""
    try:
        return datetime.strptime(str(value).strip("\0 ")[:19], "%Y:%m:%d %H:%M:%S").isoformat()  # noqa: DTZ007
    except ValueError:
        return None


def _camera(make: object, model: object) -> str | None:
    """Return maker and model, the maker once: "Canon EOS 80D", "NIKON D750", "Google Pixel 7"."""
    maker = one_line(_text(make), 60) or ""
    name = one_line(_text(model), 60) or ""
    if not name or name.split()[0].casefold() in maker.casefold():
        return name or maker or None
    return f"{maker} {name}".strip()


def _shot(exif: Image.Exif, details: dict[int, object]) -> dict[str, str | int | float]:
    """Return with what lens and how a picture was taken, and the program that wrote it, as far as it says."""
    said = {
        "lens": one_line(_text(details.get(ExifTags.Base.LensModel)), 80),
        "aperture": _number(details.get(ExifTags.Base.FNumber)),
        "exposure_s": _number(details.get(ExifTags.Base.ExposureTime)),
        "iso": _number(details.get(ExifTags.Base.ISOSpeedRatings)),
        "focal_mm": _number(details.get(ExifTags.Base.FocalLength)),
        "software": one_line(_text(exif.get(ExifTags.Base.Software)), 80),
    }
    return {name: value for name, value in said.items() if value}


def _number(value: object) -> int | float | None:
    """Return a measurement, whole where it can be; None where it is none, or too large to be one."""
    first = value[0] if isinstance(value, tuple) and value else value
    try:
        number = float(first)  # type: ignore[arg-type]
    except _BROKEN:
        return None
    if not 0 < number < _MOST:  # false for what is not a number
        return None
    return int(number) if number.is_integer() else round(number, 6)


def _position(gps: dict[int, object]) -> tuple[float | None, float | None]:
    latitude = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), 90)
    longitude = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), 180)
    if latitude is None or longitude is None or latitude == longitude == 0:
        return None, None
    return latitude, longitude


def _degrees(value: object, reference: object, most: int) -> float | None:
    """Return degrees, minutes and seconds as signed degrees; None where they are not a position."""
    try:
        degrees, minutes, seconds = (float(part) for part in value)  # type: ignore[attr-defined]
    except _BROKEN:
        return None
    angle = degrees + minutes / 60 + seconds / 3600
    if not (math.isfinite(angle) and 0 <= angle <= most):
        return None
    return round(-angle if str(reference).strip("\0 ").upper() in ("S", "W") else angle, 6)


def _captions(image: ImageFile.ImageFile, exif: Image.Exif, details: dict[int, object]) -> Iterator[str | None]:
    """Yield everything that may be a caption, the most deliberate first."""
    yield from _xmp_captions(image)
    yield from _iptc_captions(image)
    yield _text(exif.get(ExifTags.Base.ImageDescription))
    yield _user_comment(details.get(ExifTags.Base.UserComment))
    for tag in (ExifTags.Base.XPTitle, ExifTags.Base.XPSubject, ExifTags.Base.XPComment, ExifTags.Base.XPKeywords):
        yield _wide_text(exif.get(tag))
    if image.format == "PNG":
        yield from (_text(image.info.get(key)) for key in _PNG_CAPTIONS)
    yield _text(image.info.get("comment"))


def _joined(captions: Iterable[str | None]) -> str | None:
    """Return the captions that say something, each once, as one text."""
    found: list[str] = []
    for caption in captions:
        line = one_line(caption)
        if line and not _BOILERPLATE.fullmatch(line) and not any(line in other for other in found):
            found.append(line)
    *first, last = found or [""]
    return one_line(" ".join([*(line if line[-1] in ".!?…" else f"{line}." for line in first), last]))


def _xmp_captions(image: ImageFile.ImageFile) -> Iterator[str]:
    from vexgui.extract.readers.flow import xml_root

    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    if not packet:
        return
    data = packet.encode() if isinstance(packet, str) else bytes(packet)
    root = xml_root(data.strip(b"\0 \r\n"))
    if root is None:
        return
    for name in ("title", "description"):
        yield from (node.text or "" for node in root.iterfind(f".//d:{name}//r:li", _XMP_NAMES))
    keywords = [node.text or "" for node in root.iterfind(".//d:subject//r:li", _XMP_NAMES)]
    yield ", ".join(filter(None, keywords))


def _iptc_captions(image: ImageFile.ImageFile) -> Iterator[str | None]:
    from PIL import IptcImagePlugin

    try:
        fields = IptcImagePlugin.getiptcinfo(image) or {}
    except _BROKEN:
        return
    yield _text(fields.get(_IPTC_CAPTION))
    keywords = fields.get(_IPTC_KEYWORDS, [])
    yield ", ".join(filter(None, map(_text, keywords if isinstance(keywords, list) else [keywords])))


def _user_comment(value: object) -> str | None:
    """Return an EXIF UserComment, which starts with 8 bytes that name its character set (EXIF 2.32, 4.6.5)."""
    if not isinstance(value, bytes) or value[:8] not in _USER_COMMENT_CODES:
        return _text(value)
    encoding = _USER_COMMENT_CODES[value[:8]]
    if encoding == "utf-16" and not value[8:].startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16-le" if value[9:10] == b"\0" else "utf-16-be"
    return value[8:].decode(encoding, "replace").strip("\0 ")


def _wide_text(value: object) -> str | None:
    """Return a Windows XP tag: UTF-16 little-endian, ended by a zero."""
    return value.decode("utf-16-le", "replace").strip("\0 ") if isinstance(value, bytes) else _text(value)


def _text(value: object) -> str | None:
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
