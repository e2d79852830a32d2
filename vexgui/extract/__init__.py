"""From a file's bytes to passages, pixels and facts."""
