"""docs/USER.md names what there is: keys, words of the window, queries, pictures."""

import ast
import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, README, ROOT, USER, read
from tests.search.language.asking import asked
from vexgui.gui.keys.combination import Combination, shown
from vexgui.gui.keys.commands import fixed_keys, sections

TEXT = read(USER)
IMAGES = ROOT / "docs" / "images"
_LARGEST_BYTES, _ALL_BYTES = 200_000, 1_500_000


def section(title: str) -> str:
    return TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def words_of_the_window() -> set[str]:
    """Return every sentence that the window may say."""
    trees = [ast.parse(path.read_bytes()) for path in (ROOT / "vexgui" / "gui").rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    said = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in {"tr", "trn"}]
    return {str(word.value) for call in said for word in call.args if isinstance(word, ast.Constant)}


def test_the_keys_are_those_of_the_window() -> None:
    rows = [row for part in sections() for row in part.rows if row.keys]
    told = [(", ".join(shown(Combination(key)) for key in row.keys), row.words) for row in rows]
    assert re.findall(r"^\| (.+) \| (.+) \|$", section("Keys"), re.MULTILINE)[1:] == [*told, *fixed_keys()]


def test_what_stands_in_bold_letters_is_called_so_in_the_window() -> None:
    bold = {" ".join(name.split()) for name in re.findall(r"\*\*(.+?)\*\*", TEXT, re.DOTALL)}
    assert len(bold) > 40
    assert bold <= words_of_the_window()


QUERIES = [
    code
    for row in re.findall(r"^\| .+? \| (.+) \|$", section("Searching"), re.MULTILINE)[1:]
    for code in re.findall(r"`([^`]+)`", row)
]


def test_queries_are_shown() -> None:
    assert len(QUERIES) > 15


@pytest.mark.parametrize("typed", QUERIES)
def test_every_query_shown_is_understood(typed: str) -> None:
    query = asked(typed)
    assert not query.mistakes
    assert query.questions or query.where or query.order


def anchors(page: Path) -> set[str]:
    """Return the addresses of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^##+ (.+)$", read(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_every_link_to_a_heading_leads_to_one() -> None:
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) == anchors(USER)
    elsewhere = set(re.findall(r"\]\(\.\./README\.md#([^)]+)\)", TEXT))
    assert elsewhere
    assert elsewhere <= anchors(README)


def test_every_picture_is_shown_on_a_page_and_all_are_small() -> None:
    linked = {
        (page.parent / name).resolve() for page in PAGES for name in re.findall(r"\]\(([^)]+\.png)\)", read(page))
    }
    pictures = set(IMAGES.iterdir())
    assert pictures == linked
    sizes = [picture.stat().st_size for picture in pictures]
    assert max(sizes) < _LARGEST_BYTES
    assert sum(sizes) < _ALL_BYTES
