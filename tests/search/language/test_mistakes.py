"""What cannot be read gets a sentence, a place and a remedy, and the rest of the query stands."""

import pytest

from tests.search.language.asking import asked
from vexgui.core.filters import And, Or


@pytest.mark.parametrize(
    ("typed", "place", "sentence", "remedy"),
    [
        ("cat typ:pdf", "typ:", "There is no field called typ.", "Did you mean type:?"),
        ("modifed:2024 cat", "modifed:", "There is no field called modifed.", "Did you mean modified:?"),
        ("foo:bar", "foo:", "There is no field called foo.", 'To look for it as it stands, quote it: "foo:bar".'),
        ("cat type:imgae", "imgae", "There is no type called imgae.", "Did you mean type:image?"),
        ('type:"web pag" x', '"web pag"', "There is no type called web pag.", 'Did you mean type:"web page"?'),
        ("ext:a.b", "a.b", "“a.b” is not a suffix.", "A suffix is what follows the last dot"),
        ("type:(image) x", "(image)", "There is no type called (image).", "Did you mean type:image?"),
        ("type:(q) x", "(q)", "“(q)” is not a suffix.", "A suffix is"),
        ("size:big x", "big", "“big” is not a size.", "Write a number and a unit"),
        ("size:10XB x", "10XB", "“10XB” is not a size.", "Write a number and a unit"),
        ("size:> cat", ">", "There is nothing to compare with.", "Write it like this: >10MB."),
        ("width:10.5 x", "10.5", "“10.5” is not a whole number.", "in digits"),
        ("rating:8", "8", "“8” is not a rating.", "from 0 to 5 stars"),
        ("modified:5/3/2024 x", "5/3/2024", "“5/3/2024” is not a date.", "2024-03-05"),
        ("modified:2024-13", "2024-13", "There is no date 2024-13.", "2024-03-05"),
        ("lang:germann x", "germann", "No language called germann is known.", "Did you mean lang:german?"),
        ("lang:klingon x", "klingon", "No language called klingon is known.", "lang:de"),
        ("is:duplicat x", "duplicat", "Files are not told by is:duplicat.", "Did you mean is:duplicate?"),
        ("is:photo", "photo", "Files are not told by is:photo.", "Did you mean type:photo?"),
        ("is:nice x", "nice", "Files are not told by is:nice.", "There are: offline, duplicate, stale"),
        ("near:Lisbbon", "Lisbbon", "No place called Lisbbon is known.", 'Did you mean near:"lisbon"?'),
        ("near:91,0 x", "91,0", "There is no such position.", "Latitude goes from -90 to 90"),
        ("sort:nme x", "nme", "Hits cannot be sorted by nme.", "Did you mean sort:name?"),
        ("in:/// in:// x", None, "", ""),
        ("soup^20 x", "^20", "A weight of 20 cannot be used.", "Weights go from 0.1 to 10."),
        ("-space:pictures x", "space:pictures", "A space cannot be left out.", "Name the one to search"),
        ("cat ) dog", ")", "This bracket closes none.", "Leave it out"),
        ("OR cat", "OR", "OR needs something on both sides.", 'To look for the word, quote it: "OR".'),
        ("cat AND AND dog", "AND", "AND needs something on both sides.", "quote it"),
        ("(cat OR) dog", "OR", "OR needs something on both sides.", "quote it"),
        ("(NOT) dog", "NOT", "There is nothing to leave out.", "Write a word"),
        ('type:"" x', 'type:""', "type: waits for a value.", "Write it like this: type:image."),
        ("(type:) x", "type:", "type: waits for a value.", "Write it like this: type:image."),
        ("type:, x", ",", "There is nothing between the separators.", "Leave them out."),
    ],
)
def test_a_mistake_is_told_with_its_place(typed: str, place: str | None, sentence: str, remedy: str) -> None:
    mistakes = [mistake for mistake in asked(typed).mistakes if mistake.sentence == sentence]
    if place is None:
        assert not asked(typed).mistakes
        return
    assert mistakes, asked(typed).mistakes
    assert typed[mistakes[0].start : mistakes[0].end] == place
    assert remedy in mistakes[0].advice
    assert not mistakes[0].unfinished


@pytest.mark.parametrize(
    "typed",
    [
        "type:",
        "cat type: ",
        "-type:",
        "type:imag",
        "type:,",
        '"abc',
        '"',
        'name:"abc',
        "(a",
        "(",
        "((a) b",
        "size:>",
        "size:10..20 size:",
        "size:..",
        "modified:202",
        "modified:2024-",
        "modified:2024-1 modified:2024-0",
        "modified:yest",
        'modified:"last we',
        "modified:3",
        "is:off",
        "lang:germ",
        "near:Salzbur",
        "near:48.2,",
        "near:-",
        "sort:mod",
        "cat OR",
        "cat AND",
        "cat NOT",
        "OR",
        "soup^",
        "soup^0",
        '"soup"^',
        "(soup)^",
        "ext:.",
    ],
)
def test_what_is_half_typed_is_unfinished(typed: str) -> None:
    mistakes = asked(typed).mistakes
    assert mistakes
    assert mistakes[-1].unfinished


@pytest.mark.parametrize(
    "typed", ["type:imag ", "modified:202 x", "type:imgae", "typ:", "is:nice", "sort:nme", "cat )"]
)
def test_what_cannot_become_right_is_finished(typed: str) -> None:
    assert not any(mistake.unfinished for mistake in asked(typed).mistakes)


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("cat type:", "cat"),
        ("cat type:imgae", "cat"),
        ("cat size:>", "cat"),
        ("cat (", "cat"),
        ("(cat", "cat"),
        ("cat )", "cat"),
        ("cat OR", "cat"),
        ("OR cat", "cat"),
        ("cat -", "cat -"),
        ("cat NOT", "cat"),
        ("cat^", "cat"),
        ("cat^99", "cat"),
        ("(cat type:imgae)", "cat"),
        ("cat OR type:imgae", "cat"),
    ],
)
def test_the_rest_stands_without_what_is_mistaken(typed: str, rest: str) -> None:
    query = asked(typed)
    assert [question.text for question in query.questions] == [rest]
    assert all(term.weight == 1 for term in query.questions[0].terms)
    assert query.where is None


@pytest.mark.parametrize(
    "typed",
    [
        "http://example.org/a?b=c",
        "https://example.org:80",
        "localhost:8080",
        "12:30",
        "C:\\Windows",
        "C:/x",
        "std::vector",
        "Re: the lease",
        "key: value",
        "smile:)",
        "a:b",
        "doi:10.1000/182",
        "a<b",
        "x>=3",
        "12/5/2024",
        "outer space: the last frontier",
        "is: the question",
        "type: writer",
    ],
)
def test_what_only_looks_like_a_field_is_words(typed: str) -> None:
    query = asked(typed)
    assert [question.text for question in query.questions] == [typed]
    assert not query.mistakes


def test_brackets_are_nested_five_deep_and_no_deeper() -> None:
    assert not asked("(a (b (c (d (e)))))").mistakes
    deeper = asked("(a (b (c (d (e (f) g))))) h")
    assert [question.text for question in deeper.questions] == ["a b c d e g h"]
    assert [mistake.start for mistake in deeper.mistakes] == [15]


def test_a_hundred_conditions_count() -> None:
    query = asked(" ".join(f"-a{number}" for number in range(150)))
    assert isinstance(query.where, And)
    assert len(query.where.parts) == 100
    assert [mistake.sentence for mistake in query.mistakes] == ["There are more than 100 conditions."]


def test_values_of_lists_count_as_conditions() -> None:
    query = asked("ext:" + ",".join(f"a{number}" for number in range(90)) + " ext:" + ",".join(map(str, range(20))))
    assert isinstance(query.where, Or)
    assert len(query.where.parts) == 90


def test_twenty_mistakes_are_told() -> None:
    assert len(asked("near:Lisbbon " * 100).mistakes) == 20
    assert len(asked("ab:c " * 100).mistakes) == 20
