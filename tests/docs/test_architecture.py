"""docs/ARCHITECTURE.md and the code name the same things."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import ARCHITECTURE, PAGES, ROOT, blocks, codes, read
from vexgui.core import errors

CODE = ROOT / "vexgui"
PACKAGES = sorted(path.parent for path in CODE.rglob("__init__.py") if path.parent != CODE)
_MODULE = re.compile(r"(?:vexgui/)?((?:\w+/)*\w+\.py)")
_FOLDER = re.compile(r"vexgui((?:/\w+)+)/?")
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)\)")


def named(page: Path) -> list[str]:
    """Return the modules and packages of ours that a page names, as paths from the top of the project."""
    found = []
    for code in codes(page):
        if code.startswith(("tests/", "packaging/", "docs/")):
            found.append(code)
        elif module := _MODULE.fullmatch(code):
            found.append(f"vexgui/{module[1]}")
        elif _FOLDER.fullmatch(code):
            found.append(code)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_module_and_package_that_a_page_names_exists(page: Path) -> None:
    missing = [path for path in named(page) if not (ROOT / path).exists() and not (ROOT / f"{path}.py").exists()]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_links_to_exists(page: Path) -> None:
    missing = [target for target in _LINK.findall(read(page)) if not (page.parent / target).exists()]
    assert not missing


def test_enough_is_named_for_these_tests_to_mean_something() -> None:
    assert len(named(ARCHITECTURE)) > 50


def test_every_package_has_its_section() -> None:
    headings = re.findall(r"^### `(vexgui/\w+)`$", read(ARCHITECTURE), re.MULTILINE)
    assert sorted(headings) == [f"vexgui/{package.name}" for package in PACKAGES if package.parent == CODE]


def test_every_package_within_a_package_is_named() -> None:
    inner = {str(package.relative_to(ROOT)) for package in PACKAGES if package.parent != CODE}
    assert inner <= set(named(ARCHITECTURE))


def test_the_layers_are_drawn_as_they_are_checked() -> None:
    contract = re.search(r"layers = \[(.*?)\]", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.DOTALL)
    assert contract is not None
    checked = re.findall(r"\w+", contract[1])
    drawn = " ".join(re.split(r"  +", line.strip())[0] for line in blocks(ARCHITECTURE)[0].splitlines())
    assert re.findall(r"\w+", drawn) == checked


def test_the_errors_named_are_the_errors_there_are() -> None:
    named_errors = {code for code in codes(ARCHITECTURE) if code.endswith(("Error", "Problem"))}
    assert named_errors == {"VexError", "UsageProblem", "WorldProblem"}
    assert all(hasattr(errors, name) for name in named_errors)


@pytest.mark.parametrize("package", ["store", "bench"])
def test_every_module_of_a_large_package_is_named(package: str) -> None:
    there = {str(path.relative_to(ROOT)) for path in (CODE / package).rglob("*.py") if path.name != "__init__.py"}
    assert there <= set(named(ARCHITECTURE))
