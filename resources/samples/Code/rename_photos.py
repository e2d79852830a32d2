"""Give every JPEG in a folder a name made of its EXIF timestamp.

IMG_2041.jpg becomes 2023-08-19_20-47-12.jpg. A file without a timestamp stays as
it is; two taken in the same second get a number at the end.
"""

import sys
from pathlib import Path

from PIL import Image

DATE_TIME_ORIGINAL = 36867
EXIF_BLOCK = 34665


def timestamp(path: Path) -> str | None:
    with Image.open(path) as photo:
        value = photo.getexif().get_ifd(EXIF_BLOCK).get(DATE_TIME_ORIGINAL)
    return value.replace(":", "-").replace(" ", "_") if value else None


def free_name(path: Path, stem: str) -> Path:
    candidate = path.with_stem(stem)
    number = 2
    while candidate.exists():
        candidate = path.with_stem(f"{stem}_{number}")
        number += 1
    return candidate


def main(folder: str) -> None:
    for path in Path(folder).glob("*.jpg"):
        stem = timestamp(path)
        if stem and path.stem != stem:
            target = free_name(path, stem)
            path.rename(target)
            print(f"{path.name} -> {target.name}")


if __name__ == "__main__":
    main(sys.argv[1])
