"""Why a file was found and what of it is searched, as blocks of a title and rich text."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QColor

from vexgui.core.files import Kind
from vexgui.core.hits import Hit, Why
from vexgui.core.reports import PassageText
from vexgui.gui.details.facts import breakable
from vexgui.gui.details.section import Block
from vexgui.gui.language import tr, translated
from vexgui.gui.markdown import is_markdown, plain
from vexgui.gui.marked import as_html, parsed
from vexgui.gui.wording import decimals, number, source

_MOST_PASSAGES = 40
_PASSAGE_SIGNS = 400


def reason_blocks(hit: Hit, models: Mapping[str, str], mark: QColor) -> list[Block]:
    """Return the reasons for a hit; ``models`` gives the model's name for a space id.

    One passage is often found by its words and by its meaning: it is shown once, with both reasons above it.
    """
    titles: dict[str, list[str]] = {}
    for why in hit.why:
        text = _html(why.text, hit.path, mark) if why.text else _untold(hit.kind)
        titles.setdefault(text, []).append(_reason_title(why, dict(models)))
    return [(" + ".join(found), text) for text, found in titles.items()]


def passage_blocks(path: bytes, passages: Sequence[PassageText], mark: QColor) -> list[Block]:
    """Return the passages of a file, the first few dozen of a long one."""
    return [
        (_passage_title(passage), _html(_shortened(passage.text), path, mark)) for passage in passages[:_MOST_PASSAGES]
    ]


def _html(text: str, path: bytes, mark: QColor) -> str:
    """Return what is told of a file's text as rich text, without the signs that it is written with."""
    return as_html(parsed(breakable(plain(text) if is_markdown(path) else text)), mark)


def _reason_title(why: Why, models: dict[str, str]) -> str:
    parts = [source(why, models), translated(why.place)]
    if why.space not in {"name", "words"}:
        parts.append(decimals(why.score, 2))
    return " · ".join(part for part in parts if part)


def _untold(kind: Kind) -> str:
    return tr("What the picture shows") if kind is Kind.IMAGE else tr("The contents as a whole")


def _passage_title(passage: PassageText) -> str:
    if passage.kind == "about":
        return tr("About the file")
    return translated(passage.place) or tr("Passage {number}").format(number=number(passage.ordinal))


def _shortened(text: str) -> str:
    return text if len(text) <= _PASSAGE_SIGNS else text[:_PASSAGE_SIGNS].rsplit(" ", 1)[0] + "…"
