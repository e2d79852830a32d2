"""English for captions and for the writing inside pictures."""

import re
from collections.abc import Sequence

from scenes.chance import Rng, maybe, pick

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_IRREGULAR = {
    "person": "people",
    "someone": "people",
    "man": "men",
    "woman": "women",
    "child": "children",
    "fish": "fish",
    "sheep": "sheep",
    "shoes": "pairs of shoes",
    "glasses": "pairs of glasses",
    "scissors": "pairs of scissors",
    "snowman": "snowmen",
    "tomato": "tomatoes",
    "man's face": "men's faces",
    "woman's face": "women's faces",
    "leaf": "leaves",
    "loaf": "loaves",
    "grapes": "bunches of grapes",
    "trousers": "pairs of trousers",
    "french fries": "portions of french fries",
    "dice": "dice",
    "sushi": "pieces of sushi",
    "cheese": "pieces of cheese",
    "fire": "fires",
}

_LETTERS = "bcdfghklmnprstvw"
_VOWELS = "aeiou"
FIRST_NAMES = (
    "Anna",
    "Ben",
    "Clara",
    "David",
    "Emma",
    "Felix",
    "Greta",
    "Hugo",
    "Ida",
    "Jonas",
    "Lena",
    "Max",
    "Nora",
    "Omar",
    "Paula",
    "Rosa",
)
LAST_NAMES = (
    "Miller",
    "Smith",
    "Weber",
    "Novak",
    "Rossi",
    "Garcia",
    "Dubois",
    "Jensen",
    "Brown",
    "Fischer",
    "Kim",
    "Lopez",
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_COMMON = (
    "the", "of", "and", "to", "in", "is", "for", "on", "with", "as", "by", "at", "from", "that", "this", "are", "was",
    "be", "we", "you", "it", "not", "have", "new", "time", "all", "can", "more", "will", "one", "about", "when",
    "people", "other", "first", "also", "after", "over", "work", "year", "day", "house", "water", "report", "plan",
    "order", "city", "number", "project", "meeting", "price", "market", "team", "open", "small", "large", "week",
    "room", "paper", "light", "garden", "music", "story", "river", "school", "travel", "summer", "winter", "morning",
    "family",
)  # fmt: skip


_BARE = (
    "balloons", "bedroom", "berries", "binoculars", "blocks", "books", "bread", "camping", "candlelight", "cards",
    "carrots", "cattle", "cheese", "cherries", "chess", "chips", "cycling", "dice", "drums", "eggs", "eyeglasses",
    "fire", "flames", "food", "fries", "glasses", "grapes", "headphones", "hello", "jeans", "jewellery", "jogging",
    "keys", "lightning", "lights", "love", "luggage", "lunch", "mail", "mushrooms", "music", "notes", "pants",
    "photography", "potatoes", "pyramids", "rain", "roses", "scissors", "search", "security", "settings", "shoes",
    "sneakers", "someone", "spectacles", "strawberries", "sunshine", "sushi", "tennis", "thunder", "trousers",
    "tubes", "tulips", "weather", "wine",
)  # fmt: skip
"""Words that take no article when they are the head of a noun."""

_AFTER_HEAD = re.compile(r" (?:of|with|on|in|over|by|for|behind|running|waving|sitting|standing|greeting|showing)\b")


def uncountable(noun: str) -> bool:
    """Return whether a noun takes neither an article nor a number."""
    tail = _AFTER_HEAD.search(noun)
    head = noun[: tail.start()] if tail else noun
    return head.rsplit(maxsplit=1)[-1] in _BARE


def article(noun: str) -> str:
    """Return the noun with its indefinite article, if it takes one."""
    if uncountable(noun) or noun.startswith("the "):
        return noun
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def plural(noun: str) -> str:
    """Return the plural of a noun, with whatever stands before and after its head."""
    tail = _AFTER_HEAD.search(noun)
    if tail:
        return plural(noun[: tail.start()]) + noun[tail.start() :]
    for single, many in _IRREGULAR.items():
        if noun == single or noun.endswith(" " + single):
            return noun[: -len(single)] + many
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun if noun.endswith("s") and not noun.endswith(("ss", "us")) else noun + "es"
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + "s"


def counted(count: int, noun: str) -> str:
    """Return "a cup" or "three cups"."""
    return article(noun) if count == 1 else f"{NUMBERS[count]} {plural(noun)}"


def listed(parts: Sequence[str]) -> str:
    """Return "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def word(rng: Rng) -> str:
    """Return a common word, or one that looks like a word."""
    if maybe(rng, 0.7):
        return pick(rng, _COMMON)
    return "".join(pick(rng, _LETTERS) + pick(rng, _VOWELS) for _ in range(int(rng.integers(1, 4))))


def sentence(rng: Rng, letters: int) -> str:
    """Return words that fill about this many letters."""
    text = word(rng)
    while len(text) < letters:
        text += " " + word(rng)
    return text[:letters].capitalize()


def full_name(rng: Rng) -> str:
    """Return a person's first and last name."""
    return f"{pick(rng, FIRST_NAMES)} {pick(rng, LAST_NAMES)}"


def amount(rng: Rng, most: float = 500) -> str:
    """Return a sum of money as digits."""
    return f"{rng.uniform(1, most):.2f}"


def chosen(rng: Rng, captions: Sequence[str], most: int = 4) -> tuple[str, ...]:
    """Return two to five different captions out of many, in random order; the first is always among them."""
    rest = list(dict.fromkeys(captions[1:]))
    order = rng.permutation(len(rest))[: most - 1]
    kept = [captions[0], *(rest[int(i)] for i in order if rest[int(i)] != captions[0])]
    return tuple(kept)
