"""Animals of the farm."""

from scenes.brush import Brush
from scenes.chance import maybe, pick
from scenes.colours import BLACK, WHITE, shade
from scenes.things.animals import BEAK, FUR_TONES, eyes
from scenes.things.registry import thing


@thing("duck")
def _duck(b: Brush) -> None:
    body = (250, 214, 60) if maybe(b.rng, 0.7) else WHITE
    b.blob(body, 14, 58, 40, 56, 66, 60, 94, 46, 88, 76, 60, 90, 28, 86)
    b.oval(body, 34, 36, 20)
    b.poly(BEAK, 16, 34, 0, 40, 16, 46)
    b.blob(shade(body, 0.85), 46, 64, 70, 62, 80, 72, 58, 80)
    eyes(b, 31, 28)


@thing("duck")
def _mallard(b: Brush) -> None:
    b.rect((120, 180, 214), 0, 78, 100, 100)
    b.blob((150, 130, 110), 22, 60, 60, 56, 96, 46, 90, 76, 60, 84, 28, 82)
    b.poly((30, 110, 70), 24, 40, 40, 40, 42, 66, 26, 66)
    b.oval((30, 110, 70), 30, 34, 14)
    b.poly(BEAK, 18, 32, 2, 38, 18, 40)
    eyes(b, 31, 26, size=2)


@thing("chicken", "hen", "rooster")
def _chicken(b: Brush) -> None:
    tone = pick(b.rng, (WHITE, (176, 90, 40), (120, 70, 40)))
    b.line(BEAK, 3, 44, 78, 44, 95)
    b.line(BEAK, 3, 58, 78, 58, 95)
    b.blob(tone, 24, 30, 38, 30, 50, 48, 74, 44, 92, 26, 90, 60, 66, 82, 36, 80, 22, 60)
    b.oval(tone, 30, 28, 13)
    for x in (24, 31, 38):
        b.oval((214, 40, 40), x, 13, 5, 6)
    b.poly(BEAK, 18, 26, 6, 30, 18, 34)
    b.oval((214, 40, 40), 18, 40, 4, 6)
    eyes(b, 26, 27, size=2)


@thing("chicken")
def _chick(b: Brush) -> None:
    b.line(BEAK, 3, 42, 84, 40, 96)
    b.line(BEAK, 3, 58, 84, 60, 96)
    b.oval((252, 224, 80), 50, 60, 32, 28)
    b.oval((252, 224, 80), 50, 30, 22)
    b.poly(BEAK, 45, 32, 55, 32, 50, 41)
    eyes(b, 27, 42, 58)


@thing("horse", "pony", tones=FUR_TONES)
def _horse(b: Brush) -> None:
    mane = shade(b.main, 0.45)
    b.curve(mane, 6, 84, 44, 94, 54, 92, 76)
    for x, foot in ((38, 34), (46, 50), (74, 70), (82, 86)):
        b.line(b.dark if x in (46, 74) else b.main, 6, x, 60, foot, 96)
    b.blob(b.main, 32, 42, 60, 44, 84, 40, 90, 56, 78, 66, 50, 64, 34, 64)
    b.poly(b.main, 22, 12, 34, 12, 50, 46, 34, 60)
    b.blob(b.main, 4, 30, 22, 8, 34, 12, 30, 28, 10, 38)
    b.poly(b.main, 26, 12, 30, 1, 34, 12)
    b.curve(mane, 6, 33, 8, 42, 22, 50, 42)
    eyes(b, 20, 22, size=2)


@thing("horse")
def _horse_head(b: Brush) -> None:
    b.blob(b.main, 46, 18, 70, 24, 90, 60, 96, 98, 40, 98, 44, 60, 26, 66, 10, 72, 6, 60, 24, 36)
    b.poly(b.main, 46, 20, 50, 2, 58, 20)
    b.curve(shade(b.main, 0.4), 9, 58, 12, 76, 28, 90, 60, 98, 92)
    b.oval(BLACK, 12, 64, 2.5)
    eyes(b, 36, 38, size=3.5)


@thing("cow", "cattle")
def _cow(b: Brush) -> None:
    b.curve(BLACK, 2, 92, 44, 97, 60, 94, 74)
    for x in (32, 42, 74, 84):
        b.rect(WHITE, x - 4, 60, x + 4, 94)
        b.rect(BLACK, x - 4, 89, x + 4, 95)
    b.oval((240, 170, 170), 66, 68, 8, 6)
    b.rect(WHITE, 26, 36, 92, 68, 10)
    for x, y, r in ((46, 46, 9), (70, 42, 8), (82, 58, 8), (56, 62, 6)):
        b.blob(BLACK, x - r, y, x, y - r * 0.8, x + r, y + 2, x, y + r * 0.7)
    b.poly((210, 190, 150), 12, 24, 6, 12, 18, 20)
    b.poly((210, 190, 150), 32, 24, 38, 12, 26, 20)
    b.rect(WHITE, 10, 20, 34, 50, 9)
    b.oval((240, 170, 170), 22, 48, 12, 8)
    eyes(b, 32, 16, 28, size=2.2)


@thing("cow")
def _cow_face(b: Brush) -> None:
    b.curve((200, 180, 140), 5, 26, 26, 12, 18, 14, 4)
    b.curve((200, 180, 140), 5, 74, 26, 88, 18, 86, 4)
    b.oval((150, 96, 60), 12, 42, 13, 8)
    b.oval((150, 96, 60), 88, 42, 13, 8)
    b.rect((150, 96, 60), 24, 18, 76, 82, 18)
    b.rect(WHITE, 42, 18, 58, 60, 6)
    b.oval((240, 176, 176), 50, 78, 28, 18)
    for x in (40, 60):
        b.oval((140, 80, 90), x, 78, 4)
    eyes(b, 44, 36, 64, size=4)


@thing("sheep", "lamb")
def _sheep(b: Brush) -> None:
    for x in (34, 44, 68, 78):
        b.rect(BLACK, x - 3, 66, x + 3, 94)
    for x, y, r in ((36, 54, 15), (52, 44, 16), (70, 46, 15), (80, 58, 13), (66, 66, 15), (46, 66, 15)):
        b.oval((244, 242, 236), x, y, r)
    b.oval((244, 242, 236), 58, 56, 24, 18)
    b.oval(BLACK, 20, 46, 12, 15)
    b.oval((244, 242, 236), 22, 31, 11, 7)
    b.plain().oval(WHITE, 16, 43, 2)
    b.plain().oval(WHITE, 24, 43, 2)


@thing("sheep")
def _sheep_face(b: Brush) -> None:
    for turn in range(0, 360, 40):
        b.frame(50, 48, 100, 100, turn=turn).oval((246, 244, 238), 50, 18, 17)
    b.oval((246, 244, 238), 50, 48, 32)
    b.oval((222, 190, 164), 10, 48, 12, 6)
    b.oval((222, 190, 164), 90, 48, 12, 6)
    b.oval((222, 190, 164), 50, 56, 22, 27)
    eyes(b, 48, 41, 59)
    b.curve(BLACK, 2, 44, 70, 50, 74, 56, 70)


@thing("pig", "pink pig", "piggy")
def _pig(b: Brush) -> None:
    pink = (246, 170, 180)
    b.curve(pink, 3, 90, 46, 98, 42, 94, 36, 98, 32)
    for x in (30, 42, 70, 82):
        b.rect(shade(pink, 0.85), x - 5, 66, x + 5, 92, 2)
    b.oval(pink, 56, 54, 37, 24)
    b.oval(pink, 24, 46, 19, 18)
    b.poly(shade(pink, 0.85), 14, 34, 12, 18, 26, 30)
    b.oval(shade(pink, 0.8), 10, 50, 8, 9)
    b.oval(BLACK, 8, 50, 1.5)
    b.oval(BLACK, 13, 50, 1.5)
    eyes(b, 41, 20, size=2)


@thing("pig")
def _pig_face(b: Brush) -> None:
    pink = (246, 170, 180)
    b.poly(shade(pink, 0.85), 18, 36, 10, 6, 42, 18)
    b.poly(shade(pink, 0.85), 82, 36, 90, 6, 58, 18)
    b.oval(pink, 50, 54, 42, 40)
    b.oval(shade(pink, 0.8), 50, 64, 19, 14)
    for x in (43, 57):
        b.oval((150, 70, 84), x, 64, 3.5, 5)
    eyes(b, 44, 34, 66, size=4)
