"""Small pictures of files: the desktop's shared cache, and the threads that fill it."""
