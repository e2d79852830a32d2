"""Columns: fixed-width arrays on disk, one a property of a vector, for all slots of a space."""

from vexgui.store.columns.file import REBUILD, Access, ColumnFile, Shape
from vexgui.store.columns.rows import Rows
from vexgui.store.columns.space import SpaceColumns, row_bytes

__all__ = ["REBUILD", "Access", "ColumnFile", "Rows", "Shape", "SpaceColumns", "row_bytes"]
