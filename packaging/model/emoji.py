"""Emoji: Noto's, which are trained on, and the other sets, which only judge."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drawings import Drawing, from_bytes, from_file
from icons import drawn_icons
from lexicon import Lexicon
from sources import Sources
from splits import UNSEEN, Entry

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_TONE = re.compile("skin[ -]tone|-(?:light|medium|dark)(?:-|$)")


def noto(sources: Sources, lexicon: Lexicon) -> Iterator[Drawing]:
    """Noto's emoji with the names and keywords of the Unicode consortium."""
    from fontTools.ttLib import TTFont

    font = TTFont(sources.share / "fonts" / "truetype" / "noto" / "NotoColorEmoji.ttf")
    glyphs = glyphs_by_text(font)
    strike = font["CBDT"].strikeData[0]
    for text, (name, keywords) in emoji_names(sources).items():
        plain = text.replace("\ufe0f", "")
        glyph = glyphs.get(plain)
        if glyph is None or glyph not in strike:
            continue
        base = name.split(":")[0]
        toned = any(0x1F3FB <= ord(letter) <= 0x1F3FF for letter in text)
        whole = base if toned else name.replace(":", ",")
        more = [f"{whole}, {', '.join(keywords[:3])}", *keywords[:4]] if keywords else []
        may_judge = not toned and ":" not in name and len(plain) == 1
        entry = Entry(
            "noto",
            "emoji",
            "skin tone" if toned else "",
            (whole, *more),
            "candidate" if may_judge else "train",
            more=lexicon.others(base, whole=True),
        )
        yield Drawing(f"noto:{plain}", entry, from_bytes(strike[glyph].imageData))


def noto_v1(sources: Sources, lexicon: Lexicon) -> Iterator[Drawing]:
    """Noto's emoji of 2013 to 2017, without skin tones."""
    keywords = dict(emoji_names(sources).values())
    for icon, draw in drawn_icons(sources, "noto-v1"):
        name = icon.replace("-", " ")
        if not _TONE.search(icon):
            more = tuple(keywords.get(name, [])[:4])
            yield Drawing(
                f"noto-v1:{icon}",
                Entry("noto-v1", "emoji", "", (name, *more), more=lexicon.others(name, whole=True)),
                draw,
            )


def other_emoji(sources: Sources, lexicon: Lexicon) -> Iterator[Drawing]:
    """Sets of emoji that are never trained on, as npm's packages have them: what EmojiOne has too."""
    asked = {drawing.entry.names[0] for drawing in emojione(sources, lexicon)}
    for source in UNSEEN:
        if source in sources.sets:
            for icon, draw in drawn_icons(sources, source):
                name = icon.replace("-", " ")
                if name in asked:
                    yield Drawing(f"{source}:{icon}", Entry(source, "emoji", "", (name,)), draw)


def emojione(sources: Sources, _: Lexicon) -> Iterator[Drawing]:
    """EmojiOne, by its own list of names; never trained on."""
    (gem,) = (sources.share / "rubygems-integration" / "all" / "gems").glob("gemojione-*")
    names = emoji_names(sources)
    for item in json.loads((gem / "config" / "index.json").read_text("utf-8")).values():
        text = "".join(chr(int(code, 16)) for code in item["unicode"].split("-"))
        named = names.get(item["moji"]) or names.get(text) or names.get(text + "\ufe0f")
        path = gem / "assets" / "png" / f"{item['unicode']}.png"
        if named is None or not path.exists() or item["category"] in ("modifier", "regional") or len(text) > 1:
            continue
        entry = Entry("emojione", "emoji", item["category"], (named[0],))
        yield Drawing(f"emojione:{item['unicode']}", entry, from_file(path))


def emoji_names(sources: Sources) -> dict[str, tuple[str, list[str]]]:
    """Return the English name and keywords of every emoji."""
    names: dict[str, str] = {}
    keywords: dict[str, list[str]] = {}
    for folder in ("annotations", "annotationsDerived"):
        tree = ET.parse(sources.share / "unicode" / "cldr" / "common" / folder / "en.xml")
        for item in tree.iter("annotation"):
            if item.get("type") == "tts":
                names[item.get("cp", "")] = (item.text or "").lower()
            else:
                keywords[item.get("cp", "")] = [word.strip().lower() for word in (item.text or "").split("|")]
    return {text: (name, [word for word in keywords.get(text, []) if word not in name]) for text, name in names.items()}


def glyphs_by_text(font: "TTFont") -> dict[str, str]:
    """Return the glyph of each emoji: of single characters by the character map, of sequences by their ligature."""
    best = font.getBestCmap()
    found = {chr(code): glyph for code, glyph in best.items()}
    back = {glyph: chr(code) for code, glyph in best.items()}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            inner = getattr(table, "ExtSubTable", table)
            for first, ligatures in getattr(inner, "ligatures", {}).items():
                for ligature in ligatures:
                    parts = [back.get(part) for part in (first, *ligature.Component)]
                    if all(parts):
                        found["".join(map(str, parts)).replace("\ufe0f", "")] = ligature.LigGlyph
    return found
