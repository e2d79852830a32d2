"""The window of preferences: the models, and what else can be set."""
