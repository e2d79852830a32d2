"""What the window's parts do to one another: a module for each concern, which the window puts together."""
