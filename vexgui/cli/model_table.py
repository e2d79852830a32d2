"""The models as a table for people: what each is, and what it would cost here."""

from collections.abc import Iterable, Sequence

from vexgui.cli.render import clean, size_text
from vexgui.cli.standing import duration_text
from vexgui.core.reports import ModelInfo

_HEADINGS = ("MODEL", "STATE", "SIZE", "LANGUAGES", "LICENCE", "QUALITY", "HERE", "TIME", "ON DISK")
_PICTURE, _NONE = "picture", "none"
_HOUR_S = 3600
_LEAST_TO_TELL_S = 1.0


def models_text(models: Iterable[ModelInfo], columns: int = 0) -> str:
    """Return models as a table, one a line beneath the headings; a star marks those that give new vectors.

    Columns that say nothing of any model are left out. Beneath the table stands what is said of each model in words,
    and where the figures of quality were published. Where a screen has too few columns for the table, each model has
    some lines of its own; 0 columns are wide enough for all.
    """
    known = tuple(models)
    sources = tuple(dict.fromkeys(clean(model.quality_source) for model in known if model.quality_source))
    table = (_HEADINGS, *(_cells(model, sources) for model in known))
    widths = [max(map(len, column)) if any(column[1:]) else 0 for column in zip(*table, strict=True)]
    stars = ("", *("*" if model.active else "" for model in known))
    lines = [f"{star:<2}{_line(cells, widths)}".rstrip() for star, cells in zip(stars, table, strict=True)]
    if 0 < columns < max(map(len, lines)):
        lines = [line for star, cells in zip(stars[1:], table[1:], strict=True) for line in _lines(star, cells)]
    return "".join(f"{line.rstrip()}\n" for line in (*lines, *_explained(known, sources)))


def _cells(model: ModelInfo, sources: Sequence[str]) -> tuple[str, ...]:
    note = f" [{sources.index(clean(model.quality_source)) + 1}]" if model.quality and model.quality_source else ""
    return (
        clean(model.name),
        _state(model),
        size_text(model.size_bytes) if model.size_bytes else "",
        clean(model.languages),
        clean(model.licence),
        f"{clean(model.quality)}{note}",
        "" if model.pictures_per_s is None else f"{model.pictures_per_s:.0f} a second",
        "" if model.hours is None else _time(model.hours),
        size_text(model.disk_bytes) if model.disk_bytes else "",
    )


def _state(model: ModelInfo) -> str:
    if model.active:
        return "in use"
    if model.answering:
        return "still answers"
    if model.name == _NONE:
        return ""
    if model.installed:
        return "here"
    if model.embedded:
        return "missing"
    return "recommended" if model.recommended else "to be had"


def _time(hours: float) -> str:
    return duration_text(max(_LEAST_TO_TELL_S, hours * _HOUR_S)) if hours > 0 else "none"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True) if width)


def _lines(star: str, cells: Sequence[str]) -> Iterable[str]:
    name, state, *rest = cells
    yield f"{star:<2}{name}  {state}".rstrip()
    yield from (f"    {heading.lower():<9}  {cell}" for heading, cell in zip(_HEADINGS[2:], rest, strict=True) if cell)


def _explained(models: Sequence[ModelInfo], sources: Sequence[str]) -> Iterable[str]:
    details = [f"  {clean(model.name)}: {clean(model.detail)}" for model in models if model.detail]
    notes = [f"  [{number}] {source}" for number, source in enumerate(sources, 1)]
    if sources:
        notes.append(
            "  ImageNet: photographs told right among 1,000 kinds. COCO: captions whose photograph is first of 5,000."
        )
    if any(model.hours is not None or model.disk_bytes for model in models):
        notes.append("  TIME is for the pictures that lack a vector, ON DISK for the vectors of all.")
    for part in (details, notes):
        if part:
            yield ""
            yield from part


def can_be_measured(model: ModelInfo) -> bool:
    """Tell whether a model embeds pictures, and is not missing."""
    return model.modality == _PICTURE and model.name != _NONE and (model.installed or not model.embedded)


def chosen_text(model: ModelInfo) -> str:
    """Return what it means that a model was chosen, in a sentence or two."""
    if model.modality != _PICTURE or model.name == _NONE:
        return "Pictures are found by their words from now on.\n"
    name = clean(model.name)
    return (
        f"Pictures are found with {name} as soon as they have been looked at: by the window or `vexgui watch` in the "
        "background, or by `vexgui index` now. Until then, a model chosen before answers, too.\n"
    )


def offer_text(model: ModelInfo) -> str:
    """Return what is fetched and on which terms, in a sentence or two."""
    facts = [
        size_text(model.size_bytes) if model.size_bytes else "of unknown size",
        f"licence {clean(model.licence)}" if model.licence else "of unknown licence",
    ]
    return f"{clean(model.name)}: {', '.join(facts)}. Nothing about your files is sent.\n"
