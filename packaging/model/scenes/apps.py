"""What programs show: terminals, web pages, chats, maps, players and others."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scenes.brush import Brush
from scenes.chance import Rng, maybe, pick
from scenes.colours import BLACK, GREY, PALETTE, RGB, WHITE, colour, jittered, mix, shade
from scenes.lettering import BOLD, MONO
from scenes.objects import draw_item, in_some_colour
from scenes.things.catalogue import BY_NAME, THINGS
from scenes.words import FIRST_NAMES, MONTHS, amount, full_name, sentence, word


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a screen, light or dark."""

    ground: RGB
    panel: RGB
    ink: RGB
    accent: RGB


@dataclass(frozen=True, slots=True)
class Screen:
    """A kind of screen: who draws its content, its names, whether it stands on a desktop, in a window or on a phone."""

    draw: Callable[[Brush, Theme], None]
    names: tuple[str, ...]
    phone: bool = False
    dark: float = 0.3


def theme(rng: Rng, dark: float) -> Theme:
    """Return a light theme, or a dark one with this probability."""
    accent = jittered(
        rng, pick(rng, ((52, 120, 220), (0, 150, 136), (220, 70, 60), (120, 80, 200), (240, 140, 40), (60, 160, 80)))
    )
    if maybe(rng, dark):
        ground = jittered(rng, pick(rng, ((30, 32, 38), (18, 18, 20), (40, 44, 56), (0, 43, 54))), 0.5)
        return Theme(ground, shade(ground, 1.08), (214, 218, 224), accent)
    return Theme(WHITE, jittered(rng, (240, 241, 244), 0.3), (48, 50, 56), accent)


def _terminal(b: Brush, t: Theme) -> None:
    ink = pick(b.rng, ((90, 220, 110), (220, 222, 224), (220, 222, 224), (240, 180, 60)))
    b.rect(t.ground if sum(t.ground) < 300 else (16, 16, 20), 0, 0, 100, 100)
    for i in range(int(b.rng.integers(7, 19))):
        prompt = maybe(b.rng, 0.4)
        if prompt:
            b.text((100, 170, 250), 3, 4 + i * 5, 4, f"{pick(b.rng, FIRST_NAMES).lower()}@pc:~$", face=MONO)
        b.text(
            ink,
            36 if prompt else 3,
            4 + i * 5,
            4,
            pick(b.rng, ("ls -la", "make test", "git status", "cd src", sentence(b.rng, 24), sentence(b.rng, 40))),
            face=MONO,
        )


def _code(b: Brush, t: Theme) -> None:
    tones = ((198, 120, 221), (97, 160, 239), (120, 190, 100), (230, 150, 90), t.ink)
    b.rect(t.panel, 0, 0, 18, 100)
    for i in range(9):
        b.text(mix(t.ink, t.panel, 0.4), 2, 4 + i * 6, 3.4, f"{word(b.rng)}.py")
    indent = 0
    for i in range(18):
        indent = int(np.clip(indent + b.rng.integers(-1, 2), 0, 4))
        b.text(mix(t.ink, t.ground, 0.6), 23, 4 + i * 5.2, 3.2, str(i + 1), face=MONO, anchor="rt")
        x = 26 + indent * 5.0
        for _ in range(int(b.rng.integers(1, 5))):
            text = pick(b.rng, ("def", "return", "if", "self", "for", "import", "=", "()", word(b.rng), word(b.rng)))
            b.text(pick(b.rng, tones), x, 4 + i * 5.2, 3.6, text, face=MONO)
            x += len(text) * 2.3 + 2.4


def _web_page(b: Brush, t: Theme) -> None:
    b.rect(t.panel, 0, 0, 100, 9)
    b.rect(t.ground, 14, 2, 86, 7, 3)
    b.text(mix(t.ink, t.ground, 0.4), 17, 3, 3.2, f"www.{word(b.rng)}.com")
    b.rect(t.accent, 0, 9, 100, 20)
    b.text(WHITE, 4, 11.5, 5.5, word(b.rng).title(), face=BOLD)
    for i in range(4):
        b.text(WHITE, 46 + i * 13, 12.5, 3.6, word(b.rng).title()[:6])
    if maybe(b.rng, 0.5):
        _picture(b, 4, 24, 96, 56)
        _paragraph(b, t, 4, 62, 96, 7)
    else:
        for i in range(6):
            x, y = 4 + i % 3 * 32, 25 + i // 3 * 37
            _picture(b, x, y, x + 28, y + 22)
            _paragraph(b, t, x, y + 25, x + 28, 2)


def _picture(b: Brush, left: float, top: float, right: float, bottom: float) -> None:
    b.rect(mix(colour(b.rng).rgb, WHITE, 0.6), left, top, right, bottom)
    size = min(right - left, bottom - top) * 0.9
    draw_item(
        b.rng, b.frame((left + right) / 2, (top + bottom) / 2, size, size), in_some_colour(b.rng, pick(b.rng, THINGS))
    )


def _paragraph(b: Brush, t: Theme, left: float, top: float, right: float, count: int) -> None:
    for i in range(count):
        b.text(
            t.ink, left, top + i * 4.8, 3.3, sentence(b.rng, max(int((right - left) / 1.9 * b.rng.uniform(0.6, 1)), 3))
        )


def _chat(b: Brush, t: Theme) -> None:
    b.rect(t.accent, 0, 0, 100, 10)
    b.oval(WHITE, 7, 5, 3.4)
    b.text(WHITE, 14, 2.6, 4.8, full_name(b.rng), face=BOLD)
    y = 14.0
    while y < 84:
        height, width = float(pick(b.rng, (8, 8, 13, 18))), float(b.rng.uniform(26, 66))
        mine = maybe(b.rng, 0.5)
        left = 96 - width if mine else 4
        tone = mix(t.accent, WHITE, 0.55) if mine else mix(t.panel, GREY, 0.18)
        b.rect(tone, left, y, left + width, y + height, 4)
        for i in range(int(height // 5)):
            b.text(
                BLACK if sum(tone) > 380 else WHITE, left + 3, y + 1.8 + i * 5, 3.6, sentence(b.rng, int(width / 2.5))
            )
        y += height + 3
    b.rect(t.panel, 3, 91, 97, 98, 4)


def _spreadsheet(b: Brush, t: Theme) -> None:
    b.rect((33, 115, 70), 0, 0, 100, 7)
    b.rect(t.panel, 0, 7, 100, 21)
    rule = mix(t.ink, t.ground, 0.75)
    for c in range(7):
        x = 6 + c * 14
        b.line(rule, 0.4, x, 15, x, 100)
        b.text(t.ink, x + 7, 18, 3.4, "ABCDEFG"[c], anchor="mm")
    for r in range(15):
        y = 21 + r * 5.4
        b.line(rule, 0.4, 0, y, 100, y)
        b.text(t.ink, 3, y + 2.7, 3, str(r + 1), anchor="mm")
        for c in range(7):
            if maybe(b.rng, 0.7 if r < 9 else 0.15):
                b.text(t.ink, 7 + c * 14, y + 2.7, 3, word(b.rng)[:7] if c == 0 else amount(b.rng, 999), anchor="lm")
    b.line((33, 115, 70), 0.9, 34, 43, 48, 43, 48, 48, 34, 48, 34, 43)


def _calendar(b: Brush, t: Theme) -> None:
    b.text(t.ink, 3, 3, 6, f"{pick(b.rng, MONTHS)} {b.rng.integers(2010, 2030)}", face=BOLD)
    for c in range(7):
        b.text(
            mix(t.ink, t.ground, 0.3), 9 + c * 13.6, 14, 3.4, ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")[c], anchor="mm"
        )
    for i in range(35):
        x, y = 2.4 + i % 7 * 13.6, 17 + i // 7 * 16
        b.line(mix(t.ink, t.ground, 0.75), 0.4, x, y, x + 13.6, y, x + 13.6, y + 16, x, y + 16, x, y)
        b.text(t.ink, x + 1, y + 1, 3.2, str(i % 31 + 1))
        if maybe(b.rng, 0.35):
            b.rect(jittered(b.rng, pick(b.rng, PALETTE[:7]).rgb), x + 1, y + 6, x + 12.6, y + 10, 1)


def _login(b: Brush, t: Theme) -> None:
    b.rect(mix(t.accent, t.ground, 0.8), 0, 0, 100, 100)
    b.rect(t.ground, 20, 12, 80, 90, 3)
    b.oval(t.accent, 50, 28, 9)
    b.text(t.ink, 50, 43, 5, pick(b.rng, ("Sign in", "Log in", "Welcome")), face=BOLD, anchor="mm")
    for y, text in ((50, "Username"), (62, "Password")):
        b.rect(t.panel, 27, y, 73, y + 9, 1.5)
        b.text(mix(t.ink, t.panel, 0.4), 29, y + 4.5, 3.6, text if maybe(b.rng, 0.6) else "••••••", anchor="lm")
    b.rect(t.accent, 27, 75, 73, 84, 1.5)
    b.text(WHITE, 50, 79.5, 4, "Log in", face=BOLD, anchor="mm")


def _error(b: Brush, t: Theme) -> None:
    b.rect(mix(t.panel, t.accent, 0.3), 0, 0, 100, 100)
    b.rect(t.ground, 8, 26, 92, 76, 2)
    b.rect(t.panel, 8, 26, 92, 34, 2)
    b.text(t.ink, 11, 30, 4, "Error", face=BOLD, anchor="lm")
    b.oval((214, 48, 48), 20, 50, 7)
    b.text(WHITE, 20, 50, 10, pick(b.rng, "!×"), face=BOLD, anchor="mm")
    b.text(
        t.ink,
        31,
        42,
        4.4,
        pick(b.rng, ("File not found", "Access denied", "Connection failed", "Disk is full")),
        face=BOLD,
    )
    _paragraph(b, t, 31, 50, 88, 2)
    for x in (58, 76):
        b.rect(t.accent if x == 76 else t.panel, x, 65, x + 14, 73, 1.5)
        b.text(WHITE if x == 76 else t.ink, x + 7, 69, 3.6, "OK" if x == 76 else "Cancel", anchor="mm")


def _video_call(b: Brush, t: Theme) -> None:
    b.rect((24, 26, 30), 0, 0, 100, 100)
    n = pick(b.rng, (1, 2, 2, 3))
    cell = 100 / n
    for i in range(n * n):
        x, y, h = i % n * cell, i // n * cell * 0.88, cell * 0.88
        b.rect(mix(colour(b.rng).rgb, (210, 205, 200), 0.6), x + 0.8, y + 0.8, x + cell - 0.8, y + h - 0.8)
        face = BY_NAME[pick(b.rng, ("man's face", "woman's face"))]
        draw_item(b.rng, b.frame(x + cell / 2, y + h * 0.56, h * 0.85, h * 0.85), in_some_colour(b.rng, face))
        b.text(WHITE, x + 2, y + h - 6, 4, pick(b.rng, FIRST_NAMES))
    for i, tone in enumerate(((80, 84, 90), (80, 84, 90), (220, 50, 50))):
        b.oval(tone if i == 2 else t.accent, 38 + i * 12, 94, 4.4)


def _map(b: Brush, t: Theme) -> None:
    dark = sum(t.ground) < 300
    b.rect((46, 52, 60) if dark else (236, 232, 222), 0, 0, 100, 100)
    for _ in range(3):
        x, y = b.rng.uniform(0, 100, 2).tolist()
        b.blob((50, 76, 58) if dark else (196, 222, 170), x - 14, y, x, y - 11, x + 15, y + 2, x, y + 12)
    b.curve(
        (60, 90, 130) if dark else (160, 200, 232),
        7,
        -5,
        float(b.rng.uniform(10, 90)),
        30,
        float(b.rng.uniform(10, 90)),
        70,
        float(b.rng.uniform(10, 90)),
        105,
        50,
    )
    for _ in range(12):
        along = float(b.rng.uniform(0, 100))
        skew = float(b.rng.normal(0, 14))
        xy = (along, -2, along + skew, 102) if maybe(b.rng, 0.5) else (-2, along, 102, along + skew)
        b.line((110, 114, 120) if dark else WHITE, float(pick(b.rng, (1, 1, 2.2))), *xy)
    route = np.cumsum(b.rng.uniform(-6, 16, (6, 2)), axis=0) + 15
    b.line((50, 110, 240), 2, *route.ravel().tolist())
    x, y = route[-1].tolist()
    b.poly((220, 50, 44), x, y, x - 4, y - 9, x + 4, y - 9)
    b.oval((220, 50, 44), x, y - 11, 4.6)
    b.rect(t.ground, 4, 3, 70, 11, 3)
    b.text(t.ink, 8, 5, 4, word(b.rng).title())


def _music_player(b: Brush, t: Theme) -> None:
    b.rect(mix(t.accent, t.ground, 0.7), 0, 0, 100, 100)
    _picture(b, 26, 8, 74, 56)
    b.text(t.ink, 50, 63, 5.4, sentence(b.rng, 14), face=BOLD, anchor="mm")
    b.text(mix(t.ink, t.ground, 0.3), 50, 70, 4, full_name(b.rng), anchor="mm")
    part = float(b.rng.uniform(15, 85))
    b.line(GREY, 1.2, 12, 77, 88, 77)
    b.line(t.accent, 1.6, 12, 77, part, 77)
    b.oval(t.accent, part, 77, 1.8)
    b.oval(t.accent, 50, 88, 7)
    b.poly(WHITE, 47.5, 84, 47.5, 92, 54.5, 88)
    for x, d in ((30, -1), (70, 1)):
        b.poly(t.ink, x - 3 * d, 85, x - 3 * d, 91, x + 3 * d, 88)


def _files(b: Brush, t: Theme) -> None:
    b.rect(t.panel, 0, 0, 22, 100)
    for i in range(7):
        b.text(t.ink, 3, 5 + i * 8, 3.6, ("Home", "Documents", "Pictures", "Music", "Videos", "Downloads", "Trash")[i])
    for i in range(16):
        x, y = 30 + i % 4 * 18, 5 + i // 4 * 24
        if maybe(b.rng, 0.5):
            b.rect(shade(t.accent, 0.85), x, y + 1, x + 6, y + 5, 1)
            b.rect(t.accent, x, y + 3, x + 13, y + 14, 1)
        else:
            b.poly(mix(WHITE, GREY, 0.15), x + 1, y, x + 8, y, x + 11, y + 3, x + 11, y + 14, x + 1, y + 14)
        b.text(t.ink, x + 6, y + 18, 2.8, word(b.rng)[:8], anchor="mm")


def _mail(b: Brush, t: Theme) -> None:
    b.rect(t.accent, 0, 0, 100, 8)
    b.text(WHITE, 3, 1.6, 4.6, pick(b.rng, ("Inbox", "Mail", "Messages")), face=BOLD)
    for i in range(9):
        y = 9 + i * 10
        b.oval(jittered(b.rng, pick(b.rng, PALETTE[:7]).rgb), 6, y + 4.6, 3.2)
        b.text(t.ink, 12, y + 1, 3.4, full_name(b.rng), face=BOLD)
        b.text(mix(t.ink, t.ground, 0.3), 12, y + 5, 3, sentence(b.rng, 40))
        b.line(mix(t.ink, t.ground, 0.85), 0.4, 0, y + 9.6, 100, y + 9.6)


def _settings(b: Brush, t: Theme) -> None:
    b.text(t.ink, 5, 4, 6, "Settings", face=BOLD)
    for i in range(8):
        y = 16 + i * 10.2
        on = maybe(b.rng, 0.5)
        b.text(t.ink, 6, y + 1, 4, sentence(b.rng, 16))
        b.rect(t.accent if on else mix(t.ink, t.ground, 0.6), 80, y, 92, y + 6, 3)
        b.oval(WHITE, 89 if on else 83, y + 3, 2.4)


def _editor(b: Brush, t: Theme) -> None:
    b.rect(t.accent, 0, 0, 100, 6)
    b.rect(t.panel, 0, 6, 100, 16)
    for i in range(12):
        b.rect(mix(t.ink, t.panel, 0.5), 3 + i * 6, 9, 6 + i * 6, 13, 0.5)
    b.rect(mix(t.panel, GREY, 0.3), 0, 16, 100, 100)
    b.rect(WHITE, 16, 20, 84, 100)
    page = Theme(WHITE, WHITE, (48, 50, 56), t.accent)
    b.text(page.ink, 22, 25, 5, sentence(b.rng, 18), face=BOLD)
    for i in range(3):
        _paragraph(b, page, 22, 34 + i * 22, 78, 4)


def _photo_viewer(b: Brush, t: Theme) -> None:
    b.rect((24, 24, 26), 0, 0, 100, 100)
    left, top, right, bottom = 6, 6, 94, 80
    b.rect((150, 196, 236), left, top, right, bottom)
    b.rect(jittered(b.rng, (110, 160, 90), 2), left, 56, right, bottom)
    draw_item(b.rng, b.frame(50, 50, 52, 52), in_some_colour(b.rng, pick(b.rng, THINGS)))
    for i in range(6):
        b.rect(mix(colour(b.rng).rgb, GREY, 0.3), 8 + i * 14.4, 85, 20 + i * 14.4, 97)
    b.rect(t.accent, 8, 97, 20, 98.5)


def _home_screen(b: Brush, t: Theme) -> None:
    tone = mix(t.accent, colour(b.rng).rgb, 0.5)
    b.rect(tone, 0, 0, 100, 100)
    b.blob(shade(tone, 0.8), -20, 120, -20, 70, 30, 55, 70, 72, 120, 50, 120, 120)
    b.text(WHITE, 50, 13, 12, f"{b.rng.integers(0, 24):02}:{b.rng.integers(0, 60):02}", anchor="mm")
    for i in range(16):
        x, y = 8 + i % 4 * 23, 30 + i // 4 * 17
        b.rect(jittered(b.rng, pick(b.rng, PALETTE).rgb), x, y, x + 15, y + 10, 3)


def _calculator(b: Brush, t: Theme) -> None:
    b.text(t.ink, 94, 14, 9, f"{b.rng.integers(0, 99999)}", anchor="rm")
    for i in range(20):
        x, y = 4 + i % 4 * 24, 26 + i // 4 * 14.6
        b.rect(t.accent if i % 4 == 3 else t.panel, x, y, x + 21, y + 12, 3)
        b.text(WHITE if i % 4 == 3 else t.ink, x + 10.5, y + 6, 6, "C()÷789×456-123+0.%="[i], anchor="mm")


SCREENS: tuple[Screen, ...] = (
    Screen(_terminal, ("terminal", "command line", "terminal window", "shell with commands"), dark=0.9),
    Screen(_code, ("code editor", "source code", "program code in an editor", "programming"), dark=0.65),
    Screen(_web_page, ("web page", "website", "browser with a web page", "web site in a browser"), dark=0.1),
    Screen(_chat, ("chat", "chat messages", "messenger conversation", "text messages")),
    Screen(_chat, ("chat on a phone", "messenger app", "text messages on a phone"), phone=True),
    Screen(_spreadsheet, ("spreadsheet", "table in a spreadsheet program", "spreadsheet with numbers"), dark=0.1),
    Screen(_calendar, ("calendar app", "month view of a calendar", "calendar with appointments")),
    Screen(_login, ("login screen", "login form", "sign-in page with a password")),
    Screen(_error, ("error message", "error dialog", "dialog box with an error"), dark=0.15),
    Screen(_video_call, ("video call", "video conference", "online meeting")),
    Screen(_map, ("map", "street map", "navigation map with a route", "city map")),
    Screen(_map, ("map on a phone", "navigation app", "map with directions"), phone=True),
    Screen(_music_player, ("music player", "player with a song", "music app"), dark=0.5),
    Screen(_music_player, ("music app on a phone", "music player on a smartphone"), phone=True, dark=0.5),
    Screen(_files, ("file manager", "folder with files", "files and folders")),
    Screen(_mail, ("email inbox", "mail program", "list of emails"), dark=0.15),
    Screen(_settings, ("settings window", "settings", "preferences with switches")),
    Screen(_settings, ("settings on a phone", "phone settings"), phone=True),
    Screen(_editor, ("word processor", "text document in an editor", "document being written"), dark=0.1),
    Screen(_photo_viewer, ("photo viewer", "picture viewer", "image in a viewer window"), dark=0.8),
    Screen(_home_screen, ("phone home screen", "home screen with app icons", "smartphone screen"), phone=True),
    Screen(_calculator, ("calculator", "calculator app"), dark=0.5),
)  # fmt: skip
