"""What people carry, wear, play and write with."""

from scenes.brush import Brush
from scenes.chance import maybe, pick
from scenes.colours import BLACK, GREY, WHITE, mix, shade
from scenes.things.household import GOLD, STEEL, WOOD
from scenes.things.registry import thing

LEATHER = (110, 66, 38)


@thing("book", coloured=True)
def _book(b: Brush) -> None:
    b.poly((244, 238, 222), 24, 88, 78, 88, 80, 96, 28, 96)
    b.rect(b.main, 20, 6, 78, 90, 3)
    b.rect(b.dark, 20, 6, 28, 90)
    b.rect(b.second, 36, 20, 70, 36)
    b.line(b.light, 2, 40, 46, 66, 46)


@thing("book")
def _open_book(b: Brush) -> None:
    b.poly(b.main, 2, 26, 98, 26, 98, 82, 2, 82)
    b.blob((250, 246, 236), 6, 22, 30, 18, 50, 26, 50, 76, 28, 72, 6, 76)
    b.blob((250, 246, 236), 94, 22, 70, 18, 50, 26, 50, 76, 72, 72, 94, 76)
    for y in range(32, 70, 7):
        b.line(GREY, 1.2, 12, y, 44, y + 2)
        b.line(GREY, 1.2, 56, y + 2, 88, y)


@thing("stack of books", "books")
def _books(b: Brush) -> None:
    y = 92.0
    for _ in range(int(b.rng.integers(3, 6))):
        left, right = float(b.rng.uniform(6, 18)), float(b.rng.uniform(80, 95))
        tone = pick(b.rng, ((200, 50, 50), (50, 90, 170), (60, 140, 80), (230, 180, 60), (120, 70, 140)))
        b.rect(tone, left, y - 15, right, y, 2)
        b.rect((246, 240, 226), left + 3, y - 12, right, y - 3)
        y -= 16


@thing("stack of books")
def _book_shelf(b: Brush) -> None:
    b.rect(WOOD, 2, 88, 98, 95)
    x = 6.0
    while x < 86:
        width = float(b.rng.uniform(6, 13))
        tone = pick(b.rng, ((190, 60, 50), (60, 90, 160), (70, 140, 90), (224, 180, 80), (130, 80, 150), (40, 44, 60)))
        top = float(b.rng.uniform(18, 44))
        b.rect(tone, x, top, x + width, 88)
        b.rect(shade(tone, 1.5), x + 1.5, top + 8, x + width - 1.5, top + 14)
        x += width + 0.5


@thing("pencil", coloured=True)
def _pencil(b: Brush) -> None:
    p = b.frame(50, 50, 100, 100, turn=pick(b.rng, (0.0, -45.0, 40.0)))
    p.rect(b.main, 22, 42, 82, 58)
    p.rect(b.light, 22, 47, 82, 53)
    p.rect((240, 150, 160), 88, 42, 97, 58, 3)
    p.rect(STEEL, 81, 42, 89, 58)
    p.poly((236, 200, 150), 22, 42, 22, 58, 5, 50)
    p.poly(shade(b.main, 0.5), 11, 46.6, 11, 53.4, 4, 50)


@thing("pencil")
def _pencils(b: Brush) -> None:
    for x in (30, 50, 70):
        tone = b.main if x == 50 else pick(b.rng, ((220, 60, 60), (60, 130, 210), (90, 170, 80), (246, 200, 60)))
        b.rect(tone, x - 8, 24, x + 8, 96)
        b.poly((236, 200, 150), x - 8, 24, x + 8, 24, x, 5)
        b.poly(tone, x - 3, 12, x + 3, 12, x, 4)


@thing("bag", coloured=True)
def _bag(b: Brush) -> None:
    b.arc(b.dark, 5, 50, 42, 22, 32, (180, 360))
    b.poly(b.main, 18, 40, 82, 40, 92, 92, 8, 92)
    b.poly(b.dark, 18, 40, 82, 40, 76, 58, 24, 58)
    b.rect(GOLD, 45, 52, 55, 64, 2)


@thing("bag")
def _shopping_bag(b: Brush) -> None:
    b.arc(GREY, 3, 50, 30, 15, 22, (180, 360))
    b.poly(b.main, 20, 28, 80, 28, 84, 96, 16, 96)
    b.poly(b.dark, 80, 28, 92, 36, 94, 90, 84, 96)
    b.oval(b.second, 50, 62, 14)


@thing("backpack", "school bag", "rucksack", coloured=True)
def _backpack(b: Brush) -> None:
    b.arc(b.dark, 5, 50, 12, 11, 9, (180, 360))
    b.rect(b.dark, 10, 52, 90, 84, 8)
    b.blob(b.main, 24, 24, 50, 8, 76, 24, 80, 92, 50, 96, 20, 92)
    b.rect(b.light, 30, 56, 70, 86, 6)
    b.line(b.dark, 2.5, 30, 66, 70, 66)
    b.line(b.dark, 2.5, 30, 36, 70, 36)


@thing("backpack")
def _hiking_backpack(b: Brush) -> None:
    b.rect((90, 130, 90), 22, 2, 78, 16, 7)
    b.rect(b.main, 24, 16, 76, 94, 10)
    b.rect(b.dark, 12, 46, 26, 84, 5)
    b.rect(b.dark, 74, 46, 88, 84, 5)
    b.rect(b.dark, 32, 60, 68, 86, 4)
    for x in (38, 62):
        b.line(BLACK, 3, x, 16, x, 60)


@thing("suitcase", "luggage", "travel bag", coloured=True)
def _suitcase(b: Brush) -> None:
    b.arc(b.dark, 5, 50, 26, 14, 16, (180, 360))
    b.rect(b.main, 8, 26, 92, 88, 7)
    for x in (22, 72):
        b.rect(b.dark, x, 26, x + 7, 88)
    b.rect(GOLD, 45, 34, 55, 42)


@thing("suitcase")
def _trolley(b: Brush) -> None:
    b.line(GREY, 3, 36, 30, 36, 4, 64, 4, 64, 30)
    b.rect(b.main, 24, 26, 76, 90, 8)
    for x in (36, 50, 64):
        b.line(b.dark, 2.5, x, 32, x, 84)
    b.oval(BLACK, 32, 94, 5)
    b.oval(BLACK, 68, 94, 5)


@thing("umbrella", "parasol", coloured=True)
def _umbrella(b: Brush) -> None:
    b.line(shade(WOOD, 0.7), 3, 50, 8, 50, 84)
    b.arc(shade(WOOD, 0.7), 3, 43, 84, 7, 9, (0, 180))
    b.chord(b.main, 50, 52, 46, 42, 180, 360)
    b.chord(b.second if maybe(b.rng, 0.5) else b.dark, 50, 52, 16, 42, 180, 360)
    for x in (19, 50, 81):
        b.chord(b.dark, x, 52, 15, 6, 180, 360)


@thing("umbrella")
def _closed_umbrella(b: Brush) -> None:
    b.line(GREY, 3, 50, 2, 50, 14)
    b.poly(b.main, 50, 8, 64, 66, 50, 74, 36, 66)
    b.poly(b.dark, 50, 8, 56, 70, 50, 74)
    b.line(WOOD, 4, 50, 70, 50, 88)
    b.arc(WOOD, 4, 57, 88, 7, 8, (0, 180))


@thing("shirt", "t-shirt", "tee shirt", coloured=True)
def _shirt(b: Brush) -> None:
    b.poly(b.main, 32, 10, 68, 10, 96, 30, 84, 46, 74, 38, 74, 94, 26, 94, 26, 38, 16, 46, 4, 30)
    b.chord(b.dark, 50, 10, 13, 11, 0, 180)


@thing("shirt")
def _button_shirt(b: Brush) -> None:
    b.poly(b.main, 34, 8, 66, 8, 88, 22, 98, 76, 84, 80, 76, 40, 76, 96, 24, 96, 24, 40, 16, 80, 2, 76, 12, 22)
    b.poly(b.light, 34, 8, 50, 20, 40, 30)
    b.poly(b.light, 66, 8, 50, 20, 60, 30)
    b.line(b.dark, 1.5, 50, 22, 50, 96)
    for y in (34, 50, 66, 82):
        b.oval(WHITE, 50, y, 2)


@thing("dress", "summer dress", coloured=True)
def _dress(b: Brush) -> None:
    b.poly(b.main, 36, 4, 42, 4, 50, 16, 58, 4, 64, 4, 66, 40, 88, 94, 12, 94, 34, 40)
    b.poly(b.dark, 34, 38, 66, 38, 67, 44, 33, 44)
    if maybe(b.rng, 0.4):
        for x, y in ((36, 64), (54, 58), (66, 78), (46, 82), (28, 86)):
            b.oval(b.second, x, y, 3.5)


@thing("dress")
def _dress_with_sleeves(b: Brush) -> None:
    b.blob(b.main, 34, 8, 66, 8, 86, 26, 78, 36, 64, 32, 64, 46, 84, 94, 50, 97, 16, 94, 36, 46, 36, 32, 22, 36, 14, 26)
    b.rect(b.second, 34, 43, 66, 49)


@thing("trousers", "pants", "jeans", coloured=True)
def _trousers(b: Brush) -> None:
    b.poly(b.main, 26, 6, 74, 6, 80, 96, 58, 96, 50, 36, 42, 96, 20, 96)
    b.rect(b.dark, 26, 6, 74, 13)
    b.line(b.dark, 1.5, 50, 13, 50, 34)


@thing("trousers")
def _shorts(b: Brush) -> None:
    b.poly(b.main, 22, 14, 78, 14, 92, 80, 58, 84, 50, 46, 42, 84, 8, 80)
    b.rect(b.second, 22, 14, 78, 22)


@thing("shoes", "sneakers", "pair of shoes", coloured=True)
def _shoes(b: Brush) -> None:
    for y in (0, 36):
        b.blob(b.main, 10, 24 + y, 30, 22 + y, 40, 32 + y, 62, 40 + y, 90, 48 + y, 92, 58 + y, 12, 58 + y)
        b.rect(WHITE, 8, 54 + y, 94, 61 + y, 3)
        for x in (40, 48, 56):
            b.line(WHITE, 2, x, 30 + y + (x - 40) * 0.3, x - 5, 40 + y + (x - 40) * 0.3)


@thing("shoes")
def _boots(b: Brush) -> None:
    for x in (0, 44):
        b.blob(b.main, 12 + x, 14, 34 + x, 14, 34 + x, 58, 52 + x, 72, 54 + x, 86, 12 + x, 86)
        b.rect(shade(b.main, 0.5), 10 + x, 84, 56 + x, 92, 2)
        b.rect(b.light, 11 + x, 12, 35 + x, 22, 2)


@thing("hat", coloured=True)
def _hat(b: Brush) -> None:
    b.oval(b.main, 50, 76, 46, 11)
    b.poly(b.main, 26, 18, 74, 18, 70, 74, 30, 74)
    b.oval(b.light, 50, 19, 24, 6)
    b.rect(b.second, 29, 58, 71, 70)


@thing("hat")
def _cap(b: Brush) -> None:
    b.blob(b.dark, 50, 62, 96, 66, 94, 74, 50, 70)
    b.chord(b.main, 42, 66, 36, 42, 180, 360)
    b.oval(b.dark, 42, 25, 4)
    b.arc(b.dark, 1.5, 42, 66, 14, 42, (180, 360))


@thing("ball", coloured=True)
def _ball(b: Brush) -> None:
    b.oval(b.main, 50, 50, 44)
    b.blob(b.light, 50, 7, 76, 30, 76, 70, 50, 93, 62, 50)
    b.oval(b.light, 34, 32, 8)


@thing("football", "soccer ball")
def _football(b: Brush) -> None:
    b.oval(WHITE, 50, 50, 45)
    b.poly(BLACK, 50, 36, 63, 46, 58, 61, 42, 61, 37, 46)
    for turn in range(0, 360, 72):
        s = b.frame(50, 50, 100, 100, turn=turn)
        s.line(BLACK, 2, 50, 36, 50, 22)
        s.poly(BLACK, 40, 17, 50, 23, 60, 17, 56, 7, 44, 7)


@thing("football")
def _football_in_goal(b: Brush) -> None:
    b.rect((70, 150, 70), 0, 76, 100, 100)
    for i in range(0, 96, 12):
        b.line(WHITE, 0.8, 8 + i * 0.9, 14, 8 + i * 0.9, 76)
        b.line(WHITE, 0.8, 8, 14 + i * 0.65, 92, 14 + i * 0.65)
    b.line(WHITE, 4, 8, 78, 8, 12, 92, 12, 92, 78)
    _football(b.frame(50, 72, 40, 40))


@thing("basketball")
def _basketball(b: Brush) -> None:
    b.oval((224, 116, 40), 50, 50, 45)
    b.line(BLACK, 2.5, 5, 50, 95, 50)
    b.line(BLACK, 2.5, 50, 5, 50, 95)
    b.arc(BLACK, 2.5, 8, 50, 28, 34, (-80, 80))
    b.arc(BLACK, 2.5, 92, 50, 28, 34, (100, 260))


@thing("basketball")
def _hoop(b: Brush) -> None:
    b.rect(WHITE, 16, 6, 84, 56, 2)
    b.line((220, 60, 40), 2, 38, 28, 62, 28, 62, 46, 38, 46, 38, 28)
    for x in (34, 42, 50, 58, 66):
        b.line(WHITE, 1.5, x, 54, 50 + (x - 50) * 0.6, 80)
    b.oval((220, 70, 40), 50, 54, 18, 4)
    b.oval((224, 116, 40), 78, 80, 14)


@thing("gift", "present", "gift box with a ribbon", coloured=True)
def _gift(b: Brush) -> None:
    b.rect(b.main, 14, 42, 86, 94)
    b.rect(b.light, 8, 30, 92, 46)
    b.rect(b.second, 44, 30, 56, 94)
    b.blob(b.second, 50, 30, 26, 22, 26, 6, 44, 12)
    b.blob(b.second, 50, 30, 74, 22, 74, 6, 56, 12)


@thing("gift")
def _gift_flat(b: Brush) -> None:
    b.rect(b.main, 8, 16, 92, 88, 2)
    b.rect(b.second, 44, 16, 56, 88)
    b.rect(b.second, 8, 46, 92, 58)
    b.oval(b.second, 38, 42, 12, 8, turn=35)
    b.oval(b.second, 62, 42, 12, 8, turn=-35)
    b.oval(shade(b.second, 0.8), 50, 50, 6)


@thing("glasses", "eyeglasses", "spectacles")
def _glasses(b: Brush) -> None:
    tone = pick(b.rng, (BLACK, (130, 60, 30), (40, 60, 140), (170, 30, 40)))
    lens = (220, 234, 240) if maybe(b.rng, 0.6) else (60, 60, 70)
    for x in (27, 73):
        b.oval(tone, x, 52, 23, 20)
        b.oval(lens, x, 52, 18, 15)
    b.arc(tone, 5, 50, 50, 7, 6, (180, 360))
    b.line(tone, 4, 5, 46, 1, 36)
    b.line(tone, 4, 95, 46, 99, 36)


@thing("glasses")
def _sunglasses(b: Brush) -> None:
    for x in (26, 74):
        b.rect(BLACK, x - 22, 36, x + 22, 68, 10)
        b.line(mix(BLACK, WHITE, 0.4), 3, x - 10, 60, x + 4, 42)
    b.line(BLACK, 5, 44, 42, 56, 42)


@thing("watch", "wristwatch", coloured=True)
def _watch(b: Brush) -> None:
    b.rect(b.main, 36, 0, 64, 100, 4)
    b.oval(STEEL, 50, 50, 30)
    b.oval(WHITE, 50, 50, 25)
    b.line(BLACK, 3, 50, 50, 50, 32)
    b.line(BLACK, 3, 50, 50, 64, 56)


@thing("watch")
def _smart_watch(b: Brush) -> None:
    b.rect(b.main, 34, 0, 66, 100, 4)
    b.rect(BLACK, 24, 24, 76, 76, 12)
    b.plain().text(WHITE, 50, 50, 18, f"{b.rng.integers(24):02}:{b.rng.integers(60):02}", anchor="mm")


@thing("ring", "wedding ring", "jewellery")
def _ring(b: Brush) -> None:
    b.arc(GOLD, 7, 50, 64, 30, 30, (0, 360))
    b.poly((170, 226, 246), 34, 18, 66, 18, 76, 28, 50, 48, 24, 28)
    b.line((110, 180, 220), 1.5, 24, 28, 76, 28)


@thing("ring")
def _rings(b: Brush) -> None:
    b.arc(GOLD, 6, 36, 50, 26, 28, (0, 360))
    b.arc(shade(GOLD, 0.85), 6, 64, 50, 26, 28, (0, 360))


@thing("teddy bear", "toy bear", "stuffed animal")
def _teddy(b: Brush) -> None:
    fur = pick(b.rng, ((176, 118, 66), (206, 160, 104), (120, 78, 48)))
    for x in (30, 70):
        b.oval(fur, x, 14, 10)
        b.oval(fur, x - (50 - x) * 0.5, 58, 9, 15, turn=(50 - x) * 1.5)
        b.oval(fur, x, 90, 13, 10)
        b.oval(shade(fur, 1.5), x, 91, 7, 6)
    b.oval(fur, 50, 68, 26, 25)
    b.oval(shade(fur, 1.4), 50, 70, 14, 15)
    b.oval(fur, 50, 28, 23, 21)
    b.oval(shade(fur, 1.5), 50, 35, 10, 8)
    for x in (41, 59):
        b.oval(BLACK, x, 25, 2.5)
    b.oval(BLACK, 50, 32, 3.5, 2.5)


@thing("teddy bear")
def _teddy_head(b: Brush) -> None:
    fur = pick(b.rng, ((176, 118, 66), (206, 160, 104)))
    for x in (20, 80):
        b.oval(fur, x, 22, 17)
        b.oval(shade(fur, 1.5), x, 22, 9)
    b.oval(fur, 50, 54, 42, 40)
    b.oval(shade(fur, 1.5), 50, 68, 19, 15)
    for x in (34, 66):
        b.oval(BLACK, x, 46, 5)
    b.oval(BLACK, 50, 62, 6, 4)
    b.line(BLACK, 2, 50, 64, 50, 74)


@thing("umbrella")
def _umbrella_from_the_side(b: Brush) -> None:
    b.line(shade(WOOD, 0.6), 2.6, 50, 4, 50, 88)
    b.arc(shade(WOOD, 0.6), 3, 56, 88, 6, 8, (0, 180))
    b.blob(b.main, 2, 52, 12, 24, 50, 8, 88, 24, 98, 52, 82, 46, 66, 52, 50, 46, 34, 52, 18, 46)
    for x in (34, 66):
        b.curve(b.dark, 1.4, 50, 8, (50 + x) / 2 + (x - 50) * 0.2, 24, x, 50)
