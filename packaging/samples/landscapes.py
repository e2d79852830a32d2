"""Pictures from journeys: sea, mountains, a city, a lighthouse, a whale, a train."""

from random import Random

from canvas import Canvas, Point, arc, blend, curve, pts


def sunset() -> Canvas:
    """Draw a sailing boat before the sun that goes down in the sea."""
    c = Canvas(960, 640, ("#3b2a6b", "#8a3d7f", "#e0617a", "#ff9a62", "#ffd082", "#ffe3a3"))
    sun_x, horizon = 590, 400
    c.glow("#fff0c0", sun_x, horizon - 30, 330, 0.85)
    c.ellipse(("#fff8dc", "#ffdf8a"), sun_x, horizon - 38, 74)
    random = Random(4)
    for x, y, w, tint in (
        (150, 120, 190, "#f08a8a"), (420, 175, 150, "#ffb38a"), (790, 105, 170, "#d9688a"),
        (690, 225, 210, "#ffc48c"), (240, 262, 230, "#ffb98c"), (900, 290, 150, "#ffd29a"),
    ):  # fmt: skip
        for _ in range(6):
            dx, dy = random.uniform(-w, w) * 0.5, random.uniform(-6, 7)
            c.ellipse(tint, x + dx, y + dy, w * random.uniform(0.25, 0.5), random.uniform(4, 9), alpha=0.4, blur=3)
    c.hills(("#74407a", "#5d3670"), pts("0,372 90,352 170,366 260,340 340,378 430,402"), alpha=0.95)
    c.hills(("#8d4a80", "#6d3d78"), pts("760,404 840,374 900,382 960,360"), alpha=0.9)
    c.box(("#f2a06e", "#c3617f", "#6f4083", "#33285f"), (0, horizon, 960, 640))
    for i in range(230):
        depth = (i / 230) ** 1.5
        y = horizon + 3 + depth * 232
        spread = 26 + depth * 150
        x = sun_x + random.gauss(0, 1) * spread * 0.55
        c.ellipse("#ffeab0", x, y, 9 + depth * 34, 1.1 + depth * 2.6, alpha=0.62 - depth * 0.3)
    for _ in range(130):
        depth = random.random() ** 1.4
        wy, wx = horizon + 5 + depth * 232, random.uniform(0, 960)
        c.ellipse("#2b2358", wx, wy, 18 + depth * 60, 1 + depth * 2.6, alpha=0.22)
    _sailing_boat(c, 345, 452, 1.0)
    _sailing_boat(c, 772, 416, 0.34)
    for x, y, s in ((505, 150, 15), (548, 128, 12), (470, 118, 10), (585, 168, 9)):
        c.line("#402a5c", pts("-1,-0.32 -0.4,-0.6 0,0 0.4,-0.6 1,-0.32", x, y, s), 2.5, smooth=True)
    return c


def _sailing_boat(c: Canvas, x: float, y: float, s: float) -> None:
    c.ellipse("#1f1a45", x, y + 26 * s, 104 * s, 9 * s, alpha=0.5, blur=3 * s)
    c.polygon(("#fff3dc", "#f3b39a"), [*curve(pts("4,-190 58,-110 96,-14", x, y, s)), *pts("4,-14", x, y, s)])
    c.polygon(("#f0a3a0", "#b96a90"), [*curve(pts("-6,-172 -40,-90 -70,-14", x, y, s)), *pts("-6,-14", x, y, s)])
    c.line("#38244f", pts("0,-198 0,6", x, y, s), 4 * s)
    hull = [*pts("-96,-4 104,-4", x, y, s), *curve(pts("104,-4 74,24 20,28 -52,26 -96,-4", x, y, s))]
    c.polygon(("#5a3560", "#2a1c47"), hull)
    c.line("#f6b98f", pts("-94,-3 102,-3", x, y, s), 3 * s)


def lake() -> Canvas:
    """Draw a rowing boat on a lake below snowy mountains."""
    c = Canvas(960, 640, ("#4f97d8", "#8cc3ec", "#cfe8f5", "#eef6f4"))
    c.glow("#ffffff", 760, 90, 200, 0.8)
    random = Random(7)
    for x, y, s in ((170, 110, 1.0), (520, 70, 0.7), (880, 175, 0.8)):
        for _ in range(9):
            c.ellipse(
                "#ffffff",
                x + random.uniform(-70, 70) * s,
                y + random.uniform(-10, 12) * s,
                random.uniform(26, 46) * s,
                random.uniform(12, 20) * s,
                alpha=0.55,
                blur=5,
            )
    shore = 392
    _mountains(c, shore, 1)
    c.box(("#a9d4e4", "#5ea6c8", "#2f7ba6", "#1f5f8b"), (0, shore, 960, 640))
    with c.inside([(0, shore), (960, shore), (960, 640), (0, 640)]):
        _mountains(c, shore, -0.62)
        c.box(("#8fc6dc", "#2f7ba6", "#164a73"), (0, shore, 960, 640), alpha=0.62)
    c.ellipse("#f5fbff", 480, shore + 2, 520, 4, alpha=0.5, blur=2)
    for _ in range(110):
        depth = random.random() ** 1.3
        c.ellipse(
            "#e5f5fb", random.uniform(0, 960), shore + 12 + depth * 236, 12 + depth * 52, 0.8 + depth * 1.6, alpha=0.3
        )
    for x, h in ((22, 150), (70, 190), (116, 130), (158, 160), (840, 140), (884, 200), (930, 165)):
        _spruce(c, x, shore + 12, h)
    c.hills(("#3f7a55", "#27563f"), pts("0,396 90,399 190,404 250,420 150,440 0,452"))
    c.box(("#2f7ba6", "#2a719c"), (0, 452, 1, 453))
    _rowing_boat(c, 560, 520)
    for i in range(26):
        rx = 18 + i * 9.5 + random.uniform(-4, 4)
        top = 560 - random.uniform(20, 90)
        c.line(
            blend("#2a5b3f", "#7ba65a", random.random()),
            [(rx, 645), (rx + 3, (640 + top) / 2), (rx + random.uniform(-8, 14), top)],
            3.2,
            smooth=True,
        )
    return c


def _mountains(c: Canvas, base: float, way: float) -> None:
    def up(points: list[Point]) -> list[Point]:
        return [(x, base - h * way) for x, h in points]

    far = pts("0,0 0,130 90,190 150,150 260,235 330,180 420,215 560,150 700,225 800,165 900,210 960,160 960,0")
    c.polygon(("#9db8d4", "#bcd2e2") if way > 0 else "#9db8d4", up(far))
    c.polygon(
        ("#6d87ad", "#8fa9c4") if way > 0 else "#7c96b8",
        up(pts("120,0 230,120 330,215 430,325 478,290 540,228 640,140 760,0")),
    )
    c.polygon("#54709a", up(pts("430,325 478,290 540,228 640,140 760,0 480,0 520,110 470,200 452,270")))
    c.polygon("#fdfeff", up(pts("430,325 356,242 380,236 396,252 412,222 432,246 448,214 452,270")))
    c.polygon("#dbe6f2", up(pts("430,325 452,270 448,214 470,240 484,222 500,240 526,216 540,228 478,290")))
    c.polygon(("#7590b0", "#93adc3") if way > 0 else "#849dba", up(pts("560,0 660,130 770,262 820,215 910,120 1010,0")))
    c.polygon("#5f7aa0", up(pts("770,262 820,215 910,120 1010,0 820,0 830,100 786,190")))
    c.polygon("#fdfeff", up(pts("770,262 716,197 738,192 750,206 764,182 782,202 786,190")))
    c.polygon("#dbe6f2", up(pts("770,262 786,190 800,204 812,188 834,200 820,215")))
    hills = curve(pts("0,70 120,100 260,62 400,84 560,48 700,74 840,96 960,66"))
    c.polygon(("#4d8066", "#3a6a55") if way > 0 else "#457560", up([(0, 0), *hills, (960, 0)]))


def _spruce(c: Canvas, x: float, y: float, height: float) -> None:
    c.box("#4a3a30", (x - 3, y - height * 0.15, x + 3, y))
    for i in range(5):
        top = y - height + i * height * 0.17
        w = height * (0.09 + i * 0.045)
        c.polygon(("#3d7559", "#1f4a3a"), [(x, top), (x + w, top + height * 0.26), (x - w, top + height * 0.26)])


def _rowing_boat(c: Canvas, x: float, y: float) -> None:
    c.ellipse("#0f3a5c", x, y + 26, 120, 12, alpha=0.45, blur=5)
    c.line("#e8d3ac", [(x - 18, y - 6), (x - 96, y + 44)], 4)
    c.line("#e8d3ac", [(x + 36, y - 6), (x + 118, y + 40)], 4)
    c.ellipse("#e8d3ac", x - 100, y + 46, 17, 5)
    c.ellipse("#e8d3ac", x + 122, y + 42, 17, 5)
    c.polygon(
        "#5c2d24",
        curve(
            [
                (x - 104, y - 14),
                (x - 40, y - 22),
                (x + 50, y - 22),
                (x + 108, y - 16),
                (x + 50, y - 2),
                (x - 40, y - 2),
            ],
            closed=True,
        ),
    )
    c.polygon(
        ("#d8513f", "#9c2f2b"),
        [
            *curve([(x - 106, y - 14), (x - 40, y - 2), (x + 50, y - 2), (x + 110, y - 17)]),
            *curve([(x + 110, y - 17), (x + 84, y + 24), (x + 10, y + 31), (x - 74, y + 24), (x - 106, y - 14)]),
        ],
    )
    c.line("#fbe6c8", [(x - 104, y - 13), (x - 40, y - 1), (x + 50, y - 1), (x + 108, y - 16)], 4, smooth=True)
    for dx in (-36, 40):
        c.line("#c58f5c", [(x + dx, y - 20), (x + dx, y - 4)], 8)


def city() -> Canvas:
    """Draw a city at night behind a river."""
    c = Canvas(960, 640, ("#070b24", "#131a48", "#31266b", "#6b3a86", "#b8568c"))
    random = Random(11)
    for _ in range(120):
        c.ellipse(
            "#ffffff",
            random.uniform(0, 960),
            random.uniform(0, 260),
            random.uniform(0.5, 1.5),
            alpha=random.uniform(0.3, 0.9),
        )
    c.glow("#fff3cf", 640, 96, 130, 0.6)
    c.ellipse(("#fffbe8", "#f5dfae"), 640, 96, 36)
    water = 470
    c.glow("#ff9ec0", 480, water, 520, 0.4)
    x = -10.0
    while x < 970:
        w, h = random.uniform(34, 70), random.uniform(120, 230)
        c.box(("#4a3a80", "#6d4688"), (x, water - h, x + w, water), alpha=0.9)
        x += w - 2
    towers = [
        (0, 78, 190),
        (72, 58, 265),
        (128, 84, 170),
        (208, 66, 330),
        (270, 92, 215),
        (358, 54, 290),
        (410, 90, 390),
        (496, 74, 240),
        (566, 60, 310),
        (622, 96, 200),
        (714, 62, 285),
        (772, 84, 180),
        (850, 56, 250),
        (902, 64, 205),
    ]
    for i, (left, w, h) in enumerate(towers):
        _tower(c, random, left, water, (w, h, i))
    c.box(("#5b3a80", "#241c58", "#0b0e30"), (0, water, 960, 640))
    for left, w, h in towers:
        _reflection(c, random, left, water, (w, h))
    y = water + 1
    c.box("#20184c", (0, y - 5, 960, y + 5))
    for lamp in range(24, 960, 58):
        c.glow("#ffdc94", lamp, y - 9, 26, 0.9)
        c.ellipse("#fff4d2", lamp, y - 9, 3)
        c.box("#ffd98a", (lamp - 2, y + 6, lamp + 2, y + 66), 2, alpha=0.3, blur=2)
    return c


def _tower(c: Canvas, random: Random, left: float, water: float, size: tuple[int, int, int]) -> None:
    w, h, i = size
    top = water - h
    c.box((blend("#1c2054", "#2a2a66", i % 3 / 2), "#141440"), (left, top, left + w, water), 3)
    c.box("#ffffff", (left, top, left + 4, water), alpha=0.06)
    if i % 3 == 0:
        c.polygon("#1c2054", [(left + 8, top), (left + w / 2, top - 34), (left + w - 8, top)])
    if h > 280:
        c.line("#2d2f70", [(left + w / 2, top), (left + w / 2, top - 46)], 3)
        c.glow("#ff5470", left + w / 2, top - 46, 16, 0.9)
        c.ellipse("#ff8a9a", left + w / 2, top - 46, 2.6)
    columns, rows = int((w - 12) // 12), int((h - 20) // 16)
    for row in range(rows):
        for column in range(columns):
            if random.random() < 0.55:
                wx, wy = left + 8 + column * 12, top + 14 + row * 16
                tint = random.choice(("#ffd98a", "#ffe9b8", "#ffc66b", "#bfe3ff", "#ffb07a"))
                c.box(tint, (wx, wy, wx + 6, wy + 9), 1, alpha=random.choice((0.95, 0.85, 0.5)))


def _reflection(c: Canvas, random: Random, left: float, water: float, size: tuple[int, int]) -> None:
    w, h = size
    c.box("#0a0c2c", (left, water, left + w, water + h * 0.42), alpha=0.4, blur=5)
    for _ in range(int(h / 8)):
        y = water + random.random() ** 1.2 * h * 0.5
        tint = random.choice(("#ffd98a", "#ffc66b", "#bfe3ff", "#ff9ec0"))
        c.ellipse(tint, left + random.uniform(6, w - 6), y + 3, random.uniform(6, 15), 1.3, alpha=0.55)


def lighthouse() -> Canvas:
    """Draw a lighthouse on a cliff, upright format."""
    c = Canvas(640, 900, ("#25425f", "#4c7590", "#93b3b7", "#e3d9bd", "#f3e3c0"))
    random = Random(3)
    for _ in range(46):
        y = random.uniform(40, 360)
        c.ellipse(
            random.choice(("#3a5872", "#5d8098", "#87a5ae")),
            random.uniform(-40, 680),
            y,
            random.uniform(60, 150),
            random.uniform(12, 34),
            alpha=0.3,
            blur=9,
        )
    lx, top = 330, 210
    for points in ([(lx, top + 36), (-60, 60), (-60, 260)], [(lx, top + 36), (720, 120), (720, 330)]):
        c.polygon("#fff4c4", points, alpha=0.34, blur=10)
    c.box(("#4f8fa0", "#2f6f88", "#1d4f6c"), (0, 600, 640, 900))
    for _ in range(90):
        depth = random.random()
        c.ellipse("#d9ecec", random.uniform(0, 640), 608 + depth * 290, 8 + depth * 36, 1 + depth * 1.8, alpha=0.34)
    _cliff(c, random)
    c.blob(
        ("#8fb068", "#5f8550"), pts("190,690 240,652 330,636 470,644 680,628 680,690 520,700 430,682 330,702 260,688")
    )
    for x in range(90, 250, 22):
        c.ellipse("#f2fafa", x, 880 - abs(170 - x) * 0.1, 26, 9, alpha=0.75, blur=3)
    _light(c, lx, top)
    c.box(("#f5eddc", "#d8cbb2"), (430, 596, 540, 652))
    c.polygon(("#c9564a", "#9a3b37"), pts("418,600 444,556 526,556 552,600"))
    for x in (448, 500):
        c.box("#ffdf8a", (x, 614, x + 20, 636), 2)
    for x, y, s in ((120, 330, 15), (170, 372, 11), (86, 395, 10), (540, 440, 12)):
        c.line("#ffffff", pts("-1,-0.32 -0.4,-0.6 0,0 0.4,-0.6 1,-0.32", x, y, s), 2.5, smooth=True)
    return c


def _cliff(c: Canvas, random: Random) -> None:
    cliff = curve(pts("120,900 150,790 182,700 230,655 330,640 470,650 660,636 700,900"))
    c.polygon(("#84735f", "#4a423d"), cliff)
    with c.inside(cliff):
        for i in range(15):
            x = 140 + i * 40 + random.uniform(-12, 12)
            crack = [(x + random.uniform(-14, 14) - j * 9, 660 + j * 62) for j in range(5)]
            c.polygon(
                "#3a3330", [*crack, *[(px + 20 - j * 3, py) for j, (px, py) in enumerate(crack)][::-1]], alpha=0.28
            )
            c.line("#a8957c", [(px - 3, py) for px, py in crack], 2.5, alpha=0.3)
        for y in (735, 800, 862):
            ledge = [(px, y + random.uniform(-10, 10)) for px in range(100, 720, 70)]
            c.line("#b5a287", ledge, 5, smooth=True, alpha=0.25)


def _light(c: Canvas, lx: float, top: float) -> None:
    tower = [(lx - 52, 648), (lx + 52, 648), (lx + 34, 300), (lx - 34, 300)]
    c.polygon("#fbf6ea", tower)
    with c.inside(tower):
        for y in (330, 446, 562):
            c.box("#d9453f", (lx - 80, y, lx + 80, y + 58))
        c.box("#1b2a40", (lx + 12, 290, lx + 70, 660), alpha=0.2, blur=10)
        c.box("#ffffff", (lx - 60, 290, lx - 30, 660), alpha=0.3, blur=8)
    c.box("#2d3e52", (lx - 48, 284, lx + 48, 300), 3)
    for x in range(-44, 45, 11):
        c.line("#2d3e52", [(lx + x, 268), (lx + x, 288)], 2)
    c.line("#2d3e52", [(lx - 46, 268), (lx + 46, 268)], 3)
    c.glow("#fff2b0", lx, top + 36, 130, 0.95)
    c.box(("#fff9d8", "#ffd766"), (lx - 24, top + 4, lx + 24, 284))
    for x in (-24, -8, 8, 24):
        c.line("#2d3e52", [(lx + x, top + 4), (lx + x, 284)], 3)
    c.polygon(("#e2564c", "#a93331"), [*arc(lx, top + 6, 36, 40, 180, 360), (lx - 36, top + 6)])
    c.line("#2d3e52", [(lx, top - 34), (lx, top - 56)], 4)
    c.ellipse("#2d3e52", lx, top - 36, 6)
    for y in (405, 520):
        c.box("#31465c", (lx - 9, y, lx + 9, y + 26), 8)
    c.box("#5a3d31", (lx - 15, 606, lx + 15, 648), 12)
