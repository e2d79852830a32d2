"""What can be set, as a table: each row of the pages is drawn from a line of it."""

from dataclasses import dataclass, fields

from vexgui.core.settings import Settings
from vexgui.gui.language import LANGUAGES, tr
from vexgui.gui.results.arranging import USUAL_ZOOM, ZOOMS
from vexgui.gui.theme import Appearance
from vexgui.gui.wording import percent, size, span

ENGINE_NAMES = frozenset(field.name for field in fields(Settings))
"""Settings that the engine keeps; what is not among them the window keeps itself."""
OWN_DEFAULTS: dict[str, object] = {
    "appearance": Appearance.SYSTEM,
    "language": "",
    "zoom": USUAL_ZOOM,
    "remembers_queries": True,
}
_GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting as a user meets it.

    Attributes:
        name: Of `Settings`, or of `OWN_DEFAULTS`.
        label: What it is called.
        note: What it does, a sentence, or "".
        offers: What can be chosen, each value with its words; none where it is on or off.
        later: Whether it takes effect with the next start only.
    """

    name: str
    label: str
    note: str = ""
    offers: tuple[tuple[object, str], ...] = ()
    later: bool = False

    @property
    def default(self) -> object:
        """The value as long as nobody has chosen one."""
        return getattr(Settings(), self.name) if self.name in ENGINE_NAMES else OWN_DEFAULTS[self.name]

    def words(self, value: object) -> str:
        """Return a value in words."""
        if not self.offers:
            return tr("on") if value else tr("off")
        return dict(self.offers).get(value, str(value))


def folder_choices() -> tuple[Choice, ...]:
    """Return what can be chosen of which files are indexed."""
    return (
        Choice(
            "gitignore",
            tr("Leave out what .gitignore names"),
            tr("In folders under version control, what is built there and can be built again is not indexed."),
            later=True,
        ),
    )


def pace_choices() -> tuple[Choice, ...]:
    """Return what can be chosen of when files are indexed."""
    return (
        Choice(
            "work_on_battery",
            tr("Read for meaning on battery, too"),
            tr("Names and texts are found either way; this is what takes power."),
        ),
        Choice(
            "most_memory_stall",
            tr("Rest when memory is short"),
            tr("When programs wait for memory for more than this share of the time."),
            _shares(0.05, 0.1, 0.2, 0.4),
        ),
        Choice(
            "most_disk_stall",
            tr("Rest when disks are busy"),
            tr("When all programs wait for disks for more than this share of the time."),
            _shares(0.2, 0.5, 0.8),
        ),
    )


def bound_choices() -> tuple[Choice, ...]:
    """Return what can be chosen of how much a file and a model may take."""
    return (
        Choice(
            "extractor_timeout_s",
            tr("Longest time for one file"),
            tr("A file whose content takes longer is found by its name only."),
            _spans(10, 20, 60, 300),
            later=True,
        ),
        Choice(
            "extractor_memory_bytes",
            tr("Most memory for one file"),
            tr("What needs more while it is read is found by its name only."),
            tuple((gib * _GIB, size(gib * _GIB)) for gib in (1, 2, 3, 4, 8)),
            later=True,
        ),
        Choice(
            "model_idle_s",
            tr("Keep models in memory for"),
            tr("After so long without a search or a new file they give their memory back."),
            _spans(60, 300, 900, 3600),
        ),
    )


def record_choices() -> tuple[Choice, ...]:
    """Return what can be chosen of vectors in files, before each folder has its own word."""
    return (
        Choice(
            "write_records",
            tr("Keep vectors in files"),
            tr(
                "In its own attributes a file carries its vectors along when it is moved or copied, and need not be "
                "read again. Its content and its date never change."
            ),
        ),
        Choice(
            "records_in_work_trees",
            tr("In folders under version control, too"),
            tr("Tools that compare attributes would see them there."),
        ),
    )


def query_choices() -> tuple[Choice, ...]:
    """Return what can be chosen of recent searches."""
    return (
        Choice("remembers_queries", tr("Remember searches"), tr("They are offered again, and stay on this computer.")),
    )


def appearance_choices() -> tuple[Choice, ...]:
    """Return what can be chosen of how the window looks."""
    sizes = (tr("Tiny"), tr("Very small"), tr("Small"), tr("Medium"), tr("Large"), tr("Very large"), tr("Huge"))
    return (
        Choice(
            "appearance",
            tr("Colours"),
            "",
            (
                (Appearance.SYSTEM, tr("Like the desktop")),
                (Appearance.LIGHT, tr("Light")),
                (Appearance.DARK, tr("Dark")),
            ),
        ),
        Choice("zoom", tr("Size of the results"), "", tuple(zip(range(ZOOMS), sizes, strict=True))),
        Choice(
            "language",
            tr("Language"),
            "",
            (("", tr("Like the desktop")), *LANGUAGES.items()),
            later=True,
        ),
    )


def _shares(*shares: float) -> tuple[tuple[object, str], ...]:
    return (*((share, percent(share)) for share in shares), (0.0, tr("Never")))


def _spans(*seconds: int) -> tuple[tuple[object, str], ...]:
    return tuple((float(count), span(count)) for count in seconds)
