"""Named pictures of games and of programs to learn with: stamps, sprites, furniture, flags and maps."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from captions import cleaned, is_smiley, is_telling
from drawings import Drawing, from_bytes, from_file, svg
from lexicon import Lexicon
from sources import Sources
from splits import Entry


@dataclass(frozen=True, slots=True)
class _Folder:
    """Where a package keeps named pictures.

    Attributes:
        source: The package.
        path: The folder within /usr/share.
        wanted: A pattern that paths within it have to match.
        kind: What the pictures are.
        named: How a caption is made of a name; other than "{}" for names that need not be English words.
        by_folder: Whether the folder is the name, and only its first picture is taken.
    """

    source: str
    path: str
    wanted: str = r"\.(png|jpg|gif|svg|webp)$"
    kind: str = "clip art"
    named: str = "{}"
    by_folder: bool = False


_STILL = (
    r"^(?!.*-(attack|defend|die|idle|death|melee|ranged|bow|sword|magic|run|se|ne|sw|nw|n|s|stand|leading|heal|kneel))"
)
_WESNOTH = "games/wesnoth/1.16/data/core/images"
_FOLDERS = (
    _Folder("scratch", "scratch/Media/Costumes", r"^(Animals|Fantasy|People|Things|Transportation)/.*\.(gif|png|jpg)$"),
    _Folder("scratch", "scratch/Media/Backgrounds", r"\.(jpg|png|gif)$", "photo"),
    _Folder("pysiogame", "games/pysiogame/res/images/art4apps"),
    _Folder("pysiogame", "games/pysiogame/res/images/fish"),
    _Folder("pysiogame", "games/pysiogame/res/images/match_animals"),
    _Folder("wesnoth", f"{_WESNOTH}/units", rf"{_STILL}.*[a-z]\.png$"),
    _Folder("wesnoth", f"{_WESNOTH}/items"),
    _Folder("wesnoth", f"{_WESNOTH}/attacks"),
    _Folder("wesnoth", f"{_WESNOTH}/scenery"),
    _Folder("wesnoth", f"{_WESNOTH}/portraits", r"\.(png|webp)$"),
    _Folder("freeciv", "games/freeciv/buildings"),
    _Folder("freeciv", "games/freeciv/wonders"),
    _Folder("freeciv", "games/freeciv/flags", r"^(?!.*(shield|unknown)).*-large\.png$", named="flag of {}"),
    _Folder("kgeography", "kgeography/flags", r"^(?!.*(blurred_|/.*\d|/br_)).*\.png$", named="flag of {}"),
    _Folder("kgeography", "kgeography", r"^[a-z_]+\.png$", named="map of {}"),
    _Folder(
        "freecol", "games/freecol/default/resources/images", r"^(goods|buildings|units|bonus)/(?!.*\.size).*[a-z]\.png$"
    ),
    _Folder("widelands", "games/widelands/data/tribes", r"(menu|idle_00)\.png$", by_folder=True),
    _Folder("widelands", "games/widelands/data/world", r"(menu|idle|idle_00)\.png$", by_folder=True),
    _Folder("supertux", "games/supertux2/images/creatures", r"\.png$", by_folder=True),
    _Folder("pingus", "games/pingus/data/images/groundpieces", r"\.(png|jpg)$"),
    _Folder("kalzium", "kalzium/data/toolpics"),
)


def folders(sources: Sources, lexicon: Lexicon) -> Iterator[Drawing]:
    """Folders of named pictures; names that are not English, or show nothing, are left out."""
    for folder in _FOLDERS:
        base = sources.share / folder.path
        met: set[tuple[str, ...]] = set()
        for path in sorted(base.rglob("*")):
            within = path.relative_to(base)
            if not path.is_file() or path.is_symlink() or not re.search(folder.wanted, str(within)):
                continue
            place = within.parts[:-1] if folder.by_folder else within.parts
            if not place or place in met:
                continue
            met.add(place)
            entry = _entry(folder, place[-1].split(".")[0], lexicon)
            if entry is not None:
                yield Drawing(f"{folder.path}/{within}", entry, from_file(path))


def _entry(folder: _Folder, stem: str, lexicon: Lexicon) -> Entry | None:
    if folder.named != "{}":
        return Entry(
            folder.source,
            folder.kind,
            "",
            (folder.named.format(re.sub("-large$|_flag$", "", stem).replace("_", " ").lower()),),
        )
    return _named(folder.source, folder.kind, stem.replace("+", " "), lexicon)


def _named(source: str, kind: str, stem: str, lexicon: Lexicon, category: str = "") -> Entry | None:
    name = cleaned(stem, lexicon.words)
    if not is_telling(name) or is_smiley(name) or not lexicon.shows(name):
        return None
    return Entry(source, kind, "", (name,), more=lexicon.others(name, category))


def stamps(sources: Sources, lexicon: Lexicon) -> Iterator[Drawing]:
    """Tux Paint's stamps: cut-out photographs and drawings with a sentence each."""
    base = sources.share / "tuxpaint" / "stamps"
    for note in sorted(base.rglob("*.txt")):
        found = [path for suffix in (".png", ".svg") if (path := note.with_suffix(suffix)).exists()]
        parts = note.relative_to(base).parts
        if not found or "alphabets" in parts:
            continue
        sentence = note.read_text("utf-8", "replace").split("\n")[0].strip().rstrip(".!").lower()
        stem = cleaned(note.stem, lexicon.words)
        names = [name for name in dict.fromkeys([sentence, stem]) if is_telling(name)]
        if not names:
            continue
        kind = "clip art" if found[0].suffix == ".svg" or "cartoon" in parts else "photo"
        plain = re.sub(r"^(an?|the|some) ", "", names[0])
        entry = Entry("tuxpaint", kind, parts[0], tuple(names), more=lexicon.others(plain, " ".join(parts)))
        yield Drawing(f"tuxpaint/{found[0].relative_to(base)}", entry, from_file(found[0]))


def furniture(sources: Sources, lexicon: Lexicon) -> Iterator[Drawing]:
    """Sweet Home 3D's models of furniture, each with a small picture and an English name."""
    for path in sorted((sources.share / "sweethome3d").rglob("*")):
        if path.suffix not in (".sh3f", ".jar", ".zip"):
            continue
        archive = zipfile.ZipFile(path)
        for catalogue in archive.namelist():
            if not re.search(r"(^|/)(Plugin|Default|Contributed)?FurnitureCatalog\.properties$", catalogue):
                continue
            text = archive.read(catalogue).decode("latin-1")
            icons = dict(re.findall(r"^icon#(\d+)\s*=\s*/?(\S+)", text, re.MULTILINE))
            for number, name in re.findall(r"^name#(\d+)\s*=\s*(.+?)\s*$", text, re.MULTILINE):
                entry = _named("sweethome3d", "clip art", name, lexicon, "furniture")
                member = icons.get(number, "")
                if entry is not None and member in archive.NameToInfo:
                    yield Drawing(f"sweethome3d/{path.name}/{member}", entry, from_bytes(archive.read(member)))


_SKIPPED = re.compile(
    "paintings|details|piano|menu/|src/core|alphabets|drawletters|letters|braille|photo_hunter|numbers|digits|sudoku|"
    "background|_bg|bg_|/T_|button|play_rhythm|tangram|programmingMaze|positions|money|chronos|babyshapes|mosaic|maze|"
    "level|bonus"
)


def gcompris(sources: Sources, lexicon: Lexicon) -> Iterator[Drawing]:
    """GCompris' pictures, which lie in Qt's resource files."""
    from PySide6.QtCore import QDirIterator, QFile, QIODevice, QResource

    for path in sorted((sources.share / "gcompris-qt" / "rcc").glob("*.rcc")):
        QResource.registerResource(str(path))
    places = QDirIterator(":/gcompris", QDirIterator.IteratorFlag.Subdirectories)
    names: list[str] = []
    while places.hasNext():
        names.append(places.next())
    for name in sorted(names):
        path = Path(name)
        if path.suffix not in (".svg", ".png", ".jpg", ".webp") or _SKIPPED.search(name):
            continue
        entry = _named("gcompris", "clip art", path.stem, lexicon, path.parent.name)
        file = QFile(name)
        if entry is None or not file.open(QIODevice.OpenModeFlag.ReadOnly):
            continue
        data = bytes(file.readAll().data())
        file.close()
        if path.suffix == ".svg":
            yield Drawing(name, entry, lambda data=data: svg(data.decode("utf-8", "replace")))
        else:
            yield Drawing(name, entry, from_bytes(data))
