"""Files that others are to be like, as they are written in a query. Pure."""

import mimetypes
import os
import re
from dataclasses import dataclass

from vexgui.core.files import Kind
from vexgui.core.paths import name_of, path_of_uri, quoted, shown

LEAST_WEIGHT, USUAL_WEIGHT, MOST_WEIGHT = 0.5, 1.0, 2.0
WEIGHTS = (LEAST_WEIGHT, USUAL_WEIGHT, MOST_WEIGHT)

_WRITTEN = re.compile(
    r"""-?[^\W\d_]\w*:\s*
        (?:"(?P<straight>[^"]*)"?|“(?P<round>[^”]*)”?|«(?P<angled>[^»]*)»?|(?P<bare>.*?))
        (?:\^[\d.,]+)?$""",
    re.VERBOSE | re.DOTALL,
)
_KINDS = {"image": Kind.IMAGE, "video": Kind.VIDEO, "audio": Kind.AUDIO, "text": Kind.TEXT}
_DOCUMENTS = ("application/pdf", "application/vnd.", "application/msword", "application/epub")


@dataclass(frozen=True, slots=True)
class Written:
    """A file that others are to be like.

    Attributes:
        path: Of the file, absolute.
        weight: How much it counts; below zero where others are to be unlike it.
    """

    path: bytes
    weight: float = USUAL_WEIGHT

    @property
    def text(self) -> str:
        """As it is written in a query."""
        minus = "-" if self.weight < 0 else ""
        amount = abs(self.weight)
        return f"{minus}like:{quoted(self.path)}" + ("" if amount == USUAL_WEIGHT else f"^{amount:g}")

    @property
    def name(self) -> str:
        """The file's name as it is shown."""
        return shown(name_of(self.path))


def path_in(text: str) -> bytes:
    """Return the path of a file that a condition names, absolute: what is relative begins at home, as in a query."""
    match = _WRITTEN.match(text)
    path = next((group for group in match.groups() if group is not None), "") if match else ""
    home = os.path.expanduser("~")
    if named := path_of_uri(os.fsencode(path)):
        return os.path.normpath(named)
    return os.fsencode(os.path.normpath(os.path.join(home, os.path.expanduser(path))))


def kind_by_name(path: bytes) -> Kind:
    """Return what kind of file a name promises."""
    media_type = mimetypes.guess_type(shown(name_of(path)))[0] or ""
    if media_type.startswith(_DOCUMENTS):
        return Kind.DOCUMENT
    return _KINDS.get(media_type.partition("/")[0], Kind.OTHER)
