"""Promises of a rakor: what became of them, whose they are, and where they are answered."""
