"""Moments on the way: trains on bridges, streets, stations, harbours, the air and space."""

from dataclasses import replace

from scenes.chance import maybe, pick, some
from scenes.colours import WHITE, Colour, colour, jittered, mix, shade
from scenes.land import Land
from scenes.places import city, desert, fields, hills, mountains, river, village, water
from scenes.props import train_in_a_row, viaduct
from scenes.stage import Moment, Stage, Told


def _train_told(name: str, paint: Colour, where: str, more: tuple[str, ...]) -> Told:
    plain = "tram" if name == "tram" else "train"
    return Told(
        (plain, name),
        (f"a {paint.name} {plain} {where}", f"a {name} {where}", f"a {paint.name} {name} with carriages", *more),
        ("railway", "train journey", "travelling by train"),
    )


def train_on_a_bridge(s: Stage) -> Told:
    """A train on a bridge over a river or valley."""
    land, deck = s.back, s.between(44, 62)
    pick(s.rng, (hills, mountains, mountains, river, city))(replace(land, horizon=deck - s.between(0, 14)))
    deep = s.between(84, 97)
    wet = maybe(s.rng, 0.6)
    if wet:
        water(land, deep - 6)
    else:
        s.wall.rect(land.tone((90, 140, 70)), -1, deep, 101, 101)
    bridge = viaduct(s.wall, s, deck, deep)
    paint, high = colour(s.rng), s.between(10, 18)
    front = s.between(60, 104)
    name = train_in_a_row(s, front, deck + 0.6, high, paint)
    if not wet or maybe(s.rng, 0.3):
        for x in s.spread(int(s.rng.integers(1, 5)), 0, 100):
            s.put(pick(s.rng, ("tree", "fir tree")), x, s.between(94, 100), s.between(14, 26))
    over = "over a river" if wet else "over a valley"
    return _train_told(name, paint, "on a bridge", (f"a {name} crossing a {bridge}", f"a train on a {bridge} {over}"))


def train_in_the_country(s: Stage) -> Told:
    """A train through a landscape."""
    place = pick(s.rng, (hills, fields, mountains, desert, village))
    where = pick(s.rng, place(s.back))
    rail = s.between(74, 90)
    s.wall.rect(s.back.tone((150, 136, 120)), -1, rail - 1, 101, rail + 5)
    s.wall.rect(s.back.tone((90, 86, 84)), -1, rail, 101, rail + 1)
    paint, high = colour(s.rng), s.between(14, 26)
    name = train_in_a_row(s, s.between(64, 110), rail + 0.6, high, paint)
    return _train_told(name, paint, f"passing {where}", (f"a {name} and {where}",))


def station(s: Stage) -> Told:
    """A train or tram at a platform with people waiting."""
    land, floor = s.back, s.between(70, 80)
    city(replace(land, horizon=34))
    s.wall.rect(land.tone((96, 92, 92)), -1, floor - 12, 101, floor)
    paint = colour(s.rng)
    tram = maybe(s.rng, 0.4)
    if tram:
        name = "tram"
        s.put("tram", s.between(40, 60), floor + 4, s.between(50, 66), tone=paint, wide=1.3, which=(0,))
    else:
        name = train_in_a_row(s, s.between(80, 120), floor, s.between(26, 36), paint)
    s.brush.rect(land.tone((170, 166, 160)), -1, floor, 101, 101)
    s.brush.rect((240, 220, 110), -1, floor + 2, 101, floor + 3.5)
    if maybe(s.rng, 0.5):
        s.brush.rect(shade(paint.rgb, 0.6), -1, 4, 101, 14)
    s.row(some(s.rng, ("person", "child", "suitcase", "person", "bench", "clock", "dog"), 3), 5, 95, 94, (24, 36))
    return _train_told(name, paint, "at a station", (f"people waiting for the {name}", f"a {name} at the platform"))


def street(s: Stage) -> Told:
    """Traffic in a street."""
    _houses(s)
    top = s.between(66, 74)
    s.wall.rect(s.back.tone((170, 166, 162)), -1, top - 4, 101, top)
    s.wall.rect(s.back.tone((84, 86, 92)), -1, top, 101, 101)
    for x in range(0, 100, 16):
        s.wall.rect(s.back.tone((240, 240, 236)), x, 86, x + 8, 87.5)
    main = pick(s.rng, ("car", "bus", "bicycle", "truck", "motorcycle", "tram", "car", "bus"))
    paint = colour(s.rng)
    for x in some(s.rng, (8, 30, 70, 92), int(s.rng.integers(1, 4))):
        s.put(pick(s.rng, ("tree", "street lamp", "traffic light", "person", "person")), x, top + 1, s.between(26, 40))
    size = s.between(32, 54)
    s.put(main, s.between(30, 68), s.between(86, 97), size, tone=paint, flip=maybe(s.rng, 0.4))
    if maybe(s.rng, 0.5):
        s.put("car", pick(s.rng, (10, 90)), 84, s.between(22, 30))
    if s.light.night:
        s.glow(50, 84, 30, (255, 236, 180), 0.4)
    stop = "at a bus stop" if main == "bus" and maybe(s.rng, 0.5) else "in the street"
    if stop == "at a bus stop":
        s.brush.rect((120, 124, 130), 87, 44, 88.5, 92)
        s.brush.oval((40, 140, 80), 88, 42, 5)
        s.put("person", 80, 93, 32)
    return Told(
        (main,),
        (
            f"a {paint.name} {main} {stop}",
            f"a {main} {stop}",
            f"a {main} in the city",
            f"{main} on a road between houses",
        ),
        ("traffic", "a street in town", "city street", "road traffic"),
    )


def _houses(s: Stage) -> None:
    if maybe(s.rng, 0.4):
        city(s.back)
        return
    x = -4.0
    while x < 100:
        wide, top = s.between(16, 28), s.between(10, 36)
        wall = s.back.tone(mix(colour(s.rng).rgb, (236, 222, 196), s.between(0.4, 0.9)))
        s.wall.rect(wall, x, top, x + wide, 76)
        if maybe(s.rng, 0.6):
            s.wall.poly(s.back.tone((150, 76, 56)), x - 1, top, x + wide / 2, top - 10, x + wide + 1, top)
        for y in range(int(top) + 5, 60, 12):
            for step in range(2, int(wide) - 5, 8):
                lit = s.light.night or maybe(s.rng, 0.12)
                s.wall.rect((255, 222, 130) if lit else shade(wall, 0.65), x + step + 1, y, x + step + 5, y + 7)
        x += wide


def harbour(s: Stage) -> Told:
    """Boats on the water before a shore."""
    land, line = s.back, s.between(40, 56)
    if maybe(s.rng, 0.6):
        place = pick(s.rng, (hills, mountains, village, city))
        place(replace(land, horizon=line - 8))
    water(land, line + 4)
    main = pick(s.rng, ("sailing boat", "sailing boat", "ship"))
    for x in s.spread(int(s.rng.integers(1, 4)), 0, 100):
        s.put(pick(s.rng, ("sailing boat", "ship")), x, line + s.between(6, 14), s.between(14, 22))
    if maybe(s.rng, 0.4):
        s.put("lighthouse", pick(s.rng, (10, 90)), line + 10, s.between(40, 54), behind=True)
    paint = colour(s.rng)
    s.put(main, s.between(30, 70), s.between(80, 92), s.between(36, 56), tone=paint)
    if maybe(s.rng, 0.4):
        s.brush.rect((120, 84, 56), s.between(-20, 60), 92, s.between(70, 120), 97)
    return Told(
        (main, "boat"),
        (f"a {paint.name} {main} on the water", "boats in a harbour", f"a {main} on the sea", f"{main} on a lake"),
        ("harbour", "port", "boats", "a day on the water"),
    )


def _clouds(land: Land, s: Stage, low: float, high: float, count: int) -> None:
    for _ in range(count):
        x, y, size = s.between(0, 100), s.between(low, high), s.between(5, 13)
        tone = mix(WHITE, land.light.sky[1], s.between(0.05, 0.35))
        for dx in (-1.3, -0.4, 0.5, 1.3):
            land.brush.oval(
                tone, x + dx * size, y - (1.4 - abs(dx)) * size * 0.35, size * s.between(0.7, 1), size * 0.6
            )


def flight(s: Stage) -> Told:
    """A plane, balloon or helicopter above the clouds or the land."""
    if maybe(s.rng, 0.5):
        below = "above the clouds"
        _clouds(s.back, s, 64, 104, 16)
    else:
        place = pick(s.rng, (hills, fields, mountains, city))
        below = f"over {pick(s.rng, place(replace(s.back, horizon=78.0)))}"
    _clouds(s.back, s, 6, 60, int(s.rng.integers(1, 5)))
    main = pick(s.rng, ("airplane", "airplane", "hot air balloon", "hot air balloon", "helicopter", "bird"))
    paint, size = colour(s.rng), s.between(34, 62)
    if main == "hot air balloon":
        for x in s.spread(int(s.rng.integers(0, 5)), 0, 100):
            s.put(main, x, s.between(24, 66), s.between(12, 22), behind=True)
    s.put(
        main,
        s.between(34, 66),
        s.between(size, 74),
        size,
        tone=paint,
        turn=s.between(-10, 4) if main == "airplane" else 0,
    )
    return Told(
        (main,),
        (f"{main} in the sky", f"a {paint.name} {main} {below}", f"{main} {below}", f"{main} between clouds"),
        ("flying", "travelling by air", "in the air", "sky"),
    )


def space(s: Stage) -> Told:
    """A rocket among planets and stars."""
    dark = jittered(s.rng, pick(s.rng, ((12, 12, 40), (30, 14, 60), (8, 24, 50), (10, 10, 16))))
    s.darkness(dark)
    for _ in range(int(s.rng.integers(20, 70))):
        s.wall.oval(mix(WHITE, dark, s.between(0, 0.5)), s.between(0, 100), s.between(0, 100), s.between(0.2, 0.7))
    main = pick(s.rng, ("rocket", "rocket", "rocket", "robot", "saturn", "globe"))
    others = some(
        s.rng, tuple(name for name in ("saturn", "globe", "moon", "star") if name != main), int(s.rng.integers(1, 4))
    )
    for name, (x, y) in zip(others, some(s.rng, ((16, 30), (84, 30), (16, 92), (84, 92)), 3), strict=False):
        s.put(name, x, y, s.between(16, 30), behind=True, which=(0,))
    if maybe(s.rng, 0.35):
        s.wall.oval(jittered(s.rng, pick(s.rng, ((180, 176, 170), (190, 100, 70)))), 50, 130, 90, 46)
    paint = colour(s.rng)
    s.put(main, s.between(36, 64), s.between(78, 92), s.between(44, 66), tone=paint)
    return Told(
        (main, "space rocket") if main == "rocket" else (main,),
        (f"{main} in space", f"{main} among stars and planets", f"{main} and {others[0]} in outer space"),
        ("space", "outer space", "universe", "astronomy", "space travel"),
    )


JOURNEYS: tuple[tuple[Moment, float], ...] = (
    (train_on_a_bridge, 3),
    (train_in_the_country, 1.4),
    (station, 1),
    (street, 2),
    (harbour, 1.3),
    (flight, 1.4),
    (space, 1.2),
)
"""The moments on the way with their weights."""
