"""A search answers in text and JSON, one query or one a line."""

import json

from tests.cli.runner import Runner


def test_nothing_found_is_said_on_standard_error(vexgui: Runner) -> None:
    vexgui("search", "nothing")
    assert (vexgui.screen.out, vexgui.screen.err) == ("", "Nothing found.\n")


def test_a_search_is_asked_again_until_meaning_is_in_it(vexgui: Runner) -> None:
    assert vexgui("search", "loading", "-n", "5") == 0
    assert vexgui.engine.calls == [("search", "loading", 5)] * 3


def test_a_mistake_is_a_sentence_with_its_place_in_the_query(vexgui: Runner) -> None:
    vexgui("search", "boat", "sise:3")
    assert vexgui.screen.out == ""
    assert vexgui.screen.err == (
        "vexgui: There is no field called sise. Did you mean size:?\n  boat sise:3\n       ^^^^\n"
    )


def test_what_is_unfinished_is_told_beside_the_answer(vexgui: Runner) -> None:
    vexgui("search", "--json", "boat", "type:")
    assert len(json.loads(vexgui.screen.out)) == 2
    assert vexgui.screen.err.startswith("It is not said which type.")


def test_a_query_may_name_files_relative_to_where_it_is_asked(vexgui: Runner) -> None:
    vexgui("search", "boat")
    assert vexgui.engine.asked_in == [b"/pictures"]


def test_an_answer_is_explained_when_that_is_asked_for(vexgui: Runner) -> None:
    vexgui("search", "--explain", "boat")
    assert "  All were compared.\n  Nothing was left out. It took 0 ms.\n" in vexgui.screen.out
    vexgui.screen.out = ""
    vexgui("search", "--explain", "--json", "boat")
    answer = json.loads(vexgui.screen.out)
    assert (answer["plan"], answer["exact"], answer["mistakes"]) == (["All were compared."], True, [])
    assert len(answer["hits"]) == 2


def test_each_line_of_input_gets_one_line_of_json(vexgui: Runner) -> None:
    vexgui.screen.lines = ["boat", "", "senseless", "nothing", "-n a boat"]
    assert vexgui("search", "-", "-n", "1") == 0
    answers = [json.loads(line) for line in vexgui.screen.out.splitlines()]
    assert [len(answer) for answer in answers] == [1, 0, 0, 0, 1]
    assert len(vexgui.engines) == 1
    assert "quotation marks" in vexgui.screen.err


def test_lines_that_find_nothing_end_with_1(vexgui: Runner) -> None:
    vexgui.screen.lines = ["nothing"]
    assert vexgui("search", "-") == 1
