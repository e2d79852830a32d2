"""Languages as people call them, and their codes (ISO 639-1)."""

from vexgui.search.language.suggestions import begins, closest
from vexgui.search.language.values import Typed, Unreadable
from vexgui.store.catalog import folded

_TABLE = """
    af afrikaans; ar arabic; bg bulgarian; bn bengali; ca catalan; cs czech; cy welsh; da danish dansk;
    de german deutsch; el greek; en english; eo esperanto; es spanish espanol castellano; et estonian; eu basque;
    fa persian farsi; fi finnish suomi; fr french francais; ga irish; gl galician; gu gujarati; he hebrew; hi hindi;
    hr croatian hrvatski; hu hungarian magyar; hy armenian; id indonesian; is icelandic; it italian italiano;
    ja japanese; ka georgian; kn kannada; ko korean; la latin; lt lithuanian; lv latvian; mk macedonian; ml malayalam;
    mr marathi; ms malay; nl dutch nederlands; no norwegian norsk nb bokmal nn nynorsk; pa punjabi;
    pl polish polski; pt portuguese portugues; ro romanian; ru russian; sk slovak; sl slovenian slovene; sq albanian;
    sr serbian; sv swedish svenska; sw swahili; ta tamil; te telugu; th thai; tl tagalog filipino; tr turkish turkce;
    uk ukrainian; ur urdu; vi vietnamese; zh chinese mandarin
"""
_CODES = {word: code for code, *names in (entry.split() for entry in _TABLE.split(";")) for word in (code, *names)}
LANGUAGES = {code: name.capitalize() for code, name, *_ in (entry.split() for entry in _TABLE.split(";"))}
"""The English names of languages by their codes."""


def read_language(value: Typed) -> str:
    """Return the code of a language that is named by its code, its English name, or its own.

    Raises:
        Unreadable: No such language is known.
    """
    word = folded(value.text)
    # "en-GB" is English; what a text was written in is not known more closely.
    code = _CODES.get(word) or _CODES.get(word.replace("_", "-").partition("-")[0])
    if code is None:
        meant = closest(word, _CODES)
        raise Unreadable(
            f"No language called {value.text} is known.",
            "" if meant else "Write its code or its English name: lang:de, lang:german.",
            meant=f"lang:{meant}" if meant else "",
            grows=begins(word, _CODES),
        )
    return code
