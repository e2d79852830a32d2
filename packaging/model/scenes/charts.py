"""Charts and tables, whose captions say the kind and the trend."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image

from scenes.brush import SCALE, Brush
from scenes.chance import Rng, maybe, pick, some
from scenes.colours import BLACK, GREY, PALETTE, RGB, WHITE, colour, jittered, mix, shade
from scenes.finish import compressed, photo
from scenes.lettering import BOLD, SANS
from scenes.scene import Scene
from scenes.words import MONTHS, NUMBERS, amount, article, chosen, full_name, sentence, word

TOPICS = (
    "sales",
    "temperature",
    "visitors",
    "revenue",
    "costs",
    "population",
    "rainfall",
    "profit",
    "speed",
    "votes",
    "orders",
    "errors",
    "weight",
    "energy use",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where one chart is drawn: its brush, its ink and the colours of its series."""

    brush: Brush
    ink: RGB
    tones: tuple[RGB, ...]
    topic: str

    @property
    def rng(self) -> Rng:
        """The generator of this picture."""
        return self.brush.rng

    def axes(self, *, grid: bool) -> None:
        """Draw two axes with ticks, labels and maybe grid lines; the plot lies between (14, 16) and (96, 86)."""
        b = self.brush
        for i in range(6):
            y = 86 - i * 14
            if grid:
                b.line(mix(self.ink, self.tones[-1], 0.8), 0.4, 14, y, 96, y)
            b.text(self.ink, 12, y, 4, str(i * 20), anchor="rm")
        b.line(self.ink, 0.8, 14, 16, 14, 86, 96, 86)

    def below(self, labels: int) -> None:
        """Write labels under the horizontal axis."""
        first = int(self.rng.integers(0, 12))
        for i in range(labels):
            x = 14 + (i + 0.5) * 82 / labels
            self.brush.text(self.ink, x, 91, 4, MONTHS[(first + i) % 12][:3], anchor="mm")


Told = tuple[str, tuple[str, ...]]
"""A kind of chart and more phrases that describe it."""


def _values(rng: Rng, count: int) -> tuple[np.ndarray, str]:
    trend = pick(rng, ("rising", "falling", "fluctuating", "rising then falling", "flat"))
    t = np.linspace(0, 1, count)
    curves = {
        "rising": 0.15 + 0.75 * t, "falling": 0.9 - 0.75 * t, "fluctuating": rng.uniform(0.1, 0.95, count),
        "rising then falling": 0.2 + 0.7 * np.sin(np.pi * t), "flat": np.full(count, rng.uniform(0.35, 0.7)),
    }  # fmt: skip
    return np.clip(curves[trend] + rng.normal(0, 0.04, count), 0.04, 1), trend


def _bars(s: Sheet) -> Told:
    count = int(s.rng.integers(3, 11))
    values, trend = _values(s.rng, count)
    s.axes(grid=maybe(s.rng, 0.6))
    s.below(count)
    step = 82 / count
    many = maybe(s.rng, 0.3)
    for i, value in enumerate(values.tolist()):
        x = 14 + i * step
        tone = s.tones[i % 4] if many else s.tones[0]
        s.brush.rect(tone, x + step * 0.18, 86 - 68 * value, x + step * 0.82, 86)
    return "bar chart", (f"{trend} bars", "column chart", f"bar chart with {NUMBERS[count]} bars")


def _grouped_bars(s: Sheet) -> Told:
    count = int(s.rng.integers(3, 6))
    s.axes(grid=True)
    s.below(count)
    step = 82 / count
    stacked = maybe(s.rng, 0.5)
    for i in range(count):
        heights = s.rng.uniform(0.1, 0.32 if stacked else 0.95, 3).tolist()
        low = 86.0
        for j, height in enumerate(heights):
            if stacked:
                s.brush.rect(s.tones[j], 14 + (i + 0.2) * step, low - 68 * height, 14 + (i + 0.8) * step, low)
                low -= 68 * height
            else:
                left = 14 + (i + 0.14 + j * 0.24) * step
                s.brush.rect(s.tones[j], left, 86 - 68 * height, left + step * 0.22, 86)
    return "stacked bar chart" if stacked else "grouped bar chart", (
        "bars in several colours",
        "bar chart comparing groups",
    )


def _horizontal_bars(s: Sheet) -> Told:
    count = int(s.rng.integers(3, 8))
    values = np.sort(s.rng.uniform(0.1, 1, count))[::-1].tolist()
    for i, value in enumerate(values):
        y = 18 + i * 70 / count
        s.brush.text(s.ink, 26, y + 25 / count, 4.5, word(s.rng), anchor="rm")
        s.brush.rect(s.tones[0], 28, y, 28 + 66 * value, y + 50 / count)
    s.brush.line(s.ink, 0.8, 28, 15, 28, 88)
    return "horizontal bar chart", ("ranking as horizontal bars", "bar graph")


def _line(s: Sheet) -> Told:
    count = int(s.rng.integers(6, 30))
    series = int(s.rng.integers(1, 4))
    s.axes(grid=maybe(s.rng, 0.6))
    s.below(6)
    trend = ""
    xs = np.linspace(15, 95, count)
    area = maybe(s.rng, 0.25)
    for i in range(series):
        values, trend = _values(s.rng, count)
        points = [float(v) for x, y in zip(xs, 86 - 66 * values, strict=True) for v in (x, y)]
        if area:
            s.brush.poly(mix(s.tones[i], s.tones[-1], 0.45), 15, 86, *points, 95, 86)
        s.brush.line(s.tones[i], 1.4, *points)
        if count < 13:
            for x, y in zip(points[::2], points[1::2], strict=True):
                s.brush.oval(s.tones[i], x, y, 1.5)
    kind = "area chart" if area else "line chart"
    if series == 1:
        return kind, (f"{trend} line", f"line graph showing {trend} {s.topic}", f"curve of {s.topic} over time")
    return kind, (f"{NUMBERS[series]} lines in a graph", "line graph", f"curves of {s.topic} over time")


def _pie(s: Sheet) -> Told:
    count = int(s.rng.integers(2, 7))
    parts = s.rng.dirichlet(np.full(count, 2.0)).tolist()
    ring = maybe(s.rng, 0.35)
    angle = -90.0
    for i, part in enumerate(parts):
        s.brush.pie(s.tones[i % 6], 40, 54, 32, angle, angle + 360 * part)
        angle += 360 * part
        s.brush.rect(s.tones[i % 6], 77, 24 + i * 9, 81, 28 + i * 9)
        s.brush.text(s.ink, 83, 26 + i * 9, 4.2, word(s.rng)[:6], anchor="lm")
    if ring:
        s.brush.oval(s.tones[-1], 40, 54, 16)
    share = "with one large share" if max(parts) > 0.5 else f"with {NUMBERS[count]} slices"
    return "donut chart" if ring else "pie chart", (
        f"{'ring' if ring else 'pie'} diagram {share}",
        "round chart with shares",
        f"shares of {s.topic}",
    )


def _scatter(s: Sheet) -> Told:
    count = int(s.rng.integers(20, 90))
    way = pick(s.rng, ("positive", "negative", "no"))
    x = s.rng.uniform(0.03, 0.97, count)
    base = {"positive": x, "negative": 1 - x, "no": s.rng.uniform(0, 1, count)}[way]
    y = np.clip(base + s.rng.normal(0, 0.1, count), 0.02, 0.98)
    s.axes(grid=maybe(s.rng, 0.4))
    for i, (px, py) in enumerate(zip(x.tolist(), y.tolist(), strict=True)):
        s.brush.oval(s.tones[i % 2], 15 + 80 * px, 85 - 68 * py, 1.4)
    return "scatter plot", (f"scatter plot with {way} correlation", "points in a diagram", "cloud of points")


def _histogram(s: Sheet) -> Told:
    count = int(s.rng.integers(10, 26))
    t = np.linspace(-2.6, 2.6, count)
    values = np.exp(-0.5 * (t - s.rng.uniform(-0.8, 0.8)) ** 2) + np.abs(s.rng.normal(0, 0.05, count))
    s.axes(grid=False)
    for i, value in enumerate(np.clip(values, 0.02, 1).tolist()):
        s.brush.rect(s.tones[0], 14 + 82 * i / count, 86 - 68 * value, 14 + 82 * (i + 0.94) / count, 86)
    return "histogram", ("a distribution with one peak", f"distribution of {s.topic}", "bell-shaped histogram")


def _gantt(s: Sheet) -> Told:
    rows = int(s.rng.integers(5, 10))
    for i in range(9):
        s.brush.line(mix(s.ink, s.tones[-1], 0.8), 0.4, 28 + i * 8.5, 16, 28 + i * 8.5, 94)
    for i in range(rows):
        y = 18 + i * 76 / rows
        start = 28 + 56 * i / rows + float(s.rng.uniform(-3, 3))
        s.brush.text(s.ink, 3, y, 4, sentence(s.rng, 9))
        s.brush.rect(s.tones[i % 4], start, y, min(start + float(s.rng.uniform(9, 26)), 97), y + 44 / rows, 1)
    return "gantt chart", ("project schedule", "timeline of tasks in a project", "project plan with bars")


def _table(s: Sheet) -> Told:
    rows, columns = int(s.rng.integers(5, 12)), int(s.rng.integers(3, 6))
    height, width = 78 / rows, 94 / columns
    s.brush.rect(s.tones[0], 3, 16, 97, 16 + height)
    for r in range(rows):
        if r % 2 == 0 and r:
            s.brush.rect(mix(s.tones[0], s.tones[-1], 0.85), 3, 16 + r * height, 97, 16 + (r + 1) * height)
        for c in range(columns):
            text = word(s.rng).title() if r == 0 else full_name(s.rng).split()[0] if c == 0 else amount(s.rng, 999)
            ink = WHITE if r == 0 else s.ink
            s.brush.text(
                ink,
                4.5 + c * width,
                16 + (r + 0.5) * height,
                min(height * 0.5, 4.5),
                text,
                face=BOLD if r == 0 else SANS,
                anchor="lm",
            )
        s.brush.line(mix(s.ink, s.tones[-1], 0.6), 0.3, 3, 16 + r * height, 97, 16 + r * height)
    return "table", ("a table with numbers", "data in rows and columns", f"table of {s.topic}")


def _map(s: Sheet) -> Told:
    angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    radius = s.rng.uniform(26, 42, 12)
    s.brush.rect((186, 214, 236), 2, 14, 98, 97)
    outline = [
        float(v) for a, r in zip(angles, radius, strict=True) for v in (50 + r * np.cos(a), 55 + 0.9 * r * np.sin(a))
    ]
    for i in range(12):
        j = (i + 1) % 12
        s.brush.poly(
            mix(s.tones[0], WHITE, float(s.rng.uniform(0, 0.8))),
            50,
            55,
            *outline[2 * i : 2 * i + 2],
            *outline[2 * j : 2 * j + 2],
        )
    for x, y in s.rng.uniform(36, 66, (int(s.rng.integers(2, 6)), 2)).tolist():
        s.brush.oval(s.ink, x, y, 1.3)
        s.brush.text(s.ink, x + 2, y, 4, word(s.rng).title(), anchor="lm")
    return "map", ("a map of regions", "map of a country with cities", "coloured map")


def _heat_map(s: Sheet) -> Told:
    n = int(s.rng.integers(6, 13))
    field = s.rng.uniform(0, 1, (n, n))
    step = 78 / n
    for r in range(n):
        for c in range(n):
            s.brush.rect(
                mix(s.tones[0], s.tones[1], float(field[r, c])),
                14 + c * step,
                16 + r * step,
                14 + (c + 1) * step,
                16 + (r + 1) * step,
            )
    return "heat map", ("a matrix of coloured cells", "correlation matrix", "grid of colours")


def _function(s: Sheet) -> Told:
    name = pick(s.rng, ("sine curve", "parabola", "exponential curve", "straight line"))
    x = np.linspace(-1, 1, 50)
    y = {
        "sine curve": 0.8 * np.sin(x * 7),
        "parabola": 1.6 * x**2 - 0.8,
        "exponential curve": np.exp(2.5 * x) / 7 - 0.8,
        "straight line": 0.8 * x,
    }[name]
    for v in np.linspace(8, 92, 9).tolist():
        s.brush.line(mix(s.ink, s.tones[-1], 0.85), 0.4, v, 14, v, 96)
        s.brush.line(mix(s.ink, s.tones[-1], 0.85), 0.4, 8, 12 + v * 0.9, 92, 12 + v * 0.9)
    s.brush.line(s.ink, 0.8, 6, 55, 95, 55)
    s.brush.line(s.ink, 0.8, 50, 13, 50, 97)
    s.brush.line(
        s.tones[0], 1.4, *(float(v) for px, py in zip(x, y, strict=True) for v in (50 + 42 * px, 55 - 38 * py))
    )
    return "function graph", (
        f"graph of {article(name)}",
        f"{article(name)} in a coordinate system",
        "mathematical function plot",
    )


CHARTS: tuple[Callable[[Sheet], Told], ...] = (
    _bars,
    _bars,
    _line,
    _line,
    _pie,
    _pie,
    _grouped_bars,
    _horizontal_bars,
    _scatter,
    _histogram,
    _gantt,
    _table,
    _map,
    _heat_map,
    _function,
)


_WITHOUT_TOPIC = ("gantt chart", "map", "heat map", "function graph")


def chart(rng: Rng, size_px: int) -> Scene:
    """Draw a chart, on paper or on a screen, light or dark."""
    dark = maybe(rng, 0.12)
    paper = jittered(rng, (34, 38, 46) if dark else WHITE, 0.6)
    ink = (220, 222, 226) if dark else mix(BLACK, GREY, float(rng.uniform(0, 0.6)))
    first = (
        colour(rng).rgb
        if maybe(rng, 0.5)
        else pick(rng, ((66, 114, 196), (31, 119, 180), (237, 125, 49), (76, 160, 80)))
    )
    if abs(sum(first) - sum(paper)) < 120:
        first = shade(first, 0.5) if not dark else mix(first, WHITE, 0.5)
    others = [jittered(rng, tone.rgb) for tone in some(rng, PALETTE[:8], 5)]
    topic = pick(rng, TOPICS)
    image = Image.new("RGB", (size_px * SCALE, size_px * SCALE), paper)
    sheet = Sheet(Brush(image, rng), ink, (first, *others, paper), topic)
    if maybe(rng, 0.7):
        sheet.brush.text(ink, 50, 7, 6, f"{topic.capitalize()} {rng.integers(1990, 2026)}", face=BOLD, anchor="mm")
    kind, more = pick(rng, CHARTS)(sheet)
    picture = image.reduce(SCALE)
    if maybe(rng, 0.2):
        picture = photo(rng, picture) if maybe(rng, 0.5) else compressed(rng, picture)
    captions = [article(kind), *more, f"a chart: {more[0]}", "a diagram with data"]
    if kind not in _WITHOUT_TOPIC:
        by = pick(rng, ("month", "year", "group", "region"))
        captions += [
            f"{article(kind)} of {topic}",
            f"{article(kind)} showing {topic} by {by}",
            f"a chart about {topic}",
        ]
    return Scene(picture, chosen(rng, captions), "chart")
