"""Icon themes and sets of vector icons, by the things they show."""

import json
import re
import tarfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from captions import cleaned, is_english, is_smiley, is_telling, thing_of, words_of
from drawings import Drawing, from_file, svg
from lexicon import Lexicon
from PIL import Image
from sources import Sources, icon_set
from splits import UNSEEN, Entry, order

_THEMES = {
    "Papirus": 700, "breeze": 900, "Adwaita": 600, "gnome": 900, "Tango": 500, "elementary": 700, "Numix": 500,
    "mate": 800, "Faenza": 900, "Moka": 500, "Paper": 500, "bloom": 600, "suru": 500, "Nuovo": 400, "gartoon": 400,
    "Yaru": 600, "gnome-colors-common": 400, "elementary-xfce": 500, "Mint-Y": 500, "Obsidian": 700, "nuoveXT2": 500,
    "Faba": 500, "oxygen": 1200,
}  # fmt: skip
"""Icon themes, and at most how many pictures of each: they repeat each other's names."""

_SORTS = ("devices", "places", "categories", "mimetypes", "mimes", "apps", "status", "actions", "emblems", "legacy")

_GENERIC = re.compile(
    "accessories-|applications-|utilities-|preferences-|system-|office-|multimedia-|internet-|graphics-|input-|help-|"
    "calendar|calculator|clock|camera|chess|dictionary|folder|gnome-(calculator|clocks|weather|maps|terminal)|mail-|"
    "map|music|network-|notes|photo|printer|scanner|terminal|user|video|weather|web-browser|keyboard|mouse|fonts?$"
)
"""Names of programs that name no maker: the others' icons are their makers' marks."""

_JUDGED_SORTS = ("devices", "places", "categories", "apps")
"""By these oxygen is judged: the others' names say what a button does."""

_PREFIXES = frozenset("audio input media accessories utilities desktop video office graphics user".split())
"""Words that freedesktop's names of icons begin with, to file them."""

_NOT_JUDGED = frozenset(
    "desktop system internet accessories development favorites repository web system users system network".split()
)
"""Names that nobody could draw."""


def themes(sources: Sources, lexicon: Lexicon) -> Iterator[Drawing]:
    """Icon themes: the largest drawing of every name, without their smileys, which are emoji."""
    for theme, most in _THEMES.items():
        largest: dict[str, tuple[int, str, str]] = {}
        base = sources.share / "icons" / theme
        for path in sorted(base.rglob("*")):
            within = path.relative_to(base)
            sort = next((part for part in within.parts if part in _SORTS), "")
            if path.suffix not in (".svg", ".png") or not sort or path.is_symlink() or "symbolic" in str(within):
                continue
            size = max([int(number) for number in re.findall(r"(\d+)(?:x\d+)?", str(within.parent))] or [0])
            size += 1000 if path.suffix == ".svg" else 0
            if size > largest.get(path.stem, (0,))[0] and not re.search("face-|smil|emoji|emote", str(within)):
                largest[path.stem] = (size, str(within), sort)
        chosen = sorted(largest.items(), key=lambda item: (_SORTS.index(item[1][2]), order(item[0])))
        kept: Counter[str] = Counter()
        for stem, (size, place, sort) in chosen:
            entry = _theme_entry(theme.lower(), stem, sort, lexicon)
            if entry is not None and size >= 48 and kept.total() < most and kept[entry.names[0]] < _VARIANTS:
                kept[entry.names[0]] += 1
                yield Drawing(f"icons/{theme}/{place}", entry, from_file(base / place))


def _theme_entry(theme: str, stem: str, sort: str, lexicon: Lexicon) -> Entry | None:
    if sort == "apps" and not _GENERIC.match(stem):
        return None
    name = cleaned(stem, lexicon.words) or (words_of(stem) if words_of(stem).endswith(" file") else "")
    while len(name.split()) > 1 and name.split()[0] in _PREFIXES:
        name = name.split(" ", 1)[1]
    thing = thing_of(name)
    if not is_telling(name) or is_smiley(name) or not (lexicon.shows(thing) or name.endswith(" file")):
        return None
    if theme in UNSEEN:
        good = sort in _JUDGED_SORTS and is_english(name, lexicon.words) and lexicon.is_thing(name.split()[-1])
        good = good and words_of(stem).endswith(name) and name not in _NOT_JUDGED and name == thing
        return Entry(theme, "icon", sort, (name,)) if good else None
    folder = sort == "places" and "folder" in name
    names = dict.fromkeys([f"{thing} folder" if folder and "folder" not in thing else thing, name])
    return Entry(theme, "icon", sort, tuple(names), more=lexicon.others(thing, whole=True))


_GLYPHS = 4200
"""At most so many pictures of one set of vector icons."""

_VARIANTS = 3
"""In how many weights or with how many signs beside it a thing is drawn, where a set has several."""

_FILED = ("streamline-pixel", "streamline-ultimate", "streamline-ultimate-color", "streamline-freehand-color")
"""Sets whose names begin with where an icon is filed."""


def vector_icons(sources: Sources, lexicon: Lexicon) -> Iterator[Drawing]:
    """Sets of vector icons; those in one colour are drawn in a colour of their own each."""
    for source in sources.sets:
        if source in UNSEEN or source == "noto-v1":
            continue
        things: dict[str, list[tuple[str, str]]] = defaultdict(list)
        drawn = dict(drawn_icons(sources, source))
        shelves = _shelves(drawn) if source in _FILED else {}
        for icon in sorted(drawn, key=order):
            name = cleaned(icon.removeprefix(shelves.get(icon, "")), lexicon.words)
            thing = thing_of(name)
            if is_telling(thing) and lexicon.shows(thing) and len(name.split()) <= 7 and not is_smiley(name):
                things[thing].append((name, icon))
        for thing, named in sorted(things.items(), key=lambda item: order(item[0]))[:_GLYPHS]:
            more = lexicon.others(thing, whole=True)
            # Rather the thing itself than the thing with a sign beside it.
            for name, icon in sorted(named, key=lambda item: item[0] != thing)[:_VARIANTS]:
                entry = Entry(source, "icon", "", tuple(dict.fromkeys([thing, name])), more=more)
                yield Drawing(f"{source}:{icon}", entry, drawn[icon])


def drawn_icons(sources: Sources, source: str) -> Iterator[tuple[str, Callable[[], Image.Image]]]:
    """Yield the icons of a set, each with what draws it."""
    with icon_set(sources, source) as archive:
        data = _json(archive, "package/icons.json")
        info = _json(archive, "package/info.json")
    for icon, drawing in data["icons"].items():
        width, height = (drawing.get(key, data.get(key, 16)) for key in ("width", "height"))
        text = (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'viewBox="{drawing.get("left", 0)} {drawing.get("top", 0)} {width} {height}" '
            f'width="{width}" height="{height}">{drawing["body"]}</svg>'
        )
        colour = "" if info.get("palette") else _colour(order(icon))
        yield icon, lambda text=text, colour=colour: svg(text, colour)


def _shelves(icons: dict[str, Callable[[], Image.Image]]) -> dict[str, str]:
    """Return the beginning, two words at most, that each icon's name shares with seven others or more."""
    parts = {icon: icon.split("-") for icon in icons}
    often = Counter("-".join(words[:n]) + "-" for words in parts.values() for n in (1, 2) if len(words) > n)
    return {
        icon: next((shelf for n in (2, 1) if often[shelf := "-".join(words[:n]) + "-"] >= 8 and len(words) > n), "")
        for icon, words in parts.items()
    }


def _json(archive: tarfile.TarFile, name: str) -> dict[str, dict[str, dict[str, str]]]:
    member = archive.extractfile(name)
    assert member is not None
    return json.load(member)


def _colour(number: int) -> str:
    """Return black half of the time, else some colour that is not too light."""
    if number % 2:
        return "#111111"
    return "#" + "".join(f"{(number >> shift) % 190:02x}" for shift in (3, 11, 19))
