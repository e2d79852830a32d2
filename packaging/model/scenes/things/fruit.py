"""Fruit and vegetables."""

from scenes.brush import Brush
from scenes.chance import maybe, pick
from scenes.colours import WHITE, shade
from scenes.things.registry import thing

LEAF = (70, 150, 60)


@thing("apple", "fruit", tones=("red", "green", "yellow"))
def _apple(b: Brush) -> None:
    b.blob(b.main, 50, 24, 74, 16, 92, 40, 82, 78, 60, 94, 50, 90, 40, 94, 18, 78, 8, 40, 26, 16)
    b.curve((90, 60, 36), 4, 50, 26, 52, 14, 58, 5)
    b.blob(LEAF, 54, 16, 66, 4, 84, 6, 72, 18)
    b.oval(b.light, 28, 42, 6, 11, turn=20)


@thing("apple")
def _half_apple(b: Brush) -> None:
    b.blob(b.main, 50, 18, 76, 12, 94, 40, 84, 80, 50, 94, 16, 80, 6, 40, 24, 12)
    b.blob((250, 240, 206), 50, 24, 72, 20, 86, 42, 78, 76, 50, 86, 22, 76, 14, 42, 28, 20)
    b.oval((90, 56, 30), 43, 54, 3, 6, turn=20)
    b.oval((90, 56, 30), 57, 54, 3, 6, turn=-20)
    b.line((90, 60, 36), 4, 50, 20, 54, 4)


@thing("banana", "yellow banana", "fruit")
def _banana(b: Brush) -> None:
    b.blob((250, 216, 70), 12, 16, 22, 14, 32, 44, 60, 68, 92, 70, 94, 80, 60, 92, 28, 74, 12, 44)
    b.poly((110, 80, 40), 12, 18, 12, 6, 19, 5, 22, 17)
    b.curve((220, 176, 40), 2, 18, 22, 26, 54, 54, 78, 90, 76)


@thing("banana")
def _bananas(b: Brush) -> None:
    for dx in (0, 14, 28):
        b.blob(
            (250, 216 - dx, 70),
            40 + dx * 0.4,
            10,
            50 + dx * 0.4,
            10,
            34 + dx,
            44,
            36 + dx,
            70,
            54 + dx,
            90,
            22 + dx,
            82,
            14 + dx,
            56,
        )
    b.rect((110, 80, 40), 42, 4, 60, 14, 2)


@thing("orange", "orange fruit", "citrus fruit")
def _orange(b: Brush) -> None:
    b.oval((246, 144, 34), 50, 54, 42)
    b.blob(LEAF, 50, 14, 66, 4, 82, 10, 66, 18)
    b.oval((250, 180, 90), 36, 38, 8)


@thing("orange")
def _orange_slice(b: Brush) -> None:
    b.oval((246, 144, 34), 50, 50, 45)
    b.oval((255, 236, 200), 50, 50, 40)
    for turn in range(0, 360, 45):
        b.frame(50, 50, 100, 100, turn=turn).poly((250, 164, 56), 50, 46, 37, 16, 50, 12, 63, 16)


@thing("lemon", "yellow lemon")
def _lemon(b: Brush) -> None:
    b.blob((250, 226, 60), 4, 52, 14, 42, 34, 24, 66, 24, 86, 42, 96, 50, 86, 62, 66, 78, 34, 78, 14, 62)
    b.oval((255, 244, 150), 40, 38, 10, 5)


@thing("lemon")
def _lemon_half(b: Brush) -> None:
    b.oval((244, 216, 50), 50, 50, 42)
    b.oval((255, 250, 224), 50, 50, 37)
    for turn in range(0, 360, 60):
        b.frame(50, 50, 100, 100, turn=turn).poly((252, 232, 90), 50, 46, 35, 21, 50, 15, 65, 21)


@thing("pear", "fruit")
def _pear(b: Brush) -> None:
    tone = pick(b.rng, ((170, 200, 70), (230, 210, 90)))
    b.blob(tone, 50, 14, 62, 26, 68, 48, 82, 70, 70, 94, 50, 97, 30, 94, 18, 70, 32, 48, 38, 26)
    b.curve((90, 60, 36), 4, 50, 16, 52, 8, 58, 2)


@thing("pear")
def _pears(b: Brush) -> None:
    _pear(b.frame(32, 56, 58, 84, turn=-12))
    _pear(b.frame(70, 54, 58, 84, turn=14))


@thing("strawberry", "red strawberry", "berries")
def _strawberry(b: Brush) -> None:
    b.blob((222, 36, 46), 50, 24, 80, 22, 90, 44, 70, 78, 50, 96, 30, 78, 10, 44, 20, 22)
    for x, y in ((34, 42), (50, 38), (66, 42), (40, 58), (60, 58), (50, 74)):
        b.oval((250, 220, 120), x, y, 2, 3)
    b.poly(LEAF, 50, 26, 22, 28, 34, 16, 26, 6, 44, 14, 50, 2, 56, 14, 74, 6, 66, 16, 78, 28)


@thing("strawberry")
def _strawberries(b: Brush) -> None:
    for x, y in ((30, 34), (70, 36), (50, 68)):
        _strawberry(b.frame(x, y, 46, 50, turn=float(b.rng.uniform(-30, 30))))


@thing("cherries", "red cherries", "cherry")
def _cherries(b: Brush) -> None:
    b.curve((70, 120, 50), 3, 28, 62, 38, 34, 58, 8)
    b.curve((70, 120, 50), 3, 72, 68, 68, 36, 58, 8)
    b.blob(LEAF, 58, 8, 76, 4, 94, 16, 74, 22)
    b.oval((190, 24, 44), 28, 74, 20)
    b.oval((190, 24, 44), 72, 78, 20)
    b.oval((240, 130, 140), 22, 67, 4)
    b.oval((240, 130, 140), 66, 71, 4)


@thing("grapes", "bunch of grapes")
def _grapes(b: Brush) -> None:
    tone = pick(b.rng, ((110, 50, 130), (150, 190, 80), (70, 40, 90)))
    b.line((100, 80, 40), 4, 50, 4, 50, 22)
    b.blob(LEAF, 50, 12, 70, 2, 86, 14, 66, 22)
    for row, count in enumerate((4, 5, 4, 3, 2, 1)):
        for i in range(count):
            x = 50 + (i - (count - 1) / 2) * 17
            b.oval(shade(tone, 1 - 0.04 * ((i + row) % 3)), x, 28 + row * 13, 9.5)


@thing("grapes")
def _white_grapes(b: Brush) -> None:
    b.line((100, 80, 40), 3, 40, 4, 60, 14)
    for _ in range(26):
        y = float(b.rng.uniform(18, 92))
        b.oval(
            shade((156, 192, 86), float(b.rng.uniform(0.85, 1.15))),
            50 + float(b.rng.uniform(-1, 1)) * (98 - y) * 0.45,
            y,
            9,
        )


@thing("carrot", "carrots", "vegetable")
def _carrot(b: Brush) -> None:
    for end in (34, 50, 66):
        b.curve(LEAF, 5, 50, 30, (50 + end) / 2, 16, end, 2)
    b.blob((240, 130, 40), 36, 30, 50, 26, 64, 30, 62, 52, 52, 96, 48, 96, 38, 52)
    for y in (42, 56, 70):
        b.line((200, 96, 20), 1.5, 42, y, 54, y + 2)


@thing("carrot")
def _carrots(b: Brush) -> None:
    for x, turn in ((28, 18), (52, 0), (74, -18)):
        _carrot(b.frame(x, 52, 46, 92, turn=turn))


@thing("tomato", "red tomato")
def _tomato(b: Brush) -> None:
    b.oval((220, 50, 40), 50, 56, 43, 38)
    b.poly((60, 130, 50), 50, 26, 24, 30, 42, 20, 36, 8, 50, 16, 64, 8, 58, 20, 76, 30)


@thing("tomato")
def _tomato_slice(b: Brush) -> None:
    b.oval((210, 40, 34), 50, 50, 44)
    b.oval((240, 110, 90), 50, 50, 39)
    for turn in range(0, 360, 90):
        p = b.frame(50, 50, 100, 100, turn=turn + 45)
        p.oval((214, 60, 46), 50, 28, 12, 13)
        p.oval((250, 220, 140), 46, 27, 2, 3)
        p.oval((250, 220, 140), 55, 30, 2, 3)


@thing("mushroom", "mushrooms", "toadstool")
def _mushroom(b: Brush) -> None:
    b.blob((246, 236, 220), 40, 50, 60, 50, 64, 92, 50, 96, 36, 92)
    tone = (206, 44, 40) if maybe(b.rng, 0.6) else (150, 104, 66)
    b.chord(tone, 50, 54, 42, 44, 180, 360)
    if tone[0] > 200:
        for x, y, r in ((34, 34, 6), (52, 24, 7), (70, 38, 6), (50, 44, 4)):
            b.oval(WHITE, x, y, r)


@thing("mushroom")
def _mushrooms(b: Brush) -> None:
    _mushroom(b.frame(36, 54, 66, 86))
    _mushroom(b.frame(76, 72, 40, 50))
