"""What can be looked at: the map of a collection, its months, its duplicates."""
