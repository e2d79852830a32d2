"""What is done with files: opening, revealing, copying, tagging, the trash, and what is dropped or pasted."""
