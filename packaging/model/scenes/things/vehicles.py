"""Vehicles on roads, rails, water and in the air."""

from scenes.brush import Brush
from scenes.chance import pick
from scenes.colours import BLACK, RGB, WHITE, shade
from scenes.things.registry import thing

PANE: RGB = (186, 216, 236)
TYRE: RGB = (36, 36, 40)
METAL: RGB = (160, 166, 174)


def _wheels(b: Brush, y: float, radius: float, *xs: float) -> None:
    for x in xs:
        b.oval(TYRE, x, y, radius)
        b.oval(METAL, x, y, radius * 0.5)


@thing("car", "automobile", "passenger car", coloured=True)
def _car(b: Brush) -> None:
    b.blob(b.main, 22, 46, 34, 28, 62, 28, 78, 46, 60, 52, 30, 52)
    b.poly(PANE, 29, 46, 38, 33, 49, 33, 49, 46)
    b.poly(PANE, 52, 46, 52, 33, 61, 33, 72, 46)
    b.rect(b.main, 4, 44, 96, 70, 9)
    b.rect((255, 236, 150), 91, 50, 96, 57, 2)
    b.rect((200, 40, 30), 4, 50, 8, 57, 2)
    _wheels(b, 70, 11, 25, 75)


@thing("car")
def _car_front(b: Brush) -> None:
    b.rect(TYRE, 10, 74, 24, 92, 3)
    b.rect(TYRE, 76, 74, 90, 92, 3)
    b.poly(b.main, 26, 18, 74, 18, 86, 46, 14, 46)
    b.poly(PANE, 30, 23, 70, 23, 79, 45, 21, 45)
    b.rect(b.main, 6, 44, 94, 82, 8)
    b.oval((255, 240, 190), 18, 58, 8)
    b.oval((255, 240, 190), 82, 58, 8)
    b.rect(BLACK, 34, 56, 66, 66, 3)
    b.rect(WHITE, 38, 70, 62, 78)


@thing("car")
def _sports_car(b: Brush) -> None:
    b.blob(b.main, 2, 62, 10, 52, 34, 50, 46, 38, 66, 38, 82, 52, 98, 56, 97, 68, 50, 70, 4, 68)
    b.poly(PANE, 38, 50, 48, 41, 63, 41, 70, 51)
    _wheels(b, 68, 10, 22, 78)


@thing("bus", "city bus", "coach", coloured=True)
def _bus(b: Brush) -> None:
    b.rect(b.main, 2, 22, 98, 76, 6)
    for x in range(6, 80, 15):
        b.rect(PANE, x, 30, x + 12, 48, 2)
    b.rect(PANE, 84, 30, 97, 56, 2)
    b.rect(b.light, 2, 54, 82, 58)
    _wheels(b, 76, 9, 22, 78)


@thing("bus")
def _bus_front(b: Brush) -> None:
    b.rect(TYRE, 20, 84, 32, 97)
    b.rect(TYRE, 68, 84, 80, 97)
    b.rect(b.main, 14, 6, 86, 90, 8)
    b.rect(BLACK, 24, 10, 76, 20, 2)
    b.plain().text((255, 180, 40), 50, 15, 8, str(b.rng.integers(1, 199)), anchor="mm")
    b.rect(PANE, 20, 24, 80, 60, 4)
    b.oval((255, 240, 190), 26, 76, 6)
    b.oval((255, 240, 190), 74, 76, 6)


@thing("truck", "lorry", "delivery truck", coloured=True)
def _truck(b: Brush) -> None:
    b.rect(b.second, 2, 22, 66, 70, 2)
    b.poly(b.main, 68, 36, 86, 36, 97, 54, 97, 72, 68, 72)
    b.poly(PANE, 73, 41, 85, 41, 92, 54, 73, 54)
    b.rect(BLACK, 2, 70, 97, 74)
    _wheels(b, 76, 9, 18, 34, 82)


@thing("truck")
def _dump_truck(b: Brush) -> None:
    b.poly(b.main, 2, 30, 62, 30, 56, 66, 10, 66)
    b.rect(b.dark, 60, 28, 92, 68, 4)
    b.rect(PANE, 70, 34, 90, 50, 2)
    _wheels(b, 74, 11, 20, 46, 80)


@thing("bicycle", "bike", "cycling", coloured=True)
def _bicycle(b: Brush) -> None:
    for x in (22, 78):
        b.arc(TYRE, 3, x, 66, 20, 20, (0, 360))
        for a in range(0, 180, 45):
            b.frame(x, 66, 40, 40, turn=a).line(METAL, 1.2, 50, 2, 50, 98)
    b.line(b.main, 3.5, 22, 66, 38, 38, 68, 36, 50, 66, 22, 66)
    b.line(b.main, 3.5, 50, 66, 36, 32)
    b.line(b.main, 3.5, 78, 66, 66, 24)
    b.line(TYRE, 4, 28, 31, 43, 31)
    b.curve(TYRE, 3, 66, 24, 76, 20, 80, 26)
    b.oval(METAL, 50, 66, 5)


@thing("bicycle")
def _bicycle_with_basket(b: Brush) -> None:
    _bicycle(b.frame(50, 54, 96, 92))
    b.rect((150, 104, 60), 74, 26, 94, 44, 2)
    for x, y, tone in ((78, 24, (230, 80, 120)), (84, 21, (250, 210, 80)), (90, 25, (150, 90, 190))):
        b.oval(tone, x, y, 4)


@thing("motorcycle", "motorbike", coloured=True)
def _motorcycle(b: Brush) -> None:
    for x in (20, 80):
        b.arc(TYRE, 6, x, 68, 16, 16, (0, 360))
        b.oval(METAL, x, 68, 6)
    b.line(METAL, 4, 80, 68, 66, 30, 58, 26)
    b.blob(b.main, 34, 44, 50, 34, 66, 40, 62, 52, 40, 54)
    b.blob(TYRE, 12, 46, 34, 42, 44, 50, 20, 54)
    b.rect((90, 94, 100), 38, 52, 62, 72, 4)
    b.line(METAL, 4, 40, 74, 10, 76)
    b.oval((255, 240, 180), 70, 34, 5)


@thing("motorcycle")
def _scooter(b: Brush) -> None:
    _wheels(b, 82, 11, 22, 80)
    b.blob(b.main, 6, 62, 20, 46, 46, 48, 50, 74, 40, 80, 10, 78)
    b.poly(b.main, 46, 70, 70, 72, 66, 30, 72, 28, 84, 72, 76, 80, 46, 80)
    b.rect(TYRE, 14, 42, 46, 49, 3)
    b.line(METAL, 3, 60, 22, 74, 24)


@thing("train", "railway", "locomotive", coloured=True)
def _train(b: Brush) -> None:
    b.blob(b.main, 2, 30, 70, 30, 90, 44, 98, 64, 96, 72, 2, 72)
    for x in range(6, 62, 14):
        b.rect(PANE, x, 38, x + 11, 50, 2)
    b.poly(PANE, 72, 38, 82, 42, 90, 54, 72, 54)
    b.rect(b.light, 2, 58, 94, 62)
    for x in (12, 26, 54, 68, 84):
        b.oval(TYRE, x, 76, 5)
    b.line((110, 100, 90), 2, 0, 82, 100, 82)


@thing("train")
def _steam_train(b: Brush) -> None:
    for x, y, r in ((78, 22, 8), (66, 14, 10), (50, 8, 11)):
        b.oval((222, 222, 224), x, y, r)
    b.rect(b.main, 8, 28, 38, 76)
    b.rect(PANE, 14, 36, 30, 50)
    b.rect(BLACK, 4, 23, 42, 29)
    b.rect(b.dark, 38, 44, 90, 74, 6)
    b.poly(BLACK, 76, 28, 86, 28, 84, 45, 78, 45)
    b.oval(BLACK, 56, 43, 6)
    b.poly(BLACK, 90, 72, 99, 86, 86, 86)
    _wheels(b, 80, 11, 20)
    _wheels(b, 84, 7, 44, 60, 76)


@thing("tram", "streetcar", coloured=True)
def _tram(b: Brush) -> None:
    b.line(BLACK, 1.5, 0, 6, 100, 6)
    b.line(BLACK, 2, 44, 22, 54, 6)
    b.rect(b.main, 3, 20, 97, 80, 7)
    b.rect(WHITE, 3, 28, 97, 52)
    for x in range(8, 90, 17):
        b.rect(PANE, x, 30, x + 14, 50)
    b.rect(b.dark, 42, 30, 58, 80)
    for x in (20, 30, 70, 80):
        b.oval(TYRE, x, 84, 5)


@thing("tram")
def _tram_front(b: Brush) -> None:
    b.rect(b.main, 20, 12, 80, 88, 12)
    b.rect(PANE, 26, 22, 74, 54, 5)
    b.rect(b.second, 20, 60, 80, 68)
    b.oval((255, 240, 190), 50, 76, 6)
    b.line(METAL, 2, 30, 88, 14, 100)
    b.line(METAL, 2, 70, 88, 86, 100)
    b.line(BLACK, 2, 50, 12, 40, 2, 60, 2)


@thing("airplane", "plane", "aircraft", coloured=True)
def _plane(b: Brush) -> None:
    b.poly(b.dark, 12, 48, 2, 22, 14, 22, 30, 46)
    b.blob(WHITE, 4, 50, 30, 44, 76, 44, 97, 54, 80, 62, 30, 62, 8, 58)
    b.poly(b.main, 44, 56, 64, 56, 42, 88, 32, 88)
    b.poly(b.dark, 46, 46, 58, 46, 46, 26, 38, 26)
    for x in range(32, 82, 7):
        b.oval((70, 110, 160), x, 51, 2)
    b.poly(PANE, 86, 48, 93, 52, 86, 53)


@thing("airplane")
def _plane_above(b: Brush) -> None:
    b.poly(b.main, 44, 40, 56, 40, 98, 62, 98, 70, 56, 60, 44, 60, 2, 70, 2, 62)
    b.poly(b.dark, 46, 82, 54, 82, 70, 94, 30, 94)
    b.blob(b.light, 50, 2, 57, 16, 56, 60, 53, 94, 47, 94, 44, 60, 43, 16)


@thing("airplane")
def _biplane(b: Brush) -> None:
    b.poly(b.dark, 8, 44, 2, 28, 14, 30, 24, 46)
    b.blob(b.main, 6, 48, 50, 44, 84, 46, 88, 58, 60, 66, 16, 56)
    b.rect(b.dark, 40, 22, 74, 28, 3)
    b.rect(b.dark, 40, 62, 74, 68, 3)
    for x in (46, 68):
        b.line(BLACK, 1.5, x, 28, x, 62)
    b.oval(METAL, 92, 52, 2, 20)
    _wheels(b, 80, 6, 66)


@thing("helicopter", coloured=True)
def _helicopter(b: Brush) -> None:
    b.rect(b.dark, 2, 38, 50, 45, 2)
    b.oval(METAL, 6, 40, 2, 12)
    b.oval(b.main, 62, 52, 30, 22)
    b.chord(PANE, 68, 50, 22, 18, -60, 70)
    b.line(BLACK, 3, 60, 32, 60, 18)
    b.line(BLACK, 3, 14, 18, 99, 18)
    b.line(BLACK, 3, 40, 84, 90, 84)
    b.line(BLACK, 2.5, 52, 72, 50, 84)
    b.line(BLACK, 2.5, 72, 72, 74, 84)


@thing("sailing boat", "sailboat", "boat with sails", "yacht", coloured=True)
def _sailboat(b: Brush) -> None:
    b.line((120, 84, 50), 3, 48, 4, 48, 74)
    b.poly(WHITE, 46, 8, 46, 66, 12, 66)
    b.poly(b.main, 51, 8, 51, 66, 86, 66)
    b.poly(b.dark, 8, 72, 92, 72, 78, 92, 22, 92)


@thing("sailing boat")
def _dinghy(b: Brush) -> None:
    b.line((120, 84, 50), 3, 40, 6, 40, 80)
    b.blob(b.main, 42, 8, 66, 26, 84, 70, 60, 68, 42, 70)
    b.blob((140, 90, 50), 10, 78, 90, 76, 76, 94, 26, 94)


@thing("ship", "cargo ship", "big ship", "ferry", coloured=True)
def _ship(b: Brush) -> None:
    b.poly(b.main, 2, 62, 98, 58, 88, 84, 12, 84)
    b.rect(WHITE, 14, 44, 46, 62)
    b.rect(WHITE, 18, 32, 40, 46)
    b.rect(b.dark, 24, 16, 34, 32)
    for x in (18, 26, 34):
        b.rect(PANE, x, 48, x + 5, 54)
    for i in range(6):
        tone = pick(b.rng, ((200, 70, 50), (60, 110, 170), (240, 190, 70), (80, 140, 90)))
        b.rect(tone, 50 + i % 3 * 14, 40 + i // 3 * 10, 63 + i % 3 * 14, 50 + i // 3 * 10)


@thing("ship")
def _cruise_ship(b: Brush) -> None:
    for i, (left, right) in enumerate(((26, 74), (20, 82), (14, 88))):
        b.rect(WHITE, left, 34 + i * 9, right, 44 + i * 9)
        for x in range(left + 3, right - 3, 6):
            b.rect((90, 130, 170), x, 37 + i * 9, x + 3, 40 + i * 9)
    b.rect(b.main, 44, 16, 56, 34)
    b.poly(shade(b.main, 0.8), 2, 58, 98, 58, 86, 82, 14, 82)


@thing("rocket", "space rocket", "spaceship", coloured=True)
def _rocket(b: Brush) -> None:
    b.blob((250, 170, 40), 40, 76, 60, 76, 50, 99)
    b.poly(b.main, 34, 50, 16, 82, 36, 74)
    b.poly(b.main, 66, 50, 84, 82, 64, 74)
    b.blob((236, 238, 242), 50, 2, 68, 34, 66, 76, 34, 76, 32, 34)
    b.poly(b.main, 50, 1, 62, 20, 38, 20)
    b.oval(b.dark, 50, 40, 9)
    b.oval(PANE, 50, 40, 6)


@thing("rocket")
def _rocket_tilted(b: Brush) -> None:
    _rocket(b.frame(50, 50, 86, 86, turn=40))


@thing("hot air balloon", "balloon in the sky", "hot-air balloon", coloured=True)
def _air_balloon(b: Brush) -> None:
    b.blob(b.main, 50, 2, 84, 14, 88, 42, 58, 72, 42, 72, 12, 42, 16, 14)
    b.blob(b.second, 50, 2, 64, 14, 66, 42, 54, 72, 46, 72, 34, 42, 36, 14)
    b.line(BLACK, 1, 42, 72, 44, 84)
    b.line(BLACK, 1, 58, 72, 56, 84)
    b.rect((150, 100, 56), 42, 84, 58, 97, 2)


@thing("hot air balloon")
def _striped_air_balloon(b: Brush) -> None:
    b.oval(b.main, 50, 36, 36, 34)
    for rx in (24, 10):
        b.oval(b.second if rx == 24 else b.main, 50, 36, rx, 34)
    b.poly(b.dark, 36, 66, 64, 66, 56, 78, 44, 78)
    b.rect((150, 100, 56), 44, 84, 56, 96)
    b.line(BLACK, 1, 45, 78, 45, 84)
    b.line(BLACK, 1, 55, 78, 55, 84)


@thing("tractor", "farm tractor", coloured=True)
def _tractor(b: Brush) -> None:
    b.rect(b.main, 44, 44, 94, 68, 4)
    b.rect(PANE, 20, 20, 48, 48)
    b.rect(b.dark, 16, 15, 54, 21, 2)
    b.rect(BLACK, 78, 26, 82, 44)
    _wheels(b, 66, 24, 30)
    _wheels(b, 78, 12, 82)


@thing("train")
def _train_with_carriages(b: Brush) -> None:
    b.line((110, 100, 90), 2, 0, 68, 100, 68)
    for left in (0, 34):
        b.rect(b.main, left, 40, left + 32, 62, 2)
        b.rect(b.light, left, 54, left + 32, 56)
        for x in range(left + 3, left + 28, 8):
            b.rect(PANE, x, 44, x + 5, 51)
    b.blob(b.main, 68, 40, 86, 40, 94, 48, 99, 57, 96, 62, 68, 62)
    b.poly(PANE, 84, 43, 89, 44, 94, 52, 84, 52)
    for x in (6, 26, 40, 60, 74, 90):
        b.oval(TYRE, x, 64, 3.4)


@thing("train")
def _train_from_the_front(b: Brush) -> None:
    for x in (14, 86):
        b.line(METAL, 2.5, 50 + (x - 50) * 0.7, 80, x, 99)
    for y in (86, 93):
        b.line((110, 80, 54), 3, 16, y, 84, y)
    b.rect(b.main, 22, 10, 78, 84, 14)
    b.rect(PANE, 30, 20, 70, 46, 5)
    b.rect(b.light, 22, 54, 78, 60)
    for x in (32, 68):
        b.oval((255, 244, 190), x, 70, 5)
