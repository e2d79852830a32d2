"""The language that the window speaks: every sentence a user reads comes through here."""

import copy
import gettext as catalogs
import os
from collections.abc import Mapping

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from vexgui.core.errors import VexError
from vexgui.gui.sentences import Sentences
from vexgui.system.resources import resource

LANGUAGES = {"en": "English", "de": "Deutsch", "ar": "العربية"}
"""The languages there are, each as those who speak it call it."""
_ENGLISH = "en"
_DOMAIN = "vexgui"
_catalog: catalogs.NullTranslations = catalogs.NullTranslations()
_sentences: Sentences | None = None


def tr(sentence: str) -> str:
    """Return an English sentence in the language of the window; names in braces are filled in afterwards."""
    return _catalog.gettext(sentence)


def trn(one: str, many: str, count: int) -> str:
    """Return the sentence that goes with a count: the first with one, and as the language has it with others."""
    return _catalog.ngettext(one, many, count)


def translated(text: str) -> str:
    """Return what was formed below the window, one English sentence or several, in the language of the window."""
    return text if _sentences is None else _sentences.translated(text)


def translated_error(error: VexError) -> VexError:
    """Return an error as the window tells it."""
    if _sentences is None:
        return error
    told = copy.copy(error)
    told.message, told.remedy = translated(error.message), translated(error.remedy)
    return told


def speak(catalog: catalogs.NullTranslations, sentences: Sentences | None) -> None:
    """Have everything said in a language from now on: what the window says, and what it hears from below."""
    global _catalog, _sentences
    _catalog, _sentences = catalog, sentences


def catalog_of(language: str) -> catalogs.NullTranslations:
    """Return the catalog of one of `LANGUAGES`; English needs none."""
    if language == _ENGLISH:
        return catalogs.NullTranslations()
    return catalogs.translation(_DOMAIN, os.fspath(resource("translations")), [language])


def wanted_language(choice: str, environ: Mapping[str, str]) -> str:
    """Return which of `LANGUAGES` to speak: the one that was chosen, or the first that the environment names.

    The variables and their order are those of the GNU C library; ``LANGUAGE`` lists several, and counts for nothing
    where the locale is C.
    """
    if choice in LANGUAGES:
        return choice
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or "C"
    if _spoken(locale) in {"C", "POSIX"}:
        return _ENGLISH
    named = [_spoken(name) for name in (*environ.get("LANGUAGE", "").split(":"), locale)]
    return next((name for name in named if name in LANGUAGES), _ENGLISH)


def set_language(app: QApplication, language: str) -> None:
    """Have the window, and the dialogs that Qt brings along, speak one of `LANGUAGES` from now on."""
    speak(catalog_of(language), None if language == _ENGLISH else Sentences(language))
    own = QLocale.system()
    # Who reads German in Austria has dates and numbers as there.
    locale = own if _spoken(own.name()) == language else QLocale(language)
    QLocale.setDefault(locale)
    app.setLayoutDirection(QLocale(language).textDirection())
    for earlier in app.findChildren(QTranslator):
        app.removeTranslator(earlier)
        earlier.deleteLater()
    translator = QTranslator(app)
    if language != _ENGLISH and translator.load(f"qtbase_{language}", _qt_catalogs()):
        app.installTranslator(translator)


def _qt_catalogs() -> str:
    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)


def _spoken(locale: str) -> str:
    """Return the language of a locale's name: "de" for "de_AT.UTF-8"."""
    return locale.split(".", maxsplit=1)[0].split("@", maxsplit=1)[0].split("_", maxsplit=1)[0]
