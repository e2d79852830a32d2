"""The collection that the golden screenshots are of: the samples in a home of its own, each with its own date."""

import json
import math
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from typing_extensions import override

from tests.gui.fake_engine import FakeEngine, FakeFile
from tests.gui.fake_models import PICTURE_SPACE, TEXT_SPACE
from vexgui.core.files import FileFacts
from vexgui.core.hits import Answer, Band, Hit, Why
from vexgui.core.looking import MAP_KINDS, CollectionMap, DuplicateFile, DuplicateGroup, MonthCount
from vexgui.core.reports import Happening, RootInfo, RootState, Status
from vexgui.core.settings import SavedSearch
from vexgui.core.vectors import Source
from vexgui.gui.thumbnails.decoding import png_of

_ONE_PAGE_AT_A_TIME = Lock()
"""PDFium is not made for several threads; the engine renders pages in a process that does one thing at a time."""
_SAMPLES = Path(__file__).parents[3] / "resources/samples"
_FIRST_S = 1_640_000_000
_APART_S = 1_234_567
WATER = "boat on quiet water"
LAKE = "Pictures/Holidays/IMG_2057.jpg"
_SAIL_NAME = "Pictures/Holidays/IMG_2041.jpg"
_LEASE_NAME = "Documents/Lease in brief.pdf"
_COPIES = (
    (LAKE, "Pictures/Lake.jpg"),
    (LAKE, "Downloads/IMG_2057.jpg"),
    (_LEASE_NAME, "Downloads/Lease in brief (1).pdf"),
    (_SAIL_NAME, "Pictures/Sail, small.jpg"),
)
_LAKE = FileFacts(
    width=4032,
    height=2688,
    taken="2023-07-14T18:22:05",
    camera="Fujifilm X-T4",
    latitude=46.5547,
    longitude=8.5608,
    caption="The red boat, an hour before the storm",
    extra={
        "lens": "XF16-55mmF2.8 R LM WR",
        "aperture": 2.8,
        "exposure_s": 0.004,
        "iso": 200,
        "focal_mm": 35,
        "colours": "#3f87a6 #1d4f63 #cfe4ea #b5372b #4d7a4a",
    },
)
_TAGS = {
    "Pictures/Holidays/IMG_2057.jpg": ("holiday", "lake", "summer 2023"),
    "Pictures/Holidays/IMG_2041.jpg": ("holiday",),
    "Pictures/Holidays/IMG_2093.jpg": ("holiday",),
    "Travel/Norway by train.md": ("holiday", "plans"),
    "Documents/Lease in brief.pdf": ("contracts",),
    "Finance/Tax return checklist.md": ("contracts", "2024"),
}


@dataclass(frozen=True, slots=True)
class Home:
    """A home folder with a copy of all samples.

    Attributes:
        folder: Where it is.
        names: The samples, named from there.
    """

    folder: Path
    names: tuple[str, ...]

    @classmethod
    def made(cls, folder: Path) -> "Home":
        """Return a home with a copy of all samples, their dates a fortnight apart."""
        shutil.copytree(_SAMPLES, folder)
        names = sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())
        for at, name in enumerate(names):
            os.utime(folder / name, (_FIRST_S + at * _APART_S,) * 2)
        (folder / "Downloads").mkdir()
        for name, copy in _COPIES:
            shutil.copy2(folder / name, folder / copy)
        return cls(folder, tuple(names))

    def path(self, name: str) -> bytes:
        """Return the path of a file or folder, named from here."""
        return os.fsencode(self.folder / name)

    def files(self) -> list[FakeFile]:
        """Return all files as an engine knows them."""
        return [self._file(name) for name in self.names]

    def _file(self, name: str) -> FakeFile:
        is_lake = name == LAKE
        return FakeFile(
            self.path(name),
            _text_in(self.folder / name),
            facts=_LAKE if is_lake else FileFacts(),
            tags=_TAGS.get(name, ()),
            rating=8 if is_lake else None,
        )


class Engine(FakeEngine):
    """An engine that knows the collection.

    Attributes:
        infos: What `roots` returns.
        standing: What of `status` is otherwise than usual.
    """

    def __init__(self, home: Home, *, empty: bool = False) -> None:
        super().__init__([] if empty else home.files(), [home.path("Pictures"), home.path("Documents")])
        self.home = home
        self.infos: tuple[RootInfo, ...] = (
            RootInfo(home.path("Pictures"), 12_400, 0, present=True, state=RootState.CURRENT),
            RootInfo(home.path("Documents"), 3_120, 0, present=True, state=RootState.CURRENT),
        )
        self.standing: Mapping[str, object] = {}
        self.saved = replace(
            self.saved,
            searches=(
                SavedSearch("Lake pictures", "lake type:image"),
                SavedSearch("Invoices of last spring", "invoice modified:2024-03..2024-05"),
            ),
        )

    @override
    def roots(self) -> tuple[RootInfo, ...]:
        super().roots()
        return self.infos

    @override
    def status(self) -> Status:
        return replace(super().status(), **self.standing)  # type: ignore[arg-type]

    @override
    def thumbnail(self, path: bytes, longest_px: int, page: int = 0) -> bytes:
        return _page(path, longest_px, page) if path.endswith(b".pdf") else b""

    @override
    def history(self, path: bytes) -> tuple[Happening, ...]:
        day_ns, former = 24 * 3600 * 10**9, self.home.path("Pictures/DSC_0815.jpg")
        return (
            Happening(_FIRST_S * 10**9 + 30 * day_ns, "vectors", PICTURE_SPACE.model, 2, Source.EMBEDDED),
            Happening(_FIRST_S * 10**9 + 9 * day_ns, "renamed", detail=json.dumps({"path": os.fsdecode(former)})),
            Happening(_FIRST_S * 10**9, "content"),
        )

    def answer_water(self, query: str = WATER) -> None:
        """Answer a query with pictures and texts of all three bands."""
        hits = sorted((*self._pictures(), *self._texts()), key=lambda hit: -hit.score)
        self.answers[query] = Answer(tuple(hits), seconds=0.012, mistakes=self.read(query).mistakes)

    def answer_weakly(self, query: str) -> None:
        """Answer a query with what fits none too well."""
        hits = (replace(hit, band=Band.WEAK, score=0.2) for hit in (*self._texts(), *self._pictures()[2:]))
        self.answers[query] = Answer(tuple(hits), seconds=0.012)

    def answer_without_pictures(self, query: str) -> None:
        """Answer a query with files of all kinds that none can be made of."""
        names = b"Boat.jpg Crossing.mp4 Shanty.mp3 Knots.odt Timetable.txt tides.py Charts.zip Lighthouse".split()
        files = (FakeFile(b"/media/ann/Sailing/" + name) for name in names)
        hits = (file.told(0.3, Band.STRONG, Why(TEXT_SPACE.id, 0, "On the water", "", 0.3)) for file in files)
        sized = (replace(hit, size=48_200 + 9_999 * at, mtime_ns=_FIRST_S * 10**9) for at, hit in enumerate(hits))
        self.answers[query] = Answer(tuple(sized), seconds=0.012)

    def hit(self, name: str, band: Band, score: float, *whys: Why) -> Hit:
        """Return a file as an answer has it."""
        return self.files[self.home.path(name)].told(score, band, *whys)

    def _pictures(self) -> tuple[Hit, ...]:
        found = (
            ("Pictures/Holidays/IMG_2057.jpg", Band.STRONG, 0.34),
            ("Pictures/Holidays/IMG_2041.jpg", Band.STRONG, 0.33),
            ("Pictures/Holidays/IMG_2093.jpg", Band.MAYBE, 0.27),
            ("Pictures/Holidays/IMG_2110.jpg", Band.MAYBE, 0.26),
            ("Travel/Walk around the island.png", Band.MAYBE, 0.25),
            ("Pictures/Camping/Balloons over the valley.webp", Band.WEAK, 0.2),
            ("Pictures/Pets/Captain Bubbles.webp", Band.WEAK, 0.19),
        )
        hits = [self.hit(name, band, score, Why(PICTURE_SPACE.id, 1, "", "", score)) for name, band, score in found]
        hits[1] = replace(hits[1], copies=(self.home.path("Pictures/IMG_2041 (1).jpg"),))
        hits[3] = replace(hits[3], offline=True)
        return tuple(hits)

    def _texts(self) -> tuple[Hit, ...]:
        norway = Why("words", 1, "From the deck the \x02water\x03 lies still between the mountains.", "line 9", 0.8)
        packing = Why(TEXT_SPACE.id, 1, "Swimming things, a dry bag for the canoe", "line 4", 0.31)
        birds = Why(TEXT_SPACE.id, 1, "Ducks keep to the quiet end of the pond", "page 2", 0.22)
        return (
            self.hit("Travel/Norway by train.md", Band.MAYBE, 0.24, norway),
            replace(self.hit("Travel/Packing list.txt", Band.WEAK, 0.21, packing), stale=True),
            self.hit("Documents/Garden birds.pdf", Band.WEAK, 0.18, birds),
        )

    def lay_out_map(self, files: int) -> None:
        """Have a map of so many files in six swarms; the first of them are those of the collection."""
        paths = sorted(self.files)[:files]
        paths += [b"/nowhere/%06d" % at for at in range(files - len(paths))]
        kinds = [self.files[path].kind if path in self.files else MAP_KINDS[at % 6] for at, path in enumerate(paths)]
        self.map = CollectionMap(
            joined=b"".join(paths),
            ends=np.cumsum([len(path) for path in paths], dtype=np.int64),
            kinds=np.array([MAP_KINDS.index(kind) for kind in kinds], dtype=np.uint8),
            mtimes_ns=np.zeros(files, np.int64),
            xy=_swarms(files),
        )

    def count_months(self) -> None:
        """Have five years of files, with summers full of pictures."""
        months = ((year, month) for year in range(2020, 2025) for month in range(1, 13))
        self.months = tuple(
            MonthCount(year, month, 40 + at * 37 % 90, at * 53 % 60 + (180 if month in {7, 8} else 0))
            for at, (year, month) in enumerate(months)
            if at % 11
        )

    def find_duplicates(self) -> None:
        """Have some files twice, exactly and nearly."""
        lake, lake_again, lake_third = (
            self._duplicate(name, 1536, 1024) for name in (LAKE, "Pictures/Lake.jpg", "Downloads/IMG_2057.jpg")
        )
        lease, lease_again = map(self._duplicate, (_LEASE_NAME, "Downloads/Lease in brief (1).pdf"))
        sail, small = self._duplicate(_SAIL_NAME, 1536, 1024), self._duplicate("Pictures/Sail, small.jpg", 640, 427)
        self.groups = (
            DuplicateGroup((lake, lake_again, lake_third), exact=True),
            DuplicateGroup((lease, lease_again), exact=True),
            DuplicateGroup((sail, replace(small, size=18_400)), exact=False),
        )

    def fail(self, reasons: Mapping[str, Sequence[str]]) -> None:
        """Have files that could not be read: names by the reason."""
        for reason, names in reasons.items():
            for path in map(self.home.path, names):
                self.files[path] = replace(self.files[path], failed=reason)

    def _duplicate(self, name: str, width: int = 0, height: int = 0) -> DuplicateFile:
        hit = FakeFile(self.home.path(name)).told(1.0, Band.STRONG)
        return DuplicateFile(hit.path, hit.kind, hit.size, hit.mtime_ns, width, height)


def _text_in(path: Path) -> str:
    """Return how a text begins, "" of what is none."""
    words = {".md", ".txt", ".csv", ".py", ".rs", ".js", ".c", ".sh", ".sql", ".html", ".ini", ".json"}
    return path.read_text()[:1200] if path.suffix in words else ""


def _page(path: bytes, longest_px: int, page: int) -> bytes:
    """Return a page of a PDF as PNG, b"" where it has no such page."""
    with _ONE_PAGE_AT_A_TIME, pypdfium2.PdfDocument(os.fsdecode(path)) as document:
        if page >= len(document):
            return b""
        sheet = document[page]
        scale = longest_px / max(sheet.get_size())
        pixels = np.ascontiguousarray(sheet.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3])
    height, width, _ = pixels.shape
    return png_of(QImage(pixels.tobytes(), width, height, width * 3, QImage.Format.Format_RGB888))


def _swarms(points: int) -> NDArray[np.float32]:
    """Return points in six swarms, [points, 2] float32 from 0 to 1: sunflower heads, alike on every machine."""
    middles = np.array([(0.2, 0.3), (0.48, 0.18), (0.8, 0.35), (0.3, 0.75), (0.6, 0.6), (0.85, 0.8)])
    number = np.arange(points)
    swarm, turn = number * 7 % len(middles), number * math.pi * (3 - math.sqrt(5))
    far = np.sqrt(number / points) * 0.17 * (0.6 + swarm / 8)
    xy = middles[swarm] + np.stack((np.cos(turn), np.sin(turn)), axis=1) * far[:, None]
    lowest = xy.min(axis=0)
    placed: NDArray[np.float32] = ((xy - lowest) / (xy.max(axis=0) - lowest).max()).astype(np.float32)
    return placed
