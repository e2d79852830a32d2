"""Spaces and the process that computes vectors."""
