"""What is seen on a screen: a pie chart and a terminal with a program's source."""

from canvas import Canvas, arc

_INK = "#2b3440"
_SHARES = (
    ("Rent", 38, "#3767cf"),
    ("Food", 24, "#f0932b"),
    ("Travel", 16, "#3f9a6b"),
    ("Children", 13, "#c8364b"),
    ("Other", 9, "#8d6cc4"),
)

_KEYWORD, _NAME, _TEXT, _PLAIN, _NOTE = "#ff79c6", "#8be9fd", "#f1fa8c", "#e8e9ef", "#6f7da8"
_SOURCE: tuple[tuple[tuple[str, str], ...], ...] = (
    (("# primes.py", _NOTE),),
    (("def ", _KEYWORD), ("primes", _NAME), ("(limit):", _PLAIN)),
    (('    """Yield all primes below a limit."""', _TEXT),),
    (("    sieve = [True] * limit", _PLAIN),),
    (("    for ", _KEYWORD), ("n ", _PLAIN), ("in ", _KEYWORD), ("range", _NAME), ("(2, limit):", _PLAIN)),
    (("        if ", _KEYWORD), ("sieve[n]:", _PLAIN)),
    (("            yield ", _KEYWORD), ("n", _PLAIN)),
    (
        ("            for ", _KEYWORD),
        ("m ", _PLAIN),
        ("in ", _KEYWORD),
        ("range", _NAME),
        ("(n * n, limit, n):", _PLAIN),
    ),
    (("                sieve[m] = ", _PLAIN), ("False", _KEYWORD)),
    (("", _PLAIN),),
    (("for ", _KEYWORD), ("p ", _PLAIN), ("in ", _KEYWORD), ("primes", _NAME), ("(100):", _PLAIN)),
    (("    print", _NAME), ("(p, end=", _PLAIN), ('" "', _TEXT), (")", _PLAIN)),
)


def pie_chart() -> Canvas:
    """Draw a pie chart of five shares with its key."""
    c = Canvas(720, 500, "#ffffff")
    x, y, r, start = 260, 260, 190, -90.0
    for _, share, tint in _SHARES:
        end = start + 3.6 * share
        c.polygon(tint, [(x, y), *arc(x, y, r, r, start, end)])
        (middle,) = arc(x, y, r * 0.66, r * 0.66, (start + end) / 2, (start + end) / 2, 1)[:1]
        c.text("#ffffff", *middle, f"{share} %", 19, anchor="mm", weight=0.4)
        start = end
    start = -90.0
    for _, share, _ in _SHARES:
        c.line("#ffffff", [(x, y), arc(x, y, r, r, start, start, 1)[0]], 4)
        start += 3.6 * share
    for row, (name, _, tint) in enumerate(_SHARES):
        c.box(tint, (520, 150 + row * 46, 544, 174 + row * 46), 5)
        c.text(_INK, 558, 162 + row * 46, name, 20)
    return c


def terminal() -> Canvas:
    """Draw a dark terminal in which source code is shown."""
    c = Canvas(900, 600, ("#2c5364", "#203a43", "#0f2027"))
    c.box("#000000", (66, 66, 850, 556), 14, alpha=0.5, blur=14)
    c.box("#1b1d27", (56, 50, 844, 546), 12)
    c.box("#2d303d", (56, 50, 844, 90), 12)
    c.box("#2d303d", (56, 74, 844, 90))
    for i, tint in enumerate(("#ff5f57", "#febc2e", "#28c840")):
        c.ellipse(tint, 82 + i * 24, 70, 7)
    c.text("#aab0c4", 450, 70, "Terminal", 16, anchor="mm")
    _prompt(c, 116, "cat primes.py")
    for row, line in enumerate(_SOURCE):
        _write(c, 148 + row * 26, line)
    _prompt(c, 466, "python primes.py")
    _write(c, 494, (("2 3 5 7 11 13 17 19 23 29 31 37 41 43 47 53 59 61 67 71 73 79 83 89 97", _PLAIN),))
    _prompt(c, 522, "")
    c.box(_PLAIN, (190, 513, 200, 532))
    return c


def _prompt(c: Canvas, y: float, command: str) -> None:
    _write(c, y, (("ana@home ~ $ ", "#50fa7b"), (command, _PLAIN)))


def _write(c: Canvas, y: float, parts: tuple[tuple[str, str], ...]) -> None:
    """Write a line in columns of one width, as terminals do."""
    column = 0
    for words, tint in parts:
        for sign in words:
            if sign != " ":
                c.text(tint, 82 + column * 8.9, y, sign, 16, anchor="mm")
            column += 1
