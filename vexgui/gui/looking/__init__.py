"""The places where one looks instead of asking: the map, the timeline, the duplicates."""
