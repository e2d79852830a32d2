"""The sample files and the questions about them: only meaning can lead from a question to its file."""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

RESOURCES = Path(__file__).parents[2] / "resources"
SAMPLES = RESOURCES / "samples"
PICTURES = {".jpg", ".png", ".webp", ".gif"}
IMAGE_DESCRIPTION = 270

STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
    a about after all am an and are as at be been before but by can cannot could did do does for from had has have
    he her him his how i if in into is it its me my no not of off on or our out over own she should so some t than
    that the their them then there these they this to too up us was we were what when where which who why will with
    would you your
    """,
    )
)
ENDINGS = ("ings", "ing", "ers", "ies", "ed", "es", "er", "ly", "s", "e", "y")


def questions() -> list[tuple[str, str]]:
    table = tomllib.loads((RESOURCES / "questions.toml").read_text(encoding="utf-8"))
    return [(question["text"], question["file"]) for question in table["question"]]


def sample_files() -> list[Path]:
    return sorted(path for path in SAMPLES.rglob("*") if path.is_file())


def stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def stems(text: str) -> set[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return {stem(word) for word in re.findall(r"[a-z]+", plain) if len(word) > 1 and word not in STOP_WORDS}


def shared(one: set[str], other: set[str]) -> set[tuple[str, str]]:
    """Pairs that are equal, or of which the shorter, of four letters or more, begins the longer."""
    return {
        (a, b)
        for a in one
        for b in other
        if a == b or (min(len(a), len(b)) >= 4 and (a.startswith(b) or b.startswith(a)))
    }


def caption(path: Path) -> str:
    with Image.open(path) as picture:
        xmp = picture.info.get("xmp", b"")
        described = re.search(rb"<dc:description>(.*?)</dc:description>", xmp, re.DOTALL)
        return " ".join(
            (
                str(picture.getexif().get(IMAGE_DESCRIPTION, "")),
                str(picture.info.get("Description", "")),
                re.sub(r"<[^>]*>", " ", described[1].decode()) if described else "",
            )
        )


@cache
def words_of(name: str) -> str:
    """All that can be read of a sample file: its path, its kind, and its text or caption."""
    path = SAMPLES / name
    if path.suffix in PICTURES:
        return f"{name} image picture photo {caption(path)}"
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        try:
            return name + " document " + " ".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()
    return f"{name} text code {path.read_text(encoding='utf-8')}"


def test_there_are_at_least_forty_files_and_ten_questions() -> None:
    assert len(sample_files()) >= 40
    assert len(questions()) >= 10


def test_there_are_at_least_eighteen_pictures_in_four_formats() -> None:
    formats = [path.suffix for path in sample_files() if path.suffix in PICTURES]

    assert len(formats) >= 18
    assert set(formats) == PICTURES


def test_the_samples_take_less_than_three_megabytes() -> None:
    assert sum(path.stat().st_size for path in sample_files()) < 3_000_000


@pytest.mark.parametrize(("text", "name"), questions())
def test_the_file_of_a_question_exists(text: str, name: str) -> None:
    assert (SAMPLES / name).is_file()


@pytest.mark.parametrize(("text", "name"), questions())
def test_a_question_shares_no_content_word_with_its_file(text: str, name: str) -> None:
    assert shared(stems(text), stems(words_of(name))) == set()


@pytest.mark.parametrize(
    ("question", "file", "expected"),
    [
        ("sleeping", "He sleeps", {("sleep", "sleep")}),
        ("every night", "nightly", {("night", "night")}),
        ("Café", "two cafes", {("caf", "caf")}),
        ("stories", "a story", {("stor", "stor")}),
        ("photograph", "photo", {("photograph", "photo")}),
        ("what is this", "this is what", set()),
        ("cat", "category", set()),
    ],
)
def test_shared_words_are_found_across_endings(question: str, file: str, expected: set[tuple[str, str]]) -> None:
    assert shared(stems(question), stems(file)) == expected
