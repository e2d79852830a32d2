"""What a user can set, with its defaults."""

from dataclasses import dataclass, field

from vexgui.core.vectors import CodecName


@dataclass(frozen=True, slots=True)
class PictureModel:
    """A model for pictures that was chosen.

    Attributes:
        architecture: Name in open_clip's list, for example "ViT-B-32-256"; "embedded" for the one VexGUI brings along.
        pretrained: Tag of the weights open_clip downloads, or "".
        checkpoint: Path of a weights file on disk, or "".
        digest: SHA-256 of the weights, hex, filled in when the model is first used.
    """

    architecture: str
    pretrained: str = ""
    checkpoint: str = ""
    digest: str = ""


EMBEDDED = PictureModel("embedded")
"""The picture model that comes with VexGUI: it needs no network and shares the text model's queries."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query that was given a name."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """The keys that were chosen for something the window does.

    Attributes:
        command: Its name in the window's table of commands.
        keys: Combinations as Qt writes them, for example "Ctrl+Shift+M"; none where it shall have no keys.
    """

    command: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; kept as config.toml in the profile.

    Attributes:
        roots: The folders kept indexed, absolute.
        codec: How vectors are kept in the store; records take the best that fits.
        page_bytes: What the store's columns begin with and grow by: 4096, 8192, 16384 or 65536.
        write_records: Whether vectors are written to the files' own attributes.
        unrecorded: Folders to whose files none are written all the same, absolute.
        records_in_work_trees: Whether they are written to files that version control looks after, too.
        exclude: Files and folders never indexed, patterns as in .gitignore.
        gitignore: Whether what a work tree's .gitignore names is not indexed either.
        picture_model: The model for pictures, or None: pictures are found by their words.
        former_models: Chosen before, latest first; their vectors answer until the chosen one's space is complete.
        extractor_timeout_s: A file that takes longer is given up.
        extractor_memory_bytes: Memory a decoding process may take.
        model_idle_s: A model unused for so long is unloaded.
        work_on_battery: Whether vectors are made on battery, too.
        most_memory_stall: Share of time, 0 to 1, that programs may wait for memory before the indexer rests; 0 for any.
        most_disk_stall: Share of time that all programs may wait for disks before it rests; 0 for any.
        paused_until_s: Until when the user wants it to rest, seconds since the epoch; infinity for until it is resumed.
        searches: Queries that were given a name, in the order in which they are listed.
        keys: Keys of the window that are others than by default; whether they can be meant only the window knows.
    """

    roots: tuple[bytes, ...] = ()
    codec: CodecName = CodecName.INT8
    page_bytes: int = 64 * 1024
    write_records: bool = True
    unrecorded: tuple[bytes, ...] = ()
    records_in_work_trees: bool = False
    exclude: tuple[str, ...] = field(
        default=(
            ".*",
            "*~",
            "*.pyc",
            "*.o",
            "*.part",
            "*.crdownload",
            "__pycache__",
            "node_modules",
            "lost+found",
        )
    )
    gitignore: bool = True
    picture_model: PictureModel | None = EMBEDDED
    former_models: tuple[PictureModel, ...] = ()
    extractor_timeout_s: float = 20.0
    extractor_memory_bytes: int = 3 << 30
    model_idle_s: float = 300.0
    work_on_battery: bool = False
    most_memory_stall: float = 0.1
    most_disk_stall: float = 0.5
    paused_until_s: float = 0.0
    searches: tuple[SavedSearch, ...] = ()
    keys: tuple[KeyChoice, ...] = ()
