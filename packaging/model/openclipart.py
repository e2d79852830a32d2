"""Open Clip Art: titles and keywords of the SVG, file and folder names; drawn from the PNG where there is one."""

import re
from collections import Counter
from collections.abc import Iterator

from captions import cleaned, concept_words, is_english, is_telling, words_of
from drawings import Drawing, from_file, svg
from lexicon import Lexicon
from sources import Sources
from splits import Entry

_NOISE = frozenset(
    """action computer externalsource clip_art public domain mammal filesystem lemon mime type shape simple religholiday
    mapsym musicstuff bordered etiquette game icon symbol signs and symbols work special""".split()
)
"""Keywords and folders that say nothing of the single picture."""


_FILED = re.compile("^(etiquette|hotel) (?=.)")
"""Series that are named in the title of each of their pictures."""


def clip_art(sources: Sources, lexicon: Lexicon) -> Iterator[Drawing]:
    """Yield the clip art whose names say in English what it shows."""
    base = sources.share / "openclipart"
    paths = sorted((base / "svg").rglob("*.svg"))
    texts = {path: path.read_text("utf-8", "replace") for path in paths}
    titles = {path: _tag(text, "dc:title") for path, text in texts.items()}
    often = Counter(titles.values())
    for path in paths:
        relative = path.relative_to(base / "svg")
        folders = relative.parts[:-1]
        if ("stars" in folders and "step" in path.name) or "cardbacks" in folders or "smilies" in folders:
            continue
        creator = _tag(texts[path], "dc:creator")
        title = "" if often[titles[path]] >= 6 else without_author(titles[path], creator)
        stem = without_author(path.stem, creator)
        found = [_FILED.sub("", cleaned(text, lexicon.words)) for text in (title, stem)]
        keywords = _keywords(texts[path], creator, lexicon)
        folder = words_of(folders[-1]) if folders else ""
        names = [name for name in dict.fromkeys(found) if is_telling(name)]
        names.sort(key=lambda name: not lexicon.shows(name))
        if not names or not lexicon.shows(names[0]):
            names = [*keywords[:1], *(names if keywords else [])]
        if "flags" in folders:
            names = [f"flag of {stem}", f"{stem} flag"]
            if "signalflag" in stem:
                names = [stem.replace("signalflag", "signal flag")]
        if not names:
            continue
        clean = (
            often[titles[path]] < 3
            and names[0] == words_of(titles[path])
            and is_english(names[0], lexicon.words)
            and not {"flags", "icons", "buttons", "arrows"} & set(folders)
            and lexicon.is_thing(names[0].split()[-1])
        )
        extra = [word for word in keywords if not concept_words(word) <= concept_words(names[0])][:3]
        if extra:
            names.append(f"{names[0]}, {', '.join(extra)}")
        context = " ".join([folder, *(re.sub("s$", "", word) for word in folder.split()), *keywords])
        category = folders[0] if folders else ""
        entry = Entry(
            "openclipart", "clip art", category, tuple(names), "candidate" if clean else "train",
            more=lexicon.others(names[0], context),
        )  # fmt: skip
        png = (base / "png" / relative).with_suffix(".png")
        draw = from_file(png) if png.exists() else (lambda path=path: svg(texts[path]))
        yield Drawing(f"openclipart/{relative}", entry, draw)


def without_author(name: str, creator: str) -> str:
    """Return a name as words without who drew it, which many end with, cut off somewhere."""
    words = re.split(r"\bby\b", words_of(name))[0].split()
    authors = re.findall(r"[a-z]+", creator.lower())
    while len(words) > 1 and any(author.startswith(words[-1]) or words[-1].startswith(author) for author in authors):
        words.pop()
    return " ".join(words)


def _keywords(text: str, creator: str, lexicon: Lexicon) -> list[str]:
    """Return the English keywords that name something to be seen."""
    listed = [cleaned(word, lexicon.words) for word in re.findall(r"<rdf:li>\s*([^<]*?)\s*</rdf:li>", text)]
    return [
        word
        for word in dict.fromkeys(listed)
        if is_telling(word) and word not in _NOISE and word not in creator.lower() and lexicon.shows(word)
    ]


def _tag(text: str, tag: str) -> str:
    found = re.search(rf"<{tag}>\s*(.*?)\s*</{tag}>", text, re.DOTALL)
    return re.sub(r"<[^>]*>", " ", found.group(1)).strip() if found else ""
