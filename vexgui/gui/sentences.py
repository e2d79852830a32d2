"""Sentences that come from below the window, in its language: known by their templates, with their facts filled in.

How they are gathered: packaging/sentences.py; why it is done so: docs/decisions/0039-sentences-from-below.md.
"""

import gettext
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import islice
from string import Formatter

from PySide6.QtCore import QLocale, Qt

from vexgui.system.resources import resource

_DOMAIN = "sentences"
_COUNT = "count"
_KEPT = 2_000
"""So many sentences are remembered: lists show the same ones over and over."""
_MOST_ENDS = 20
"""More sentences are not told at once: a text with more has something in it that somebody wrote."""
_END = re.compile(r"[.?!](?= )")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_NUMBERS = {_COUNT, "number", "line", "first", "minutes"}
"""Facts that are written as the language writes numbers; others may be what somebody typed."""


class _Catalog(gettext.GNUTranslations):
    """A catalogue that tells what it has."""

    _catalog: dict[str | tuple[str, int], str]

    def sentences(self) -> Iterator[str]:
        """Yield what it has translations of."""
        yield from dict.fromkeys(key if isinstance(key, str) else key[0] for key in self._catalog if key)


@dataclass(frozen=True, slots=True)
class _Template:
    """A sentence with names for its facts.

    Attributes:
        text: As it is in the catalogue.
        longest: The longest stretch in it that is always the same.
        fixed: How many characters of it are.
    """

    text: str
    longest: str
    fixed: int


class Sentences:
    """Translates into one language; its catalogue is read with the first sentence.

    Args:
        language: Its code.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._rightwards = QLocale(language).textDirection() is Qt.LayoutDirection.RightToLeft
        self.translated = lru_cache(_KEPT)(self._translated)

    def _translated(self, text: str) -> str:
        """Return a text of one sentence or several; what is not known stays as it is."""
        whole = self._known(text)
        if whole is not None:
            return whole
        for head, tail in _split(text):
            known = self._one(head)
            if known is not None:
                return f"{known} {self.translated(tail)}"
        return text

    def _known(self, text: str) -> str | None:
        """Return a text all of whose sentences are known, the shortest first: what a fact is ends with its sentence."""
        for head, tail in _split(text):
            known = self._one(head)
            others = None if known is None else self._known(tail)
            if others is not None:
                return f"{known} {others}"
        return self._one(text)

    def _one(self, sentence: str) -> str | None:
        if sentence in self._plain:
            return self._catalog.gettext(sentence)
        for template in self._templates:
            match = _pattern(template.text).fullmatch(sentence) if template.longest in sentence else None
            if match is not None:
                return self._filled(template.text, match.groupdict())
        return None

    def _filled(self, template: str, facts: Mapping[str, str]) -> str:
        if _COUNT in facts:
            said = self._catalog.ngettext(template, template, int(facts[_COUNT].replace(",", "")))
        else:
            said = self._catalog.gettext(template)
        return said.format(**{name: self._fact(name, fact) for name, fact in facts.items()})

    def _fact(self, name: str, fact: str) -> str:
        """Return a fact as it stands among other words; one that is a sentence itself is translated, too."""
        if _GROUPED.fullmatch(fact) or (name in _NUMBERS and fact.isdecimal()):
            return QLocale().toString(int(fact.replace(",", "")))
        known = self._known(fact) if " " in fact else None
        if known is not None or not self._rightwards:
            return fact if known is None else known
        # The slashes of a path keep their places, whatever its first letter is.
        mark = "\N{LEFT-TO-RIGHT ISOLATE}" if fact.startswith(("/", "~")) else "\N{FIRST STRONG ISOLATE}"
        return f"{mark}{fact}\N{POP DIRECTIONAL ISOLATE}"

    @cached_property
    def _catalog(self) -> _Catalog:
        folder = os.fspath(resource("translations"))
        return gettext.translation(_DOMAIN, folder, [self._language], _Catalog)

    @cached_property
    def _plain(self) -> frozenset[str]:
        return frozenset(text for text in self._catalog.sentences() if "{" not in text)

    @cached_property
    def _templates(self) -> list[_Template]:
        """The sentences that have facts; first those of which most is always the same."""
        found = [_template(text) for text in self._catalog.sentences() if "{" in text]
        return sorted(found, key=lambda template: -template.fixed)


def _template(text: str) -> _Template:
    fixed = [literal for literal, *_ in Formatter().parse(text)]
    return _Template(text, max(fixed, key=len), sum(map(len, fixed)))


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """Return what is formed by a template; made when it may be needed, for there are hundreds."""
    pattern = ""
    for literal, name, _, _ in Formatter().parse(template):
        pattern += re.escape(literal)
        if name is not None:
            # A fact that stands twice in a sentence is the same both times.
            is_again = f"(?P<{name}>" in pattern
            pattern += f"(?P={name})" if is_again else f"(?P<{name}>{r'[0-9][0-9,]*' if name == _COUNT else '.+?'})"
    return re.compile(pattern, re.DOTALL)


def _split(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text in two parts, at the end of each of its first sentences."""
    for end in islice(_END.finditer(text), _MOST_ENDS):
        yield text[: end.end()], text[end.end() + 1 :]
