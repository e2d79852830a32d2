"""Paper documents: flat scans, or lying on a desk a little askew."""

from PIL import Image

from scenes.backgrounds import desk
from scenes.brush import SCALE, Brush, Paints
from scenes.chance import Rng, maybe, pick
from scenes.colours import RGB, WHITE, colour, jittered, shade
from scenes.finish import black_and_white, compressed, pasted, photo
from scenes.papers import PAPERS, Paper
from scenes.scene import Scene
from scenes.words import chosen


def _layer(rng: Rng, size_px: int, paper: Paper, *, scan: bool) -> Image.Image:
    height = size_px * SCALE * min(1.0, 1 / paper.aspect)
    width = height * paper.aspect
    ground = jittered(rng, shade(paper.ground, float(rng.uniform(0.93, 1))), 0.3)
    sheet = Image.new("RGBA", (int(width), int(height)), (*ground, 255))
    paper.draw(Brush(sheet, rng, paints=Paints(_strong(colour(rng).rgb), colour(rng).rgb)))
    side = size_px * SCALE
    layer = Image.new("RGBA", (side, side), (*shade(paper.ground, 0.9), 0))
    if scan:
        sheet = sheet.resize((side, int(side / paper.aspect)) if paper.aspect < 1 and maybe(rng, 0.5) else sheet.size)
        layer.paste(sheet, ((side - sheet.width) // 2, (side - sheet.height) // 2 if sheet.height < side else 0))
        return layer.reduce(SCALE)
    zoom = float(rng.uniform(0.7, 0.98))
    sheet = sheet.resize((int(width * zoom), int(height * zoom)))
    layer.paste(sheet, ((side - sheet.width) // 2, (side - sheet.height) // 2))
    turned = layer.rotate(float(rng.normal(0, 9)), Image.Resampling.BILINEAR)
    k = rng.uniform(-0.0006, 0.0006, 2).tolist()
    tilt = (1 + k[0] * 100, k[0] * 60, 0, k[1] * 60, 1 + k[1] * 100, 0, k[0] / 2, k[1] / 2)
    return turned.transform((side, side), Image.Transform.PERSPECTIVE, tilt, Image.Resampling.BILINEAR).reduce(SCALE)


def _strong(rgb: RGB) -> RGB:
    return rgb if sum(rgb) < 560 else shade(rgb, 0.55)


def document(rng: Rng, size_px: int) -> Scene:
    """Draw a document as a scan or as a photo of a paper on a desk."""
    paper = pick(rng, PAPERS)
    scan = maybe(rng, 0.45)
    layer = _layer(rng, size_px, paper, scan=scan)
    ground = (
        Image.new("RGB", (size_px, size_px), pick(rng, (WHITE, WHITE, (120, 122, 126), (226, 228, 230))))
        if scan
        else desk(rng, size_px)
    )
    picture = pasted(rng, ground, layer, 0.0 if scan else float(rng.uniform(0.2, 0.6)))
    if not scan and maybe(rng, 0.75):
        picture = photo(rng, picture)
    elif maybe(rng, 0.25):
        picture = pick(rng, (compressed, black_and_white))(rng, picture)
    name, other = paper.names[0], pick(rng, paper.names)
    bare = name == "sheet music"
    one = name if bare else f"{'an' if name[0] in 'aeiI' else 'a'} {name}"
    way = (
        pick(rng, ("a scan of", "a scanned page:", "a document:"))
        if scan
        else pick(rng, ("a photo of", "a picture of"))
    )
    captions = [
        one,
        other,
        pick(rng, paper.names),
        f"{way} {one}",
        f"{one} {'on a table' if not scan else 'on white'}",
        f"paper document: {other}",
    ]
    return Scene(picture, chosen(rng, captions), "document")
