"""The small signs on a result: what one should know of the file before it is opened."""

from dataclasses import dataclass

from vexgui.core.hits import Hit
from vexgui.gui.language import tr, trn
from vexgui.gui.wording import number


@dataclass(frozen=True, slots=True)
class Badge:
    """One sign.

    Attributes:
        icon: Name of its icon.
        sentence: What it means, as it is said.
        count: A number beside the icon, "" for none.
        warns: Whether it tells of something that stands in the way.
    """

    icon: str
    sentence: str
    count: str = ""
    warns: bool = False


def badges_of(hit: Hit) -> tuple[Badge, ...]:
    """Return the signs of a hit, the gravest first."""
    found: list[Badge] = []
    if hit.gone:
        found.append(Badge("badge-gone", tr("The file is not there any more"), warns=True))
    elif hit.offline:
        found.append(Badge("badge-offline", tr("Its drive is not connected"), warns=True))
    if hit.stale and not hit.gone:
        found.append(Badge("badge-stale", tr("Changed since it was read")))
    copies = len(hit.copies)
    if copies:
        told = trn("There is {count} copy of it", "There are {count} copies of it", copies)
        found.append(Badge("badge-copies", told.format(count=number(copies)), number(copies + 1)))
    return tuple(found)
