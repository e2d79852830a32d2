"""Moments become ISO 8601 in local time, whatever form a document has them in."""

import time
from collections.abc import Iterator

import pytest

from vexgui.extract.moments import iso_moment, mail_moment, pdf_moment


@pytest.fixture(autouse=True)
def _in_vienna(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-05-17T12:00:00Z", "2020-05-17T14:00:00"),
        ("2020-01-17T12:00:00-05:00", "2020-01-17T18:00:00"),
        ("2020-05-17T12:00:00.123456789", "2020-05-17T12:00:00"),
        (" 2020-05-17 ", "2020-05-17T00:00:00"),
        ("17 May 2020", None),
        ("2020-13-01", None),
        ("", None),
        (None, None),
        ("0001-01-01T00:00:00+23:00", None),
        ("9999-12-31T23:59:59Z", None),
    ],
)
def test_of_iso_8601(text: str | None, moment: str | None) -> None:
    assert iso_moment(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("D:20200517120000+02'00'", "2020-05-17T12:00:00"),
        ("D:20200117120000-05'30", "2020-01-17T18:30:00"),
        ("D:20200517120000Z00'00'", "2020-05-17T14:00:00"),
        ("D:20200517120000", "2020-05-17T12:00:00"),
        ("D:202005", "2020-05-01T00:00:00"),
        ("20200517", "2020-05-17T00:00:00"),
        ("D:20201317", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_of_a_pdf(text: str, moment: str | None) -> None:
    assert pdf_moment(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Sun, 17 May 2020 12:00:00 +0000", "2020-05-17T14:00:00"),
        ("17 May 2020 12:00:00 -0000", "2020-05-17T12:00:00"),
        ("Sun, 45 May 2020 12:00:00 +0000", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_of_a_message(text: str | None, moment: str | None) -> None:
    assert mail_moment(text) == moment
