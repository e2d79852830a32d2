"""Every field, its values and its other names."""

import os

import pytest

from tests.search.language.asking import asked
from vexgui.core.filters import (
    And,
    Compare,
    Field,
    Filter,
    Has,
    Matches,
    Near,
    Not,
    OneOf,
    Op,
    Or,
    Standing,
    Stands,
    Under,
)
from vexgui.core.query import Example, Order, SortBy, quotation
from vexgui.search.language.fields import FIELDS


def where(typed: str) -> Filter | None:
    query = asked(typed)
    assert not query.mistakes
    assert not query.questions
    return query.where


def is_kind(kind: str) -> Filter:
    return Compare(Field.KIND, Op.EQ, kind)


def within(field: Field, low: int, high: int) -> Filter:
    return And((Compare(field, Op.GE, low), Compare(field, Op.LT, high)))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("type:image", is_kind("image")),
        ("TYPE:Pictures", is_kind("image")),
        ("type:photo", is_kind("image")),
        ("kind:music", is_kind("audio")),
        ("type: document", is_kind("document")),
        ("type:pdf", Compare(Field.SUFFIX, Op.EQ, "pdf")),
        ("type:.jpg", Compare(Field.SUFFIX, Op.EQ, "jpg")),
        ("type:JPG", OneOf(Field.SUFFIX, ("jpg", "jpeg", "jpe", "jfif"))),
        ("type:python", OneOf(Field.SUFFIX, ("py", "pyi", "pyw"))),
        ("type:spreadsheets", OneOf(Field.SUFFIX, ("xlsx", "xlsm", "ods", "ots", "xls"))),
        ('type:"web page"', OneOf(Field.SUFFIX, ("html", "htm", "xhtml", "xht"))),
        ("type:image/png", Compare(Field.MIME, Op.EQ, "image/png")),
        ("type:image/*", Matches(Field.MIME, "image/*")),
        ("type:qqq", Compare(Field.SUFFIX, Op.EQ, "qqq")),
        ("type:image,pdf", Or((is_kind("image"), Compare(Field.SUFFIX, Op.EQ, "pdf")))),
        ("in:file:///srv/a%20b%FF/", Under(b"/srv/a b\xff")),
        ("in:FILE://localhost/srv", Under(b"/srv")),
        ("in:file:///", Under(b"/")),
        ("in:file://elsewhere/srv", Matches(Field.PATH, "*/file://elsewhere/srv/*")),
        ("in:file:///a%00b", Matches(Field.PATH, "*/file:///a%00b/*")),
        ("ext:jpg", Compare(Field.SUFFIX, Op.EQ, "jpg")),
        ("ext:jpg;.PNG", Or((Compare(Field.SUFFIX, Op.EQ, "jpg"), Compare(Field.SUFFIX, Op.EQ, "png")))),
        ("ext:imgae", Compare(Field.SUFFIX, Op.EQ, "imgae")),
        ("name:report", Matches(Field.NAME, "report")),
        ('name:"annual report*.pdf"', Matches(Field.NAME, "annual report*.pdf")),
        ("camera:canon", Matches(Field.CAMERA, "canon")),
        ("title:lease", Matches(Field.TITLE, "lease")),
        ("author:woolf", Matches(Field.AUTHOR, "woolf")),
        ("lang:de", Compare(Field.LANGUAGE, Op.EQ, "de")),
        ("lang:German", Compare(Field.LANGUAGE, Op.EQ, "de")),
        ("lang:français", Compare(Field.LANGUAGE, Op.EQ, "fr")),
        ("lang:en-GB", Compare(Field.LANGUAGE, Op.EQ, "en")),
        ("tag:holiday", OneOf(Field.TAG, ("holiday", "Holiday", "HOLIDAY"))),
        ("tag:Places/Vienna", OneOf(Field.TAG, ("Places/Vienna", "places/vienna", "Places/vienna", "PLACES/VIENNA"))),
        ("tag:holi*", Matches(Field.TAG, "holi*")),
        ('tag:"a*"', OneOf(Field.TAG, ("a*", "A*"))),
        ("is:duplicate", Stands(Standing.DUPLICATE)),
        ("is:Duplicates", Stands(Standing.DUPLICATE)),
        ("is:stale", Stands(Standing.STALE)),
        ("is:failed", Compare(Field.STATE, Op.EQ, "failed")),
        ("is:untagged", Not(Has(Field.TAG))),
        ("is:tagged", Has(Field.TAG)),
        ("-is:tagged", Not(Has(Field.TAG))),
        ("is:unrated", Not(Has(Field.RATING))),
        ("is:offline", Or((Under(b"/media/stick"), Under(b"/mnt/nas")))),
        ("is:offline,failed", Or((Under(b"/media/stick"), Under(b"/mnt/nas"), Compare(Field.STATE, Op.EQ, "failed")))),
    ],
)
def test_a_field_is_a_condition(typed: str, expected: Filter) -> None:
    assert where(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("in:/srv/data/", Under(b"/srv/data")),
        ("in:~", Under(b"/home/ana")),
        ("in:~/Photos", Under(b"/home/ana/Photos")),
        ("in:.", Under(b"/home/ana/desk")),
        ("in:../b/./c", Under(b"/home/ana/b/c")),
        ("in://srv", Under(b"/srv")),
        ("in:/", Under(b"/")),
        ('in:"/srv/two words"', Under(b"/srv/two words")),
        ('in:/srv/"two words"/x', Under(b"/srv/two words/x")),
        ("in:/srv/\udcff", Under(b"/srv/\xff")),
        ("in:Photos", Matches(Field.PATH, "*/Photos/*")),
        ("folder:Photos/2024/", Matches(Field.PATH, "*/Photos/2024/*")),
        ("-in:node_modules", Not(Matches(Field.PATH, "*/node_modules/*"))),
        ("in:.config", Matches(Field.PATH, "*/.config/*")),
    ],
)
def test_folders_are_told_by_path_or_by_name(typed: str, expected: Filter) -> None:
    assert where(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("width:1920", Compare(Field.WIDTH, Op.EQ, 1920)),
        ("width:1920px", Compare(Field.WIDTH, Op.EQ, 1920)),
        ("width:>1920", Compare(Field.WIDTH, Op.GE, 1921)),
        ("width>=1920", Compare(Field.WIDTH, Op.GE, 1920)),
        ("height:<1080", Compare(Field.HEIGHT, Op.LT, 1080)),
        ("height:≤1080", Compare(Field.HEIGHT, Op.LT, 1081)),
        ("pages:10..20", within(Field.PAGES, 10, 21)),
        ("pages:20..10", within(Field.PAGES, 10, 21)),
        ("pages:10..", Compare(Field.PAGES, Op.GE, 10)),
        ("pages:..10", Compare(Field.PAGES, Op.LT, 11)),
        ("pages: 12", Compare(Field.PAGES, Op.EQ, 12)),
        ("rating:4", Compare(Field.RATING, Op.EQ, 8)),
        ("rating:>=4", Compare(Field.RATING, Op.GE, 8)),
        ("rating:3.5", Compare(Field.RATING, Op.EQ, 7)),
        ("rating:***", Compare(Field.RATING, Op.EQ, 6)),
        ("rating:★★★★★", Compare(Field.RATING, Op.EQ, 10)),
        ("rating:>3stars", Compare(Field.RATING, Op.GE, 7)),
        ("rating:none", Not(Has(Field.RATING))),
        ("rating:0", Not(Has(Field.RATING))),
        ("size:0", Compare(Field.SIZE, Op.EQ, 0)),
        ("size:empty", Compare(Field.SIZE, Op.EQ, 0)),
        ("size:123", Compare(Field.SIZE, Op.EQ, 123)),
        ("size:10MB", within(Field.SIZE, 9_500_000, 10_500_000)),
        ("size:1.5GiB", within(Field.SIZE, 1_556_925_644, 1_664_299_827)),
        ("size:>10MB", Compare(Field.SIZE, Op.GE, 10_000_001)),
        ("size:> 10 MB", Compare(Field.SIZE, Op.GE, 10_000_001)),
        ("size>=1,5k", Compare(Field.SIZE, Op.GE, 1500)),
        ("size:<2KiB", Compare(Field.SIZE, Op.LT, 2048)),
        ("size:10MB..20MB", within(Field.SIZE, 10_000_000, 20_000_001)),
        ('size:"10 MB".."20 MB"', within(Field.SIZE, 10_000_000, 20_000_001)),
        ("size:<999999999999999PB", Compare(Field.SIZE, Op.LT, (1 << 63) - 1)),
    ],
)
def test_amounts_are_compared(typed: str, expected: Filter) -> None:
    assert where(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("near:48.2,16.37", Near(48.2, 16.37, 20)),
        ("near:-33.9,18.4 5km", Near(-33.9, 18.4, 5)),
        ('near:"48.2, 16.37" 500m', Near(48.2, 16.37, 0.5)),
        ('near:"Vienna" 20km', Near(48.2085, 16.3721, 20)),
        ("near:wien 10 mi", Near(48.2085, 16.3721, 16.09344)),
        ('near:"Paris, Texas"', Near(33.6609, -95.5555, 20)),
        ('near:"Wien 3,5 km"', Near(48.2085, 16.3721, 3.5)),
        ("near:ウィーン", Near(48.2085, 16.3721, 20)),
    ],
)
def test_places_have_a_position_and_a_distance(typed: str, expected: Filter) -> None:
    assert where(typed) == expected


def test_words_behind_a_place_are_words() -> None:
    query = asked("near:Vienna 2024 tram")
    assert query.where == Near(48.2085, 16.3721, 20)
    assert [question.text for question in query.questions] == ["2024 tram"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("like:/a/b.png", [Example(b"/a/b.png")]),
        ("like:~/b.png^2", [Example(b"/home/ana/b.png", 2)]),
        ("-like:b.png^0.5", [Example(b"/home/ana/desk/b.png", -0.5)]),
        ('like:"two words^2.png"', [Example(b"/home/ana/desk/two words^2.png")]),
        ("like:a like:b", [Example(b"/home/ana/desk/a"), Example(b"/home/ana/desk/b")]),
        ("like:a\udcff", [Example(b"/home/ana/desk/a\xff")]),
        ("like:a\ud800", [Example(b"/home/ana/desk/a?")]),
        ("(x OR -like:a)", [Example(b"/home/ana/desk/a", -1)]),
    ],
)
def test_examples_are_files_with_weights(typed: str, expected: list[Example]) -> None:
    query = asked(typed)
    assert list(query.examples) == expected
    assert query.where is None
    assert not query.mistakes


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("sort:name", [Order(SortBy.NAME)]),
        ("sort:-modified", [Order(SortBy.MODIFIED, descending=True)]),
        ("-sort:modified", [Order(SortBy.MODIFIED, descending=True)]),
        ("sort:modified desc", [Order(SortBy.MODIFIED, descending=True)]),
        ("sort:modified-desc", [Order(SortBy.MODIFIED, descending=True)]),
        ("sort:size asc", [Order(SortBy.SIZE)]),
        ("sort:-newest", [Order(SortBy.MODIFIED)]),
        ("sort:largest", [Order(SortBy.SIZE, descending=True)]),
        ("sort:type,-taken", [Order(SortBy.KIND), Order(SortBy.TAKEN, descending=True)]),
        ("sort:rating sort:name", [Order(SortBy.RATING), Order(SortBy.NAME)]),
    ],
)
def test_hits_are_sorted(typed: str, expected: list[Order]) -> None:
    assert list(asked(typed).order) == expected
    assert not asked(typed).mistakes


@pytest.mark.parametrize(
    ("typed", "text", "spaces"),
    [
        ("space:pictures a red boat", "a red boat", ("pictures",)),
        ("a SPACE:ViT-B red boat", "a red boat", ("ViT-B",)),
        ("space:texts boat space:pictures space:Texts", "boat", ("Texts", "pictures")),
        ('space:"two words" boat', "boat", ("two words",)),
        ("outer space: the last frontier", "outer space: the last frontier", ()),
        ("outer-space:boat", "outer-space:boat", ()),
        ("space boat", "space boat", ()),
    ],
)
def test_a_query_names_the_spaces_to_search(typed: str, text: str, spaces: tuple[str, ...]) -> None:
    query = asked(typed)
    assert ([question.text for question in query.questions], query.spaces) == ([text], spaces)


def test_every_name_of_a_field_takes_its_example() -> None:
    for name, spec in FIELDS.items():
        query = asked(f"{name}:{spec.example}")
        assert not query.mistakes, name
        assert query.where or query.examples or query.order or query.spaces, name


def test_paths_are_bytes_of_the_file_system() -> None:
    assert asked("in:/srv/ä").where == Under(os.fsencode("/srv/ä"))


@pytest.mark.parametrize(
    "text", ["two words", 'say "cheese"', '"', 'a"b”c', '"„“”«»"', "a, b", "(a)", "a*?", "«»", '12" record (1988)^2']
)
def test_any_text_is_read_as_it_was_quoted(text: str) -> None:
    asked = where(f"tag:{quotation(text)}")
    assert isinstance(asked, OneOf)
    assert asked.values[0] == text
