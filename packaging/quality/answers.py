"""Measures how good the answers are: `python packaging/quality/answers.py [FOLDER]`, or `make quality`.

Manual pages of Debian are searched by the product and by others, with queries whose answers are known. What comes out
is printed and written into docs/QUALITY.md. Exit status 1: an aim is missed; 3: something that is needed is not there.
"""

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import systems
from asked import MOST_SHARED, Asked, Half, Kind, everything, shared_words
from pages import Page, digest, fetched, written
from scoring import Banded, Found, Score, banded, scored

PAGE = Path(__file__).parents[2] / "docs" / "QUALITY.md"
START = "<!-- answers: written by packaging/quality/answers.py -->\n"
END = "<!-- end of answers -->"

PRODUCT = "VexGUI, all together"
ALONE = {
    "names": "names alone, as VexGUI looks for them",
    "words": "words alone, as VexGUI weighs them",
    "meaning": "meaning alone (all-MiniLM-L6-v2)",
}
FULL_TEXT = "words alone (SQLite FTS5, BM25, whole pages)"
ANY_WORD, ALL_WORDS = "Recoll, any word", "Recoll, all words"

ANSWERED = (Kind.NAME, Kind.DESCRIPTION, Kind.EVERYDAY)
_MARGIN_OVER_RECOLL = 0.1
_LEVEL = 0.005
"""Figures that differ by less are alike: 500 queries do not tell them apart."""

_SHARES = ("strong", "at least maybe", "nothing")

_MOST_WRONGLY_STRONG = 0.1
_LEAST_NOT_WEAK = 0.9


@dataclass(frozen=True, slots=True)
class Figures:
    """How some queries are answered.

    Attributes:
        scores: By system, then by kind of query.
        bands: What the product says of its own answers, by kind of query.
    """

    scores: Mapping[str, Mapping[Kind, Score]]
    bands: Mapping[Kind, Banded]


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures.

    Attributes:
        whole: Of all queries.
        halves: Of those that marks and weights were chosen by, and of the others.
        pages: How many pages were searched.
        shared: What share of its words an everyday question has in common with its pages, on an average.
        fingerprint: Changes when other pages are searched.
    """

    whole: Figures
    halves: Mapping[Half, Figures]
    pages: int
    shared: float
    fingerprint: str


def main() -> int:
    """Print and write down what is measured."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/answers"), help="where pages are kept")
    folder = parser.parse_args().folder
    missing = [name for name in (*systems.RECOLL, "groff", "apt-get", "dpkg-deb") if shutil.which(name) is None]
    if missing:
        print(f"Missing: {', '.join(missing)}. Install recollcmd, groff-base, apt and dpkg, on Debian 12.")
        return 3
    started_s = time.monotonic()
    try:
        pages = fetched(folder)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"The pages cannot be fetched: {error}. It takes a network and apt-get (after apt-get update).")
        return 3
    measured = measure(pages, folder)
    text = told(measured)
    PAGE.write_text(with_section(PAGE.read_text("utf-8"), text), "utf-8")
    missed = list(missed_aims(measured))
    print(text, f"Measured in {time.monotonic() - started_s:.0f} s.", *missed, sep="\n")
    return 1 if missed else 0


def measure(pages: Sequence[Page], folder: Path) -> Measured:
    """Ask every system everything.

    Raises:
        ValueError: A question is asked in the words of its page.
    """
    asked = everything(pages)
    shares = shared_words(asked, pages)
    if told := [text for text, share in shares.items() if share > MOST_SHARED + 1e-9]:
        raise ValueError(f"These questions are asked in the words of their pages: {told}")
    files, profile = folder / "pages", folder / "profile"
    written(pages, files)
    systems.index(profile, files)
    found, bands = _answers(pages, files, profile, folder, [each.text for each in asked])

    def figures(queries: Sequence[Asked]) -> Figures:
        return Figures(
            scores={n: {kind: scored(queries, answers, kind) for kind in ANSWERED} for n, answers in found.items()},
            bands={kind: banded(queries, bands, kind) for kind in Kind},
        )

    return Measured(
        whole=figures(asked),
        halves={half: figures([each for each in asked if each.half is half]) for half in Half},
        pages=len(pages),
        shared=sum(shares.values()) / len(shares),
        fingerprint=digest(pages),
    )


def missed_aims(measured: Measured) -> Iterator[str]:
    """Yield a sentence for every aim that is missed."""
    whole = measured.whole
    fused = whole.scores[PRODUCT]
    for name, scores in whole.scores.items():
        for kind in ANSWERED:
            if scores[kind].mrr_at_10 > fused[kind].mrr_at_10 + _LEVEL:
                yield f"Missed: {name} is better than {PRODUCT} where a query is of the kind: {kind}."
    recoll = max(whole.scores[name][Kind.EVERYDAY].mrr_at_10 for name in (ANY_WORD, ALL_WORDS))
    if fused[Kind.EVERYDAY].mrr_at_10 < recoll + _MARGIN_OVER_RECOLL:
        yield f"Missed: everyday questions are not answered better than by Recoll by {_MARGIN_OVER_RECOLL}."
    if whole.bands[Kind.UNANSWERED].strong > _MOST_WRONGLY_STRONG:
        yield f"Missed: of the queries that no page answers, more than {_MOST_WRONGLY_STRONG} show a strong hit."
    for kind in ANSWERED:
        if whole.bands[kind].not_weak < _LEAST_NOT_WEAK:
            yield f"Missed: fewer than {_LEAST_NOT_WEAK} have a right page that is not weak, of the kind: {kind}."


def told(measured: Measured) -> str:
    """Return figures as the page has them: tables in Markdown."""
    whole = measured.whole
    figures = [f"{kind}: {figure}" for kind in ANSWERED for figure in ("MRR@10", "recall@5")]
    counts = ", ".join(f"{whole.bands[kind].queries} of the kind “{kind}”" for kind in Kind)
    halves = [
        [f"{half}: {name}", *_scores(of.scores[name])]
        for half, of in measured.halves.items()
        for name in (ALONE["meaning"], PRODUCT)
    ]
    banded_by_half = [
        [f"{half}: {kind}", str(each.queries), *_shares(each)]
        for half, of in measured.halves.items()
        for kind, each in of.bands.items()
    ]
    return "\n".join(
        [
            f"{measured.pages:,} pages, and queries: {counts}.",
            f"An everyday question shares {measured.shared:.2f} of its words with its pages, on an average.\n",
            *_table(["system", *figures], [[name, *_scores(by)] for name, by in whole.scores.items()]),
            "\nThe same by halves: marks and weights were chosen by one, the other was kept back.\n",
            *_table(["half and system", *figures], halves),
            "\nBands: how often the best right page is strong, at least maybe, and how often nothing is shown as",
            "either; where no page answers, “strong” and “maybe” are of any page.\n",
            *_table(
                ["queries", "number", *_SHARES],
                [[kind, str(each.queries), *_shares(each)] for kind, each in whole.bands.items()] + banded_by_half,
            ),
            f"\nDigest of the pages searched: `{measured.fingerprint}`.",
        ]
    )


def with_section(page: str, text: str) -> str:
    """Return a page with other figures between its marks.

    Raises:
        ValueError: The marks are missing.
    """
    before, mark, rest = page.partition(START)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise ValueError("The page has no place for the figures.")
    return f"{before}{START}{text}\n{END}{after}"


def _answers(
    pages: Sequence[Page], files: Path, profile: Path, folder: Path, queries: Sequence[str]
) -> tuple[Mapping[str, Found], Mapping[str, Mapping[str, str]]]:
    """Return what every system finds, by the pages' keys, and the bands that the product gives."""
    keys = {page.place: page.key for page in pages}
    found: dict[str, Found] = {}

    def ask(name: str, find: systems.Find) -> None:
        found[name] = {query: [keys[place] for place in find(query)] for query in queries}

    with systems.sources(profile, files) as alone:
        for source, find in alone.items():
            ask(ALONE[source], find)
    ask(FULL_TEXT, systems.full_text(pages))
    ask(ANY_WORD, systems.recoll(files, folder / "recoll", "-o"))
    ask(ALL_WORDS, systems.recoll(files, folder / "recoll", "-a"))
    told = systems.product(profile, files, queries, systems.HITS)
    found[PRODUCT] = {query: [keys[place] for place in hits] for query, hits in told.items()}
    judged = systems.product(profile, files, queries, systems.MANY_HITS)
    return found, {query: {keys[place]: band for place, band in hits.items()} for query, hits in judged.items()}


def _scores(by: Mapping[Kind, Score]) -> list[str]:
    return [f"{value:.3f}" for kind in ANSWERED for value in (by[kind].mrr_at_10, by[kind].recall_at_5)]


def _shares(of: Banded) -> list[str]:
    return [f"{value:.2f}" for value in (of.strong, of.not_weak, of.none)]


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [header, ["---"] + ["--:"] * (len(header) - 1), *rows]
    return [f"| {' | '.join(cells)} |" for cells in lines]


if __name__ == "__main__":
    sys.exit(main())
