"""Which words are English, which of them name something that can be seen, and what else it is called.

Read from a list of words, from WordNet (nouns with their synonyms and hypernyms), and from Unicode's emoji names.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from captions import concept, singular

_VISIBLE = {5, 6, 8, 13, 17, 18, 19, 20, 25, 27}
"""WordNet's files of nouns for animals, artifacts, bodies, food, objects, persons, phenomena, plants, shapes and
substances."""

_KINDS = frozenset(
    """animal bird fish mammal insect reptile amphibian dog cat horse monkey bear snake frog spider shellfish butterfly
    dinosaur rodent whale shark fruit vegetable food drink beverage bread cake meat cheese dessert candy flower tree
    plant mushroom grass vehicle car truck bicycle boat ship aircraft airplane train building house church tower bridge
    furniture chair table bed tool weapon sword gun knife clothing garment hat shoe footwear jewelry bottle
    box bag toy game ball machine computer clock lamp camera telephone person woman man child worker musician athlete
    mountain river star planet musical_instrument stringed_instrument wind_instrument drum
    percussion_instrument kitchen_utensil cooking_utensil tableware appliance home_appliance electronic_device
    sports_equipment body_part bone military_vehicle measuring_instrument body_of_water natural_elevation
    edible_fruit""".split()
)
"""Hypernyms worth saying; the others are either too learned or say too little."""

_PLAINER = {"edible fruit": "fruit", "beverage": "drink", "garment": "clothing", "natural elevation": "mountain"}

_PROPER = {"mouse", "crane", "bass", "bat", "seal", "jaguar", "turkey"}
"""Words of which nobody can tell without a picture which thing they name."""


_OF_PEOPLE = frozenset("people person job jobs man woman child profession".split())


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a noun: its synonyms, the meanings it is a kind of, and whether it can be seen."""

    lemmas: tuple[str, ...]
    hypernyms: tuple[int, ...]
    is_visible: bool


class Lexicon:
    """English words and what they mean.

    Args:
        share: Where the packages' /usr/share lies.
        emoji: Names of emoji and their keywords.
    """

    def __init__(self, share: Path, emoji: Mapping[str, Sequence[str]]) -> None:
        self._wordnet = share / "wordnet"
        listed = (share / "dict" / "american-english").read_text("utf-8").split()
        self._common = {word for word in listed if word.islower() and word.isalpha() and len(word) > 2}
        self._keywords = {concept(name): tuple(words) for name, words in emoji.items()}
        self._emoji_words = {word for name in emoji for word in re.findall(r"[a-z]+", name) if len(word) > 2}

    @cached_property
    def words(self) -> frozenset[str]:
        """English words in small letters; names of people and places are none."""
        nouns = {
            lemma for sense in self._senses.values() for lemma in sense.lemmas if lemma.islower() and lemma.isalpha()
        }
        return frozenset(self._common | {word for word in nouns if len(word) > 2} | self._emoji_words)

    def is_thing(self, word: str) -> bool:
        """Tell whether a word, or several, names something that can be seen."""
        if concept(word) in self._keywords:
            return True
        senses = [self._senses[place] for place in self._meanings(word)[:2]]
        return any(sense.is_visible for sense in senses)

    def shows(self, text: str) -> bool:
        """Tell whether any word of a text names something that can be seen."""
        return any(self.is_thing(word) for word in text.split())

    def others(self, name: str, context: str = "", *, whole: bool = False) -> tuple[str, ...]:
        """Return what a thing is called besides, its synonyms before the kinds of thing it is.

        Args:
            name: What it is called.
            context: Words met beside it; they say which of a noun's meanings is meant.
            whole: Whether WordNet has to know the whole name; its last words are looked up otherwise.
        """
        keywords = [word for word in self._keywords.get(concept(name), ()) if self._is_common(word)]
        found = [word for word in keywords if self.is_thing(word)][:3]
        sense = self._meant(name, set(context.split())) if not whole or self._meanings(name) else None
        if sense is not None:
            lemmas = self._senses[sense].lemmas
            found += [lemma for lemma in lemmas if self._is_common(lemma)][:2]
            kinds = [_PLAINER.get(kind, kind) for kind in self._kinds(sense)]
            found += list(dict.fromkeys(kinds))[:2]
        own = concept(name)
        return tuple(text for text in dict.fromkeys(found) if concept(text) != own and len(text) > 2)

    def _is_common(self, text: str) -> bool:
        return all(word in self._common for word in text.split())

    def _meant(self, name: str, context: set[str]) -> int | None:
        """Return the meaning of a name's last words, unless it is in doubt."""
        words = re.split(r" (?:with|of|in|on|and|from|for|at) |,", name)[0].split()
        for start in range(len(words)):
            places = self._meanings(" ".join(words[start:]))
            if not places:
                continue
            if "person" in self._chain(places[0]) and not context & _OF_PEOPLE:
                return None  # a monitor, a speaker and a server are rather machines
            for place in places:
                if context & {word for lemma in self._chain(place) for word in lemma.split()}:
                    return place if self._senses[place].is_visible else None
            if singular(words[-1]) in _PROPER and len(words) - start == 1:
                return None
            visible = [place for place in places[:3] if self._senses[place].is_visible]
            kinds = {tuple(self._kinds(place))[-1:] for place in visible} - {()}
            return places[0] if places[0] in visible and len(kinds) <= 1 else None
        return None

    def _kinds(self, sense: int) -> list[str]:
        """Return the names of the kinds of thing that a meaning is one of, the closest first."""
        return [lemma for lemma in self._chain(sense) if lemma.replace(" ", "_") in _KINDS]

    def _chain(self, sense: int) -> list[str]:
        """Return the names of the meanings above one, the closest first."""
        found: list[str] = []
        level = self._senses[sense].hypernyms
        while level:
            found += [lemma for place in level for lemma in self._senses[place].lemmas]
            level = tuple(above for place in level for above in self._senses[place].hypernyms)
        return found

    def _meanings(self, text: str) -> tuple[int, ...]:
        words = text.split()
        if not words:
            return ()
        key = "_".join(words)
        return self._nouns.get(key) or self._nouns.get("_".join([*words[:-1], singular(words[-1])]), ())

    @cached_property
    def _nouns(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for line in _lines(self._wordnet / "index.noun"):
            fields = line.split()
            found[fields[0]] = tuple(int(field) for field in fields[-int(fields[2]) :])
        return found

    @cached_property
    def _senses(self) -> dict[int, Sense]:
        found: dict[int, Sense] = {}
        for line in _lines(self._wordnet / "data.noun"):
            fields = line.split("|")[0].split()
            count = int(fields[3], 16)
            lemmas = tuple(fields[4 + 2 * place].replace("_", " ") for place in range(count))
            pointers = fields[5 + 2 * count :]
            above = tuple(int(pointers[at + 1]) for at in range(0, len(pointers), 4) if pointers[at] == "@")
            visible = int(fields[1]) in _VISIBLE or bool(set(lemmas) & {"animal", "plant", "person", "food"})
            found[int(fields[0])] = Sense(lemmas, above, visible)
        return found


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a WordNet file below its licence, which is indented."""
    with open(path, encoding="utf-8") as file:
        yield from (line for line in file if not line.startswith(" "))
