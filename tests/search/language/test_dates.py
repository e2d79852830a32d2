"""Dates in all the ways people write them; now is Sunday, 22 November 2026, 10:30:15 in Vienna."""

from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.search.language.asking import NOW, asked, unquoted
from vexgui.core.filters import And, Compare, Field, Filter, Op
from vexgui.search.language import Surroundings, local_zone, parse
from vexgui.search.language.dates import Times, read_date
from vexgui.search.language.values import Unreadable

WALL = NOW.replace(tzinfo=None)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


def times(text: str) -> Times:
    return read_date(unquoted(text), NOW)


def taken(typed: str) -> Filter | None:
    query = asked(typed)
    assert not query.mistakes
    return query.where


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", "2024-01-01", "2025-01-01"),
        ("2024-03", "2024-03-01", "2024-04-01"),
        ("2024-12", "2024-12-01", "2025-01-01"),
        ("2024/3/5", "2024-03-05", "2024-03-06"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
        ("2024.03.05", "2024-03-05", "2024-03-06"),
        ("20240305", "2024-03-05", "2024-03-06"),
        ("5.3.2024", "2024-03-05", "2024-03-06"),
        ("2024-03-05T14:30", "2024-03-05T14:30", "2024-03-05T14:31"),
        ("2024-03-05 14:30:07", "2024-03-05T14:30:07", "2024-03-05T14:30:08"),
        ("2026-W01", "2025-12-29", "2026-01-05"),
        ("1990s", "1990-01-01", "2000-01-01"),
        ("today", "2026-11-22", "2026-11-23"),
        ("Yesterday", "2026-11-21", "2026-11-22"),
        ("this week", "2026-11-16", "2026-11-23"),
        ("last week", "2026-11-09", "2026-11-16"),
        ("lastweek", "2026-11-09", "2026-11-16"),
        ("previous week", "2026-11-09", "2026-11-16"),
        ("this month", "2026-11-01", "2026-12-01"),
        ("last  month", "2026-10-01", "2026-11-01"),
        ("this year", "2026-01-01", "2027-01-01"),
        ("last year", "2025-01-01", "2026-01-01"),
        ("sunday", "2026-11-22", "2026-11-23"),
        ("mon", "2026-11-16", "2026-11-17"),
        ("last sunday", "2026-11-15", "2026-11-16"),
        ("3 days ago", "2026-11-19", "2026-11-20"),
        ("3daysago", "2026-11-19", "2026-11-20"),
        ("two weeks ago", "2026-11-02", "2026-11-09"),
        ("a month ago", "2026-10-01", "2026-11-01"),
        ("10 years ago", "2016-01-01", "2017-01-01"),
        ("2 hours ago", "2026-11-22T08:00", "2026-11-22T09:00"),
        ("15 minutes ago", "2026-11-22T10:15", "2026-11-22T10:16"),
        ("last 7 days", "2026-11-15", "2026-11-23"),
        ("past 2 months", "2026-09-22", "2026-11-23"),
        ("24 hours", "2026-11-21T10:30:15", "2026-11-23"),
        ("march 2024", "2024-03-01", "2024-04-01"),
        ("Sept. 2024", "2024-09-01", "2024-10-01"),
        ("5 March 2024", "2024-03-05", "2024-03-06"),
        ("March 5, 2024", "2024-03-05", "2024-03-06"),
        ("5th mar 2024", "2024-03-05", "2024-03-06"),
        ("march", "2026-03-01", "2026-04-01"),
        ("december", "2025-12-01", "2026-01-01"),
        ("24 december", "2025-12-24", "2025-12-25"),
        ("november", "2026-11-01", "2026-12-01"),
    ],
)
def test_a_date_is_all_of_what_it_names(text: str, start: str, end: str) -> None:
    assert times(text) == Times(day(start), day(end))


def test_a_month_ago_of_a_longer_month_is_its_last_day() -> None:
    now = datetime(2026, 3, 31, 12, tzinfo=UTC)
    assert read_date(unquoted("1 month ago"), now) == Times(day("2026-02-01"), day("2026-03-01"))
    assert read_date(unquoted("past month"), now) == Times(day("2026-02-01"), day("2026-03-01"))
    assert read_date(unquoted("past 1 month"), now) == Times(day("2026-02-28"), day("2026-04-01"))


@pytest.mark.parametrize(
    "text",
    [
        "2024-13",
        "2024-00",
        "2024-01-00",
        "0 march",
        "2024-02-30",
        "0000",
        "2026-W60",
        "5 march 5 2024",
        "31 november",
        "99999 years ago",
    ],
)
def test_dates_that_there_are_not_are_told(text: str) -> None:
    with pytest.raises(Unreadable, match="There is no date"):
        times(text)


@pytest.mark.parametrize("text", ["5/3/2024", "soon", "tomorrow", "20245", "last fortnight", "3 ago"])
def test_what_is_no_date_is_told(text: str) -> None:
    with pytest.raises(Unreadable, match="is not a date"):
        times(text)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("taken:2024", [(Op.GE, "2024-01-01"), (Op.LT, "2025-01-01")]),
        ("taken:>2024", [(Op.GE, "2025-01-01")]),
        ("taken:>=2024", [(Op.GE, "2024-01-01")]),
        ("taken:<2024", [(Op.LT, "2024-01-01")]),
        ("taken:<=2024", [(Op.LT, "2025-01-01")]),
        ("taken<=2024", [(Op.LT, "2025-01-01")]),
        ("taken:2019..2021", [(Op.GE, "2019-01-01"), (Op.LT, "2022-01-01")]),
        ("taken:2021..2019", [(Op.GE, "2019-01-01"), (Op.LT, "2022-01-01")]),
        ("taken:2024-05-01...2024-05-03", [(Op.GE, "2024-05-01"), (Op.LT, "2024-05-04")]),
        ("taken:2019..", [(Op.GE, "2019-01-01")]),
        ("taken:..2019", [(Op.LT, "2020-01-01")]),
        ('taken:"last week"..today', [(Op.GE, "2026-11-09"), (Op.LT, "2026-11-23")]),
        ("taken:last week", [(Op.GE, "2026-11-09"), (Op.LT, "2026-11-16")]),
        ("taken:> last week", [(Op.GE, "2026-11-16")]),
        ("taken:5 march 2024", [(Op.GE, "2024-03-05"), (Op.LT, "2024-03-06")]),
        ("taken:2024-03-05T14:30", [(Op.GE, "2024-03-05T14:30:00"), (Op.LT, "2024-03-05T14:31:00")]),
        ("taken:9999", [(Op.GE, "9999-01-01")]),
    ],
)
def test_dates_compare_and_span(typed: str, expected: list[tuple[Op, str]]) -> None:
    parts = [Compare(Field.TAKEN, op, value) for op, value in expected]
    assert taken(typed) == (parts[0] if len(parts) == 1 else And(tuple(parts)))


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("before:2024", "modified:<2024"),
        ("after:2024", "modified:>2024"),
        ("since:last month", "modified:>=last month"),
        ("until:2024-03", "modified:<=2024-03"),
        ("date:today", "modified:today"),
    ],
)
def test_other_words_for_modified(typed: str, same: str) -> None:
    assert taken(typed) == taken(same)


def test_words_behind_a_date_are_words() -> None:
    query = asked("modified:last week report")
    assert query.where == taken("modified:lastweek")
    assert [question.text for question in query.questions] == ["report"]


def ns(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 1000


@pytest.mark.parametrize("zone", ["Europe/Vienna", "America/New_York", "Asia/Kolkata", "UTC"])
def test_days_begin_when_the_clocks_there_say_so(zone: str) -> None:
    here = Surroundings(NOW.astimezone(ZoneInfo(zone)))
    # Summer time, though it is winter now.
    start = datetime(2026, 7, 1, tzinfo=ZoneInfo(zone))
    expected = And(
        (
            Compare(Field.MTIME, Op.GE, ns(start)),
            Compare(Field.MTIME, Op.LT, ns(start.replace(day=2))),
        )
    )
    assert parse("modified:2026-07-01", here).where == expected


def test_a_day_on_which_the_clocks_are_turned_has_23_hours() -> None:
    where = taken("modified:2026-03-29")
    assert isinstance(where, And)
    low, high = (part.value for part in where.parts if isinstance(part, Compare))
    assert int(high) - int(low) == 23 * 3600 * 10**9


WORDS = [
    *(
        f"{which} {span}"
        for which, span in product(("this", "last", "past"), ("day", "week", "month", "year", "friday"))
    ),
    *(f"{count} {unit} ago" for count, unit in product(("a", "2", "ten"), ("days", "weeks", "months", "years"))),
    *("today", "yesterday", "monday", "jan", "3 may"),
]


@settings(deadline=None)
@given(
    st.sampled_from(WORDS),
    st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1)),  # noqa: DTZ001 - the clock on the wall
)
def test_every_phrase_names_whole_days_that_have_begun(phrase: str, wall: datetime) -> None:
    found = read_date(unquoted(phrase), wall.replace(tzinfo=UTC))
    assert found.start is not None
    assert found.end is not None
    assert found.start <= wall
    assert found.start < found.end
    assert (found.start.hour, found.end.hour) == (0, 0)
    assert read_date(unquoted(phrase.replace(" ", "")), wall.replace(tzinfo=UTC)) == found


@pytest.mark.parametrize("phrase", WORDS)
def test_half_a_phrase_is_a_date_or_may_become_one(phrase: str) -> None:
    for length in range(1, len(phrase)):
        query = asked(f'modified:"{phrase[:length].strip()}')
        assert all(mistake.unfinished for mistake in query.mistakes), phrase[:length]


@settings(deadline=None)
@given(st.dates())
def test_every_day_is_read_in_every_order(when: datetime) -> None:
    written = {
        f"{when.year:04}-{when.month:02}-{when.day:02}",
        f"{when.day}.{when.month}.{when.year:04}",
        f"{when.day} {when:%B} {when.year:04}",
        f"{when:%b} {when.day}, {when.year:04}",
    }
    assert len({times(text) for text in written}) == 1
    assert times(written.pop()).start == datetime(when.year, when.month, when.day)  # noqa: DTZ001 - on the wall


def test_the_local_zone_has_rules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TZ", ":Europe/Vienna")
    assert local_zone() == ZoneInfo("Europe/Vienna")
    monkeypatch.setenv("TZ", "No/Where")
    assert local_zone() is UTC
    monkeypatch.delenv("TZ")
    assert local_zone(tmp_path / "missing") is UTC
