"""Music, play, sport and electronics."""

from scenes.brush import Brush
from scenes.chance import maybe, pick
from scenes.colours import BLACK, GREY, RGB, WHITE, shade
from scenes.things.registry import thing

WOOD: RGB = (176, 112, 56)
BRASS: RGB = (222, 176, 66)
STEEL: RGB = (178, 184, 192)
SCREEN: RGB = (70, 130, 190)


@thing("guitar")
def _guitar(b: Brush) -> None:
    g = b.frame(50, 50, 100, 100, turn=pick(b.rng, (0.0, 35.0, -35.0)))
    tone = pick(b.rng, (WOOD, (120, 66, 36), (220, 170, 100)))
    g.rect(shade(tone, 0.5), 47, 6, 53, 60)
    g.rect(shade(tone, 0.6), 44, 0, 56, 12, 2)
    g.oval(tone, 50, 56, 18, 16)
    g.oval(tone, 50, 78, 24, 20)
    g.oval(BLACK, 50, 64, 7)
    g.rect(shade(tone, 0.5), 40, 82, 60, 86)
    for x in (48, 50, 52):
        g.line((240, 236, 220), 0.6, x, 6, x, 84)


@thing("guitar")
def _electric_guitar(b: Brush) -> None:
    g = b.frame(50, 50, 100, 100, turn=pick(b.rng, (20.0, 40.0, -30.0)))
    g.rect((90, 56, 36), 47, 4, 53, 58)
    g.poly((60, 40, 30), 46, 0, 56, 4, 54, 14, 46, 14)
    g.blob(b.main, 36, 48, 44, 60, 56, 60, 66, 50, 70, 66, 72, 90, 50, 97, 28, 90, 30, 66)
    for y in (68, 80):
        g.rect(BLACK, 42, y, 58, y + 5)


@thing("violin", "fiddle", "violin with bow")
def _violin(b: Brush) -> None:
    g = b.frame(46, 50, 100, 100, turn=20)
    g.rect(BLACK, 47.5, 6, 52.5, 54)
    g.blob((166, 84, 36), 50, 42, 66, 48, 62, 64, 70, 82, 50, 94, 30, 82, 38, 64, 34, 48)
    for x in (43, 57):
        g.curve(BLACK, 1.2, x, 62, x + 2, 68, x - 1, 74)
    g.rect((230, 210, 170), 44, 76, 56, 78)
    b.line((120, 76, 40), 2, 84, 8, 76, 96)


@thing("piano")
def _piano(b: Brush) -> None:
    b.rect(BLACK, 4, 18, 96, 50, 3)
    b.rect(WHITE, 8, 50, 92, 66)
    for x in range(8, 92, 7):
        b.line(GREY, 0.8, x, 50, x, 66)
        b.rect(BLACK, x + 5, 50, x + 9, 60)
    for x in (12, 88):
        b.rect(BLACK, x - 3, 66, x + 3, 96)


@thing("piano")
def _keyboard_keys(b: Brush) -> None:
    b.rect(WHITE, 0, 22, 100, 78)
    for i in range(8):
        b.line(BLACK, 1, i * 14.3, 22, i * 14.3, 78)
    for i in (0, 1, 3, 4, 5):
        b.rect(BLACK, i * 14.3 + 10, 22, i * 14.3 + 18, 56)


@thing("piano")
def _grand_piano(b: Brush) -> None:
    b.poly((30, 30, 34), 14, 6, 92, 24, 84, 54, 20, 54)
    b.blob((16, 16, 20), 6, 52, 50, 54, 94, 54, 92, 66, 50, 70, 6, 68)
    b.rect(WHITE, 6, 58, 36, 64)
    for x in (12, 52, 88):
        b.rect((16, 16, 20), x - 2, 66, x + 2, 95)


@thing("drum", "snare drum", "drums", coloured=True)
def _drum(b: Brush) -> None:
    b.line(WOOD, 3, 20, 4, 56, 34)
    b.line(WOOD, 3, 84, 4, 44, 36)
    b.rect(b.main, 14, 42, 86, 82)
    b.oval(b.main, 50, 82, 36, 10)
    b.oval(WHITE, 50, 42, 36, 11)
    b.line((240, 220, 120), 2, 14, 48, 28, 84, 42, 52, 58, 90, 72, 52, 84, 80)


@thing("drum")
def _drum_kit(b: Brush) -> None:
    b.oval(BRASS, 16, 28, 16, 4)
    b.oval(BRASS, 84, 28, 16, 4)
    b.line(STEEL, 2, 16, 28, 22, 92)
    b.line(STEEL, 2, 84, 28, 78, 92)
    for x in (36, 64):
        b.rect(b.main, x - 12, 34, x + 12, 50)
        b.oval(WHITE, x, 34, 12, 4)
    b.oval(b.main, 50, 70, 25)
    b.oval(WHITE, 50, 70, 21)


@thing("trumpet", "brass instrument", "horn")
def _trumpet(b: Brush) -> None:
    b.line(BRASS, 5, 4, 40, 74, 40)
    b.poly(BRASS, 70, 37, 97, 20, 97, 60, 70, 43)
    b.arc(BRASS, 4, 46, 54, 24, 14, (-90, 270))
    for x in (38, 46, 54):
        b.rect(shade(BRASS, 0.8), x - 3, 26, x + 3, 60, 2)


@thing("musical note", "music notes", "music")
def _note(b: Brush) -> None:
    ink = pick(b.rng, (BLACK, b.main))
    b.oval(ink, 28, 80, 15, 11, turn=-20)
    b.oval(ink, 74, 72, 15, 11, turn=-20)
    b.line(ink, 4, 41, 78, 41, 20)
    b.line(ink, 4, 87, 70, 87, 12)
    b.poly(ink, 39, 18, 89, 8, 89, 24, 39, 34)


@thing("musical note")
def _single_note(b: Brush) -> None:
    ink = pick(b.rng, (BLACK, b.main))
    b.oval(ink, 36, 82, 18, 13, turn=-20)
    b.line(ink, 5, 52, 78, 52, 6)
    b.blob(ink, 52, 6, 72, 26, 78, 50, 70, 40, 52, 26)


@thing("pair of headphones", "headphones", "headset")
def _headphones(b: Brush) -> None:
    b.arc(pick(b.rng, (BLACK, b.main)), 7, 50, 54, 36, 42, (180, 360))
    for x in (14, 86):
        b.rect(b.main, x - 10, 50, x + 10, 86, 9)


@thing("camera", "photo camera", "photography")
def _camera(b: Brush) -> None:
    body = pick(b.rng, ((44, 44, 48), (90, 92, 98), (130, 80, 50)))
    b.rect(body, 32, 18, 66, 34, 4)
    b.rect(body, 4, 28, 96, 84, 8)
    b.rect(STEEL, 4, 28, 96, 38, 4)
    b.oval((200, 204, 210), 50, 58, 23)
    b.oval(BLACK, 50, 58, 18)
    b.oval((60, 90, 140), 50, 58, 10)
    b.oval(WHITE, 45, 53, 3)
    b.oval((220, 50, 40), 84, 33, 3)


@thing("camera")
def _film_camera(b: Brush) -> None:
    for x in (32, 62):
        b.oval((60, 62, 68), x, 24, 16)
        b.oval(STEEL, x, 24, 5)
    b.rect((60, 62, 68), 14, 40, 74, 80, 4)
    b.poly((40, 42, 46), 74, 54, 96, 42, 96, 78, 74, 66)
    b.line(BLACK, 3, 34, 80, 24, 98)
    b.line(BLACK, 3, 54, 80, 64, 98)


@thing("phone", "smartphone", "mobile phone", "cell phone")
def _phone(b: Brush) -> None:
    b.rect(BLACK, 28, 2, 72, 98, 8)
    b.rect(pick(b.rng, (SCREEN, (240, 240, 244), (40, 60, 110), b.light)), 31, 9, 69, 90, 2)
    for i in range(9):
        b.rect(
            pick(b.rng, ((230, 80, 70), (80, 180, 100), (250, 190, 60), (90, 120, 220))),
            35 + i % 3 * 11,
            16 + i // 3 * 13,
            43 + i % 3 * 11,
            24 + i // 3 * 13,
            2,
        )
    b.oval(GREY, 50, 94, 2)


@thing("phone")
def _telephone(b: Brush) -> None:
    tone = pick(b.rng, ((190, 40, 40), BLACK, (230, 220, 200)))
    b.poly(tone, 24, 42, 76, 42, 94, 90, 6, 90)
    b.blob(tone, 6, 24, 20, 14, 80, 14, 94, 24, 92, 40, 74, 38, 68, 28, 32, 28, 26, 38, 8, 40)
    b.oval((236, 232, 220), 50, 64, 19)
    for i in range(10):
        b.frame(50, 64, 100, 100, turn=36 * i).oval(shade(tone, 0.6), 50, 37, 2.6)


@thing("laptop", "notebook computer", "computer")
def _laptop(b: Brush) -> None:
    b.rect((70, 74, 80), 16, 14, 84, 68, 4)
    b.rect(pick(b.rng, (SCREEN, (236, 240, 244), (30, 34, 40))), 20, 18, 80, 63)
    for y in (26, 34, 42):
        b.line(GREY, 2, 26, y, float(b.rng.uniform(40, 74)), y)
    b.poly((170, 174, 180), 16, 68, 84, 68, 98, 84, 2, 84)
    b.poly((110, 114, 120), 24, 71, 76, 71, 82, 79, 18, 79)


@thing("laptop")
def _desktop_computer(b: Brush) -> None:
    b.rect((50, 54, 60), 6, 8, 94, 66, 4)
    b.rect(pick(b.rng, (SCREEN, (40, 90, 110), (230, 236, 244))), 10, 12, 90, 60)
    b.rect(STEEL, 45, 66, 55, 80)
    b.rect(STEEL, 30, 79, 70, 84, 2)
    b.rect((220, 222, 226), 16, 88, 74, 97, 2)
    b.oval((220, 222, 226), 86, 92, 4, 6)


@thing("television", "TV", "tv set")
def _tv(b: Brush) -> None:
    b.line(GREY, 2, 50, 22, 28, 2)
    b.line(GREY, 2, 50, 22, 72, 2)
    b.rect((130, 84, 50), 6, 20, 94, 86, 6)
    b.rect((150, 190, 200), 12, 27, 70, 79, 8)
    for y in (36, 50):
        b.oval((230, 214, 170), 82, y, 5)
    for x in (20, 80):
        b.rect((90, 58, 36), x - 3, 86, x + 3, 97)


@thing("television")
def _flat_tv(b: Brush) -> None:
    b.rect(BLACK, 2, 16, 98, 76, 3)
    b.rect(pick(b.rng, ((60, 110, 170), (90, 150, 110), (200, 120, 70))), 4, 18, 96, 73)
    b.poly(shade(SCREEN, 1.4), 4, 73, 30, 40, 50, 73)
    b.rect((60, 62, 68), 34, 82, 66, 86)
    b.rect((60, 62, 68), 46, 76, 54, 83)


@thing("robot", "toy robot", "friendly robot", coloured=True)
def _robot(b: Brush) -> None:
    b.line(GREY, 2, 50, 16, 50, 4)
    b.oval((230, 60, 50), 50, 4, 4)
    b.rect(b.main, 30, 14, 70, 42, 5)
    for x in (40, 60):
        b.oval((255, 240, 150), x, 26, 5)
    b.rect(BLACK, 40, 34, 60, 37)
    b.rect(b.dark, 24, 44, 76, 78, 4)
    b.rect(b.light, 36, 52, 64, 66)
    for x in (14, 86):
        b.rect(GREY, x - 5, 46, x + 5, 72, 4)
    for x in (36, 64):
        b.rect(GREY, x - 7, 78, x + 7, 97, 2)


@thing("dice", "die", "game of dice")
def _dice(b: Brush) -> None:
    b.poly(WHITE, 50, 6, 90, 24, 50, 44, 10, 24)
    b.poly((226, 226, 226), 10, 24, 50, 44, 50, 94, 10, 72)
    b.poly((200, 200, 202), 90, 24, 50, 44, 50, 94, 90, 72)
    for x, y in ((50, 25), (22, 46), (38, 74), (30, 60), (64, 56), (78, 66)):
        b.oval(BLACK, x, y, 4)


@thing("dice")
def _die_face(b: Brush) -> None:
    b.rect(b.main, 12, 12, 88, 88, 14)
    spots = (
        ((50, 50),),
        ((30, 30), (70, 70)),
        ((30, 30), (50, 50), (70, 70)),
        ((30, 30), (70, 30), (30, 70), (70, 70)),
        ((30, 30), (70, 30), (50, 50), (30, 70), (70, 70)),
    )
    for x, y in pick(b.rng, spots):
        b.oval(WHITE if sum(b.main) < 600 else BLACK, x, y, 8)


@thing("chess board", "chessboard", "chess")
def _chess(b: Brush) -> None:
    b.rect((90, 56, 34), 2, 2, 98, 98)
    dark = pick(b.rng, ((120, 76, 46), (40, 40, 44), (90, 130, 90)))
    for i in range(64):
        x, y = 6 + i % 8 * 11, 6 + i // 8 * 11
        b.rect(dark if (i + i // 8) % 2 else (240, 222, 190), x, y, x + 11, y + 11)
    for _ in range(int(b.rng.integers(0, 12))):
        column, row = b.rng.integers(0, 8, 2).tolist()
        b.oval(pick(b.rng, (BLACK, WHITE)), 11.5 + 11 * column, 11.5 + 11 * row, 4)


@thing("playing cards", "deck of cards", "card game")
def _cards(b: Brush) -> None:
    for i, turn in enumerate((-24, -4, 18)):
        c = b.frame(36 + i * 14, 54, 50, 74, turn=turn)
        c.rect(WHITE, 4, 4, 96, 96, 8)
        c.line(GREY, 1, 4, 4, 96, 4, 96, 96, 4, 96, 4, 4)
        if maybe(b.rng, 0.5):
            c.poly((210, 30, 40), 50, 30, 68, 50, 50, 70, 32, 50)
        else:
            c.blob(BLACK, 50, 28, 70, 54, 54, 60, 50, 72, 46, 60, 30, 54)


@thing("balloon", "balloons", "party balloon", coloured=True)
def _balloon(b: Brush) -> None:
    b.curve(GREY, 1.5, 50, 68, 46, 78, 54, 88, 50, 99)
    b.poly(b.dark, 50, 62, 56, 71, 44, 71)
    b.blob(b.main, 50, 4, 76, 18, 74, 44, 50, 66, 26, 44, 24, 18)
    b.oval(b.light, 38, 24, 5, 9, turn=20)


@thing("balloon")
def _balloons(b: Brush) -> None:
    for x, y, tone in ((28, 30, b.second), (70, 28, b.dark), (50, 22, b.main)):
        b.line(GREY, 1.2, x, y + 20, 50, 97)
        b.oval(tone, x, y, 18, 21)


@thing("trophy", "golden cup", "award", "winner's cup")
def _trophy(b: Brush) -> None:
    b.arc(BRASS, 5, 24, 28, 14, 15, (60, 300))
    b.arc(BRASS, 5, 76, 28, 14, 15, (-120, 120))
    b.blob(BRASS, 26, 8, 50, 8, 74, 8, 70, 42, 54, 58, 46, 58, 30, 42)
    b.rect(BRASS, 46, 56, 54, 76)
    b.rect((90, 56, 34), 30, 76, 70, 94, 2)


@thing("flag", "waving flag", coloured=True)
def _flag(b: Brush) -> None:
    b.line((130, 130, 136), 4, 14, 2, 14, 98)
    b.blob(b.main, 16, 8, 40, 14, 64, 6, 92, 12, 92, 56, 64, 50, 40, 58, 16, 52)


@thing("kite", "flying kite", coloured=True)
def _kite(b: Brush) -> None:
    b.poly(b.main, 56, 2, 88, 34, 50, 72, 32, 26)
    b.poly(b.second, 56, 2, 58, 34, 50, 72, 32, 26)
    b.curve(GREY, 1.5, 50, 72, 36, 80, 40, 90, 20, 98)
    for x, y in ((40, 80), (34, 92)):
        b.poly(b.dark, x - 6, y - 4, x + 6, y + 4, x + 6, y - 4, x - 6, y + 4)


@thing("tennis racket", "tennis", "racket and ball")
def _racket(b: Brush) -> None:
    r = b.frame(46, 50, 100, 100, turn=25)
    r.rect((90, 60, 40), 46, 62, 54, 98, 2)
    r.arc(b.main, 4, 50, 36, 24, 30, (0, 360))
    for v in (-12, -4, 4, 12):
        r.line((220, 220, 214), 0.8, 50 + v, 10, 50 + v, 62)
        r.line((220, 220, 214), 0.8, 28, 36 + v * 1.6, 72, 36 + v * 1.6)
    b.oval((206, 226, 70), 18, 78, 9)


@thing("magnifying glass", "search", "magnifier")
def _magnifier(b: Brush) -> None:
    b.line((110, 74, 44), 10, 62, 62, 92, 92)
    b.oval(STEEL, 40, 40, 34)
    b.oval((214, 234, 244), 40, 40, 27)
    b.arc(WHITE, 3, 40, 40, 18, 18, (190, 250))


@thing("gear", "cogwheel", "settings", coloured=True)
def _gear(b: Brush) -> None:
    for i in range(8):
        b.frame(50, 50, 100, 100, turn=45 * i).poly(b.main, 42, 22, 44, 4, 56, 4, 58, 22)
    b.oval(b.main, 50, 50, 34)
    b.oval(WHITE, 50, 50, 13)


@thing("padlock", "lock", "security")
def _padlock(b: Brush) -> None:
    b.arc(STEEL, 8, 50, 42, 22, 32, (180, 360))
    b.rect(pick(b.rng, (BRASS, b.main)), 18, 42, 82, 92, 6)
    b.oval(BLACK, 50, 62, 6)
    b.poly(BLACK, 47, 64, 53, 64, 55, 80, 45, 80)


@thing("envelope", "letter in an envelope", "mail")
def _envelope(b: Brush) -> None:
    tone = pick(b.rng, (WHITE, (244, 226, 190), b.light))
    b.rect(tone, 4, 22, 96, 82, 2)
    b.line(shade(tone, 0.7), 1.6, 4, 22, 50, 56, 96, 22)
    b.line(shade(tone, 0.7), 1.2, 4, 82, 40, 50)
    b.line(shade(tone, 0.7), 1.2, 96, 82, 60, 50)
    if maybe(b.rng, 0.4):
        b.oval((190, 30, 40), 50, 56, 8)


@thing("envelope")
def _stamped_envelope(b: Brush) -> None:
    b.rect((246, 240, 226), 4, 22, 96, 82, 1)
    b.rect(b.main, 78, 27, 91, 43)
    for y in (52, 60, 68):
        b.line(BLACK, 1.4, 40, y, 78 - (y % 16), y)
    b.arc(GREY, 1.2, 70, 36, 9, 9, (0, 360))
