"""Parts of very wide or tall pictures: models look at a square, and would never see what lies at the ends. Pure."""

from math import ceil

from vexgui.core.told import told
from vexgui.extract.contents import MAX_SHOWN

_LONG = 2.0
"""A picture whose sides differ more than so many times has parts."""
_OVERLAP = 0.25
"""At least so much of a part is seen in the next one too, so that nothing is cut in two everywhere."""
_LEAST_PX = 64
"""A picture lower or narrower than this has no parts: a line, a button."""

_ACROSS = told(("left", "middle left", "middle", "middle right", "right"))
_DOWN = told(("top", "upper middle", "middle", "lower middle", "bottom"))
_NAMED = {3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
"""Which of the names above so many parts have."""


def parts_of(width: int, height: int) -> tuple[str, ...]:
    """Return the places of the square parts of a picture, from the left or from the top; none where it has no parts.

    Args:
        width: Of the whole upright picture, pixels.
        height: The same.
    """
    shorter, longer = sorted((width, height))
    if shorter < _LEAST_PX or longer <= _LONG * shorter:
        return ()
    count = min(MAX_SHOWN - 1, ceil((longer / shorter - _OVERLAP) / (1 - _OVERLAP)))
    if count in _NAMED:
        names = _ACROSS if width > height else _DOWN
        return tuple(names[place] for place in _NAMED[count])
    return tuple(told(f"part {number} of {count}") for number in range(1, count + 1))


def box_of(number: int, count: int, width: int, height: int) -> tuple[int, int, int, int]:
    """Return where a part lies in a picture of any size: left, top, right, bottom in pixels.

    Args:
        number: Which part, from 0.
        count: How many there are, 2 or more.
        width: Of the picture that is cut, pixels.
        height: The same.
    """
    side = min(width, height)
    start = round((max(width, height) - side) * number / (count - 1))
    left, top = (start, 0) if width > height else (0, start)
    return left, top, left + side, top + side
