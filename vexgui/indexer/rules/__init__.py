"""Which files and folders are indexed, and why others are not."""

from vexgui.indexer.rules.patterns import is_understood, literal
from vexgui.indexer.rules.rules import Rules
from vexgui.indexer.rules.standing import speaks
from vexgui.indexer.rules.usual import USUAL

__all__ = ["USUAL", "Rules", "is_understood", "literal", "speaks"]
