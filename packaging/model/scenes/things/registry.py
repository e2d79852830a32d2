"""Which things there are, what they are called and who draws them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from scenes.brush import Brush

Drawing = Callable[[Brush], None]


@dataclass(slots=True)
class Thing:
    """A thing with its names, the most usual first, and its variants."""

    name: str
    also: tuple[str, ...] = ()
    coloured: bool = False
    """Whether it is drawn in the brush's main colour, so that captions may name it."""
    tones: tuple[str, ...] = ()
    """The colours it comes in, where not in every one."""
    variants: list[Drawing] = field(default_factory=list)


THINGS: dict[str, Thing] = {}


def thing(name: str, *also: str, coloured: bool = False, tones: tuple[str, ...] = ()) -> Callable[[Drawing], Drawing]:
    """Register a function as a variant of a thing; names and colours are said with the first one."""

    def register(drawing: Drawing) -> Drawing:
        known = THINGS.setdefault(name, Thing(name, also, coloured or bool(tones), tones))
        known.variants.append(drawing)
        return drawing

    return register
