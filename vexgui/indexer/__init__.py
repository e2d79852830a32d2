"""Keeps the store true to the disk."""
