"""What stands on papers: letters, invoices, tickets, sheet music and others."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scenes.brush import Brush
from scenes.chance import Rng, maybe, pick
from scenes.colours import BLACK, GREY, RGB, WHITE, colour, mix
from scenes.lettering import BOLD, ITALIC, MONO, SANS, SERIF, SERIF_BOLD
from scenes.objects import draw_item, in_some_colour
from scenes.things.catalogue import BY_NAME, THINGS
from scenes.words import FIRST_NAMES, MONTHS, amount, full_name, sentence, word

INK: RGB = (44, 44, 48)
PEN: RGB = (36, 56, 130)


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper: who draws it, its names, its width over its height, its ground."""

    draw: Callable[[Brush], None]
    names: tuple[str, ...]
    aspect: float = 0.71
    ground: RGB = (253, 252, 248)


def lines(b: Brush, left: float, top: float, right: float, count: int, gap: float = 3.2, *, face: int = SANS) -> None:
    """Write a paragraph of count lines."""
    for i in range(count):
        end = right if i < count - 1 else left + (right - left) * float(b.rng.uniform(0.3, 0.9))
        letters = max(int((end - left) / (gap * 0.42)), 3)
        b.text(INK, left, top + i * gap, gap * 0.72, sentence(b.rng, letters), face=face)


def scribble(b: Brush, x: float, y: float, width: float, height: float, ink: RGB = PEN) -> None:
    """Write a line as by hand."""
    points = [
        float(v)
        for i, px in enumerate(np.arange(x, x + width, height * 0.45))
        for v in (
            px + b.rng.normal(0, height * 0.12),
            y + (height * 0.5 if i % 2 else 0) + b.rng.normal(0, height * 0.2),
        )
    ]
    if len(points) >= 6:
        b.curve(ink, height * 0.12, *points)


def date(rng: Rng) -> str:
    """Return a day as letters state it."""
    return f"{rng.integers(1, 29)} {pick(rng, MONTHS)} {rng.integers(1960, 2026)}"


def _letter(b: Brush) -> None:
    for i in range(3):
        b.text(
            INK,
            10,
            8 + i * 3.4,
            2.6,
            (full_name(b.rng), f"{word(b.rng).title()} Street {b.rng.integers(1, 99)}", word(b.rng).title())[i],
            face=SERIF,
        )
    b.text(INK, 90, 22, 2.6, date(b.rng), face=SERIF, anchor="rt")
    b.text(INK, 10, 32, 2.8, f"Dear {pick(b.rng, FIRST_NAMES)},", face=SERIF)
    for top in (38, 56, 72)[: int(b.rng.integers(2, 4))]:
        lines(b, 10, top, 90, int(b.rng.integers(3, 5)), face=SERIF)
    scribble(b, 10, 89, 26, 4)


def _invoice(b: Brush) -> None:
    b.rect(b.main, 0, 0, 100, 7)
    b.text(b.dark, 10, 11, 6, "INVOICE", face=BOLD)
    b.text(INK, 90, 12, 2.6, f"No. {b.rng.integers(1000, 99999)}", anchor="rt")
    lines(b, 10, 20, 46, 4)
    b.rect(mix(b.main, WHITE, 0.7), 10, 38, 90, 42)
    total = 0.0
    for i in range(int(b.rng.integers(3, 9))):
        price = float(b.rng.uniform(5, 400))
        total += price
        b.text(INK, 12, 44 + i * 4.4, 2.5, sentence(b.rng, 16))
        b.text(INK, 88, 44 + i * 4.4, 2.5, f"{price:.2f}", anchor="rt")
        b.line(mix(GREY, WHITE, 0.6), 0.3, 10, 47.6 + i * 4.4, 90, 47.6 + i * 4.4)
    b.text(INK, 88, 84, 3.4, f"Total {total:.2f}", face=BOLD, anchor="rt")
    lines(b, 10, 92, 80, 2, 2.6)


def _receipt(b: Brush) -> None:
    b.text(INK, 50, 5, 7, word(b.rng).upper() + " SHOP", face=MONO, anchor="mt")
    for i in range(int(b.rng.integers(6, 14))):
        b.text(INK, 6, 20 + i * 4.4, 4.4, word(b.rng).upper()[:9], face=MONO)
        b.text(INK, 94, 20 + i * 4.4, 4.4, amount(b.rng, 40), face=MONO, anchor="rt")
    b.text(INK, 6, 84, 6, "TOTAL", face=MONO)
    b.text(INK, 94, 84, 6, amount(b.rng, 200), face=MONO, anchor="rt")
    bars(b, 15, 92, 85, 98)


def _form(b: Brush) -> None:
    b.text(
        INK,
        50,
        6,
        4.4,
        pick(b.rng, ("Application Form", "Registration", "Questionnaire", "Order Form")),
        face=BOLD,
        anchor="mt",
    )
    for i in range(int(b.rng.integers(6, 10))):
        y = 16 + i * 8.2
        b.text(INK, 8, y, 2.4, word(b.rng).title() + ":")
        if i % 3 == 2:
            for x in (34, 52, 70):
                b.line(INK, 0.4, x, y, x + 3, y, x + 3, y + 3, x, y + 3, x, y)
                b.text(INK, x + 4, y, 2.4, word(b.rng))
        else:
            b.line(GREY, 0.4, 32, y - 1, 92, y - 1, 92, y + 5, 32, y + 5, 32, y - 1)
            if maybe(b.rng, 0.5):
                scribble(b, 34, y + 0.5, float(b.rng.uniform(14, 46)), 3)


def _book_page(b: Brush) -> None:
    b.text(INK, 50, 8, 4, f"Chapter {b.rng.integers(1, 30)}", face=SERIF, anchor="mt")
    for i in range(int(b.rng.integers(3, 5))):
        lines(b, 13, 17 + i * 18, 87, 5, 3.4, face=SERIF)
    b.text(INK, 50, 95, 2.6, str(b.rng.integers(1, 500)), face=SERIF, anchor="mm")


def _newspaper(b: Brush) -> None:
    b.text(
        BLACK,
        50,
        3,
        8,
        f"The {word(b.rng).title()} {pick(b.rng, ('Times', 'Post', 'News', 'Herald'))}",
        face=SERIF_BOLD,
        anchor="mt",
    )
    b.line(BLACK, 0.5, 4, 14, 96, 14)
    b.text(BLACK, 5, 16, 5.4, sentence(b.rng, 24), face=SERIF_BOLD)
    b.rect((150, 150, 150), 36, 25, 96, 52)
    draw_item(b.rng, b.frame(66, 38.5, 36, 26), in_some_colour(b.rng, pick(b.rng, THINGS)))
    for column in range(3):
        left = 5 + column * 31
        lines(b, left, 25 if column == 0 else 56, left + 28, 24 if column == 0 else 14, 2.8, face=SERIF)


def _handwritten(b: Brush) -> None:
    if maybe(b.rng, 0.6):
        for y in np.arange(10, 96, 6.5).tolist():
            b.line((170, 196, 226), 0.4, 4, y, 96, y)
        b.line((226, 120, 120), 0.5, 14, 2, 14, 98)
    ink = pick(b.rng, (PEN, INK, (150, 40, 40)))
    for y in np.arange(8, 90, 6.5).tolist()[: int(b.rng.integers(5, 13))]:
        scribble(b, 17, y, float(b.rng.uniform(40, 76)), 4, ink)


def _certificate(b: Brush) -> None:
    b.line((190, 150, 60), 2, 4, 5, 96, 5, 96, 95, 4, 95, 4, 5)
    b.line((190, 150, 60), 0.6, 7, 9, 93, 9, 93, 91, 7, 91, 7, 9)
    b.text((110, 80, 30), 50, 20, 12, pick(b.rng, ("Certificate", "Diploma", "Award")), face=SERIF_BOLD, anchor="mt")
    b.text(INK, 50, 46, 8, full_name(b.rng), face=ITALIC, anchor="mt")
    lines(b, 24, 60, 76, 2, 5, face=SERIF)
    scribble(b, 16, 80, 22, 6)
    b.oval((200, 40, 40), 80, 78, 6, 8)


def _business_card(b: Brush) -> None:
    b.rect(b.main, 0, 0, 100 if maybe(b.rng, 0.3) else 6, 100 if maybe(b.rng, 0.5) else 12)
    b.oval(b.dark, 82, 28, 9, 15)
    b.text(INK, 12, 28, 12, full_name(b.rng), face=BOLD)
    b.text(GREY, 12, 44, 8, pick(b.rng, ("Sales Manager", "Architect", "Engineer", "Designer", "Doctor")))
    for i, text in enumerate(
        (
            f"+49 {b.rng.integers(100, 999)} {b.rng.integers(10000, 99999)}",
            f"{word(b.rng)}@{word(b.rng)}.com",
            f"www.{word(b.rng)}.com",
        )
    ):
        b.text(INK, 12, 62 + i * 10, 7, text)


def _ticket(b: Brush) -> None:
    b.rect(b.main, 0, 0, 100, 24)
    b.text(WHITE, 5, 6, 13, pick(b.rng, ("BOARDING PASS", "TRAIN TICKET", "CONCERT", "CINEMA TICKET")), face=BOLD)
    for y in range(2, 100, 8):
        b.line(GREY, 0.5, 74, y, 74, y + 4)
    for i, text in enumerate(
        (
            full_name(b.rng),
            date(b.rng),
            f"Seat {b.rng.integers(1, 40)}{pick(b.rng, 'ABCDEF')}",
            f"Gate {b.rng.integers(1, 60)}",
        )
    ):
        b.text(INK, 5, 34 + i * 15, 9, text)
    bars(b, 79, 34, 96, 92)


def _recipe(b: Brush) -> None:
    b.text(
        b.dark,
        8,
        6,
        5,
        f"{word(b.rng).title()} {pick(b.rng, ('Soup', 'Cake', 'Salad', 'Pasta', 'Bread'))}",
        face=SERIF_BOLD,
    )
    dish = pick(b.rng, ("plate of food", "cake", "pizza", "loaf of bread", "piece of cake"))
    draw_item(b.rng, b.frame(74, 26, 42, 30), in_some_colour(b.rng, BY_NAME[dish]))
    for i in range(7):
        b.oval(b.dark, 10, 18.4 + i * 4, 0.8)
        b.text(INK, 13, 17 + i * 4, 2.6, f"{b.rng.integers(1, 500)} g {word(b.rng)}")
    for i in range(3):
        b.text(b.dark, 8, 52 + i * 15, 4, str(i + 1), face=BOLD)
        lines(b, 15, 52 + i * 15, 92, 4)


def _sheet_music(b: Brush) -> None:
    b.text(INK, 50, 4, 4.4, sentence(b.rng, 14), face=SERIF, anchor="mt")
    for system in range(6):
        top = 14 + system * 14
        for i in range(5):
            b.line(BLACK, 0.3, 6, top + i * 1.6, 94, top + i * 1.6)
        for x in (6, 35, 65, 94):
            b.line(BLACK, 0.4, x, top, x, top + 6.4)
        b.curve(BLACK, 0.6, 9, top + 7, 10, top - 1, 8, top + 4, 10, top + 5)
        for x in np.arange(14, 92, 5.2).tolist():
            y = top + float(b.rng.integers(0, 9)) * 0.8
            b.oval(BLACK, x, y, 1.4, 0.8, turn=-20)
            b.line(BLACK, 0.4, x + 1.2, y, x + 1.2, y - 4.5)


def _id_card(b: Brush) -> None:
    b.rect(mix(b.main, WHITE, 0.6), 0, 0, 100, 100, 5)
    b.rect(b.main, 0, 0, 100, 18)
    b.text(WHITE, 5, 4, 10, pick(b.rng, ("IDENTITY CARD", "DRIVING LICENCE", "STUDENT CARD", "MEMBER CARD")), face=BOLD)
    b.rect((226, 230, 234), 5, 26, 35, 82)
    draw_item(
        b.rng, b.frame(20, 54, 28, 54), in_some_colour(b.rng, BY_NAME[pick(b.rng, ("man's face", "woman's face"))])
    )
    for i, text in enumerate((full_name(b.rng), date(b.rng), word(b.rng).title(), str(b.rng.integers(10**7, 10**8)))):
        b.text(INK, 40, 28 + i * 15, 8, text)


def bars(b: Brush, left: float, top: float, right: float, bottom: float) -> None:
    """Draw a barcode."""
    x = left
    while x < right:
        width = float(b.rng.uniform(0.4, 2.2)) * (right - left) / 80
        b.rect(BLACK, x, top, min(x + width, right), bottom)
        x += width + float(b.rng.uniform(0.4, 1.8)) * (right - left) / 80


def _barcode(b: Brush) -> None:
    bars(b, 8, 10, 92, 78)
    b.text(BLACK, 50, 90, 14, " ".join(str(d) for d in b.rng.integers(0, 10, 12)), face=MONO, anchor="mm")


def _qr_code(b: Brush) -> None:
    n = int(pick(b.rng, (21, 25, 29)))
    step = 84 / n
    cells = b.rng.random((n, n)) < 0.48
    for r, c in np.argwhere(cells).tolist():
        b.rect(BLACK, 8 + c * step, 8 + r * step, 8 + (c + 1) * step, 8 + (r + 1) * step)
    for x, y in ((8, 8), (92 - 7 * step, 8), (8, 92 - 7 * step)):
        b.rect(WHITE, x - 0.3, y - 0.3, x + 8 * step, y + 8 * step)
        b.rect(BLACK, x, y, x + 7 * step, y + 7 * step)
        b.rect(WHITE, x + step, y + step, x + 6 * step, y + 6 * step)
        b.rect(BLACK, x + 2 * step, y + 2 * step, x + 5 * step, y + 5 * step)


def _slide(b: Brush) -> None:
    b.rect(b.main, 0, 0, 100, 20)
    b.text(WHITE, 6, 5, 10, sentence(b.rng, 18), face=BOLD)
    for i in range(int(b.rng.integers(3, 6))):
        b.oval(b.dark, 8, 32 + i * 12, 1.4, 2)
        b.text(INK, 12, 29 + i * 12, 6.5, sentence(b.rng, int(b.rng.integers(9, 18))))
    if maybe(b.rng, 0.6):
        draw_item(b.rng, b.frame(78, 60, 32, 52), in_some_colour(b.rng, pick(b.rng, THINGS)))
    else:
        for i, height in enumerate(b.rng.uniform(12, 56, 4).tolist()):
            b.rect((b.main, b.dark, b.light, b.main)[i], 60 + i * 9, 90 - height, 67 + i * 9, 90)


def _calendar(b: Brush) -> None:
    b.rect(b.main, 0, 0, 100, 18)
    b.text(WHITE, 50, 9, 9, f"{pick(b.rng, MONTHS)} {b.rng.integers(2000, 2030)}", face=BOLD, anchor="mm")
    first = int(b.rng.integers(0, 7))
    for day in range(31):
        x, y = (day + first) % 7, (day + first) // 7
        if maybe(b.rng, 0.06):
            b.oval((230, 90, 80), 8.5 + x * 14, 29 + y * 12.5, 5)
        b.text(INK, 8.5 + x * 14, 29 + y * 12.5, 6, str(day + 1), anchor="mm")
        b.line(mix(GREY, WHITE, 0.6), 0.3, 2, 35 + y * 12.5, 98, 35 + y * 12.5)


def _passport_stamp(b: Brush) -> None:
    b.rect(b.main, 5, 5, 95, 95)
    draw_item(b.rng, b.frame(50, 48, 70, 66), in_some_colour(b.rng, pick(b.rng, THINGS)))
    for v in range(3, 100, 8):
        for x, y in ((v, 0), (v, 100), (0, v), (100, v)):
            b.oval(GREY, x, y, 2)
    b.text(WHITE, 90, 92, 12, str(pick(b.rng, (20, 45, 80, 100))), face=BOLD, anchor="rb")


def _comic(b: Brush) -> None:
    for x, y, w, h in ((3, 3, 45, 28), (52, 3, 45, 28), (3, 35, 94, 28), (3, 67, 60, 30), (67, 67, 30, 30)):
        b.rect(mix(colour(b.rng).rgb, WHITE, 0.5), x, y, x + w, y + h)
        draw_item(b.rng, b.frame(x + w / 2, y + h * 0.62, 22, 17), in_some_colour(b.rng, pick(b.rng, THINGS)))
        b.oval(WHITE, x + w * 0.35, y + 5, w * 0.28, 3.5)
        b.text(BLACK, x + w * 0.35, y + 5, 2.2, sentence(b.rng, 7), anchor="mm")
        b.line(BLACK, 0.6, x, y, x + w, y, x + w, y + h, x, y + h, x, y)


def _menu(b: Brush) -> None:
    b.text(b.dark, 50, 6, 8, pick(b.rng, ("MENU", "Menu", "Bistro", "Restaurant")), face=SERIF_BOLD, anchor="mt")
    for i in range(12):
        b.text(INK, 12, 20 + i * 6, 3, sentence(b.rng, 15), face=SERIF)
        b.text(INK, 88, 20 + i * 6, 3, amount(b.rng, 30), face=SERIF, anchor="rt")


PAPERS: tuple[Paper, ...] = (
    Paper(_letter, ("letter", "typed letter", "business letter", "page with a letter")),
    Paper(_letter, ("letter", "old letter", "correspondence"), ground=(240, 228, 200)),
    Paper(_invoice, ("invoice", "bill", "invoice with a total")),
    Paper(_receipt, ("receipt", "shop receipt", "till receipt", "cash receipt"), 0.45),
    Paper(_form, ("form", "form to fill in", "application form", "paper form")),
    Paper(_book_page, ("book page", "page of text", "page from a book"), 0.68, (246, 240, 226)),
    Paper(_newspaper, ("newspaper", "newspaper page", "front page of a newspaper"), 0.75, (232, 228, 216)),
    Paper(_handwritten, ("handwritten note", "handwriting", "notes written by hand", "handwritten page"), 0.75),
    Paper(_handwritten, ("sticky note", "yellow note with handwriting", "handwritten memo"), 1.0, (252, 236, 130)),
    Paper(_certificate, ("certificate", "diploma", "framed certificate"), 1.4, (252, 248, 232)),
    Paper(_business_card, ("business card", "visiting card", "card with a name and address"), 1.7),
    Paper(_ticket, ("ticket", "boarding pass", "travel ticket", "admission ticket"), 2.1),
    Paper(_recipe, ("recipe", "cooking recipe", "page of a cookbook")),
    Paper(_sheet_music, ("sheet music", "musical score", "notes of a song", "music sheet")),
    Paper(_id_card, ("identity card", "ID card", "driving licence", "card with a portrait"), 1.6),
    Paper(_barcode, ("barcode", "bar code", "product barcode"), 1.5, WHITE),
    Paper(_qr_code, ("QR code", "two-dimensional barcode", "square code"), 1.0, WHITE),
    Paper(_slide, ("presentation slide", "slide with bullet points", "slide of a presentation"), 1.5, WHITE),
    Paper(_calendar, ("calendar", "calendar page", "month calendar"), 1.1, WHITE),
    Paper(_passport_stamp, ("postage stamp", "stamp"), 0.8, WHITE),
    Paper(_comic, ("comic", "comic strip", "page of a comic", "comic book page"), 0.72, WHITE),
    Paper(_menu, ("menu", "restaurant menu", "menu with prices"), 0.65, (248, 240, 222)),
)
