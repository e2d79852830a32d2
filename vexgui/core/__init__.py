"""Values shared by every layer: no input or output, no clock, no threads."""
