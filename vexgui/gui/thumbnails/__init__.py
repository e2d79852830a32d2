"""Small pictures of files: the threads that make those which the desktop's shared cache lacks."""
