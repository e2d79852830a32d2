"""Pictures of animals: a cat at a window, a goldfish, the tail of a whale."""

import math
from random import Random

from canvas import Canvas, arc, curve, pts, turned


def cat() -> Canvas:
    """Draw a ginger cat that looks out of a window."""
    c = Canvas(800, 720, ("#e9d8c3", "#dfc8ae"))
    for x in range(0, 800, 64):
        c.box("#d3b796", (x, 0, x + 2, 720), alpha=0.35)
    c.box("#7d5a42", (168, 62, 648, 578), 8, alpha=0.35, blur=10)
    c.box("#fbf7ef", (160, 50, 640, 570), 8)
    panes = [(182, 72, 392, 548), (408, 72, 618, 548)]
    for left, top, right, bottom in panes:
        pane = [(left, top), (right, top), (right, bottom), (left, bottom)]
        with c.inside(pane):
            c.box(("#8cc4ec", "#cfe8f4", "#f6f1dc"), (182, 72, 618, 548))
            c.ellipse("#fff6cf", 556, 140, 34)
            for x, y in ((250, 150), (470, 210)):
                for dx, r in ((-34, 16), (-12, 24), (16, 20), (38, 13)):
                    c.ellipse("#ffffff", x + dx, y, r, alpha=0.9)
            c.hills(("#9cc78a", "#6fa86b"), pts("160,420 300,380 460,420 660,370"))
            for x, s in ((226, 0.9), (300, 0.7), (560, 1.0)):
                c.box("#7a5540", (x - 5 * s, 372, x + 5 * s, 430))
                c.ellipse(("#7db36a", "#4f8a55"), x, 356, 42 * s, 50 * s)
            c.polygon("#c9574a", pts("436,372 482,330 528,372"))
            c.box("#f5e7cf", (446, 372, 518, 424))
            c.box("#7aa6c2", (460, 384, 476, 402))
            c.box("#8a5a3f", (488, 388, 504, 424))
            c.hills(("#83b873", "#5f9a5d"), pts("160,480 330,440 500,470 660,440"))
        c.polygon("#ffffff", [(left, top + 190), (left + 120, top), (left + 170, top), (left, top + 270)], alpha=0.18)
    for side in (-1, 1):
        x = 400 + side * 240
        folds = curve(
            [
                (x - side * 78, 36),
                (x - side * 52, 190),
                (x - side * 22, 320),
                (x + side * 36, 430),
                (x + side * 66, 570),
            ]
        )
        c.polygon(("#5d8fa8", "#477892"), [*folds, (x + side * 118, 570), (x + side * 118, 36)])
        for i in range(3):
            c.line(
                "#3b667e",
                curve(
                    [(x + side * (i * 34 - 38), 40), (x + side * (i * 28 + 8), 300), (x + side * (i * 20 + 60), 560)]
                ),
                3,
                alpha=0.4,
            )
    c.line("#8a5f43", pts("70,38 730,38"), 12)
    c.ellipse("#8a5f43", 66, 38, 12)
    c.ellipse("#8a5f43", 734, 38, 12)
    c.box(("#ffffff", "#ded3c2"), (120, 566, 680, 604), 6)
    c.box("#8a6a4e", (132, 604, 668, 616), alpha=0.3, blur=6)
    _cat(c, 372, 568)
    c.polygon(("#d0714f", "#a64f36"), pts("560,506 636,506 626,568 570,568"))
    c.box("#de8563", (554, 496, 642, 512), 4)
    for angle, length in ((-48, 86), (-24, 112), (0, 124), (24, 108), (48, 84)):
        leaf = [(598, 498), (598 - 16, 498 - length * 0.5), (598, 498 - length), (598 + 16, 498 - length * 0.5)]
        c.blob(("#6fb56a", "#3f8350"), turned(leaf, 598, 498, angle))
    return c


def _cat(c: Canvas, x: float, y: float) -> None:
    fur, dark = ("#f0a050", "#d97b34"), "#b85f26"
    c.ellipse("#6b4a35", x, y + 2, 130, 12, alpha=0.35, blur=5)
    c.line(dark, pts("84,-26 150,-22 172,28 140,74 108,58", x, y), 30, smooth=True)
    c.line("#e08b40", pts("84,-28 148,-24 168,26 138,70 110,58", x, y), 24, smooth=True)
    c.blob(fur, pts("-84,0 -96,-70 -74,-150 -36,-214 36,-214 76,-150 100,-70 92,0 0,6", x, y))
    for dy, w in ((-160, 26), (-126, 34), (-92, 40)):
        for side in (-1, 1):
            stripe = [(x + side * 84, y + dy + 6), (x + side * (84 - w), y + dy), (x + side * 86, y + dy + 18)]
            c.polygon(dark, stripe, alpha=0.75)
    c.ellipse(fur, x - 6, y - 248, 84, 72)
    for side in (-1, 1):
        ear = [(side * 78, -268), (side * 70, -350), (side * 22, -312)]
        c.polygon("#e08b40", [(x - 6 + px, y + py) for px, py in ear])
        inner = [(side * 70, -284), (side * 64, -330), (side * 34, -308)]
        c.polygon("#c9683a", [(x - 6 + px, y + py) for px, py in inner])
    for dx, h in ((-18, 34), (0, 42), (18, 34)):
        c.polygon(dark, [(x - 6 + dx - 6, y - 316), (x - 6 + dx + 6, y - 316), (x - 6 + dx, y - 316 + h)], alpha=0.75)
    for side in (-1, 1):
        c.line("#fff3e0", [(x - 6 + side * 70, y - 232), (x - 6 + side * 124, y - 244)], 1.8)
        c.line("#fff3e0", [(x - 6 + side * 70, y - 224), (x - 6 + side * 126, y - 222)], 1.8)
        c.polygon(
            dark, [(x - 6 + side * 84, y - 246), (x - 6 + side * 54, y - 240), (x - 6 + side * 83, y - 234)], alpha=0.7
        )
        c.ellipse(("#f6ae60", "#e08b40"), x + side * 52, y - 8, 36, 17)
    c.line(dark, pts("-30,-170 -34,-80 -30,-10", x, y), 3, smooth=True, alpha=0.5)
    c.line(dark, pts("30,-170 34,-80 30,-10", x, y), 3, smooth=True, alpha=0.5)
    c.line(dark, pts("0,-206 2,-130 0,-40", x, y), 7, smooth=True, alpha=0.4)
    c.ellipse("#fff0d0", x - 40, y - 280, 30, 20, alpha=0.3, blur=8)


def goldfish() -> Canvas:
    """Draw a goldfish in a round bowl."""
    c = Canvas(720, 640, ("#c8ddd6", "#e9efe2"))
    c.box(("#a9795a", "#8a5c42"), (0, 520, 720, 640))
    c.box("#bf8f6d", (0, 520, 720, 528))
    c.ellipse("#4a2f20", 360, 566, 190, 18, alpha=0.5, blur=8)
    bowl = arc(360, 340, 236, 226, -62, 242, 90)
    c.polygon("#ffffff", bowl, alpha=0.35)
    with c.inside(bowl):
        c.box(("#bfe6ef", "#7cc4da", "#4aa0c0"), (110, 232, 610, 600))
        random = Random(6)
        for _ in range(130):
            tint = random.choice(("#f1d9a7", "#d9b57d", "#ffffff", "#c99a6b", "#e8a0a0"))
            c.ellipse(
                tint, random.uniform(190, 530), random.uniform(528, 576), random.uniform(6, 12), random.uniform(5, 8)
            )
        for x, sway, h in ((236, 16, 190), (262, -18, 240), (500, 20, 210), (478, -14, 150)):
            for i in range(7):
                t = i / 7
                y = 546 - h * t
                cx = x + sway * math.sin(t * 5)
                c.ellipse(("#5fb878", "#2f8457"), cx + (9 if i % 2 else -9), y, 15, 7)
            c.line("#2f8457", [(x + sway * math.sin(i / 7 * 5), 546 - h * i / 7) for i in range(8)], 4, smooth=True)
        c.ellipse("#ffffff", 360, 232, 208, 16, alpha=0.6)
        c.ellipse("#8fd0e2", 360, 235, 200, 12, alpha=0.9)
        for x, y, r in ((270, 330, 7), (262, 296, 9), (276, 268, 6), (284, 352, 4)):
            c.ellipse("#ffffff", x, y, r, alpha=0.7)
            c.ellipse("#8fd0e2", x + 1, y + 1, r * 0.72, alpha=0.8)
        _fish(c, 372, 396)
    c.line("#ffffff", arc(360, 340, 234, 224, -62, 242, 90), 6, alpha=0.85)
    c.line("#ffffff", arc(360, 142, 111, 14, 0, 360, 60), 7, alpha=0.95)
    c.blob("#ffffff", pts("176,300 200,230 236,196 222,236 204,290 196,370 180,350"), alpha=0.5, blur=3)
    c.blob("#ffffff", pts("530,440 548,400 552,350 562,380 556,430 538,464"), alpha=0.35, blur=3)
    return c


def _fish(c: Canvas, x: float, y: float) -> None:
    c.blob(("#ffb14a", "#f0702a"), pts("74,-6 120,-64 168,-70 150,-22 170,4 146,34 160,78 116,66", x, y), alpha=0.9)
    c.blob(("#ffb14a", "#f0702a"), pts("-40,-48 -6,-96 58,-92 70,-40", x, y), alpha=0.95)
    c.blob(("#f58a32", "#e05a22"), pts("-10,52 12,94 52,96 40,46", x, y), alpha=0.95)
    c.blob(("#ffbe55", "#fb8a33", "#ef6527"), pts("-108,4 -84,-40 -20,-62 52,-46 96,-6 54,40 -20,60 -84,42", x, y))
    for row in range(4):
        for column in range(5):
            sx, sy = x - 24 + column * 22 + row % 2 * 11, y - 30 + row * 20
            c.line("#e0601f", arc(sx, sy, 10, 10, -60, 60, 10), 2, alpha=0.5)
    c.blob(("#ffc66b", "#f58a32"), pts("-14,8 26,16 40,44 4,40", x, y))
    c.line("#e0601f", arc(x - 58, y, 26, 42, -60, 60, 20), 3, alpha=0.6)
    c.ellipse("#ffffff", x - 72, y - 14, 13)
    c.ellipse("#26211f", x - 75, y - 14, 8)
    c.ellipse("#ffffff", x - 78, y - 17, 2.8)
    c.line("#c94f1a", arc(x - 104, y + 8, 12, 9, 10, 120, 12), 3)
    c.ellipse("#ffffff", x - 20, y - 38, 46, 9, alpha=0.35, blur=5)


def whale() -> Canvas:
    """Draw the tail of a whale that dives beside a ferry."""
    c = Canvas(960, 640, ("#6fa9cf", "#a7cfe0", "#dbe9e4", "#f5ecd6"))
    random = Random(21)
    for x, y, w in ((180, 120, 130), (640, 80, 160), (860, 170, 110), (420, 190, 120)):
        for _ in range(7):
            dx = random.uniform(-w, w) * 0.6
            c.ellipse("#ffffff", x + dx, y + random.uniform(-9, 9), w * 0.34, random.uniform(8, 15), alpha=0.45, blur=4)
    c.hills(("#8fb2bf", "#a9c5c8"), pts("0,300 120,262 230,285 340,240 470,282 620,258 760,296 960,270"))
    c.hills(("#6f99a8", "#8cb0b5"), pts("560,330 680,292 800,310 960,280"))
    sea = 326
    c.box(("#6fb2bd", "#2f86a0", "#17607f", "#0f4666"), (0, sea, 960, 640))
    for _ in range(150):
        depth = random.random() ** 1.2
        tint = random.choice(("#cfeaec", "#0f5674"))
        y = sea + 6 + depth * 300
        c.ellipse(tint, random.uniform(0, 960), y, 12 + depth * 46, 0.9 + depth * 2.2, alpha=0.34)
    _ferry(c, 790, 352)
    c.ellipse("#0b3a56", 390, 520, 215, 24, alpha=0.5, blur=10)
    stock = curve(pts("346,520 366,430 374,360 368,322")) + curve(pts("412,322 408,360 418,430 442,520"))
    c.polygon(("#3f5566", "#22323f"), stock)
    left = pts("390,338 352,318 310,262 250,222 176,208 120,228 178,246 222,280 270,318 330,344 372,350 390,348")
    right = [(780 - x, y - 6 + (x < 200) * -8) for x, y in left]
    for fluke, tints in ((left, ("#5b7386", "#34495a")), (right, ("#4c6375", "#2c3f4e"))):
        c.polygon(tints, curve(fluke, closed=True))
    c.blob("#dfe8ea", pts("214,226 250,236 292,276 322,312 286,300 248,262"), alpha=0.55, blur=2)
    c.blob("#dfe8ea", pts("566,222 530,230 488,270 458,306 494,294 532,256"), alpha=0.4, blur=2)
    for x, y in ((176, 214), (604, 200), (352, 340), (430, 336)):
        for _ in range(12):
            dx, fall = random.uniform(-26, 26), random.uniform(0, 110)
            c.ellipse("#f0fafb", x + dx, y + fall, random.uniform(1.2, 3.4), random.uniform(3, 8), alpha=0.8)
    for _ in range(70):
        angle, r = random.uniform(0, math.tau), random.uniform(0.7, 1.05)
        fx, fy = 394 + math.cos(angle) * 112 * r, 520 + math.sin(angle) * 20 * r
        c.ellipse("#f2fbfb", fx, fy, random.uniform(8, 22), random.uniform(3, 8), alpha=0.6, blur=2)
    return c


def _ferry(c: Canvas, x: float, y: float) -> None:
    c.ellipse("#0f4666", x, y + 26, 150, 9, alpha=0.5, blur=4)
    c.box("#e9eef0", (x - 92, y - 46, x + 84, y - 8), 5)
    c.box("#ffffff", (x - 66, y - 72, x + 46, y - 44), 5)
    c.box("#d95b43", (x - 6, y - 100, x + 26, y - 70), 3)
    c.box("#31465c", (x - 6, y - 100, x + 26, y - 92), 2)
    for i in range(9):
        c.box("#4d7f9a", (x - 82 + i * 18, y - 36, x - 72 + i * 18, y - 26), 3)
    for i in range(6):
        c.box("#4d7f9a", (x - 58 + i * 17, y - 63, x - 47 + i * 17, y - 54), 2)
    c.polygon(("#24486b", "#16304a"), pts("-128,-10 120,-10 96,26 -98,26", x, y))
    c.line("#d95b43", pts("-122,-1 115,-1", x, y), 4)
    for i in range(8):
        c.ellipse("#f3fbfb", x - 130 + i * 36, y + 26, 24, 5, alpha=0.8, blur=2)
