"""Rankings, suggestions, failures and settings as the window asks an engine for them."""

import os
from dataclasses import replace

import pytest

from tests.engine.conftest import Desk
from tests.extract.builders import encoded, pdf, two_colours
from vexgui.core.errors import UsageProblem
from vexgui.core.files import Kind
from vexgui.core.query import Order, Role, SortBy
from vexgui.core.settings import SavedSearch
from vexgui.engine.settings_file import SettingsFile


@pytest.fixture
def notes(desk: Desk) -> Desk:
    for number in range(6):
        desk.write(f"Winter walks/fog {number}.txt", f"Fog over the water, number {number}.")
    desk.write("torn.pdf", b"%PDF-1.4 junk")
    desk.write("tram.pdf", pdf(["The old tram climbs.", "It stops."]))
    desk.write("red.png", encoded(two_colours((60, 40)), "PNG"))
    desk.engine.index([desk.path("")])
    desk.engine.tag([desk.path("tram.pdf")], add=["transport"])
    desk.engine.index([])
    return desk


def names(notes: Desk, query: str, **how: object) -> list[str]:
    answer = notes.engine.search(query, 20, **how)  # type: ignore[arg-type]
    return [os.fsdecode(os.path.basename(hit.path)) for hit in answer.hits]


def test_an_order_holds_where_the_query_has_none(notes: Desk) -> None:
    down = Order(SortBy.NAME, descending=True)
    assert names(notes, "type:text", order=down) == [f"fog {number}.txt" for number in reversed(range(6))]
    assert names(notes, "type:text sort:name", order=down) == [f"fog {number}.txt" for number in range(6)]
    assert names(notes, "", order=down) == []
    by_relevance = notes.engine.search("fog", 20, order=Order(SortBy.RELEVANCE))
    assert (by_relevance.hits, bool(by_relevance.bands)) == (notes.engine.search("fog", 20).hits, True)


def test_one_kind_is_told_of_and_all_are_counted(notes: Desk) -> None:
    everything = notes.engine.search("sort:name", 20)
    documents = notes.engine.search("sort:name", 20, kind=Kind.DOCUMENT)
    assert everything.kinds == documents.kinds == ((Kind.TEXT, 6), (Kind.DOCUMENT, 2), (Kind.IMAGE, 1))
    assert {hit.kind for hit in documents.hits} == {Kind.DOCUMENT}
    alike = notes.engine.similar([notes.path("Winter walks/fog 0.txt")], 20, kind=Kind.TEXT)
    assert alike.total == len(alike.hits) == 5


def test_an_answer_is_gone_through_by_its_token(notes: Desk) -> None:
    answer = notes.engine.search("sort:name", 2)
    assert notes.engine.hits_of(answer.token, 0, 2) == answer.hits
    assert len(notes.engine.hits_of(answer.token, 2, 100)) == answer.total - 2
    with pytest.raises(UsageProblem):
        notes.engine.hits_of(answer.token + 1, 0, 2)


def test_what_is_known_of_the_files_is_suggested(notes: Desk) -> None:
    def offered(typed: str) -> list[str]:
        return [offer.text for offer in notes.engine.suggest(typed, len(typed)).offers]

    assert offered("tag:tr") == ["transport"]
    assert offered("trans")[0] == "tag:transport"
    (folder,) = offered("in:wint")
    assert names(notes, f"in:{folder} sort:name", folder=b"/") == [f"fog {number}.txt" for number in range(6)]
    assert "fake" in " ".join(offered("space:"))


def test_a_query_is_read_where_nothing_is_open(notes: Desk) -> None:
    notes.engine.close()
    assert [part.role for part in notes.engine.read("fog type:text").parts] == [Role.WORDS, Role.FIELD]


def test_files_that_could_not_be_read_are_told_with_reason_kind_and_time(notes: Desk) -> None:
    (failed,) = notes.engine.failures()
    assert (failed.path, failed.kind) == (notes.path("torn.pdf"), Kind.DOCUMENT)
    assert failed.reason
    assert failed.since_ns == notes.engine.inspect(failed.path).indexed_ns
    assert notes.engine.failures(0) == ()
    notes.write("torn.pdf", pdf(["whole"]))
    notes.engine.index([failed.path], force=True)
    assert notes.engine.failures() == ()


def test_any_page_of_a_pdf_has_a_thumbnail(notes: Desk) -> None:
    first, second, third = (notes.engine.thumbnail(notes.path("tram.pdf"), 100, page) for page in range(3))
    assert first != second != b""
    assert third == b""


def test_settings_are_changed_at_once_and_for_good(notes: Desk) -> None:
    before = notes.engine.settings()
    searches = (SavedSearch("Fog", "fog type:text"),)
    after = notes.engine.change(searches=searches, write_records=False)
    assert after == replace(before, searches=searches, write_records=False) == notes.engine.settings()
    assert SettingsFile(notes.profile.config).load() == after
    assert not notes.engine.roots()[0].records
    notes.engine.change(most_disk_stall=0.2)
    assert notes.engine._parts.manners.bounds.disk == 0.2
    after = notes.engine.settings()
    with pytest.raises(UsageProblem):
        notes.engine.change(write_records=True, colour="red")
    assert notes.engine.settings() == after
