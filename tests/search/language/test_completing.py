"""What a query could go on with: fields by their names, values as they have to be written, towns, folders and tags."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.core.filters import Under
from vexgui.core.paths import uri_of
from vexgui.core.query import Suggestions
from vexgui.search.language import Surroundings, completions, parse

AROUND = Surroundings(datetime(2026, 10, 14, 12, tzinfo=UTC), b"/home/ann", b"/home/ann")


class Words:
    """What some files are like."""

    def tags(self) -> Sequence[tuple[str, int]]:
        return [("holiday", 3), ("house plan", 12), ("Übersicht", 1)]

    def cameras(self) -> Sequence[tuple[str, int]]:
        return [("Canon EOS 5D", 40), ("NIKON D70", 1)]

    def folders(self) -> Sequence[bytes]:
        return [
            b"/home/ann/Photos",
            b"/home/ann/Photos/2024/July",
            b"/home/ann/My Papers",
            b"/data/\xff photos",
            b"/data/line\nbreak",
        ]

    def spaces(self) -> Sequence[str]:
        return ["all-MiniLM-L6-v2"]


def suggested(typed: str, cursor: int | None = None) -> Suggestions:
    return completions(typed, len(typed) if cursor is None else cursor, AROUND, Words())


def offered(typed: str) -> list[str]:
    """Return what stands there once each of the offers was taken."""
    found = suggested(typed)
    return [typed[: found.start] + offer.text + typed[found.end :] for offer in found.offers]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ty", ["type:"]),
        ("kin", ["type:"]),
        ("boat modi", ["boat modified:"]),
        ("-ty", ["-type:"]),
        ("(ty", ["(type:"]),
        ("hol", ["tag:holiday"]),
        ("imag", ["type:image"]),
        ("type:im", ["type:image"]),
        ("type:image,au", ["type:image,audio"]),
        ("kind:PY", ["kind:python"]),
        ("tag:", ['tag:"house plan"', "tag:holiday", "tag:Übersicht"]),
        ("tag:ub", ["tag:Übersicht"]),
        ('tag:"ho', ['tag:"house plan"', "tag:holiday"]),
        ("tag:holiday,ho", ['tag:holiday,"house plan"']),
        ("camera:eos", ['camera:"Canon EOS 5D"']),
        ("lang:germ", ["lang:de"]),
        ("is:d", ["is:duplicate"]),
        ("sort:", ["sort:newest"]),
        ("modified:last", ['modified:"last week"']),
        ("near:vien", ["near:Vienna"]),
        ("space:all", ["space:all-MiniLM-L6-v2"]),
        ("in:ph", ["in:~/Photos"]),
        ("in:~/", ['in:"~/My Papers"', "in:~/Photos"]),
        ("in:~/Photos/", ["in:~/Photos/2024"]),
        ("in:/home/ann/Photos/2024/J", ["in:~/Photos/2024/July"]),
        ("rating:", ["rating:>=4"]),
    ],
)
def test_what_could_follow_is_offered_as_it_has_to_be_written(typed: str, first: list[str]) -> None:
    assert offered(typed)[: len(first)] == first


@pytest.mark.parametrize("folder", [b"/data/\xff photos", b"/data/line\nbreak"])
def test_a_folder_whose_name_cannot_be_typed_is_offered_by_its_address(folder: bytes) -> None:
    assert f"in:{uri_of(folder)}" in offered("in:/data/")
    assert parse(f"in:{uri_of(folder)}", AROUND).where == Under(folder)


def test_what_is_no_text_at_all_leads_to_no_folder() -> None:
    assert suggested("in:/\ud800").offers == ()


@pytest.mark.parametrize("typed", ["boat ", '"ty', '"a boat"', "boat OR", "tag:nothing", 'tag:"holiday"', "title:x"])
def test_where_nothing_is_known_to_follow_nothing_is_offered(typed: str) -> None:
    assert suggested(typed).offers == ()


def test_where_nothing_was_typed_all_fields_are_offered() -> None:
    assert [offer.text for offer in suggested("").offers][:3] == ["type:", "in:", "modified:"]
    assert all(offer.note for offer in suggested("").offers)


def test_what_is_typed_is_not_offered() -> None:
    assert "type:image" not in offered("type:image")


def test_all_of_the_word_that_the_cursor_stands_in_is_replaced() -> None:
    found = suggested("type:imxyz boat", 7)
    assert (found.start, found.end, found.offers[0].text) == (5, 10, "image")
    found = suggested('tag:"house pl" boat', 10)
    assert (found.start, found.end, found.offers[0].text) == (4, 14, '"house plan"')


def test_tags_say_how_many_files_have_them() -> None:
    assert [(offer.label, offer.note) for offer in suggested("tag:ho").offers] == [
        ("house plan", "12 files"),
        ("holiday", "3 files"),
    ]


@pytest.mark.parametrize("typed", ["type:", "tag:", "is:", "sort:", "lang:", "in:", "near:sa", "camera:", "size:"])
def test_whatever_is_offered_can_be_read(typed: str) -> None:
    found = offered(typed)
    assert found
    assert [parse(text, AROUND).mistakes for text in found] == [()] * len(found)


@given(st.text(st.sampled_from('atyim "()-:,^2/~\ud800'), max_size=20), st.integers(0, 25))
def test_any_text_can_be_completed(typed: str, cursor: int) -> None:
    cursor = min(cursor, len(typed))
    found = suggested(typed, cursor)
    assert 0 <= found.start <= cursor <= found.end <= len(typed)
