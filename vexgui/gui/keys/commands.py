"""What can be given keys, as a table: all shortcuts of the window are read from it."""

from dataclasses import dataclass
from enum import Enum

from vexgui.gui.language import tr


class Command(Enum):
    """Something the window does; its value is its name in config.toml."""

    SEARCH = "search"
    SAVE_SEARCH = "save-search"
    PASTE = "paste"
    LARGER = "larger"
    SMALLER = "smaller"
    USUAL_SIZE = "usual-size"
    GRID = "grid"
    LIST = "list"
    REFRESH = "refresh"
    REVEAL = "show-in-folder"
    SIMILAR = "find-similar"
    MORE = "more-like-this"
    LESS = "less-like-this"
    TAGS = "tags"
    COPY_FILE = "copy-file"
    COPY_PATH = "copy-path"
    TRASH = "move-to-trash"
    UNDO = "undo"
    PROPERTIES = "properties"
    ADD_FOLDER = "add-folder"
    FOLDERS = "folders"
    DETAILS = "details"
    MAP = "map"
    TIMELINE = "timeline"
    DUPLICATES = "duplicates"
    MENU = "menu"
    PREFERENCES = "preferences"
    SHORTCUTS = "keyboard-shortcuts"
    CLOSE = "close"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table.

    Attributes:
        command: What is done.
        words: What it is called.
        keys: The combinations that do it by default, as Qt writes them; the keypad's Enter goes with the other.
    """

    command: Command
    words: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of the table that belong together, under a heading."""

    title: str
    rows: tuple[Row, ...]


def sections() -> tuple[Section, ...]:
    """Return the table."""
    return (
        Section(tr("Search"), _search_rows()),
        Section(tr("Results"), _result_rows()),
        Section(tr("Files"), _file_rows()),
        Section(tr("Window"), _window_rows()),
    )


def fixed_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys that stay as they are, with what each does."""
    return (
        (tr("Up, in the empty field"), tr("Searches of before")),
        (tr("Tab, Ctrl+Space, in the field"), tr("Complete, show what could stand here")),
        (tr("Backspace, Left, in the field"), tr("Remove the last filter, go to it")),
        (tr("Down"), tr("Go to the results")),
        (tr("Enter"), tr("Open")),
        (
            tr("Space"),
            tr("Large preview; in it arrows go on, Page Up and Page Down turn pages, + - 0 1 zoom"),
        ),
        (
            tr("Arrows, + - 0, on the map"),
            tr("Go about, zoom, show all; with Ctrl to the next file, drag with Shift for a region"),
        ),
        (tr("Left, Right, on the timeline"), tr("Go to a month, with Shift to several; Enter shows what is from then")),
        (tr("Escape"), tr("Clear the search")),
    )


def _search_rows() -> tuple[Row, ...]:
    return (
        Row(Command.SEARCH, tr("Search"), ("Ctrl+F", "Ctrl+L")),
        Row(Command.SAVE_SEARCH, tr("Save this search"), ("Ctrl+D",)),
        Row(Command.PASTE, tr("Find what is like the files or the picture on the clipboard"), ("Ctrl+V",)),
    )


def _result_rows() -> tuple[Row, ...]:
    return (
        Row(Command.LARGER, tr("Larger results"), ("Ctrl++", "Ctrl+=")),
        Row(Command.SMALLER, tr("Smaller results"), ("Ctrl+-",)),
        Row(Command.USUAL_SIZE, tr("Results of the usual size"), ("Ctrl+0",)),
        Row(Command.GRID, tr("Results as a grid"), ("Ctrl+1",)),
        Row(Command.LIST, tr("Results as a list"), ("Ctrl+2",)),
        Row(Command.REFRESH, tr("Re-index the selected files, or look for changes everywhere"), ("F5", "Ctrl+R")),
    )


def _file_rows() -> tuple[Row, ...]:
    return (
        Row(Command.REVEAL, tr("Show in folder"), ("Ctrl+Enter",)),
        Row(Command.SIMILAR, tr("Find similar"), ("Ctrl+M",)),
        Row(Command.MORE, tr("More like this"), ("Ctrl+Shift+M",)),
        Row(Command.LESS, tr("Less like this"), ("Ctrl+Shift+N",)),
        Row(Command.TAGS, tr("Tags"), ("Ctrl+T",)),
        Row(Command.COPY_FILE, tr("Copy file"), ("Ctrl+C",)),
        Row(Command.COPY_PATH, tr("Copy path"), ("Ctrl+Shift+C",)),
        Row(Command.TRASH, tr("Move to trash"), ("Del",)),
        Row(Command.UNDO, tr("Undo"), ("Ctrl+Z",)),
        Row(Command.PROPERTIES, tr("Properties"), ("Alt+Enter",)),
    )


def _window_rows() -> tuple[Row, ...]:
    return (
        Row(Command.ADD_FOLDER, tr("Add a folder"), ("Ctrl+O",)),
        Row(Command.FOLDERS, tr("Folders"), ("F9",)),
        Row(Command.DETAILS, tr("Details"), ("Ctrl+I",)),
        Row(Command.MAP, tr("Map")),
        Row(Command.TIMELINE, tr("Timeline")),
        Row(Command.DUPLICATES, tr("Duplicates")),
        Row(Command.MENU, tr("Menu"), ("F10",)),
        Row(Command.PREFERENCES, tr("Preferences"), ("Ctrl+,",)),
        Row(Command.SHORTCUTS, tr("Keyboard shortcuts"), ("F1", "Ctrl+?")),
        Row(Command.CLOSE, tr("Close the window"), ("Ctrl+W",)),
        Row(Command.QUIT, tr("Quit"), ("Ctrl+Q",)),
    )
