"""Made-up names as people's folders hold them: photos, scans, letters, music, mails, code, downloads."""

import random
import re
from collections.abc import Callable, Iterator

_WORD = re.compile(r"\w+")
_SUBJECTS = _WORD.findall(
    """invoice report letter contract holiday birthday wedding school tax rent insurance recipe garden kitchen bathroom
    meeting notes budget offer order receipt travel flight hotel passport portrait family summer winter christmas
    project draft thesis lecture exercise homework exam grades certificate manual warranty plan map ticket statement
    bank salary pension doctor vaccination bicycle car house attic cellar neighbour choir football concert museum"""
)
_NAMES = _WORD.findall(
    """anna ben clara david emma felix greta hannah ida jonas karl lena max nora oscar paula robert sara tom ursula
    victor wanda yusuf zoe Müller Schmidt García Renée Zürich Köln Wien Vienna Paris London Berlin Oslo Praha São Иван
    Москва 写真 東京 旅行"""
)
_CODE = _WORD.findall(
    """index main test utils config setup server client parser model view controller handler router schema types common
    settings widget button dialog window loader cache store query filter buffer stream socket thread signal event"""
)
_PARTS = _WORD.findall(
    """ba be bi bo da de di do fa fe ga go ha ka ke ki la le li lo ma me mi mo na ne no pa ra re ri ro sa se ta te"""
)
_CODE_SUFFIXES = ("py", "js", "ts", "c", "h", "cpp", "java", "rs", "go", "css", "json", "html", "svg", "md")
_LETTER_SUFFIXES = ("pdf", "pdf", "docx", "odt", "xlsx", "txt", "pptx")
_YEARS = range(2003, 2027)
_SHARE = 0.4


def made_up_names(count: int, seed: int = 1) -> Iterator[bytes]:
    """Yield names, the same ones for a seed; some come twice, as they do in different folders."""
    dice = random.Random(seed)  # noqa: S311 - nothing secret
    makers = dice.choices(list(_MAKERS), list(_MAKERS.values()), k=count)
    return (maker(dice).encode() for maker in makers)


def _photo(dice: random.Random) -> str:
    match dice.randrange(5):
        case 0:
            return f"DSC{dice.randrange(100_000):05}.JPG"
        case 1:
            return f"PXL_{_day(dice, '')}_{dice.randrange(10**9):09}.jpg"
        case 2:
            return f"WhatsApp Image {_day(dice, '-')} at {dice.randrange(24)}.{dice.randrange(60):02}.jpeg"
        case _:
            return f"IMG_{_day(dice, '')}_{dice.randrange(240_000):06}.{dice.choice(('jpg', 'jpg', 'heic', 'mp4'))}"


def _letter(dice: random.Random) -> str:
    words = [dice.choice(_SUBJECTS), dice.choice((*_NAMES, _word(dice)))]
    if _sometimes(dice):
        words.append(str(dice.choice(_YEARS)))
    if _sometimes(dice):
        words.append(dice.choice(("final", "v2", "copy", "signed", "(1)", "new")))
    dice.shuffle(words)
    text = dice.choice((" ", "_", "-")).join(words)
    return f"{text.capitalize() if _sometimes(dice) else text}.{dice.choice(_LETTER_SUFFIXES)}"


def _scan(dice: random.Random) -> str:
    what = dice.choice(("Scan", "Screenshot from"))
    return f"{what} {_day(dice, '-')} {dice.randrange(24):02}-{dice.randrange(60):02}.png"


def _song(dice: random.Random) -> str:
    title = " ".join(_word(dice) for _ in range(dice.randint(1, 4)))
    return f"{dice.randrange(1, 20):02} - {_word(dice).capitalize()} - {title}.{dice.choice(('mp3', 'mp3', 'flac'))}"


def _source(dice: random.Random) -> str:
    stem = dice.choice(("", "test_", "_", "my-")) + dice.choice(_CODE)
    if _sometimes(dice):
        stem += dice.choice("_-.") + dice.choice((*_CODE, _word(dice)))
    return f"{stem}.{dice.choice(_CODE_SUFFIXES)}"


def _hash(dice: random.Random) -> str:
    return f"{dice.getrandbits(128):032x}" + dice.choice(("", "", ".png", ".cache", ".bin"))


def _mail(dice: random.Random) -> str:
    return f"{dice.choice(('Re', 'Fwd', 'AW'))} {dice.choice(_SUBJECTS)} {dice.choice(_NAMES)} {_word(dice)}.eml"


def _sometimes(dice: random.Random) -> bool:
    return dice.random() < _SHARE


def _word(dice: random.Random) -> str:
    return "".join(dice.choices(_PARTS, k=dice.randint(2, 4)))


def _day(dice: random.Random, between: str) -> str:
    return between.join((str(dice.choice(_YEARS)), f"{dice.randint(1, 12):02}", f"{dice.randint(1, 28):02}"))


_MAKERS: dict[Callable[[random.Random], str], int] = {
    _photo: 30,
    _letter: 20,
    _scan: 6,
    _song: 8,
    _source: 22,
    _hash: 8,
    _mail: 6,
}
