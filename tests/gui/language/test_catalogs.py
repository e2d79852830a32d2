"""All that the window says is translated, whole and with its placeholders, and what is read is what was written."""

import ast
import re
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

sys.path.insert(0, str(Path(__file__).parents[3] / "packaging"))

import translations

PLACEHOLDER = re.compile(r"\{\w*\}")
COUNTS = {"{count}", "{number}"}
"""Placeholders that a plural form may do without, where the language has a word for so many."""
SENTENCES = {"tr", "trn"}


@pytest.fixture(scope="module", params=translations.DOMAINS)
def domain(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def template(domain: str) -> Catalog:
    return translations.DOMAINS[domain]()


@pytest.fixture(scope="module", params=translations.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def sentences(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def forms(texts: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts)


def test_a_catalog_has_the_sentences_that_there_are_and_no_others(
    language: str, domain: str, template: Catalog
) -> None:
    catalog = translations.read(language, domain)
    assert {message.id for message in sentences(catalog)} == {message.id for message in sentences(template)}
    assert not catalog.obsolete


def test_every_sentence_is_translated_for_certain(language: str, domain: str) -> None:
    catalog = translations.read(language, domain)
    assert translations.missing(catalog) == []
    assert [message.id for message in sentences(catalog) if message.fuzzy] == []


def test_placeholders_are_those_of_the_sentence(language: str, domain: str) -> None:
    for message in sentences(translations.read(language, domain)):
        wanted = {name for form in forms(message.id) for name in PLACEHOLDER.findall(form)}
        spared = COUNTS if message.pluralizable else set()
        for form in forms(message.string):
            found = set(PLACEHOLDER.findall(form))
            some_form_lacks = {name for name in wanted if any(name not in text for text in forms(message.id))}
            assert found <= wanted, message.id
            assert wanted - found <= spared | some_form_lacks, message.id


def test_what_is_read_is_what_was_written_down(language: str, domain: str) -> None:
    compiled = translations.catalog_file(language, domain).with_suffix(".mo").read_bytes()
    assert compiled == translations.compiled(translations.read(language, domain)), "make translations compiles it"


@pytest.mark.parametrize("source", sorted(translations.SOURCES.rglob("*.py")), ids=lambda path: path.stem)
def test_sentences_are_literals_that_are_said_when_the_language_is_known(source: Path) -> None:
    tree = ast.parse(source.read_text())
    said = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) in SENTENCES]
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, (ast.FunctionDef, ast.Lambda))
        for body in (function.body if isinstance(function.body, list) else [function.body])
        for node in ast.walk(body)
    }
    for call in said:
        if source.name != "language.py":
            assert all(isinstance(argument, ast.Constant) for argument in call.args[: 1 + (_name(call) == "trn")])
            assert id(call) in inside, f"line {call.lineno} is said when the module is loaded"


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""
