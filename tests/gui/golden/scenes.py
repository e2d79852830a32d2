"""What the golden screenshots show: every state that the window can be in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests.gui.fake_engine import FakeFile
from tests.gui.golden.collection import LAKE, WATER, Engine, Home
from vexgui.core.errors import EngineLost
from vexgui.core.events import Activity, Event, ModelProgress, Progress
from vexgui.core.files import FileFacts, Kind
from vexgui.core.hits import Band, Why
from vexgui.core.reports import RootInfo, RootState
from vexgui.gui.keys.commands import Command
from vexgui.gui.looking.duplicates_page import DuplicatesPage
from vexgui.gui.results.geometry import Layout
from vexgui.gui.side.look import Place
from vexgui.gui.window import MainWindow

Act = Callable[[MainWindow, Engine], object]
_WIDE, _USUAL, _NARROW = (1100, 640), (960, 600), (800, 500)
_WATER_IN = {"de": "Boot auf stillem Wasser", "ar": "قارب على ماء هادئ"}
_FETCHING = ModelProgress("ViT-B-32-256", 120 << 20, 577 << 20)
_LIMIT = (
    "The system lets all your programs together watch 8,192 folders, and there are more. Those where something "
    "changed lately are watched, and the others looked at every 10 minutes. "
    "Have all watched with: sudo sysctl fs.inotify.max_user_watches=131072"
)
_LETTER, _BIRDS, _SONG = (
    "Letters/To the landlord about the heating.txt",
    "Documents/Garden birds.pdf",
    "Music/Rolling home.mp3",
)
_COLD = """Since 2 January the radiators in the living room and in the nursery have stayed
lukewarm even when the valves are fully open."""
_WARM = Why("words", 1, "the \x02radiators\x03 have stayed \x02lukewarm\x03", "line 10", 0.9)
_RESTS = "The model process has ended three times and rests until 15:20."


@dataclass(frozen=True, slots=True)
class Scene:
    """A state of the window, and how to get there.

    Attributes:
        name: What its screenshots are called.
        acts: What happens, one after the other; between them the window comes to rest.
        engine: Makes the engine for a home.
        size: Of the window, pixels.
        language: What the window speaks.
        shown: What of it is taken.
        scale: Pixels of the screen for one of the window.
    """

    name: str
    acts: tuple[Act, ...] = ()
    engine: Callable[[Home], Engine] = Engine
    size: tuple[int, int] = _USUAL
    language: str = "en"
    shown: Callable[[MainWindow], QWidget] = lambda window: window
    scale: int = 1


# what happens


def _ask(query: str) -> Act:
    return lambda window, engine: window.ask(query, b"")


def _tell(*events: Event) -> Act:
    def tell(_: MainWindow, engine: Engine) -> None:
        for event in events:
            engine.tell(event)

    return tell


def _look(place: Place) -> Act:
    return lambda window, engine: window.side.look_asked.emit(place)


def _type(words: str) -> Act:
    def type_in(window: MainWindow, _: Engine) -> None:
        window.field.take_focus()
        QTest.keyClicks(window.field.edit, words)

    return type_in


def _select_lake(window: MainWindow, engine: Engine) -> None:
    window.results.select_alone(window.found.model.index_of(engine.home.path(LAKE)))


def _open_vectors(window: MainWindow, _: Engine) -> None:
    window.details.card.toggle()
    window.details.card.history.button.click()


def _scroll_to_end(window: MainWindow, _: Engine) -> None:
    QApplication.processEvents()  # what has been opened is laid out
    bar = window.details.verticalScrollBar()
    bar.setValue(bar.maximum())


def _scroll_to_start(window: MainWindow, _: Engine) -> None:
    window.details.verticalScrollBar().setValue(0)


def _show_large(window: MainWindow, _: Engine) -> None:
    window.large_preview.appear(window.results.selected()[0])


def _show_file(name: str, *whys: Why, **otherwise: object) -> Act:
    def show(window: MainWindow, engine: Engine) -> None:
        hit = engine.hit(name, Band.STRONG, 0.5, *whys)
        window.large_preview.appear(replace(hit, **otherwise))  # type: ignore[arg-type]

    return show


def _show_menu(window: MainWindow, _: Engine) -> None:
    window.actions_on_files.show_menu(window.mapToGlobal(QPoint(330, 60)))


def _ask_for_tags(window: MainWindow, _: Engine) -> None:
    window.actions_on_files.tag.trigger()


def _ask_to_strip(window: MainWindow, _: Engine) -> None:
    window.actions_on_files.strip.trigger()


def _ask_to_trash(window: MainWindow, _: Engine) -> None:
    page = window.pages.currentWidget()
    assert isinstance(page, DuplicatesPage)
    page.trash.click()


def _dialog(window: MainWindow) -> QWidget:
    (dialog,) = window.findChildren(QDialog, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return dialog


def _preferences(page: str) -> tuple[Act, ...]:
    def open_page(window: MainWindow, _: Engine) -> None:
        window.preferences.resize(680, 560)
        window.preferences.show_page(getattr(window.preferences, page))

    return (open_page,)


def _press_for(command: Command, key: Qt.Key) -> Act:
    def press(window: MainWindow, _: Engine) -> None:
        button = window.preferences.keys.key_rows[command].button
        button.click()
        QTest.keyClick(button, key, Qt.KeyboardModifier.ControlModifier)

    return press


# whose collection it is


def _with(home: Home, **standing: object) -> Engine:
    engine = Engine(home)
    for query in (WATER, f"{WATER} sise:>4", "type:image tag:holiday boat tag:", *_WATER_IN.values()):
        engine.answer_water(query)
    engine.standing = standing
    return engine


def _without_folders(home: Home) -> Engine:
    engine = Engine(home, empty=True)
    engine.folders, engine.infos = [], ()
    return engine


def _with_an_empty_folder(home: Home) -> Engine:
    engine = Engine(home, empty=True)
    engine.infos = (RootInfo(home.path("New folder"), 0, 0, present=True, state=RootState.CURRENT),)
    return engine


def _catching_up(home: Home) -> Engine:
    engine = _with(home)
    engine.infos = (replace(engine.infos[0], files=312, state=RootState.CATCHING_UP),)
    return engine


def _with_a_drive_away(home: Home) -> Engine:
    engine = _with(home)
    away = RootInfo(b"/media/ann/Holiday drive", 880, 0, present=False, state=RootState.OFFLINE)
    engine.infos = (*engine.infos, replace(away, current_ns=1_714_732_200 * 10**9))
    return engine


def _with_a_closed_folder(home: Home) -> Engine:
    engine = _with(home)
    engine.infos = (engine.infos[0], replace(engine.infos[1], present=False, readable=False))
    return engine


def _with_weak_answers(home: Home) -> Engine:
    engine = Engine(home)
    engine.answer_weakly("zeppelin")
    return engine


def _with_failures(home: Home) -> Engine:
    engine = _with(home)
    engine.fail(
        {
            "It is damaged: the picture ends too soon.": [name for name in home.names if "/Holidays/IMG_" in name],
            "The PDF is protected by a password.": ["Documents/Lease in brief.pdf"],
            "You may not read it.": ["Finance/Household budget 2024.csv", "Finance/Tax return checklist.md"],
        }
    )
    engine.infos = (replace(engine.infos[0], failed=4), replace(engine.infos[1], failed=3))
    return engine


def _with_places(home: Home, *, files: int = 2_000) -> Engine:
    engine = _with(home)
    engine.lay_out_map(files)
    engine.count_months()
    engine.find_duplicates()
    return engine


def _with_previews(home: Home) -> Engine:
    """Return an engine that knows more of what is looked at large: a passage, pages, and the facts of a song."""
    engine = _with(home)
    heating, birds, song = map(home.path, (_LETTER, _BIRDS, _SONG))
    engine.files[heating] = replace(engine.files[heating], text=_COLD)
    engine.files[birds] = replace(engine.files[birds], facts=FileFacts(pages=4))
    extra = {"album": "Songs from the quay", "track": "4", "duration_s": 222, "bitrate": 192_000}
    engine.files[song] = FakeFile(song, facts=FileFacts(title="Rolling home", author="The Harbour Choir", extra=extra))
    return engine


def _without_thumbnails(home: Home) -> Engine:
    engine = Engine(home)
    engine.answer_without_pictures(WATER)
    return engine


def _busy(home: Home) -> Progress:
    return Progress(
        Activity.INDEXING,
        312,
        12_400,
        home.path("Pictures/2023/08 Norway/Lofoten/DSC_0123_with_a_rather_long_name.jpg"),
        24.3,
        498.0,
        "new files",
        ((Kind.IMAGE, 10_930), (Kind.DOCUMENT, 1_018), (Kind.VIDEO, 140)),
    )


def _read(_: MainWindow, engine: Engine) -> None:
    engine.tell(_busy(engine.home))


_RESULTS = (_ask(WATER), _select_lake)
SCENES = (
    Scene("grid", (*_RESULTS, lambda window, _: window.found.arrange(Layout.GRID, 1)), _with, _WIDE),
    Scene("list", (*_RESULTS, lambda window, _: window.found.arrange(Layout.LIST, window.results.zoom)), _with, _WIDE),
    Scene("narrow", (_ask(WATER),), _with, _NARROW),
    Scene(
        "details",
        # Similar files are in sight until it is known what stands above them; on a busy computer they come meanwhile.
        (*_RESULTS, _scroll_to_end, _scroll_to_start),
        _with,
        (960, 1080),
        shown=lambda window: window.details,
    ),
    Scene(
        "vectors",
        (*_RESULTS, _scroll_to_end, _open_vectors, _scroll_to_end),
        _with,
        _USUAL,
        shown=lambda window: window.details,
    ),
    Scene("preview-picture", (*_RESULTS, _show_large), _with, _NARROW),
    Scene("preview-page", (_show_file(_BIRDS, Why("words", 2, "\x02Robin\x03", "page 2")),), _with_previews, _NARROW),
    Scene("preview-text", (_show_file(_LETTER, _WARM),), _with_previews, _NARROW),
    Scene("preview-markdown", (_show_file("Finance/Tax return checklist.md"),), _with_previews, _NARROW),
    Scene("preview-code", (_show_file("Code/rename_photos.py"),), _with_previews, _NARROW),
    Scene(
        "preview-facts",
        (_show_file(_SONG, size=5_328_000, mtime_ns=1_714_732_200 * 10**9),),
        _with_previews,
        _NARROW,
    ),
    Scene("menu", (*_RESULTS, _show_menu), _with, _NARROW),
    Scene("tags", (*_RESULTS, _ask_for_tags), _with, shown=_dialog),
    Scene("confirm-strip", (*_RESULTS, _ask_to_strip), _with, shown=_dialog),
    Scene("confirm-trash", (_look(Place.DUPLICATES), _ask_to_trash), _with_places, shown=_dialog),
    Scene("double-scale", _RESULTS, _with, _NARROW, scale=2),
    Scene("chips", (_ask("type:image tag:holiday"), _type("boat tag:")), _with),
    Scene("map", (_look(Place.MAP),), _with_places),
    Scene("map-near", (_look(Place.MAP),), partial(_with_places, files=60)),
    Scene("timeline", (_look(Place.TIMELINE),), _with_places),
    Scene("duplicates", (_look(Place.DUPLICATES),), _with_places),
    Scene("failures", (_look(Place.FAILURES),), _with_failures),
    Scene(
        "activity",
        (_read, _tell(_FETCHING), lambda window, _: window.status.show_activity()),
        partial(_with, watch_note=_LIMIT),
    ),
    # states
    Scene("first-run", (), _without_folders),
    Scene("idle", (), _with),
    Scene("empty-folder", (), _with_an_empty_folder),
    Scene("results-arriving", (_ask(WATER), _read), _catching_up, _NARROW),
    Scene("nothing-found", (_ask('zeppelin "hanging gardens" type:video'),), _with),
    Scene("weak-results", (_ask("zeppelin"),), _with_weak_answers),
    Scene("mistake", (_ask(f"{WATER} sise:>4"),), _with, _NARROW),
    Scene("drive-away", (_ask(WATER),), _with_a_drive_away),
    Scene("watch-limit", (), partial(_with, watch_note=_LIMIT)),
    Scene("model-missing", (), partial(_with, model_note="There is none.")),
    Scene("model-downloading", (_tell(_FETCHING),), _with),
    Scene("model-rests", (), partial(_with, model_note=_RESTS, model_rests=True)),
    Scene(
        "disk-full",
        (_tell(Progress(Activity.PAUSED, 312, 12_400, why="while the disk is full")),),
        partial(_with, room_bytes=3 << 20),
    ),
    Scene("rebuilding", (_tell(Progress(Activity.RESTORING, 4_100, 0, rate=2100)),), partial(_with, rebuilding=True)),
    Scene("no-permission", (), _with_a_closed_folder),
    Scene("no-thumbnails", (_ask(WATER),), _without_thumbnails),
    Scene("engine-lost", (lambda window, _: window.show_failure(EngineLost()),), _with),
    *(
        Scene(f"preferences-{page}", _preferences(page), _with, shown=lambda window: window.preferences)
        for page in ("folders", "models", "pace", "privacy", "appearance")
    ),
    Scene(
        "preferences-keys",
        (
            *_preferences("keys"),
            _press_for(Command.SAVE_SEARCH, Qt.Key.Key_S),
            _press_for(Command.SMALLER, Qt.Key.Key_O),
        ),
        _with,
        shown=lambda window: window.preferences,
    ),
    Scene("german", (_ask(_WATER_IN["de"]), _select_lake), _with, language="de"),
    Scene("arabic", (_ask(_WATER_IN["ar"]), _select_lake), _with, language="ar"),
)
"""Other languages come last: Qt keeps what it has loaded of them."""
