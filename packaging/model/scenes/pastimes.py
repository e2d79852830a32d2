"""Moments of a free day outdoors: gardens, farms, beaches, parks, play and sport."""

from scenes.chance import maybe, pick, some
from scenes.colours import WHITE, colour, shade
from scenes.places import beach, city, fields, hills, village
from scenes.stage import Moment, Stage, Told
from scenes.words import article


def _lawn(s: Stage, *, flowers: bool = False) -> float:
    top = s.between(52, 70)
    tone = s.back.tone(pick(s.rng, ((104, 166, 76), (130, 180, 90), (86, 146, 70))))
    if maybe(s.rng, 0.5):
        s.back.ridge(shade(tone, 0.85), top + 2, 8, 2, smooth=True)
    s.wall.rect(tone, -1, top, 101, 101)
    for _ in range(int(s.rng.integers(0, 14))):
        x, y = s.between(0, 100), s.between(top + 2, 100)
        s.wall.line(shade(tone, 0.8), 0.7, x - 1, y - 2, x, y, x + 1, y - 2.4)
        if flowers:
            s.wall.oval(pick(s.rng, (WHITE, (250, 220, 80), (240, 130, 170))), x + 3, y, 1)
    for x in s.spread(int(s.rng.integers(0, 4)), 0, 100):
        s.put(pick(s.rng, ("tree", "tree", "fir tree", "house")), x, top + 3, s.between(22, 44), behind=True)
    return top


def garden(s: Stage) -> Told:
    """Flowers with a butterfly, bee or bird."""
    top = _lawn(s, flowers=True)
    if maybe(s.rng, 0.5):
        for step in range(6):
            s.put("fence", 4 + step * 18, top + 8, 20, behind=True)
    kinds = some(s.rng, ("flower", "sunflower", "tulip", "rose", "flower"), 2)
    for x in s.spread(int(s.rng.integers(3, 9)), 0, 100):
        s.put(pick(s.rng, kinds), x, s.between(84, 102), s.between(26, 50))
    main = pick(s.rng, ("butterfly", "butterfly", "bee", "bird", kinds[0]))
    item = s.put(main, s.between(30, 70), s.between(46, 70), s.between(24, 40), turn=s.between(-14, 14))
    name = f"{item.colour.name} {main}" if item.thing.coloured else main
    return Told(
        (main, kinds[0]),
        (
            f"{main} and grass" if main == kinds[0] else f"{main} and flowers",
            f"{name} in the garden",
            f"{main} over a flower meadow",
            "flowers in a garden",
        ),
        ("garden", "spring", "summer meadow", "flowers", "gardening"),
    )


def farm(s: Stage) -> Told:
    """Animals and a tractor on a farm."""
    pick(s.rng, (hills, fields))(s.back)
    s.put(pick(s.rng, ("house", "windmill", "house")), pick(s.rng, (16, 84)), s.back.horizon + 18, 34, behind=True)
    animals = some(s.rng, ("cow", "sheep", "horse", "chicken", "pig", "duck"), 2)
    main = pick(s.rng, ("tractor", animals[0], animals[0]))
    other = animals[1]
    if maybe(s.rng, 0.5):
        for step in range(5):
            s.put("fence", 6 + step * 22, 84, 23, behind=True)
    s.row([other] * int(s.rng.integers(1, 4)), 0, 100, 78, (18, 28))
    s.put(main, s.between(34, 66), s.between(90, 97), s.between(34, 48))
    return Told(
        (main,),
        (f"{main} on a farm", f"{main} and {other} in a field", f"{main} in a meadow"),
        ("farm", "farm animals", "agriculture", "country life"),
    )


def seaside(s: Stage) -> Told:
    """A beach with a parasol and things to play with."""
    beach(s.back)
    if maybe(s.rng, 0.5):
        s.put("palm tree", pick(s.rng, (10, 90)), s.between(88, 96), s.between(50, 70))
    x = s.between(32, 68)
    parasol = s.put("umbrella", x, s.between(86, 94), s.between(38, 54), which=(0, 2))
    towel = colour(s.rng).rgb
    s.wall.poly(towel, x - 18, 90, x + 6, 90, x + 12, 96, x - 20, 96)
    things = some(s.rng, ("ball", "sandcastle", "child", "person", "dog", "ice cream", "suitcase", "glasses"), 3)
    s.row(things, 4, 96, 95, (16, 28))
    if maybe(s.rng, 0.5):
        s.put("sailing boat", s.between(15, 85), s.back.horizon + 6, s.between(12, 20), behind=True)
    return Told(
        ("beach", "parasol"),
        (
            f"a {parasol.colour.name} parasol on the beach",
            f"{things[0]} on the beach",
            "a sunshade on a sandy beach",
            f"{things[0]} and {things[1]} by the sea",
        ),
        ("summer holidays", "holidays by the sea", "vacation", "a day at the beach"),
    )


def market(s: Stage) -> Told:
    """A market stall with fruit and vegetables."""
    village(s.back) if maybe(s.rng, 0.5) else city(s.back)
    s.wall.rect(s.back.tone((180, 170, 156)), -1, 78, 101, 101)
    one, two, left, right = colour(s.rng).rgb, WHITE, s.between(2, 14), s.between(84, 98)
    b = s.brush
    for x in (left + 3, right - 3):
        b.rect((130, 92, 60), x - 1, 24, x + 1, 92)
    width = (right - left) / 8
    for i in range(8):
        x = left + i * width
        b.rect(one if i % 2 else two, x, 18, x + width, 34)
        b.chord(one if i % 2 else two, x + width / 2, 34, width / 2, 4, 0, 180)
    if maybe(s.rng, 0.8):
        s.put("person", s.between(36, 64), 84, 50)
    b.rect((150, 104, 64), left, 66, right, 90)
    wares = some(
        s.rng, ("apple", "tomato", "orange", "carrot", "banana", "flower pot", "pear", "loaf of bread", "cheese"), 3
    )
    for i, name in enumerate(wares):
        for x in s.spread(3, left + i * (right - left) / 3, left + (i + 1) * (right - left) / 3):
            s.put(name, x, s.between(66, 70), s.between(11, 15))
    return Told(
        ("market stall", "market"),
        ("a market stall", f"a market stall with {wares[0]} and {wares[1]}", "a stall that sells food"),
        ("market", "shopping", "greengrocer", "farmers' market"),
    )


def play(s: Stage) -> Told:
    """Children and people who play outside."""
    top = _lawn(s)
    game = pick(s.rng, ("ball", "football", "basketball", "kite", "balloon", "tennis racket", "bicycle"))
    high = game in ("kite", "balloon")
    if maybe(s.rng, 0.4) and not high:
        _swing(s, pick(s.rng, (16, 84)), top + 12)
    count = int(s.rng.integers(1, 4))
    for x in s.spread(count, 8, 92):
        who = pick(s.rng, ("child", "child", "person running", "person waving"))
        s.put(who, x, s.between(84, 97), s.between(34, 50), flip=maybe(s.rng, 0.5))
    size = s.between(22, 34) if high else s.between(12, 20)
    if game == "bicycle":
        size = 40
    s.put(game, s.between(36, 74), s.between(34, 44) if high else s.between(90, 97), size)
    if maybe(s.rng, 0.3):
        s.put("dog", s.between(10, 90), 98, s.between(18, 26))
    who = "children" if count > 1 else "a child"
    return Told(
        (game,),
        (f"{who} playing with a {game}", f"{who} with a {game} in the park", f"people playing outside with a {game}"),
        ("playing outdoors", "playground", "games", "an afternoon in the park"),
    )


def _swing(s: Stage, x: float, foot: float) -> None:
    tone = colour(s.rng).rgb
    for side in (-14, 14):
        s.wall.line(tone, 1.8, x + side - 4, foot, x + side, foot - 34, x + side + 4, foot)
    s.wall.line(tone, 2, x - 14, foot - 34, x + 14, foot - 34)
    lean = s.between(-5, 5)
    for side in (-5, 5):
        s.wall.line((90, 90, 96), 0.8, x + side, foot - 34, x + side + lean, foot - 10)
    s.wall.rect((120, 70, 44), x - 6 + lean, foot - 10, x + 6 + lean, foot - 8)


def park(s: Stage) -> Told:
    """A bench, walkers and runners in a park."""
    top = _lawn(s)
    path = s.back.tone((206, 190, 160))
    s.wall.poly(path, 44, top, 50, top, s.between(70, 110), 101, s.between(-10, 30), 101)
    bench = maybe(s.rng, 0.6)
    main = "bench" if bench else pick(s.rng, ("person running", "dog", "bicycle", "person running"))
    x = s.between(34, 66)
    s.put(main, x, s.between(88, 95), s.between(40, 54), flip=maybe(s.rng, 0.5), wide=1.2 if bench else 1)
    guest = pick(s.rng, ("person", "cat", "bird", "child", "backpack", "owl"))
    if bench:
        s.put(guest, x + s.between(-10, 10), 80, s.between(22, 36))
    else:
        s.put("tree", pick(s.rng, (8, 92)), 92, 56)
    scenes = (
        (f"{article(guest)} on a park bench", "a bench in the park")
        if bench
        else (f"{main} in the park", f"{main} on a path between trees")
    )
    return Told((main,), (*scenes, f"a park with trees and a {main}"), ("park", "a walk in the park", "leisure"))


def pond(s: Stage) -> Told:
    """Ducks or turtles on a pond."""
    top = _lawn(s)
    s.wall.oval(s.back.tone((90, 160, 206)), 50, top + 26, s.between(50, 66), s.between(18, 24))
    main = pick(s.rng, ("duck", "duck", "turtle", "sailing boat"))
    for x in s.spread(int(s.rng.integers(1, 4)), 12, 88):
        s.put(main, x, top + s.between(22, 32), s.between(20, 30), which=(0,), flip=maybe(s.rng, 0.5))
    return Told(
        (main,),
        (f"{main} on a pond", f"{main} on a lake", f"{main} in the water of a park"),
        ("pond", "nature", "lake"),
    )


def pitch(s: Stage) -> Told:
    """A match on a sports field."""
    green, top = s.back.tone((70, 150, 70)), s.between(40, 58)
    for i in range(6):
        high = (101 - top) / 6
        s.wall.rect(shade(green, 1.0 if i % 2 else 0.88), -1, top + i * high, 101, top + (i + 1) * high)
    if maybe(s.rng, 0.6):
        s.wall.rect((120, 124, 136), -1, top - 12, 101, top)
        for _ in range(60):
            s.wall.oval(colour(s.rng).rgb, s.between(0, 100), s.between(top - 11, top - 1), 0.9)
    for y in (top + 6, s.between(70, 80)):
        s.wall.line(WHITE, 0.8, 0, y, 100, y)
    if maybe(s.rng, 0.6):
        for net in range(26, 75, 4):
            s.wall.line((220, 224, 228), 0.3, net, top - 14, net, top + 8)
        s.wall.line(WHITE, 1.4, 26, top + 8, 26, top - 14, 74, top - 14, 74, top + 8)
    ball = pick(s.rng, ("football", "football", "basketball", "ball"))
    for x in s.spread(int(s.rng.integers(1, 5)), 4, 96):
        s.put("person running", x, s.between(78, 95), s.between(32, 48), flip=maybe(s.rng, 0.5))
    s.put(ball, s.between(20, 80), s.between(92, 98), s.between(11, 24))
    name = "soccer" if ball == "football" else "ball game"
    return Told(
        (ball,),
        (f"people playing {ball}", f"players with a {ball} on a field", f"a {ball} on the grass of a stadium"),
        ("sport", f"{name} match", "football pitch", "a team playing"),
    )


PASTIMES: tuple[tuple[Moment, float], ...] = (
    (garden, 1.5),
    (farm, 1),
    (seaside, 1.4),
    (market, 0.8),
    (play, 1.5),
    (park, 1.2),
    (pond, 0.7),
    (pitch, 1),
)
"""The moments of this module with their weights."""
