"""What a picture says about itself: when, where and with what it was taken, and what was written into it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from PIL import ExifTags, Image, ImageFile

from vexgui.core.files import FileFacts
from vexgui.extract.contents import one_line
from vexgui.extract.readers.captions import BROKEN, said_in, text_of

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


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of a picture's EXIF, by the part that they are in.

    Attributes:
        first: Of the picture.
        details: How it was taken.
        gps: Where.
    """

    first: Mapping[int, object] = field(default_factory=dict)
    details: Mapping[int, object] = field(default_factory=dict)
    gps: Mapping[int, object] = field(default_factory=dict)

    @property
    def orientation(self) -> int:
        """How the picture lies, as EXIF counts it."""
        found = self.first.get(ExifTags.Base.Orientation, 1)
        return found if isinstance(found, int) else 1

    @property
    def is_sideways(self) -> bool:
        """Whether width and height change places when it is put upright."""
        return self.orientation in range(_FIRST_SIDEWAYS, 9)


def facts_of(image: ImageFile.ImageFile, tags: Tags | None = None) -> FileFacts:
    """Return the facts of an opened picture; reads no pixels.

    Args:
        image: The picture.
        tags: What is known of it besides; None for its own EXIF.
    """
    tags = tags_of(image) if tags is None else tags
    width, height = image.size
    if image.format != "TIFF" and tags.is_sideways:
        width, height = height, width  # Pillow turns TIFF itself
    latitude, longitude = _position(tags.gps)
    said = said_in(image, tags.first, tags.details)
    moments = (tags.details.get(tag) for tag in (ExifTags.Base.DateTimeOriginal, ExifTags.Base.DateTimeDigitized))
    extra = {**_shot(tags), "keywords": said.keyword_line, "stars": said.stars}
    return FileFacts(
        width=width,
        height=height,
        taken=_moment(next(filter(None, moments), None)),
        camera=_camera(tags.first.get(ExifTags.Base.Make), tags.first.get(ExifTags.Base.Model)),
        latitude=latitude,
        longitude=longitude,
        caption=said.caption,
        title=said.title,
        author=said.author,
        extra={name: value for name, value in extra.items() if value} or None,
    )


def turn_of(image: ImageFile.ImageFile, orientation: int | None = None) -> Image.Transpose | None:
    """Return what puts a loaded picture upright, or None if it is; it says itself how it lies unless that is given."""
    return _TURNS.get(orientation or tags_of(image).orientation)


def tags_of(image: ImageFile.ImageFile) -> Tags:
    """Return a picture's own tags, as far as they can be read."""
    try:
        tags = tags_in(image.getexif())
    except BROKEN:
        return Tags()
    if image.format == "JXL" and not getattr(image, "jpeg", False):  # its decoder turns it, unless it holds a JPEG
        return replace(
            tags, first={tag: value for tag, value in tags.first.items() if tag != ExifTags.Base.Orientation}
        )
    return tags


def tags_in(exif: Image.Exif) -> Tags:
    """Return the tags of EXIF, as far as they can be read."""
    try:
        first = dict(exif)
    except BROKEN:
        return Tags()
    return Tags(first, _part(exif, ExifTags.IFD.Exif), _part(exif, ExifTags.IFD.GPSInfo))


def _part(exif: Image.Exif, part: ExifTags.IFD) -> dict[int, object]:
    try:
        return dict(exif.get_ifd(part))
    except BROKEN:
        return {}


def _moment(value: object) -> str | None:
    """Return an EXIF date as ISO 8601; cameras without a set clock write zeros or spaces."""
    try:
        return datetime.strptime(str(value).strip("\0 ")[:19], "%Y:%m:%d %H:%M:%S").isoformat()  # noqa: DTZ007
    except ValueError:
        return None


def _camera(make: object, model: object) -> str | None:
    """Return maker and model, the maker once: "Canon EOS 80D", "NIKON D750", "Google Pixel 7"."""
    maker = one_line(text_of(make), 60) or ""
    name = one_line(text_of(model), 60) or ""
    if not name or name.split()[0].casefold() in maker.casefold():
        return name or maker or None
    return f"{maker} {name}".strip()


def _shot(tags: Tags) -> dict[str, str | int | float | None]:
    """Return with what lens and how a picture was taken, and the program that wrote it; None where it does not say."""
    details = tags.details
    return {
        "lens": one_line(text_of(details.get(ExifTags.Base.LensModel)), 80),
        "aperture": _number(details.get(ExifTags.Base.FNumber)),
        "exposure_s": _number(details.get(ExifTags.Base.ExposureTime)),
        "iso": _number(details.get(ExifTags.Base.ISOSpeedRatings)),
        "focal_mm": _number(details.get(ExifTags.Base.FocalLength)),
        "software": one_line(text_of(tags.first.get(ExifTags.Base.Software)), 80),
    }


def _number(value: object) -> int | float | None:
    """Return a measurement, whole where it can be; None where it is none, or too large to be one."""
    first = value[0] if isinstance(value, tuple) and value else value
    try:
        number = float(first)  # type: ignore[arg-type]
    except BROKEN:
        return None
    if not 0 < number < _MOST:  # false for what is not a number
        return None
    return int(number) if number.is_integer() else round(number, 6)


def _position(gps: Mapping[int, object]) -> tuple[float | None, float | None]:
    latitude = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), 90)
    longitude = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), 180)
    if latitude is None or longitude is None or latitude == longitude == 0:
        return None, None
    return latitude, longitude


def _degrees(value: object, reference: object, most: int) -> float | None:
    """Return degrees, minutes and seconds as signed degrees; None where they are not a position."""
    try:
        degrees, minutes, seconds = (float(part) for part in value)  # type: ignore[attr-defined]
    except BROKEN:
        return None
    angle = degrees + minutes / 60 + seconds / 3600
    if not (math.isfinite(angle) and 0 <= angle <= most):
        return None
    return round(-angle if str(reference).strip("\0 ").upper() in ("S", "W") else angle, 6)
