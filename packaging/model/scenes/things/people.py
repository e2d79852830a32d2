"""People: faces, figures in poses, hands."""

from scenes.brush import Brush
from scenes.chance import maybe, pick
from scenes.colours import BLACK, RGB, WHITE, shade
from scenes.things.registry import thing

SKINS: tuple[RGB, ...] = ((250, 216, 190), (236, 188, 150), (198, 140, 98), (140, 92, 62), (92, 60, 44))
HAIRS: tuple[RGB, ...] = ((44, 32, 26), (96, 60, 34), (222, 180, 96), (170, 82, 40), (150, 150, 150), (20, 20, 24))
CLOTHES: tuple[RGB, ...] = (
    (60, 90, 160),
    (190, 50, 60),
    (60, 130, 90),
    (240, 200, 80),
    (90, 90, 100),
    (150, 90, 160),
    (240, 240, 240),
)


def _face(b: Brush, skin: RGB, hair: RGB, *, long_hair: bool) -> None:
    if long_hair:
        b.blob(hair, 50, 6, 82, 20, 86, 60, 82, 92, 18, 92, 14, 60, 18, 20)
    b.oval(skin, 50, 52, 29, 35)
    b.blob(hair, 20, 46, 24, 16, 50, 8, 76, 16, 80, 46, 68, 28, 46, 30, 30, 30)
    for x in (39, 61):
        b.oval(WHITE, x, 50, 5, 3.4)
        b.oval(BLACK, x, 50, 2.6)
        b.curve(hair, 2, x - 6, 42, x, 39, x + 6, 42)
    b.curve(shade(skin, 0.75), 2, 50, 52, 47, 62, 52, 63)
    if maybe(b.rng, 0.5):
        b.chord((190, 60, 70), 50, 70, 12, 8, 0, 180)
    else:
        b.curve((190, 80, 80), 2.5, 40, 72, 50, 76, 60, 72)


@thing("man's face", "face of a man", "portrait of a man", "man")
def _man(b: Brush) -> None:
    skin, hair = pick(b.rng, SKINS), pick(b.rng, HAIRS)
    b.blob(pick(b.rng, CLOTHES), 10, 100, 20, 86, 50, 80, 80, 86, 90, 100)
    b.rect(shade(skin, 0.9), 40, 76, 60, 92)
    _face(b, skin, hair, long_hair=False)
    if maybe(b.rng, 0.4):
        b.blob(hair, 24, 62, 36, 66, 50, 65, 64, 66, 76, 62, 66, 86, 50, 91, 34, 86)
        b.curve((200, 90, 90), 3, 42, 74, 50, 76, 58, 74)


@thing("man's face")
def _bald_man(b: Brush) -> None:
    skin = pick(b.rng, SKINS)
    b.oval(skin, 19, 52, 6, 9)
    b.oval(skin, 81, 52, 6, 9)
    b.oval(skin, 50, 50, 32, 40)
    for x in (38, 62):
        b.oval(BLACK, x, 46, 3)
        b.arc(BLACK, 2, x, 46, 9, 8, (0, 360))
    b.line(BLACK, 2, 47, 45, 53, 45)
    b.blob((90, 80, 74), 34, 66, 50, 61, 66, 66, 50, 70)
    b.curve((170, 70, 70), 2.5, 42, 76, 50, 79, 58, 76)


@thing("woman's face", "face of a woman", "portrait of a woman", "woman")
def _woman(b: Brush) -> None:
    skin, hair = pick(b.rng, SKINS), pick(b.rng, HAIRS)
    b.blob(pick(b.rng, CLOTHES), 14, 100, 26, 88, 50, 84, 74, 88, 86, 100)
    _face(b, skin, hair, long_hair=True)


@thing("woman's face")
def _woman_with_bun(b: Brush) -> None:
    skin, hair = pick(b.rng, SKINS), pick(b.rng, HAIRS)
    b.oval(hair, 50, 8, 13, 11)
    b.blob(pick(b.rng, CLOTHES), 14, 100, 26, 90, 50, 86, 74, 90, 86, 100)
    b.rect(shade(skin, 0.9), 42, 78, 58, 92)
    _face(b, skin, hair, long_hair=False)
    b.oval((230, 190, 80), 21, 64, 3)
    b.oval((230, 190, 80), 79, 64, 3)


@thing("child", "kid", "little child")
def _child(b: Brush) -> None:
    skin, hair = pick(b.rng, SKINS), pick(b.rng, HAIRS)
    for x in (42, 58):
        b.rect(skin, x - 5, 80, x + 5, 94)
        b.oval(BLACK, x, 95, 7, 4)
    b.poly(pick(b.rng, CLOTHES), 38, 54, 62, 54, 70, 84, 30, 84)
    b.line(skin, 6, 37, 58, 20, 72)
    b.line(skin, 6, 63, 58, 80, 72)
    b.oval(hair, 50, 26, 25)
    b.oval(skin, 50, 32, 22, 21)
    for x in (42, 58):
        b.oval(BLACK, x, 31, 3)
    b.curve((190, 70, 70), 2, 43, 41, 50, 45, 57, 41)


@thing("child")
def _baby(b: Brush) -> None:
    skin = pick(b.rng, SKINS)
    b.blob(pick(b.rng, ((150, 200, 240), (250, 190, 200), (250, 230, 150))), 30, 60, 70, 60, 84, 90, 50, 97, 16, 90)
    b.oval(skin, 50, 38, 30, 29)
    b.oval(skin, 18, 40, 5, 7)
    b.oval(skin, 82, 40, 5, 7)
    b.curve(pick(b.rng, HAIRS), 2.5, 46, 12, 52, 5, 57, 13)
    for x in (38, 62):
        b.oval(BLACK, x, 38, 3.5)
    b.curve((190, 70, 70), 2.5, 42, 51, 50, 55, 58, 51)


def _figure(b: Brush, arms: tuple[float, ...], legs: tuple[float, ...], shirt: RGB) -> None:
    skin, hair, trousers = pick(b.rng, SKINS), pick(b.rng, HAIRS), shade(pick(b.rng, CLOTHES), 0.7)
    for limb in (legs[:6], legs[6:]):
        b.line(trousers, 8, *limb)
        b.oval(BLACK, limb[4] + 2, limb[5], 6, 3.5)
    b.line(skin, 6, *arms[:6])
    b.line(skin, 6, *arms[6:])
    b.line(shirt, 7, *arms[:4])
    b.line(shirt, 7, *arms[6:10])
    b.rect(shirt, 40, 26, 60, 60, 6)
    b.oval(skin, 50, 14, 10, 11)
    b.chord(hair, 50, 13, 11, 11, 175, 365)


@thing("person", "standing person", "someone standing", "man standing")
def _standing(b: Brush) -> None:
    _figure(
        b,
        (42, 30, 34, 44, 34, 58, 58, 30, 66, 44, 66, 58),
        (45, 58, 44, 76, 43, 94, 55, 58, 56, 76, 57, 94),
        pick(b.rng, CLOTHES),
    )


@thing("person")
def _stick_figure(b: Brush) -> None:
    ink = pick(b.rng, (BLACK, BLACK, b.main))
    b.arc(ink, 4, 50, 16, 13, 13, (0, 360))
    b.line(ink, 4, 50, 29, 50, 64, 32, 96)
    b.line(ink, 4, 50, 64, 68, 96)
    b.line(ink, 4, 26, 52, 50, 38, 74, 52)


@thing("person waving", "someone waving hello", "person greeting")
def _waving(b: Brush) -> None:
    _figure(
        b,
        (42, 30, 32, 42, 30, 56, 58, 30, 74, 24, 80, 6),
        (45, 58, 44, 76, 42, 94, 55, 58, 56, 76, 58, 94),
        pick(b.rng, CLOTHES),
    )


@thing("person waving")
def _cheering(b: Brush) -> None:
    _figure(
        b,
        (42, 30, 26, 20, 22, 3, 58, 30, 74, 20, 78, 3),
        (45, 58, 38, 76, 30, 94, 55, 58, 62, 76, 70, 94),
        pick(b.rng, CLOTHES),
    )


@thing("person running", "runner", "jogging", "someone running")
def _running(b: Brush) -> None:
    _figure(
        b,
        (44, 31, 26, 40, 30, 54, 58, 31, 72, 42, 84, 32),
        (46, 58, 28, 68, 8, 78, 55, 58, 74, 68, 68, 92),
        pick(b.rng, CLOTHES),
    )


@thing("person running")
def _leaping(b: Brush) -> None:
    _figure(
        b,
        (44, 31, 28, 24, 16, 34, 58, 31, 74, 26, 88, 18),
        (46, 58, 26, 66, 4, 60, 55, 58, 76, 64, 94, 76),
        pick(b.rng, CLOTHES),
    )


@thing("person sitting on a chair", "seated person", "someone sitting")
def _sitting(b: Brush) -> None:
    b.line((130, 84, 48), 5, 34, 34, 34, 96)
    b.line((130, 84, 48), 5, 34, 64, 62, 64, 62, 96)
    _figure(
        b,
        (44, 31, 42, 46, 60, 52, 57, 31, 62, 46, 76, 50),
        (46, 58, 70, 60, 70, 92, 52, 58, 76, 60, 77, 92),
        pick(b.rng, CLOTHES),
    )


@thing("person sitting on a chair")
def _at_desk(b: Brush) -> None:
    skin = pick(b.rng, SKINS)
    b.rect((70, 74, 84), 14, 40, 20, 84, 3)
    b.rect(pick(b.rng, CLOTHES), 22, 34, 44, 76, 8)
    b.line(skin, 6, 40, 46, 60, 56)
    b.oval(skin, 36, 22, 12, 13)
    b.chord(pick(b.rng, HAIRS), 35, 21, 13, 13, 150, 350)
    b.rect((150, 98, 56), 46, 62, 98, 68)
    b.rect((130, 84, 48), 90, 68, 94, 97)
    b.poly((60, 64, 74), 66, 60, 84, 60, 92, 36, 88, 36)
    b.line((60, 64, 90), 9, 32, 78, 54, 78, 54, 96)


@thing("hand", "open hand", "palm of a hand")
def _hand(b: Brush) -> None:
    skin = pick(b.rng, SKINS)
    b.rect(skin, 34, 76, 66, 98)
    b.rect(skin, 27, 44, 73, 86, 14)
    for x, top in ((31, 20), (44, 10), (57, 12), (69, 24)):
        b.rect(skin, x - 5.5, top, x + 5.5, 56, 5)
        b.line(shade(skin, 0.8), 1, x - 6, 30, x - 6, 48)
    b.oval(skin, 80, 56, 7, 18, turn=38)


@thing("hand")
def _thumb_up(b: Brush) -> None:
    skin = pick(b.rng, SKINS)
    b.rect(pick(b.rng, CLOTHES), 4, 46, 26, 92, 3)
    b.rect(skin, 24, 48, 50, 90, 6)
    b.oval(skin, 48, 32, 9, 25, turn=12)
    for y in (46, 58, 70, 82):
        b.rect(skin, 44, y, 88, y + 12, 6)
        b.line(shade(skin, 0.75), 1.2, 52, y + 12, 84, y + 12)


@thing("eye", "human eye")
def _eye(b: Brush) -> None:
    b.blob(WHITE, 4, 52, 26, 30, 50, 22, 76, 30, 96, 52, 74, 70, 50, 76, 26, 70)
    b.oval(pick(b.rng, ((60, 110, 170), (100, 66, 40), (80, 130, 80))), 50, 49, 23)
    b.oval(BLACK, 50, 49, 10)
    b.plain().oval(WHITE, 43, 41, 5)
    b.curve(BLACK, 4, 4, 52, 26, 30, 50, 22, 76, 30, 96, 52)
    b.curve((80, 56, 40), 5, 10, 20, 50, 6, 90, 20)


@thing("eye")
def _eyes(b: Brush) -> None:
    tone = pick(b.rng, ((60, 110, 170), (100, 66, 40), (80, 130, 80)))
    for x in (26, 74):
        b.blob(WHITE, x - 22, 50, x, 36, x + 22, 50, x, 64)
        b.oval(tone, x, 50, 11)
        b.oval(BLACK, x, 50, 5)
        b.curve(BLACK, 4, x - 20, 30, x, 24, x + 20, 30)


@thing("smiley", "smiling face", "happy face", "emoji")
def _smiley(b: Brush) -> None:
    b.oval((252, 214, 60), 50, 50, 46)
    for x in (34, 66):
        b.oval(BLACK, x, 38, 5, 8)
    b.arc(BLACK, 5, 50, 52, 26, 24, (15, 165))


@thing("smiley")
def _laughing(b: Brush) -> None:
    b.oval((252, 206, 50), 50, 50, 46)
    for x in (32, 68):
        b.arc(BLACK, 4, x, 42, 9, 9, (180, 360))
    b.chord(BLACK, 50, 54, 28, 30, 0, 180)
    b.chord((230, 70, 80), 50, 72, 16, 12, 0, 180)


@thing("sad face", "crying face", "unhappy face")
def _sad(b: Brush) -> None:
    b.oval((252, 210, 70), 50, 50, 46)
    for x in (34, 66):
        b.oval(BLACK, x, 42, 5, 6)
    b.arc(BLACK, 5, 50, 84, 24, 20, (205, 335))
    if maybe(b.rng, 0.6):
        b.blob((80, 160, 230), 66, 50, 72, 62, 66, 68, 60, 62)


@thing("sad face")
def _sad_outline(b: Brush) -> None:
    b.arc(BLACK, 5, 50, 50, 44, 44, (0, 360))
    for x in (34, 66):
        b.line(BLACK, 5, x - 6, 34, x + 6, 40) if x < 50 else b.line(BLACK, 5, x + 6, 34, x - 6, 40)
        b.oval(BLACK, x, 46, 4)
    b.arc(BLACK, 5, 50, 82, 22, 18, (200, 340))


@thing("person")
def _woman_standing(b: Brush) -> None:
    skin, hair, dress = pick(b.rng, SKINS), pick(b.rng, HAIRS), pick(b.rng, CLOTHES)
    b.blob(hair, 50, 1, 64, 8, 66, 34, 50, 36, 34, 34, 36, 8)
    for x in (45, 55):
        b.rect(skin, x - 3, 74, x + 3, 94)
        b.oval(BLACK, x + 1, 95, 5, 3)
    b.line(skin, 5, 42, 32, 34, 46, 33, 60)
    b.line(skin, 5, 58, 32, 66, 46, 67, 60)
    b.poly(dress, 41, 27, 59, 27, 57, 46, 70, 80, 30, 80, 43, 46)
    b.oval(skin, 50, 15, 10, 11)
    b.chord(hair, 50, 12, 11, 10, 180, 360)


@thing("person")
def _in_a_coat(b: Brush) -> None:
    skin, coat = pick(b.rng, SKINS), pick(b.rng, CLOTHES)
    for x in (44, 56):
        b.rect((50, 52, 66), x - 4, 70, x + 4, 94)
        b.oval(BLACK, x + 1, 95, 6, 3.5)
    b.rect(coat, 34, 27, 66, 76, 8)
    b.line(shade(coat, 0.7), 1.4, 50, 30, 50, 76)
    b.line(shade(coat, 0.85), 8, 37, 33, 31, 60)
    b.line(shade(coat, 0.85), 8, 63, 33, 69, 60)
    b.oval(skin, 50, 15, 10, 11)
    b.rect(shade(coat, 0.6), 40, 24, 60, 30, 3)
    b.chord(pick(b.rng, (coat, *HAIRS)), 50, 13, 11, 12, 175, 365)


@thing("child")
def _boy(b: Brush) -> None:
    skin, shirt = pick(b.rng, SKINS), pick(b.rng, CLOTHES)
    for x in (42, 58):
        b.rect((70, 84, 130), x - 6, 70, x + 6, 93)
        b.oval(WHITE, x, 95, 8, 4)
    b.line(skin, 6, 38, 54, 24, 66)
    b.line(skin, 6, 62, 54, 78, 40)
    b.rect(shirt, 34, 50, 66, 74, 7)
    b.oval(skin, 50, 30, 20, 21)
    b.blob(pick(b.rng, HAIRS), 29, 28, 34, 8, 58, 4, 70, 16, 71, 28, 56, 18, 40, 20)
    for x in (43, 58):
        b.oval(BLACK, x, 31, 2.6)
    b.curve((190, 70, 70), 2, 44, 40, 50, 43, 57, 40)


@thing("person with an umbrella", "somebody with an umbrella", "person holding an umbrella", coloured=True)
def _with_umbrella(b: Brush) -> None:
    pick(b.rng, (_standing, _woman_standing, _in_a_coat))(b.frame(46, 66, 62, 64))
    b.line((90, 70, 56), 1.8, 60, 6, 60, 66)
    b.blob(b.main, 10, 38, 14, 18, 56, 4, 98, 16, 104, 36, 80, 32, 58, 36, 34, 32)
    for x in (34, 58, 80):
        b.curve(b.dark, 1, 56, 4, (56 + x) / 2, 16, x, 33)
    b.oval(pick(b.rng, SKINS), 60, 60, 3)


@thing("person with an umbrella")
def _from_behind(b: Brush) -> None:
    coat = pick(b.rng, CLOTHES)
    for x in (44, 56):
        b.rect((50, 52, 66), x - 4, 78, x + 4, 94)
        b.oval(pick(b.rng, (BLACK, (230, 190, 50))), x, 95, 5, 4)
    b.poly(coat, 40, 44, 60, 44, 70, 84, 30, 84)
    b.line((90, 70, 56), 2, 50, 8, 50, 56)
    b.chord(b.main, 50, 46, 44, 38, 180, 360)
    b.chord(b.light, 50, 46, 18, 38, 180, 360)
    b.line(b.dark, 1.4, 6, 46, 94, 46)


@thing("person with an umbrella")
def _under_umbrella_close(b: Brush) -> None:
    skin, hair = pick(b.rng, SKINS), pick(b.rng, HAIRS)
    b.blob(pick(b.rng, CLOTHES), 18, 100, 24, 82, 50, 76, 76, 82, 82, 100)
    b.blob(hair, 50, 32, 68, 42, 68, 74, 50, 78, 32, 74, 32, 42)
    b.oval(skin, 50, 58, 15, 18)
    b.chord(hair, 50, 54, 16, 17, 185, 355)
    for x in (44, 56):
        b.oval(BLACK, x, 57, 1.8)
    b.curve((180, 70, 70), 1.6, 45, 67, 50, 69, 55, 67)
    b.line((90, 70, 56), 2, 72, 4, 72, 92)
    b.oval(skin, 72, 88, 5)
    b.blob(b.main, 2, 44, 12, 18, 54, 3, 90, 14, 102, 42, 78, 36, 52, 40, 26, 36)
    b.curve(b.dark, 1.2, 56, 4, 36, 18, 27, 37)
    b.curve(b.dark, 1.2, 56, 4, 74, 18, 78, 37)
