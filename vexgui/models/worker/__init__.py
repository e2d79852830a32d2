"""The model process: the only home of torch and open_clip. Nothing imports it; it is run."""
