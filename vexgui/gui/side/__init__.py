"""The side list: folders, saved searches, tags, and places to look."""
