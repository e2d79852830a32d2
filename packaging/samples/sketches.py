"""Drawings by hand: a child's house in crayon, an elephant and an anchor in ink, and pictures of large pixels."""

import math
from collections.abc import Sequence
from itertools import pairwise
from random import Random

from canvas import Canvas, Point, arc, curve, pts

_PAPER = "#fbf8f0"
_INK = "#23222a"


def _crayon(c: Canvas, random: Random, tint: str, points: Sequence[Point], width: float = 7) -> None:
    """Draw a line as a wax crayon does: a few shaky strokes that do not quite agree."""
    for _ in range(3):
        shaky = [(x + random.uniform(-3, 3), y + random.uniform(-3, 3)) for x, y in points]
        c.line(tint, shaky, width * random.uniform(0.5, 0.8), alpha=0.6)


def _scribble(c: Canvas, random: Random, tint: str, outline: Sequence[Point], gap: float = 11) -> None:
    """Colour a shape in by going to and fro."""
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    with c.inside(outline):
        y, left = min(ys) - 60, True
        path: list[Point] = []
        while y < max(ys) + 60:
            ends = [(min(xs) - 10, y + 46), (max(xs) + 10, y - 46)]
            path += [
                (x + random.uniform(-6, 6), py + random.uniform(-4, 4)) for x, py in (ends if left else ends[::-1])
            ]
            y, left = y + gap, not left
        c.line(tint, path, 8, alpha=0.62)


def house() -> Canvas:
    """Draw a house with a tree and the sun, as a child does."""
    c = Canvas(760, 560, _PAPER)
    random = Random(41)
    _scribble(c, random, "#7fc6f5", pts("0,0 760,0 760,70 0,70"), 15)
    _scribble(c, random, "#5bb450", pts("0,470 760,470 760,560 0,560"))
    sun = arc(650, 110, 52, 52)
    _scribble(c, random, "#ffd02e", sun)
    _crayon(c, random, "#f5b400", sun)
    for ray in range(12):
        a = math.tau * ray / 12
        near, far = [(650 + r * math.cos(a), 110 + r * math.sin(a)) for r in (66, 106)]
        _crayon(c, random, "#f5b400", [near, far])
    walls, roof = pts("230,270 510,270 510,480 230,480"), pts("200,274 370,130 540,274")
    door, knob = pts("340,370 404,370 404,480 340,480"), arc(392, 430, 4, 4)
    for tint, dark, shape in (
        ("#f6d9a0", "#8a5a2b", walls),
        ("#e2483d", "#a52a20", roof),
        ("#9a6234", "#5e3a1c", door),
    ):
        _scribble(c, random, tint, shape)
        _crayon(c, random, dark, [*shape, shape[0]])
    _crayon(c, random, "#ffd02e", knob)
    for x in (262, 430):
        pane = [(x, 310), (x + 56, 310), (x + 56, 362), (x, 362)]
        _scribble(c, random, "#9bdcff", pane)
        _crayon(c, random, "#3b5aa0", [*pane, pane[0]])
        _crayon(c, random, "#3b5aa0", [(x + 28, 310), (x + 28, 362)], 4)
        _crayon(c, random, "#3b5aa0", [(x, 336), (x + 56, 336)], 4)
    _crayon(c, random, "#a52a20", pts("450,190 450,140 484,140 484,222"))
    _crayon(c, random, "#8d8d96", curve(pts("466,126 456,100 486,84 470,56")), 5)
    trunk = pts("98,330 128,330 132,484 94,484")
    _scribble(c, random, "#9a6234", trunk)
    _crayon(c, random, "#5e3a1c", trunk)
    crown = curve(pts("112,180 176,206 190,270 154,334 76,338 32,282 46,210"), closed=True)
    _scribble(c, random, "#4ca64c", crown)
    _crayon(c, random, "#2d7a35", [*crown, crown[0]])
    for x, tint in ((590, "#e0409a"), (640, "#7a4fd0"), (696, "#e2483d")):
        _crayon(c, random, "#2d7a35", [(x, 500), (x, 440)])
        for petal in range(6):
            a = math.tau * petal / 6
            _crayon(c, random, tint, arc(x + 15 * math.cos(a), 428 + 15 * math.sin(a), 6, 6, steps=8))
        _crayon(c, random, "#ffd02e", arc(x, 428, 4, 4, steps=8))
    return c


def _ink(c: Canvas, text: str, width: float = 5, *, closed: bool = False) -> None:
    line = curve(pts(text), closed=closed)
    c.line(_INK, [*line, line[0]] if closed else line, width)


def elephant() -> Canvas:
    """Draw an elephant in ink, lines only."""
    c = Canvas(680, 540, _PAPER)
    _ink(c, "250,150 330,118 440,116 540,150 590,220 596,300 590,360")
    _ink(c, "590,360 592,440 596,480 520,484 516,420 506,370 430,384 372,380")
    _ink(c, "372,380 368,440 370,482 292,484 290,430 282,372 262,320")
    _ink(c, "506,370 500,330", 4)
    _ink(c, "300,392 284,352", 4)
    _ink(c, "594,230 626,270 630,330 622,352")
    for end in ("612,372", "624,376", "634,370"):
        _ink(c, f"622,350 {end}", 4)
    _ink(c, "250,150 200,130 148,150 122,200 118,262 110,340 96,410 70,448 44,436 52,410")
    _ink(c, "52,410 68,414 76,380 80,320 96,290")
    _ink(c, "190,300 172,320 150,326 140,390 118,452 82,484 40,474 24,440 34,418 52,410")
    _ink(c, "228,160 318,150 372,220 356,320 296,366 244,316 214,230", closed=True)
    _ink(c, "250,190 310,190 338,240 322,310", 3)
    _ink(c, "150,318 160,356 196,376 204,362 184,346 176,318", 4)
    c.ellipse(_INK, 176, 222, 8, 10)
    c.ellipse(_PAPER, 173, 218, 3)
    _ink(c, "160,202 176,196 192,206", 3)
    for y in range(330, 450, 26):
        _ink(
            c,
            f"{84 + (y - 330) * -0.12:.0f},{y} {112 + (y - 330) * -0.02:.0f},{y + 7} {136 - (y - 330) * 0.1:.0f},{y}",
            3,
        )
    for x in (306, 330, 354, 532, 556, 580):
        c.line(_INK, arc(x, 482, 11, 12, 180, 360, 10), 3)
    for x, y in ((400, 200), (440, 260), (500, 210), (380, 300), (540, 290), (460, 330)):
        _ink(c, f"{x},{y} {x + 14},{y + 7} {x + 28},{y}", 2.5)
    for x in range(30, 660, 46):
        _ink(c, f"{x},508 {x + 8},494 {x + 10},508 {x + 20},490 {x + 22},508", 2.5)
    return c


def anchor() -> Canvas:
    """Draw a ship's anchor with a rope in ink, shaded with strokes."""
    c = Canvas(480, 620, _PAPER)
    shank = pts("226,150 254,150 262,520 218,520")
    stock = curve(pts("120,196 150,184 240,178 330,184 360,196 330,210 240,206 150,210"), closed=True)
    arms = curve(pts("60,390 96,486 170,540 240,552 310,540 384,486 420,390"))
    inner = curve(pts("396,410 352,466 300,496 240,506 180,496 128,466 84,410"))
    blades = [
        curve(pts(text), closed=True) for text in ("60,390 30,440 78,430 132,440", "420,390 450,440 402,430 348,440")
    ]
    ring = arc(240, 108, 44, 44)
    for shape in (shank, stock, [*arms, *inner], *blades):
        c.polygon(_PAPER, shape)
        with c.inside(shape):
            for x in range(-300, 700, 10):
                c.line(_INK, [(x, 0), (x + 310, 620)], 1.4, alpha=0.5)
        c.line(_INK, [*shape, shape[0]], 5)
    c.line(_INK, ring, 18)
    c.line(_PAPER, ring, 9)
    rope = curve(pts("270,90 350,60 400,130 340,230 200,270 160,340 260,380 330,440 300,590"))
    c.line(_INK, rope, 18)
    c.line(_PAPER, rope, 12)
    for (x, y), (nx, ny) in list(pairwise(rope))[::4]:
        c.line(_INK, [(x - (ny - y) - 3, y + (nx - x) - 3), (x + (ny - y) + 3, y - (nx - x) + 3)], 2)
    return c


_HEART = """
..xxxx....xxxx..
.xrrrrx..xrrrrx.
xrwwrrrxxrrrrrdx
xrwwrrrrrrrrrrdx
xrwrrrrrrrrrrrdx
xrrrrrrrrrrrrrdx
xrrrrrrrrrrrrrdx
.xrrrrrrrrrrrdx.
..xrrrrrrrrrdx..
...xrrrrrrrdx...
....xrrrrrdx....
.....xrrrdx.....
......xrdx......
.......xx.......
"""
_MUSHROOM = """
.....xxxxxx.....
...xxrrwwrrxx...
..xrrrrwwwrrrx..
.xrwwrrrwwrrrdx.
.xwwwwrrrrrwwdx.
xrwwwwrrrrwwwwdx
xrrwwrrrrrwwwwdx
xrrrrrwwrrrwwrdx
xddrrwwwwrrrrddx
.xxxdxxxxxxdxxx.
...xcccxcxccx...
...xcccxcxccx...
...xccccccccx...
...xcccccccbx...
....xccccbbx....
.....xxxxxx.....
"""
_TINTS = {"x": "#2b2136", "r": "#e8384f", "d": "#a91f3f", "w": "#ffffff", "c": "#ffe3bd", "b": "#dcae7c"}


def _pixels(rows: str, ground: str) -> Canvas:
    lines = rows.split()
    px = 22
    c = Canvas(18 * px, (len(lines) + 2) * px, ground)
    for y, line in enumerate(lines, 1):
        for x, sign in enumerate(line, 1):
            if sign in _TINTS:
                c.box(_TINTS[sign], (x * px, y * px, (x + 1) * px, (y + 1) * px))
    return c


def heart() -> Canvas:
    """Draw a heart of large pixels."""
    return _pixels(_HEART, "#f6f3ff")


def mushroom() -> Canvas:
    """Draw a toadstool of large pixels."""
    return _pixels(_MUSHROOM, "#7ec8f0")
