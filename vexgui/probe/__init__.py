"""The program with somebody at the keyboard who measures: run as a process of its own, never imported."""
