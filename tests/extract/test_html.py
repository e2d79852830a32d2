"""Web pages give what a visitor sees."""

import time
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from vexgui.extract.contents import Contents
from vexgui.extract.readers.html import read_html


def text_of(contents: Contents) -> str:
    return "".join(section.text for section in contents.sections)


def body(markup: str) -> str:
    return text_of(read_html(BytesIO(f"<!DOCTYPE html><html><body>{markup}</body></html>".encode())))


def test_title_author_and_description_are_facts() -> None:
    page = (
        b"<html><head><title>Trams &amp;\n Lisbon</title><meta name=Author content='Ana'>"
        b"<meta property='og:description' content='On trams'></head><body>x</body></html>"
    )
    facts = read_html(BytesIO(page)).facts
    assert (facts.title, facts.author, facts.caption) == ("Trams & Lisbon", "Ana", "On trams")


def test_the_language_that_a_page_declares_is_a_fact() -> None:
    assert read_html(BytesIO(b"<html lang=de-AT><p>x")).facts.language == "de"
    assert read_html(BytesIO(b"<html lang=''><p>x")).facts.language is None


def test_scripts_styles_comments_and_the_head_are_not_seen() -> None:
    page = (
        b"<head><title>No</title><style>p{}</style></head>"
        b"<body>a<script>evil()</script>b<!-- c -->d<noscript>e</noscript></body>"
    )
    assert text_of(read_html(BytesIO(page))) == "abd"


def test_paragraphs_are_parted_by_an_empty_line_and_lines_by_a_line_end() -> None:
    assert body("<h1>Trams</h1><p>Old <b>tram</b>\n 28.<br>Next</p><ul><li>one<li>two</ul>") == (
        "Trams\n\nOld tram 28.\nNext\n\none\ntwo"
    )


def test_tables_keep_cells_apart() -> None:
    assert body("<table><tr><td>a<td>b<tr><td>c<td>d</table>") == "a b\nc d"


def test_preformatted_text_keeps_its_lines() -> None:
    assert body("<pre>one\ntwo</pre>") == "one\ntwo"


def test_pictures_say_their_alternative_text() -> None:
    assert body("<img alt='A yellow tram' src='http://192.0.2.1/x.png'>") == "A yellow tram"


def test_a_declared_encoding_is_used() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Привет, мир'.encode("cp1251")
    contents = read_html(BytesIO(page))
    assert text_of(contents) == "Привет, мир"
    assert contents.facts.encoding == "cp1251"


def test_utf_8_wins_over_a_wrong_declaration() -> None:
    assert text_of(read_html(BytesIO("<meta charset=latin-1><p>é".encode()))) == "é"


def test_a_drawing_gives_its_title_description_and_text() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><title>Logo</title><desc>A red fox</desc><text>Hello</text></svg>'
    contents = read_html(BytesIO(svg))
    assert contents.facts.title == "Logo"
    assert text_of(contents) == "Logo\n\nA red fox\n\nHello"


def test_external_entities_are_not_read() -> None:
    page = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><body>a&e;b</body></html>'
    assert "root:" not in text_of(read_html(BytesIO(page)))


def test_an_empty_page_has_no_text() -> None:
    assert text_of(read_html(BytesIO(b""))) == ""
    assert text_of(read_html(BytesIO(b"<!-- nothing -->"))) == ""


def test_deep_nesting_is_survived() -> None:
    read_html(BytesIO(b"<div>" * 50_000 + b"deep"))


@given(st.text(alphabet="<>/&;!-abp \n'\"=", max_size=300))
def test_any_markup_is_read(markup: str) -> None:
    text_of(read_html(BytesIO(markup.encode()))).encode()


def test_empty_lines_without_end_take_no_time() -> None:
    began_s = time.process_time()
    read_html(BytesIO(b"<pre>a" + b" \n" * 200_000 + b"b</pre>"))
    assert time.process_time() - began_s < 5
