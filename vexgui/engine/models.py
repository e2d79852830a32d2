"""The models in force: choosing another picture model, and what becomes of those chosen before.

All of it hangs on the settings: they are saved first, and whatever is left undone after that is found again from them
and from the store, so that a crash at any point loses nothing.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace

from typing_extensions import override

from vexgui.core.arrays import Pixels, Vectors
from vexgui.core.errors import UsageProblem, VexError
from vexgui.core.settings import EMBEDDED, PictureModel, Settings
from vexgui.core.told import told
from vexgui.core.vectors import Modality, Space, SpaceId
from vexgui.models.embedder import Embedder
from vexgui.store.store import Store

EmbedderFactory = Callable[[PictureModel | None, Sequence[PictureModel], bytes], Embedder]
"""Makes an embedder from the chosen picture model, those chosen before, and the profile's cache folder."""

_NOT_INSTALLED = (
    told("the picture model that comes with VexGUI is missing or damaged.")
    + " "
    + told("Install VexGUI again, or choose another: vexgui models.")
)


class CurrentEmbedder(Embedder):
    """Passes every call on to the embedder in force.

    Args:
        first: The embedder to begin with.
    """

    def __init__(self, first: Embedder) -> None:
        self._current = first
        self._retired: frozenset[SpaceId] = frozenset()

    def replace(self, successor: Embedder) -> None:
        """Put another embedder in force: it does what the old one is doing, or says that it cannot."""
        old, self._current = self._current, successor
        self._retired = frozenset()
        old.close()

    def retire(self, space: SpaceId) -> None:
        """Have a space answer no more; what is under way is left to its end."""
        self._retired |= {space}

    @override
    def spaces(self) -> tuple[Space, ...]:
        return self._current.spaces()

    @override
    def answering(self) -> tuple[Space, ...]:
        return tuple(space for space in self._current.answering() if space.id not in self._retired)

    @override
    def embed_texts(self, space: SpaceId, texts: Sequence[str]) -> Vectors:
        return self._asked(lambda current: current.embed_texts(space, texts))

    @override
    def embed_pictures(self, space: SpaceId, pictures: Sequence[Pixels]) -> Vectors:
        return self._asked(lambda current: current.embed_pictures(space, pictures))

    @override
    def embed_query(self, space: SpaceId, text: str) -> Vectors:
        return self._asked(lambda current: current.embed_query(space, text))

    @override
    def ailing(self) -> str:
        return self._current.ailing()

    @override
    def unload_idle(self, idle_s: float) -> bool:
        return self._current.unload_idle(idle_s)

    @override
    def close(self) -> None:
        self._current.close()

    def _asked(self, ask: Callable[[Embedder], Vectors]) -> Vectors:
        while True:
            current = self._current
            try:
                return ask(current)
            except VexError:
                if current is self._current:
                    raise


class Models:
    """The models that settings name, and which of them are in force.

    Args:
        make_embedder: Makes an embedder.
        cache: The profile's cache folder.
        settings: Those to begin with.

    Attributes:
        embedder: The one in force.
        note: Why the chosen picture model is not, and what to do about it, or "".
    """

    def __init__(self, make_embedder: EmbedderFactory, cache: bytes, settings: Settings) -> None:
        self._make = make_embedder
        self._cache = cache
        self.note = ""
        self.embedder = CurrentEmbedder(self._made(settings))

    def put_in_force(self, settings: Settings) -> None:
        """Make the vectors, and answer, as settings say."""
        self.embedder.replace(self._made(settings))

    def is_outdated(self, settings: Settings) -> bool:
        """Tell whether the chosen picture model has gone, come back or become another since it was put in force."""
        chosen = settings.picture_model
        try:
            in_force = picture_space_of(self.embedder)
        except VexError:
            return chosen is not None and not self.note
        found = chosen and self.space_of(chosen)
        return (found and found.id) != (in_force and in_force.id)

    def choosing(self, settings: Settings, model: PictureModel | None, store: Store) -> Settings:
        """Return settings by which a picture model is chosen, and those that have vectors answer until it has all."""
        if model is None:
            return replace(settings, picture_model=None, former_models=())
        before = dict.fromkeys((settings.picture_model, *settings.former_models))
        successor = self.space_of(model)
        former: list[PictureModel] = []
        for one in before:
            space = None if one is None else self.space_of(one)
            if one is None or space is None or one == model or (successor and space.id == successor.id):
                continue
            if store.count_vectors(space.id):
                former.append(one)
        return replace(settings, picture_model=model, former_models=tuple(former))

    def without(self, settings: Settings, space: SpaceId) -> Settings:
        """Return settings by which no model chosen before answers from a space."""
        kept = tuple(one for one in settings.former_models if (found := self.space_of(one)) and found.id != space)
        return replace(settings, former_models=kept)

    def active(self) -> frozenset[SpaceId]:
        """Return the spaces that new passages get vectors in; none where a model cannot be had."""
        try:
            return frozenset(space.id for space in self.embedder.spaces())
        except VexError:
            return frozenset()

    def former(self) -> list[Space]:
        """Return the spaces that answer though new passages get no vectors in them.

        Raises:
            VexError: A model in force cannot be had.
        """
        active = {space.id for space in self.embedder.spaces()}
        return [space for space in self.embedder.answering() if space.id not in active]

    def space_of(self, model: PictureModel) -> Space | None:
        """Return the space of a picture model; None where it cannot be had any more."""
        with closing(self._make(model, (), self._cache)) as embedder:  # which starts nothing, as it is asked for none
            try:
                return picture_space_of(embedder)
            except VexError:
                return None

    def _made(self, settings: Settings) -> Embedder:
        """Make the embedder that settings ask for; where its picture model is gone, one without."""
        embedder = self._make(settings.picture_model, settings.former_models, self._cache)
        self.note = ""
        try:
            embedder.spaces()
        except VexError as error:
            if settings.picture_model is not None:
                embedder.close()
                why = _NOT_INSTALLED if settings.picture_model == EMBEDDED else str(error)
                self.note = (
                    told(f"Only pictures that an earlier model has looked at are found by what they show: {why}")
                    if settings.former_models
                    else told(f"Pictures are found by their words only: {why}")
                )
                return self._make(None, settings.former_models, self._cache)
        return embedder


def picture_space_of(embedder: Embedder) -> Space | None:
    """Return the space that pictures get vectors in; None where they get none.

    Raises:
        VexError: A model cannot be had.
    """
    return next((space for space in embedder.spaces() if space.modality is Modality.PICTURE), None)


def names_of(spaces: Sequence[Space]) -> dict[SpaceId, str]:
    """Return what the models of spaces are called: NAME:SPACE where several have a name, as other weights do."""
    shared = Counter(space.model.casefold() for space in spaces)
    return {space.id: space.model if shared[space.model.casefold()] == 1 else _qualified(space) for space in spaces}


def names_in(space: Space) -> tuple[str, ...]:
    """Return all that the model of a space may be called, in lower case."""
    return space.model.casefold(), space.id, _qualified(space).casefold()


def forgettable(name: str, kept: Sequence[Space], active: Sequence[Space]) -> Space:
    """Return the space of a picture model, by its name, that can go.

    Args:
        name: The model's name, with its space or without, in any case.
        kept: All spaces that have vectors.
        active: Those that new passages get vectors in.

    Raises:
        UsageProblem: There is none, or more than one.
    """
    wanted = name.casefold()
    found = [space for space in kept if wanted in names_in(space)]
    in_use = {space.id for space in active}
    if found and all(space.modality is Modality.TEXT for space in found):
        raise UsageProblem(f"{found[0].model} finds texts, which nothing else does.", "Only picture models can go.")
    can_go = [space for space in kept if space.modality is Modality.PICTURE and space.id not in in_use]
    left = [space for space in found if space in can_go]
    if len(left) == 1:
        return left[0]
    names = names_of(kept)
    if left:
        which = ", ".join(names[space.id] for space in left)
        name = left[0].model
        raise UsageProblem(f"There are vectors of {len(left)} models called {name}.", f"Name one: {which}.")
    if found:
        raise UsageProblem(f"{names[found[0].id]} is in use.", "Choose another one first: vexgui models.")
    others = ", ".join(names[space.id] for space in can_go)
    raise UsageProblem(
        f"There are no vectors of a model called {name}.",
        f"These can go: {others}." if others else "Only models that are in use have any. See the list: vexgui models",
    )


def _qualified(space: Space) -> str:
    """Return a model's name with its space, which no other model has."""
    return f"{space.model}:{space.id}"
