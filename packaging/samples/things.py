"""Pictures from everyday life: a cake, a snowman, a bicycle, a breakfast."""

import math
from random import Random

from canvas import Canvas, Point, arc, blend, curve, pts, turned


def cake() -> Canvas:
    """Draw a birthday cake with seven candles."""
    c = Canvas(900, 680, ("#fde3d3", "#fbcfc8", "#f3b3b8"))
    random = Random(8)
    for x, y, r in ((120, 140, 90), (780, 180, 120), (460, 60, 70), (250, 300, 50), (660, 90, 46)):
        c.ellipse("#ffffff", x, y, r, alpha=0.16, blur=5)
    _garland(c)
    for x, y, tint in ((88, 250, "#e9647f"), (152, 205, "#5ab1c9"), (806, 240, "#f2b441"), (744, 300, "#8d6cc4")):
        c.line("#ffffff", curve([(x, y + 62), (x + 10, y + 180), (x - 6, y + 320)]), 2, alpha=0.8)
        c.polygon(blend(tint, "#5a2040", 0.2), [(x, y + 56), (x + 9, y + 70), (x - 9, y + 70)])
        c.ellipse((blend(tint, "#ffffff", 0.25), tint), x, y, 48, 58)
        c.ellipse("#ffffff", x - 17, y - 22, 11, 17, alpha=0.5, blur=3)
    c.box(("#c98d63", "#9a6243"), (0, 560, 900, 680))
    c.box("#e0aa80", (0, 560, 900, 568))
    c.ellipse("#5d3422", 450, 612, 300, 28, alpha=0.45, blur=12)
    c.ellipse(("#ffffff", "#d9dee6"), 450, 592, 300, 34)
    c.ellipse(("#e8ecf2", "#ffffff"), 450, 586, 262, 26)
    for top, bottom, half, tints in ((430, 586, 225, ("#8a4f35", "#5e3020")), (322, 440, 158, ("#8a4f35", "#64341f"))):
        rim = half * 0.13
        side = [*arc(450, top, half, rim, 180, 360), *arc(450, bottom, half, rim, 0, 180)]
        c.polygon(tints, side)
        with c.inside(side):
            c.box("#ffffff", (450 - half * 0.8, top, 450 - half * 0.45, bottom + 40), alpha=0.16, blur=16)
            c.box("#2c120a", (450 + half * 0.6, top, 450 + half, bottom + 40), alpha=0.3, blur=18)
            mid = (top + bottom) / 2 + rim
            c.polygon("#f7d9b8", [*arc(450, mid, half, rim, 180, 0), *arc(450, mid + 12, half, rim, 0, 180)])
        drip: list[Point] = [(450 - half, top)]
        count = int(half / 14)
        for i in range(count + 1):
            a = math.pi - math.pi * i / count
            dx, dy = 450 + half * math.cos(a), top + rim * math.sin(a)
            drip.append((dx, dy + (34 if i % 2 else 12) + random.uniform(-6, 8)))
        drip.append((450 + half, top))
        c.polygon(("#ffd7e0", "#f49bb1"), [*curve(drip), *arc(450, top, half, rim, 0, -180)])
        c.ellipse(("#ffe6ec", "#ffc2d1"), 450, top, half, rim)
    for i in range(11):
        a = math.pi * (i + 0.5) / 11
        cx, cy = 450 + 205 * math.cos(a), 432 + 24 * math.sin(a)
        c.ellipse(("#ee3f55", "#b81e38"), cx, cy - 6, 11)
        c.ellipse("#ffffff", cx - 4, cy - 10, 3.2, alpha=0.7)
    for _ in range(40):
        a, r = random.uniform(0, math.tau), random.random() ** 0.5
        x, y = 450 + 140 * r * math.cos(a), 322 + 16 * r * math.sin(a)
        c.line(random.choice(("#5ab1c9", "#f2b441", "#8d6cc4", "#e9647f", "#69b578")), [(x, y), (x + 5, y + 2)], 3)
    for i in range(7):
        x = 450 + (i - 3) * 40
        base = 322 + 12 * math.cos((i - 3) * 0.5) - 6
        tint = ("#5ab1c9", "#f2b441", "#69b578", "#e9647f", "#8d6cc4", "#f2884b", "#4d8bd1")[i]
        c.box((blend(tint, "#ffffff", 0.3), tint), (x - 6, base - 84, x + 6, base), 3)
        for stripe in range(4):
            sy = base - 74 + stripe * 20
            c.polygon("#ffffff", [(x - 6, sy + 6), (x + 6, sy), (x + 6, sy + 6), (x - 6, sy + 12)], alpha=0.8)
        c.line("#4a3a32", [(x, base - 84), (x, base - 92)], 2)
        c.glow("#fff0b0", x, base - 106, 62, 0.75)
        c.blob(("#ffe27a", "#ff9430"), [(x, base - 126), (x + 8, base - 104), (x, base - 90), (x - 8, base - 104)])
        c.ellipse("#fff9dc", x, base - 100, 3, 6)
    return c


def _garland(c: Canvas) -> None:
    line = curve(pts("-10,30 220,110 450,60 680,112 910,30"), steps=24)
    c.line("#ffffff", line, 3)
    tints = ("#e9647f", "#f2b441", "#5ab1c9", "#69b578", "#8d6cc4")
    for i in range(4, len(line) - 3, 6):
        (x, y), (nx, ny) = line[i], line[i + 1]
        flag = turned([(x - 22, y), (x + 22, y), (x, y + 50)], x, y, math.degrees(math.atan2(ny - y, nx - x)))
        c.polygon(tints[i // 6 % 5], flag)


def snowman() -> Canvas:
    """Draw a snowman with a hat."""
    c = Canvas(800, 680, ("#8fb8df", "#bdd6ec", "#e9eff7", "#fdf1ea"))
    random = Random(12)
    c.hills(("#cfdcec", "#dfe8f3"), pts("0,400 150,350 320,392 520,340 680,384 800,350"))
    for x, h in ((40, 150), (100, 210), (160, 140), (640, 180), (706, 240), (770, 170)):
        for i in range(4):
            top, w = 430 - h + i * h * 0.22, h * (0.14 + i * 0.065)
            c.polygon(("#5b8f7c", "#376a60"), [(x, top), (x + w, top + h * 0.34), (x - w, top + h * 0.34)])
            cap = [(x, top - 2), (x + w * 0.62, top + h * 0.2), (x + w * 0.25, top + h * 0.16), (x, top + h * 0.22)]
            c.polygon("#ffffff", [*cap, (x - w * 0.3, top + h * 0.15), (x - w * 0.62, top + h * 0.2)])
    c.hills(("#f4f8fd", "#c3d5ea"), pts("0,450 200,420 420,446 620,414 800,440"))
    c.ellipse("#8ba7cb", 430, 606, 200, 24, alpha=0.5, blur=12)
    snow = ("#ffffff", "#e3ecf7", "#a9c0de")
    c.line("#6b4a35", pts("310,372 230,318 176,320"), 8)
    c.line("#6b4a35", pts("230,318 200,282"), 6)
    c.line("#6b4a35", pts("490,372 578,330 622,286"), 8)
    c.line("#6b4a35", pts("578,330 628,336"), 6)
    for y, r in ((520, 112), (372, 84), (258, 62)):
        c.ellipse("#7f9cc4", 404, y + 3, r, alpha=0.45, blur=5)
        c.ellipse(snow, 400, y, r)
        c.ellipse("#ffffff", 400 - r * 0.35, y - r * 0.4, r * 0.36, r * 0.28, alpha=0.8, blur=10)
        c.ellipse("#9db5d4", 400, y + r * 0.86, r * 0.6, r * 0.12, alpha=0.35, blur=8)
    for y in (350, 392, 470, 520):
        c.ellipse("#3b4552", 402, y, 8)
        c.ellipse("#8a97a5", 400, y - 3, 2.6)
    for dx in (-22, 22):
        c.ellipse("#2e3742", 402 + dx, 246, 7.5)
        c.ellipse("#ffffff", 400 + dx, 243, 2.4)
    c.polygon(("#ffa54a", "#e8752b"), [*curve(pts("402,254 440,262 482,276")), *curve(pts("482,276 440,276 402,272"))])
    for i in range(6):
        a = math.radians(40 + i * 20)
        c.ellipse("#2e3742", 402 + 36 * math.cos(a), 262 + 30 * math.sin(a), 3.8)
    c.polygon(("#d9484a", "#ad2e3b"), curve(pts("338,300 400,318 462,300 466,326 400,346 334,326"), closed=True))
    c.polygon(("#d9484a", "#ad2e3b"), pts("428,330 462,322 478,412 446,420"))
    for i in range(3):
        y = 346 + i * 24
        c.polygon(
            "#ffe3c9", [(434 + i * 4, y + 4), (466 + i * 4.2, y - 4), (467 + i * 4.2, y + 5), (435 + i * 4, y + 13)]
        )
    c.ellipse("#26303b", 400, 206, 88, 14)
    hat = [(348, 206), (354, 112), *arc(400, 112, 46, 9, 180, 360), (452, 206), *arc(400, 206, 52, 9, 0, 180)]
    c.polygon(("#48596b", "#2b3744"), hat)
    c.polygon(
        "#d9484a", [(349, 196), (350, 174), *arc(400, 174, 50, 8, 180, 0), (451, 196), *arc(400, 196, 51, 8, 0, 180)]
    )
    c.hills(("#ffffff", "#dfe9f5"), pts("0,628 180,600 400,618 600,596 800,622"))
    for _ in range(150):
        c.ellipse(
            "#ffffff",
            random.uniform(0, 800),
            random.uniform(0, 680),
            random.uniform(1.4, 5),
            alpha=random.uniform(0.5, 0.95),
        )
    return c


def bicycle() -> Canvas:
    """Draw a bicycle in front of a wall."""
    c = Canvas(960, 640, ("#f4d9a8", "#f0c98a"))
    random = Random(19)
    for row in range(14):
        for column in range(-1, 13):
            if random.random() < 0.22:
                x, y = column * 84 + row % 2 * 42, 20 + row * 36
                c.box(random.choice(("#e3b877", "#f9e4bd", "#dca968")), (x, y, x + 72, y + 26), 5, alpha=0.5)
    c.box(("#9fb3ad", "#82988f"), (0, 520, 960, 640))
    c.box("#c9d6cf", (0, 516, 960, 526))
    for x in range(60, 960, 190):
        c.line("#728880", [(x, 526), (x - 34, 640)], 2)
    for x, wide in ((300, 130), (676, 130), (490, 200)):
        c.ellipse("#3d4a45", x, 556, wide, 10, alpha=0.35, blur=6)
    for x in (300, 676):
        _wheel(c, x, 424, 126)
    frame = "#1f8a8c"
    crank, seat, head, rear = (470, 424), (424, 268), (612, 262), (300, 424)
    c.line("#c9ced0", [crank, rear], 3)
    for a, b, width in ((rear, seat, 8), (rear, crank, 9), (seat, crank, 12), (crank, head, 13), (seat, head, 12)):
        c.line(blend(frame, "#0d3f45", 0.4), [(a[0], a[1] + 2), (b[0], b[1] + 2)], width)
        c.line(frame, [a, b], width - 1.5)
    c.line("#5fc0bd", [(430, 266), (606, 260)], 2.5)
    fork = curve(pts("606,236 622,300 640,350 676,424"))
    c.line(frame, fork, 10)
    c.line("#4a4f52", pts("606,238 598,200"), 8)
    c.line("#4a4f52", curve(pts("598,200 640,186 668,196 664,222 640,232")), 8)
    c.line("#8a4f2e", curve(pts("668,204 664,222 640,232")), 11)
    c.line("#4a4f52", pts("424,268 412,226"), 8)
    c.blob(("#a5623a", "#74401f"), pts("352,222 368,208 420,212 476,216 470,226 420,232 380,240"))
    _pedals(c, frame)
    for x, sweep in ((300, (186, 330)), (676, (196, 300))):
        c.line(frame, arc(x, 424, 140, 140, *sweep), 7)
    _basket(c)
    c.ellipse(("#fff6d0", "#f2d27a"), 634, 262, 14)
    return c


def _pedals(c: Canvas, frame: str) -> None:
    c.ellipse("#d9dcdd", 470, 424, 34)
    c.ellipse(frame, 470, 424, 24)
    for i in range(5):
        a = math.radians(72 * i + 20)
        c.ellipse("#f0c98a", 470 + 15 * math.cos(a), 424 + 15 * math.sin(a), 5)
    c.line("#6b7275", pts("470,424 506,476"), 8)
    c.box("#33393c", (488, 474, 530, 484), 4)
    c.line("#6b7275", pts("470,424 434,372"), 6)
    c.box("#33393c", (412, 364, 452, 373), 4)
    c.line("#9aa3a6", [(302, 412), (470, 391)], 2.5)
    c.line("#9aa3a6", [(302, 437), (470, 458)], 2.5)


def _basket(c: Canvas) -> None:
    c.polygon(("#b98a52", "#8f6134"), pts("630,226 756,226 742,306 646,306"))
    for i in range(5):
        c.line("#7a5029", [(640 + i * 3, 242 + i * 14), (746 - i * 3, 242 + i * 14)], 2.5)
    for i in range(7):
        c.line("#d9b27a", [(648 + i * 15, 230), (654 + i * 13, 304)], 2.5)
    c.box("#cfa26a", (624, 218, 762, 232), 6)
    for x, y, tint in (
        (660, 196, "#e9647f"),
        (690, 182, "#ffd25e"),
        (722, 194, "#ffffff"),
        (744, 204, "#e9647f"),
        (676, 208, "#b583d1"),
    ):
        c.line("#4f8a55", [(x, y), (694, 228)], 3)
        for i in range(6):
            a = math.radians(60 * i)
            c.ellipse(tint, x + 9 * math.cos(a), y + 9 * math.sin(a), 7.5)
        c.ellipse("#f2a93b", x, y, 6)


def _wheel(c: Canvas, x: float, y: float, r: float) -> None:
    c.line("#34393b", arc(x, y, r, r, steps=120), 12)
    c.line("#d5dadb", arc(x, y, r - 9, r - 9, steps=120), 4)
    for i in range(24):
        a, b = math.radians(15 * i), math.radians(15 * i + (40 if i % 2 else -40))
        hub = (x + 9 * math.cos(b), y + 9 * math.sin(b))
        c.line("#8f999b", [hub, (x + (r - 9) * math.cos(a), y + (r - 9) * math.sin(a))], 1.2)
    c.ellipse("#c9ced0", x, y, 11)
    c.ellipse("#5a6265", x, y, 5)


def breakfast() -> Canvas:
    """Draw a cup of coffee and a croissant on a table, from above."""
    c = Canvas(840, 640, "#b98a60")
    random = Random(14)
    for i in range(6):
        y = i * 108
        c.box((blend("#c4946a", "#a9784e", random.random()), "#b08055"), (-5, y, 845, y + 106), 3)
        for _ in range(9):
            gy = y + random.uniform(8, 98)
            grain = [(x, gy + random.uniform(-4, 4)) for x in range(-20, 880, 120)]
            c.line("#8f6240", grain, random.uniform(0.8, 2), smooth=True, alpha=0.28)
    c.polygon("#f5efe6", turned(pts("430,60 800,60 800,430 430,430"), 620, 250, 14), alpha=0.95)
    for i in range(6):
        line = turned([(430, 90 + i * 62), (800, 90 + i * 62)], 620, 250, 14)
        c.line("#d9827a", line, 5, alpha=0.6)
        c.line("#d9827a", turned([(460 + i * 62, 60), (460 + i * 62, 430)], 620, 250, 14), 5, alpha=0.6)
    c.ellipse("#4a2a17", 262, 366, 212, 208, alpha=0.45, blur=16)
    c.ellipse(("#ffffff", "#e3e6ea"), 250, 350, 204)
    c.ellipse(("#dfe3e8", "#f8f9fa"), 250, 350, 158)
    c.ellipse("#6b5a50", 262, 362, 122, alpha=0.4, blur=10)
    handle = arc(372, 426, 46, 36, 0, 360, 40)
    c.line("#d3d8de", turned(handle, 372, 426, 38), 22)
    c.line("#ffffff", turned(handle, 372, 426, 38), 15)
    c.ellipse(("#ffffff", "#dfe3e8"), 250, 350, 122)
    c.ellipse("#8a5a38", 250, 350, 106)
    c.ellipse(("#b57a4a", "#8f5730"), 250, 350, 103)
    for i, (w, tint) in enumerate(((78, "#f6e4c8"), (56, "#a86b3d"), (40, "#f6e4c8"), (20, "#a86b3d"))):
        c.blob(tint, pts("0,-52 40,-86 88,-58 84,0 46,46 0,92 -46,46 -84,0 -88,-58 -40,-86", 250, 346 + i, w / 92))
    c.line("#c9ced4", pts("96,520 206,600"), 9)
    c.ellipse(("#f2f4f6", "#b9c0c7"), 84, 511, 26, 17)
    _croissant(c, 610, 260)
    for _ in range(46):
        gx, gy = 610 + random.gauss(0, 110), 330 + random.gauss(0, 46)
        c.ellipse(
            random.choice(("#d9a05a", "#b9793a", "#efc98d")), gx, gy, random.uniform(1.5, 4.5), random.uniform(1.2, 3)
        )
    c.ellipse("#4a2a17", 706, 520, 70, 66, alpha=0.4, blur=10)
    c.ellipse(("#ffffff", "#dfe3e8"), 700, 512, 66)
    c.ellipse(("#b5223d", "#8a1530"), 700, 512, 52)
    for x, y in ((684, 496), (716, 504), (696, 530), (722, 532), (672, 522)):
        c.ellipse("#d94a5f", x, y, 11, 9, alpha=0.8)
        c.ellipse("#ffffff", x - 3, y - 4, 3, 2, alpha=0.7)
    for x, y, angle in ((470, 528, 20), (512, 560, -30), (440, 574, 70)):
        c.blob(("#8fbf6a", "#5c9648"), turned([(x - 30, y), (x, y - 13), (x + 32, y), (x, y + 13)], x, y, angle))
        c.line("#e3f0d3", turned([(x - 26, y), (x + 26, y)], x, y, angle), 1.5, alpha=0.7)
    return c


def _croissant(c: Canvas, x: float, y: float) -> None:
    c.ellipse("#5d3a20", x + 8, y + 46, 170, 54, alpha=0.35, blur=14)
    parts = [(-142, 62, 40, 26, 62), (-108, 16, 56, 42, 44), (-58, -20, 60, 58, 22), (0, -34, 62, 68, 0)]
    order = [*parts[:3], *[(-a, b, w, h, -t) for a, b, w, h, t in parts[:3]], parts[3]]
    for dx, dy, w, h, tilt in order:
        shape = turned(arc(x + dx, y + dy, w, h, steps=40), x + dx, y + dy, -tilt)
        c.polygon("#9a5a24", [(px, py + 5) for px, py in shape])
        c.polygon(("#f3bd6a", "#d98d3c", "#b9692a"), shape)
        with c.inside(shape):
            for k in (-0.5, 0, 0.5):
                streak = turned(
                    curve(
                        [(x + dx + w * k, y + dy - h), (x + dx + w * (k + 0.12), y + dy), (x + dx + w * k, y + dy + h)]
                    ),
                    x + dx,
                    y + dy,
                    -tilt,
                )
                c.line("#a5601f", streak, 3, alpha=0.35)
            c.ellipse("#ffe3a8", x + dx - w * 0.2, y + dy - h * 0.5, w * 0.4, h * 0.24, alpha=0.7, blur=6)
