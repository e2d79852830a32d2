"""Technical drawings: flow charts, mind maps, circuits, floor plans and other plans."""

from collections.abc import Callable

import numpy as np
from PIL import Image

from scenes.brush import SCALE, Brush, Paints, Style
from scenes.chance import Rng, maybe, pick
from scenes.colours import BLACK, GREY, PALETTE, RGB, WHITE, colour, jittered, mix, shade
from scenes.finish import compressed, photo
from scenes.lettering import BOLD
from scenes.scene import Scene
from scenes.words import article, chosen, full_name, word

INK: RGB = (50, 52, 58)


def _arrow(b: Brush, x0: float, y0: float, x1: float, y1: float) -> None:
    b.line(INK, 0.8, x0, y0, x1, y1)
    d = np.array([x1 - x0, y1 - y0])
    d = d / max(float(np.hypot(*d)), 1e-6) * 3
    n = np.array([-d[1], d[0]]) * 0.5
    tip = np.array([x1, y1])
    b.plain().poly(INK, x1, y1, *(tip - d + n).tolist(), *(tip - d - n).tolist())


def _box(b: Brush, x: float, y: float, width: float, height: float) -> None:
    b.rect(b.light, x - width / 2, y - height / 2, x + width / 2, y + height / 2, 2)
    b.plain().text(INK, x, y, 4, word(b.rng).title()[:9], anchor="mm")


def _flow_chart(b: Brush) -> None:
    b.oval(b.main, 50, 9, 14, 6)
    b.plain().text(WHITE, 50, 9, 4, "Start", anchor="mm")
    _arrow(b, 50, 15, 50, 24)
    _box(b, 50, 30, 30, 11)
    _arrow(b, 50, 36, 50, 44)
    b.poly(b.second, 50, 44, 70, 56, 50, 68, 30, 56)
    b.plain().text(INK, 50, 56, 4, word(b.rng)[:6] + "?", anchor="mm")
    _arrow(b, 70, 56, 82, 56)
    _box(b, 88, 56, 20, 11)
    if maybe(b.rng, 0.5):
        _arrow(b, 30, 56, 20, 56)
        _box(b, 11, 56, 20, 11)
    _arrow(b, 50, 68, 50, 78)
    _box(b, 50, 84, 30, 11)
    b.plain().text(INK, 75, 52, 3.4, "no", anchor="mm")
    b.plain().text(INK, 54, 72, 3.4, "yes", anchor="mm")


def _mind_map(b: Brush) -> None:
    count = int(b.rng.integers(4, 8))
    turn = float(b.rng.uniform(0, 6))
    for i in range(count):
        angle = turn + 2 * np.pi * i / count
        x, y = float(50 + 33 * np.cos(angle)), float(50 + 36 * np.sin(angle))
        tone = jittered(b.rng, PALETTE[i % 7].rgb)
        b.curve(tone, 1.4, 50, 50, (50 + x) / 2 + 3, (50 + y) / 2 - 4, x, y)
        for side in (-0.35, 0.35):
            b.curve(tone, 0.8, x, y, float(50 + 46 * np.cos(angle + side)), float(50 + 46 * np.sin(angle + side)))
        b.oval(mix(tone, WHITE, 0.5), x, y, 11, 6)
        b.plain().text(INK, x, y, 3.6, word(b.rng)[:8], anchor="mm")
    b.oval(b.main, 50, 50, 15, 9)
    b.plain().text(WHITE, 50, 50, 4.6, word(b.rng).title()[:9], face=BOLD, anchor="mm")


def _organisation(b: Brush) -> None:
    for i in range(3):
        x = 18 + i * 32
        b.line(INK, 0.8, 50, 20, 50, 30, x, 30, x, 42)
        for j in range(int(b.rng.integers(1, 3))):
            b.line(INK, 0.8, x, 52, x, 66 + j * 18)
            _box(b, x, 70 + j * 18, 26, 11)
        _box(b, x, 46, 26, 12)
    b.rect(b.main, 30, 6, 70, 20, 2)
    b.plain().text(WHITE, 50, 13, 4, full_name(b.rng), anchor="mm")


def _circuit(b: Brush) -> None:
    p = b.plain()
    p.line(INK, 0.9, 12, 20, 88, 20, 88, 80, 12, 80, 12, 20)
    p.rect(WHITE, 6, 42, 18, 58)
    for y, half in ((44, 7), (48, 3.5), (52, 7), (56, 3.5)):
        p.line(INK, 1.2, 12 - half, y, 12 + half, y)
    for x, y in ((40, 20), (66, 80)):
        p.rect(WHITE, x - 9, y - 4, x + 9, y + 4)
        p.line(INK, 0.9, x - 9, y - 4, x + 9, y - 4, x + 9, y + 4, x - 9, y + 4, x - 9, y - 4)
        p.text(INK, x, y + 8, 4, f"R{b.rng.integers(1, 9)}", anchor="mm")
    p.rect(WHITE, 80, 40, 96, 60)
    p.arc(INK, 0.9, 88, 50, 8, 8, (0, 360))
    p.line(INK, 0.9, 82.4, 44.4, 93.6, 55.6)
    p.line(INK, 0.9, 93.6, 44.4, 82.4, 55.6)
    p.rect(WHITE, 66, 14, 76, 26)
    for x in (69, 73):
        p.line(INK, 1.2, x, 14, x, 26)
    p.line(INK, 0.9, 66, 20, 69, 20)
    p.line(INK, 0.9, 73, 20, 76, 20)
    if maybe(b.rng, 0.6):
        p.line(INK, 0.9, 50, 20, 50, 42)
        p.line(INK, 0.9, 50, 56, 50, 80)
        p.poly(INK, 44, 44, 56, 44, 50, 55)
        p.line(INK, 1.2, 44, 56, 56, 56)
        for y in (20, 80):
            p.oval(INK, 50, y, 1.5)


def _floor_plan(b: Brush) -> None:
    p = b.plain()
    v, h = float(b.rng.uniform(38, 62)), float(b.rng.uniform(40, 60))
    p.rect(mix(b.main, WHITE, 0.85), 8, 10, 92, 90)
    p.line(INK, 2.4, 8, 10, 92, 10, 92, 90, 8, 90, 8, 10)
    p.line(INK, 1.8, v, 10, v, h - 9)
    p.line(INK, 1.8, v, h + 6, v, 90)
    p.line(INK, 1.8, 8, h, v - 14, h)
    p.line(INK, 1.8, v + 12, h, 92, h)
    for x, y, start in ((v - 14, h, -90), (v, h - 9, 0)):
        p.arc(GREY, 0.6, x, y, 13, 13, (start, start + 90))
    for x, y, name in ((26, 26, "Kitchen"), (76, 26, "Bath"), (26, 76, "Living"), (76, 76, "Bed")):
        p.text(INK, x, y, 4, name, anchor="mm")
        p.text(GREY, x, y + 5, 3, f"{b.rng.integers(6, 30)} m²", anchor="mm")
    p.line(WHITE, 1.6, 20, 10, 36, 10)
    p.line(WHITE, 1.6, 92, 66, 92, 80)
    p.rect(mix(b.main, WHITE, 0.4), 66, 56, 84, 70, 1)
    p.rect(mix(b.main, WHITE, 0.4), 12, 82, 32, 88, 1)


def _network(b: Brush) -> None:
    count = int(b.rng.integers(7, 16))
    spots = b.rng.uniform(12, 88, (count, 2)).tolist()
    for i in range(count):
        for j in b.rng.integers(0, count, 2).tolist():
            b.line(GREY, 0.7, *spots[i], *spots[j])
    for x, y in spots:
        b.oval(pick(b.rng, (b.main, b.second, b.dark)), x, y, float(b.rng.uniform(3, 6)))


def _tree(b: Brush) -> None:
    for level in range(4):
        n = 2**level
        for i in range(n):
            x, y = 100 / n * (i + 0.5), 14 + level * 24
            if level < 3:
                for k in (0, 1):
                    b.line(INK, 0.7, x, y, 100 / (2 * n) * (2 * i + k + 0.5), y + 24)
    for level in range(4):
        n = 2**level
        for i in range(n):
            b.oval(b.main, 100 / n * (i + 0.5), 14 + level * 24, 4.4)


def _venn(b: Brush) -> None:
    three = maybe(b.rng, 0.5)
    spots = ((36, 40), (64, 40), (50, 64)) if three else ((36, 50), (64, 50))
    overlay = Image.new("RGB", b.image.size, WHITE)
    for i, (x, y) in enumerate(spots):
        mask = Image.new("RGB", b.image.size, BLACK)
        Brush(mask, b.rng).oval((120, 120, 120), x, y, 25)
        tone = Image.new("RGB", b.image.size, jittered(b.rng, PALETTE[(i * 2) % 7].rgb))
        overlay = Image.composite(tone, overlay, mask.convert("L"))
    b.image.paste(overlay)
    for x, y in spots:
        b.arc(INK, 0.7, x, y, 25, 25, (0, 360))
        b.text(INK, x + (x - 50) * 0.5, y, 4, word(b.rng).title(), anchor="mm")


def _timeline(b: Brush) -> None:
    b.line(INK, 1.2, 4, 50, 96, 50)
    count = int(b.rng.integers(4, 7))
    for i in range(count):
        x = 8 + 84 * (i + 0.5) / count
        up = -1 if i % 2 else 1
        b.line(GREY, 0.6, x, 50, x, 50 + up * 18)
        b.oval(b.main, x, 50, 2.6)
        b.rect(b.light, x - 9, 50 + up * 24 - 6, x + 9, 50 + up * 24 + 6, 1)
        b.plain().text(INK, x, 50 + up * 24, 3.4, word(b.rng)[:8], anchor="mm")
        b.plain().text(
            INK, x, 50 - up * 6, 3.6, str(1900 + i * 17 + int(b.rng.integers(0, 16))), face=BOLD, anchor="mm"
        )


def _formula(b: Brush) -> None:
    board = maybe(b.rng, 0.4)
    if board:
        b.rect((38, 72, 58), 0, 0, 100, 100)
    for i in range(int(b.rng.integers(2, 5))):
        text = pick(
            b.rng,
            (
                "E = mc²",
                "a² + b² = c²",
                "∫ f(x) dx",
                "y = ax + b",
                "Σ xᵢ / n",
                "F = m·a",
                "x = -b ± √(b²-4ac)",
                "sin²x + cos²x = 1",
                "∂u/∂t = k∇²u",
            ),
        )
        b.text(
            WHITE if board else INK,
            50 + float(b.rng.uniform(-10, 10)),
            18 + i * 21,
            float(b.rng.uniform(7, 9)),
            text,
            face=5,
            anchor="mm",
        )


DIAGRAMS: tuple[tuple[Callable[[Brush], None], tuple[str, ...]], ...] = (
    (_flow_chart, ("flow chart", "flow diagram", "diagram of a process with a decision", "boxes and arrows")),
    (_mind_map, ("mind map", "diagram of ideas around a topic", "brainstorming diagram")),
    (_organisation, ("organisation chart", "hierarchy of boxes", "structure of a company")),
    (_circuit, ("circuit diagram", "electrical circuit", "wiring diagram", "electronic schematic")),
    (_floor_plan, ("floor plan", "plan of a flat", "apartment layout with rooms", "architectural plan")),
    (_network, ("network diagram", "graph of nodes and edges", "network of connected dots")),
    (_tree, ("tree diagram", "binary tree", "tree structure with nodes")),
    (_venn, ("Venn diagram", "overlapping circles", "diagram of overlapping sets")),
    (_timeline, ("timeline", "timeline with years", "history on a time axis")),
    (_formula, ("mathematical formulas", "maths equations", "equations", "formulas written down")),
)


def diagram(rng: Rng, size_px: int) -> Scene:
    """Draw a technical diagram, neat or as by hand."""
    drawing, names = pick(rng, DIAGRAMS)
    tone = colour(rng).rgb
    tone = tone if sum(tone) < 560 else shade(tone, 0.6)
    ground = WHITE if maybe(rng, 0.7) else jittered(rng, (246, 242, 230))
    image = Image.new("RGB", (size_px * SCALE, size_px * SCALE), ground)
    style = Style(outline=INK, width=0.7) if maybe(rng, 0.5) else Style()
    if maybe(rng, 0.2):
        style = Style(outline=(40, 50, 110), width=0.7, wobble=0.4, paper=ground)
    drawing(Brush(image, rng, style, Paints(tone, mix(colour(rng).rgb, WHITE, 0.5))))
    picture = image.reduce(SCALE)
    if maybe(rng, 0.25):
        picture = pick(rng, (photo, compressed))(rng, picture)
    name = names[0]
    one = name if name.endswith("formulas") else article(name)
    return Scene(picture, chosen(rng, [one, *names[1:], f"a drawing of {one}", f"{name} on paper"]), "diagram")
