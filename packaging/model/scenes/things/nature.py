"""Plants, sky and weather, and a few signs as plain as hearts and stars."""

from scenes.brush import Brush
from scenes.chance import maybe, pick
from scenes.colours import BLACK, RGB, WHITE, shade
from scenes.things.registry import thing

GREENS: tuple[RGB, ...] = ((60, 140, 60), (90, 160, 70), (40, 110, 60), (120, 160, 60))
TRUNK: RGB = (112, 76, 46)
RAIN: RGB = (90, 150, 220)
CLOUD: RGB = (226, 232, 240)


@thing("tree")
def _tree(b: Brush) -> None:
    green = pick(b.rng, GREENS)
    b.poly(TRUNK, 44, 50, 56, 50, 60, 98, 40, 98)
    for x, y, r in ((32, 42, 20), (66, 42, 21), (50, 26, 23), (50, 48, 20)):
        b.oval(shade(green, float(b.rng.uniform(0.85, 1.12))), x, y, r)


@thing("tree")
def _round_tree(b: Brush) -> None:
    b.rect(TRUNK, 45, 56, 55, 97)
    b.oval(pick(b.rng, (*GREENS, (220, 140, 50), (240, 170, 190))), 50, 38, 34, 35)


@thing("tree")
def _bare_tree(b: Brush) -> None:
    b.poly(TRUNK, 45, 54, 55, 54, 59, 98, 41, 98)
    for x, y in ((22, 12), (40, 4), (62, 6), (82, 16), (90, 34), (10, 34)):
        b.curve(TRUNK, 3, 50, 60, (50 + x) / 2 + 2, (56 + y) / 2 + 6, x, y)
    for x, y in ((16, 22), (30, 6), (74, 6), (88, 24)):
        b.line(TRUNK, 1.5, (50 + x) / 2, (50 + y) / 2 + 4, x, y)


@thing("fir tree", "pine tree", "conifer", "spruce")
def _fir(b: Brush) -> None:
    green = shade(pick(b.rng, GREENS), 0.75)
    b.rect(TRUNK, 45, 78, 55, 98)
    for top, half, bottom in ((44, 36, 84), (24, 29, 60), (4, 21, 36)):
        b.poly(green, 50, top, 50 + half, bottom, 50 - half, bottom)


@thing("christmas tree", "decorated christmas tree", "fir tree with baubles")
def _christmas_tree(b: Brush) -> None:
    _fir(b)
    for x, y in ((42, 30), (56, 34), (36, 52), (52, 50), (64, 56), (30, 76), (46, 70), (58, 78), (70, 76)):
        b.oval(pick(b.rng, ((220, 40, 40), (250, 200, 50), (70, 130, 220))), x, y, 3.5)
    _star(b.frame(50, 6, 16, 16))


@thing("palm tree", "palm", "tropical tree")
def _palm(b: Brush) -> None:
    b.curve((150, 108, 66), 6, 44, 98, 46, 70, 54, 34)
    for x, y in ((14, 26), (22, 48), (34, 8), (70, 6), (90, 22), (86, 46)):
        mx, my = (54 + x) / 2, (30 + y) / 2 - 8
        b.blob(pick(b.rng, GREENS), 54, 30, mx, my - 4, x, y, mx, my + 6)
    for x in (50, 58):
        b.oval((110, 70, 40), x, 36, 4)


@thing("flower", "blossom", "blooming flower", coloured=True)
def _flower(b: Brush) -> None:
    b.curve((70, 140, 60), 4, 50, 40, 48, 70, 52, 98)
    b.blob((80, 160, 70), 50, 80, 66, 66, 84, 66, 70, 82)
    petals = int(b.rng.integers(5, 9))
    for i in range(petals):
        b.frame(50, 34, 100, 100, turn=360 / petals * i).oval(b.main, 50, 31, 9, 15)
    b.oval((250, 206, 70), 50, 34, 10)


@thing("flower")
def _blossom_above(b: Brush) -> None:
    petals = int(b.rng.integers(5, 12))
    for i in range(petals):
        b.frame(50, 50, 100, 100, turn=360 / petals * i).oval(b.main if i % 2 else b.light, 50, 24, 50 / petals + 5, 24)
    b.oval((240, 190, 50), 50, 50, 13)


@thing("tulip", "tulips", "spring flower", coloured=True)
def _tulip(b: Brush) -> None:
    b.line((80, 150, 70), 4, 50, 44, 50, 98)
    b.blob((80, 150, 70), 50, 96, 34, 74, 26, 48, 42, 66)
    b.blob((90, 160, 80), 50, 96, 66, 74, 76, 54, 58, 70)
    b.poly(b.main, 32, 8, 42, 20, 50, 4, 58, 20, 68, 8, 66, 40, 50, 48, 34, 40)


@thing("sunflower", "yellow sunflower")
def _sunflower(b: Brush) -> None:
    b.line((80, 140, 60), 5, 50, 50, 50, 98)
    b.blob((80, 150, 60), 50, 84, 70, 68, 90, 72, 70, 88)
    for i in range(16):
        b.frame(50, 36, 100, 100, turn=22.5 * i).oval((250, 196, 40), 50, 22, 5, 14)
    b.oval((100, 62, 30), 50, 36, 16)


@thing("rose", "roses")
def _rose(b: Brush) -> None:
    red = pick(b.rng, ((200, 24, 50), (230, 90, 130)))
    b.curve((60, 120, 60), 4, 50, 46, 52, 70, 48, 98)
    b.blob((70, 130, 60), 50, 72, 66, 60, 82, 64, 66, 78)
    b.oval(red, 50, 30, 25, 24)
    b.arc(shade(red, 0.65), 2.5, 50, 32, 17, 15, (0, 230))
    b.arc(shade(red, 0.65), 2.5, 50, 30, 10, 9, (120, 400))
    b.arc(shade(red, 0.65), 2.5, 50, 29, 4, 4, (0, 300))


@thing("flower pot", "potted plant", "plant in a pot", "houseplant")
def _pot(b: Brush) -> None:
    green = pick(b.rng, GREENS)
    for x, y in ((20, 30), (36, 8), (62, 6), (80, 30), (50, 20)):
        mx, my = (50 + x) / 2, (62 + y) / 2
        b.blob(shade(green, float(b.rng.uniform(0.85, 1.15))), 50, 64, mx - 8, my, x, y, mx + 8, my)
    b.poly((190, 100, 64), 28, 66, 72, 66, 66, 97, 34, 97)
    b.rect((206, 116, 78), 24, 58, 76, 68, 2)


@thing("flower pot")
def _pot_of_flowers(b: Brush) -> None:
    for x, y in ((30, 24), (50, 14), (70, 26)):
        b.curve((80, 140, 60), 3, 50, 62, (50 + x) / 2, 44, x, y)
        for i in range(5):
            b.frame(x, y, 30, 30, turn=72 * i).oval(b.main, 50, 24, 17, 22)
        b.oval((250, 210, 80), x, y, 4)
    b.poly(b.second, 30, 60, 70, 60, 64, 96, 36, 96)


@thing("cactus", "cactus in the desert")
def _cactus(b: Brush) -> None:
    green = (80, 150, 80)
    b.line(green, 12, 50, 46, 22, 46, 22, 26)
    b.line(green, 12, 50, 60, 78, 60, 78, 34)
    for x, y in ((22, 26), (78, 34)):
        b.oval(green, x, y, 6)
    b.rect(green, 41, 8, 59, 96, 9)
    for x in (46, 54):
        b.line(shade(green, 0.75), 1.2, x, 14, x, 94)


@thing("cactus")
def _potted_cactus(b: Brush) -> None:
    b.oval((90, 160, 90), 50, 42, 26, 32)
    for x in (36, 50, 64):
        b.curve(shade((90, 160, 90), 0.75), 1.5, 50 + (x - 50) * 0.6, 12, x, 42, 50 + (x - 50) * 0.6, 72)
    b.oval((240, 110, 150), 50, 10, 8, 6)
    b.poly((196, 108, 70), 28, 68, 72, 68, 66, 96, 34, 96)


@thing("leaf")
def _leaf(b: Brush) -> None:
    tone = pick(b.rng, (*GREENS, (214, 110, 40), (200, 60, 40)))
    b.blob(tone, 50, 2, 76, 30, 74, 62, 50, 86, 26, 62, 24, 30)
    b.line(shade(tone, 0.7), 2, 50, 8, 50, 99)
    for y in (28, 44, 60):
        b.line(shade(tone, 0.7), 1.2, 32, y - 10, 50, y, 68, y - 10)


@thing("leaf")
def _maple_leaf(b: Brush) -> None:
    tone = pick(b.rng, ((214, 90, 30), (200, 40, 36), (236, 180, 50)))
    b.line((120, 70, 40), 3, 50, 60, 50, 98)
    b.poly(
        tone,
        50,
        2,
        58,
        20,
        70,
        14,
        68,
        36,
        92,
        26,
        86,
        42,
        98,
        50,
        74,
        66,
        76,
        76,
        50,
        72,
        24,
        76,
        26,
        66,
        2,
        50,
        14,
        42,
        8,
        26,
        32,
        36,
        30,
        14,
        42,
        20,
    )


@thing("sun", "shining sun", "sunshine")
def _sun(b: Brush) -> None:
    tone = pick(b.rng, ((252, 206, 50), (250, 160, 40)))
    rays = pick(b.rng, (8, 12, 16))
    for i in range(rays):
        b.frame(50, 50, 100, 100, turn=360 / rays * i).poly(tone, 46, 22, 54, 22, 50, 2)
    b.oval(tone, 50, 50, 25)


@thing("sun")
def _sun_behind_cloud(b: Brush) -> None:
    _sun(b.frame(36, 36, 72, 72))
    _cloud(b.frame(60, 66, 78, 60))


@thing("moon")
def _moon(b: Brush) -> None:
    b.blob((250, 230, 140), 60, 4, 30, 16, 16, 50, 30, 84, 62, 96, 84, 86, 56, 74, 44, 50, 54, 24)


@thing("moon")
def _full_moon(b: Brush) -> None:
    b.oval((232, 228, 208), 50, 50, 42)
    for x, y, r in ((36, 36, 9), (62, 54, 11), (44, 68, 6), (64, 30, 5)):
        b.oval((206, 202, 184), x, y, r)


@thing("star", "five-pointed star", coloured=True)
def _star(b: Brush) -> None:
    b.poly(b.main, 50, 4, 61, 38, 97, 38, 68, 59, 79, 94, 50, 73, 21, 94, 32, 59, 3, 38, 39, 38)


@thing("heart", "love heart", "love", coloured=True)
def _heart(b: Brush) -> None:
    b.blob(b.main, 50, 92, 24, 70, 6, 44, 8, 20, 28, 10, 50, 28, 72, 10, 92, 20, 94, 44, 76, 70)


@thing("heart")
def _heart_with_arrow(b: Brush) -> None:
    _heart(b)
    b.line(TRUNK, 3, 2, 78, 98, 22)
    b.poly(TRUNK, 98, 20, 86, 20, 94, 32)


@thing("cloud")
def _cloud(b: Brush) -> None:
    for x, y, r in ((26, 60, 17), (46, 44, 23), (70, 54, 20), (84, 66, 13)):
        b.oval(CLOUD, x, y, r)
    b.rect(CLOUD, 14, 58, 94, 78, 10)


@thing("rain cloud", "rain", "rainy weather")
def _rain_cloud(b: Brush) -> None:
    _cloud(b.frame(50, 36, 92, 76))
    for x, y in ((24, 66), (42, 72), (60, 66), (78, 72), (34, 86), (54, 88), (70, 86)):
        b.line(RAIN, 3, x, y, x - 4, y + 10)


@thing("thunderstorm", "lightning", "thunder cloud")
def _lightning(b: Brush) -> None:
    for x, y, r in ((26, 36, 17), (48, 24, 21), (72, 34, 19)):
        b.oval((110, 116, 130), x, y, r)
    b.rect((110, 116, 130), 12, 34, 92, 52, 9)
    b.poly((252, 208, 50), 52, 48, 34, 74, 48, 74, 40, 98, 68, 66, 54, 66, 62, 48)


@thing("snowflake", "snow crystal", "ice crystal")
def _snowflake(b: Brush) -> None:
    tone = pick(b.rng, ((120, 180, 230), (70, 130, 200), (170, 210, 240)))
    for i in range(6):
        s = b.frame(50, 50, 100, 100, turn=60 * i)
        s.line(tone, 3, 50, 50, 50, 6)
        s.line(tone, 2.5, 38, 10, 50, 22, 62, 10)
        s.line(tone, 2.5, 42, 26, 50, 34, 58, 26)


@thing("snowman", "snowman with a carrot nose")
def _snowman(b: Brush) -> None:
    snow = (244, 248, 252)
    b.line(TRUNK, 2.5, 30, 50, 8, 36)
    b.line(TRUNK, 2.5, 70, 50, 92, 36)
    for y, r in ((76, 23), (48, 18), (24, 14)):
        b.oval(snow, 50, y, r)
    b.rect(BLACK, 34, 10, 66, 14)
    b.rect(BLACK, 39, -4, 61, 12)
    for x in (45, 55):
        b.oval(BLACK, x, 21, 2)
    b.poly((240, 130, 40), 50, 24, 50, 28, 66, 28)
    b.rect(b.main, 36, 34, 64, 40, 3)
    for y in (46, 54, 68):
        b.oval(BLACK, 50, y, 2)


@thing("fire", "flames", "campfire")
def _fire(b: Brush) -> None:
    b.line(TRUNK, 8, 20, 94, 80, 82)
    b.line(TRUNK, 8, 80, 94, 20, 82)
    b.blob((236, 90, 30), 50, 6, 66, 34, 80, 56, 70, 84, 30, 84, 20, 56, 36, 40)
    b.blob((250, 170, 40), 52, 32, 64, 54, 62, 82, 38, 82, 34, 60)
    b.blob((255, 230, 120), 50, 54, 57, 68, 50, 82, 43, 68)


@thing("fire")
def _wide_fire(b: Brush) -> None:
    for x in range(8, 98, 14):
        b.oval((130, 128, 126), x, 92, 8, 6)
    for x, tall, tone in ((30, 40, (228, 80, 30)), (70, 46, (228, 80, 30)), (50, 70, (244, 120, 30))):
        b.blob(tone, x - 2, 86 - tall, x + 13, 66, x + 12, 86, x - 14, 86, x - 14, 66)
    for x, tall in ((38, 30), (60, 38)):
        b.blob((255, 204, 70), x, 86 - tall, x + 8, 74, x + 6, 86, x - 7, 86, x - 8, 74)
    b.line(TRUNK, 7, 16, 90, 84, 84)
    b.line(shade(TRUNK, 0.8), 7, 18, 84, 86, 91)
    for _ in range(6):
        b.oval((255, 200, 80), float(b.rng.uniform(24, 76)), float(b.rng.uniform(2, 36)), 1.4)


@thing("mountain", "snowy mountain", "mountain peak")
def _mountain(b: Brush) -> None:
    tone = pick(b.rng, ((110, 120, 140), (130, 110, 100), (90, 110, 120)))
    b.poly(shade(tone, 0.85), 66, 36, 100, 92, 34, 92)
    b.poly(tone, 38, 10, 80, 92, 0, 92)
    b.poly(WHITE, 38, 10, 50, 34, 42, 30, 36, 38, 28, 32)


@thing("globe", "planet earth", "the earth", "world")
def _earth(b: Brush) -> None:
    b.oval((60, 130, 210), 50, 50, 44)
    green = (90, 170, 90)
    b.blob(green, 26, 22, 46, 16, 48, 34, 36, 46, 24, 44)
    b.blob(green, 40, 52, 54, 56, 50, 78, 42, 84)
    b.blob(green, 62, 26, 82, 34, 88, 54, 72, 70, 62, 50)


@thing("globe")
def _desk_globe(b: Brush) -> None:
    b.arc((130, 90, 50), 4, 50, 44, 40, 40, (-60, 130))
    b.line((130, 90, 50), 4, 50, 84, 50, 92)
    b.oval((130, 90, 50), 50, 94, 24, 5)
    _earth(b.frame(50, 44, 74, 74, turn=20))


@thing("saturn", "planet with rings", "planet")
def _saturn(b: Brush) -> None:
    tone = pick(b.rng, ((226, 190, 120), (200, 130, 90), (130, 150, 200)))
    b.oval(tone, 50, 50, 27)
    b.oval(shade(tone, 1.3), 44, 42, 10, 6)
    s = b.frame(50, 50, 100, 100, turn=-18)
    s.arc(shade(tone, 0.7), 4, 50, 50, 46, 13, (-20, 200))


@thing("skull", "human skull", "death's head")
def _skull(b: Brush) -> None:
    bone = (240, 236, 222)
    b.oval(bone, 50, 42, 36, 36)
    b.rect(bone, 32, 64, 68, 94, 6)
    for x in (36, 64):
        b.oval(BLACK, x, 46, 9, 10)
    b.poly(BLACK, 50, 56, 55, 68, 45, 68)
    for x in (41, 50, 59):
        b.line(BLACK, 1.5, x, 78, x, 93)


@thing("water drop", "drop of water", "raindrop")
def _drop(b: Brush) -> None:
    b.blob(RAIN if maybe(b.rng, 0.7) else (60, 170, 220), 50, 4, 66, 36, 80, 62, 68, 90, 50, 95, 32, 90, 20, 62, 34, 36)
    b.curve(WHITE, 3, 34, 62, 38, 78, 48, 84)
