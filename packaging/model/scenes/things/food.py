"""Things to eat."""

from scenes.brush import Brush
from scenes.chance import pick
from scenes.colours import WHITE, mix, shade
from scenes.things.registry import thing

CRUST = (206, 150, 80)
PLATE = (240, 240, 238)


@thing("cake", "birthday cake", "cake with candles")
def _cake(b: Brush) -> None:
    cream = pick(b.rng, ((250, 214, 224), (250, 240, 220), (120, 74, 44)))
    b.oval(PLATE, 50, 90, 48, 8)
    b.rect(shade(cream, 0.85), 12, 46, 88, 90, 5)
    b.blob(cream, 12, 42, 50, 38, 88, 42, 88, 56, 76, 52, 66, 62, 54, 54, 42, 62, 32, 54, 22, 60, 12, 54)
    for x in range(24, 80, 13):
        b.rect(b.main, x - 2, 22, x + 2, 42)
        b.blob((252, 190, 50), x, 8, x + 4, 16, x, 22, x - 4, 16)


@thing("cake")
def _tall_cake(b: Brush) -> None:
    for left, top, bottom in ((10, 66, 94), (24, 40, 66), (36, 18, 40)):
        b.rect((252, 246, 238), left, top, 100 - left, bottom, 3)
        for x in range(left + 4, 98 - left, 9):
            b.oval(b.main, x, bottom - 2, 4)
    b.oval((210, 40, 50), 50, 14, 5)


@thing("piece of cake", "slice of cake")
def _cake_piece(b: Brush) -> None:
    b.oval(PLATE, 50, 84, 48, 10)
    b.poly((236, 196, 140), 10, 40, 88, 46, 88, 82, 14, 78)
    b.poly((180, 40, 60), 12, 56, 88, 60, 88, 67, 12, 63)
    b.poly((252, 240, 244), 10, 40, 66, 22, 88, 46)
    b.oval((210, 40, 50), 58, 26, 8)


@thing("piece of cake")
def _pie_piece(b: Brush) -> None:
    b.oval(PLATE, 50, 82, 48, 10)
    b.poly((110, 64, 40), 12, 48, 90, 40, 90, 74, 16, 80)
    b.poly((246, 232, 216), 14, 62, 90, 55, 90, 60, 14, 67)
    b.poly((80, 46, 30), 12, 48, 56, 24, 90, 40)


@thing("pizza", "whole pizza", "pizza with tomatoes")
def _pizza(b: Brush) -> None:
    b.oval(CRUST, 50, 50, 46)
    b.oval((214, 70, 40), 50, 50, 40)
    b.oval((250, 214, 110), 50, 50, 37)
    for _ in range(9):
        x, y = 50 + b.rng.uniform(-24, 24, 2)
        b.oval(
            pick(b.rng, ((190, 50, 40), (190, 50, 40), (60, 110, 50), (50, 44, 44))),
            float(x),
            float(y),
            float(b.rng.uniform(4, 7)),
        )
    for turn in (0, 60, 120):
        b.frame(50, 50, 100, 100, turn=turn).line(shade(CRUST, 0.7), 1, 50, 6, 50, 94)


@thing("slice of pizza", "pizza slice", "pizza")
def _pizza_slice(b: Brush) -> None:
    b.poly((250, 206, 96), 10, 22, 90, 22, 50, 97)
    b.rect(CRUST, 6, 10, 94, 26, 8)
    for x, y, r in ((34, 38, 9), (62, 42, 9), (48, 66, 8)):
        b.oval((196, 54, 42), x, y, r)
    b.oval((60, 120, 50), 50, 48, 4)


@thing("slice of pizza")
def _pizza_slice_side(b: Brush) -> None:
    b.blob((250, 210, 100), 4, 60, 80, 20, 94, 40, 88, 74)
    b.curve(CRUST, 11, 82, 14, 96, 40, 90, 80)
    for x, y in ((66, 38), (72, 60), (42, 54)):
        b.oval((196, 54, 42), x, y, 8)


@thing("hamburger", "burger", "cheeseburger", "fast food")
def _burger(b: Brush) -> None:
    b.rect((214, 150, 76), 10, 74, 90, 92, 9)
    b.rect((100, 58, 36), 8, 60, 92, 74, 6)
    b.poly((250, 200, 60), 10, 56, 90, 56, 80, 66, 64, 60, 40, 68, 24, 60)
    b.blob((120, 190, 70), 6, 52, 24, 56, 40, 50, 58, 57, 76, 50, 94, 54, 90, 60, 50, 62, 10, 60)
    b.chord((220, 156, 80), 50, 50, 42, 40, 180, 360)
    for x, y in ((34, 28), (50, 20), (66, 28), (44, 38), (60, 38)):
        b.oval((250, 236, 200), x, y, 2.5, 1.6)


@thing("hamburger")
def _burger_and_fries(b: Brush) -> None:
    _burger(b.frame(34, 58, 66, 70))
    _fries(b.frame(80, 56, 40, 76))


@thing("french fries", "fries", "chips")
def _fries(b: Brush) -> None:
    for x in range(22, 80, 8):
        b.rect((250, 212, 90), x, 8 + abs(x - 50) * 0.4 + float(b.rng.uniform(-5, 8)), x + 6, 60)
    b.poly((214, 40, 40), 14, 42, 30, 50, 50, 53, 70, 50, 86, 42, 78, 96, 22, 96)


@thing("french fries")
def _loose_fries(b: Brush) -> None:
    b.oval(PLATE, 50, 60, 48, 32)
    for _ in range(16):
        p = b.frame(
            50 + float(b.rng.uniform(-22, 22)),
            56 + float(b.rng.uniform(-14, 14)),
            40,
            40,
            turn=float(b.rng.uniform(0, 180)),
        )
        p.rect((250, 206, 84), 8, 42, 92, 58)


@thing("ice cream", "ice cream cone", "cone with ice cream")
def _ice_cream(b: Brush) -> None:
    tones = ((250, 236, 206), (246, 160, 180), (120, 76, 50), (170, 220, 170))
    b.poly((222, 168, 96), 30, 46, 70, 46, 50, 98)
    for i in range(3):
        b.line((180, 124, 60), 1.2, 36 + i * 10, 47, 50 + i * 3, 84 - i * 10)
    b.oval(pick(b.rng, tones), 36, 34, 19)
    b.oval(pick(b.rng, tones), 64, 34, 19)
    b.oval(pick(b.rng, tones), 50, 18, 17)


@thing("ice cream")
def _popsicle(b: Brush) -> None:
    b.rect((226, 190, 140), 44, 70, 56, 98, 4)
    b.rect(b.main, 26, 4, 74, 78, 22)
    b.rect(b.light, 36, 18, 42, 66, 3)
    b.rect(b.light, 58, 18, 64, 66, 3)


@thing("loaf of bread", "bread")
def _bread(b: Brush) -> None:
    b.blob((190, 124, 60), 6, 56, 20, 34, 50, 28, 80, 34, 94, 56, 88, 78, 50, 82, 12, 78)
    for x in (28, 44, 60, 76):
        b.curve((240, 204, 146), 4, x - 4, 38, x + 4, 50, x + 2, 60)


@thing("loaf of bread")
def _toast(b: Brush) -> None:
    b.blob((176, 112, 56), 14, 22, 30, 10, 50, 14, 70, 10, 86, 22, 84, 44, 84, 92, 16, 92, 16, 44)
    b.blob((246, 218, 164), 20, 26, 32, 17, 50, 20, 68, 17, 80, 26, 78, 46, 78, 86, 22, 86, 22, 46)


@thing("egg", "eggs")
def _egg(b: Brush) -> None:
    b.blob(WHITE, 16, 40, 40, 14, 72, 20, 92, 48, 78, 80, 46, 88, 12, 70)
    b.oval((250, 190, 40), 52, 50, 18)
    b.oval((255, 226, 130), 47, 44, 5)


@thing("egg")
def _eggs(b: Brush) -> None:
    tone = pick(b.rng, (WHITE, (230, 190, 150)))
    for x, y in ((28, 58), (54, 50), (76, 60)):
        b.blob(
            shade(tone, float(b.rng.uniform(0.92, 1))),
            x,
            y - 28,
            x + 17,
            y,
            x + 15,
            y + 18,
            x,
            y + 26,
            x - 15,
            y + 18,
            x - 17,
            y,
        )


@thing("plate of food", "meal", "dinner on a plate", "lunch")
def _meal(b: Brush) -> None:
    b.oval(PLATE, 50, 50, 46)
    b.oval(shade(PLATE, 0.94), 50, 50, 35)
    b.blob((130, 76, 44), 30, 34, 50, 28, 58, 44, 44, 56, 28, 50)
    for _ in range(9):
        b.oval((90, 170, 70), 62 + float(b.rng.uniform(-10, 10)), 40 + float(b.rng.uniform(-10, 10)), 4)
    b.blob((250, 226, 150), 38, 62, 56, 58, 68, 66, 56, 78, 40, 74)


@thing("plate of food")
def _plate_with_cutlery(b: Brush) -> None:
    b.oval(PLATE, 50, 52, 32)
    b.oval(shade(PLATE, 0.95), 50, 52, 24)
    tone = pick(b.rng, ((240, 200, 90), (210, 80, 50), (120, 170, 80)))
    for _ in range(14):
        x, y = 50 + float(b.rng.uniform(-14, 14)), 52 + float(b.rng.uniform(-14, 14))
        b.curve(shade(tone, float(b.rng.uniform(0.8, 1.2))), 2.5, x - 8, y, x - 2, y - 5, x + 3, y + 4, x + 8, y - 2)
    b.rect((170, 176, 184), 8, 36, 11, 92)
    for x in (5, 9.5, 14):
        b.line((170, 176, 184), 1.6, x, 14, x, 36)
    b.blob((170, 176, 184), 88, 12, 95, 30, 92, 52, 88, 52)
    b.rect((170, 176, 184), 88, 50, 91, 92)


@thing("sushi", "japanese food")
def _sushi(b: Brush) -> None:
    for x, tone in ((20, (244, 120, 70)), (50, (250, 200, 60)), (80, (110, 170, 80))):
        b.rect((30, 40, 34), x - 14, 36, x + 14, 66, 3)
        b.oval((30, 40, 34), x, 36, 14, 7)
        b.oval(WHITE, x, 36, 11.5, 5.5)
        b.oval(tone, x, 36, 5, 3)
    b.line((150, 80, 40), 2, 2, 86, 98, 78)


@thing("sushi")
def _nigiri(b: Brush) -> None:
    for y in (34, 72):
        b.rect(WHITE, 16, y, 84, y + 20, 9)
        b.blob((246, 130, 84), 10, y + 4, 50, y - 12, 90, y + 4, 50, y + 8)
        for x in (34, 50, 66):
            b.line((255, 196, 164), 2, x - 3, y - 5, x + 3, y + 5)


@thing("cheese", "piece of cheese")
def _cheese(b: Brush) -> None:
    tone = (250, 206, 80)
    b.poly(shade(tone, 1.25), 6, 50, 60, 16, 95, 44)
    b.poly(tone, 6, 50, 95, 44, 95, 80, 6, 86)
    for x, y, r in ((26, 66, 7), (52, 60, 5), (72, 68, 8), (44, 78, 4)):
        b.oval(shade(tone, 0.75), x, y, r)


@thing("cheese")
def _cheese_wheel(b: Brush) -> None:
    b.oval((230, 160, 50), 50, 58, 44, 30)
    b.oval((250, 210, 90), 50, 46, 44, 28)
    b.poly(mix((250, 210, 90), WHITE, 0.5), 50, 46, 90, 36, 94, 50)


def flame(b: Brush, x: float, foot: float, tall: float) -> None:
    """Draw a candle's flame."""
    half = tall * 0.28
    b.blob((252, 170, 40), x, foot - tall, x + half, foot - tall * 0.35, x, foot, x - half, foot - tall * 0.35)
    b.oval((255, 240, 170), x, foot - tall * 0.3, half * 0.5, tall * 0.22)


@thing("cake")
def _layered_cake(b: Brush) -> None:
    sponge, cream = pick(b.rng, ((226, 178, 110), (120, 70, 44), b.light)), pick(b.rng, ((255, 246, 236), b.main))
    b.oval(PLATE, 50, 93, 46, 6)
    for top in (42, 60, 76):
        b.rect(sponge, 16, top, 84, top + 14, 2)
        b.rect(cream, 14, top - 3, 86, top + 3, 3)
    for x in range(18, 84, 8):
        b.oval(cream, x, 45, 4, 6)
    for x in range(26, 80, int(b.rng.integers(8, 17))):
        tone = pick(b.rng, (b.main, b.second, (90, 160, 230), (250, 120, 160)))
        b.rect(tone, x - 1.6, 22, x + 1.6, 40)
        flame(b, x, 22, 15)


@thing("cake")
def _cupcake(b: Brush) -> None:
    case = b.second
    for y, half in ((48, 36), (36, 27), (25, 18)):
        b.oval(b.main, 50, y, half, 11)
    b.poly(case, 16, 52, 84, 52, 74, 97, 26, 97)
    for x in (30, 43, 57, 70):
        b.line(shade(case, 0.8), 2, 50 + (x - 50) * 1.3, 52, x, 97)
    b.rect(WHITE, 48, 12, 52, 26)
    flame(b, 50, 13, 13)
