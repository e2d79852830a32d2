"""What a file holds is told with the language of its words; code has none."""

from io import BytesIO

import pytest

from vexgui.extract.decode import contents_of
from vexgui.extract.kinds import format_of

TEXT = b"The old tram climbs a steep street, and it is not the only one that does."


@pytest.mark.parametrize(
    ("name", "data", "language"),
    [
        (b"a.txt", TEXT, "en"),
        (b"a.md", b"Die Rechnung ist noch nicht bezahlt, und das ist auch gut so.", "de"),
        (b"a.html", b"<html lang=fr><p>" + TEXT, "en"),  # pages often keep the language of their template
        (b"a.html", b"<html lang=fr><p>28", "fr"),
        (b"a.txt", b"28, 29, 30", None),
        (b"a.py", TEXT, None),
    ],
)
def test_the_language_is_that_of_the_words_else_the_declared_one(
    name: bytes, data: bytes, language: str | None
) -> None:
    contents = contents_of(format_of(name, data), BytesIO(data), 0)
    assert contents.facts.language == language
