"""The pages for people, and what they name."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
USER = ROOT / "docs" / "USER.md"
ARCHITECTURE = ROOT / "docs" / "ARCHITECTURE.md"
PAGES = sorted([README, ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md")])

_FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> list[str]:
    """Return the contents of a page's fenced blocks."""
    return _FENCE.findall(read(page))


def codes(page: Path) -> list[str]:
    """Return what stands between single back-quotes outside the fenced blocks."""
    return _CODE.findall(_FENCE.sub("", read(page)))
