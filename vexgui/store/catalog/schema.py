"""The catalog's tables, and how a connection to them is opened."""

import contextlib
import errno
import os
import re
import sqlite3

from vexgui.core.errors import (
    PermissionProblem,
    ProfileBusy,
    StoreDamaged,
    StoreTooNew,
    VexError,
    WorldProblem,
    no_room_in_store,
)
from vexgui.core.paths import shown
from vexgui.store.catalog import conditions, steps
from vexgui.store.catalog.paths import folded
from vexgui.store.catalog.texts import TextReader
from vexgui.store.columns import REBUILD
from vexgui.store.format import CATALOG_APPLICATION_ID, CATALOG_VERSION, TOKENIZER

_COLUMNS = re.compile(rb"[0-9a-f]{16}\.\d+")
PAGE_CACHE_BYTES = 32 * 1024 * 1024
"""What a connection keeps in memory of the catalog at most: links between files, passages and slots among it."""
TABLES = f"""
CREATE TABLE state(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    epoch INTEGER NOT NULL,
    next_file INTEGER NOT NULL,
    rebuilding INTEGER NOT NULL,
    created_s INTEGER NOT NULL
);
INSERT INTO state VALUES (1, 0, 1, 0, unixepoch());
CREATE TABLE roots(
    id INTEGER PRIMARY KEY CHECK(id <= 65535),
    path BLOB NOT NULL UNIQUE,
    kept INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE spaces(
    id INTEGER PRIMARY KEY,
    space TEXT NOT NULL UNIQUE,
    model TEXT NOT NULL,
    modality TEXT NOT NULL,
    dim INTEGER NOT NULL,
    picture_px INTEGER NOT NULL,
    codec TEXT NOT NULL,
    basis BLOB,
    generation INTEGER NOT NULL,
    slots INTEGER NOT NULL DEFAULT 0,
    used INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE folders(
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE
);
CREATE TABLE files(
    id INTEGER PRIMARY KEY,
    folder_id INTEGER NOT NULL REFERENCES folders,
    name BLOB NOT NULL,
    inode INTEGER NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    ctime_ns INTEGER NOT NULL,
    recipe INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    root_id INTEGER NOT NULL,
    device INTEGER NOT NULL,
    mode INTEGER NOT NULL,
    uid INTEGER NOT NULL,
    hash BLOB NOT NULL,
    kind TEXT NOT NULL,
    mime TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    indexed_ns INTEGER NOT NULL,
    record_note TEXT NOT NULL,
    width INTEGER,
    height INTEGER,
    taken TEXT,
    camera TEXT,
    latitude REAL,
    longitude REAL,
    caption TEXT,
    title TEXT,
    author TEXT,
    pages INTEGER,
    encoding TEXT,
    extra TEXT,
    language TEXT,
    created TEXT,
    birth TEXT,
    UNIQUE(folder_id, name)
);
CREATE INDEX files_by_content ON files(size, hash);
CREATE INDEX files_by_mtime ON files(mtime_ns);
CREATE INDEX files_by_kind ON files(kind);
CREATE INDEX files_by_taken ON files(taken) WHERE taken IS NOT NULL;
CREATE INDEX files_by_camera ON files(camera) WHERE camera IS NOT NULL;
CREATE INDEX files_not_indexed ON files(indexed_ns) WHERE state != 'indexed';
CREATE INDEX files_unread ON files(id) WHERE unread;
CREATE INDEX files_by_latitude ON files(latitude) WHERE latitude IS NOT NULL;
CREATE TABLE tags(
    file_id INTEGER NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY(file_id, tag)
) WITHOUT ROWID;
CREATE INDEX tags_by_name ON tags(tag);
CREATE TABLE ratings(
    file_id INTEGER PRIMARY KEY,
    rating INTEGER NOT NULL
);
CREATE TABLE passages(
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    block INTEGER NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL
);
CREATE TABLE texts(
    file_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    block BLOB NOT NULL,
    PRIMARY KEY(file_id, number)
) WITHOUT ROWID;
CREATE VIEW passage_texts(id, text) AS
    SELECT p.id, passage_text(t.block, p.start, p.length)
    FROM passages p JOIN texts t ON t.file_id = p.id >> 20 AND t.number = p.block
    WHERE p.length;
CREATE TABLE extents(
    file_id INTEGER NOT NULL,
    space_id INTEGER NOT NULL,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    ordinals BLOB,
    source TEXT NOT NULL,
    confidence REAL NOT NULL,
    made_s INTEGER NOT NULL,
    PRIMARY KEY(file_id, space_id, first)
) WITHOUT ROWID;
CREATE TABLE dead(
    space_id INTEGER NOT NULL,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    PRIMARY KEY(space_id, first)
) WITHOUT ROWID;
CREATE TABLE history(
    file_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at_ns INTEGER NOT NULL,
    event TEXT NOT NULL,
    space TEXT,
    model TEXT NOT NULL,
    vectors INTEGER NOT NULL,
    source TEXT,
    hash BLOB NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY(file_id, number)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
    text, content = 'passage_texts', content_rowid = 'id', tokenize = '{TOKENIZER}'
);
CREATE VIRTUAL TABLE names USING fts5(name, tokenize = 'trigram', detail = none, columnsize = 0);
"""
"""The number of a passage's file is the upper part of its own; see `vexgui.store.format.PASSAGE_BITS`.

What a scan compares stands first in a file's row, so that reading it stops early. Extents lie by file: a slot's file is
in the columns, while a file's slots are only here.
"""


def open_catalog(path: bytes, *, writable: bool) -> sqlite3.Connection:
    """Open the catalog, creating it when it is missing and may be written.

    One of an earlier version is opened for writing alone, so that it can be brought up to date.

    Raises:
        StoreDamaged: It is missing and may not be written, or is not a catalog.
        StoreTooNew: A newer VexGUI wrote it.
        ProfileBusy: Another process keeps it locked.
        PermissionProblem: It may not be opened.
        DiskFull: There is no room.
    """
    uri = "file:" + _quoted(path) + ("?mode=rwc" if writable else "?mode=ro")
    if not writable and _cannot_change(path):
        uri += "&immutable=1"
    if writable and not os.path.lexists(path):  # else closing it here would end the locks of this process on it
        # SQLite would make it readable for all; its log takes the same mode. Where this fails, SQLite tells why.
        with contextlib.suppress(OSError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=30, check_same_thread=False, isolation_level=None)
    except sqlite3.Error as error:
        raise told(error, path) from error
    try:
        _set_up(connection)
        _check(connection, path, writable=writable)
        if writable:
            _set_up_writing(connection)
    except sqlite3.Error as error:
        connection.close()
        if not writable and _name_of(error) == "SQLITE_READONLY_ROLLBACK":
            # A process was killed while it made the tables; only who may write can undo what it had begun.
            open_catalog(path, writable=True).close()
            return open_catalog(path, writable=False)
        raise told(error, path) from error
    except VexError:
        connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection) -> None:
    """Give a connection its bounds and the functions that the tables' views need."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = {-PAGE_CACHE_BYTES // 1024}")
    connection.create_function("passage_text", 3, TextReader().text, deterministic=True)
    connection.create_function("folded", 1, folded, deterministic=True)
    conditions.register(connection)


def _set_up_writing(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    # What follows a commit, freeing slots and removing old columns, relies on its being on the disk.
    connection.execute("PRAGMA synchronous = FULL")
    # What was forgotten is to be gone from the disk, not only from the tables.
    connection.execute("PRAGMA secure_delete = ON")


def _cannot_change(path: bytes) -> bool:
    """Tell whether the catalog lies whole on a read-only file system, where SQLite could not make its shared memory."""
    try:
        read_only = os.statvfs(path).f_flag & os.ST_RDONLY
    except OSError:
        return False
    return bool(read_only) and not os.path.exists(path + b"-wal")


def told(error: sqlite3.Error, path: bytes) -> VexError:
    """Return what an SQLite failure means to the user."""
    name = _name_of(error)
    if name.startswith("SQLITE_FULL") or _is_full(path, name):
        return no_room_in_store(path)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return ProfileBusy(f"Another process keeps {shown(path)} busy.", "Try again in a moment.")
    if name.startswith(("SQLITE_PERM", "SQLITE_READONLY", "SQLITE_AUTH")) or not _may_open(path, name):
        return PermissionProblem(
            f"{shown(path)} may not be opened.", "Give yourself read and write permission on the profile's folders."
        )
    if name.startswith("SQLITE_IOERR") or (name.startswith("SQLITE_CANTOPEN") and os.path.isfile(path)):
        return WorldProblem(
            f"{shown(path)} could not be read or written ({error}).",
            "See whether its disk is full, over your quota, or failing.",
        )
    return StoreDamaged(f"The catalog {shown(path)} is damaged ({error}).", REBUILD)


def _name_of(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", "")  # what Python itself refuses has none


def _is_full(path: bytes, name: str) -> bool:
    if not name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return False
    try:
        free = os.statvfs(os.path.dirname(path))
    except OSError:
        return False
    # Btrfs counts no inodes: 0 of 0.
    return free.f_bavail == 0 or (free.f_files > 0 and free.f_favail == 0)


def _may_open(path: bytes, name: str) -> bool:
    if name.startswith("SQLITE_CANTOPEN") and os.path.exists(path) and not os.access(os.path.dirname(path), os.W_OK):
        return False  # even to be read the catalog needs two files beside it
    try:
        os.close(os.open(path, os.O_RDONLY | os.O_CLOEXEC))
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EPERM)
    return True


def _check(connection: sqlite3.Connection, path: bytes, *, writable: bool) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not tables and _has_columns(os.path.dirname(path)):
        raise StoreDamaged(f"The catalog {shown(path)} is empty, and the store is not.", REBUILD)
    if not tables and not writable:  # making it failed for want of room, or was cut short
        open_catalog(path, writable=True).close()
        return
    if not tables:
        connection.executescript(
            f"BEGIN; {TABLES} PRAGMA application_id = {CATALOG_APPLICATION_ID};"
            f" PRAGMA user_version = {CATALOG_VERSION}; COMMIT;"
        )
        return
    if application != CATALOG_APPLICATION_ID:
        raise StoreDamaged(f"{shown(path)} is not a catalog of VexGUI.", REBUILD)
    if version > CATALOG_VERSION:
        raise StoreTooNew(f"{shown(path)} was written by a newer VexGUI.", "Update VexGUI.")
    if version < (steps.FIRST if writable else CATALOG_VERSION):
        raise StoreDamaged(
            f"{shown(path)} was written by an older VexGUI.", "Run `vexgui index` once: it brings it up to date."
        )


def _has_columns(folder: bytes) -> bool:
    """Tell whether there are columns beside a catalog; they are made after its tables, never before."""
    return any(_COLUMNS.fullmatch(name) for name in os.listdir(folder))


def _quoted(path: bytes) -> str:
    from urllib.parse import quote

    return quote(path)
