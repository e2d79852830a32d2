"""Moments in rooms: kitchens, desks, shelves, window sills, bowls and tanks with fish."""

from scenes.chance import maybe, pick, some
from scenes.colours import BLACK, RGB, WHITE, colour, jittered, mix, shade
from scenes.props import (
    WOODS,
    board,
    bubbles,
    pictures,
    room,
    table,
    water_plants,
    window,
)
from scenes.stage import Moment, Stage, Told
from scenes.words import article

_TOYS = ("teddy bear", "ball", "toy blocks", "train", "car", "rocket", "dice", "football", "airplane", "rabbit", "duck")


def kitchen(s: Stage) -> Told:
    """Pots and food on a kitchen counter."""
    wall = room(s)
    if maybe(s.rng, 0.5):
        for x in range(0, 101, 9):
            s.wall.line(shade(wall, 0.9), 0.4, x, 0, x, 70)
            s.wall.line(shade(wall, 0.9), 0.4, 0, x * 0.7, 100, x * 0.7)
    if maybe(s.rng, 0.5):
        window(s, s.between(25, 75), 28, s.between(26, 40), s.between(30, 40))
    else:
        tone = jittered(s.rng, pick(s.rng, WOODS))
        for x in (0, 26, 52, 78):
            s.wall.rect(tone, x, -1, x + 24, s.between(22, 23))
            s.wall.oval(BLACK, x + 20, 16, 1)
    foot = table(s, s.between(60, 70))
    main = pick(s.rng, ("cooking pot", "cooking pot", "loaf of bread", "cup", "egg", "cake"))
    extras = some(s.rng, ("bottle", "tomato", "carrot", "lemon", "cheese", "mushroom", "flower pot", "cup"), 3)
    s.row(extras, 2, 98, foot + s.between(0, 6), (16, 26))
    s.put(main, s.between(30, 70), foot + 4, s.between(28, 40))
    return Told(
        (main,),
        (f"{main} in the kitchen", f"{main} on a kitchen counter", f"{main} with {extras[0]} and {extras[1]}"),
        ("kitchen", "cooking", "food in the kitchen"),
    )


def desk(s: Stage) -> Told:
    """A desk to work at."""
    room(s)
    if maybe(s.rng, 0.5):
        window(s, s.between(25, 75), 26, s.between(30, 46), 38)
    else:
        pictures(s, 40)
    foot = table(s, s.between(62, 74))
    s.put("laptop", s.between(40, 60), foot + 4, s.between(38, 52))
    extras = some(
        s.rng, ("cup", "lamp", "stack of books", "flower pot", "phone", "book", "pencil", "clock", "glasses"), 3
    )
    s.put(extras[0], s.between(8, 20), foot + 2, s.between(22, 36))
    s.put(extras[1], s.between(80, 92), foot + 2, s.between(22, 36))
    if maybe(s.rng, 0.5):
        s.put(extras[2], s.between(20, 80), 99, s.between(12, 18))
    if "lamp" in extras[:2]:
        s.glow(14 if extras[0] == "lamp" else 86, foot - 16, 26, strength=0.6)
    return Told(
        ("laptop", "computer"),
        (
            f"a laptop and {article(extras[0])} on a desk",
            "a computer on a desk",
            f"a desk with a laptop, {extras[0]} and {extras[1]}",
        ),
        ("home office", "workplace", "office desk", "working from home"),
    )


def toy_shelf(s: Stage) -> Told:
    """Toys or books on a shelf, one of them in front."""
    room(s)
    rows = int(s.rng.integers(1, 4))
    tone = jittered(s.rng, pick(s.rng, (*WOODS, WHITE)))
    main = pick(s.rng, ("robot", "robot", "robot", "teddy bear", "toy blocks", "rocket", "globe", "camera", "trophy"))
    painted, paint = main in ("robot", "rocket"), colour(s.rng)
    special_row, high = int(s.rng.integers(0, rows)), 96 / rows
    if maybe(s.rng, 0.5):
        s.wall.rect(shade(tone, 0.8), 2, 0, 98, 100)
    for row in range(rows):
        y = (row + 1) * high - 4
        board(s.wall, tone, y, 0 if rows > 1 else s.between(0, 10), 100)
        places = s.spread(3 if rows < 3 else 4, 2, 98)
        special = int(s.rng.integers(0, len(places))) if row == special_row else -1
        for i, x in enumerate(places):
            if i == special:
                s.put(main, min(max(x, 24), 76), y + 1, min(high * 0.88, 66), tone=paint if painted else None)
            elif maybe(s.rng, 0.45):
                _books(s, x, y, min(high * 0.6, 26))
            else:
                other = pick(s.rng, (*_TOYS, "flower pot", "clock", "candle"))
                s.put(other, x, y + 0.5, min(high * s.between(0.5, 0.75), 34), behind=True)
    name = f"toy {main}" if painted else main
    coloured = f"{paint.name} {name}" if painted else name
    return Told(
        (main, name),
        (f"{coloured} on a shelf", f"{name} on a shelf", f"{name} between books and toys", f"a shelf with {name}"),
        ("toys", "a toy shelf", "children's room", "shelf"),
    )


def _books(s: Stage, x: float, foot: float, high: float) -> None:
    for i in range(int(s.rng.integers(3, 7))):
        width = s.between(2, 3.4)
        s.wall.rect(colour(s.rng).rgb, x - 9 + i * 3.4, foot - high * s.between(0.7, 1), x - 9 + i * 3.4 + width, foot)


def living_room(s: Stage) -> Told:
    """A room with a seat, a lamp and pictures."""
    floor = s.between(66, 80)
    room(s, floor)
    view = window(s, s.between(20, 36), 32, 30, 38) if maybe(s.rng, 0.5) else ""
    if not view:
        pictures(s, 36)
    rug = mix(colour(s.rng).rgb, WHITE, 0.3)
    s.wall.oval(rug, 50, floor + 13, s.between(30, 46), 8)
    x, paint = s.between(36, 60), colour(s.rng)
    beside = 12.0 if x > 48 else 88.0
    s.put("lamp", beside, floor + 5, s.between(40, 56), which=(0,), behind=True, wide=0.6)
    s.glow(beside, floor - 34, 30, strength=0.4)
    s.put("armchair", x, floor + 14, s.between(42, 56), tone=paint)
    extra = pick(s.rng, ("cat", "dog", "table", "flower pot", "television", "stack of books", "teddy bear"))
    s.put(extra, s.between(72, 92), floor + s.between(12, 20), s.between(20, 34))
    return Told(
        ("armchair", "sofa", "living room"),
        (
            f"{paint.name} sofa and a lamp in a living room",
            f"an armchair and a {extra}",
            f"a living room with a {extra}",
        ),
        ("living room", "a cosy room at home", "furniture", "interior"),
    )


def bedroom(s: Stage) -> Told:
    """A bed under a window."""
    floor = s.between(66, 78)
    room(s, floor)
    view = window(s, s.between(22, 76), 28, s.between(24, 36), s.between(30, 40))
    s.put("bed", s.between(40, 56), floor + s.between(12, 20), s.between(58, 72), wide=s.between(1, 1.3))
    side = pick(s.rng, (8, 92))
    s.put("lamp", side, floor + 4, s.between(22, 32), which=(0,))
    s.glow(side, floor - 14, 26, strength=0.7)
    if maybe(s.rng, 0.6):
        s.put(pick(s.rng, ("teddy bear", "cat", "dog", "shoes")), s.between(70, 90), 97, s.between(18, 28))
    return Told(
        ("bed", "bedroom"),
        (f"a bedroom {view}".strip(), "a bed and a lamp", "a bed under a window"),
        ("bedroom", "sleep", "going to bed", "a room with a bed"),
    )


def window_sill(s: Stage) -> Told:
    """An animal or a plant at a window."""
    room(s)
    middle, width = s.between(42, 58), s.between(60, 96)
    view = window(s, middle, 38, width, s.between(62, 78))
    sill = s.between(72, 84)
    s.wall.rect(mix(WHITE, pick(s.rng, WOODS), s.between(0, 1)), -1, sill, 101, sill + s.between(6, 10))
    main = pick(s.rng, ("cat", "cat", "cat", "dog", "owl", "bird", "flower pot", "flower pot", "rabbit", "candle"))
    x, size = s.between(28, 72), s.between(36, 62)
    alive = main not in ("flower pot", "candle")
    item = s.put(main, x, sill + s.between(2, 5), size, flip=maybe(s.rng, 0.4))
    if main == "candle":
        s.candlelight(x, sill, size)
    for place in (s.between(4, 16), s.between(84, 96)):
        if maybe(s.rng, 0.45):
            s.put(pick(s.rng, ("flower pot", "cup", "candle", "book", "globe")), place, sill + 4, s.between(18, 28))
    name = f"{item.colour.name} {main}" if item.thing.coloured else main
    return Told(
        (main,),
        (
            f"{main} at a window",
            f"{name} {'sitting ' if alive else ''}at the window {view}".strip(),
            f"{main} on a window sill",
            f"{main} by the window",
        ),
        ("window", f"looking out of the window {view}".strip(), "at home"),
    )


_WATERS: tuple[RGB, ...] = ((150, 206, 232), (110, 180, 220), (90, 160, 190), (180, 224, 236), (50, 120, 170))


def fish_bowl(s: Stage) -> Told:
    """Fish in a round bowl on a table."""
    room(s)
    if maybe(s.rng, 0.3):
        window(s, s.between(20, 80), 30, 44, 46)
    top = s.between(62, 82)
    foot = table(s, top)
    size, x = s.between(56, 84), s.between(40, 60)
    b = s.brush.frame(x, min(foot + 6, 97) - size / 2, size, size)
    water = jittered(s.rng, pick(s.rng, _WATERS))
    b.oval(mix(water, WHITE, 0.65), 50, 52, 48, 46)
    b.chord(water, 50, 52, 46, 44, -28, 208)
    b.chord(jittered(s.rng, (200, 170, 130)), 50, 52, 43, 43, 35, 145)
    water_plants(b.frame(50, 52, 56, 100), s, int(s.rng.integers(0, 4)), 82)
    bubbles(b.frame(50, 50, 60, 70), s, int(s.rng.integers(2, 9)))
    fish, paint, count = _fish_in(s, (x, min(foot + 6, 97) - size * 0.48), size)
    b.oval(mix(water, WHITE, 0.75), 50, 10, 27, 5)
    b.arc(mix(water, WHITE, 0.8), 3, 50, 52, 38, 36, (195, 235))
    b.arc(shade(water, 0.7), 1.2, 50, 52, 48, 46, (-58, 238))
    return _fish_told(fish, paint, count, "bowl")


def _fish_in(s: Stage, middle: tuple[float, float], size: float) -> tuple[str, str, int]:
    fish = pick(s.rng, ("goldfish", "goldfish", "goldfish", "fish"))
    count = pick(s.rng, (1, 1, 1, 2, 3))
    big, paint = size * (s.between(0.36, 0.52) if count == 1 else s.between(0.24, 0.32)), ""
    for i in range(count):
        x = middle[0] + (i - (count - 1) / 2) * size * 0.24
        y = middle[1] + size * (s.between(-0.02, 0.12) + (0.12 if i % 2 else 0))
        paint = s.put(fish, x, y + big / 2, big, flip=maybe(s.rng, 0.5), turn=s.between(-12, 12)).colour.name
    return fish, paint, count


def _fish_told(fish: str, paint: str, count: int, vessel: str) -> Told:
    said = f"{paint} fish" if count == 1 else "fish"
    return Told(
        (fish, "fish"),
        (
            f"a {fish} in a {vessel}" if count == 1 else f"{fish} in a {vessel}",
            f"{said} in a glass {vessel}",
            f"{said} swimming in an aquarium" if vessel == "tank" else f"{fish} in a round glass of water",
        ),
        ("fish tank", "aquarium", "pet fish") if vessel == "tank" else ("goldfish bowl", "fish bowl", "pet fish"),
    )


def fish_tank(s: Stage) -> Told:
    """Fish in an aquarium with plants and stones."""
    room(s)
    close = maybe(s.rng, 0.5)
    top = s.between(70, 84)
    table(s, top)
    width, high = (s.between(92, 110), 96) if close else (s.between(70, 90), s.between(48, 62))
    b = s.brush.frame(50, 50 if close else top - high / 2 + 2, width, high)
    water = jittered(s.rng, pick(s.rng, _WATERS))
    b.rect(mix(water, WHITE, 0.7), 0, 0, 100, 100)
    b.rect(water, 1, 10, 99, 99)
    inner = b.frame(50, 50, 97, 97)
    inner.rect(jittered(s.rng, (206, 180, 140)), 0, 84, 100, 100)
    for _ in range(8):
        inner.oval(jittered(s.rng, (140, 130, 124), 1.5), s.between(6, 94), s.between(84, 95), s.between(3, 7), 4)
    water_plants(inner, s, int(s.rng.integers(2, 7)), 88)
    bubbles(inner, s, int(s.rng.integers(3, 14)))
    fish, paint, count = _fish_in(s, (50, 46 if close else top - high * 0.55), high)
    edge = pick(s.rng, (BLACK, (120, 130, 140), (90, 60, 40)))
    b.line(edge, 2.4, 0, 0, 100, 0, 100, 100, 0, 100, 0, 0)
    b.line(mix(water, WHITE, 0.7), 1.4, 8, 40, 18, 16)
    if not close and maybe(s.rng, 0.5):
        s.put(pick(s.rng, ("cat", "lamp", "flower pot", "child")), pick(s.rng, (8, 92)), top + 8, s.between(26, 40))
    return _fish_told(fish, paint, count, "tank")


INDOORS: tuple[tuple[Moment, float], ...] = (
    (kitchen, 1),
    (desk, 1.2),
    (toy_shelf, 2.4),
    (living_room, 1.2),
    (bedroom, 1),
    (window_sill, 2.2),
    (fish_bowl, 1.7),
    (fish_tank, 1.5),
)
"""The moments indoors with their weights."""
