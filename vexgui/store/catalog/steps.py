"""What turns a catalog of an earlier version into one of the next, in place and in one transaction."""

import sqlite3

FIRST = 2
"""The first version that is brought up to date in place; see `vexgui.store.catalog.upgrade` for the one before it."""

_STEPS = {
    # All files are read again: their tags, their languages and their births are not known, and nothing else would
    # have them looked at. Their vectors stay.
    2: """
        ALTER TABLE files ADD COLUMN language TEXT;
        ALTER TABLE files ADD COLUMN created TEXT;
        ALTER TABLE files ADD COLUMN birth TEXT;
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
        UPDATE files SET unread = 1;
    """,
}
"""By the version that they begin with."""


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Take a catalog to the present version, step by step; what fails, or a crash, leaves it between two of them.

    Args:
        connection: Writes the catalog, outside of a transaction, and makes no checkpoint by itself.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    while version in _STEPS:
        try:
            connection.executescript(f"BEGIN IMMEDIATE; {_STEPS[version]} PRAGMA user_version = {version + 1}; COMMIT;")
        finally:
            if connection.in_transaction:  # else SQLite has rolled back by itself
                connection.execute("ROLLBACK")
        version += 1
