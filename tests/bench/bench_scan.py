"""Re-scan of 20,000 unchanged files, and a rebuild of the store from 20,000 records."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.corpus import write_notes
from tests.bench.measure import Figure, median_s
from vexgui.engine.engine import Engine
from vexgui.models.fake import FakeEmbedder
from vexgui.system.profile import open_profile

_FILES = 20_000


def measure() -> Iterator[Figure]:
    """Measure both with the embedder that needs no model: neither embeds anything."""
    with tempfile.TemporaryDirectory(dir=_roomy()) as folder:
        files = Path(folder) / "files"
        write_notes(files, _FILES)
        profile = open_profile(os.fsencode(folder) + b"/profile", {})
        embedder = FakeEmbedder()
        with Engine(profile, writable=True, make_embedder=lambda _model, _cache: embedder) as engine:
            first = engine.index([os.fsencode(files)])
            assert first.indexed == _FILES
            bare = median_s(lambda: _scan_bare(files), 3)
            scan_s = median_s(lambda: engine.index([]), 3)
            embedded = embedder.texts_embedded
            rebuilt = engine.rebuild()
            assert (rebuilt.reused, embedder.texts_embedded) == (_FILES, embedded)
            read_s = median_s(lambda: _read_bare(files), 1)
    yield Figure(
        "re-scan of 20,000 unchanged files",
        _FILES / scan_s,
        "files/s",
        more_is_better=True,
        peers={"bare scandir and stat": _FILES / bare},
    )
    yield Figure(
        "rebuild from 20,000 records, text read and indexed again",
        _FILES / rebuilt.seconds,
        "files/s",
        more_is_better=True,
        peers={"bare scandir, stat, read and getxattr": _FILES / read_s},
    )
    yield Figure("  of these embedded", embedder.texts_embedded - embedded, "files", aim=0)
    yield Figure(
        "first run with an embedder that costs nothing", _FILES / first.seconds, "files/s", more_is_better=True
    )


def _roomy() -> str | None:
    """Return a folder on a real disk: /tmp may be memory."""
    return os.environ.get("VEXGUI_BENCH_DIR")


def _scan_bare(folder: Path) -> int:
    return sum(entry.stat().st_size for home in os.scandir(folder) for entry in os.scandir(home.path))


def _read_bare(folder: Path) -> int:
    total = 0
    for home in os.scandir(folder):
        for entry in os.scandir(home.path):
            entry.stat()
            total += len(Path(entry.path).read_bytes()) + len(os.getxattr(entry.path, "user.vexgui"))
    return total
