"""What the engine in memory answers: models, files that are found, and mistakes in a query."""

from vexgui.core.files import Kind
from vexgui.core.hits import Band, Hit, Why
from vexgui.core.query import Mistake
from vexgui.core.reports import ModelInfo
from vexgui.core.vectors import Modality, Space, SpaceId

SPACE = Space(SpaceId("00112233445566aa"), "MiniLM", Modality.TEXT, 384)
MODELS = (
    ModelInfo(
        name="MiniLM",
        modality="text",
        active=True,
        installed=True,
        detail="in the package",
        space=SPACE.id,
        vectors=7,
        answering=True,
        embedded=True,
        size_bytes=90_000_000,
        licence="Apache-2.0",
    ),
    ModelInfo(
        name="Little",
        modality="picture",
        active=True,
        installed=True,
        detail="drawings well, photographs roughly",
        space="aabb",
        vectors=3,
        answering=True,
        embedded=True,
        size_bytes=9 << 20,
        pictures_per_s=151.6,
        hours=0.02,
        disk_bytes=3 << 20,
    ),
    ModelInfo(
        name="ViT-B-32",
        modality="picture",
        active=False,
        installed=False,
        detail="",
        space="",
        vectors=0,
        recommended=True,
        size_bytes=600 << 20,
        licence="MIT",
        languages="English",
        quality="72.8 %",
        quality_source="open_clip's results, ImageNet",
    ),
)
BOAT = Hit(
    path=b"/pictures/boat \xff.jpg",
    score=0.75,
    band=Band.STRONG,
    why=(
        Why("words", 2, "a small \x02boat\x03 at\nsea", "page 3", 0.5),
        Why(SPACE.id, 1, "sailing", score=0.4),
    ),
    kind=Kind.IMAGE,
    size=2048,
    mtime_ns=1_700_000_000_500_000_000,
)
SEA = Hit(b"/pictures/sea.txt", 0.5, Band.MAYBE, (Why("name", 0, "\x02sea\x03.txt"),), Kind.TEXT, 9, 0)

WRONG = "boat sise:3"
MISTAKE = Mistake(5, 9, "There is no field called sise.", "", meant="size:")
UNFINISHED = Mistake(5, 10, "It is not said which type.", "Write one behind it.", unfinished=True)
