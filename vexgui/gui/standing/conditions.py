"""What keeps the program from doing all of its work, and what can be done about it: derived from how things stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from vexgui.core.events import Activity, ModelProgress, Progress
from vexgui.core.reports import RootInfo, RootState, Status
from vexgui.gui.language import tr, translated, trn
from vexgui.gui.wording import fetched, number, root_name, size

LITTLE_ROOM_BYTES = 64 << 20
"""With less room on the disk of the store a batch of vectors may not fit any more."""
OFFLINE = "offline"
"""The condition that matters only where files of such a folder may be among what is shown."""
FETCHING = "fetching"
"""The condition that is told with more where the activity is."""
_COMMAND = re.compile(r"(.*\.) [^.]*: (sudo \S.*)", re.DOTALL)
"""A sentence, and behind it the command that helps."""


class Act(Enum):
    """What a button beside a condition does."""

    COPY = auto()
    """Its command goes to the clipboard."""
    MODELS = auto()
    """The preferences open where models are chosen."""


class Weight(Enum):
    """How much a condition matters."""

    NEWS = auto()
    """Something takes its time, and ends by itself."""
    NOTICE = auto()
    """Something is missing, and the rest works."""
    WARNING = auto()
    """Work has stopped, or something may be lost."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that is not as it should be, as long as it lasts.

    Attributes:
        name: Which it is; with it a user dismisses it.
        weight: How much it matters.
        sentence: What is the matter.
        remedy: What to do about it, or "".
        act: What a button does about it, or None.
        button: What the button says.
        command: What a terminal does about it, or "".
        share: How far it has come to its end, 0 to 1; None where that is not known.
    """

    name: str
    weight: Weight
    sentence: str
    remedy: str = ""
    act: Act | None = None
    button: str = ""
    command: str = ""
    share: float | None = None

    @property
    def brief(self) -> str:
        """What is said where a button has the command."""
        return self.sentence if self.command else self.text

    @property
    def text(self) -> str:
        """All that is said."""
        return " ".join(filter(None, (self.sentence, self.remedy, self.command)))


def conditions(
    status: Status | None, roots: Sequence[RootInfo], progress: Progress, fetching: ModelProgress | None
) -> tuple[Condition, ...]:
    """Return what is not as it should be, the weightiest first.

    Args:
        status: How the engine stands; None while that is not known.
        roots: The folders kept indexed.
        progress: What the indexer is doing.
        fetching: How far the download of a model is, None where there is none.
    """
    found = [*_of_fetching(fetching)]
    if status is not None:
        found += [*_of_store(status, progress), *_of_models(status, fetching), *_of_watches(status)]
    found += _of_roots(roots)
    return tuple(sorted(found, key=lambda condition: -condition.weight.value))


def _of_store(status: Status, progress: Progress) -> Iterator[Condition]:
    if status.room_bytes is not None and status.room_bytes < LITTLE_ROOM_BYTES:
        yield Condition(
            "disk full",
            Weight.WARNING,
            tr("The disk that holds VexGUI's index is full: {size} are left.").format(size=size(status.room_bytes)),
            tr("Free some space; nothing is lost, and indexing goes on where it stopped."),
        )
    if status.rebuilding:
        # How many records there are is not known before all have been read.
        share = progress.done / progress.total if progress.total else None
        restored = progress.done if progress.activity is Activity.RESTORING else 0
        sentence = tr("The index is being made anew: {count} files are found again so far.")
        yield Condition(
            "rebuilding",
            Weight.NEWS,
            sentence.format(count=number(restored)) if restored else tr("The index is being made anew."),
            tr("Until that is done, answers may lack some files."),
            share=share,
        )
    for sentence in status.damage[:1]:
        yield Condition(
            "damage",
            Weight.WARNING,
            translated(sentence),
            tr("This tries to mend it:"),
            Act.COPY,
            tr("Copy command"),
            "vexgui verify --repair",
        )


def _of_models(status: Status, fetching: ModelProgress | None) -> Iterator[Condition]:
    if status.model_rests:
        yield Condition(
            "model rests",
            Weight.NOTICE,
            translated(status.model_note),
            tr("Until then files are found by names and words. Memory may be short: close some programs."),
            Act.MODELS,
            tr("Models…"),
        )
    elif status.model_note and fetching is None:
        yield Condition(
            "model missing",
            Weight.NOTICE,
            tr("Pictures are found by their names and words only: the model that looks at them is missing."),
            act=Act.MODELS,
            button=tr("Choose a model…"),
        )


def _of_fetching(fetching: ModelProgress | None) -> Iterator[Condition]:
    if fetching is not None:
        share = fetching.done_bytes / fetching.total_bytes if fetching.total_bytes else None
        yield Condition(
            FETCHING,
            Weight.NEWS,
            tr("The model {name} is being downloaded: {amount}.").format(name=fetching.name, amount=fetched(fetching)),
            tr("Search as before meanwhile."),
            Act.MODELS,
            tr("Models…"),
            share=share,
        )


def _of_watches(status: Status) -> Iterator[Condition]:
    if status.watch_note:
        match = _COMMAND.fullmatch(status.watch_note)
        sentence, command = (match[1], match[2].rstrip(". ")) if match else (status.watch_note, "")
        act, button = (Act.COPY, tr("Copy command")) if command else (None, "")
        remedy = tr("This lifts the limit:") if command else ""
        yield Condition("watch limit", Weight.NOTICE, translated(sentence), remedy, act, button, command)


def _of_roots(roots: Sequence[RootInfo]) -> Iterator[Condition]:
    closed = [root for root in roots if not root.readable]
    if closed:
        yield Condition(
            f"closed {len(closed)}",
            Weight.WARNING,
            tr("You may not look into {folder}.").format(folder=_listed(closed)),
            tr("Ask its owner for access, or stop indexing it; what is known of it is kept."),
        )
    silent = [root for root in roots if root.state is RootState.NOT_RESPONDING]
    if silent:
        yield Condition(
            f"silent {len(silent)}",
            Weight.NOTICE,
            tr("{folder} does not answer.").format(folder=_listed(silent)),
            tr("Its files are found still; they can be opened when its server or drive answers again."),
        )
    away = [root for root in roots if root.readable and root not in silent and not root.present]
    if away:
        sentence = trn("{folder} is not connected.", "{folder} are not connected.", len(away))
        yield Condition(
            OFFLINE,
            Weight.NEWS,
            sentence.format(folder=_listed(away)),
            tr("What is on it is found still, and can be opened when it is back."),
        )


def _listed(roots: Sequence[RootInfo]) -> str:
    first = root_name(roots[0].path)
    if len(roots) == 1:
        return first
    return tr("{folder} and {count} more").format(folder=first, count=number(len(roots) - 1))
