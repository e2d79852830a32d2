"""How things stand: what is being done and why, and what keeps the program from doing its work."""
