"""Random training pictures with English captions, drawn from a seed without any file or network."""

from scenes.backgrounds import background
from scenes.drawing import KINDS, draw
from scenes.scene import Scene

__all__ = ["KINDS", "Scene", "background", "draw"]
