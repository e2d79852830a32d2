"""docs/QUERY.md says what the language does: its examples are read, and its lists are complete."""

import re
from itertools import chain

import pytest

from tests.docs.pages import ROOT, blocks, codes, read
from tests.search.language.asking import asked
from vexgui.core.files import Kind
from vexgui.core.query import SortBy
from vexgui.search.language.fields import FIELDS, STANDINGS
from vexgui.search.language.lexer import LEAST_WEIGHT, MOST_WEIGHT
from vexgui.search.language.parser import DEEPEST, MOST_CHARACTERS, MOST_CONDITIONS
from vexgui.search.language.tree import MOST_ALTERNATIVES

PAGE = ROOT / "docs" / "QUERY.md"
TEXT = read(PAGE)

MISTAKES = re.findall(r"^\| `([^`]+)` \| (.+?) \|$", TEXT.partition("## Mistakes")[2], re.MULTILINE)
HALF_TYPED = re.findall(r"`([^`]+)`", TEXT.partition("What is half typed")[2].partition(".\n")[0])
NOT_UNDERSTOOD = {'taken:"last summer"'}
EXAMPLES = sorted(
    {line.partition("  #")[0].strip() for block in blocks(PAGE) for line in block.splitlines()}
    | {code for code in codes(PAGE) if re.search(r"[:>^\"]|\w \w", code)} - NOT_UNDERSTOOD
    - {typed for typed, _ in MISTAKES} - set(HALF_TYPED) - {"vexgui search"}
)  # fmt: skip

SHOWN_AS_FIELDS = sorted(
    set(re.findall(r"`(-?[a-z]+[:<>][^`]+)`", TEXT.partition("## Fields")[2].partition("## Mistakes")[0]))
    - NOT_UNDERSTOOD
)


def section(title: str) -> str:
    return TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 100
    assert len(MISTAKES) > 5
    assert len(HALF_TYPED) == 5
    assert len(SHOWN_AS_FIELDS) > 80


@pytest.mark.parametrize("typed", EXAMPLES)
def test_every_example_is_understood(typed: str) -> None:
    query = asked(typed)
    assert not query.mistakes
    assert query.questions or query.where or query.examples or query.order or query.spaces


@pytest.mark.parametrize("typed", SHOWN_AS_FIELDS)
def test_what_is_shown_as_a_field_is_one(typed: str) -> None:
    assert not asked(typed).questions


@pytest.mark.parametrize("typed", sorted(NOT_UNDERSTOOD))
def test_what_is_said_not_to_be_understood_is_not(typed: str) -> None:
    assert asked(typed).mistakes


@pytest.mark.parametrize(("typed", "said"), MISTAKES)
def test_every_mistake_is_told_as_the_page_says(typed: str, said: str) -> None:
    (mistake,) = asked(typed).mistakes
    assert f"{mistake.sentence} {mistake.advice}" == said
    assert not mistake.unfinished


@pytest.mark.parametrize("typed", HALF_TYPED)
def test_what_is_half_typed_is_no_mistake_yet(typed: str) -> None:
    mistakes = asked(typed).mistakes
    assert mistakes
    assert all(mistake.unfinished for mistake in mistakes)


def test_every_field_with_its_names_has_its_place() -> None:
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|.*\|([^|]*)\|$", section("Fields"), re.MULTILINE)
    named = set(chain.from_iterable(re.findall(r"`(\w+)`", cell) for row in rows for cell in row))
    assert named == set(FIELDS)


def test_all_kinds_standings_and_orders_are_listed() -> None:
    fields = section("Fields")
    assert all(f"`type:{kind}`" in fields for kind in Kind)
    assert all(f"`is:{standing}`" in fields for standing in STANDINGS)
    assert all(f"`sort:{by}`" in fields for by in SortBy)


def test_the_limits_are_those_of_the_code() -> None:
    limits = section("Limits")
    for limit in (f"{MOST_CHARACTERS} characters", f"{DEEPEST} deep", f"{MOST_CONDITIONS} conditions"):
        assert limit in limits
    assert f"Up to {MOST_ALTERNATIVES} alternatives" in TEXT
    assert f"from {LEAST_WEIGHT} to {MOST_WEIGHT:g}" in TEXT
