"""Plain text is read in the encoding it is in."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.extract.contents import Contents, Unreadable, clean, one_line
from vexgui.extract.readers.text import MAX_TEXT_BYTES, decoded, read_text

FRENCH = "Les élèves étaient très fatigués après la fête à l'école. Où êtes-vous allés?"
GERMAN = "Übergröße für die Straße"
SPANISH = "El niño comió piñas en la mañana. ¿Qué pasó?"
POLISH = "Zażółć gęślą jaźń. Wczoraj byliśmy w Krakowie i oglądaliśmy zamek."
RUSSIAN = "Это обычный русский текст, написанный в кодировке Windows."
JAPANESE = "これは日本語のテキストです。猫が好きです。東京に住んでいます。"
CHINESE = "这是一个中文文本文件,用于测试编码检测。"
KOREAN = "이것은 한국어 텍스트 파일입니다."


def text_of(data: bytes) -> str:
    contents = read_text(BytesIO(data))
    return contents.sections[0].text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "latin-1"),
        ("café", "latin-1"),
        ("“Smart” — naïve café costs 5 €", "cp1252"),
        (GERMAN, "latin-1"),
        (SPANISH, "latin-1"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (JAPANESE, "utf-8"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb18030"),
        (KOREAN, "euc_kr"),
        (JAPANESE, "utf-16"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "utf-32"),
    ],
)
@pytest.mark.parametrize("times", [1, 40])
def test_text_is_read_in_its_encoding(text: str, encoding: str, times: int) -> None:
    lines = "\n".join([text] * times)
    assert text_of(lines.encode(encoding)) == lines


@pytest.mark.parametrize("junk", [b"\0\x01\x02\x03" * 100, bytes(range(256)) * 8, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"])
def test_binary_data_is_no_text(junk: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^It looks like text but is not in any known encoding\.$"):
        decoded(junk)


def test_a_log_with_a_few_zeros_in_it_is_text() -> None:
    assert text_of(b"line one\n" * 50 + b"\0\0\0\n" + b"line two\n") == "line one\n" * 50 + "\nline two\n"


def test_the_encoding_is_kept_as_a_fact() -> None:
    assert read_text(BytesIO(b"plain")).facts.encoding == "utf-8"
    assert read_text(BytesIO(FRENCH.encode("latin-1"))).facts.encoding == "cp1252"


def test_a_character_cut_in_two_at_the_limit_is_left_out() -> None:
    data = b"a" * (MAX_TEXT_BYTES - 1) + "é".encode() + b"more"
    assert text_of(data) == "a" * (MAX_TEXT_BYTES - 1)


def test_a_character_cut_in_two_before_the_limit_is_not_utf_8() -> None:
    assert decoded(b"caf\xc3")[1] == "cp1252"


def test_a_declared_encoding_is_believed_where_it_can_be() -> None:
    assert decoded(b"\xd0\xe9", declared="cp1251") == ("Рй", "cp1251")
    assert decoded("é".encode(), declared="cp1251") == ("é", "utf-8")
    assert decoded(b"\x80 5", declared="iso-8859-1") == ("€ 5", "cp1252")
    assert decoded(b"caf\xe9", declared="no-such-thing")[0] == "café"
    assert decoded(b"caf\xe9", declared="unicode_escape")[0] == "café"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        contents = read_text(BytesIO(data))
    except Unreadable:
        return
    assert isinstance(contents, Contents)
    contents.sections[0].text.encode()


def test_clean_text_has_plain_line_ends_and_no_controls() -> None:
    assert clean("a\r\nb\rc\x00d\x1b[31mred\x1b[0m\ud800\ufeff\te") == "a\nb\ncdred\te"


def test_one_line_is_short_or_none() -> None:
    assert one_line("  a \n b\0 ") == "a b"
    assert one_line("\0\n ") is None
    assert one_line(None) is None
    assert one_line("x" * 50, 10) == "x" * 10


@pytest.mark.parametrize(("text", "encoding"), [(JAPANESE, "euc_jp"), (JAPANESE, "cp932"), (KOREAN, "cp949")])
@pytest.mark.parametrize("before", ["", "-"])
def test_a_long_text_is_read_wherever_its_characters_lie(text: str, encoding: str, before: str) -> None:
    long = before + f"{text}\n" * 2000
    assert text_of(long.encode(encoding)) == long


@pytest.mark.parametrize(
    ("data", "lines"),
    [(b"one", 1), (b"one\n", 1), (b"one\ntwo", 2), (b"one\r\n\r\ntwo\r\n", 3), (b"one\rtwo\r", 2), (b"\n", 1)],
)
def test_lines_are_counted(data: bytes, lines: int) -> None:
    assert read_text(BytesIO(data)).facts.extra == {"lines": lines}


def test_of_a_text_that_is_not_read_to_its_end_nobody_counts_the_lines() -> None:
    assert read_text(BytesIO(b"a\n" * MAX_TEXT_BYTES)).facts.extra is None
    assert read_text(BytesIO(b"")).facts.extra is None
