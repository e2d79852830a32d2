"""Many small files at once."""

import io
import tarfile
from pathlib import Path


def make_archive(place: Path, files: int) -> None:
    """Write an archive of so many small notes in some hundred folders."""
    with tarfile.open(place, "w") as archive:
        for number in range(files):
            content = b"Note %d." % number
            entry = tarfile.TarInfo(f"notes/{number % 30}/{number % 300}/{number}.txt")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
