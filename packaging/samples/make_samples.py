"""Draws the pictures and writes the PDF documents of `resources/samples`.

Run it as ``python packaging/samples/make_samples.py``; it needs Pillow and nothing else (`pdf.py` writes PDF by hand,
because Pillow's PDF has no text). The same Pillow makes the same files every time. The text samples are not made here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import animals
import diagrams
import emblems
import garden
import journeys
import landscapes
import papers
import screens
import sketches
import stickers
import things
from canvas import Canvas
from PIL import Image, PngImagePlugin

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"

_IMAGE_DESCRIPTION, _MAKE, _MODEL, _ORIENTATION, _DATE_TIME = 270, 271, 272, 274, 306
_EXIF_IFD, _GPS_IFD, _DATE_TIME_ORIGINAL = 0x8769, 0x8825, 36867
_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE = 1, 2, 3, 4
_TURN_RIGHT = 6
"""EXIF orientation of a picture that has to be turned clockwise by a quarter to be upright."""

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt>
<rdf:li xml:lang="x-default">{caption}</rdf:li>
</rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True)
class Shot:
    """What a camera writes beside the pixels.

    Attributes:
        taken: Time as EXIF writes it.
        maker: The camera's maker.
        model: The camera's model.
        place: Latitude and longitude in degrees, or None.
        turned: Whether the pixels lie on their side.
    """

    taken: str
    maker: str
    model: str
    place: tuple[float, float] | None = None
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture to be made: where it goes, who draws it, and what is written into it."""

    path: str
    draw: Callable[[], Canvas]
    caption: str = ""
    shot: Shot | None = None


FUJI = ("FUJIFILM", "X-T30")
PHONE = ("Fairphone", "FP4")

PICTURES = (
    Picture(
        "Pictures/Holidays/IMG_2041.jpg",
        landscapes.sunset,
        "Golden evening by the sea, the last light behind a sailing boat",
        Shot("2023:08:19 20:47:12", *FUJI, (43.317, -1.987)),
    ),
    Picture(
        "Pictures/Holidays/IMG_2057.jpg",
        landscapes.lake,
        "Rowing on the lake below the snowy peaks",
        Shot("2023:08:22 11:05:40", *FUJI, (46.493, 11.271)),
    ),
    Picture(
        "Pictures/Holidays/IMG_2093.jpg",
        landscapes.lighthouse,
        "Lighthouse on the cliff before the storm",
        Shot("2023:08:27 18:31:03", *FUJI, (48.682, -2.317), turned=True),
    ),
    Picture(
        "Pictures/Holidays/IMG_2110.jpg",
        animals.whale,
        "Humpback diving beside our ferry, the tail fin in the air",
        Shot("2023:08:30 09:14:55", *FUJI, (66.04, -17.34)),
    ),
    Picture("Pictures/Holidays/City at night.jpg", landscapes.city, "View from the hotel roof across the river"),
    Picture(
        "Pictures/Holidays/Red train on the viaduct.jpg",
        journeys.train,
        shot=Shot("2022:06:11 14:22:31", *FUJI, (46.681, 9.676)),
    ),
    Picture(
        "Pictures/Family/IMG_1187.jpg",
        things.cake,
        "Emma turns seven: chocolate cake, candles, balloons",
        Shot("2024:03:02 15:40:09", *PHONE),
    ),
    Picture(
        "Pictures/Family/IMG_0412.jpg",
        things.snowman,
        "Snowman with Grandpa's hat and the striped scarf",
        Shot("2021:01:17 10:58:44", *PHONE),
    ),
    Picture("Pictures/Pets/Minka on the windowsill.png", animals.cat, "Our cat is waiting for the postman"),
    Picture("Pictures/Pets/Captain Bubbles.webp", animals.goldfish, "The goldfish in his new bowl"),
    Picture(
        "Pictures/Holidays/Tulips in April.jpg",
        garden.tulips,
        "Fields in bloom near Haarlem, with the old windmill",
        Shot("2023:04:21 12:03:27", *FUJI),
    ),
    Picture(
        "Pictures/Garden/IMG_3310.jpg",
        garden.tomatoes,
        "First ripe tomatoes from our own bed",
        Shot("2024:07:09 08:12:50", *PHONE),
    ),
    Picture(
        "Pictures/Camping/Tent under the stars.jpg",
        journeys.tent,
        "The Milky Way above our tent",
        Shot("2022:08:12 23:51:18", *FUJI, (47.55, 12.92)),
    ),
    Picture("Pictures/Camping/Balloons over the valley.webp", journeys.balloons, "They went up before breakfast"),
    Picture("Pictures/Café in Bruges.webp", things.breakfast),
    Picture("Pictures/The new bicycle.png", things.bicycle, "With the basket from the flea market"),
    Picture("Pictures/Wallpapers/Planets.jpg", garden.planets, "From Mercury to Neptune"),
    Picture("Pictures/Wallpapers/Rainy street.jpg", journeys.rainy_street, "Somebody with a red umbrella"),
    Picture(
        "Pictures/Screenshots/Screenshot 2024-02-11 19-32.png", diagrams.screenshot, "Calendar, the week at a glance"
    ),
    Picture("Travel/Metro map.png", diagrams.metro, "Lines and stops of the underground"),
    Picture("Travel/Walk around the island.png", diagrams.island, "The path past Mirror Lake and East Point, 14 km"),
    Picture("Home/Floor plan.png", diagrams.floor_plan, "Ground floor with two bedrooms, kitchen and bath"),
    Picture(
        "Finance/Electricity 2023.png", diagrams.electricity, "Kilowatt hours by month, from the grid and the roof"
    ),
    Picture("Pictures/Garden/IMG_3377.jpg", emblems.sunflower, shot=Shot("2024:08:04 17:20:33", *PHONE)),
    Picture("Pictures/Family/IMG_0988.jpg", emblems.christmas_tree, shot=Shot("2023:12:24 18:02:10", *PHONE)),
    Picture("Pictures/Icons/icon-04.png", emblems.key),
    Picture("Pictures/Icons/icon-09.png", emblems.apple),
    Picture("Pictures/Icons/8bit-1.png", sketches.heart),
    Picture("Pictures/Icons/8bit-2.png", sketches.mushroom),
    Picture("Pictures/Scans/scan0007.jpg", sketches.house),
    Picture("Pictures/Scans/scan0008.jpg", sketches.elephant),
    Picture("Pictures/Scans/scan0011.jpg", sketches.anchor),
    Picture("Pictures/Stickers/sticker-1.png", stickers.penguin),
    Picture("Pictures/Stickers/sticker-2.png", stickers.butterfly),
    Picture("Pictures/Stickers/sticker-3.png", stickers.robot),
    Picture("Pictures/Stickers/sticker-4.png", stickers.rocket),
    Picture("Pictures/Stickers/sticker-5.png", stickers.bus),
    Picture("Pictures/Screenshots/Screenshot 2024-05-03 22-10.png", screens.terminal),
    Picture("Finance/Chart 3.png", screens.pie_chart),
)


def exif_of(picture: Picture) -> Image.Exif:
    """Return what the camera writes, the caption included."""
    exif = Image.Exif()
    shot = picture.shot
    if shot is None:
        return exif
    if picture.caption:
        exif[_IMAGE_DESCRIPTION] = picture.caption
    exif[_MAKE], exif[_MODEL], exif[_DATE_TIME] = shot.maker, shot.model, shot.taken
    exif[_ORIENTATION] = _TURN_RIGHT if shot.turned else 1
    exif[_EXIF_IFD] = {_DATE_TIME_ORIGINAL: shot.taken}
    if shot.place is not None:
        latitude, longitude = shot.place
        exif[_GPS_IFD] = {
            _LATITUDE_REF: "N" if latitude >= 0 else "S",
            _LATITUDE: in_sixtieths(abs(latitude)),
            _LONGITUDE_REF: "E" if longitude >= 0 else "W",
            _LONGITUDE: in_sixtieths(abs(longitude)),
        }
    return exif


def in_sixtieths(degrees: float) -> tuple[float, float, float]:
    """Return an angle as degrees, minutes and seconds."""
    minutes = degrees % 1 * 60
    return float(int(degrees)), float(int(minutes)), round(minutes % 1 * 60, 2)


def make(picture: Picture) -> None:
    """Draw one picture and save it, in the format its name asks for."""
    path = SAMPLES / picture.path
    path.parent.mkdir(parents=True, exist_ok=True)
    image = picture.draw().finished()
    xmp = _XMP.format(caption=picture.caption).encode() if picture.caption else b""
    match path.suffix:
        case ".jpg":
            if picture.shot and picture.shot.turned:
                image = image.transpose(Image.Transpose.ROTATE_90)
            image.save(path, quality=86, exif=exif_of(picture), xmp=b"" if picture.shot else xmp)
        case ".webp":
            image.save(path, quality=84, method=6, xmp=xmp)
        case ".png":
            texts = PngImagePlugin.PngInfo()
            if picture.caption:
                texts.add_itxt("Description", picture.caption)
            image.save(path, optimize=True, pnginfo=texts)


def make_moving(path: Path, frames: list[Canvas]) -> None:
    """Save frames as a GIF that repeats."""
    images = [frame.finished().quantize(128, Image.Quantize.MEDIANCUT) for frame in frames]
    images[0].save(path, save_all=True, append_images=images[1:], duration=110, loop=0, optimize=True)


def main() -> None:
    """Make all files."""
    for picture in PICTURES:
        make(picture)
    make_moving(SAMPLES / "Pictures/Camping/Campfire.gif", journeys.camp_fire())
    folder = SAMPLES / "Documents"
    folder.mkdir(exist_ok=True)
    (folder / "Garden birds.pdf").write_bytes(papers.guide())
    (folder / "Lease in brief.pdf").write_bytes(papers.lease())


if __name__ == "__main__":
    main()
