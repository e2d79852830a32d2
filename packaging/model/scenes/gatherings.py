"""Moments of feasts, meals and work indoors: birthdays, Christmas, concerts, laboratories."""

from scenes.chance import maybe, pick, some
from scenes.colours import BLACK, WHITE, colour, jittered, mix, named, shade
from scenes.props import (
    bunting,
    pictures,
    room,
    table,
    window,
)
from scenes.stage import Moment, Stage, Told

_TREATS = ("ice cream", "piece of cake", "glass of water", "cup", "plate of food", "strawberry", "slice of pizza")
_FRUIT = ("apple", "pear", "orange", "lemon", "banana", "grapes", "cherries", "strawberry")


def birthday(s: Stage) -> Told:
    """A cake with lit candles on a party table."""
    room(s)
    top = s.between(58, 72)
    if maybe(s.rng, 0.7):
        bunting(s, s.between(3, 12))
    balloons = int(s.rng.integers(0, 7))
    for x in s.spread(balloons, 0, 100):
        s.put("balloon", x, s.between(36, 60), s.between(18, 32), behind=True)
    for x in some(s.rng, (16, 38, 62, 84), int(s.rng.integers(0, 4))):
        s.put(pick(s.rng, ("child", "person", "child")), x, top + 12, s.between(36, 50), behind=True)
    foot = table(s, top)
    size, x = s.between(34, 58), s.between(32, 68)
    for side in (s.between(4, 18), s.between(82, 96)):
        s.put(pick(s.rng, ("gift", "gift", *_TREATS)), side, foot + s.between(0, 8), s.between(14, 26))
    s.put("cake", x, foot + s.between(2, 8), size, which=(0, 0, 2, 2, 3))
    s.candlelight(x, foot, size)
    if maybe(s.rng, 0.4):
        s.row(some(s.rng, (*_TREATS, "candle", "gift"), 2), 10, 90, 98, (12, 20))
    return Told(
        ("cake", "birthday cake", "cake with candles"),
        (
            "a birthday cake with candles",
            "a cake on a table",
            "a birthday cake with burning candles on a party table",
            "a cake with balloons" if balloons else "a cake with candles on a table",
        ),
        ("birthday party", "a birthday", "happy birthday", "party", "celebration"),
    )


def dinner(s: Stage) -> Told:
    """A laid table with a meal."""
    room(s)
    if maybe(s.rng, 0.4):
        window(s, s.between(25, 75), 24, s.between(30, 46), 36)
    else:
        pictures(s, 34)
    top = s.between(44, 60)
    if maybe(s.rng, 0.4):
        for x in some(s.rng, (18, 42, 60, 84), int(s.rng.integers(1, 4))):
            s.put("person", x, top + 22, 50, behind=True)
    foot = table(s, top)
    main = pick(s.rng, ("plate of food", "pizza", "hamburger", "sushi", "loaf of bread", "cheese"))
    s.row(
        some(s.rng, ("bottle of wine", "candle", "glass of water", "wine glass", "flower pot"), 3),
        6,
        94,
        foot,
        (20, 32),
    )
    s.glow(50, foot - 22, 30, strength=0.25)
    s.put(main, s.between(36, 64), foot + s.between(18, 24), s.between(28, 42), wide=s.between(1, 1.3))
    return Told(
        (main, "food", "meal"),
        (f"{main} on a table", f"{main} and drinks", "a laid dinner table", "food and drinks on a table"),
        ("dinner", "lunch at home", "restaurant", "eating together"),
    )


def still_life(s: Stage) -> Told:
    """Fruit on a table."""
    room(s)
    foot = table(s, s.between(52, 70))
    if maybe(s.rng, 0.6):
        s.put(
            pick(s.rng, ("bottle of wine", "flower pot", "candle", "bottle")),
            pick(s.rng, (16, 84)),
            foot,
            s.between(40, 56),
        )
    bowl = maybe(s.rng, 0.6)
    if bowl:
        s.put("fruit bowl", s.between(36, 64), foot + 6, s.between(44, 62), wide=1.2)
    fruits = some(s.rng, _FRUIT, 3)
    s.row(fruits, 6, 94, foot + 12, (16, 26))
    return Told(
        ("fruit bowl" if bowl else fruits[0], "fruit"),
        ("a bowl of fruit on a table" if bowl else "fruit on a table", f"{fruits[0]}, {fruits[1]} and {fruits[2]}"),
        ("a still life", "a still life with fruit", "fresh fruit"),
    )


def christmas(s: Stage) -> Told:
    """A room with a Christmas tree and gifts."""
    floor = s.between(68, 80)
    room(s, floor)
    side = pick(s.rng, (1, -1))
    x = 50 - side * s.between(4, 22)
    extra = pick(s.rng, ("fireplace", "window", "armchair"))
    if extra == "fireplace":
        _fireplace(s, 50 + side * 28, floor)
    elif extra == "window":
        window(s, 50 + side * 26, 34, 34, 42)
    else:
        s.put("armchair", 50 + side * 28, floor + 8, 36)
    s.put("christmas tree", x, floor + s.between(4, 10), s.between(62, 80))
    s.glow(x, floor - 28, 26, strength=0.4)
    for gx in s.spread(int(s.rng.integers(2, 6)), 8, 92):
        s.put("gift", gx, floor + s.between(10, 20), s.between(12, 22))
    if maybe(s.rng, 0.5):
        s.put(pick(s.rng, ("child", "cat", "teddy bear", "dog")), s.between(20, 80), 98, s.between(22, 34))
    return Told(
        ("christmas tree",),
        ("a christmas tree with presents", "gifts under a christmas tree", f"a christmas tree and a {extra}"),
        ("christmas", "christmas eve", "merry christmas", "christmas at home"),
    )


def _fireplace(s: Stage, x: float, floor: float) -> None:
    b = s.wall.frame(x, floor - 18, 40, 40)
    stone = jittered(s.rng, pick(s.rng, ((170, 90, 70), (150, 146, 140), (236, 230, 222))))
    b.rect(stone, 0, 8, 100, 96)
    b.rect(shade(stone, 0.7), -8, 0, 108, 12)
    b.rect((40, 30, 28), 20, 34, 80, 96)
    s.put("fire", x, floor, 22, behind=True)
    s.glow(x, floor - 10, 24)


def laboratory(s: Stage) -> Told:
    """A bench of science or medicine."""
    room(s)
    pictures(s, 30)
    foot = table(s, s.between(62, 72))
    main = pick(s.rng, ("microscope", "test tubes", "microscope", "globe", "skull"))
    rest = [n for n in ("test tubes", "microscope", "laptop", "stack of books", "light bulb") if n != main]
    s.row(some(s.rng, rest, 2), 0, 100, foot, (24, 36))
    s.put(main, s.between(35, 65), foot + 6, s.between(42, 58))
    return Told(
        (main,),
        (f"{main} in a laboratory", f"{main} on a table"),
        ("science", "laboratory", "research", "school lesson"),
    )


def workshop(s: Stage) -> Told:
    """A bench with tools, more of them on the wall."""
    room(s)
    for x in s.spread(4, 4, 96):
        tool = pick(s.rng, ("hammer", "wrench", "scissors", "key", "broom"))
        s.put(tool, x, s.between(38, 46), s.between(18, 26), behind=True)
    foot = table(s, s.between(60, 70))
    main = pick(s.rng, ("hammer", "wrench", "gear", "bicycle", "scissors", "guitar"))
    s.put(main, s.between(35, 65), foot + s.between(6, 16), s.between(34, 52))
    s.row(some(s.rng, ("gear", "light bulb", "wrench", "magnifying glass"), 2), 0, 100, foot + 2, (16, 24))
    return Told(
        (main, "tools"),
        (f"{main} in a workshop", f"{main} on a workbench", "tools on the wall"),
        ("workshop", "repair", "tools", "handicraft"),
    )


def concert(s: Stage) -> Told:
    """Instruments and a musician on a stage with lights."""
    dark = shade(colour(s.rng).rgb, 0.35)
    s.darkness(dark)
    for x in s.spread(int(s.rng.integers(2, 5)), 5, 95):
        beam = mix(colour(s.rng).rgb, WHITE, 0.3)
        aim = s.between(-16, 16)
        haze = beam if s.wall.style.paper else mix(dark, beam, 0.4)
        s.wall.poly(haze, x - 1.5, -1, x + 1.5, -1, x + aim + 14, 78, x + aim - 14, 78)
        s.glow(x + aim, 60, 24, beam, 0.4)
    s.wall.rect(jittered(s.rng, (110, 76, 54)), -1, 74, 101, 101)
    names = ("guitar", "piano", "drum", "violin", "trumpet")
    main, other = some(s.rng, names, 2)
    s.put(other, pick(s.rng, (18, 82)), 84, s.between(28, 36))
    played = maybe(s.rng, 0.7)
    if played:
        s.put("person", s.between(60, 72), 90, s.between(50, 62))
    s.put(main, s.between(36, 52), 92, s.between(40, 54))
    if maybe(s.rng, 0.4):
        for x in s.spread(9, 0, 100):
            s.brush.oval(BLACK, x, s.between(95, 99), 5)
    return Told(
        (main, "concert"),
        (
            f"{main} on a stage",
            f"{main} and {other} on stage",
            f"somebody playing the {main}" if played else f"a stage with a {main}",
        ),
        ("concert", "live music", "a band on stage", "music"),
    )


def jewels(s: Stage) -> Told:
    """Rings, hearts and flowers of a wedding or a day of love."""
    room(s)
    red = named(s.rng, "red")
    foot = table(s, s.between(56, 70))
    for x in s.spread(int(s.rng.integers(1, 5)), 5, 95):
        s.put("heart", x, s.between(20, 48), s.between(10, 22), tone=red, behind=True)
    main = pick(s.rng, ("ring", "rose", "heart", "cake", "wine glass"))
    s.row(some(s.rng, ("rose", "candle", "wine glass", "flower", "gift"), 2), 0, 100, foot + 2, (24, 36))
    s.put(main, s.between(40, 60), foot + 6, s.between(40, 54), which=(1,) if main == "cake" else None)
    return Told(
        (main,),
        (f"{main} with hearts", f"{main} and flowers on a table"),
        ("wedding", "valentine's day", "love", "marriage"),
    )


GATHERINGS: tuple[tuple[Moment, float], ...] = (
    (birthday, 3),
    (dinner, 1.2),
    (still_life, 1),
    (christmas, 1.2),
    (laboratory, 0.7),
    (workshop, 0.7),
    (concert, 1),
    (jewels, 0.7),
)
"""The moments of this module with their weights."""
