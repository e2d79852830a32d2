"""Values as JSON, by three rules.

A value becomes an object with its fields' names. A path (bytes) becomes two members, ``name`` as text and ``name_b64``
with the exact bytes in Base64; in a list, an object with ``path`` and ``path_b64``. A time in nanoseconds (``name_ns``)
becomes ``name`` in seconds. Scripts depend on it, so hits, their reasons and figures keep to the members they were
promised with.
"""

import dataclasses
import json
from collections.abc import Iterator
from enum import Enum

from vexgui.bench.figure import Figure
from vexgui.core.events import Event
from vexgui.core.hits import Hit, Why
from vexgui.core.paths import as_base64, decoded

_SECOND_NS = 1e9
_UNTOLD = frozenset({"opening", "gone"})
_TOLD_WHERE_SO = frozenset({"likeness", "offline", "stale"})
"""Members of a hit that most hits have nothing to say in."""


def as_json(value: object) -> str:
    """Return a value, or a tuple of values, as one line of JSON with its line end."""
    return json.dumps(_plain(value), ensure_ascii=False, allow_nan=False) + "\n"


def event_as_json(event: Event) -> str:
    """Return an event as one line of JSON; its member ``event`` names the kind."""
    return json.dumps({"event": type(event).__name__, **dict(_members(event))}, ensure_ascii=False) + "\n"


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value):
        return _object(value)
    if isinstance(value, bytes):
        return {"path": decoded(value), "path_b64": as_base64(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def _object(value: object) -> dict[str, object]:
    if isinstance(value, Why):
        text = value.text.replace("\x02", "").replace("\x03", "")
        return {"space": value.space, "passage": value.passage, "text": text}
    if isinstance(value, Hit):
        members = dict(_members(value))
        return {name: content for name, content in members.items() if name not in _UNTOLD and _tells(name, content)}
    if isinstance(value, Figure):
        told = {name: content for name, content in _members(value) if name != "more_is_better"}
        return {**told, "met": value.met}
    return dict(_members(value))


def _tells(name: str, content: object) -> bool:
    return name not in _TOLD_WHERE_SO or bool(content)


def _members(value: object) -> Iterator[tuple[str, object]]:
    assert dataclasses.is_dataclass(value)
    for field in dataclasses.fields(value):
        content = getattr(value, field.name)
        if isinstance(content, bytes):
            yield field.name, decoded(content)
            yield f"{field.name}_b64", as_base64(content)
        elif field.name.endswith("_ns"):
            yield field.name.removesuffix("_ns"), content / _SECOND_NS
        else:
            yield field.name, _plain(content)
