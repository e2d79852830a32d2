"""Queries as they are typed: read where and when they are asked, and answered with errors that a user can read."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from vexgui.core.errors import VexError
from vexgui.core.hits import Answer
from vexgui.core.query import Example, Mistake, Query, QueryProblem
from vexgui.engine.given import given_file, unreadable
from vexgui.search.freshness import is_away
from vexgui.search.language import Surroundings, local_zone, parse
from vexgui.store.catalog import CatalogView
from vexgui.system.remote import Remote

_OFFLINE = "offline"


def read(
    typed: str, folder: bytes, roots: Sequence[bytes], catalog: CatalogView, remote: Remote, *, strict: bool
) -> Query:
    """Read a query; see `EngineApi.search` for the arguments.

    Raises:
        QueryProblem: With ``strict``: it has a mistake.
        PathProblem: With ``strict``: a file that others are to be like is missing.
        PermissionProblem: With ``strict``: the folder it lies in may not be looked into.
        WorldProblem: With ``strict``: its file system does not answer.
    """
    # Only who asks for it waits for a drive that does not answer.
    offline = [root for root in roots if is_away(root, catalog, remote)] if _OFFLINE in typed.casefold() else []
    home = os.path.expanduser(b"~")
    query = parse(typed, Surroundings(datetime.now(local_zone()), folder or home, home, tuple(offline)))
    mistake = next((mistake for mistake in query.mistakes if not mistake.unfinished), None)
    if strict and mistake is not None:
        raise QueryProblem(mistake)
    examples: list[Example] = []
    missing: list[Mistake] = []
    for example in query.examples:
        try:
            examples.append(replace(example, path=given_file(example.path, remote)))
        except VexError as problem:
            if strict:
                raise
            missing.append(Mistake(0, len(typed), problem.message, problem.remedy))
    return replace(query, examples=tuple(examples), mistakes=(*query.mistakes, *missing))


def answered_for(paths: Sequence[bytes], remote: Remote, ask: Callable[[Sequence[bytes]], Answer]) -> Answer:
    """Return an answer about those of some files that are there and can be read; its note tells of the others.

    Raises:
        VexError: It is none of them.
    """
    files: list[bytes] = []
    problems: list[VexError] = []
    for path in paths:
        try:
            files.append(given_file(path, remote))
        except VexError as problem:
            problems.append(problem)
    while files:
        try:
            answer = ask(tuple(dict.fromkeys(files)))
        except OSError as error:
            if error.filename not in files:
                raise
            files = [file for file in files if file != error.filename]
            problems.append(unreadable(error.filename, error))
        else:
            return replace(answer, note=" ".join(filter(None, [*map(str, problems), answer.note])))
    raise problems[0]


def answered(ask: Callable[[], Answer]) -> Answer:
    """Return an answer.

    Raises:
        PermissionProblem: A file that others are to be like cannot be read.
    """
    try:
        return ask()
    except OSError as error:
        raise unreadable(error.filename or b"", error) from error
