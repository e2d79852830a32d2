"""What comes from below the window is told in its language, with its facts; the command line tells it in English."""

import ast
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parents[3] / "packaging"))

import sentences
import translations

from tests.search.language.asking import asked
from vexgui.cli.mistakes import mistake_text
from vexgui.core.errors import EngineLost, VexError
from vexgui.core.query import QueryProblem
from vexgui.core.told import told
from vexgui.engine.apart.channel import Channel, Failed
from vexgui.engine.settings_file import SettingsFile
from vexgui.extract.contents import Unreadable
from vexgui.extract.readers.notebook import read_notebook
from vexgui.gui.language import set_language, translated, translated_error
from vexgui.gui.operations import Lane, Operations
from vexgui.indexer.rules.rules import Rules
from vexgui.models.directory import read_directory
from vexgui.search.language.offering import values_of
from vexgui.system.atomic import replace_file
from vexgui.system.child import Child
from vexgui.system.frames import Frame


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    yield lambda language: set_language(qapp, language)
    set_language(qapp, "en")


def bare(text: str) -> str:
    """Return a text without the marks that keep what is written to the right together."""
    return "".join(sign for sign in text if sign not in "\u2066\u2068\u2069")


def raised(act: Callable[[], object]) -> str:
    with pytest.raises((VexError, Unreadable)) as caught:
        act()
    return str(caught.value)


def call_of_nobody() -> None:
    with closing(Child("no.such.module", [], told("The decoder"))) as child:
        child.call(Frame({}), 30)


REAL: dict[str, tuple[Callable[[Path], str], str, str]] = {
    "a file that cannot be written": (
        lambda folder: raised(lambda: replace_file(bytes(folder / "no" / "where"), b"")),
        (
            "{path}/no/where konnte nicht geschrieben werden (Datei oder Verzeichnis nicht gefunden)."
            " Diesen Datenträger prüfen."
        ),
        "تعذرت الكتابة في {path}/no/where (لا يوجد ملف أو مجلد كهذا). تحقق من ذلك القرص.",
    ),
    "a model that is none": (
        lambda folder: raised(lambda: read_directory(bytes(folder))),
        (
            "{path} enthält kein open_clip_config.json. Einen Ordner nennen, wie open_clip ein Modell speichert: "
            "open_clip_config.json neben open_clip_model.safetensors."
        ),
        (
            "لا يوجد open_clip_config.json في {path}. سمِّ مجلدًا كما يحفظ open_clip النموذج: open_clip_config.json بجانب "
            "open_clip_model.safetensors."
        ),
    ),
    "a process that dies": (
        lambda _: raised(call_of_nobody),
        "Der Dekodierer wurde mit dem Status 1 beendet.",
        "مفكِّك الترميز: انتهى بالحالة 1.",
    ),
    "a file that is damaged": (
        lambda _: raised(lambda: read_notebook(BytesIO(b"no book"))),
        "Das Notizbuch ist beschädigt.",
        "دفتر الملاحظات تالف.",
    ),
    "a file that is left out": (
        lambda _: Rules(["*.tmp"]).why(b"/home/ana/a.tmp", b"/home/ana", folder=False),
        "/home/ana/a.tmp passt auf „*.tmp“ in den Mustern zum Ausschließen.",
        "/home/ana/a.tmp يطابق «*.tmp» في أنماط الاستثناء.",
    ),
    "a mistake in a query, from another process": (
        lambda _: str(sent(QueryProblem(asked("modifed:2024 cat").mistakes[0]))),
        "Es gibt kein Feld, das modifed heißt. Meinten Sie modified:?",
        "لا يوجد حقل اسمه modifed. هل تقصد modified:؟",
    ),
    "settings that cannot be read": (
        lambda folder: raised(lambda: broken_settings(folder).load()).partition(" (")[0] + " (x). Mend or remove it.",
        "{path}/config.toml ist kein TOML (x). Berichtigen oder entfernen.",
        "{path}/config.toml ليس بصيغة TOML (x). صحّحه أو أزله.",
    ),
}


def sent(error: VexError) -> VexError:
    """Return an error as it comes out of the engine's process."""
    ours, theirs = map(Channel, socket.socketpair())
    theirs.send(Failed(1, error))
    received = ours.receive()
    for end in (ours, theirs):
        end.release()
    assert isinstance(received, Failed)
    return received.error


def broken_settings(folder: Path) -> SettingsFile:
    (folder / "config.toml").write_text("roots = [")
    return SettingsFile(bytes(folder))


@pytest.mark.parametrize(("language", "which"), [("de", 0), ("ar", 1)])
@pytest.mark.parametrize("name", REAL)
def test_what_the_program_says_is_told_with_its_facts(
    speak: Callable[[str], None], tmp_path: Path, name: str, language: str, which: int
) -> None:
    make, *wanted = REAL[name]
    english = make(tmp_path)
    assert translated(english) == english
    speak(language)
    assert bare(translated(english)) == wanted[which].replace("{path}", str(tmp_path))


def test_a_path_keeps_its_order_where_one_writes_to_the_left(speak: Callable[[str], None]) -> None:
    speak("ar")
    assert translated("/home/ana is not a folder.") == "\u2066/home/ana\u2069 ليس مجلدًا."


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [("de", 12_400, "12.400 Dateien"), ("ar", 2, "ملفان"), ("ar", 3, "٣ ملفات"), ("ar", 11, "١١ ملفًا")],
)
def test_a_count_has_the_plural_of_the_language(
    speak: Callable[[str], None], language: str, count: int, words: str
) -> None:
    (offered,) = values_of("tag", "", Tags(count), b"/home/ana")
    speak(language)
    assert translated(offered.note) == words


class Tags:
    """Files that all have one tag."""

    def __init__(self, files: int) -> None:
        self.files = files

    def tags(self) -> list[tuple[str, int]]:
        return [("beach", self.files)]

    def cameras(self) -> list[tuple[str, int]]:
        return []

    def folders(self) -> list[bytes]:
        return []

    def spaces(self) -> list[str]:
        return []


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("Only names and words were searched. The disk is full.", None),
        ("The text model failed: boom. It knows these: a. b, c.", None),
        ("/a. b/c does not exist. Check the spelling.", "/a. b/c gibt es nicht. Die Schreibweise prüfen."),
        ("Something else. The disk is full.", "Something else. The disk is full."),
        ("The disk is full. Something else.", "Der Datenträger ist voll. Something else."),
        ("{braces} is not a folder.", "{braces} ist kein Ordner."),
        ("", ""),
    ],
)
def test_several_sentences_are_told_one_by_one(speak: Callable[[str], None], english: str, german: str | None) -> None:
    speak("de")
    if german is None:
        assert not set(english.split()) & set(translated(english).split()) - {"boom.", "a.", "b,", "c."}
    else:
        assert translated(english) == german


def test_an_error_is_told_so_wherever_it_failed(speak: Callable[[str], None], qtbot: QtBot) -> None:
    speak("de")
    failed: list[VexError] = []
    operations = Operations()

    def fail(_: object) -> None:
        raise EngineLost

    operations.start(Lane.ERRANDS, fail, lambda _: None, failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    operations.close()
    assert isinstance(failed[0], EngineLost)
    assert str(failed[0]) == (
        "Der Teil von VexGUI, der Dateien liest und findet, wurde unerwartet beendet. Neu starten; nichts ist verloren."
    )


def test_the_command_line_tells_it_in_english_whatever_the_window_speaks(speak: Callable[[str], None]) -> None:
    speak("de")
    query = "cat type:imgae"
    (mistake,) = asked(query).mistakes
    assert mistake_text(query, mistake).startswith("There is no type called imgae. Did you mean type:image?")
    assert str(EngineLost()).endswith("nothing is lost.")
    assert str(translated_error(EngineLost())) != str(EngineLost())


# what is gathered


def test_every_text_that_an_error_is_made_with_can_be_gathered_and_is_translated() -> None:
    known = {
        sentences.form_of(message.id if isinstance(message.id, str) else message.id[0])
        for message in translations.read("de", "sentences")
        if message.id and message.string
    }
    makers = sentences.makers()
    made = 0
    for source in sentences.sources():
        for call in ast.walk(ast.parse(source.read_text())):
            if not isinstance(call, ast.Call) or sentences.name_of(call.func) not in makers:
                continue
            for text in call.args:
                where = f"{source}, line {call.lineno}"
                assert not is_put_together(text), f"{where}: an f-string can be gathered"
                form = sentences.form_of(sentences.template_of(text))
                if any(sign.isalpha() for sign in form):
                    made += 1
                    assert form in known, f"{where}: make translations gathers it"
    assert made > 200


def is_put_together(text: ast.expr) -> bool:
    match text:
        case ast.BinOp(op=ast.Add() | ast.Mod()):
            return True
        case ast.Call(func=ast.Attribute(attr="format" | "join" | "replace")):
            return True
    return False


def test_what_is_recognised_by_little_is_nothing_but_facts_in_brackets() -> None:
    """A template without words of its own would take any text for one of its own kind."""
    few = [
        message.id
        for message in translations.read("de", "sentences")
        if isinstance(message.id, str) and "{}" in sentences.form_of(message.id)
        if sum(sign.isalpha() for sign in sentences.form_of(message.id)) < 2
    ]
    assert few == ["{remark} ({pretrained})"]
