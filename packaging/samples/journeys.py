"""Pictures from under way: a train, balloons, a tent, a camp fire, a street in the rain."""

import math
from random import Random

from canvas import Canvas, arc, blend, curve, pts, turned


def train() -> Canvas:
    """Draw a red train on a viaduct in the mountains."""
    c = Canvas(960, 600, ("#79b8e6", "#b5dcf0", "#e9f5f2"))
    random = Random(9)
    c.polygon(
        ("#a9c3da", "#c6dae2"), pts("0,360 90,200 170,260 300,90 420,230 520,150 650,280 760,120 960,330 960,400 0,400")
    )
    c.polygon("#ffffff", pts("300,90 252,152 276,148 294,168 310,146 334,160 350,150"))
    c.polygon("#ffffff", pts("760,120 712,190 736,184 756,204 776,180 804,192 820,176"))
    c.polygon("#ffffff", pts("520,150 480,180 504,182 522,196 540,182 560,188"))
    c.hills(("#6fa26d", "#4f8459"), pts("0,300 140,262 300,330 470,300 640,340 800,280 960,310"))
    for _ in range(60):
        x = random.uniform(0, 960)
        _fir(c, x, 352 + random.uniform(0, 40), random.uniform(26, 44), "#3f7350", "#2d5a42")
    c.hills(("#8fbb6a", "#5f9654"), pts("0,470 180,430 400,500 520,520 700,470 960,430"))
    c.hills(("#7fc4d8", "#4d9dbf"), pts("0,580 200,548 420,556 640,540 960,560"))
    deck = 318
    c.box(("#c9b79c", "#a28f77"), (-10, deck, 970, deck + 26))
    c.box("#e2d3b8", (-10, deck, 970, deck + 6))
    for pier in range(-60, 1000, 132):
        wall = pts("0,26 132,26 132,40 108,70 108,320 24,320 24,70 0,40", pier + 66, deck)
        c.polygon(("#bda98d", "#8d7b66"), wall)
        c.box("#6e5f50", (pier + 66 + 92, deck + 66, pier + 66 + 108, deck + 320), alpha=0.3)
        for row in range(0, 250, 18):
            x = pier + 94 + (row // 18 % 2) * 22
            c.box("#6e5f50", (x, deck + 60 + row, x + 20, deck + 62 + row), alpha=0.35)
    for pier in range(-60, 1000, 132):
        c.line("#8d7b66", arc(pier + 66, deck + 84, 44, 44, 180, 360), 5)
    c.hills(("#6ea558", "#467a45"), pts("0,560 120,520 300,575 460,590 640,560 820,520 960,545"))
    c.line("#5a5048", pts("-10,316 970,316"), 5)
    for x in range(20, 960, 120):
        c.line("#5a646c", [(x, deck), (x, deck - 92), (x + 22, deck - 92)], 3)
    c.line("#5a646c", pts("0,238 960,238"), 1.5)
    for i, x in enumerate((40, 232, 424)):
        _carriage(c, x, deck - 3, 184, front=i == 2)
    for x, y, h in ((40, 590, 110), (96, 606, 140), (900, 590, 130), (846, 604, 96), (938, 610, 150)):
        _fir(c, x, y, h, "#3c7a50", "#1f5038")
    return c


def _carriage(c: Canvas, x: float, y: float, width: float, *, front: bool) -> None:
    right = x + width + (24 if front else 0)
    nose = [(right, y - 12), (right - 8, y - 30), (right - 30, y - 62), (right - 44, y - 66)]
    body = [(x, y - 12), (x, y - 66), *(curve(nose[::-1]) if front else [(right, y - 66), (right, y - 12)])]
    for wheel in (x + 26, x + 50, x + width - 50, x + width - 26):
        c.ellipse("#2f3338", wheel, y - 9, 10)
        c.ellipse("#8b949c", wheel, y - 9, 4)
    c.polygon(("#e5493d", "#b92c2c"), body)
    c.box("#d9dfe2", (x + 2, y - 71, right - (46 if front else 2), y - 64), 3)
    c.box("#f6e9d8", (x, y - 26, right - (4 if front else 0), y - 21))
    for i in range(6):
        left = x + 14 + i * 26
        c.box(("#cfeaf5", "#6fa3bd"), (left, y - 58, left + 20, y - 36), 4)
    if front:
        c.polygon(
            ("#cfeaf5", "#5d93b0"),
            [(right - 38, y - 60), (right - 31, y - 58), (right - 14, y - 36), (right - 36, y - 36)],
        )
        c.ellipse("#fff3b8", right - 6, y - 22, 4.5)
    else:
        c.box("#4a4f55", (right, y - 50, right + 8, y - 18), 2)


def _fir(c: Canvas, x: float, y: float, height: float, light: str, dark: str) -> None:
    c.box(
        blend(dark, "#5a4334", 0.5 if height > 90 else 0), (x - height * 0.03, y - height * 0.14, x + height * 0.03, y)
    )
    for i in range(4):
        top, w = y - height + i * height * 0.2, height * (0.11 + i * 0.05)
        c.polygon((light, dark), [(x, top), (x + w, top + height * 0.3), (x - w, top + height * 0.3)])


def balloons() -> Canvas:
    """Draw hot-air balloons over a valley in the morning."""
    c = Canvas(900, 640, ("#7fb6e8", "#b9d7ee", "#fbe3c8", "#ffd3a8"))
    random = Random(5)
    c.glow("#fff4d0", 660, 420, 330, 0.9)
    c.ellipse("#fff6dc", 660, 420, 38)
    c.hills(("#c3a5b8", "#d9bcb9"), pts("0,430 120,390 260,425 420,380 560,420 720,372 900,415"))
    c.hills(("#a08aa8", "#b7a0a8"), pts("0,470 160,430 320,468 480,440 640,470 800,428 900,450"), alpha=0.95)
    c.box("#fff0dc", (-40, 462, 940, 486), 12, alpha=0.6, blur=9)
    c.hills(("#7f9a78", "#6a8a68"), pts("0,510 200,470 420,515 640,480 900,510"))
    c.hills(("#5f8a5c", "#44724e"), pts("0,560 180,535 380,570 620,530 900,565"))
    for _ in range(34):
        x, y = random.uniform(0, 900), random.uniform(535, 640)
        c.ellipse(("#5d8f58", "#39694a"), x, y, random.uniform(9, 22), random.uniform(8, 17))
    river = pts("520,485 470,505 540,530 430,565 520,600 380,660 520,660 600,604 510,568 590,532 505,506 540,485")
    c.polygon(("#fbe0c2", "#9fc6dc"), curve(river, closed=True), alpha=0.9)
    _balloon(c, 280, 205, 1.0, ("#e8523f", "#f7b23b", "#fff1d6"))
    _balloon(c, 600, 150, 0.66, ("#2f7fb8", "#f3efe2", "#59b3c9"))
    _balloon(c, 770, 270, 0.46, ("#8a4fa3", "#f2a2b8", "#fbe3d0"))
    _balloon(c, 455, 330, 0.34, ("#3d9a6b", "#f6d55c", "#f7f3e3"))
    _balloon(c, 110, 380, 0.26, ("#d94f70", "#ffe0b0", "#e98a5d"))
    return c


def _balloon(c: Canvas, x: float, y: float, s: float, tints: tuple[str, str, str]) -> None:
    top = arc(x, y, 118 * s, 122 * s, 180, 360, 40)
    side = curve([(x + 118 * s, y), (x + 104 * s, y + 62 * s), (x + 62 * s, y + 122 * s), (x + 26 * s, y + 160 * s)])
    envelope = [*top, *side, *[(2 * x - px, py) for px, py in side[::-1]]]
    c.polygon(tints[0], envelope)
    with c.inside(envelope):
        for i, width in enumerate((118, 92, 58, 22)):
            gore = [*arc(x, y, width * s, 122 * s, 180, 360, 40)]
            edge = curve(
                [
                    (x + width * s, y),
                    (x + width * 0.88 * s, y + 62 * s),
                    (x + width * 0.53 * s, y + 122 * s),
                    (x + width * 0.22 * s, y + 164 * s),
                ]
            )
            c.polygon(tints[i % 3], [*gore, *edge, *[(2 * x - px, py) for px, py in edge[::-1]]])
        c.ellipse("#ffffff", x - 46 * s, y - 44 * s, 52 * s, 70 * s, alpha=0.3, blur=18 * s)
        c.ellipse("#301c40", x + 96 * s, y + 40 * s, 60 * s, 140 * s, alpha=0.26, blur=20 * s)
    for dx in (-22, -8, 8, 22):
        c.line("#6b4a35", [(x + dx * s, y + 160 * s), (x + dx * 0.75 * s, y + 194 * s)], 2 * s)
    c.glow("#ffcf6b", x, y + 166 * s, 26 * s, 0.9)
    c.box(("#a5713f", "#75492a"), (x - 22 * s, y + 192 * s, x + 22 * s, y + 226 * s), 6 * s)
    c.box("#5d3820", (x - 24 * s, y + 190 * s, x + 24 * s, y + 198 * s), 3 * s)


def tent() -> Canvas:
    """Draw a lit tent under the Milky Way."""
    c = Canvas(960, 640, ("#060a24", "#0d1a45", "#1d3468", "#3d5a86"))
    random = Random(17)
    for _ in range(170):
        t = random.random()
        x, y = 140 + t * 760 + random.gauss(0, 40), 470 - t * 520 + random.gauss(0, 44)
        tint = random.choice(("#8f9be0", "#b59be0", "#7fb0e8", "#e0b5d8"))
        c.ellipse(tint, x, y, random.uniform(18, 60), random.uniform(12, 40), alpha=0.06, blur=14)
    for i in range(620):
        t = random.random()
        near = i % 2
        x = 140 + t * 760 + random.gauss(0, 60) if near else random.uniform(0, 960)
        y = 470 - t * 520 + random.gauss(0, 52) if near else random.uniform(0, 470)
        c.ellipse("#ffffff", x, y, abs(random.gauss(0.5, 0.55)) + 0.35, alpha=random.uniform(0.4, 1))
    for x, y in ((210, 96), (520, 60), (820, 210), (90, 250)):
        c.glow("#dfe8ff", x, y, 16, 0.9)
        c.ellipse("#ffffff", x, y, 1.9)
    c.line("#ffffff", pts("690,96 760,134"), 1.6, alpha=0.7)
    c.glow("#ffffff", 762, 135, 10, 1)
    c.hills(("#1b2f55", "#20385a"), pts("0,420 120,370 250,410 380,340 520,400 680,350 820,410 960,360"))
    c.hills(("#122342", "#152a45"), pts("0,480 180,440 380,470 600,430 800,472 960,446"))
    for x in range(-10, 980, 17):
        if not 320 < x < 660:
            _fir(
                c,
                x + random.uniform(-5, 5),
                520 + random.uniform(-6, 12),
                random.uniform(60, 150),
                "#0d2038",
                "#081527",
            )
    c.hills(("#1b3340", "#0b1822"), pts("0,520 240,505 480,512 720,503 960,518"))
    c.glow("#ffb45c", 480, 520, 330, 0.55)
    c.ellipse("#ffbe6a", 480, 566, 250, 26, alpha=0.4, blur=14)
    c.polygon(
        ("#ffd98a", "#ff9d45", "#e87435"),
        [(480, 372), *curve(pts("480,372 560,450 650,566")), *pts("310,566"), *curve(pts("310,566 400,450 480,372"))],
    )
    c.polygon(
        ("#e8823f", "#b5512c"),
        [(480, 372), *curve(pts("480,372 590,440 716,556")), *curve(pts("650,566 560,450 480,372"))],
    )
    c.polygon(
        ("#fff0bf", "#ffcf77"),
        [(480, 392), *curve(pts("480,392 506,470 540,566")), *curve(pts("422,566 456,470 480,392"))],
    )
    c.blob("#7a3d22", pts("452,566 456,532 472,520 490,524 498,546 502,566"), alpha=0.75)
    c.ellipse("#7a3d22", 476, 508, 13, alpha=0.75)
    c.polygon(("#d9692f", "#a8472a"), [(480, 392), *curve(pts("480,392 468,480 422,566 404,566 452,480 480,392"))])
    c.line("#ffe2a6", [*curve(pts("310,566 400,450 480,372")), *curve(pts("480,372 560,450 650,566"))], 3)
    for a, b in (((480, 374), (220, 590)), ((600, 434), (770, 586))):
        c.line("#c9a878", [a, b], 1.5, alpha=0.7)
    for i in range(120):
        x = i * 8.2
        h = random.uniform(14, 44)
        c.line(
            blend("#0a1a20", "#24424a", random.random()),
            [(x, 645), (x + 2, 640 - h / 2), (x + random.uniform(-9, 9), 640 - h)],
            2.6,
            smooth=True,
        )
    return c


def camp_fire() -> list[Canvas]:
    """Draw the frames of a camp fire that flickers."""
    return [_camp_fire(i / 8) for i in range(8)]


def _camp_fire(turn: float) -> Canvas:
    c = Canvas(480, 400, ("#0c1230", "#1c2350", "#3a2c52"))
    random = Random(2)
    for _ in range(50):
        c.ellipse("#ffffff", random.uniform(0, 480), random.uniform(0, 190), random.uniform(0.6, 1.4), alpha=0.7)
    for x in range(-6, 500, 26):
        _fir(c, x + random.uniform(-6, 6), 300, random.uniform(80, 170), "#16203f", "#0e1630")
    c.hills(("#2a2740", "#151528"), pts("0,296 120,286 250,292 380,284 480,294"))
    beat = math.sin(turn * math.tau)
    c.glow("#ff9d3d", 240, 270, 190 + 14 * beat, 0.75)
    c.ellipse("#ff9d45", 240, 340, 150 + 6 * beat, 22, alpha=0.4, blur=10)
    for i, (tint, width, height) in enumerate(
        (("#e8452c", 66, 178), ("#ff8a2a", 50, 142), ("#ffc53d", 34, 104), ("#fff2b5", 18, 62))
    ):
        sway = math.sin(turn * math.tau + i * 1.3) * (12 - 2 * i)
        lick = math.cos(turn * math.tau * 2 + i) * (10 - i * 2)
        flame = [
            (240 - width, 318), (240 - width * 0.96, 280), (240 - width * 0.5, 318 - height * 0.52 + lick),
            (240 + sway, 318 - height - lick), (240 + width * 0.42, 318 - height * 0.6 - lick),
            (240 + width * 0.98, 282), (240 + width, 318), (240, 332),
        ]  # fmt: skip
        c.blob(tint, flame, alpha=0.95)
    for i in range(9):
        rise = (turn + i / 9) % 1
        c.ellipse(
            "#ffcf6b",
            240 + math.sin(i * 2.1 + rise * 5) * (20 + rise * 44),
            250 - rise * 200,
            2.6 - rise * 1.6,
            alpha=1 - rise,
        )
    for tilt in (14, -16, 3):
        log = turned(pts("150,326 330,326 330,350 150,350"), 240, 338, tilt)
        c.polygon(("#7a4a2e", "#4a2b1e"), log)
        end = turned([(330, 338)], 240, 338, tilt)[0]
        c.ellipse("#c9935c", end[0], end[1], 8, 12)
    for i in range(11):
        x = 120 + i * 24
        c.ellipse(("#7c7a8a", "#4a485a"), x, 362 + 8 * math.sin(math.pi * i / 10), 15, 11)
    return c


def rainy_street() -> Canvas:
    """Draw somebody with a red umbrella in a street in the rain."""
    c = Canvas(720, 900, ("#44566b", "#66798a", "#93a1a8", "#c3c4b8"))
    random = Random(13)
    c.glow("#ffe6b8", 360, 430, 300, 0.8)
    _houses(c, random)
    c.polygon(("#8d979b", "#56646f", "#333f4a"), pts("250,590 470,590 820,900 -100,900"))
    c.polygon("#c9c8b8", pts("352,600 368,600 392,900 328,900"), alpha=0.16, blur=8)
    for side in (-1, 1):
        for s, x, y in ((1.0, 250, 640), (0.6, 165, 600)):
            _lamp(c, 360 + side * x, y + s * 60, s)
    for _ in range(80):
        depth = random.random()
        ry = 600 + depth * 300
        tint = random.choice(("#ffd98a", "#ffe9b8", "#d9e3e8", "#e8564a"))
        rx = 360 + random.gauss(0, 60 + depth * 180)
        c.ellipse(tint, rx, ry, 8 + depth * 30, 1 + depth * 3, alpha=0.3, blur=1.5)
    _walker(c, 360, 820)
    for _ in range(240):
        rx, ry = random.uniform(-20, 740), random.uniform(-20, 900)
        length = random.uniform(16, 40)
        c.line("#e8f0f4", [(rx, ry), (rx - length * 0.18, ry + length)], 1.3, alpha=random.uniform(0.2, 0.5))
    return c


def _houses(c: Canvas, random: Random) -> None:
    for i, (far, tint) in enumerate(((0.55, "#7d8d97"), (0.3, "#5f707e"), (0.0, "#44535f"))):
        for side in (-1, 1):
            inner, outer = 360 + side * (70 + (1 - far) * 150), 360 + side * 420
            top, base = 40 + far * 330, 600 + (1 - far) * 90
            c.polygon(
                (tint, blend(tint, "#2c3640", 0.5)),
                [(inner, top + 40), (outer, top - 60), (outer, base + 60), (inner, base - 30)],
            )
            for row in range(6):
                for column in range(2 + i):
                    x = inner + side * (22 + column * 52)
                    y = top + 80 + row * 74 * (1 - far * 0.5)
                    if random.random() < 0.75 and y < base - 80:
                        lit = random.random() < 0.5
                        c.box("#ffd98a" if lit else "#33424f", (x - 12, y, x + 12, y + 36), 2, alpha=0.85)


def _walker(c: Canvas, x: float, foot: float) -> None:
    c.ellipse("#1b242e", x, foot + 6, 90, 12, alpha=0.5, blur=5)
    c.polygon("#c23a3a", pts("280,835 440,835 405,890 315,890"), alpha=0.24, blur=8)
    for dx in (-20, 14):
        c.box("#262f3b", (x + dx - 2, foot - 70, x + dx + 13, foot - 8), 5)
        c.box("#151b22", (x + dx - 6, foot - 16, x + dx + 18, foot), 7)
    c.polygon(
        ("#41648a", "#26405e"),
        [*curve(pts("-42,-250 -56,-150 -70,-58", x, foot)), *curve(pts("70,-58 56,-150 42,-250", x, foot))],
    )
    c.blob(("#4a6f96", "#2c4a6c"), pts("-44,-246 0,-268 44,-246 50,-190 0,-170 -50,-190", x, foot))
    c.line("#31507a", pts("36,-226 52,-190 20,-178", x, foot), 20, smooth=True)
    c.line("#3a3a3a", pts("20,-160 20,-430", x, foot), 5)
    c.line("#3a3a3a", curve(pts("20,-160 18,-146 8,-146 6,-158", x, foot)), 5)
    canopy = [*arc(x + 20, foot - 272, 168, 156, 180, 360, 50)]
    scallops = [p for i in range(5) for p in arc(x + 20 + 168 - 33.6 - i * 67.2, foot - 272, 33.6, 15, 0, -180, 10)]
    c.polygon(("#ee5a4e", "#c43039"), [*canopy, *scallops])
    for i, shade in ((-100.8, 0.5), (-33.6, 0.15), (33.6, 0.15), (100.8, 0.5)):
        rib = curve([(x + 20, foot - 428), (x + 20 + i * 0.72, foot - 380), (x + 20 + i, foot - 272)])
        c.line("#8f1f2c", rib, 2.4, alpha=shade + 0.2)
    c.ellipse("#ffffff", x - 46, foot - 376, 46, 26, alpha=0.24, blur=10)
    c.line("#3a3a3a", pts("20,-428 20,-444", x, foot), 5)


def _lamp(c: Canvas, x: float, y: float, s: float) -> None:
    c.line("#252e37", [(x, y), (x, y - 300 * s)], 7 * s)
    c.glow("#ffdf9a", x, y - 322 * s, 100 * s, 0.9)
    c.polygon(("#fff8dc", "#ffd27a"), pts("-15,-344 15,-344 10,-304 -10,-304", x, y, s))
    c.polygon("#252e37", pts("-20,-344 20,-344 0,-362", x, y, s))
    c.box("#252e37", (x - 12 * s, y - 306 * s, x + 12 * s, y - 298 * s))
