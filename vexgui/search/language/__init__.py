"""The query language: what a person typed, read into a `vexgui.core.query.Query`. Its reference is docs/QUERY.md."""

from vexgui.search.language.completing import completions
from vexgui.search.language.offering import Vocabulary
from vexgui.search.language.parser import parse
from vexgui.search.language.reading import reading
from vexgui.search.language.surroundings import Surroundings, local_zone

__all__ = ["Surroundings", "Vocabulary", "completions", "local_zone", "parse", "reading"]
