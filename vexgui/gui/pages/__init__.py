"""Whole pages shown in place of results."""
