"""Buildings and what people put up outdoors."""

from scenes.brush import Brush
from scenes.chance import maybe, pick
from scenes.colours import BLACK, RGB, WHITE, shade
from scenes.things.registry import thing

WALLS: tuple[RGB, ...] = ((240, 226, 200), (236, 206, 176), (214, 190, 170), (246, 244, 238), (200, 120, 90))
ROOF: RGB = (170, 66, 48)
PANE: RGB = (160, 206, 236)
STONE: RGB = (168, 162, 154)
WOOD: RGB = (130, 86, 50)


def _windows(
    b: Brush, tone: RGB, columns: tuple[float, ...], rows: tuple[float, ...], width: float, height: float
) -> None:
    for y in rows:
        for x in columns:
            b.rect(tone, x, y, x + width, y + height)


@thing("house", "home", "family house", "house with a roof")
def _house(b: Brush) -> None:
    b.rect((150, 80, 60), 66, 12, 76, 40)
    b.rect(pick(b.rng, WALLS), 16, 44, 84, 94)
    b.poly(pick(b.rng, (ROOF, (90, 90, 100), b.main)), 50, 8, 96, 46, 4, 46)
    b.rect(WOOD, 43, 64, 57, 94)
    _windows(b, PANE, (22, 64), (56,), 15, 15)
    for x in (29.5, 71.5):
        b.line(WHITE, 1.5, x, 56, x, 71)


@thing("house")
def _two_storeys(b: Brush) -> None:
    b.rect(pick(b.rng, WALLS), 12, 34, 88, 96)
    b.poly(pick(b.rng, (ROOF, (80, 84, 96), (120, 76, 50))), 22, 10, 78, 10, 94, 36, 6, 36)
    _windows(b, PANE, (20, 43, 66), (42,), 14, 14)
    _windows(b, PANE, (20, 66), (68,), 14, 14)
    b.rect(shade(b.main, 0.8), 43, 66, 57, 96)


@thing("house")
def _cottage(b: Brush) -> None:
    b.poly(pick(b.rng, WALLS), 8, 54, 30, 26, 52, 54, 52, 92, 8, 92)
    b.rect(shade(pick(b.rng, WALLS), 0.9), 52, 54, 94, 92)
    b.poly(ROOF, 30, 22, 78, 22, 98, 56, 52, 56)
    b.rect(WOOD, 24, 66, 37, 92)
    b.rect(PANE, 62, 64, 82, 80)


@thing("castle", "medieval castle", "fortress")
def _castle(b: Brush) -> None:
    b.rect(STONE, 22, 46, 78, 94)
    for x in range(22, 78, 12):
        b.rect(STONE, x, 39, x + 7, 47)
    for x in (6, 76):
        b.rect(shade(STONE, 0.9), x, 30, x + 18, 94)
        b.poly(pick(b.rng, ((60, 90, 150), ROOF)), x - 2, 31, x + 20, 31, x + 9, 6)
        b.rect(BLACK, x + 7, 44, x + 11, 54)
    b.chord(WOOD, 50, 76, 10, 14, 180, 360)
    b.rect(WOOD, 40, 75, 60, 94)
    b.line(BLACK, 1.5, 50, 40, 50, 18)
    b.poly((210, 40, 40), 50, 18, 64, 23, 50, 28)


@thing("castle")
def _tower_castle(b: Brush) -> None:
    for x, top in ((8, 52), (30, 30), (50, 12), (72, 40)):
        b.rect(shade(STONE, float(b.rng.uniform(0.85, 1.1))), x, top + 18, x + 20, 94)
        b.poly((80, 90, 150), x - 2, top + 19, x + 22, top + 19, x + 10, top - 4)
        b.rect(BLACK, x + 8, top + 30, x + 12, top + 40)


@thing("church", "church with a steeple", "chapel")
def _church(b: Brush) -> None:
    b.rect(pick(b.rng, WALLS), 36, 50, 94, 94)
    b.poly(ROOF, 36, 50, 44, 32, 90, 32, 98, 50)
    b.rect(WALLS[3], 12, 38, 36, 94)
    b.poly((100, 80, 80), 9, 40, 24, 10, 39, 40)
    b.line(BLACK, 2, 24, 10, 24, 0)
    b.line(BLACK, 2, 20, 4, 28, 4)
    b.oval(PANE, 24, 50, 5)
    for x in (46, 60, 74):
        b.rect(PANE, x, 62, x + 7, 80, 3)
    b.rect(WOOD, 18, 74, 30, 94)


@thing("church")
def _church_front(b: Brush) -> None:
    wall = pick(b.rng, WALLS)
    b.poly(wall, 20, 94, 20, 50, 50, 22, 80, 50, 80, 94)
    b.line(BLACK, 3, 50, 22, 50, 4)
    b.line(BLACK, 3, 43, 11, 57, 11)
    b.oval(PANE, 50, 48, 9)
    b.chord(WOOD, 50, 76, 9, 12, 180, 360)
    b.rect(WOOD, 41, 75, 59, 94)


@thing("skyscraper", "office building", "tall building")
def _skyscraper(b: Brush) -> None:
    tone = pick(b.rng, ((110, 140, 170), (150, 150, 156), (80, 100, 120)))
    b.rect(tone, 28, 8, 72, 97)
    lit = (255, 232, 150) if maybe(b.rng, 0.3) else shade(tone, 1.5)
    for y in range(14, 88, 9):
        for x in range(32, 68, 9):
            b.rect(lit, x, y, x + 6, y + 5)
    b.line(shade(tone, 0.6), 2, 50, 8, 50, 0)


@thing("skyscraper")
def _towers(b: Brush) -> None:
    for x, top in ((6, 40), (28, 14), (54, 28), (76, 50)):
        tone = shade((120, 140, 160), float(b.rng.uniform(0.7, 1.2)))
        b.rect(tone, x, top, x + 20, 97)
        for y in range(top + 5, 92, 9):
            b.line(shade(tone, 1.5), 2, x + 3, y, x + 17, y)


@thing("bridge", "bridge over a river", "stone bridge")
def _bridge(b: Brush) -> None:
    b.rect((110, 170, 210), 0, 70, 100, 92)
    b.poly(STONE, 0, 44, 50, 34, 100, 44, 100, 82, 0, 82)
    for x in (26, 74):
        b.chord((150, 190, 220), x, 82, 17, 28, 180, 360)
    b.line(shade(STONE, 0.7), 2, 0, 44, 50, 34, 100, 44)


@thing("bridge")
def _suspension_bridge(b: Brush) -> None:
    tone = pick(b.rng, ((196, 70, 50), (120, 120, 130), (70, 90, 110)))
    b.rect((96, 150, 196), 0, 76, 100, 96)
    b.line(tone, 2, 0, 56, 12, 40, 24, 16, 40, 44, 50, 52, 60, 44, 76, 16, 88, 40, 100, 56)
    for x in (24, 76):
        b.rect(tone, x - 3, 14, x + 3, 88)
    b.rect(tone, 0, 60, 100, 65)
    for x in range(30, 74, 6):
        b.line(tone, 1, x, 30 + abs(50 - x) * -0.8 + 22, x, 60)


@thing("tent", "camping tent", "camping", coloured=True)
def _tent(b: Brush) -> None:
    b.poly(b.main, 50, 16, 96, 86, 4, 86)
    b.poly(shade(b.main, 0.35), 50, 30, 66, 86, 34, 86)
    b.poly(b.light, 50, 30, 60, 86, 66, 86)
    b.line(BLACK, 1.5, 4, 86, 0, 94)
    b.line(BLACK, 1.5, 96, 86, 100, 94)


@thing("tent")
def _dome_tent(b: Brush) -> None:
    b.chord(b.main, 50, 84, 46, 62, 180, 360)
    b.chord(b.dark, 58, 84, 18, 46, 180, 360)
    b.curve(b.light, 2, 50, 22, 30, 50, 22, 84)


@thing("windmill", "mill")
def _windmill(b: Brush) -> None:
    b.poly(pick(b.rng, WALLS), 38, 40, 62, 40, 70, 96, 30, 96)
    b.chord(ROOF, 50, 41, 14, 14, 180, 360)
    b.rect(WOOD, 45, 78, 55, 96)
    turn = float(b.rng.uniform(0, 90))
    for quarter in range(4):
        s = b.frame(50, 38, 100, 100, turn=turn + 90 * quarter)
        s.line(WOOD, 2, 50, 50, 50, 14)
        s.rect(WHITE, 50, 14, 60, 40)


@thing("windmill")
def _wind_turbine(b: Brush) -> None:
    b.poly(WHITE, 48, 38, 52, 38, 54, 98, 46, 98)
    turn = float(b.rng.uniform(0, 120))
    for third in range(3):
        b.frame(50, 38, 100, 100, turn=turn + 120 * third).blob((236, 238, 242), 48, 50, 47, 30, 50, 6, 53, 30, 52, 50)
    b.oval((200, 204, 210), 50, 38, 4)


@thing("lighthouse", "lighthouse by the sea")
def _lighthouse(b: Brush) -> None:
    b.blob(STONE, 10, 98, 30, 84, 70, 84, 90, 98)
    b.poly(WHITE, 40, 30, 60, 30, 68, 88, 32, 88)
    for y in (40, 64):
        b.poly(
            (206, 50, 44),
            41 - y * 0.09 + 2,
            y,
            59 + y * 0.09 - 2,
            y,
            61 + y * 0.09 - 2,
            y + 12,
            39 - y * 0.09 + 2,
            y + 12,
        )
    b.rect((255, 230, 120), 42, 16, 58, 30)
    b.chord((206, 50, 44), 50, 17, 11, 11, 180, 360)


@thing("lighthouse")
def _lit_lighthouse(b: Brush) -> None:
    b.poly((255, 240, 170), 50, 22, 0, 4, 0, 30)
    _lighthouse(b)


@thing("factory", "factory with chimneys", "industrial plant")
def _factory(b: Brush) -> None:
    for x in (16, 34):
        b.poly((150, 80, 64), x, 90, x + 2, 22, x + 9, 22, x + 11, 90)
        for dx, y, r in ((8, 14, 6), (16, 8, 8), (26, 4, 7)):
            b.oval((190, 190, 192), x + dx, y, r)
    b.poly((156, 150, 146), 6, 94, 6, 62, 50, 62, 50, 50, 66, 62, 66, 50, 82, 62, 82, 50, 97, 62, 97, 94)
    _windows(b, (240, 226, 160), (12, 28, 44, 60, 76), (72,), 9, 9)


@thing("pyramid", "egyptian pyramid", "pyramids in the desert")
def _pyramid(b: Brush) -> None:
    b.poly((220, 184, 120), 44, 18, 96, 86, 4, 86)
    b.poly((176, 138, 82), 44, 18, 96, 86, 66, 86)


@thing("traffic light", "traffic lights", "stop light")
def _traffic_light(b: Brush) -> None:
    b.rect((80, 80, 86), 46, 70, 54, 99)
    b.rect((40, 42, 46), 30, 4, 70, 74, 8)
    on = int(b.rng.integers(3))
    for i, tone in enumerate(((226, 40, 36), (250, 190, 40), (50, 190, 80))):
        b.oval(tone if i == on or maybe(b.rng, 0.3) else shade(tone, 0.35), 50, 17 + i * 22, 9)


@thing("street lamp", "lamp post", "street light")
def _street_lamp(b: Brush) -> None:
    b.rect((60, 62, 68), 47, 30, 53, 97)
    b.rect((60, 62, 68), 40, 92, 60, 98)
    b.poly((255, 232, 140), 38, 10, 62, 10, 57, 30, 43, 30)
    b.poly((60, 62, 68), 36, 10, 64, 10, 50, 1)


@thing("stop sign", "traffic sign", "road sign")
def _stop_sign(b: Brush) -> None:
    b.rect((130, 134, 140), 47, 60, 53, 99)
    b.poly((206, 34, 40), 34, 4, 66, 4, 86, 24, 86, 52, 66, 72, 34, 72, 14, 52, 14, 24)
    b.plain().text(WHITE, 50, 38, 24, "STOP", face=1, anchor="mm")


@thing("fence", "wooden fence", "garden fence")
def _fence(b: Brush) -> None:
    tone = pick(b.rng, (WHITE, WOOD, (190, 150, 100)))
    b.rect(shade(tone, 0.85), 0, 44, 100, 50)
    b.rect(shade(tone, 0.85), 0, 70, 100, 76)
    for x in range(4, 96, 16):
        b.poly(tone, x, 32, x + 5, 24, x + 10, 32, x + 10, 90, x, 90)


@thing("tent")
def _cabin_tent(b: Brush) -> None:
    b.poly(b.light, 6, 90, 24, 40, 56, 16, 84, 40, 96, 90)
    b.poly(b.main, 6, 90, 22, 40, 40, 16, 58, 42, 66, 90)
    b.poly((60, 46, 40), 28, 90, 40, 40, 50, 90)
    b.line((90, 80, 60), 1, 6, 90, 0, 97)
    b.line((90, 80, 60), 1, 96, 90, 100, 97)


@thing("tent")
def _tipi(b: Brush) -> None:
    for x in (42, 50, 58):
        b.line((110, 76, 46), 2, x, 4, 100 - x, 22)
    b.poly(b.main, 50, 12, 88, 94, 12, 94)
    b.poly(b.light, 34, 46, 66, 46, 71, 58, 29, 58)
    b.poly((60, 46, 40), 50, 54, 60, 94, 40, 94)
