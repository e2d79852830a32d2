"""Pictures of the garden and of the sky above it: tulips, tomatoes, planets."""

import math
from random import Random

from canvas import Canvas, arc, blend, curve, pts, turned


def tulips() -> Canvas:
    """Draw a bed of tulips before a windmill."""
    c = Canvas(960, 640, ("#7cbde8", "#b9dff2", "#f1f4e0"))
    random = Random(23)
    for x, y, s in ((150, 100, 1.0), (430, 70, 0.8), (640, 130, 0.9)):
        for dx, dy, r in ((-50, 6, 24), (-20, -10, 34), (18, -6, 30), (50, 6, 22)):
            c.ellipse("#ffffff", x + dx * s, y + dy * s, r * s, alpha=0.85, blur=1.5)
        c.box("#ffffff", (x - 72 * s, y + 4 * s, x + 72 * s, y + 30 * s), 14 * s, alpha=0.85, blur=1.5)
    c.hills(("#8fc07a", "#79ae68"), pts("0,330 240,312 480,326 720,306 960,322"))
    for x in range(10, 700, 46):
        c.ellipse(("#6aa35f", "#4b8450"), x + random.uniform(-8, 8), 320, 22, random.uniform(16, 30))
    _windmill(c, 770, 330)
    for row in range(9):
        t = row / 8
        top, tint = 338 + t * t * 190, ("#e6455a", "#f6b53c", "#c95bb0", "#f4f0ea", "#ef7a45")[row % 5]
        stripe = pts(
            f"0,{top} 480,{top - 6} 960,{top + 4} 960,{top + 8 + t * 26} 480,{top + 4 + t * 26} 0,{top + 9 + t * 26}"
        )
        c.polygon((tint, blend(tint, "#4f8f4a", 0.65)), stripe)
        for _ in range(240 - row * 18):
            bx = random.uniform(0, 960)
            c.ellipse(
                blend(tint, "#ffffff", random.random() * 0.4),
                bx,
                top + random.uniform(-1, 4 + t * 8),
                1.5 + t * 6,
                2 + t * 8,
            )
    c.box(("#4f9149", "#2f6a38"), (0, 540, 960, 640))
    bed = [(random.uniform(-20, 980), random.random()) for _ in range(36)]
    for fx, depth in sorted(bed, key=lambda flower: flower[1]):
        tint = random.choice(("#e6334a", "#f6b53c", "#d95fae", "#fbf3e6", "#f0703f"))
        _tulip(c, fx, 640 + depth * 70, 0.75 + depth * 0.5, tint, random.uniform(-7, 7))
    return c


def _tulip(c: Canvas, x: float, y: float, s: float, tint: str, lean: float) -> None:
    top = (x + lean * 3 * s, y - 190 * s)
    c.line("#4b9650", curve([(x, y), (x + lean * s, y - 90 * s), top]), 7 * s)
    for side in (-1, 1):
        leaf = [
            (x, y),
            (x + side * 34 * s, y - 70 * s),
            (x + side * 40 * s, y - 138 * s),
            (x + side * 14 * s, y - 72 * s),
        ]
        c.blob(("#6db45f", "#347a44"), leaf)
    cx, cy = top
    dark = blend(tint, "#7a1030", 0.28)
    for side in (-1, 1):
        petal = pts("0,30 -30,22 -38,-16 -30,-54 -10,-30 4,0", 0, 0, s)
        c.blob((tint, dark), [(cx - side * px, cy + py) for px, py in petal])
    c.blob((blend(tint, "#ffffff", 0.22), tint), pts("0,32 -22,18 -22,-18 0,-58 22,-18 22,18", cx, cy, s))


def _windmill(c: Canvas, x: float, y: float) -> None:
    c.polygon(("#b5654a", "#8a4638"), pts("-46,0 -30,-140 30,-140 46,0", x, y))
    c.polygon("#5d3328", pts("14,-140 30,-140 46,0 24,0", x, y), alpha=0.3)
    c.polygon(("#4f4a48", "#35302f"), curve(pts("-38,-138 -30,-172 0,-190 30,-172 38,-138", x, y)))
    c.box("#f3e7d0", (x - 50, y - 66, x + 50, y - 60), 2)
    for dy in (-112, -36):
        c.box("#f3e7d0", (x - 9, y + dy - 12, x + 9, y + dy + 10), 2)
        c.box("#5b7f95", (x - 6, y + dy - 9, x + 6, y + dy + 7))
    c.box("#4a2c22", (x - 10, y - 26, x + 10, y), 3)
    hub = (x, y - 150)
    for i in range(4):
        angle = 28 + 90 * i
        c.line("#4a3a30", [hub, turned([(x, hub[1] - 130)], *hub, angle)[0]], 5)
        sail = turned(pts("4,-28 30,-28 30,-128 4,-128", *hub), *hub, angle)
        c.polygon("#fbf5e6", sail, alpha=0.92)
        for k in range(1, 5):
            bar = turned([(hub[0] + 4, hub[1] - 28 - 20 * k), (hub[0] + 30, hub[1] - 28 - 20 * k)], *hub, angle)
            c.line("#a58f74", bar, 1.4)
    c.ellipse("#4a3a30", *hub, 8)


def tomatoes() -> Canvas:
    """Draw ripe tomatoes on the vine."""
    c = Canvas(840, 640, ("#cfe8c0", "#a8d3a0", "#79b483"))
    random = Random(29)
    for _ in range(26):
        c.ellipse(
            random.choice(("#ffffff", "#e3f3cf", "#5f9f6a", "#8cc48a")),
            random.uniform(0, 840),
            random.uniform(0, 640),
            random.uniform(30, 84),
            alpha=0.22,
            blur=14,
        )
    c.line("#a8794a", pts("610,-10 622,650"), 13)
    c.line("#c9996a", pts("606,-10 618,650"), 4)
    stem = curve(pts("560,660 520,540 566,420 520,300 560,180 530,60 548,-20"), steps=20)
    c.line("#3f7f45", stem, 17)
    c.line("#69ad5c", [(x - 4, y) for x, y in stem], 5)
    for y in (150, 380):
        c.line("#e9d9a8", arc(578, y, 46, 12, 0, 360, 30), 4)
    for x, y, s, angle in (
        (610, 120, 1.1, 20),
        (420, 70, 1.2, 200),
        (680, 330, 1.2, 8),
        (660, 520, 1.1, 30),
        (330, 560, 0.9, 170),
        (480, 590, 0.8, 140),
    ):
        _leaf(c, x, y, s, angle)
    c.line("#4d8f4d", curve(pts("528,300 440,250 330,236 230,262 150,330")), 10)
    fruit = ((182, 410, 84, 1.0), (330, 330, 96, 1.0), (450, 395, 78, 0.9), (300, 490, 74, 0.55), (440, 520, 56, 0.2))
    for x, y, r, _ in fruit:
        c.line("#4d8f4d", curve([(x, y - r * 0.8), (x + 8, y - r - 20), (x + 26, y - r - 62)]), 7)
    for x, y, r, ripe in fruit:
        light = blend("#c9dd72", "#ff6a4d", ripe)
        deep = blend("#6fa03f", "#c41f26", ripe)
        c.ellipse("#1f4a2a", x + 8, y + 12, r, r * 0.94, alpha=0.3, blur=10)
        c.ellipse((light, blend(light, deep, 0.5), deep), x, y, r, r * 0.92)
        c.ellipse("#ffffff", x - r * 0.36, y - r * 0.34, r * 0.26, r * 0.16, alpha=0.65, blur=4)
        c.ellipse("#ffffff", x - r * 0.5, y - r * 0.05, r * 0.07, alpha=0.5, blur=2)
        for i in range(6):
            tip = turned([(x, y - r * 0.78 - r * 0.52)], x, y - r * 0.78, 60 * i + 18)[0]
            mid = (x, y - r * 0.78)
            sepal = [
                mid,
                ((mid[0] + tip[0]) / 2 + (tip[1] - mid[1]) * 0.18, (mid[1] + tip[1]) / 2 * 1 + 4),
                (tip[0], mid[1] + (tip[1] - mid[1]) * 0.5),
                ((mid[0] + tip[0]) / 2 - (tip[1] - mid[1]) * 0.18, (mid[1] + tip[1]) / 2 + 4),
            ]
            c.blob(("#5da352", "#37783c"), sepal)
    for x, y in ((690, 210), (726, 240), (700, 262)):
        for i in range(5):
            a = math.radians(72 * i)
            c.ellipse("#ffe25a", x + 9 * math.cos(a), y + 9 * math.sin(a), 7)
        c.ellipse("#e8a92e", x, y, 5)
    return c


def _leaf(c: Canvas, x: float, y: float, s: float, angle: float) -> None:
    outline = pts(
        "0,0 40,-30 60,-22 84,-56 112,-34 140,-50 158,-20 196,0 158,20 140,48 112,34 84,56 60,24 40,30", x, y, s
    )
    c.blob(("#7cc06a", "#3f8a4a"), turned(outline, x, y, angle))
    c.line("#b3dc98", turned(pts("0,0 180,0", x, y, s), x, y, angle), 2.4, alpha=0.8)
    for k in (50, 90, 130):
        for side in (-1, 1):
            vein = pts(f"{k},0 {k + 26},{side * 28}", x, y, s)
            c.line("#b3dc98", turned(vein, x, y, angle), 1.6, alpha=0.7)


def planets() -> Canvas:
    """Draw the planets around the sun."""
    c = Canvas(960, 600, ("#080b22", "#141242", "#0b0d2a"))
    random = Random(31)
    for _ in range(26):
        c.ellipse(
            random.choice(("#3a2f8a", "#5a2f7a", "#1f4a8a")),
            random.uniform(0, 960),
            random.uniform(0, 600),
            random.uniform(60, 160),
            random.uniform(40, 90),
            alpha=0.12,
            blur=26,
        )
    for _ in range(330):
        c.ellipse(
            "#ffffff",
            random.uniform(0, 960),
            random.uniform(0, 600),
            abs(random.gauss(0.4, 0.6)) + 0.3,
            alpha=random.uniform(0.3, 1),
        )
    sun = (-40.0, 300.0)
    for r in (250, 342, 436, 524, 668, 806, 900, 968):
        c.line("#aab4ff", arc(*sun, r, r * 0.92, -60, 60, 120), 1.3, alpha=0.3)
    c.glow("#ffb347", *sun, 340, 0.95)
    c.ellipse(("#fff0a8", "#ffc04a", "#f58a2a"), *sun, 150)
    worlds = (
        (250, -24, 12, ("#cbb8a3", "#86705e")),
        (342, 18, 20, ("#f2d49b", "#c48f4e")),
        (436, -14, 24, ("#6fb8f2", "#2a62b8")),
        (524, 26, 17, ("#ef8a5a", "#a8452c")),
        (668, -4, 66, ("#f0cfa3", "#c79263")),
        (806, 17, 46, ("#f3dfae", "#c9a86a")),
        (900, -16, 28, ("#bdeef0", "#5fb3c4")),
        (968, 4, 24, ("#6f96f5", "#2f4fc4")),
    )
    for i, (orbit, angle, r, tints) in enumerate(worlds):
        a = math.radians(angle)
        _planet(c, i, sun[0] + orbit * math.cos(a), sun[1] + orbit * 0.92 * math.sin(a), r, tints)
    c.line("#e8f2ff", pts("250,520 330,470"), 2, alpha=0.5)
    c.line("#e8f2ff", pts("290,497 334,467"), 3, alpha=0.7)
    c.glow("#ffffff", 336, 466, 22, 1)
    return c


def _planet(c: Canvas, number: int, x: float, y: float, r: float, tints: tuple[str, str]) -> None:
    ring = turned(arc(x, y, r * 1.9, r * 0.5, 180, 360, 60), x, y, -18)
    if number == 5:
        c.line("#d9c08a", ring, r * 0.2, alpha=0.9)
        c.line("#f5e6bf", turned(arc(x, y, r * 1.6, r * 0.4, 180, 360, 60), x, y, -18), r * 0.1)
    disc = arc(x, y, r, r, steps=80)
    c.polygon(tints, disc)
    with c.inside(disc):
        if number == 4:
            for dy, h, tint in (
                (-0.7, 0.16, "#b57a50"),
                (-0.36, 0.12, "#f7e6cc"),
                (-0.06, 0.2, "#b8774a"),
                (0.36, 0.12, "#f2dcb8"),
                (0.64, 0.18, "#a86d48"),
            ):
                c.ellipse(tint, x, y + dy * r, r * 1.2, h * r * 0.7, alpha=0.7, blur=1)
            c.ellipse("#d9573a", x + r * 0.34, y + r * 0.3, r * 0.24, r * 0.14)
        if number == 2:
            for blob in ("-16,-8 -4,-18 6,-10 0,2 -10,4", "4,4 14,0 18,10 8,18", "-14,12 -6,10 -4,18"):
                c.blob("#69b56a", pts(blob, x, y, r / 24))
            c.ellipse("#ffffff", x, y - r * 0.86, r * 0.5, r * 0.2, alpha=0.9)
        if number == 5:
            for dy in (-0.5, -0.1, 0.4):
                c.ellipse("#b8935a", x, y + dy * r, r * 1.2, r * 0.08, alpha=0.6, blur=1)
        c.ellipse("#05051a", x + r * 0.95, y + r * 0.2, r, r * 1.3, alpha=0.5, blur=r * 0.3)
        c.ellipse("#ffffff", x - r * 0.6, y - r * 0.3, r * 0.3, r * 0.5, alpha=0.3, blur=r * 0.2)
    if number == 5:
        c.line("#d9c08a", turned(arc(x, y, r * 1.9, r * 0.5, 0, 180, 60), x, y, -18), r * 0.2, alpha=0.95)
        c.line("#f5e6bf", turned(arc(x, y, r * 1.6, r * 0.4, 0, 180, 60), x, y, -18), r * 0.1)
