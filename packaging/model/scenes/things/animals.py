"""Animals: pets, farm, forest, water and air."""

from scenes.brush import Brush
from scenes.chance import maybe, pick
from scenes.colours import BLACK, RGB, WHITE, shade
from scenes.things.registry import thing

FURS: tuple[RGB, ...] = (
    (70, 66, 64),
    (214, 140, 66),
    (150, 104, 66),
    (236, 230, 222),
    (130, 128, 130),
    (224, 196, 150),
)
FUR_TONES = ("black", "white", "grey", "brown", "orange", "beige", "golden")
BEAK = (244, 164, 40)


def eyes(b: Brush, y: float, *xs: float, size: float = 3) -> None:
    """Draw black eyes with a glint at one height."""
    for x in xs:
        b.oval(BLACK, x, y, size)
        b.plain().oval(WHITE, x - size * 0.3, y - size * 0.3, size * 0.35)


@thing("cat", "kitten", tones=FUR_TONES)
def _cat(b: Brush) -> None:
    b.curve(b.main, 7, 72, 86, 92, 80, 90, 58, 82, 52)
    b.blob(b.main, 38, 44, 62, 44, 78, 80, 72, 94, 28, 94, 24, 80)
    b.poly(b.main, 28, 28, 28, 2, 46, 16)
    b.poly(b.main, 72, 28, 72, 2, 54, 16)
    b.oval(b.main, 50, 30, 25, 21)
    b.oval(b.light, 50, 76, 12, 16)
    eyes(b, 27, 40, 60, size=4)
    b.poly((230, 120, 130), 47, 34, 53, 34, 50, 38)
    for y in (36, 40):
        b.line(BLACK, 0.8, 42, y, 20, y - 3)
        b.line(BLACK, 0.8, 58, y, 80, y - 3)


@thing("cat")
def _cat_face(b: Brush) -> None:
    for flip in (1, -1):
        b.poly(b.main, 50 - flip * 42, 50, 50 - flip * 40, 4, 50 - flip * 10, 22)
        b.poly((240, 170, 170), 50 - flip * 36, 36, 50 - flip * 35, 14, 50 - flip * 18, 24)
    b.oval(b.main, 50, 56, 43, 38)
    for x in (33, 67):
        b.oval((140, 200, 80), x, 50, 8, 9)
        b.oval(BLACK, x, 50, 3, 8)
    b.poly((230, 120, 130), 45, 62, 55, 62, 50, 68)
    b.curve(BLACK, 1.8, 36, 72, 44, 76, 50, 68, 56, 76, 64, 72)
    for y in (64, 70, 76):
        b.line(BLACK, 1, 30, y - 2, 4, y - 6 + (y - 64))
        b.line(BLACK, 1, 70, y - 2, 96, y - 6 + (y - 64))


@thing("cat")
def _walking_cat(b: Brush) -> None:
    b.curve(b.main, 5, 84, 48, 94, 36, 90, 14, 98, 6)
    for x in (28, 40, 70, 82):
        b.line(b.dark if x in (40, 70) else b.main, 6, x, 62, x - 2, 92)
    b.blob(b.main, 22, 48, 50, 42, 86, 46, 88, 64, 60, 68, 26, 66)
    b.poly(b.main, 8, 34, 8, 14, 20, 24)
    b.poly(b.main, 34, 34, 36, 14, 22, 24)
    b.oval(b.main, 21, 38, 16, 14)
    eyes(b, 36, 15, 27, size=2.5)


@thing("dog", "puppy", tones=FUR_TONES)
def _dog(b: Brush) -> None:
    b.curve(b.main, 7, 74, 84, 90, 76, 94, 62)
    b.blob(b.main, 38, 42, 62, 42, 76, 80, 72, 95, 28, 95, 24, 80)
    b.oval(b.main, 50, 28, 23, 22)
    b.oval(b.dark, 26, 32, 8, 18, turn=14)
    b.oval(b.dark, 74, 32, 8, 18, turn=-14)
    b.oval(b.light, 50, 38, 13, 10)
    b.oval(BLACK, 50, 34, 5, 3.5)
    b.curve((200, 60, 70), 2, 44, 43, 50, 46, 56, 43)
    eyes(b, 24, 41, 59)
    b.rect((200, 40, 40), 34, 48, 66, 53, 2)


@thing("dog")
def _walking_dog(b: Brush) -> None:
    b.curve(b.main, 6, 82, 46, 92, 34, 90, 20)
    for x in (34, 44, 72, 82):
        b.rect(b.dark if x in (44, 72) else b.main, x - 4, 58, x + 4, 94, 2)
    b.rect(b.main, 30, 40, 88, 66, 12)
    b.poly(b.main, 28, 26, 48, 44, 34, 62)
    b.rect(b.main, 4, 26, 40, 44, 8)
    b.oval(b.main, 28, 28, 13)
    b.oval(b.dark, 36, 34, 6, 14, turn=-10)
    b.oval(BLACK, 6, 31, 4)
    eyes(b, 26, 23)


@thing("dog")
def _dog_face(b: Brush) -> None:
    b.oval(b.main, 50, 50, 34, 40)
    b.blob(b.dark, 22, 18, 6, 30, 6, 62, 18, 70, 30, 30)
    b.blob(b.dark, 78, 18, 94, 30, 94, 62, 82, 70, 70, 30)
    b.oval(b.light, 50, 68, 22, 18)
    b.oval(BLACK, 50, 58, 9, 6)
    b.line(BLACK, 2, 50, 62, 50, 72)
    b.blob((236, 110, 130), 44, 76, 56, 76, 55, 92, 45, 92)
    eyes(b, 40, 36, 64, size=4.5)


@thing("fish", "tropical fish", "fish in the water", coloured=True)
def _fish(b: Brush) -> None:
    b.poly(b.dark, 72, 50, 97, 26, 92, 50, 97, 74)
    b.poly(b.dark, 34, 30, 50, 10, 64, 32)
    b.blob(b.main, 4, 52, 20, 34, 44, 26, 66, 38, 78, 50, 66, 62, 44, 74, 20, 68)
    b.blob(b.light, 40, 50, 54, 44, 56, 58)
    eyes(b, 46, 20, size=4)
    if maybe(b.rng, 0.5):
        for x in (36, 50, 62):
            b.arc(b.second, 3, x - 8, 50, 10, 20, (-60, 60))


@thing("fish")
def _slim_fish(b: Brush) -> None:
    b.poly(b.main, 76, 50, 98, 36, 98, 64)
    b.blob(b.main, 2, 50, 30, 36, 60, 40, 82, 50, 60, 60, 30, 64)
    b.poly(b.dark, 40, 37, 56, 26, 58, 40)
    b.arc(b.dark, 2, 18, 50, 8, 11, (-70, 70))
    eyes(b, 47, 13, size=2.5)


@thing("bird", "little bird", "songbird", coloured=True)
def _bird(b: Brush) -> None:
    b.poly(b.dark, 70, 56, 99, 46, 96, 60, 74, 68)
    b.line(BEAK, 2.5, 46, 76, 46, 93)
    b.line(BEAK, 2.5, 56, 76, 56, 93)
    b.blob(b.main, 18, 36, 34, 20, 50, 32, 78, 54, 66, 76, 40, 78, 24, 60)
    b.blob(b.dark, 42, 46, 62, 50, 84, 60, 60, 68, 46, 62)
    b.poly(BEAK, 18, 32, 3, 38, 19, 42)
    eyes(b, 33, 30)


@thing("bird")
def _flying_bird(b: Brush) -> None:
    b.blob(b.dark, 44, 50, 30, 10, 66, 36)
    b.poly(b.main, 66, 54, 96, 46, 94, 66)
    b.blob(b.main, 14, 50, 26, 40, 50, 44, 78, 56, 50, 66, 24, 60)
    b.blob(b.light, 40, 54, 58, 52, 66, 92)
    b.poly(BEAK, 16, 47, 2, 52, 16, 56)
    eyes(b, 48, 23, size=2.5)


@thing("owl")
def _owl(b: Brush) -> None:
    fur = pick(b.rng, FURS)
    b.rect((104, 70, 44), 0, 88, 100, 96, 3)
    b.blob(fur, 24, 20, 50, 16, 76, 20, 80, 60, 66, 90, 34, 90, 20, 60)
    b.poly(fur, 24, 26, 22, 4, 40, 18)
    b.poly(fur, 76, 26, 78, 4, 60, 18)
    b.oval(shade(fur, 1.5), 50, 66, 18, 22)
    for x in (37, 63):
        b.oval((250, 224, 120), x, 34, 13)
        b.oval(BLACK, x, 34, 6)
    b.poly(BEAK, 46, 42, 54, 42, 50, 52)


@thing("owl")
def _owl_face(b: Brush) -> None:
    fur = pick(b.rng, FURS)
    b.oval(fur, 50, 52, 44)
    b.poly(fur, 10, 40, 8, 4, 40, 14)
    b.poly(fur, 90, 40, 92, 4, 60, 14)
    for x in (31, 69):
        b.oval(WHITE, x, 46, 19)
        b.oval((240, 170, 30), x, 46, 12)
        b.oval(BLACK, x, 46, 7)
    b.poly(BEAK, 43, 58, 57, 58, 50, 74)


@thing("rabbit", "bunny", "hare", tones=FUR_TONES)
def _rabbit(b: Brush) -> None:
    for x, turn in ((38, -8), (60, 10)):
        b.oval(b.main, x, 18, 7, 19, turn=turn)
        b.oval((244, 180, 186), x, 19, 3.5, 13, turn=turn)
    b.oval(WHITE, 78, 84, 9)
    b.oval(b.main, 52, 74, 27, 23)
    b.oval(b.main, 49, 44, 20, 18)
    b.oval(b.light, 36, 94, 12, 5)
    b.oval(b.light, 64, 94, 12, 5)
    eyes(b, 41, 41, 57)
    b.poly((230, 120, 130), 46, 48, 52, 48, 49, 52)


@thing("rabbit")
def _rabbit_side(b: Brush) -> None:
    b.oval(b.main, 30, 18, 5, 18, turn=20)
    b.oval(b.dark, 38, 18, 5, 18, turn=30)
    b.oval(WHITE, 90, 70, 8)
    b.oval(b.main, 60, 66, 30, 22)
    b.oval(b.dark, 70, 72, 17, 15)
    b.oval(b.main, 24, 46, 17, 14)
    b.oval(b.main, 32, 86, 12, 5)
    b.oval(b.main, 72, 88, 18, 5)
    eyes(b, 43, 19)


@thing("butterfly", "colourful butterfly", coloured=True)
def _butterfly(b: Brush) -> None:
    for f in (1, -1):
        b.blob(b.main, 50, 46, 50 + f * 16, 12, 50 + f * 44, 10, 50 + f * 44, 40, 50 + f * 20, 54)
        b.blob(b.dark, 50, 54, 50 + f * 22, 54, 50 + f * 36, 70, 50 + f * 24, 92, 50 + f * 8, 74)
        b.oval(b.second, 50 + f * 30, 28, 6)
        b.oval(b.second, 50 + f * 22, 74, 5)
        b.curve(BLACK, 1.5, 50, 26, 50 + f * 6, 12, 50 + f * 14, 8)
    b.oval(BLACK, 50, 52, 3.5, 28)


@thing("butterfly")
def _butterfly_side(b: Brush) -> None:
    b.blob(b.main, 44, 62, 30, 20, 60, 4, 86, 14, 80, 44)
    b.blob(b.dark, 46, 64, 76, 50, 92, 64, 76, 84, 56, 78)
    b.line(BLACK, 4, 30, 76, 62, 58)
    b.curve(BLACK, 1.5, 32, 74, 20, 68, 12, 56)
    b.oval(b.second, 64, 24, 6)


@thing("elephant", "grey elephant")
def _elephant(b: Brush) -> None:
    grey = pick(b.rng, ((140, 144, 152), (120, 122, 132), (164, 160, 160)))
    for x in (38, 52, 72, 84):
        b.rect(shade(grey, 0.85), x - 6, 58, x + 6, 95, 3)
    b.oval(grey, 62, 48, 34, 26)
    b.oval(grey, 28, 40, 20, 21)
    b.curve(grey, 9, 14, 46, 8, 66, 10, 86, 18, 90)
    b.blob(shade(grey, 0.85), 32, 22, 52, 26, 50, 54, 34, 56)
    b.curve(WHITE, 4, 22, 56, 18, 66, 24, 70)
    eyes(b, 36, 20, size=2.2)


@thing("elephant")
def _elephant_face(b: Brush) -> None:
    grey = (142, 146, 154)
    b.blob(grey, 34, 24, 8, 14, 2, 44, 14, 66, 34, 58)
    b.blob(grey, 66, 24, 92, 14, 98, 44, 86, 66, 66, 58)
    b.oval(shade(grey, 0.93), 50, 42, 25, 28)
    b.blob(shade(grey, 0.93), 40, 56, 60, 56, 57, 84, 62, 98, 44, 98, 43, 84)
    b.poly(WHITE, 36, 62, 40, 66, 33, 80)
    b.poly(WHITE, 64, 62, 60, 66, 67, 80)
    eyes(b, 38, 40, 60)


@thing("turtle", "tortoise")
def _turtle(b: Brush) -> None:
    skin = (120, 170, 90)
    for x in (28, 70):
        b.oval(skin, x, 78, 9, 11)
    b.oval(skin, 12, 56, 12, 10)
    b.poly(skin, 86, 70, 98, 74, 86, 76)
    b.chord((100, 116, 52), 52, 72, 40, 44, 180, 360)
    for x, y in ((36, 56), (52, 44), (68, 56)):
        b.poly((140, 150, 76), x - 7, y, x - 3, y - 7, x + 5, y - 7, x + 8, y, x + 3, y + 7, x - 4, y + 7)
    eyes(b, 53, 8, size=2)


@thing("turtle")
def _turtle_above(b: Brush) -> None:
    for x, y, turn in ((22, 26, -45), (78, 26, 45), (22, 76, 45), (78, 76, -45)):
        b.oval((110, 160, 90), x, y, 9, 16, turn=turn)
    b.oval((110, 160, 90), 50, 12, 10, 12)
    b.oval((90, 110, 54), 50, 52, 33, 37)
    for x, y in ((50, 34), (34, 48), (66, 48), (50, 58), (38, 72), (62, 72)):
        b.oval((130, 146, 70), x, y, 8)


@thing("snake")
def _snake(b: Brush) -> None:
    tone = pick(b.rng, ((70, 150, 60), (150, 120, 50), (60, 60, 60)))
    b.curve(tone, 9, 96, 82, 76, 66, 58, 86, 36, 70, 40, 50, 62, 44, 60, 24, 34, 22)
    b.oval(tone, 28, 22, 14, 9)
    b.line((210, 40, 40), 1.5, 15, 22, 3, 18)
    b.line((210, 40, 40), 1.5, 15, 22, 3, 27)
    eyes(b, 19, 23, size=2)


@thing("snake")
def _coiled_snake(b: Brush) -> None:
    tone = pick(b.rng, ((70, 150, 60), (170, 120, 50)))
    for y, r in ((86, 40), (72, 32), (59, 24)):
        b.oval(shade(tone, 0.7 + y / 400), 50, y, r, 9)
    b.curve(tone, 9, 50, 56, 60, 40, 46, 28, 40, 18)
    b.oval(tone, 34, 16, 14, 9)
    eyes(b, 13, 30, size=2)


@thing("spider", "spider with eight legs")
def _spider(b: Brush) -> None:
    for f in (1, -1):
        for y, end in ((38, 10), (46, 34), (54, 66), (60, 92)):
            b.line(BLACK, 2.5, 50, y + 6, 50 + f * 26, (y + end) / 2 - 6, 50 + f * 44, end)
    b.oval(BLACK, 50, 62, 18, 20)
    b.oval((50, 46, 46), 50, 40, 12)


@thing("spider")
def _spider_web(b: Brush) -> None:
    for turn in range(0, 360, 45):
        b.frame(50, 50, 100, 100, turn=turn).line((150, 150, 156), 1, 50, 50, 50, 2)
    for r in (12, 24, 36, 46):
        b.line((150, 150, 156), 1, *(v for a in range(0, 405, 45) for v in _ring_point(r, a)))
    _spider(b.frame(62, 60, 26, 26))


def _ring_point(radius: float, angle: int) -> tuple[float, float]:
    diagonal = 0.7071 * radius
    steps = (
        (0, -radius),
        (diagonal, -diagonal),
        (radius, 0),
        (diagonal, diagonal),
        (0, radius),
        (-diagonal, diagonal),
        (-radius, 0),
        (-diagonal, -diagonal),
    )
    dx, dy = steps[angle // 45 % 8]
    return 50 + dx, 50 + dy


@thing("bee", "honey bee", "insect")
def _bee(b: Brush) -> None:
    b.oval((214, 232, 244), 44, 26, 12, 22, turn=-20)
    b.oval((214, 232, 244), 64, 26, 12, 22, turn=20)
    b.oval((250, 204, 50), 54, 58, 36, 24)
    for x in (44, 60, 76):
        b.rect(BLACK, x - 4, 37 + abs(x - 54) * 0.2, x + 4, 79 - abs(x - 54) * 0.2)
    b.oval(BLACK, 18, 54, 13)
    b.curve(BLACK, 2, 14, 44, 8, 30, 2, 28)


@thing("bee")
def _ladybird(b: Brush) -> None:
    b.oval((214, 232, 244), 26, 40, 22, 11, turn=-30)
    b.oval((214, 232, 244), 74, 40, 22, 11, turn=30)
    b.oval((250, 204, 50), 50, 58, 20, 34)
    for y in (50, 64, 78):
        b.rect(BLACK, 32 + abs(y - 58) * 0.2, y - 4, 68 - abs(y - 58) * 0.2, y + 4)
    b.oval(BLACK, 50, 24, 13)


@thing("goldfish", "fish", "ornamental fish", tones=("orange", "golden", "red", "orange"))
def _goldfish(b: Brush) -> None:
    b.blob(b.light, 64, 48, 84, 22, 98, 16, 94, 40, 86, 50, 98, 66, 92, 86, 76, 70)
    b.blob(b.dark, 30, 32, 44, 12, 62, 16, 68, 36)
    b.poly(b.light, 44, 66, 60, 68, 58, 88)
    b.blob(b.main, 4, 50, 18, 32, 42, 26, 66, 40, 74, 50, 62, 64, 40, 74, 16, 66)
    b.blob(b.light, 34, 52, 50, 48, 52, 64, 42, 62)
    eyes(b, 46, 18, size=5)


@thing("goldfish")
def _round_goldfish(b: Brush) -> None:
    b.poly(b.dark, 66, 50, 96, 24, 88, 50, 96, 78)
    b.blob(b.dark, 28, 28, 50, 10, 62, 34)
    b.oval(b.main, 40, 50, 34, 27)
    b.poly(b.dark, 42, 56, 58, 52, 56, 70)
    for x in (50, 60):
        b.arc(b.light, 1.6, x - 6, 50, 8, 16, (-60, 60))
    eyes(b, 44, 22, size=4)
    b.arc(BLACK, 1.6, 12, 56, 7, 5, (20, 120))
