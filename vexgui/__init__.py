"""VexGUI finds a person's files by what they mean."""

__version__ = "0.1.0"
