"""Things drawn by a brush in a frame of 100 by 100, each in several variants."""
