"""What a cell says about its hit: the name, and the reason it was found."""

from vexgui.core.files import Kind
from vexgui.core.hits import Hit, Likeness, Why
from vexgui.core.paths import folder_of, name_of, shown
from vexgui.gui.language import tr, translated
from vexgui.gui.markdown import is_markdown, plain
from vexgui.gui.marked import Marked, parsed
from vexgui.gui.wording import copies_line, known_as

_NO_NEWS = frozenset({"", "line 1"})
"""Places that say nothing worth a line."""


def name_line(hit: Hit) -> Marked:
    """Return the file's name, marked where the query names it."""
    name = shown(name_of(hit.path))
    named = next((parsed(why.text) for why in hit.why if why.space == "name"), Marked(""))
    return named if named.text == name else Marked(name)


def reason_line(hit: Hit, *, or_folder: bool = True) -> Marked:
    """Return the strongest reason beyond the name in one line.

    Without a reason that is the file's folder, or nothing where that is told otherwise: not ``or_folder``.
    Where the file has copies their number comes first.
    """
    if hit.gone:
        return Marked(tr("Not there any more"))
    told = _reason(hit)
    if not told.text and or_folder:
        told = Marked(known_as(folder_of(hit.path)))
    return _led(f"{copies_line(len(hit.copies))} · ", told) if hit.copies else told


def _reason(hit: Hit) -> Marked:
    if hit.likeness is Likeness.SAME:
        return Marked(tr("Has the same content"))
    if hit.likeness is Likeness.NEARLY_SAME:
        return Marked(tr("Is nearly the same"))
    why = next((why for why in hit.why if why.space != "name"), None)
    told = Marked("") if why is None else _parsed(hit, why.text)
    if why is None or not told.text:
        return Marked("" if why is None else _seen(hit, why))
    if why.place in _NO_NEWS:
        return _without_name(told, hit)
    return _led(f"{translated(why.place)}: ", told)


def _seen(hit: Hit, why: Why) -> str:
    """Return that a hit was found by what it shows, and where: a part of a picture, a page, a moment of a video."""
    if hit.kind is not Kind.IMAGE and not why.place:
        return ""
    told = tr("Matches what the picture shows") if hit.kind is Kind.IMAGE else tr("Matches what it shows")
    return tr("{what}, {where}").format(what=told, where=translated(why.place)) if why.place else told


def _led(lead: str, told: Marked) -> Marked:
    return Marked(lead + told.text, tuple((start + len(lead), length) for start, length in told.ranges))


def _without_name(told: Marked, hit: Hit) -> Marked:
    """Leave out a first sentence that only repeats the file's name, which stands right above, unless it matched."""
    first, dot, _ = told.text.partition(". ")
    name = shown(name_of(hit.path)).rpartition(".")[0]
    cut = len(first) + len(dot)
    if not dot or _letters(first) != _letters(name) or any(start < cut for start, _ in told.ranges):
        return told
    return Marked(told.text[cut:], tuple((start - cut, length) for start, length in told.ranges))


def _letters(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def excerpt(hit: Hit) -> Marked:
    """Return the words that stand for the file's contents on a tile without a picture.

    That is the passage that matched; where only what is said about the file did, how its text begins.
    """
    texts = [why.text for why in hit.why if why.space != "name" and why.text]
    contents = [why.text for why in hit.why if why.passage and why.text]
    return _parsed(hit, max(contents or [hit.opening or max(texts, key=len, default="")], key=len))


def _parsed(hit: Hit, text: str) -> Marked:
    """Return what is told of a file's text, without the signs that it is written with."""
    return parsed(plain(text) if is_markdown(hit.path) else text)
