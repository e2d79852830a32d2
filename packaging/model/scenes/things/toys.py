"""More robots and what else stands on shelves, benches and lawns at feasts, in play and at work."""

from scenes.brush import Brush
from scenes.chance import pick
from scenes.colours import BLACK, GREY, RGB, WHITE, shade
from scenes.things.registry import thing

STEEL: RGB = (178, 184, 192)
WOOD: RGB = (150, 100, 58)


@thing("robot")
def _round_robot(b: Brush) -> None:
    b.line(GREY, 2, 50, 14, 50, 4)
    b.oval((250, 200, 60), 50, 4, 4)
    b.rect(GREY, 8, 52, 20, 76, 5)
    b.rect(GREY, 80, 52, 92, 76, 5)
    b.oval(b.main, 50, 64, 31, 30)
    b.oval(b.light, 50, 28, 24, 18)
    b.rect((40, 50, 70), 32, 20, 68, 36, 8)
    for x in (42, 58):
        b.oval((120, 240, 250), x, 28, 4)
    for x, tone in ((40, (230, 60, 50)), (50, (250, 210, 60)), (60, (90, 200, 110))):
        b.oval(tone, x, 58, 3)
    for x in (36, 64):
        b.oval(shade(b.main, 0.6), x, 95, 10, 4)


@thing("robot")
def _tin_robot(b: Brush) -> None:
    b.rect(STEEL, 32, 6, 68, 32, 2)
    b.rect(b.main, 26, 10, 32, 26)
    b.rect(b.main, 68, 10, 74, 26)
    for x in (42, 58):
        b.rect((250, 210, 60), x - 4, 12, x + 4, 19)
        b.rect(BLACK, x - 1.5, 14, x + 1.5, 19)
    for x in range(40, 62, 5):
        b.line(BLACK, 1.4, x, 24, x, 29)
    b.rect(STEEL, 44, 32, 56, 38)
    b.rect(b.main, 24, 38, 76, 76, 3)
    b.oval(WHITE, 40, 52, 8)
    b.line((200, 40, 40), 1.6, 40, 52, 44, 46)
    for y in (46, 54, 62):
        b.rect(pick(b.rng, ((230, 70, 60), (80, 190, 110), (250, 200, 60))), 56, y, 68, y + 4)
    for side in (-1, 1):
        b.line(STEEL, 6, 50 + side * 28, 44, 50 + side * 40, 54, 50 + side * 38, 68)
        b.arc(STEEL, 4, 50 + side * 38, 74, 6, 6, (300, 600))
        b.rect(STEEL, 50 + side * 14 - 7, 76, 50 + side * 14 + 7, 90)
        b.rect(b.dark, 50 + side * 16 - 11, 89, 50 + side * 16 + 11, 97, 2)


@thing("toy blocks", "building blocks", "wooden blocks")
def _blocks(b: Brush) -> None:
    for x, y, letter in ((6, 54, "A"), (52, 54, "B"), (30, 10, "C")):
        tone = pick(b.rng, ((220, 60, 60), (60, 120, 210), (250, 200, 60), (80, 170, 90)))
        b.rect(tone, x, y, x + 42, y + 42, 3)
        b.rect(WHITE, x + 6, y + 6, x + 36, y + 36, 2)
        b.plain().text(tone, x + 21, y + 21, 24, letter, anchor="mm")


@thing("pumpkin", "halloween pumpkin", "jack-o'-lantern")
def _pumpkin(b: Brush) -> None:
    b.poly((90, 120, 60), 46, 26, 44, 8, 54, 6, 55, 26)
    for x, rx in ((24, 22), (76, 22), (38, 22), (62, 22), (50, 18)):
        b.oval(shade((238, 130, 34), 1 - abs(x - 50) / 220), x, 58, rx, 36)
    for x in (36, 64):
        b.poly((255, 226, 110), x, 42, x + 9, 56, x - 9, 56)
    b.blob((255, 226, 110), 26, 66, 50, 72, 74, 66, 62, 82, 38, 82)


@thing("bench", "park bench", "wooden bench")
def _bench(b: Brush) -> None:
    tone = pick(b.rng, (WOOD, (60, 110, 80), (120, 70, 44)))
    for x in (14, 86):
        b.line(BLACK, 4, x, 34, x, 96)
    for y in (32, 42, 52):
        b.rect(tone, 4, y, 96, y + 7, 1)
    b.poly(shade(tone, 1.15), 6, 64, 94, 64, 98, 74, 2, 74)


@thing("microscope", "scientific instrument")
def _microscope(b: Brush) -> None:
    b.rect((60, 64, 74), 16, 88, 84, 97, 3)
    b.arc((60, 64, 74), 8, 46, 56, 30, 34, (-70, 90))
    m = b.frame(42, 40, 100, 100, turn=-18)
    m.rect(STEEL, 40, 4, 60, 50, 3)
    m.rect(BLACK, 43, -2, 57, 8)
    m.rect(b.main, 44, 50, 56, 62)
    b.rect(BLACK, 22, 68, 70, 74)


@thing("test tubes", "laboratory glass", "flask")
def _flasks(b: Brush) -> None:
    b.poly((214, 234, 240), 22, 10, 36, 10, 36, 40, 54, 92, 4, 92, 22, 40)
    b.poly(b.main, 16, 60, 42, 60, 54, 92, 4, 92)
    for x, tone in ((66, b.second), (86, (120, 200, 120))):
        b.rect((214, 234, 240), x - 7, 14, x + 7, 92, 7)
        b.rect(tone, x - 7, float(b.rng.uniform(36, 66)), x + 7, 92, 7)


@thing("cooking pot", "saucepan", "pot on the stove", coloured=True)
def _pot(b: Brush) -> None:
    b.oval(BLACK, 50, 26, 5, 4)
    b.chord(b.light, 50, 42, 38, 14, 180, 360)
    b.rect(b.main, 14, 42, 86, 90, 8)
    for x in (8, 92):
        b.rect(BLACK, x - 8, 50, x + 8, 58, 3)


@thing("fruit bowl", "bowl of fruit", "bowl with apples and bananas")
def _fruit_bowl(b: Brush) -> None:
    for _ in range(7):
        x, y = float(b.rng.uniform(24, 76)), float(b.rng.uniform(36, 54))
        b.oval(pick(b.rng, ((214, 50, 46), (130, 180, 60), (244, 150, 40), (240, 210, 70))), x, y, 14, 13)
        b.line((90, 60, 40), 1.4, x, y - 12, x + 2, y - 17)
    b.curve((248, 218, 70), 11, 22, 46, 44, 30, 76, 40)
    b.chord(b.main, 50, 56, 46, 36, 0, 180)
    b.rect(b.dark, 34, 88, 66, 95, 2)


@thing("wrench", "spanner", "tool")
def _wrench(b: Brush) -> None:
    w = b.frame(50, 50, 100, 100, turn=pick(b.rng, (0.0, 40.0, -40.0)))
    w.rect(STEEL, 44, 24, 56, 80)
    w.arc(STEEL, 10, 50, 16, 13, 13, (-60, 240))
    w.oval(STEEL, 50, 84, 14)
    w.oval(BLACK, 50, 84, 6)


@thing("sandcastle", "castle of sand")
def _sandcastle(b: Brush) -> None:
    sand: RGB = (226, 196, 132)
    b.rect(sand, 14, 54, 86, 94)
    for x in (8, 40, 72):
        b.poly(shade(sand, 0.93), x, 94, x + 2, 40, x + 20, 40, x + 22, 94)
        b.rect(sand, x, 34, x + 22, 42)
    b.pie(shade(sand, 0.6), 50, 94, 11, 180, 360)
    b.line(WOOD, 1.4, 51, 34, 51, 10)
    b.poly((220, 60, 50), 51, 10, 70, 16, 51, 22)
