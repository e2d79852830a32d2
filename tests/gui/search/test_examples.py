"""Files that others are to be like are written so that the query language reads them back."""

from datetime import UTC, datetime

import pytest

from vexgui.core.files import Kind
from vexgui.core.query import Example
from vexgui.gui.search.examples import Written, kind_by_name, path_in
from vexgui.search.language.parser import parse
from vexgui.search.language.surroundings import Surroundings


@pytest.mark.parametrize(
    "path",
    [
        b"/photos/beach.jpg",
        b"/photos/at the sea (1).jpg",
        b'/photos/the "sea".jpg',
        b"/photos/caf\xc3\xa9 ^2.jpg",
        b"/photos/not utf-8 \xff.jpg",
    ],
)
@pytest.mark.parametrize("weight", [1.0, 2.0, 0.5, -1.0, -0.5])
def test_a_path_with_its_weight_comes_back(path: bytes, weight: float) -> None:
    written = Written(path, weight)
    query = parse(written.text, Surroundings(datetime(2026, 3, 5, tzinfo=UTC)))
    assert (query.examples, query.mistakes) == ((Example(path, weight),), ())
    assert path_in(written.text) == path


def test_what_is_relative_begins_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    assert path_in("like:~/beach.jpg") == path_in("-like:beach.jpg^2") == b"/home/ada/beach.jpg"


@pytest.mark.parametrize(
    ("name", "kind"),
    [(b"/a/b.JPG", Kind.IMAGE), (b"/a/b.pdf", Kind.DOCUMENT), (b"/a/b.mp4", Kind.VIDEO), (b"/a/b", Kind.OTHER)],
)
def test_a_name_promises_a_kind(name: bytes, kind: Kind) -> None:
    assert kind_by_name(name) is kind
