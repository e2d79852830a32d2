"""A large look at a result, over the window."""
