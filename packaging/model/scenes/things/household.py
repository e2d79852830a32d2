"""Things in a house: crockery, furniture, tools."""

from scenes.brush import Brush
from scenes.chance import maybe, pick
from scenes.colours import BLACK, GREY, WHITE, mix, shade
from scenes.things.registry import thing

WOOD = (150, 98, 56)
STEEL = (178, 184, 192)
GLASS = (206, 226, 236)
GOLD = (214, 172, 60)


@thing("cup", "mug", "coffee cup", "cup of coffee", coloured=True)
def _cup(b: Brush) -> None:
    b.arc(b.dark, 7, 74, 52, 17, 18, (-100, 100))
    b.rect(b.main, 18, 26, 74, 84, 8)
    b.oval(b.light, 46, 26, 28, 7)
    b.oval((84, 52, 32), 46, 27, 24, 5)
    for x in (36, 48, 58):
        b.curve(mix(GREY, WHITE, 0.5), 2, x, 16, x - 3, 11, x + 3, 6, x, 1)


@thing("cup")
def _tea_cup(b: Brush) -> None:
    b.oval(b.light, 48, 82, 42, 8)
    b.arc(b.dark, 5, 76, 48, 13, 12, (-90, 110))
    b.blob(b.main, 18, 32, 48, 34, 78, 32, 72, 62, 58, 78, 38, 78, 24, 62)
    b.oval(b.light, 48, 33, 30, 7)
    b.oval((170, 96, 40), 48, 34, 25, 5)


@thing("bottle", coloured=True)
def _bottle(b: Brush) -> None:
    b.poly(b.main, 43, 8, 57, 8, 57, 32, 68, 46, 68, 96, 32, 96, 32, 46, 43, 32)
    b.rect(b.second, 33, 56, 67, 80)
    b.rect(b.dark, 41, 4, 59, 13, 2)
    b.rect(b.light, 36, 48, 39, 92, 1)


@thing("bottle")
def _round_bottle(b: Brush) -> None:
    b.blob(b.main, 44, 14, 56, 14, 57, 34, 76, 58, 70, 92, 50, 96, 30, 92, 24, 58, 43, 34)
    b.rect(WOOD, 44, 4, 56, 16, 1)
    b.oval(b.second, 50, 68, 15, 12)


@thing("bottle of wine", "wine bottle", "red wine")
def _wine(b: Brush) -> None:
    b.blob((30, 60, 36), 44, 6, 56, 6, 57, 34, 68, 48, 68, 94, 50, 97, 32, 94, 32, 48, 43, 34)
    b.rect((140, 20, 40), 43, 4, 57, 18, 1)
    b.rect((240, 230, 206), 33, 56, 67, 82)
    b.line((120, 30, 40), 2, 38, 64, 62, 64)
    b.line(GREY, 1, 40, 72, 60, 72)


@thing("bottle of wine")
def _wine_and_glass(b: Brush) -> None:
    _wine(b.frame(34, 50, 66, 96))
    _wine_glass(b.frame(76, 62, 46, 70))


@thing("wine glass", "glass of wine", "wine")
def _wine_glass(b: Brush) -> None:
    b.rect(GLASS, 48, 52, 52, 90)
    b.oval(GLASS, 50, 92, 20, 4)
    b.blob(GLASS, 28, 8, 50, 8, 72, 8, 72, 36, 58, 54, 42, 54, 28, 36)
    b.blob((142, 22, 48), 30, 26, 50, 26, 70, 26, 69, 38, 57, 51, 43, 51, 31, 38)


@thing("wine glass")
def _champagne(b: Brush) -> None:
    b.rect(GLASS, 48.5, 60, 51.5, 92)
    b.oval(GLASS, 50, 93, 16, 3)
    b.poly(GLASS, 36, 6, 64, 6, 58, 56, 50, 62, 42, 56)
    b.poly((240, 206, 96), 38, 18, 62, 18, 57, 55, 50, 60, 43, 55)


@thing("glass of water", "glass", "drink", "drinking glass")
def _glass(b: Brush) -> None:
    b.poly(GLASS, 28, 10, 72, 10, 66, 92, 34, 92)
    b.poly((150, 206, 236), 30, 34, 70, 34, 65, 90, 35, 90)
    b.oval((190, 226, 246), 50, 34, 20, 4)
    b.line(WHITE, 2, 36, 18, 40, 84)


@thing("glass of water")
def _juice(b: Brush) -> None:
    b.poly(GLASS, 26, 18, 74, 18, 68, 94, 32, 94)
    b.poly(pick(b.rng, ((248, 160, 40), (240, 210, 70), (220, 60, 70))), 28, 32, 72, 32, 67, 92, 33, 92)
    b.line((230, 60, 80), 4, 52, 84, 64, 4, 76, 4)
    b.oval((250, 220, 90), 28, 20, 12)


@thing("clock", "clock showing the time", coloured=True)
def _clock(b: Brush) -> None:
    b.oval(b.main, 50, 50, 46)
    b.oval((250, 250, 246), 50, 50, 39)
    _dial(b, 39)


@thing("clock")
def _alarm_clock(b: Brush) -> None:
    b.line(b.dark, 5, 26, 88, 16, 98)
    b.line(b.dark, 5, 74, 88, 84, 98)
    b.oval(b.dark, 26, 16, 13)
    b.oval(b.dark, 74, 16, 13)
    b.oval(b.main, 50, 56, 40)
    b.oval((250, 250, 246), 50, 56, 32)
    _dial(b.frame(50, 56, 84, 84), 38)


def _dial(b: Brush, radius: float) -> None:
    for hour in range(12):
        b.frame(50, 50, 100, 100, turn=hour * 30).line(BLACK, 2.5, 50, 50 - radius + 2, 50, 50 - radius + 7)
    for length, width in ((20, 4), (30, 2.5)):
        b.frame(50, 50, 100, 100, turn=float(b.rng.uniform(0, 360))).line(BLACK, width, 50, 53, 50, 50 - length)
    b.oval(BLACK, 50, 50, 3)


@thing("lamp", coloured=True)
def _lamp(b: Brush) -> None:
    b.rect(shade(WOOD, 0.8), 47, 44, 53, 90)
    b.oval(WOOD, 50, 92, 22, 6)
    b.poly(b.main, 36, 8, 64, 8, 82, 52, 18, 52)
    b.poly(b.light, 44, 8, 52, 8, 54, 52, 38, 52)


@thing("lamp")
def _desk_lamp(b: Brush) -> None:
    b.oval(b.dark, 36, 92, 26, 6)
    b.line(b.dark, 5, 36, 90, 22, 54, 54, 24)
    b.poly((255, 240, 150), 58, 40, 94, 36, 96, 84, 44, 80)
    b.poly(b.main, 46, 12, 64, 10, 92, 34, 58, 50)


@thing("chair", "wooden chair", "seat", coloured=True)
def _chair(b: Brush) -> None:
    for x in (28, 70):
        b.rect(b.dark, x - 3, 56, x + 3, 97)
    for x in (38, 62):
        b.rect(shade(b.dark, 0.8), x - 2, 56, x + 2, 90)
    b.rect(b.main, 25, 5, 31, 60)
    b.rect(b.main, 67, 5, 73, 60)
    for y in (9, 22, 35):
        b.rect(b.light, 29, y, 69, y + 7)
    b.poly(b.main, 28, 52, 70, 52, 78, 62, 22, 62)


@thing("chair")
def _side_chair(b: Brush) -> None:
    b.line(b.dark, 6, 28, 6, 32, 55, 24, 97)
    b.line(b.dark, 6, 70, 58, 74, 97)
    b.rect(b.main, 28, 51, 76, 60, 3)
    b.rect(b.main, 24, 6, 34, 34, 4)


@thing("armchair", "sofa", "couch", coloured=True)
def _sofa(b: Brush) -> None:
    for x in (16, 84):
        b.rect(shade(WOOD, 0.6), x - 3, 78, x + 3, 90)
    b.rect(b.main, 12, 26, 88, 66, 10)
    b.rect(b.light, 20, 52, 50, 68, 4)
    b.rect(b.light, 50, 52, 80, 68, 4)
    b.rect(b.dark, 14, 66, 86, 80, 3)
    b.rect(b.dark, 4, 44, 20, 80, 7)
    b.rect(b.dark, 80, 44, 96, 80, 7)


@thing("armchair")
def _armchair(b: Brush) -> None:
    b.rect(shade(WOOD, 0.6), 24, 84, 30, 96)
    b.rect(shade(WOOD, 0.6), 70, 84, 76, 96)
    b.blob(b.main, 28, 14, 50, 6, 72, 14, 76, 70, 24, 70)
    b.rect(b.light, 24, 56, 76, 72, 6)
    b.rect(b.dark, 22, 70, 78, 86, 4)
    b.rect(b.dark, 10, 46, 28, 86, 8)
    b.rect(b.dark, 72, 46, 90, 86, 8)


@thing("table", "wooden table", "desk")
def _table(b: Brush) -> None:
    for x in (14, 86):
        b.rect(shade(WOOD, 0.75), x - 4, 42, x + 4, 94)
    for x in (28, 72):
        b.rect(shade(WOOD, 0.55), x - 3, 42, x + 3, 80)
    b.poly(WOOD, 20, 28, 80, 28, 97, 40, 3, 40)
    b.rect(shade(WOOD, 0.8), 3, 40, 97, 46)


@thing("table")
def _round_table(b: Brush) -> None:
    b.rect(shade(WOOD, 0.7), 46, 40, 54, 86)
    b.poly(shade(WOOD, 0.6), 50, 78, 74, 94, 26, 94)
    b.oval(shade(WOOD, 0.8), 50, 40, 46, 12)
    b.oval(WOOD, 50, 36, 46, 12)


@thing("bed", "bedroom", coloured=True)
def _bed(b: Brush) -> None:
    b.rect(WOOD, 4, 22, 12, 90)
    b.rect(WOOD, 88, 48, 95, 90)
    b.rect(shade(WOOD, 0.8), 8, 68, 92, 78)
    b.rect(WHITE, 10, 54, 92, 70, 4)
    b.rect((236, 236, 240), 12, 44, 34, 57, 6)
    b.blob(b.main, 34, 48, 62, 46, 92, 52, 93, 70, 60, 72, 34, 70)


@thing("bed")
def _bed_front(b: Brush) -> None:
    b.rect(WOOD, 10, 12, 90, 60, 8)
    b.rect(WHITE, 12, 44, 88, 88)
    b.rect((238, 238, 242), 16, 40, 46, 56, 6)
    b.rect((238, 238, 242), 54, 40, 84, 56, 6)
    b.poly(b.main, 12, 58, 88, 58, 92, 92, 8, 92)
    b.poly(b.light, 12, 58, 88, 58, 89, 65, 11, 65)


@thing("window")
def _window(b: Brush) -> None:
    b.rect(WHITE, 12, 8, 88, 90)
    sky = pick(b.rng, ((146, 200, 240), (30, 40, 80), (250, 190, 120)))
    for x, y in ((17, 13), (52, 13), (17, 51), (52, 51)):
        b.rect(sky, x, y, x + 31, y + 34)
        b.line(shade(sky, 1.5), 1.5, x + 6, y + 26, x + 22, y + 6)
    b.rect((226, 226, 222), 6, 89, 94, 96)


@thing("window")
def _curtained_window(b: Brush) -> None:
    _window(b.frame(50, 52, 84, 88))
    b.blob(b.main, 2, 6, 34, 6, 26, 40, 14, 60, 20, 96, 2, 96)
    b.blob(b.main, 98, 6, 66, 6, 74, 40, 86, 60, 80, 96, 98, 96)
    b.line(shade(WOOD, 0.7), 4, 0, 5, 100, 5)


@thing("door", "front door", coloured=True)
def _door(b: Brush) -> None:
    b.rect((232, 228, 218), 20, 2, 80, 98)
    b.rect(b.main, 26, 8, 74, 98)
    for x, y, h in ((32, 15, 32), (54, 15, 32), (32, 56, 34), (54, 56, 34)):
        b.rect(b.dark, x, y, x + 15, y + h)
    b.oval(GOLD, 69, 52, 3)


@thing("door")
def _arched_door(b: Brush) -> None:
    b.chord((190, 184, 172), 50, 36, 34, 34, 180, 360)
    b.rect((190, 184, 172), 16, 35, 84, 98)
    b.chord(b.main, 50, 37, 28, 28, 180, 360)
    b.rect(b.main, 22, 36, 78, 98)
    for x in (36, 50, 64):
        b.line(b.dark, 1.5, x, 14, x, 98)
    b.oval(GOLD, 70, 58, 3.5)


@thing("key", "keys", "metal key")
def _key(b: Brush) -> None:
    tone = pick(b.rng, (GOLD, STEEL))
    b.oval(tone, 24, 50, 20)
    b.oval(b.second, 20, 50, 8)
    b.rect(tone, 40, 46, 94, 54)
    b.rect(tone, 78, 52, 84, 68)
    b.rect(tone, 88, 52, 94, 64)


@thing("key")
def _modern_key(b: Brush) -> None:
    b.rect(BLACK, 6, 30, 42, 70, 12)
    b.oval(STEEL, 14, 50, 5)
    b.poly(STEEL, 42, 42, 90, 42, 96, 50, 90, 56, 84, 52, 76, 58, 68, 52, 60, 58, 52, 56, 42, 58)


@thing("candle", "burning candle", "candlelight")
def _candle(b: Brush) -> None:
    b.oval(GOLD, 50, 92, 26, 6)
    b.rect((244, 234, 210), 38, 38, 62, 92, 3)
    b.line(BLACK, 2, 50, 38, 50, 30)
    b.blob((252, 176, 40), 50, 6, 58, 22, 50, 34, 42, 22)
    b.blob((255, 240, 150), 50, 16, 54, 25, 50, 32, 46, 25)


@thing("candle")
def _candles(b: Brush) -> None:
    for x, top in ((24, 40), (50, 26), (76, 48)):
        b.rect(b.main, x - 8, top, x + 8, 94, 2)
        b.blob((252, 186, 50), x, top - 22, x + 6, top - 8, x, top, x - 6, top - 8)


@thing("scissors", "tailor's scissors", "paper scissors", coloured=True)
def _scissors(b: Brush) -> None:
    b.poly(STEEL, 48, 52, 66, 4, 70, 8, 56, 58)
    b.poly(shade(STEEL, 0.85), 52, 52, 34, 4, 30, 8, 44, 58)
    for x in (34, 66):
        b.arc(b.main, 7, x, 78, 12, 15, (0, 360))
    b.oval(GREY, 50, 54, 3)


@thing("scissors")
def _open_scissors(b: Brush) -> None:
    b.poly(STEEL, 40, 46, 96, 26, 92, 34, 44, 56)
    b.poly(shade(STEEL, 0.85), 40, 56, 96, 76, 92, 68, 44, 46)
    b.arc(b.main, 7, 22, 36, 17, 11, (0, 360))
    b.arc(b.main, 7, 22, 68, 17, 11, (0, 360))
    b.oval(GREY, 46, 51, 3)


@thing("hammer", "tool")
def _hammer(b: Brush) -> None:
    b.rect(WOOD, 45, 26, 56, 96, 3)
    b.rect(shade(STEEL, 0.6), 24, 10, 76, 30, 3)
    b.rect(shade(STEEL, 0.5), 16, 7, 28, 33, 2)


@thing("hammer")
def _claw_hammer(b: Brush) -> None:
    b.rect(b.main, 46, 22, 55, 97, 4)
    b.blob(shade(STEEL, 0.7), 18, 12, 40, 10, 60, 12, 92, 34, 74, 26, 56, 28, 40, 26, 18, 28)
    b.rect(shade(STEEL, 0.5), 12, 8, 24, 31, 2)


@thing("light bulb", "bulb", "electric light", "idea")
def _bulb(b: Brush) -> None:
    if maybe(b.rng, 0.5):
        for turn in range(0, 360, 45):
            b.frame(50, 38, 100, 100, turn=turn).line((250, 200, 60), 3, 50, 10, 50, 2)
    b.blob((255, 232, 120), 50, 8, 76, 22, 74, 46, 60, 64, 40, 64, 26, 46, 24, 22)
    b.curve((220, 140, 30), 2, 42, 60, 40, 38, 50, 46, 60, 38, 58, 60)
    for y in (68, 75, 82):
        b.rect(STEEL, 40, y - 3, 60, y + 3, 2)
    b.oval(BLACK, 50, 88, 6, 4)


@thing("light bulb")
def _hanging_bulb(b: Brush) -> None:
    b.line(BLACK, 2, 50, 0, 50, 30)
    b.rect(shade(STEEL, 0.6), 42, 28, 58, 44, 2)
    b.oval((255, 226, 110), 50, 66, 24)
    b.oval((255, 246, 200), 46, 62, 12)


@thing("broom", "brush for sweeping")
def _broom(b: Brush) -> None:
    b.line(WOOD, 5, 50, 2, 50, 66)
    b.rect(b.main, 34, 60, 66, 70, 3)
    b.poly((222, 184, 96), 34, 70, 66, 70, 76, 98, 24, 98)
    for x in (36, 44, 52, 60):
        b.line((170, 130, 56), 1.5, x, 72, x - 3 + (x - 50) * 0.3, 97)


@thing("broom")
def _witch_broom(b: Brush) -> None:
    b.line(WOOD, 5, 4, 30, 62, 58)
    b.blob((206, 160, 70), 56, 52, 70, 52, 98, 72, 92, 92, 62, 72)
    b.line((140, 60, 30), 3, 64, 50, 58, 68)
