"""Cartoons with thick outlines on white, as on a sheet of stickers: penguin, butterfly, robot, rocket, bus."""

from collections.abc import Sequence

from canvas import Canvas, Fill, Point, arc, curve, pts, turned

_INK = "#2b2438"
_STROKE = 7


def _shape(c: Canvas, fill: Fill, points: Sequence[Point], *, smooth: bool = False) -> None:
    """Fill a shape and draw its outline."""
    line = curve(points, closed=True) if smooth else list(points)
    c.polygon(fill, line)
    c.line(_INK, [*line, line[0]], _STROKE)


def _round(c: Canvas, fill: Fill, x: float, y: float, rx: float, ry: float | None = None) -> None:
    _shape(c, fill, arc(x, y, rx, rx if ry is None else ry))


def _box(c: Canvas, fill: Fill, corners: tuple[float, float, float, float], r: float) -> None:
    left, top, right, bottom = corners
    corner = (
        (right - r, top + r, -90),
        (right - r, bottom - r, 0),
        (left + r, bottom - r, 90),
        (left + r, top + r, 180),
    )
    _shape(c, fill, [point for x, y, start in corner for point in arc(x, y, r, r, start, start + 90, 10)])


def penguin() -> Canvas:
    """Draw a penguin that waves."""
    c = Canvas(480, 520)
    c.ellipse("#cfd6e4", 240, 482, 130, 16, alpha=0.8, blur=6)
    for x in (190, 290):
        _shape(c, ("#ffb648", "#f18f1d"), arc(x, 470, 46, 18))
    _shape(c, ("#4a5a78", "#2f3a55"), pts("112,250 60,190 48,150 70,146 124,196 146,236"), smooth=True)
    _shape(c, ("#4a5a78", "#2f3a55"), pts("350,240 402,300 412,356 390,360 348,318 330,270"), smooth=True)
    body = pts("240,44 330,84 362,190 376,320 344,430 240,468 136,430 104,320 118,190 150,84")
    _shape(c, ("#4f6082", "#2f3a55"), body, smooth=True)
    _shape(
        c, ("#ffffff", "#e6ecf6"), pts("240,196 316,226 334,330 308,416 240,446 172,416 146,330 164,226"), smooth=True
    )
    for x in (196, 284):
        _round(c, "#ffffff", x, 140, 40, 46)
        c.ellipse(_INK, x + (8 if x < 240 else -8), 148, 15, 19)
        c.ellipse("#ffffff", x + (3 if x < 240 else -13), 140, 6)
        c.ellipse("#ff9bb0", x + (-24 if x < 240 else 24), 196, 20, 12, alpha=0.7)
    _shape(c, ("#ffc155", "#f18f1d"), pts("208,178 272,178 258,206 240,216 222,206"))
    _shape(c, ("#e8505b", "#c4304a"), pts("146,224 240,254 334,224 340,252 240,284 140,252"))
    _shape(c, ("#e8505b", "#c4304a"), pts("286,262 320,254 334,338 298,346"))
    return c


def butterfly() -> Canvas:
    """Draw a butterfly from above, its wings spread."""
    c = Canvas(520, 460)
    upper = pts("262,200 300,96 400,36 480,66 486,160 420,226 300,240")
    lower = pts("266,240 370,244 430,300 410,388 340,414 290,350")
    for side in (1, -1):
        for wing, tints, spots in (
            (upper, ("#ffb23e", "#f2672e"), ((400, 110, 30), (350, 160, 20), (436, 168, 16))),
            (lower, ("#ff8f3c", "#d8432f"), ((362, 316, 26), (338, 368, 14))),
        ):
            _shape(c, tints, [(260 + side * (x - 260), y) for x, y in wing], smooth=True)
            for x, y, r in spots:
                c.ellipse(_INK, 260 + side * (x - 260), y, r + 8)
                c.ellipse(("#7fd4ff", "#3f8fe0"), 260 + side * (x - 260), y, r)
        edge = [(260 + side * (x - 260), y) for x, y in pts("402,48 470,82 474,156 424,208")]
        for x, y in curve(edge, steps=3):
            c.ellipse("#fff4d6", x, y, 6)
        c.line(_INK, [(260 + side * (x - 260), y) for x, y in pts("262,110 286,60 320,30")], 6, smooth=True)
        c.ellipse(_INK, 260 + side * 62, 28, 9)
    _shape(c, ("#6a5178", "#35283f"), pts("260,100 278,140 276,250 260,372 244,250 242,140"), smooth=True)
    _round(c, ("#6a5178", "#4a3a56"), 260, 112, 24)
    return c


def robot() -> Canvas:
    """Draw a toy robot."""
    c = Canvas(480, 540)
    c.ellipse("#cfd6e4", 240, 508, 140, 14, alpha=0.8, blur=6)
    c.line(_INK, [(240, 40), (240, 92)], 8)
    _round(c, ("#ff7d6e", "#e0393f"), 240, 36, 18)
    for x in (96, 384):
        _box(c, "#8b98ad", (x - 16, 270, x + 16, 400), 14)
        _round(c, "#f0b429", x, 272, 26)
        _shape(c, "#5b6b86", [*arc(x, 424, 30, 30, -50, 230)])
    for x in (190, 290):
        _box(c, "#8b98ad", (x - 22, 420, x + 22, 474), 4)
        _box(c, ("#5b6b86", "#3d4a61"), (x - 42, 466, x + 42, 506), 14)
    _box(c, ("#c8d4e6", "#93a5c0"), (122, 236, 358, 430), 24)
    _box(c, ("#d6e0ee", "#9fb0c9"), (140, 88, 340, 226), 30)
    for x in (134, 346):
        _box(c, "#5b6b86", (x - 12, 136, x + 12, 182), 6)
    for x in (194, 286):
        _round(c, ("#9ff0ff", "#2fb4dd"), x, 144, 30)
        c.ellipse(_INK, x, 146, 11)
        c.ellipse("#ffffff", x - 8, 134, 6)
    _box(c, "#ffffff", (190, 188, 290, 212), 8)
    for x in range(210, 290, 20):
        c.line(_INK, [(x, 188), (x, 212)], 4)
    _box(c, "#33415c", (160, 266, 320, 330), 10)
    c.line("#5ee08a", pts("172,300 206,300 218,280 234,318 250,288 262,300 308,300"), 5)
    for x, tint in ((180, "#e0393f"), (220, "#f0b429"), (260, "#4caf6e"), (300, "#3f8fe0")):
        _round(c, tint, x, 376, 15)
    return c


def rocket() -> Canvas:
    """Draw a rocket that takes off, leaning to the right."""
    c = Canvas(500, 540)

    def lean(points: Sequence[Point]) -> list[Point]:
        return turned(points, 250, 270, 28)

    for x, y, r in ((70, 90, 6), (420, 430, 6), (110, 240, 4), (430, 330, 5), (60, 400, 5), (200, 60, 4)):
        c.polygon(
            "#f0b429", [(x, y - 3 * r), (x + r, y - r), (x + 3 * r, y), (x + r, y + r), (x, y + 3 * r), (x - r, y)]
        )
    _shape(c, ("#ffd34d", "#f2672e"), lean(curve(pts("206,388 200,450 224,440 250,520 276,440 300,450 294,388"))))
    c.polygon(("#fff4c2", "#ffc53d"), lean(pts("228,388 250,470 272,388")))
    for side in (1, -1):
        fin = [(250 + side * dx, y) for dx, y in ((54, 300), (128, 370), (128, 424), (48, 390))]
        _shape(c, ("#ef5b5b", "#b92b45"), lean(curve(fin, closed=True)))
    hull = pts("250,30 306,120 324,230 306,392 194,392 176,230 194,120")
    _shape(c, ("#ffffff", "#c9d5e6"), lean(curve(hull, closed=True)))
    with c.inside(lean(curve(hull, closed=True))):
        c.polygon(("#ef5b5b", "#c8364b"), lean(pts("150,0 350,0 350,128 150,128")))
        c.polygon("#3f6fd0", lean(pts("150,330 350,330 350,360 150,360")))
    outline = lean(curve(hull, closed=True))
    c.line(_INK, [*outline, outline[0]], _STROKE)
    c.line(_INK, lean(pts("193,128 307,128")), _STROKE)
    ((x, y),) = lean([(250, 210)])
    _round(c, "#5b6b86", x, y, 48)
    _round(c, ("#bff2ff", "#49b6e6"), x, y, 32)
    c.ellipse("#ffffff", x - 10, y - 12, 9, 7, alpha=0.8)
    return c


def bus() -> Canvas:
    """Draw a yellow school bus from the side."""
    c = Canvas(640, 400)
    c.ellipse("#cfd6e4", 320, 352, 270, 16, alpha=0.8, blur=6)
    hood = pts("500,190 560,194 596,214 606,250 606,318 490,318")
    _shape(c, ("#ffd24a", "#f0a51a"), [*curve(hood[:-2]), *hood[-2:]])
    _box(c, ("#ffd94f", "#f0a51a"), (34, 62, 510, 318), 30)
    c.box("#2b2438", (40, 226, 604, 236))
    c.box("#2b2438", (40, 262, 604, 270))
    for x in range(66, 400, 84):
        _box(c, ("#e6f7ff", "#a8d8f0"), (x, 98, x + 62, 170), 10)
    _box(c, ("#e6f7ff", "#a8d8f0"), (424, 98, 486, 286), 10)
    c.line(_INK, [(455, 98), (455, 286)], 5)
    _shape(c, "#ffe9a0", arc(592, 262, 15, 18))
    _box(c, "#aeb9cb", (556, 296, 622, 322), 10)
    _box(c, "#aeb9cb", (18, 296, 70, 322), 10)
    for x in (138, 478):
        _round(c, "#35343f", x, 318, 50)
        _round(c, ("#e6ecf6", "#aeb9cb"), x, 318, 25)
        c.ellipse(_INK, x, 318, 8)
    return c
