"""How an answer is found, in sentences for whoever asks why."""

from collections.abc import Sequence

from vexgui.core.query import Order, Question, SortBy
from vexgui.core.vectors import Space
from vexgui.store.columns.scan import Scan

_LONGEST = 60


class Plan:
    """Collects sentences, each once.

    Attributes:
        exact: Whether nothing was left out by an approximate search.
    """

    def __init__(self) -> None:
        self.exact = True
        self._sentences: dict[str, None] = {}

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was told, in order."""
        return tuple(self._sentences)

    def tell(self, sentence: str) -> None:
        """Add a sentence."""
        self._sentences[sentence] = None

    def tell_filter(self, passing: int, files: int) -> None:
        """Tell how many files a filter lets through."""
        self.tell(f"The filters let {_of(passing, files)} {_noun('file', files)} through.")

    def tell_names(self, question: Question, found: int, depth: int) -> None:
        """Tell how many names hold what was asked for."""
        if not question.parts:
            self.tell("No name can hold so long a text.")
            return
        count = f"{found:,} or more" if found >= depth else f"{found:,}" if found else "No"
        holding = "name holds" if found in (0, 1) else "names hold"
        self.tell(f"{count} {holding} all of: {', '.join(map(_short, question.parts))}.")

    def tell_words(self, terms: Sequence[str], counts: Sequence[int], passages: int) -> None:
        """Tell how rare words are: the rarest count most, and missing ones for nothing."""
        missing = [_short(term) for term, count in zip(terms, counts, strict=True) if not count]
        held = sorted((count, _short(term)) for term, count in zip(terms, counts, strict=True) if count)
        if held:
            listed = ", ".join(f"{term} in {count:,}" for count, term in held)
            self.tell(f"Of {passages:,} {_noun('passage', passages)}, the rarest words counting most: {listed}.")
        if missing:
            self.tell(f"No passage holds: {', '.join(missing)}.")

    def tell_scan(self, space: Space, scan: Scan) -> None:
        """Tell how a space was searched."""
        self.exact = self.exact and scan.exact
        self.tell(f"{space.model}: {scan.why}")

    def tell_order(self, order: Sequence[Order], *, listed: bool) -> None:
        """Tell what hits are ordered by; files that are only listed are none of them weak."""
        keys = ", then ".join(f"{key.by.value}{', descending' if key.descending else ''}" for key in order)
        parted = not listed and any(key.by is not SortBy.RELEVANCE for key in order)
        weak = "; weak hits come last" if parted else ""
        self.tell(f"Ordered by {keys}{weak}.")


def _of(part: int, whole: int) -> str:
    return "all" if part == whole else f"{part:,} of {whole:,}"


def _noun(one: str, count: int) -> str:
    return one if count == 1 else f"{one}s"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
