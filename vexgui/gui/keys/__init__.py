"""The keys of the window: what can be given keys, which are in force, which cannot be given."""
