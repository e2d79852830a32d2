"""Moments under the open sky: rain, fires, snow, the sea's depths, feasts at night."""

from dataclasses import replace

from scenes.chance import maybe, pick, some
from scenes.colours import BLACK, RGB, WHITE, colour, jittered, mix, shade
from scenes.places import beach, city, fields, forest, hills, mountains, river, snow_land, village, water
from scenes.props import bubbles, fade, fireworks, pebbles, puddles, rain, snow, water_plants
from scenes.stage import Moment, Stage, Told

_UMBRELLA = (
    "somebody holding an umbrella in the rain",
    "a person with an umbrella in the rain",
    "a person under an umbrella",
    "someone walking in the rain",
)


def rainy_street(s: Stage) -> Told:
    """People with umbrellas in a rainy street."""
    city(replace(s.back, horizon=s.between(30, 50)))
    top = s.between(66, 76)
    s.wall.rect(s.back.tone((104, 110, 120)), -1, top, 101, 101)
    puddles(s, top + 6)
    for x in some(s.rng, (6.0, 50.0, 94.0), int(s.rng.integers(0, 3))):
        s.put("street lamp", x, top + 4, s.between(44, 58), behind=True, wide=0.7)
        s.glow(x, top - 38, 16, strength=0.6)
    count, paint = pick(s.rng, (1, 1, 2, 3, 4)), ""
    size = s.between(54, 76) if count == 1 else s.between(36, 52)
    for x in s.spread(count, 8, 92):
        who = s.put("person with an umbrella", x, s.between(88, 97), size, which=(0, 1), flip=maybe(s.rng, 0.4))
        paint = who.colour.name
    if maybe(s.rng, 0.3):
        s.put("car", pick(s.rng, (14, 86)), 88, s.between(24, 32))
    rain(s)
    one = count == 1
    return Told(
        ("person with an umbrella", "umbrella") if one else ("people with umbrellas", "umbrellas"),
        (
            *(_UMBRELLA if one else ("people with umbrellas in the rain", "people walking in a rainy street")),
            f"a {paint} umbrella in the rain" if one else "umbrellas in a street",
        ),
        ("rainy day", "rain", "bad weather", "a rainy street", "rainy weather in the city"),
    )


def umbrella_close(s: Stage) -> Told:
    """Somebody under an umbrella, near, in rain."""
    if maybe(s.rng, 0.6):
        pick(s.rng, (city, hills, village, forest))(s.back)
    paint = s.put(
        "person with an umbrella", s.between(44, 56), s.between(97, 104), s.between(82, 104), flip=maybe(s.rng, 0.4)
    ).colour.name
    rain(s)
    return Told(
        ("person with an umbrella", "umbrella"),
        (*_UMBRELLA, f"somebody with a {paint} umbrella", f"a {paint} umbrella in the rain"),
        ("rainy day", "rain", "rainy weather"),
    )


def campfire(s: Stage) -> Told:
    """A fire by tents, often with people round it."""
    place = pick(s.rng, (hills, mountains, forest, beach, river, fields, None))
    top = s.between(56, 68)
    if place:
        place(replace(s.back, horizon=top - 12))
    s.wall.rect(s.back.tone(pick(s.rng, ((70, 104, 60), (110, 96, 70), (90, 120, 70)))), -1, top + 6, 101, 101)
    for x in s.spread(int(s.rng.integers(0, 6)), -4, 104):
        s.put(pick(s.rng, ("fir tree", "fir tree", "tree")), x, top + s.between(4, 10), s.between(34, 60), behind=True)
    tents = int(s.rng.integers(0, 3))
    x, foot, size = s.between(34, 66), s.between(86, 97), s.between(26, 46)
    paint = ""
    for side in some(s.rng, (-1.0, 1.0), tents):
        where = x + side * s.between(28, 38)
        paint = s.put("tent", where, s.between(78, 90), s.between(34, 52), wide=1.15).colour.name
    people = pick(s.rng, (0, 0, 1, 2, 3))
    for side in (-1.0, 1.0, -1.9)[:people]:
        who = pick(s.rng, ("person sitting on a chair", "person", "child", "person sitting on a chair"))
        s.put(who, x + side * s.between(18, 24), foot - s.between(0, 4), s.between(28, 36), which=(0,), flip=side > 0)
    s.put("fire", x, foot, size)
    s.glow(x, foot - size * 0.4, size * s.between(0.9, 1.5), (255, 160, 70), 1.0)
    by = "tents" if tents > 1 else f"a {paint} tent" if tents else "trees"
    people_said = ("people sitting round a campfire",) if people else ()
    return Told(
        ("campfire", "fire", "bonfire"),
        (f"a campfire by {by}", f"a camp with a fire and {by}", "a campfire in the wild", *people_said),
        ("camping", "camping trip", "a night outdoors" if s.light.night else "camp site", "adventure"),
    )


def winter(s: Stage) -> Told:
    """A snowman, children or skiers in snow."""
    snow_land(s.back)
    main = pick(s.rng, ("snowman", "snowman", "skier", "house"))
    if main == "skier":
        x, foot, size = s.between(36, 64), s.between(82, 90), s.between(38, 54)
        s.put("person running", x, foot, size, which=(0,))
        ski = colour(s.rng).rgb
        for lower in (0, 3):
            s.brush.line(
                ski,
                1.4,
                x - size * 0.55,
                foot - 4 + lower,
                x + size * 0.6,
                foot + 4 + lower,
                x + size * 0.68,
                foot + 2 + lower,
            )
        for side in (-1, 1):
            s.brush.line(BLACK, 0.9, x + side * size * 0.22, foot - size * 0.55, x + side * size * 0.4, foot)
    else:
        s.put(main, s.between(34, 66), s.between(86, 95), s.between(44, 64))
    for x in some(s.rng, (10, 26, 78, 92), int(s.rng.integers(0, 3))):
        s.put(pick(s.rng, ("child", "fir tree", "dog", "child")), x, s.between(86, 96), s.between(26, 38))
    if maybe(s.rng, 0.6):
        snow(s)
    said = "someone skiing in the mountains" if main == "skier" else f"a {main} in the snow"
    return Told(
        (main,),
        (said, f"{main} in a snowy landscape", f"{main} and fir trees in winter"),
        ("winter", "snow", "a winter day", "winter holidays"),
    )


def underwater(s: Stage) -> Told:
    """Fish and turtles in the sea."""
    deep = jittered(s.rng, pick(s.rng, ((20, 90, 160), (30, 130, 180), (10, 60, 120), (60, 160, 190))), 1.4)
    fade(s.wall, mix(deep, WHITE, 0.4), shade(deep, 0.7))
    floor = s.between(78, 92)
    pebbles(s.wall, s, floor)
    water_plants(s.wall, s, int(s.rng.integers(2, 8)), floor + 6)
    bubbles(s.wall, s, int(s.rng.integers(4, 18)))
    main = pick(s.rng, ("fish", "fish", "goldfish", "turtle", "turtle"))
    count = int(s.rng.integers(1, 6)) if main != "turtle" else 1
    paint, size = colour(s.rng), s.between(42, 66) if count == 1 else s.between(20, 32)
    for i, x in enumerate(s.spread(count, 4, 96)):
        y = 50 + (14 if i % 2 else -12) * (count > 1) + s.between(-8, 8)
        tone = paint if main == "fish" and maybe(s.rng, 0.7) else None
        s.put(main, x, y + size / 2, size, tone=tone, flip=maybe(s.rng, 0.4), turn=s.between(-12, 12))
    if main == "turtle" and maybe(s.rng, 0.6):
        s.put("fish", pick(s.rng, (16, 84)), s.between(24, 70), 18)
    said = f"a {main} under water" if count == 1 else f"{main} under water"
    return Told(
        (main,),
        (said, f"{main} swimming in the sea", f"{main} among water plants", f"{main} and bubbles"),
        ("under water", "underwater world", "the bottom of the sea", "ocean life", "diving"),
    )


def fireworks_night(s: Stage) -> Told:
    """Fireworks over a city, the sea or hills."""
    dark: RGB = jittered(s.rng, (14, 16, 48))
    s.darkness(dark)
    fireworks(s, 48)
    place = pick(s.rng, (city, city, village, hills))
    where = pick(s.rng, place(replace(s.back, horizon=s.between(64, 74))))
    if maybe(s.rng, 0.4):
        water(s.back, 88)
    if maybe(s.rng, 0.4):
        for x in s.spread(int(s.rng.integers(2, 6)), 5, 95):
            s.put("person", x, 99, s.between(18, 26))
    return Told(
        ("fireworks",),
        (f"fireworks over {where}", "colourful fireworks at night", "fireworks in the night sky"),
        ("new year's eve", "celebration at night", "festival"),
    )


def halloween(s: Stage) -> Told:
    """Pumpkins in the dark with what else belongs to the night of ghosts."""
    top = s.between(62, 74)
    s.wall.rect(s.back.tone((80, 80, 50)), -1, top, 101, 101)
    s.put(
        pick(s.rng, ("house", "castle", "tree", "church")),
        pick(s.rng, (24, 76)),
        top + 4,
        s.between(44, 60),
        behind=True,
    )
    main = "pumpkin"
    for x in s.spread(int(s.rng.integers(1, 4)), 6, 94):
        size, foot = s.between(26, 46), s.between(86, 97)
        s.put(main, x, foot, size)
        s.glow(x, foot - size * 0.4, size * 0.55, strength=0.7)
    extra = pick(s.rng, ("owl", "cat", "spider", "skull", "candle", "hat"))
    s.put(extra, pick(s.rng, (12, 88)), s.between(60, 92), s.between(18, 28))
    return Told(
        (main, "halloween pumpkin"),
        ("carved pumpkins at night", f"a halloween pumpkin and a {extra}", "glowing pumpkins"),
        ("halloween", "trick or treat", "halloween night"),
    )


OUTDOORS: tuple[tuple[Moment, float], ...] = (
    (rainy_street, 2),
    (umbrella_close, 1.6),
    (campfire, 2.6),
    (winter, 1.4),
    (underwater, 1.5),
    (fireworks_night, 0.8),
    (halloween, 0.7),
)
"""The moments outdoors with their weights."""
