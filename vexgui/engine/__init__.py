"""The only door from window, command line and services to everything below."""
