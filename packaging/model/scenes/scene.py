"""What every kind of drawing gives back."""

from dataclasses import dataclass

from PIL import Image


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture (RGB, square), what people would call it in English, and its kind."""

    picture: Image.Image
    captions: tuple[str, ...]
    category: str
