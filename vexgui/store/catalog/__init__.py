"""The catalog: files, passages, words and links in SQLite."""

from vexgui.store.catalog.catalog import Catalog, KeptSpace, folded, under

__all__ = ["Catalog", "KeptSpace", "folded", "under"]
