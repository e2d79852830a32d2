"""Where the program's own data files lie: icons, translations, samples."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
"""The folder of the program's own code."""


def resource(*parts: str) -> Path:
    """Return the path of a data file: below ``resources`` in a checkout, in the package when installed."""
    installed = PACKAGE / "_resources"
    home = installed if installed.is_dir() else PACKAGE.parent / "resources"
    return home.joinpath(*parts)
