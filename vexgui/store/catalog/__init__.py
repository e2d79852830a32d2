"""The catalog: files, passages, words and links in SQLite."""

from vexgui.store.catalog.catalog import Catalog, CatalogView
from vexgui.store.catalog.links import KeptSpace
from vexgui.store.catalog.paths import folded, under

__all__ = ["Catalog", "CatalogView", "KeptSpace", "folded", "under"]
