"""Tables of values: rows beneath the names of their columns."""

from io import BytesIO

import pytest

from vexgui.extract.contents import Contents, Section
from vexgui.extract.passages import CODE_CHARS, MAX_PASSAGES
from vexgui.extract.readers.table import read_table


def read(text: str) -> Contents:
    return read_table(BytesIO(text.encode()))


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_rows_stand_beneath_the_names_of_their_columns(mark: str) -> None:
    contents = read(f'Name{mark}City{mark}Fare\nMarta{mark}"Lisbon\nold town"{mark}2.50\n\nAna{mark}Oslo{mark}3\n')
    assert contents.sections == (
        Section("Name | City | Fare\nMarta | Lisbon old town | 2.50\nAna | Oslo | 3", "row 2"),
    )
    assert contents.facts.extra == {"columns": "Name, City, Fare"}


@pytest.mark.parametrize("text", ["1,2\n3,4\n", "a,a\nb,c\n", "ana@example.org,x\n"])
def test_a_table_without_names_of_columns_is_read_from_its_first_row(text: str) -> None:
    contents = read(text)
    assert contents.facts.extra is None
    assert contents.sections[0].text.startswith(text.partition("\n")[0].replace(",", " | "))


def test_every_passage_repeats_the_names_and_tells_its_row() -> None:
    sections = read("Name,Fare\n" + "".join(f"passenger {n},{n}\n" for n in range(200))).sections
    assert all(section.text.startswith("Name | Fare\n") for section in sections)
    assert all(len(section.text) <= CODE_CHARS for section in sections)
    first = sections[1].text.split("\n")[1].split(" | ")[1]
    assert sections[1].place == f"row {int(first) + 2}"
    assert "".join(section.text for section in sections).count("passenger") == 200


def numbers(row: int) -> str:
    return f"2024-05-{row % 28 + 1:02}T10:00:00Z,{row},{row / 7:.3e},-{row}.5,NaN"


def test_of_a_table_of_numbers_the_first_rows_are_given() -> None:
    contents = read("time,wind,rain,frost,snow\n" + "".join(f"{numbers(row)}\n" for row in range(5000)))
    assert contents.facts.extra == {"columns": "time, wind, rain, frost, snow"}
    lines = [line for section in contents.sections for line in section.text.split("\n") if "wind" not in line]
    assert lines == [numbers(row).replace(",", " | ") for row in range(20)]
    assert contents.sections[0].place == "row 2"


def test_rows_with_a_new_word_are_given_wherever_they_are_in_a_table_of_numbers() -> None:
    rows = [f"{numbers(row)},{'east' if row < 1000 else 'west'}" for row in range(2000)]
    rows[500] = numbers(500) + ",the gauge was broken"
    sections = read("time,wind,rain,frost,snow,place\n" + "\n".join(rows)).sections
    text = "\n".join(section.text for section in sections)
    assert (text.count("east"), text.count("broken"), text.count("west")) == (21, 1, 1)


@pytest.mark.parametrize("row", ["Coffee,3.40", "2024-05-01,Coffee,3.40", "4711,Coffee,3.40,x"])
def test_rows_with_words_among_few_numbers_are_all_given(row: str) -> None:
    sections = read("a,b,c,d\n" + f"{row}\n" * 300).sections
    assert "\n".join(section.text for section in sections).count("Coffee") == 300


def test_one_endless_line_is_cut() -> None:
    class Endless(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return (b"value," * (size or 0))[:size]

    assert sum(len(section.text) for section in read_table(Endless()).sections) < 6 << 20


@pytest.mark.parametrize("text", ["x\n" * (1 << 20), '"' * (1 << 20), '"a' + "\n" * (1 << 20), "," * (1 << 20), ""])
def test_any_table_gives_a_bounded_number_of_passages(text: str) -> None:
    assert len(read(text).sections) <= MAX_PASSAGES
