"""What was found in Markdown is found again in what is shown of it."""

import pytest
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from vexgui.gui.markdown import MarkdownDocument
from vexgui.gui.preview.alignment import carried_over
from vexgui.gui.preview.passages import FoundText

SOURCE = """# The **boat**

See [the harbour](http://harbour.example/the/boat?of=1 "The boat") of the town.

- [x] the boat is *leaking*
- [ ] the boat is **un**seaworthy &amp; old

| part | state |
|------|-------|
| keel | rotten |

```python
the_boat = "leaking"
```

In the end the boat was sold.
"""


def a_document(text: str) -> MarkdownDocument:
    return MarkdownDocument(text, QFont(), QPalette())


def stretch(of: str, occurrence: int = 1) -> tuple[int, int]:
    """Return where words stand in the source, the first time or a later one."""
    at = -1
    for _ in range(occurrence):
        at = SOURCE.index(of, at + 1)
    return at, at + len(of)


@pytest.mark.parametrize(
    ("passage", "shown"),
    [
        (stretch("# The **boat**"), "The boat"),
        (stretch("**boat**"), "boat"),
        (stretch("of the town."), "of the town"),
        (stretch("- [x] the boat is *leaking*"), "the boat is leaking"),
        (stretch("rotten"), "rotten"),
        (stretch('the_boat = "leaking"'), 'the_boat = "leaking'),
        (stretch("the boat was sold"), "the boat was sold"),
        (stretch("eak"), "eak"),
    ],
)
def test_a_passage_lies_where_its_words_are(qapp: QApplication, passage: tuple[int, int], shown: str) -> None:
    document = a_document(SOURCE)
    found = carried_over(FoundText(SOURCE, passage, (passage,)), document.toPlainText())
    assert found.passage is not None
    assert found.text[slice(*found.passage)] == shown
    assert found.words == (found.passage,)


def test_of_words_that_stand_there_often_the_right_ones_are_marked(qapp: QApplication) -> None:
    document = a_document(SOURCE * 50)
    at = len(SOURCE) * 40 + stretch("the boat was sold")[0]
    found = carried_over(FoundText(SOURCE * 50, (at, at + len("the boat was sold"))), document.toPlainText())
    assert found.passage is not None
    assert found.text[slice(*found.passage)] == "the boat was sold"
    assert found.text[: found.passage[0]].count("was sold") == 40


def test_what_is_not_shown_is_not_marked() -> None:
    found = carried_over(FoundText("[words](http://a.example)", (7, 24), ((7, 11),)), "words")
    assert (found.passage, found.words) == (None, ())
