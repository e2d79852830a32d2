"""Single things without outlines, as on icons and clip art: an apple, a key, a sunflower, a Christmas tree."""

import math
from random import Random

from canvas import Canvas, arc, curve, pts, turned


def apple() -> Canvas:
    """Draw a red apple with a leaf."""
    c = Canvas(420, 440, ("#fdfdfb", "#eef1ec"))
    c.ellipse("#8c9a86", 214, 404, 118, 14, alpha=0.5, blur=10)
    fruit = curve(
        pts("210,116 276,84 352,112 376,200 346,316 276,398 210,386 144,398 74,316 44,200 68,112 144,84"), closed=True
    )
    c.polygon(("#f5544a", "#d8222f", "#a3122a"), fruit)
    with c.inside(fruit):
        c.ellipse("#ff9d7a", 128, 190, 52, 86, alpha=0.55, blur=18)
        c.ellipse("#6b0a1e", 330, 330, 90, 120, alpha=0.4, blur=30)
        c.ellipse("#5b0d16", 210, 108, 62, 20, alpha=0.6, blur=9)
    c.ellipse("#ffffff", 116, 164, 16, 34, alpha=0.75, blur=4)
    c.line("#6b4424", pts("210,122 206,82 222,40"), 11, smooth=True)
    leaf = curve(pts("220,72 258,24 334,28 312,82 256,98"), closed=True)
    c.polygon(("#8fd14f", "#3f9a3c"), leaf)
    c.line("#2f7a33", pts("222,74 262,62 316,42"), 3, smooth=True)
    return c


def key() -> Canvas:
    """Draw an old brass key."""
    c = Canvas(420, 420, ("#3c5a80", "#28405f"))
    tints = ("#ffe08a", "#e5a92f", "#b67a1c")

    def lean(text: str) -> list[tuple[float, float]]:
        return turned(pts(text), 210, 210, 45)

    for shift, fill in ((8, ("#1b2c44", "#1b2c44")), (0, tints)):
        ring = turned(arc(210, 96, 72, 72), 210, 210, 45)
        c.polygon(fill, [(x + shift, y + shift) for x, y in ring])
        for part in (
            "192,160 228,160 228,384 192,384",
            "228,300 282,300 282,328 228,328",
            "228,346 296,346 296,378 228,378",
        ):
            c.polygon(fill, [(x + shift, y + shift) for x, y in lean(part)])
    c.polygon(tints, lean("178,166 242,166 242,188 178,188"))
    c.polygon("#335075", turned(arc(210, 92, 38, 38), 210, 210, 45))
    c.line("#fff3c4", turned(arc(210, 96, 60, 60, 190, 290, 20), 210, 210, 45), 5, alpha=0.8)
    c.line("#fff3c4", lean("200,200 200,372"), 4, alpha=0.7)
    return c


def sunflower() -> Canvas:
    """Draw a sunflower against the sky."""
    c = Canvas(480, 620, ("#69b4ea", "#c7e8fb"))
    random = Random(23)
    for x, y, r in ((90, 110, 40), (140, 100, 52), (190, 118, 36), (400, 190, 30), (440, 182, 38)):
        c.ellipse("#ffffff", x, y, r, r * 0.7, alpha=0.85, blur=6)
    c.line("#4f8f34", pts("244,300 250,430 238,640"), 20, smooth=True)
    for text in ("246,470 320,400 420,400 380,470 300,500", "242,540 170,470 70,476 110,544 190,566"):
        leaf = curve(pts(text), closed=True)
        c.polygon(("#7cc04a", "#3f8a35"), leaf)
    c.line("#3a7a30", pts("250,476 330,440 410,406"), 3, smooth=True)
    c.line("#3a7a30", pts("238,546 160,510 80,482"), 3, smooth=True)
    for ring, (length, wide, tints) in enumerate(
        ((172, 30, ("#f5a81c", "#e58a12")), (156, 28, ("#ffd84a", "#f9b81f")))
    ):
        for petal in range(20):
            degrees = petal * 18 + ring * 9
            side = 240 - 0.66 * length
            shape = [(240, 190), (240 + wide, side), (240, 240 - length), (240 - wide, side)]
            c.polygon(tints, turned(curve(shape, closed=True), 240, 240, degrees))
    c.ellipse(("#7a4a20", "#4b2b12"), 240, 240, 88)
    for seed in range(260):
        a, r = seed * 2.39996, 82 * math.sqrt(seed / 260)
        tint = random.choice(("#2f1a0a", "#8a5626", "#3d2410"))
        c.ellipse(tint, 240 + r * math.cos(a), 240 + r * math.sin(a), 3.4)
    return c


def christmas_tree() -> Canvas:
    """Draw a decorated Christmas tree with presents."""
    c = Canvas(560, 660, ("#7c1f2f", "#a8323f", "#5e1622"))
    random = Random(24)
    c.glow("#ffd9a0", 280, 300, 330, 0.55)
    c.box(("#6b4027", "#4a2a18"), (0, 590, 560, 660))
    c.box("#5c3820", (252, 540, 308, 604))
    tiers = ((90, 250, 96), (180, 370, 150), (290, 470, 196), (390, 570, 236))
    for top, bottom, half in tiers[::-1]:
        edge = [(280 - half + 2 * half * i / 8, bottom + (14 if i % 2 else -8)) for i in range(8, -1, -1)]
        c.polygon(("#4fae5c", "#17663a"), [(280, top), *edge])
        c.polygon("#0d4a2a", [(280, top), *edge[:4], (300, bottom - 10)], alpha=0.28)
    for y, half in ((214, 68), (320, 110), (420, 150), (516, 190)):
        line = curve(
            [(280 - half, y - 16), (280 - half * 0.3, y + 16), (280 + half * 0.4, y + 14), (280 + half, y - 20)]
        )
        c.line("#ffd54f", line, 6)
        for x, dy in line[4::9]:
            c.glow("#fff0b0", x, dy, 26, 0.8)
    for x, y in (
        (250, 190),
        (314, 250),
        (222, 280),
        (300, 350),
        (190, 396),
        (366, 392),
        (260, 450),
        (150, 510),
        (330, 490),
        (410, 536),
        (230, 540),
    ):
        tint, dark = random.choice(
            (("#ff6b6b", "#b01e36"), ("#6cb8ff", "#1f5fb0"), ("#ffd86b", "#cf8a14"), ("#d98cff", "#7a34b0"))
        )
        c.ellipse((tint, dark), x, y, 16)
        c.ellipse("#ffffff", x - 5, y - 6, 4, alpha=0.8)
    star = [
        (280 + r * math.sin(math.pi * i / 5), 84 - r * math.cos(math.pi * i / 5)) for i, r in enumerate((44, 18) * 5)
    ]
    c.glow("#fff0a0", 280, 84, 110, 0.9)
    c.polygon(("#fff2a8", "#f5b41e"), star)
    for left, top, right, tints, band in (
        (60, 546, 170, ("#5aa7f0", "#2266bd"), "#ffffff"),
        (400, 556, 500, ("#f5c542", "#d08a16"), "#c8364b"),
        (180, 586, 240, ("#7fd18a", "#2f8a4a"), "#ffe27a"),
    ):
        middle = (left + right) / 2
        c.box(tints, (left, top, right, 636), 4)
        c.box(band, (middle - 8, top, middle + 8, 636))
        for side in (-1, 1):
            c.blob(band, [(middle, top), (middle + side * 30, top - 26), (middle + side * 36, top - 4)])
    return c
