"""Frozen states on the screen: which one a session reads, how it is told, and where they are made."""
