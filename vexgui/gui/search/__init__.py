"""The search bar: what is typed, its conditions as chips, what it could go on with, and when the engine is asked."""
