"""The systems that are compared: each finds pages for a query, best first."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

from pages import Page
from wording import FUNCTION_WORDS

from vexgui.core.query import Question
from vexgui.core.settings import EMBEDDED, Settings
from vexgui.core.vectors import Modality
from vexgui.engine.parts import store_folder
from vexgui.engine.rebuilding import open_store
from vexgui.models.process import EmbedderProcesses
from vexgui.search.gathering import Gathering
from vexgui.search.language import Surroundings, parse
from vexgui.search.rank import Evidence, fused
from vexgui.store.rows import FileId
from vexgui.system.profile import open_profile

_HERE = Path(__file__).parents[2]

Find = Callable[[str], Sequence[str]]
"""A query's text to the places of the files found (`Page.place`), best first."""

RECOLL = ("recollindex", "recollq")
_MOST = 10
_DEPTH = 100
"""So much is gathered of each source, as for an answer of ten hits."""

HITS = 100
"""So many hits are asked for, as the window does at first."""

MANY_HITS = 300
"""So many are asked for where bands are judged: a page that scores as maybe may be as far down."""


def full_text(pages: Iterable[Page]) -> Find:
    """Return SQLite's text index over whole pages, ranked by BM25: any of a query's words, function words left out."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE text USING fts5(place UNINDEXED, body, tokenize = 'porter unicode61')")
    db.executemany("INSERT INTO text VALUES (?, ?)", ((page.place, page.text) for page in pages))

    def find(query: str) -> Sequence[str]:
        words = re.findall(r"\w+", query)
        meant = [word for word in words if word.casefold() not in FUNCTION_WORDS] or words
        expression = " OR ".join(f'"{word}"' for word in meant)
        rows = db.execute("SELECT place FROM text WHERE text MATCH ? ORDER BY bm25(text) LIMIT ?", (expression, _MOST))
        return [place for (place,) in rows]

    return find


def recoll(pages: Path, folder: Path, mode: str) -> Find:
    """Return Recoll, which reads the same files.

    Args:
        pages: Where the files lie.
        folder: Where its index is kept.
        mode: "-o", any of the words; "-a", all of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "recoll.conf").write_text(f"topdirs = {pages.resolve()}\n")
    subprocess.run(["recollindex", "-c", folder], check=True, capture_output=True)
    start = f"file://{pages.resolve()}/"

    def find(query: str) -> Sequence[str]:
        command = ["recollq", "-c", folder, "-b", "-n", str(_MOST), mode, query]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return [unquote(line.removeprefix(start)) for line in done.stdout.splitlines() if line.startswith(start)]

    return find


@contextmanager
def sources(profile: Path, pages: Path) -> Iterator[Mapping[str, Find]]:
    """Give what the product gathers from each source alone, from an index that `index` made."""
    opened = open_profile(os.fsencode(profile.resolve()), {})
    root = f"{pages.resolve()}/"
    store = open_store(store_folder(opened), Settings(), writable=False)
    with closing(store), closing(EmbedderProcesses(EMBEDDED, (), opened.cache)) as embedder:
        text = next(space for space in embedder.answering() if space.modality is Modality.TEXT)

        def alone(gather: Callable[[Gathering, Question], list[Evidence]]) -> Find:
            def find(query: str) -> Sequence[str]:
                questions = parse(query, Surroundings(datetime.now(UTC))).questions
                with store.snapshot() as snapshot:
                    gathering = Gathering(snapshot, None, None, _DEPTH)
                    ranked = fused([item for question in questions for item in gather(gathering, question)])
                    paths = snapshot.catalog.paths([FileId(item.file) for item in ranked[:_MOST]])
                return [os.fsdecode(paths[FileId(item.file)]).removeprefix(root) for item in ranked[:_MOST]]

            return find

        def by_meaning(gathering: Gathering, question: Question) -> list[Evidence]:
            return gathering.by_meaning([(text, embedder.embed_query(text.id, question.text))], named=True)

        yield {
            "names": alone(Gathering.by_name),
            "words": alone(Gathering.by_words),
            "meaning": alone(by_meaning),
        }


def index(profile: Path, pages: Path) -> None:
    """Have the product index the pages, which takes minutes the first time."""
    subprocess.run([*_command(profile), "index", pages.resolve()], cwd=_HERE, check=True, stdout=subprocess.DEVNULL)


def product(profile: Path, pages: Path, queries: Sequence[str], hits: int) -> Mapping[str, Mapping[str, str]]:
    """Return what the product answers: for each query the places found, at most so many, and their bands."""
    asked = "".join(f"{query}\n" for query in queries)
    command = [*_command(profile), "search", "-", "--json", "-n", str(hits)]
    done = subprocess.run(command, input=asked, cwd=_HERE, capture_output=True, text=True, check=False)
    root = f"{pages.resolve()}/"
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if len(answers) != len(queries):
        raise RuntimeError(f"{len(queries)} queries were asked and {len(answers)} answered: {done.stderr[-500:]}")
    return {
        query: {hit["path"].removeprefix(root): hit["band"] for hit in hits}
        for query, hits in zip(queries, answers, strict=True)
    }


def _command(profile: Path) -> list[str]:
    return [sys.executable, "-m", "vexgui", "--profile", str(profile.resolve())]
