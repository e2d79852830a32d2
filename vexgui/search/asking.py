"""Which spaces a query's meaning is looked for in, and the vectors it is looked for with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from vexgui.core.arrays import Vectors
from vexgui.core.errors import UsageProblem, VexError
from vexgui.core.query import Query, Question
from vexgui.core.vectors import Modality, Space, SpaceId
from vexgui.models.embedder import Embedder

_ALL_OF = {Modality.TEXT: "texts", Modality.PICTURE: "pictures"}
"""What stands for all spaces of a modality in a query."""

_UNSEARCHED = {
    Modality.TEXT: "Texts were not searched by what they mean.",
    Modality.PICTURE: "Pictures were not searched by what they show.",
}
_PARTLY_SEARCHED = {
    Modality.TEXT: "Not all texts were searched by what they mean.",
    Modality.PICTURE: "Not all pictures were searched by what they show.",
}


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What can be looked for of a query's meaning.

    Attributes:
        spaces: The spaces that are searched.
        vectors: For each question of the query, what it is looked for with: one vector [dim] a space.
        note: One sentence on what cannot be looked for, or "".
    """

    spaces: tuple[Space, ...] = ()
    vectors: tuple[tuple[Vectors, ...], ...] = ()
    note: str = ""

    def of_question(self, number: int) -> tuple[tuple[Space, Vectors], ...]:
        """Return the spaces with a question's vectors."""
        return tuple(zip(self.spaces, self.vectors[number], strict=True)) if self.spaces else ()


def asked_of(embedder: Embedder, query: Query, has_vectors: Callable[[SpaceId], bool]) -> Asked:
    """Encode a query for the spaces that can be asked, or for those it names; once for all that share their queries.

    Raises:
        UsageProblem: It names a space that is not there.
    """
    try:
        answering = embedder.answering()
    except VexError as error:
        return Asked(note=f"{_all_but_meaning(query)} {error}")
    spaces = [space for space in named(answering, query.spaces) if has_vectors(space.id)]
    encoded: dict[SpaceId, list[Vectors]] = {}
    failed: dict[SpaceId, VexError] = {}
    for key in dict.fromkeys(map(_encoding, spaces)):
        try:
            encoded[key] = [_vector(embedder, key, question) for question in query.questions]
        except VexError as error:
            failed[key] = error
    searched = tuple(space for space in spaces if _encoding(space) in encoded)
    vectors = tuple(
        tuple(encoded[_encoding(space)][number] for space in searched) for number in range(len(query.questions))
    )
    missed = next((space for space in spaces if _encoding(space) in failed), None)
    note = "" if missed is None else f"{_limits(missed, searched, query)} {failed[_encoding(missed)]}"
    return Asked(searched, vectors, note)


def named(spaces: Sequence[Space], names: Sequence[str]) -> tuple[Space, ...]:
    """Return the spaces that any of the names means, all of them where there are no names.

    A name means a space when the model's name begins with it, or "texts" or "pictures", whatever the case.

    Raises:
        UsageProblem: A name means none of them, or pictures, which no model looks at.
    """
    chosen: set[SpaceId] = set()
    for name in names:
        meant = {space.id for space in spaces if any(_begins(known, name) for known in _names(space))}
        if not meant and _begins(_ALL_OF[Modality.PICTURE], name):
            raise UsageProblem(
                "Pictures are not searched by what they show: no picture model is in use.", "Choose one: vexgui models."
            )
        if not meant:
            there_are = dict.fromkeys(known for space in spaces for known in _names(space))
            raise UsageProblem(f"There is no space called {name}.", f"There are: {', '.join(there_are)}.")
        chosen |= meant
    return tuple(space for space in spaces if not names or space.id in chosen)


def _vector(embedder: Embedder, space: SpaceId, question: Question) -> Vectors:
    """Return the vector of a question [dim]: terms that weigh more than others draw it towards them, others away."""
    whole = embedder.embed_query(space, question.text)
    drawn = whole.copy()
    for term in question.terms:
        if term.weight != 1:
            drawn += np.float32(term.weight - 1) * embedder.embed_query(space, term.text)
    length = float(np.linalg.norm(drawn))
    return drawn / np.float32(length) if length else whole


def _names(space: Space) -> tuple[str, str]:
    return space.model, _ALL_OF[space.modality]


def _begins(known: str, name: str) -> bool:
    return known.casefold().startswith(name.casefold())


def _encoding(space: Space) -> SpaceId:
    """Return the space whose query vectors a space is searched with."""
    return space.queries or space.id


def _limits(missed: Space, searched: Sequence[Space], query: Query) -> str:
    """Return one sentence on what was not searched, though one space could not be asked."""
    if not searched:
        return _all_but_meaning(query)
    is_partly = any(space.modality is missed.modality for space in searched)
    return (_PARTLY_SEARCHED if is_partly else _UNSEARCHED)[missed.modality]


def _all_but_meaning(query: Query) -> str:
    return "Nothing was searched." if query.spaces else "Only names and words were searched."
