"""Gathers all that the window says into the catalogs of all languages, and compiles what is translated.

Its own sentences are in vexgui.po, those that come from below it in sentences.po (packaging/sentences.py).

Run it (``make translations``) after a sentence was added or changed: the new ones stand in the .po files with an empty
translation, those that are gone are removed. A second run after translating them writes the .mo files that are read.
"""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import sentences
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "vexgui" / "gui"
CATALOGS = ROOT / "resources" / "translations"
LANGUAGES = ("ar", "de")
KEYWORDS = {"tr": None, "trn": (1, 2)}
"""The functions that a sentence is given to, and which of their arguments are sentences."""
_WIDTH = 120
_HEADER = """# PROJECT's window, translated.
# This file is distributed under the same license as the PROJECT project.
#"""


def extracted() -> Catalog:
    """Return all sentences of the window, untranslated."""
    found = extract_from_dir(SOURCES, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("For",))
    catalog = Catalog(project="VexGUI", charset="utf-8")
    for path, _line, message, comments, context in sorted(found, key=lambda entry: (entry[0], entry[1])):
        # Without line numbers: a catalog changes when a sentence does, not whenever code moves.
        catalog.add(message, locations=[(f"vexgui/gui/{path}", 0)], auto_comments=comments, context=context)
    return catalog


DOMAINS: dict[str, Callable[[], Catalog]] = {"vexgui": extracted, "sentences": sentences.extracted}
"""The catalogs of each language, and what gathers what they translate."""


def catalog_file(language: str, domain: str) -> Path:
    """Return where the translations into a language are written down."""
    return CATALOGS / language / "LC_MESSAGES" / f"{domain}.po"


def read(language: str, domain: str) -> Catalog:
    """Return the translations into a language."""
    file = catalog_file(language, domain)
    if not file.exists():
        return Catalog(locale=language, header_comment=_HEADER, project="VexGUI", charset="utf-8", fuzzy=False)
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def updated(catalog: Catalog, template: Catalog) -> Catalog:
    """Return a catalog with the sentences that there are now; none is guessed from another that is like it."""
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    return catalog


def compiled(catalog: Catalog) -> bytes:
    """Return a catalog as gettext reads it."""
    written = io.BytesIO()
    write_mo(written, catalog)
    return written.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """Return the sentences that are not translated, or not in all plural forms."""
    return [
        str(message.id)
        for message in catalog
        if message.id and not all(message.string if isinstance(message.string, tuple) else [message.string])
    ]


def main() -> int:
    """Bring the catalogs of all languages up to date, and say what is not translated yet."""
    templates = {domain: gather() for domain, gather in DOMAINS.items()}
    left = [
        f"{language}, {domain}: {sentence}"
        for domain, template in templates.items()
        for language in LANGUAGES
        for sentence in brought_up_to_date(language, domain, template)
    ]
    print(f"{sum(map(len, templates.values()))} sentences, {len(left)} without a translation", *left, sep="\n")
    return 1 if left else 0


def brought_up_to_date(language: str, domain: str, template: Catalog) -> list[str]:
    """Write a catalog with the sentences that there are now; return those that are not translated yet."""
    catalog = updated(read(language, domain), template)
    for name, called in sentences.names_of_languages(language).items():
        if name in catalog:
            catalog[name].string = called
    file = catalog_file(language, domain)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        write_po(opened, catalog, width=_WIDTH, include_lineno=False)
    file.with_suffix(".mo").write_bytes(compiled(catalog))
    return missing(catalog)


if __name__ == "__main__":
    sys.exit(main())
