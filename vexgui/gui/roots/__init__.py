"""The list of folders kept indexed."""
