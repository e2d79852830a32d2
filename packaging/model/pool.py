"""The pool: every picture of every source, drawn once at one size, with its names.

The pool is two files: ``pictures.npy`` (uint8 [n, side, side, 4], RGBA, straight alpha, the picture fitted into the
square) and ``pictures.jsonl`` (a line each, `Entry`).
"""

import importlib
import io
import json
import re
import tarfile
import warnings
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from captions import is_english, is_telling, words_of
from PIL import Image
from sources import Sources, icon_set
from splits import UNSEEN, Entry, order, split

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

SIDE = 144
"""Pixels; training crops it to 128 or less, the model looks at 160."""

Drawn = Callable[[], Image.Image]


def _svg(text: str, colour: str = "") -> Image.Image:
    """Draw an SVG as large as fits."""
    if colour:
        text = text.replace("currentColor", colour)
    import resvg_py  # here, and fontTools below: only who draws needs them

    png = resvg_py.svg_to_bytes(svg_string=text, width=2 * SIDE)
    return Image.open(io.BytesIO(bytes(png)))


def fitted(picture: Image.Image) -> np.ndarray:
    """Return a picture fitted into the pool's square, uint8 [SIDE, SIDE, 4]."""
    picture = picture.convert("RGBA")
    box = picture.getchannel("A").point(lambda value: 255 if value > 8 else 0).getbbox()
    if box is None:
        raise ValueError("nothing is drawn")
    picture = picture.crop(box)
    scale = SIDE / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    # Premultiplied while it is resized, or the edges take on the colour of what cannot be seen.
    picture = picture.convert("RGBa").resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0).convert("RGBA")
    canvas = Image.new("RGBA", (SIDE, SIDE))
    canvas.paste(picture, ((SIDE - size[0]) // 2, (SIDE - size[1]) // 2))
    return np.asarray(canvas)


# Sources: each yields an entry and what draws it


def clip_art(sources: Sources) -> Iterator[tuple[Entry, Drawn]]:
    """Open Clip Art: titles and keywords of the SVG, file and folder names; drawn from the PNG where there is one."""
    base = sources.share / "openclipart"
    paths = sorted((base / "svg").rglob("*.svg"))
    texts = {path: path.read_text("utf-8", "replace") for path in paths}
    titles = {path: _tag(text, "dc:title") for path, text in texts.items()}
    often = Counter(titles.values())
    english = set((sources.share / "dict" / "american-english").read_text("utf-8").lower().split())
    for path in paths:
        relative = path.relative_to(base / "svg")
        folders = relative.parts[:-1]
        if ("stars" in folders and "step" in path.name) or "cardbacks" in folders:
            continue
        title = words_of(titles[path])
        creator = _tag(texts[path], "dc:creator")
        stem = _without_author(path.stem, creator)
        keywords = [words_of(word) for word in re.findall(r"<rdf:li>\s*([^<]*?)\s*</rdf:li>", texts[path])]
        keywords = [word for word in dict.fromkeys(keywords) if is_telling(word) and word not in ("hash", "unsorted")]
        names = [title] if is_telling(title) and often[titles[path]] < 6 and "by" not in title.split() else []
        if is_telling(stem) and stem not in names:
            names.append(stem)
        if not names:
            continue
        folder = words_of(folders[-1]) if folders else ""
        extra = [word for word in keywords if word not in creator.lower()][:6]
        if extra:
            names.append(f"{names[0]}, {', '.join(extra[:3])}")
        if "flags" in folders:
            names = [f"flag of {words_of(path.stem)}", f"{words_of(path.stem)} flag"]
        if is_telling(folder) and folder not in names[0]:
            names.append(f"{names[0]} ({folder})")
        png = (base / "png" / relative).with_suffix(".png")
        draw = (lambda png=png: Image.open(png)) if png.exists() else (lambda path=path: _svg(texts[path]))
        # Judged by titles that a person might type; of a flag never seen, nothing but its name tells whose it is.
        clean = often[titles[path]] < 3 and is_english(title, english) and "flags" not in folders
        kind = "clip art"
        entry = Entry(
            "openclipart", kind, folders[0] if folders else "", tuple(names), "candidate" if clean else "train"
        )
        yield entry, draw


def _without_author(stem: str, creator: str) -> str:
    """Return a file's stem as words without the name of who drew it, which many end with, cut off somewhere."""
    words = words_of(stem).split()
    authors = re.findall(r"[a-z]+", creator.lower())
    while len(words) > 1 and any(author.startswith(words[-1]) or words[-1].startswith(author) for author in authors):
        words.pop()
    return " ".join(words)


def _tag(text: str, tag: str) -> str:
    found = re.search(rf"<{tag}>\s*(.*?)\s*</{tag}>", text, re.DOTALL)
    return re.sub(r"<[^>]*>", " ", found.group(1)).strip() if found else ""


def stamps(sources: Sources) -> Iterator[tuple[Entry, Drawn]]:
    """Tux Paint's stamps: cut-out photographs and drawings with a sentence each."""
    base = sources.share / "tuxpaint" / "stamps"
    for note in sorted(base.rglob("*.txt")):
        path = next(
            (note.with_suffix(suffix) for suffix in (".png", ".svg") if note.with_suffix(suffix).exists()), None
        )
        parts = note.relative_to(base).parts
        if path is None or "alphabets" in parts:
            continue
        sentence = note.read_text("utf-8", "replace").split("\n")[0].strip().rstrip(".!").lower()
        names = [name for name in (sentence, words_of(path.stem)) if is_telling(name)]
        if not names:
            continue
        draw = (
            (lambda path=path: _svg(path.read_text("utf-8")))
            if path.suffix == ".svg"
            else lambda path=path: Image.open(path)
        )
        kind = "clip art" if path.suffix == ".svg" or "cartoon" in parts else "photo"
        yield Entry("tuxpaint", kind, parts[0], tuple(names)), draw


def noto(sources: Sources) -> Iterator[tuple[Entry, Drawn]]:
    """Noto's emoji with the names and keywords of the Unicode consortium."""
    names = emoji_names(sources)
    from fontTools.ttLib import TTFont

    font = TTFont(sources.share / "fonts" / "truetype" / "noto" / "NotoColorEmoji.ttf")
    glyphs = glyphs_by_text(font)
    strike = font["CBDT"].strikeData[0]
    for text, (name, keywords) in names.items():
        glyph = glyphs.get(text.replace("\ufe0f", ""))
        if glyph is None or glyph not in strike:
            continue
        data = strike[glyph]
        base = name.split(":")[0]
        toned = any(0x1F3FB <= ord(letter) <= 0x1F3FF for letter in text)
        more = [f"{name}, {', '.join(keywords[:3])}", *keywords[:4]] if keywords else []
        whole = name.replace(":", ",")
        is_candidate = not toned and ":" not in name and len(text.replace("\ufe0f", "")) == 1
        entry = Entry("noto", "emoji", "", (base if toned else whole, *more), "candidate" if is_candidate else "train")
        yield entry, lambda data=data: Image.open(io.BytesIO(data.imageData))


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


_THEMES = {
    "Papirus": 700, "breeze": 900, "Adwaita": 600, "gnome": 900, "Tango": 500, "elementary": 700, "Numix": 500,
    "mate": 800, "Faenza": 900, "Moka": 500, "Paper": 500, "bloom": 600, "suru": 500, "Nuovo": 400, "gartoon": 400,
    "Yaru": 600, "oxygen": 700,
}  # fmt: skip
"""Icon themes, and at most how many pictures of each: they repeat each other's names."""

_SORTS = ("mimetypes", "places", "devices", "categories", "apps", "status", "actions", "emblems", "legacy", "mimes")


def themes(sources: Sources) -> Iterator[tuple[Entry, Drawn]]:
    """Icon themes: the largest drawing of every name, without their smileys, which are emoji."""
    for theme, most in _THEMES.items():
        largest: dict[str, tuple[int, Path, str]] = {}
        base = sources.share / "icons" / theme
        for path in sorted(base.rglob("*")):
            within = path.relative_to(base)
            sort = next((part for part in within.parts if part in _SORTS), "")
            if path.suffix not in (".svg", ".png") or not sort or path.is_symlink() or "symbolic" in str(within):
                continue
            size = max([int(number) for number in re.findall(r"(\d+)(?:x\d+)?", str(within.parent))] or [0])
            size += 1000 if path.suffix == ".svg" else 0
            if size > largest.get(path.stem, (0,))[0] and "face-" not in path.stem:
                largest[path.stem] = (size, path, sort)
        chosen = sorted(largest.items(), key=lambda item: (_SORTS.index(item[1][2]), order(item[0])))
        kept = 0
        for stem, (size, path, sort) in chosen:
            name = words_of(stem)
            if kept >= most or not is_telling(name) or size < 48:
                continue
            kept += 1
            names = (f"{name} folder", name) if sort == "places" and "folder" in stem else (name,)
            draw = (
                (lambda path=path: _svg(path.read_text("utf-8", "replace")))
                if path.suffix == ".svg"
                else lambda path=path: Image.open(path)
            )
            yield Entry(theme.lower(), "icon", sort, names), draw


_GLYPHS = 2200
"""At most so many pictures of one set of vector icons."""


def vector_icons(sources: Sources) -> Iterator[tuple[Entry, Drawn]]:
    """Sets of vector icons; those in one colour are drawn in a colour of their own each."""
    for name in sources.sets:
        with icon_set(sources, name) as archive:
            data = _json(archive, "package/icons.json")
            info = _json(archive, "package/info.json")
        emoji = name in UNSEEN
        chosen: dict[str, str] = {}
        for icon in sorted(data["icons"], key=order):
            words = words_of(icon) if not emoji else icon.replace("-", " ")
            if is_telling(words) and (words not in chosen or (len(icon) > len(chosen[words]) and order(icon) % 2)):
                chosen[words] = icon
        for words, icon in sorted(chosen.items(), key=lambda item: order(item[0]))[: 10**6 if emoji else _GLYPHS]:
            drawing = data["icons"][icon]
            width, height = (drawing.get(key, data.get(key, 16)) for key in ("width", "height"))
            svg = (
                f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
                f'viewBox="{drawing.get("left", 0)} {drawing.get("top", 0)} {width} {height}" '
                f'width="{width}" height="{height}">{drawing["body"]}</svg>'
            )
            colour = "" if info.get("palette") else _colour(order(icon))
            yield (
                Entry(name, "emoji" if emoji else "icon", "", (words,)),
                lambda svg=svg, colour=colour: _svg(svg, colour),
            )


def _json(archive: tarfile.TarFile, name: str) -> dict[str, dict[str, dict[str, str]]]:
    member = archive.extractfile(name)
    assert member is not None
    return json.load(member)


def _colour(number: int) -> str:
    """Return black half of the time, else some colour that is not too light."""
    if number % 2:
        return "#111111"
    return "#" + "".join(f"{(number >> shift) % 190:02x}" for shift in (3, 11, 19))


def emojione(sources: Sources) -> Iterator[tuple[Entry, Drawn]]:
    """EmojiOne, by its own list of names."""
    (gem,) = (sources.share / "rubygems-integration" / "all" / "gems").glob("gemojione-*")
    names = emoji_names(sources)
    for item in json.loads((gem / "config" / "index.json").read_text("utf-8")).values():
        text = "".join(chr(int(code, 16)) for code in item["unicode"].split("-"))
        named = names.get(item["moji"]) or names.get(text) or names.get(text + "\ufe0f")
        path = gem / "assets" / "png" / f"{item['unicode']}.png"
        if named is None or not path.exists() or item["category"] in ("modifier", "regional") or len(text) > 1:
            continue
        yield Entry("emojione", "emoji", item["category"], (named[0],)), lambda path=path: Image.open(path)


def backgrounds(sources: Sources) -> list[Image.Image]:
    """Return photographs and drawn wallpapers, their short side 320 px, to put pictures in front of."""
    found: dict[str, Path] = {}
    for folder in ("backgrounds", "wallpapers"):
        for path in sorted((sources.share / folder).rglob("*")):
            if (
                path.suffix in (".jpg", ".png", ".webp", ".jxl")
                and not path.is_symlink()
                and path.stat().st_size > 60_000
            ):
                found.setdefault(str(path.parent) if folder == "wallpapers" else str(path), path)
    pictures: list[Image.Image] = []
    for path in found.values():
        try:
            with Image.open(path) as picture:
                picture.draft("RGB", (640, 360))
                scale = 320 / min(picture.size)
                size = (round(scale * picture.width), round(scale * picture.height))
                pictures.append(picture.convert("RGB").resize(size))
        except OSError:
            continue
    return pictures


_MAX_PIXELS = 178_956_970
"""Pillow's own limit: it warns of half as many."""

SOURCES = (clip_art, stamps, noto, themes, vector_icons, emojione)


def build(sources: Sources, folder: Path) -> None:
    """Draw the pool, unless it is there."""
    if (folder / "pictures.jsonl").exists():
        return
    for module in ("resvg_py", "fontTools"):  # without them drawing after drawing would be left out
        importlib.import_module(module)
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(2) as pool:
        parts = list(
            pool.map(_drawn, [source.__name__ for source in SOURCES], [sources] * len(SOURCES), [folder] * len(SOURCES))
        )
    entries = [entry for part, _ in parts for entry in part]
    pictures = np.lib.format.open_memmap(folder / "pictures.npy", "w+", np.uint8, (len(entries), SIDE, SIDE, 4))
    start = 0
    for part, path in parts:
        if part:  # nothing cannot be mapped
            pictures[start : start + len(part)] = np.memmap(path, np.uint8, "r").reshape(-1, SIDE, SIDE, 4)
        start += len(part)
        path.unlink()
    pictures.flush()
    lines = [json.dumps(asdict(entry)) for entry in split(entries)]
    (folder / "pictures.jsonl").write_text("\n".join(lines) + "\n")


def _drawn(name: str, sources: Sources, folder: Path) -> tuple[list[Entry], Path]:
    """Draw one source into a file of raw pictures; what cannot be drawn is left out."""
    source = next(each for each in SOURCES if each.__name__ == name)
    # Some clip art is huge. Which of it is refused hangs on this alone, whoever has set it before.
    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS // 2
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    entries: list[Entry] = []
    path = folder / f"{name}.raw"
    with open(path, "wb") as file:
        for entry, draw in source(sources):
            try:
                pixels = fitted(draw())
            except Exception:  # noqa: BLE001 - the edge to drawings of all sorts: some are broken
                continue
            entries.append(entry)
            file.write(pixels.tobytes())
    return entries, path


def load(folder: Path) -> tuple[np.ndarray, list[Entry]]:
    """Return the pool: pictures uint8 [n, SIDE, SIDE, 4], mapped, and their entries."""
    entries: list[Entry] = []
    for line in (folder / "pictures.jsonl").read_text().splitlines():
        fields = json.loads(line)
        fields["names"] = tuple(fields["names"])
        entries.append(Entry(**fields))
    return np.load(folder / "pictures.npy", mmap_mode="r"), entries
