"""Pictures that are read rather than looked at: a chart, a floor plan, a metro map, an island map, a screenshot."""

from random import Random

from canvas import Canvas, arc, blend, curve, pts, turned

INK = "#2b3440"
SOFT = "#7a8592"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def electricity() -> Canvas:
    """Draw the bar chart of electricity by month."""
    c = Canvas(900, 580, "#ffffff")
    c.text(INK, 48, 46, "Electricity", 27, weight=0.35)
    c.text(SOFT, 48, 78, "kWh a month", 16)
    used = (262, 238, 221, 184, 163, 152, 148, 155, 171, 206, 243, 275)
    solar = (18, 34, 61, 92, 118, 126, 121, 104, 76, 45, 21, 13)
    left, base, high = 84, 500, 380
    for value in range(0, 301, 50):
        y = base - value / 300 * high
        c.line("#e6eaee" if value else "#aab4be", [(left - 10, y), (860, y)], 1.2)
        c.text(SOFT, left - 18, y, str(value), 14, anchor="rm")
    for i, month in enumerate(MONTHS):
        x = left + 8 + i * 64
        y = base - used[i] / 300 * high
        c.box(("#5b8def", "#3767cf"), (x, y, x + 38, base), 5)
        c.box("#3767cf", (x, base - 8, x + 38, base))
        c.text(SOFT, x + 19, base + 22, month, 14, anchor="mm")
    line = [(left + 27 + i * 64, base - value / 300 * high) for i, value in enumerate(solar)]
    c.polygon("#f6a83b", [*curve(line), (line[-1][0], base), (line[0][0], base)], alpha=0.16)
    c.line("#f0932b", line, 4, smooth=True)
    for x, y in line:
        c.ellipse("#ffffff", x, y, 6.5)
        c.ellipse("#f0932b", x, y, 4.5)
    for x, tint, label in ((600, "#3767cf", "from the grid"), (744, "#f0932b", "from the roof")):
        c.box(tint, (x, 40, x + 14, 54), 4)
        c.text(INK, x + 22, 47, label, 15)
    return c


def floor_plan() -> Canvas:
    """Draw the plan of the ground floor."""
    c = Canvas(960, 680, "#f3f6f9")
    for x in range(0, 960, 24):
        c.line("#e3e9ef", [(x, 0), (x, 680)], 1)
    for y in range(0, 680, 24):
        c.line("#e3e9ef", [(0, y), (960, y)], 1)
    rooms = (
        ("Living room", "24 sqm", (80, 80, 470, 380), "#fdf3df", 280),
        ("Kitchen", "14 sqm", (470, 80, 700, 300), "#e3f1ea", 152),
        ("Bath", "6 sqm", (700, 80, 880, 300), "#dfeef6", 264),
        ("Hall", "9 sqm", (470, 300, 880, 400), "#f1ece6", 352),
        ("Bedroom", "15 sqm", (80, 380, 400, 600), "#efe6f3", 495),
        ("Study", "8 sqm", (400, 380, 600, 600), "#fbe9e4", 462),
        ("Bedroom", "12 sqm", (600, 400, 880, 600), "#efe6f3", 442),
    )
    for _, _, corners, tint, _ in rooms:
        c.box(tint, corners)
    _furniture(c)
    walls = (
        "80,80 880,80 880,600 80,600 80,80",
        "470,80 470,400",
        "700,80 700,300",
        "470,300 880,300",
        "80,380 600,380",
        "400,380 400,600",
        "600,380 600,600",
        "600,400 880,400",
    )
    for i, wall in enumerate(walls):
        c.line("#39444f", pts(wall), 11 if i == 0 else 7)
    for gap in (
        "470,330 470,366",
        "520,300 566,300",
        "720,300 764,300",
        "330,380 376,380",
        "480,380 526,380",
        "640,400 686,400",
        "880,330 880,372",
    ):
        c.line("#ffffff", pts(gap), 12)
    for hinge, start in (
        ((520, 300), -90),
        ((720, 300), -90),
        ((376, 380), 90),
        ((526, 380), 90),
        ((686, 400), 90),
        ((880, 372), 180),
        ((470, 366), 180),
    ):
        x, y = hinge
        c.line("#8b98a5", arc(x, y, 44, 44, start, start + 90, 20), 1.6)
        leaf = arc(x, y, 44, 44, start, start + 90, 1)
        c.line("#39444f", [(x, y), leaf[0]], 2.6)
    for window in (
        "150,80 250,80",
        "310,80 410,80",
        "540,80 630,80",
        "760,80 820,80",
        "80,160 80,290",
        "80,440 80,540",
        "460,600 550,600",
        "690,600 800,600",
    ):
        c.line("#ffffff", pts(window), 9)
        c.line("#6aa9d6", pts(window), 3)
    for name, size, (left, _, right, _), _, label in rooms:
        cx, cy = (left + right) / 2, label
        c.text(INK, cx, cy - 10, name, 18, anchor="mm", weight=0.25)
        c.text(SOFT, cx, cy + 14, size, 14, anchor="mm")
    c.line(SOFT, pts("80,640 880,640"), 1.6)
    for x in (80, 880):
        c.line(SOFT, [(x, 632), (x, 648)], 1.6)
    c.box("#f3f6f9", (430, 628, 530, 652))
    c.text(INK, 480, 640, "11.40 m", 15, anchor="mm")
    c.polygon("#39444f", pts("920,70 930,100 920,94 910,100"))
    c.text(INK, 920, 114, "N", 15, anchor="mm")
    return c


def _furniture(c: Canvas) -> None:
    wood, cloth, edge = "#e0c9a6", "#c9d3dc", "#b4a184"
    c.box("#d9a9a0", (150, 150, 400, 330), 6, alpha=0.35)
    c.box(cloth, (170, 104, 380, 164), 14)
    for x in (180, 248, 316):
        c.box("#e2e8ee", (x, 124, x + 60, 162), 9)
    c.box(wood, (220, 196, 340, 244), 8)
    c.ellipse("#8fbf8a", 116, 350, 18)
    c.box("#c9ced4", (482, 92, 690, 132), 3)
    for x in (600, 626):
        for y in (104, 121):
            c.ellipse("#8b98a5", x, y, 8)
    c.box("#ffffff", (510, 98, 556, 126), 6)
    c.ellipse(wood, 586, 238, 32)
    for x, y in ((586, 192), (586, 286), (538, 240), (634, 240)):
        c.ellipse(edge, x, y, 11)
    c.box("#ffffff", (780, 94, 868, 224), 26)
    c.box("#cfe6f2", (792, 106, 856, 212), 22)
    c.ellipse("#ffffff", 735, 130, 20, 24)
    c.ellipse("#cfe6f2", 735, 132, 13, 16)
    for left, top in ((96, 440), (772, 462)):
        c.box("#ffffff", (left, top, left + 100, top + 110), 8)
        c.box("#a9b8dc", (left + 34 if left < 400 else left, top, left + (100 if left < 400 else 66), top + 110), 8)
        pillow = left + 6 if left < 400 else left + 72
        c.box("#e8edf5", (pillow, top + 10, pillow + 22, top + 48), 6)
        c.box("#e8edf5", (pillow, top + 62, pillow + 22, top + 100), 6)
    c.box(wood, (416, 540, 560, 586), 4)
    c.ellipse(edge, 488, 524, 15)


def metro() -> Canvas:
    """Draw the map of an underground railway."""
    c = Canvas(900, 680, "#fbfaf6")
    c.polygon(
        "#cfe6f3",
        curve(
            pts(
                "-20,420 140,400 260,450 420,440 560,500 720,480 920,540 920,610 720,550 550,570 410,510 "
                "260,520 130,470 -20,490"
            ),
            closed=True,
        ),
    )
    c.text("#8fb8cf", 95, 446, "Merle", 15, anchor="mm")
    lines: tuple[tuple[str, str, str], ...] = (
        ("#d8443c", "A", "60,180 230,180 380,330 600,330 720,210 850,210"),
        ("#2c72c4", "B", "150,60 150,300 260,410 260,620"),
        ("#2f9a5c", "C", "60,560 330,560 480,410 480,170 590,60 760,60"),
        ("#f0a32b", "D", "840,620 700,480 700,330 600,230 330,230 230,120 60,120"),
        ("#8a54b0", "E", "330,620 420,620 600,440 600,330 480,210 380,110 380,40"),
    )
    for tint, _, path in lines:
        c.line("#ffffff", pts(path), 17)
        c.line(tint, pts(path), 10)
    stops = (
        "95,180 190,180 300,250 430,330 540,330 660,270 790,210 150,100 150,240 205,355 260,480 "
        "260,570 120,560 215,560 400,490 480,260 535,115 650,60 720,60 795,575 750,530 700,400 "
        "650,280 540,230 420,230 180,120 100,120 370,620 470,570 540,500 430,160 380,70"
    )
    for x, y in pts(stops):
        c.ellipse(INK, x, y, 7.5)
        c.ellipse("#ffffff", x, y, 5)
    for x, y in pts("150,180 150,120 600,330 480,330 260,560 480,230 500,230 700,370 330,560"):
        c.ellipse(INK, x, y, 12.5)
        c.ellipse("#ffffff", x, y, 9)
    names = (
        (172, 158, "Old Gate", "l"), (612, 352, "Exchange", "l"), (468, 352, "Opera", "r"), (508, 210, "Assembly", "l"),
        (240, 588, "Harbour", "r"), (790, 238, "Orchard", "m"), (668, 84, "Airport", "l"), (718, 402, "Mill Road", "l"),
        (280, 482, "Bridge", "l"), (170, 244, "Museum", "l"), (120, 588, "Stadium", "m"), (398, 72, "North Wood", "l"),
        (490, 588, "Gardens", "l"), (815, 582, "Lakeside", "l"), (95, 206, "Fairground", "m"),
    )  # fmt: skip
    for x, y, name, side in names:
        c.text(INK, x, y, name, 16, anchor=side + "m")
    for i, (tint, letter, path) in enumerate(lines):
        c.box(tint, (48 + i * 28, 632, 72 + i * 28, 656), 6)
        c.text("#ffffff", 60 + i * 28, 644, letter, 15, anchor="mm", weight=0.3)
        for x, y in (pts(path)[0], pts(path)[-1]):
            c.line(tint, [(x - 9, y), (x + 9, y)] if letter in "BE" and y < 600 else [(x, y - 9), (x, y + 9)], 7)
    return c


def island() -> Canvas:
    """Draw the hand-coloured map of an island with a walk around it."""
    c = Canvas(900, 640, ("#bfe0e6", "#a3d0dc"))
    coast = pts(
        "150,330 190,220 300,150 420,170 520,110 660,130 770,220 790,330 730,420 640,470 600,540 "
        "480,520 380,560 250,510 170,430"
    )
    for i in range(3):
        ring = [(450 + (x - 450) * (1.14 - i * 0.045), 335 + (y - 335) * (1.16 - i * 0.05)) for x, y in coast]
        c.blob("#ffffff", ring, alpha=0.22)
    c.blob("#7fa8a8", [(x + 4, y + 8) for x, y in coast], alpha=0.5, blur=5)
    c.blob(("#f3e3b3", "#ecd59a"), coast)
    c.blob(("#b9d68f", "#98c07c"), [(452 + (x - 452) * 0.93, 333 + (y - 333) * 0.92) for x, y in coast])
    _nature(c)
    walk = pts(
        "236,440 220,350 262,246 380,186 500,176 560,180 690,196 742,300 700,400 620,440 560,480 "
        "440,500 330,500 250,462"
    )
    path = curve(walk, steps=12)
    for i in range(0, len(path) - 1, 3):
        c.line("#c2402f", path[i : i + 2], 4.5)
    for x, y, tint in ((236, 440, "#c2402f"), (742, 300, "#2c72c4"), (500, 176, "#2c72c4"), (600, 440, "#2c72c4")):
        c.ellipse("#3a3028", x, y + 3, 9, 4, alpha=0.4, blur=2)
        c.polygon(tint, [*arc(x, y - 24, 14, 14, 150, 390, 30), (x, y)])
        c.ellipse("#ffffff", x, y - 24, 5.5)
    for x, y in ((196, 412), (180, 396), (204, 388), (222, 402)):
        c.box("#f6efe0", (x - 8, y - 6, x + 8, y + 6))
        c.polygon("#b9533f", [(x - 11, y - 6), (x, y - 16), (x + 11, y - 6)])
    for x, y, name in (
        (286, 430, "Harbour"),
        (392, 360, "Three Sisters"),
        (600, 372, "Mirror Lake"),
        (624, 312, "Crow Wood"),
        (742, 340, "East Point"),
    ):
        c.text("#4a3f30", x, y, name, 16, anchor="mm", weight=0.15)
    for x, y in ((90, 130), (820, 520), (120, 560), (800, 110), (60, 300)):
        c.line("#7fb2c2", curve(pts("-24,0 -12,-7 0,0 12,-7 24,0", x, y)), 2.6)
        c.line("#7fb2c2", curve(pts("-12,12 0,5 12,12", x, y)), 2.6)
    _rose(c, 820, 400)
    c.line("#4a3f30", pts("60,610 220,610"), 3)
    for x in (60, 140, 220):
        c.line("#4a3f30", [(x, 604), (x, 616)], 3)
    c.text("#4a3f30", 232, 610, "2 km", 16)
    return c


def _nature(c: Canvas) -> None:
    random = Random(37)
    for x, y, s in ((330, 290, 1.2), (392, 262, 1.6), (452, 296, 1.1)):
        c.polygon(("#b7a58c", "#8f8069"), pts("-50,40 0,-46 50,40", x, y, s))
        c.polygon("#6f6351", pts("0,-46 50,40 8,40 -6,-8", x, y, s), alpha=0.4)
        c.polygon("#ffffff", pts("0,-46 -15,-20 -6,-24 0,-14 8,-24 15,-20", x, y, s))
    c.line("#6fb0cf", curve(pts("440,330 470,390 440,430 470,480 450,530")), 6)
    c.ellipse(("#8cc4dc", "#6fb0cf"), 600, 370, 58, 32)
    for _ in range(70):
        tx, ty = random.uniform(530, 712), random.uniform(206, 290)
        if abs(tx - 624) + 1.6 * abs(ty - 244) < 104:
            c.box("#6b5136", (tx - 2, ty, tx + 2, ty + 12))
            c.ellipse(("#6aa867", "#3f7f50"), tx, ty - 6, 12, 15)


def _rose(c: Canvas, x: float, y: float) -> None:
    for i in range(8):
        tip = 44 if i % 2 == 0 else 24
        half = turned([(x, y - tip), (x + 6, y - 8), (x, y)], x, y, 45 * i)
        c.polygon("#35556b", half)
        c.polygon("#f7f3e8", turned([(x, y - tip), (x - 6, y - 8), (x, y)], x, y, 45 * i))
    c.text("#35556b", x, y - 58, "N", 18, anchor="mm", weight=0.3)


def screenshot() -> Canvas:
    """Draw a window with a calendar, as a screenshot shows it."""
    c = Canvas(1000, 660, ("#4b5fc0", "#7a62b8", "#c77fa8"))
    c.ellipse("#ffffff", 860, 90, 280, alpha=0.07)
    c.ellipse("#ffffff", 100, 620, 320, alpha=0.07)
    c.box("#0d1030", (56, 48, 944, 626), 14, alpha=0.45, blur=16)
    c.box("#ffffff", (50, 36, 950, 612), 12)
    c.box(("#f1f3f6", "#e6e9ee"), (50, 36, 950, 84), 12)
    c.box("#e6e9ee", (50, 66, 950, 84))
    for x, tint in ((78, "#f2645a"), (102, "#f5bd4f"), (126, "#5fc454")):
        c.ellipse(tint, x, 60, 7.5)
    c.text(INK, 500, 60, "Calendar", 17, anchor="mm", weight=0.2)
    c.box("#f7f8fa", (50, 84, 236, 612), 0)
    c.box("#f7f8fa", (50, 560, 236, 612), 12)
    c.text(INK, 74, 118, "February", 20, weight=0.3)
    for day in range(29):
        x, y = 82 + (day + 3) % 7 * 22, 154 + (day + 3) // 7 * 24
        if day == 10:
            c.ellipse("#3f6fe0", x, y, 11)
        c.text("#ffffff" if day == 10 else SOFT, x, y, str(day + 1), 12, anchor="mm")
    for i, (tint, name) in enumerate(
        (("#3f6fe0", "Work"), ("#e2574c", "Family"), ("#35a06a", "Choir"), ("#e6a32e", "Dentist & co."))
    ):
        c.box(tint, (76, 316 + i * 32, 92, 332 + i * 32), 5)
        c.text(INK, 102, 324 + i * 32, name, 15)
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    for column, name in enumerate(days):
        left = 300 + column * 92
        c.text(SOFT, left + 40, 108, name, 14, anchor="mm")
        c.text("#3f6fe0" if column == 6 else INK, left + 40, 132, str(5 + column), 19, anchor="mm", weight=0.25)
        c.line("#e6e9ee", [(left - 6, 156), (left - 6, 600)], 1.2)
    for hour in range(8):
        y = 168 + hour * 56
        c.line("#edf0f3", [(290, y), (944, y)], 1.2)
        c.text(SOFT, 284, y, f"{8 + hour * 2}:00", 12, anchor="rm")
    events = (
        (0, 1.0, 2.0, "#3f6fe0", "Team"), (0, 5.2, 6.2, "#35a06a", "Rehearsal"), (1, 0.6, 1.6, "#e6a32e", "Dentist"),
        (2, 1.0, 3.0, "#3f6fe0", "Workshop"), (3, 4.0, 4.9, "#e2574c", "Swimming"), (4, 0.5, 1.5, "#3f6fe0", "Review"),
        (4, 5.0, 7.0, "#e2574c", "Cinema"), (5, 1.4, 4.0, "#e2574c", "Grandma"), (6, 2.0, 3.6, "#35a06a", "Concert"),
    )  # fmt: skip
    for day, start, end, tint, name in events:
        x, top, bottom = 296 + day * 92, 168 + start * 56, 168 + end * 56
        c.box(blend(tint, "#ffffff", 0.78), (x, top + 2, x + 86, bottom - 2), 7)
        c.box(tint, (x, top + 2, x + 5, bottom - 2), 2)
        c.text(blend(tint, "#101828", 0.45), x + 12, top + 18, name, 14)
    c.line("#e2574c", [(848, 292), (944, 292)], 2)
    c.ellipse("#e2574c", 848, 292, 5)
    return c
