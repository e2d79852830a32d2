"""The two PDF documents of the sample folder."""

from math import cos, pi, sin

from pdf import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, Colour, Page, document

GREEN: Colour = (0.1, 0.32, 0.3)

GUIDE: list[tuple[str, tuple[Colour, Colour, Colour], list[str]]] = [
    (
        "Robin",
        ((0.46, 0.4, 0.33), (0.88, 0.42, 0.18), (0.46, 0.4, 0.33)),
        [
            (
                "Orange from the forehead down to the breast, the rest a quiet olive brown. Males and females "
                "look the same; the young are speckled all over and easily mistaken for something rarer."
            ),
            (
                "Robins sing all year round, in December under the street lamp if need be. Each one defends a "
                "patch of its own, and in winter the females do so too. The song is a thin, silvery trickle that seems "
                "to hesitate before every phrase."
            ),
            (
                "Whoever digs is followed: robins have learned that a spade turns up worms, as wild boar once did "
                "for them. A dish of mealworms on the ground makes friends within a week."
            ),
        ],
    ),
    (
        "Great tit",
        ((0.3, 0.42, 0.26), (0.95, 0.82, 0.25), (0.12, 0.14, 0.16)),
        [
            (
                "Black cap, white cheeks, and a black tie over a yellow waistcoat. The broader the tie, the more "
                "the owner has to say."
            ),
            (
                "The call from February on is a see-sawing two notes, like a rusty pump. Great tits have a "
                "hundred other phrases as well and swap them about, so when a sound in the hedge is new to you, it "
                "is usually one of them."
            ),
            (
                "They nest in every hole that measures 32 millimetres across: boxes, letter slots, the end of a "
                "hollow gatepost. A pair carries some ten thousand caterpillars to one brood, which is why the old "
                "orchard keepers loved them."
            ),
        ],
    ),
    (
        "Blackbird",
        ((0.12, 0.12, 0.14), (0.2, 0.2, 0.22), (0.12, 0.12, 0.14)),
        [
            (
                "The male is coal black with a bill like a segment of tangerine and a ring of the same around "
                "the eye. The female is brown and faintly streaked. Both run a few steps, stop, tilt the head, listen "
                "to the lawn."
            ),
            (
                "The song at dusk, from the ridge of the roof, is slow and fluting and never twice the same. "
                "The alarm is another matter: a rattling outburst as the bird shoots low across the path, at the cat, "
                "at you, or at nothing at all."
            ),
            "Leave the fallen apples where they are. In January they are worth more than any seed from the shop.",
        ],
    ),
]


def _bird(page: Page, x: float, y: float, colours: tuple[Colour, Colour, Colour]) -> None:
    """Draw a round bird on a twig, in the colours of its back, breast and head."""
    back, breast, head = colours
    red, green, blue = back
    page.box(x - 70, y - 47, 150, 4, (0.45, 0.34, 0.25))
    page.polygon([(x - 40, y - 2), (x - 92, y - 22), (x - 86, y - 34), (x - 30, y - 20)], back)
    page.ellipse(x, y, 46, 36, back)
    page.ellipse(x + 12, y - 8, 31, 27, breast)
    page.ellipse(x + 34, y + 27, 25, 23, head)
    page.polygon([(x + 57, y + 31), (x + 74, y + 25), (x + 57, y + 20)], (0.93, 0.62, 0.16))
    page.ellipse(x + 42, y + 31, 4.4, 4.4, (1, 1, 1))
    page.ellipse(x + 43, y + 31, 3.2, 3.2, (0.05, 0.05, 0.05))
    wing = [(x - 8 + 32 * cos(a), y + 2 + 19 * sin(a)) for a in (pi * i / 12 for i in range(10, 25))]
    page.polygon(wing, (red * 0.72, green * 0.72, blue * 0.72))
    for leg in (-4, 12):
        page.box(x + leg, y - 45, 2, 13, (0.45, 0.34, 0.25))


def _cover() -> Page:
    page = Page()
    page.box(0, 0, PAGE_WIDTH, PAGE_HEIGHT, (0.93, 0.96, 0.92))
    page.box(0, 0, PAGE_WIDTH, 250, (0.76, 0.86, 0.72))
    page.ellipse(460, 700, 58, 58, (0.98, 0.83, 0.42))
    for x, tall in ((90, 150), (170, 210), (510, 190)):
        page.box(x - 5, 240, 10, tall * 0.5, (0.5, 0.4, 0.3))
        page.ellipse(x, 240 + tall * 0.75, 46, tall * 0.42, (0.42, 0.63, 0.45))
    _bird(page, 360, 330, GUIDE[0][1])
    page.write("Garden birds", MARGIN, 620, 40, "F2", GREEN)
    page.write("Three that you will certainly meet", MARGIN, 588, 17, "F3", GREEN)
    page.write("Hedgerow Evening School, spring term", MARGIN, 110, 12, "F1", GREEN)
    return page


def guide() -> bytes:
    """Return the guide to garden birds, four pages."""
    pages = [_cover()]
    for number, (name, colours, paragraphs) in enumerate(GUIDE, 2):
        page = Page()
        page.box(0, PAGE_HEIGHT - 210, PAGE_WIDTH, 210, (0.93, 0.96, 0.92))
        _bird(page, PAGE_WIDTH / 2, PAGE_HEIGHT - 105, colours)
        page.cursor = PAGE_HEIGHT - 240
        page.heading(name, 24)
        for paragraph in paragraphs:
            page.paragraph(paragraph, 12)
        page.write(str(number), PAGE_WIDTH / 2, 50, 10, "F1", GREEN)
        pages.append(page)
    return document(pages, "Garden birds", "Hedgerow Evening School", "D:20240301100000Z")


LEASE = [
    ("Parties", "Landlord: Brandt Property, 3 Mill Lane. Tenants: Marta and Erik Olsen."),
    (
        "Premises",
        (
            "Third floor left, 14 Weaver Street: 3 rooms, kitchen, bathroom, 74 square metres, a compartment in the "
            "cellar and shared use of the yard for drying laundry and parking bicycles."
        ),
    ),
    (
        "Term",
        (
            "From 1 May 2022, open-ended. The tenants may give notice of three months to the end of any month, the "
            "landlord only for the reasons that the law names."
        ),
    ),
    (
        "Payment",
        (
            "980 a month including water and the caretaker, due on the third working day. Heating is settled once a "
            "year by meter. A deposit of 2,400 is kept in a separate savings account and returned with interest."
        ),
    ),
    (
        "Condition",
        (
            "Floors sanded and walls white at handover. Small holes are allowed. A dripping tap is the landlord's "
            "affair from the first drip; a lost key is the tenants'."
        ),
    ),
    ("Pets", "One cat. The neighbours have been asked."),
]


def lease() -> bytes:
    """Return the summary of the lease, one page."""
    page = Page()
    page.box(0, PAGE_HEIGHT - 14, PAGE_WIDTH, 14, (0.24, 0.36, 0.56))
    page.heading("Lease, in brief", 22, (0.24, 0.36, 0.56))
    page.paragraph("Summary of what was signed on 11 April 2022. The full text prevails.", 10, "F3")
    for title, body in LEASE:
        page.heading(title, 12, (0.24, 0.36, 0.56))
        page.paragraph(body)
    for x, name in ((MARGIN, "K. Brandt"), (330, "M. Olsen, E. Olsen")):
        page.box(x, 120, 180, 0.8, (0.4, 0.4, 0.4))
        page.write(name, x, 106, 9, "F3")
    return document([page], "Lease, in brief", "Brandt Property", "D:20220411090000Z")
