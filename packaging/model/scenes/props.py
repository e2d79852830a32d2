"""What settings are built of: rooms, tables, windows, shelves, bunting, viaducts, trains in a row, tanks, rain."""

from scenes.brush import Brush
from scenes.chance import maybe, pick
from scenes.colours import BLACK, PALETTE, RGB, WHITE, Colour, colour, jittered, mix, shade
from scenes.stage import Stage
from scenes.things.vehicles import METAL, PANE, TYRE

WOODS: tuple[RGB, ...] = ((166, 116, 70), (120, 78, 46), (206, 166, 116), (84, 58, 40), (226, 200, 160))
STONES: tuple[RGB, ...] = ((160, 150, 140), (190, 170, 140), (130, 130, 136), (176, 120, 96))


def room(s: Stage, floor: float | None = None) -> RGB:
    """Draw a wall, sometimes papered, and a floor below a height where one is given; return the wall's colour."""
    wall = jittered(s.rng, mix(pick(s.rng, PALETTE).rgb, (240, 232, 216), s.between(0.25, 0.9)))
    b = s.wall
    b.rect(wall, -1, -1, 101, 101)
    paper = s.between(0, 1)
    pale = shade(wall, pick(s.rng, (0.93, 1.12)))
    if paper < 0.2:
        step = s.between(6, 14)
        for i in range(int(100 / step) + 1):
            b.rect(pale, i * step, -1, i * step + step * 0.5, 101)
    elif paper < 0.35:
        for x in range(4, 100, 11):
            for y in range(4 + x % 2 * 5, 80, 11):
                b.oval(pale, x, y, 1.4)
    if floor is not None:
        tone = jittered(s.rng, pick(s.rng, (*WOODS, (150, 150, 156), (200, 196, 190))))
        b.rect(tone, -1, floor, 101, 101)
        b.rect(shade(wall, 1.5), -1, floor - 2, 101, floor)
        if maybe(s.rng, 0.5):
            for x in range(-60, 170, 16):
                b.line(shade(tone, 0.86), 0.5, 50 + (x - 50) * 0.6, floor, 50 + (x - 50) * 1.6, 101)
    return wall


def fade(b: Brush, top: RGB, low: RGB) -> None:
    """Fill a frame with a run from one colour to another downwards."""
    soft = b if b.style.paper else b.plain()
    for i in range(1 if b.style.paper else 12):
        soft.rect(mix(top, low, i / 11), 0, i * 8.34, 100, 100)


def table(s: Stage, top: float) -> float:
    """Draw a table or counter across the picture from a height downwards; return where things stand on it."""
    b, kind = s.wall, s.between(0, 1)
    tone = jittered(s.rng, pick(s.rng, (*WOODS, (236, 234, 230), (90, 94, 100))))
    if kind < 0.35:
        edge = top + s.between(14, 22)
        b.poly(tone, s.between(-30, 6), top, s.between(94, 130), top, 125, edge, -25, edge)
        b.rect(shade(tone, 0.75), -1, edge, 101, edge + 5)
        b.rect(shade(tone, 0.5), -1, edge + 5, 101, 101)
        return (top + edge) / 2 + 2
    if kind < 0.65:
        cloth = colour(s.rng).rgb if maybe(s.rng, 0.5) else jittered(s.rng, (244, 240, 234))
        b.rect(cloth, -1, top, 101, 101)
        if maybe(s.rng, 0.5):
            for x in range(-20, 120, 10):
                b.line(mix(cloth, WHITE, 0.4), 1.6, 50 + (x - 50) * 0.8, top, 50 + (x - 50) * 1.3, 101)
        else:
            b.rect(shade(cloth, 0.86), -1, top + 22, 101, 101)
        return top + s.between(8, 16)
    b.rect(tone, -1, top, 101, top + 9)
    b.rect(shade(tone, 0.7), -1, top + 9, 101, 101)
    return top + s.between(2, 7)


def board(b: Brush, tone: RGB, y: float, left: float, right: float) -> None:
    """Draw a shelf board with its underside."""
    b.rect(tone, left, y, right, y + 3)
    b.rect(shade(tone, 0.65), left, y + 3, right, y + 5)


def pictures(s: Stage, lowest: float) -> None:
    """Hang up to three framed pictures on the wall."""
    for x in s.spread(int(s.rng.integers(0, 4)), 8, 92):
        w, h, y = s.between(6, 12), s.between(6, 12), s.between(12, max(lowest - 12, 14))
        b = s.wall.frame(x, y, w * 2, h * 2)
        b.rect(pick(s.rng, (*WOODS, BLACK, WHITE)), 0, 0, 100, 100)
        b.rect(mix(colour(s.rng).rgb, WHITE, 0.4), 12, 12, 88, 88)
        b.poly(colour(s.rng).rgb, 12, 88, 40, 40, 60, 70, 72, 55, 88, 88)


def window(s: Stage, x: float, y: float, width: float, height: float) -> str:
    """Draw a window with a view and curtains; return what is seen outside, as captions say it."""
    outside = "at night" if s.light.night else pick(s.rng, ("", "", "on a rainy day", "in winter"))
    b = s.wall.frame(x, y, width, height)
    top, low = s.light.sky if outside != "on a rainy day" else ((130, 142, 156), (186, 194, 202))
    fade(b, top, low)
    land = (236, 242, 248) if outside == "in winter" else pick(s.rng, ((90, 150, 80), (120, 160, 100), (70, 110, 90)))
    b.blob(s.back.tone(land), -4, 100, 0, 74, s.between(20, 40), s.between(60, 76), 70, s.between(62, 80), 104, 70)
    view = pick(s.rng, ("tree", "house", "skyscraper", "fir tree", ""))
    if view:
        s.put(view, x + width * s.between(-0.25, 0.25), y + height * 0.45, height * s.between(0.3, 0.5), behind=True)
    if s.light.night:
        b.oval((246, 240, 210), s.between(20, 80), s.between(14, 36), s.between(5, 10))
        for _ in range(12):
            b.oval(WHITE, s.between(2, 98), s.between(2, 60), 1)
    if outside == "on a rainy day":
        for _ in range(40):
            rx, ry = s.between(0, 96), s.between(0, 88)
            b.line((226, 234, 242), 0.8, rx, ry, rx - 2, ry + 9)
    frame = pick(s.rng, (WHITE, WHITE, *WOODS))
    thick = s.between(2.5, 5)
    b.line(frame, thick, 0, 0, 100, 0, 100, 100, 0, 100, 0, 0)
    b.line(frame, thick, 50, 0, 50, 100)
    if maybe(s.rng, 0.6):
        bar = pick(s.rng, (34, 50))
        b.line(frame, thick * 0.7, 0, bar, 100, bar)
    _curtains(b, s)
    return outside


def _curtains(b: Brush, s: Stage) -> None:
    tone, kind = mix(colour(s.rng).rgb, WHITE, s.between(0, 0.6)), s.between(0, 1)
    if kind < 0.2:
        return
    for side in (1, -1):
        half = b.frame(50, 50, 100 * side, 100)
        if kind < 0.6:
            half.blob(tone, -12, -6, 40, -8, 24, 30, 4, 58, 10, 104, -12, 104)
        else:
            half.rect(tone, -14, -6, s.between(12, 24), 108)
            for fold in (-8, -1, 6):
                half.line(shade(tone, 0.84), 1.6, fold, -6, fold, 108)
    b.line(shade(tone, 0.5), 3, -18, -7, 118, -7)


def bunting(s: Stage, y: float) -> None:
    """Hang a garland of little flags, lanterns or paper chains across the picture."""
    kind, sag = pick(s.rng, ("flags", "flags", "lamps", "balls")), s.between(4, 12)
    points = [(x, y + sag * (1 - ((x - 50) / 55) ** 2)) for x in range(-4, 110, 8)]
    s.wall.curve(shade(WHITE, 0.55), 0.8, *(v for p in points for v in p))
    for x, top in points:
        tone = colour(s.rng).rgb
        if kind == "flags":
            s.wall.poly(tone, x - 3.2, top, x + 3.2, top, x, top + 7.5)
        elif kind == "lamps":
            s.wall.oval((255, 230, 130), x, top + 2, 1.8, 2.4)
        else:
            s.wall.oval(tone, x, top + 2.6, 3)


def viaduct(b: Brush, s: Stage, y: float, foot: float) -> str:
    """Draw a bridge of stone arches, steel trusses or slim pillars across; return its name."""
    kind = pick(s.rng, ("arches", "arches", "truss", "pillars"))
    if kind == "arches":
        stone, count = s.back.tone(pick(s.rng, STONES)), int(s.rng.integers(3, 7))
        width, pier = 112 / count, s.between(0.14, 0.3)
        for i in range(count + 1):
            x = -6 + i * width
            b.rect(stone, x - width * pier / 2, y + 4, x + width * pier / 2, foot)
            if i < count:
                _arch(b, stone, (x, x + width), y, pier)
        b.rect(shade(stone, 0.8), -2, y, 102, y + 2.4)
        return pick(s.rng, ("viaduct", "stone bridge"))
    steel = s.back.tone(pick(s.rng, ((120, 60, 50), (70, 90, 110), (90, 96, 100), (60, 100, 80))))
    for x in s.spread(int(s.rng.integers(2, 5)), 0, 100):
        b.poly(shade(steel, 0.85), x - 2, y, x + 2, y, x + 3.5, foot, x - 3.5, foot)
    if kind == "truss":
        deep = s.between(6, 11)
        for i in range(-1, 11):
            b.line(steel, 1.2, i * 10, y + deep, i * 10 + 5, y, i * 10 + 10, y + deep)
        b.line(steel, 1.6, -2, y + deep, 102, y + deep)
    b.rect(steel, -2, y, 102, y + 3)
    return pick(s.rng, ("railway bridge", "bridge"))


def _arch(b: Brush, stone: RGB, span: tuple[float, float], y: float, pier: float) -> None:
    left, right = span
    inset = (right - left) * pier / 2
    mid, rx = (left + right) / 2, (right - left) / 2 - inset
    rise = min(rx, 14.0)
    curve: list[float] = []
    for i in range(9):
        t = i / 4 - 1
        curve += [mid + t * rx, y + 5 + rise * (1 - (1 - t * t) ** 0.5)]
    b.poly(stone, left, y, left, y + 5 + rise, *curve, right, y + 5 + rise, right, y)


def train_in_a_row(s: Stage, front: float, rail: float, height: float, tone: Colour) -> str:
    """Draw an engine whose nose is at a place, with its carriages to the left; return what it is called."""
    b = s.brush
    kind = pick(s.rng, ("modern", "modern", "steam", "old"))
    long = height * s.between(1.9, 2.6)
    x = front
    if kind == "steam":
        s.put("train", front - height * 0.8, rail + height * 0.02, height * 1.6, which=(1,), tone=tone)
        x -= height * 1.55
    else:
        _engine(b.frame(front - long / 2, rail - height / 2, long, height), tone.rgb, modern=kind == "modern")
        x -= long * 1.02
    second = tone.rgb if maybe(s.rng, 0.75) else colour(s.rng).rgb
    for _ in range(int(s.rng.integers(1, 6))):
        _carriage(b.frame(x - long / 2, rail - height / 2, long, height), second)
        x -= long * 1.04
    return "steam train" if kind == "steam" else "train"


def _engine(b: Brush, tone: RGB, *, modern: bool) -> None:
    for x in (12, 26, 68, 82):
        b.oval(TYRE, x, 92, 5, 10)
    if modern:
        b.blob(tone, 0, 14, 64, 12, 84, 34, 100, 76, 96, 90, 0, 90, -4, 50)
        b.poly(PANE, 70, 24, 80, 32, 90, 56, 72, 54)
    else:
        b.rect(tone, 0, 14, 98, 90, 4)
        b.rect(PANE, 80, 26, 96, 54)
    for x in range(6, 62, 14):
        b.rect(PANE, x, 28, x + 10, 54)
    b.rect(shade(tone, 1.5), 0, 64, 92, 72)


def _carriage(b: Brush, tone: RGB) -> None:
    b.rect(METAL, -4, 78, 104, 84)
    for x in (14, 28, 72, 86):
        b.oval(TYRE, x, 92, 5, 10)
    b.rect(tone, 0, 16, 100, 88, 4)
    b.rect(shade(tone, 0.7), 0, 12, 100, 20, 3)
    for x in range(6, 90, 15):
        b.rect(PANE, x, 30, x + 10, 54)
    b.rect(shade(tone, 1.5), 0, 64, 100, 71)


def rain(s: Stage) -> None:
    """Draw rain streaks over everything."""
    slant = s.between(-3, 3)
    tone = mix(s.light.sky[1], WHITE, s.between(0.2, 0.7))
    for _ in range(int(s.rng.integers(40, 130))):
        x, y, long = s.between(0, 100), s.between(-5, 100), s.between(3, 8)
        s.brush.line(tone, 0.4, x, y, x + slant, y + long)


def puddles(s: Stage, top: float) -> None:
    """Draw puddles that mirror the sky and ring where drops fall."""
    for _ in range(int(s.rng.integers(2, 6))):
        x, y, wide = s.between(5, 95), s.between(top, 98), s.between(8, 20)
        tone = mix(s.light.sky[1], (150, 180, 210), 0.5)
        s.wall.oval(tone, x, y, wide, wide * 0.17)
        s.wall.arc(mix(tone, WHITE, 0.6), 0.5, x, y, wide * 0.4, wide * 0.07, (0, 360))


def snow(s: Stage) -> None:
    """Draw falling flakes over everything."""
    for _ in range(int(s.rng.integers(30, 110))):
        s.brush.oval(WHITE, s.between(0, 100), s.between(0, 100), s.between(0.4, 1.2))


def fireworks(s: Stage, low: float) -> None:
    """Draw bursts of sparks in the sky."""
    for x in s.spread(int(s.rng.integers(2, 6)), 6, 94):
        y, radius, tone = s.between(10, low), s.between(8, 20), mix(colour(s.rng).rgb, WHITE, 0.25)
        rays, dots = int(s.rng.integers(9, 18)), maybe(s.rng, 0.5)
        for i in range(rays):
            ray = s.wall.frame(x, y, radius * 2, radius * 2, turn=360 * i / rays)
            if dots:
                for far in (20, 34, 48):
                    ray.oval(tone, 50 + far, 50, 4)
            else:
                ray.line(tone, 4, 60, 50, 98, 50)
        s.glow(x, y, radius * 1.3, tone, 0.5)


def bubbles(b: Brush, s: Stage, count: int) -> None:
    """Draw rising bubbles in a frame full of water."""
    for _ in range(count):
        x, y, r = s.between(8, 92), s.between(8, 84), s.between(0.8, 2.4)
        b.oval((206, 236, 250), x, y, r)
        b.oval((120, 184, 220), x + r * 0.2, y + r * 0.2, r * 0.6)


def water_plants(b: Brush, s: Stage, count: int, foot: float) -> None:
    """Draw weeds and corals that grow from the ground of a tank or sea."""
    for x in s.spread(count, 2, 98):
        tall, tone = s.between(14, 44), jittered(s.rng, pick(s.rng, ((50, 140, 80), (90, 160, 60), (200, 80, 90))), 1.4)
        for lean in (-5.0, 0.0, 5.0)[: int(s.rng.integers(1, 4))]:
            high = tall * s.between(0.6, 1)
            bends = ((0.4, lean - 2), (0.7, lean + 3), (1.0, lean * 1.6))
            b.curve(tone, 2.4, x, foot, *(v for part, off in bends for v in (x + off, foot - high * part)))


def pebbles(b: Brush, s: Stage, top: float) -> None:
    """Draw gravel of two tones on the ground of a tank or sea."""
    sand = jittered(s.rng, pick(s.rng, ((222, 196, 140), (190, 170, 150), (150, 140, 130), (230, 210, 190))))
    b.blob(sand, -20, 120, -20, top, 20, top - s.between(0, 4), 60, top + s.between(-3, 3), 120, top, 120, 120)
    for _ in range(int(s.rng.integers(4, 16))):
        b.oval(shade(sand, s.between(0.65, 1.2)), s.between(2, 98), s.between(top + 2, 98), s.between(1.5, 4), 1.6)
