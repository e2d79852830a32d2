"""Vectors on disk: records on the files, mapped columns, and the catalog."""
