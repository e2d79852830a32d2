"""Jupyter notebooks: the cells as they were written, without what they printed and drew."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from vexgui.extract.contents import Contents, Section, Unreadable, clean

MAX_NOTEBOOK_BYTES = 64 << 20
"""Larger notebooks are not read: a part of one cannot be parsed."""


def read_notebook(file: BinaryIO) -> Contents:
    """Read a notebook (format 4, nbformat's documentation).

    Raises:
        Unreadable: It is too large, or not a notebook.
    """
    data = file.read(MAX_NOTEBOOK_BYTES + 1)
    if len(data) > MAX_NOTEBOOK_BYTES:
        raise Unreadable("The notebook is too large.")
    try:
        cells = json.loads(data)["cells"]
        return Contents(sections=(Section(clean("\n\n".join(_sources(cells))), ""),))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Unreadable("The notebook is damaged.") from error


def _sources(cells: list[dict[str, object]]) -> Iterator[str]:
    for cell in cells:
        source = cell.get("source", "")
        yield source if isinstance(source, str) else "".join(map(str, source))  # type: ignore[call-overload]
